"""The annexes of a dossier: where each number and each statement comes from."""

from collections.abc import Iterable, Mapping

from lienminh.documents.models import Document
from lienminh.figures.words import BASIS, COUNTING
from lienminh.paper.document import Anchor, Annex, Block, Cell, Column, Missing, Paragraph, Table
from lienminh.reviews.blocks import capital
from lienminh.reviews.cited import cited_table
from lienminh.reviews.models import Point, Review
from lienminh.reviews.printing import Printed
from lienminh.reviews.sentences import runs

MOST_LISTED = 12  # a national total rests on thousands of entries


def annexes(review: Review, numbers: Mapping[str, Printed]) -> list[Block]:
    """Sources of the numbers, cited documents, and where each statement stands in the text.

    A dossier written here is its own source: only its numbers come from elsewhere.
    """
    figures = _figures_table(list(numbers.values()))
    if review.document is None:
        guide = "(Nguồn: sổ số liệu của hệ thống)"
        return [Annex("NGUỒN SỐ LIỆU", "", guide, wide=True), *figures] if numbers else []
    guide = f"(Nguồn: {describe(review.document)})"
    cited = cited_table(review.document)
    return [
        Annex("NGUỒN SỐ LIỆU", "I", guide, wide=True),
        *figures,
        Annex("VĂN BẢN ĐƯỢC DẪN", "II", guide, wide=True),
        *(cited or [Missing("Nguồn không dẫn văn bản nào.")]),
        Annex("VỊ TRÍ CÁC Ý TRONG NGUỒN", "III", guide, wide=True),
        _points_table(review, numbers),
    ]


def describe(document: Document) -> str:
    """A source in one line: title, publisher, origin and day as far as stated."""
    kind = Document.Kind(document.kind).label.lower()
    parts = [f"{kind} “{document.title}”", document.issuer]
    if document.taken_from:
        parts.append(f"dẫn lại theo {document.taken_from}")
    day = document.issued_on
    parts.append(f"ngày {day:%d/%m/%Y}" if day else "nguồn không nêu ngày đăng")
    return ", ".join(part for part in parts if part)


def _figures_table(numbers: list[Printed]) -> list[Block]:
    if not numbers:
        return [Paragraph("Nguồn không nêu số liệu nào, nên không có mã số liệu.")]
    columns = (
        Column("Mã", 2, "centre"),
        Column("Câu hỏi", 10),
        Column("Trị số", 5, "right"),
        Column("Nguyên văn", 5),
        Column("Vị trí (ký tự)", 4, "centre"),
        Column("Tính đến, cách đếm", 4),
        Column("Người nêu, chuỗi dẫn", 10),
        Column("Bút toán", 2, "centre"),
    )
    return [Table(columns, tuple(_figure_row(printed) for printed in numbers))]


def _figure_row(printed: Printed) -> tuple[Cell, ...]:
    entries = printed.entries
    value = printed.value
    return (
        (Anchor(printed.code),),
        printed.question_in_words,
        type(value)(value.text, value.number, value.qualifier, value.unit, value.high),
        _each(f"“{entry.as_written}”" for entry in entries),
        _each(f"{entry.start}–{entry.end}" for entry in entries if entry.start is not None),
        _how(printed),
        _each(" → ".join(entry.attribution) for entry in entries),
        _each(entry.code for entry in entries),
    )


def _each(texts: Iterable[str]) -> Cell:
    told = list(dict.fromkeys(text for text in texts if text))
    more = [f"… và {len(told) - MOST_LISTED} nữa"] if len(told) > MOST_LISTED else []
    return "; ".join([*told[:MOST_LISTED], *more]) or (Missing(),)


def _how(printed: Printed) -> Cell:
    answer, parts = printed.answer, []
    if answer.as_of:
        basis = BASIS[answer.as_of_basis] if answer.as_of_basis else ""
        parts.append(f"{answer.as_of:%d/%m/%Y}" + (f" ({basis})" if basis else ""))
    if answer.counting:
        parts.append(str(COUNTING[answer.counting]))
    return capital("; ".join(parts)) or "–"


def _points_table(review: Review, numbers: Mapping[str, Printed]) -> Table:
    columns = (
        Column("TT", 1, "centre"),
        Column("Mục", 4),
        Column("Ý (lời của bản dựng lại)", 12),
        Column("Người nêu", 7),
        Column("Vị trí (ký tự)", 3, "centre"),
    )
    rows = tuple(
        (
            str(point.order),
            Point.Section(point.section).label,
            runs(point.text, numbers),
            capital(point.speaker) or (Missing(),),
            f"{point.start}–{point.end}",
        )
        for point in review.points.order_by("order")
    )
    return Table(columns, rows)
