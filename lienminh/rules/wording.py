"""Numbers, money, dates and units as Vietnamese offices write them, in Vietnamese or English words.

The figures themselves are written one way in both: 2.177; 29,5.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lienminh.rules.errors import Refused
from lienminh.rules.parameters import table, value_on
from lienminh.rules.precision import Amount, phrase

DECIMAL_BASE = 10
PERCENT_DECIMALS = 2
# Beyond two decimals a sum in tỷ or triệu is harder to read than its đồng.
MONEY_DECIMALS, MONEY_PARTS = 2, 100


@dataclass(frozen=True)
class Unit:
    """What is counted: whole numbers keep `scale` decimals; `turns` is the word for acts.

    `english` is the word for one and for several.
    """

    code: str
    word: str
    english: tuple[str, str]
    kind: str
    scale: int
    label: str
    turns: str | None = None

    def in_english(self) -> tuple[str, str, str, str]:
        """The English for one and for several, and the same where turns are counted."""
        one, several = self.english
        return one, several, f"{one} (turn)", f"{several} (turns)"


class Tongue(NamedTuple):
    """The words around numbers: of money, largest first, with the đồng in one; of a range."""

    money: tuple[tuple[str, int], ...]
    between: str


UNITS: dict[str, Unit] = {
    code: Unit(code=code, **{**described, "english": tuple(described["english"])})
    for code, described in table("units").items()
}
VIETNAMESE = Tongue(
    tuple((row["word"], row["dong"]) for row in table("money_words")), "từ {low} đến {high}"
)
ENGLISH = Tongue(
    tuple((row["english"], row["dong"]) for row in table("money_words")), "from {low} to {high}"
)


def number(value: int) -> str:
    """Write thousands with dots: 2.177."""
    return f"{value:,}".replace(",", ".")


def decimal(value: int, scale: int) -> str:
    """Write a number kept as whole 1/10^scale parts: decimal(295, 1) is 29,5; no idle zeros."""
    parts: int = DECIMAL_BASE**scale
    whole, rest = divmod(abs(value), parts)
    digits = f"{rest:0{scale}}".rstrip("0") if rest else ""
    sign = "-" if value < 0 else ""
    return f"{sign}{number(whole)}{',' if digits else ''}{digits}"


def percent(hundredths: int) -> str:
    """Write hundredths of a percent: percent(700) is 7%."""
    return f"{decimal(hundredths, PERCENT_DECIMALS)}%"


def money(dong: int) -> str:
    """Write đồng exactly, never rounded: 1 tỷ 456 triệu đồng; 3,8 triệu đồng; 1.456.123 đồng."""
    return f"{_money_number(dong, VIETNAMESE)} đồng"


def quantity(amount: Amount, unit: str, *, turns: bool = False) -> str:
    """Write an amount with its qualifier and unit: gần 29 tỷ đồng; 276 lượt dự án; 3–5 lớp.

    `unit` is a code of UNITS; `turns` writes lượt; refused for an unknown unit or one without.
    """
    described = unit_of(unit)
    word = _turns(described) if turns else described.word
    return f"{phrase(amount)} {joined(spelled(amount, described), word)}".lstrip()


def spelled(amount: Amount, unit: Unit, tongue: Tongue = VIETNAMESE) -> str:
    """Write an amount with its words of money, without qualifier and unit: 29 tỷ; 3–5."""
    if amount.low != amount.high:
        return _range(amount, unit, tongue)
    return _one(amount.low, unit, tongue)


def joined(number: str, word: str) -> str:
    """Write a number with the word of its unit: 29 tỷ đồng; 7%."""
    return f"{number}{'' if word.startswith('%') else ' '}{word}".rstrip()


def unit_of(code: str) -> Unit:
    """Look a unit up by its code; refused when there is none."""
    if code not in UNITS:
        raise Refused(f"{code!r} is not a unit: use one of {', '.join(UNITS)}.")
    return UNITS[code]


def date_in_words(day: date) -> str:
    """Write a day as running text does: ngày 7/2/2024."""
    return f"ngày {day.day}/{day.month}/{day.year}"


def official_date(day: date) -> str:
    """Write a day as the head of an official document does: ngày 07 tháng 02 năm 2024."""
    padded = value_on("document_date", day)
    day_text = f"{day.day:02}" if day.day <= padded["last_padded_day"] else f"{day.day}"
    month_text = f"{day.month:02}" if day.month <= padded["last_padded_month"] else f"{day.month}"
    return f"ngày {day_text} tháng {month_text} năm {day.year}"


def _turns(unit: Unit) -> str:
    if unit.turns is None:
        raise Refused(f"Unit {unit.code} has no turns (lượt): ask for it without turns.")
    return unit.turns


def _one(value: int, unit: Unit, tongue: Tongue) -> str:
    if unit.kind == "money":
        return _money_number(value, tongue)
    return decimal(value, unit.scale)


def _range(amount: Amount, unit: Unit, tongue: Tongue) -> str:
    low, high, word = amount.low, amount.high, ""
    if unit.kind == "money":
        word, size = _shared_money_word(low, high, tongue)
        ends = _in_money_words(low, size), _in_money_words(high, size)
    else:
        ends = decimal(low, unit.scale), decimal(high, unit.scale)
    # A dash before a minus sign cannot be read.
    between = tongue.between if low < 0 else "{low}–{high}"
    written = between.format(low=ends[0], high=ends[1])
    return f"{written} {word}".rstrip()


def _shared_money_word(low: int, high: int, tongue: Tongue) -> tuple[str, int]:
    for word, size in tongue.money:
        if min(abs(low), abs(high)) >= size and _is_short(low, size) and _is_short(high, size):
            return word, size
    return "", 1


def _is_short(dong: int, size: int) -> bool:
    """Say whether at most MONEY_DECIMALS decimals write the sum exactly."""
    return dong * MONEY_PARTS % size == 0


def _in_money_words(dong: int, size: int) -> str:
    if size == 1:
        return number(dong)
    return decimal(dong * MONEY_PARTS // size, MONEY_DECIMALS)


def _money_number(dong: int, tongue: Tongue) -> str:
    sign = "-" if dong < 0 else ""
    return sign + _positive_money(abs(dong), tongue)


def _positive_money(dong: int, tongue: Tongue) -> str:
    (billion_word, billion), (million_word, million) = tongue.money
    billions, rest = divmod(dong, billion)
    if billions and rest % million == 0:
        head = f"{number(billions)} {billion_word}"
        return f"{head} {number(rest // million)} {million_word}" if rest else head
    if not billions and rest >= million and _is_short(rest, million):
        return f"{_in_money_words(rest, million)} {million_word}"
    return number(dong)
