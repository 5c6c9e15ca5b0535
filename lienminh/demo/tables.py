"""A review's figures as a table for the terminal."""

import unicodedata
from collections.abc import Sequence

from lienminh.reviews.models import Review
from lienminh.reviews.printing import Printed, cell_in_words, printed_numbers
from lienminh.rules.periods import Period

# The longest column stands last, so that a narrow terminal wraps nothing else.
HEAD = ("Mã", "Trị số", "Thời kỳ", "Tính đến", "Nguyên văn", "Chỉ tiêu")


def figures_table(review: Review) -> str:
    """The title, the days, and one aligned line for each figure; says so when there is none."""
    conference = review.conference
    days = Period(conference.first_day, conference.last_day).in_words()
    title = f"{review.slug[:3]}  {review.title} ({days})"
    numbers = list(printed_numbers(review).values())
    if not numbers:
        return f"{title}\n     Nguồn không nêu số liệu."
    return "\n".join([title, *_aligned([HEAD, *(_row(printed) for printed in numbers)])])


def _row(printed: Printed) -> tuple[str, ...]:
    cell = cell_in_words(printed.number.cell)
    label = printed.number.indicator.label_vi
    as_of = printed.answer.as_of
    written = dict.fromkeys(entry.as_written for entry in printed.entries)
    return (
        printed.code,
        printed.words(),
        str(printed.period),
        f"{as_of:%d/%m/%Y}" if as_of else "",
        "; ".join(written),
        f"{label} ({cell})" if cell else label,
    )


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    composed = [tuple(unicodedata.normalize("NFC", cell) for cell in row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*composed, strict=True)]
    return [
        "     "
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in composed
    ]
