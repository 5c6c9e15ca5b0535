"""The documents that a text cites, with the numbers and all the dates under which it cites them."""

from lienminh.documents.models import Document, Reference
from lienminh.paper.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Italic,
    Missing,
    Run,
    Table,
    Text,
)

SEVERAL_DATES = "Nguồn ghi các ngày khác nhau; giữ nguyên, không chọn."


def plans_cited(source: Document) -> list[Block]:
    """The plans whose progress the text speaks of, each with every date under which it is cited."""
    plans: list[Text] = []
    for document, references in _by_document(source).items():
        if document.kind == Document.Kind.PLAN:
            cited = f"{_title(document)} (số {_numbers(references)}): {_dates(references)}."
            plans.append((cited, *_warn(references)))
    return [Bullets(tuple(plans))] if plans else []


def cited_table(source: Document) -> list[Block]:
    """One row per cited document; nothing where the text cites none."""
    columns = (
        Column("TT", 1, "centre"),
        Column("Văn bản", 8),
        Column("Số, ký hiệu như được dẫn", 4),
        Column("Ngày như được dẫn (vị trí ký tự)", 6),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            str(place),
            _title(document),
            _numbers(references) or (Missing(),),
            (f"{_dates(references)}.", *_warn(references)),
        )
        for place, (document, references) in enumerate(_by_document(source).items(), start=1)
    ]
    return [Table(columns, tuple(rows))] if rows else []


def _by_document(source: Document) -> dict[Document, list[Reference]]:
    by_document: dict[Document, list[Reference]] = {}
    cited = Reference.objects.filter(document=source).select_related("cited").order_by("start")
    for reference in cited:
        by_document.setdefault(reference.cited, []).append(reference)
    return by_document


def _title(document: Document) -> str:
    kind = Document.Kind(document.kind).label
    title = document.title
    return title if title.lower().startswith(kind.lower()) else f"{kind}: {title}"


def _numbers(references: list[Reference]) -> str:
    return "; ".join(dict.fromkeys(r.number_as_cited for r in references if r.number_as_cited))


def _dates(references: list[Reference]) -> str:
    """Each date as cited with its places in the text, several side by side."""
    places: dict[str, list[str]] = {}
    for reference in references:
        day = reference.date_as_cited
        written = f"ngày {day:%d/%m/%Y}" if day else "không nêu ngày"
        places.setdefault(written, []).append(f"{reference.start}–{reference.end}")
    return "; ".join(f"{written} ({', '.join(where)})" for written, where in places.items())


def _warn(references: list[Reference]) -> tuple[Run, ...]:
    several = len({reference.date_as_cited for reference in references}) > 1
    return (" ", Italic(SEVERAL_DATES)) if several else ()
