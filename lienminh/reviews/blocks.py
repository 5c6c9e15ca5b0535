"""The pieces a dossier is composed of: lists of points, tables of results, tasks and sources."""

from collections.abc import Mapping, Sequence
from typing import Literal

from lienminh.paper.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Italic,
    Missing,
    Paragraph,
    Run,
    Strong,
    Table,
    Text,
)
from lienminh.reviews.models import Actor, Point
from lienminh.reviews.printing import Printed, cell_in_words
from lienminh.reviews.sentences import runs

Numbers = Mapping[str, Printed]

OPEN_LIST: tuple[Run, ...] = ("… ", Italic("(nguồn để ngỏ)"))
NO_DETAIL = "Nguồn không nêu chi tiết."
UNKNOWN_SPEAKER = "nguồn không nêu rõ người nêu"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def section(
    level: Literal[1, 2], title: str, points: Sequence[Point], numbers: Numbers
) -> list[Block]:
    """A heading with who said it, where one did, and the points; Missing where there are none."""
    if not points and level > 1:
        return [Paragraph((Strong(f"{title}: "), Missing()))]
    return [Heading(level, title + _said_by(points)), *list_points(points, numbers)]


def list_points(points: Sequence[Point], numbers: Numbers) -> list[Block]:
    """Points as a list, each with its speaker where they differ; an open list stays open."""
    if not points:
        return [Missing()]
    spoken = len({point.speaker for point in points}) > 1
    items: list[Text] = []
    for point in points:
        speaker = (Italic(f" (theo {point.speaker})"),) if spoken and point.speaker else ()
        items.append((*runs(point.text, numbers), *speaker))
        items += [OPEN_LIST] if point.open_ended else []
    return [Bullets(tuple(items))]


def statements(points: Sequence[Point], numbers: Numbers) -> list[Block]:
    """Each point as a paragraph that says whose it is."""
    return [
        Paragraph(
            (*runs(point.text, numbers), " ", Italic(f"({point.speaker or UNKNOWN_SPEAKER})"))
        )
        for point in points
    ] or [Missing()]


def results_table(numbers: Sequence[Printed], caption: str, *, but: str = "") -> Table:
    """What was achieved, one figure a row; `but` is the key of breakdowns the caption says."""
    columns = (
        Column("TT", 1, "centre"),
        Column("Chỉ tiêu", 8),
        Column("Thời kỳ, thời điểm", 5),
        Column("Kết quả", 6, "right"),
    )
    rows = [
        (str(place), _indicator(printed, but), _when(printed), printed.value)
        for place, printed in enumerate(numbers, start=1)
    ]
    return Table(columns, tuple(rows), caption)


def _indicator(printed: Printed, but: str) -> Text:
    label = printed.number.indicator.label_vi
    cell = cell_in_words(printed.number.cell, but=but)
    return (label, " ", Italic(f"({cell})")) if cell else label


def _when(printed: Printed) -> str:
    day = printed.answer.as_of
    return f"tính đến {day:%d/%m/%Y}" if day else printed.period.in_words()


def tasks_table(points: Sequence[Point], numbers: Numbers) -> list[Block]:
    """Tasks by actor with their roles; Missing without tasks."""
    columns = (Column("TT", 1, "centre"), Column("Đơn vị, vai trò", 6), Column("Nhiệm vụ", 11))
    rows = [(_actors(point), _open(runs(point.text, numbers), point)) for point in points]
    return _table(columns, rows, f"Nhiệm vụ theo đơn vị thực hiện{_said_by(points)}")


def recommendations_table(points: Sequence[Point], numbers: Numbers) -> list[Block]:
    """Recommendations by addressee; Missing without any."""
    columns = (Column("TT", 1, "centre"), Column("Nơi nhận", 6), Column("Nội dung", 11))
    rows = [(point.addressee, _open(runs(point.text, numbers), point)) for point in points]
    return _table(columns, rows, f"Kiến nghị, đề xuất theo nơi nhận{_said_by(points)}")


def dialogue_table(
    raised: Sequence[Point], answers: Sequence[Point], numbers: Numbers
) -> list[Block]:
    """What was raised and who answered: the source says that they answered, not what."""
    columns = (
        Column("TT", 1, "centre"),
        Column("Khó khăn, vướng mắc được nêu", 8),
        Column("Người trả lời", 6),
        Column("Nội dung trả lời", 4),
    )
    answerers = capital("; ".join(point.speaker for point in answers)) or (Missing(),)
    rows = [
        (_open(runs(point.text, numbers), point), answerers, (Missing(NO_DETAIL),))
        for point in raised
    ]
    return _table(columns, rows, f"Ý kiến được nêu và người trả lời{_said_by(raised)}")


def _table(
    columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]], caption: str
) -> list[Block]:
    """The rows numbered under a caption; Missing without rows."""
    if not rows:
        return [Missing()]
    numbered = tuple((str(place), *row) for place, row in enumerate(rows, start=1))
    return [Table(columns, numbered, caption)]


def _said_by(points: Sequence[Point]) -> str:
    """Whose words they are, where they are all one's."""
    speakers = {point.speaker for point in points}
    speaker = speakers.pop() if len(speakers) == 1 else ""
    return f" (theo {speaker})" if speaker else ""


def _open(text: tuple[Run, ...], point: Point) -> tuple[Run, ...]:
    return (*text, " ", *OPEN_LIST) if point.open_ended else text


def _actors(point: Point) -> Text:
    return actors_in_words(point) or (Missing(),)


def actors_in_words(point: Point) -> str:
    """Who acts on a point, each with its role; empty without anybody."""
    named = (f"{Actor.Role(actor.role).label}: {actor.name}" for actor in point.actors.all())
    return "; ".join(named)
