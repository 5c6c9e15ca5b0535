"""Maps and charts of an indicator: only whole figures are shaded, compared or ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lienminh.figures import words
from lienminh.figures.shown import Shown
from lienminh.paper import charts, tiles
from lienminh.paper.document import FEWEST_BARS, Bar, Chart, Value
from lienminh.places.queries import name_of
from lienminh.places.words import place_name
from lienminh.rules.precision import Amount
from lienminh.web.words import Words, capital, filled

MOST_BARS = 20


@dataclass(frozen=True)
class Map:
    """The map of tiles and its legend: (swatch, words)."""

    svg: SafeString
    legend: list[tuple[SafeString, str]]


@dataclass(frozen=True)
class Drawing:
    """A chart: its finding, the bars as SVG, the same in words, its source; names beside them?"""

    title: str
    svg: SafeString
    described: str
    source: str
    of_places: bool


def map_of(units: Sequence[Shown], borders: date, day: date, title: str) -> Map | None:
    """The provinces shaded by classes of value; None where no unit has anything to show."""
    valued = [(unit, _middle(unit.answer.amount)) for unit in units if _kind(unit) == "class"]
    if not tiles.grid(borders.isoformat()) or not any(
        unit.state in ("value", "zero", "partial") for unit in units
    ):
        return None
    among = tiles.classes([value for _unit, value in valued])
    levels = {id(unit): tiles.level_of(value, among) for unit, value in valued}
    shades = {
        unit.answer.question.place.code: tiles.Shade(
            f"{name_of(unit.answer.question.place, day)}: {unit.said}",
            _kind(unit),
            levels.get(id(unit), 0),
        )
        for unit in units
    }
    svg = tiles.svg(borders.isoformat(), shades, title)
    return Map(_safe(svg), _legend(units, among))


def _kind(unit: Shown) -> tiles.Kind:
    if unit.is_whole:
        return "class" if unit.series == "actual" else "estimate"
    if unit.state == "partial":
        return "partial"
    return "excused" if unit.state == "excused" else "missing"


def _legend(
    units: Sequence[Shown], among: Sequence[tuple[int, int]]
) -> list[tuple[SafeString, str]]:
    scale = units[0]
    rows = []
    for place, (low, high) in enumerate(among):
        ends = dict.fromkeys((scale.written(low), scale.written(high)))
        swatch = tiles.swatch("class", tiles.shade_of(place, len(among)))
        rows.append((_safe(swatch), "–".join(ends)))
    kinds: list[tuple[tiles.Kind, str]] = [
        ("estimate", _("mới có số ước")),
        ("partial", _("cấp dưới báo cáo chưa đủ")),
        ("missing", _("chưa báo cáo")),
        ("excused", _("không thuộc đối tượng")),
    ]
    present = {_kind(unit) for unit in units}
    rows += [(_safe(tiles.swatch(kind)), said) for kind, said in kinds if kind in present]
    return rows


def chart_by_place(units: Sequence[Shown], day: date, *, due: int, what: str) -> Drawing | None:
    """Bars of the units with one exact number each, the longest first; None for too few or many."""
    single = [unit for unit in units if _is_single(unit.answer.amount)]
    if not FEWEST_BARS <= len(single) <= MOST_BARS:
        return None
    single.sort(key=lambda unit: -_middle(unit.answer.amount))
    labels = [place_name(unit.answer.question.place, day) for unit in single]
    if len(single) == due:
        finding = filled(
            _("%(what)s: nhiều nhất ở %(most)s (%(high)s), ít nhất ở %(least)s (%(low)s)"),
            what=what,
            most=labels[0],
            high=single[0].qualified,
            least=labels[-1],
            low=single[-1].qualified,
        )
    else:
        finding = filled(
            _("%(what)s: mới có %(some)d/%(due)d nơi nên chưa xếp thứ hạng"),
            what=what,
            some=len(single),
            due=due,
        )
    return _drawn(finding, labels, single, of_places=True)


def chart_over_time(times: Sequence[Shown], what: str) -> Drawing | None:
    """Bars of the periods of equal kind with one exact number each, in order of time."""
    single = [
        time
        for time in reversed(times)
        if time.series == "actual" and _is_single(time.answer.amount)
    ]
    lengths = {round(time.answer.question.period.days / 28) for time in single}
    stock = all(time.answer.as_of for time in single)
    if not FEWEST_BARS <= len(single) <= MOST_BARS or (len(lengths) > 1 and not stock):
        return None
    labels = [when_of(time) for time in single]
    finding = filled(
        _("%(what)s: từ %(first)s (%(start)s) đến %(last)s (%(end)s)"),
        what=what,
        first=single[0].qualified,
        start=labels[0],
        last=single[-1].qualified,
        end=labels[-1],
    )
    return _drawn(finding, labels, single, of_places=False)


def when_of(time: Shown) -> str:
    """The as-of day of a state, the period of anything else, in words."""
    period = time.answer.question.period
    if time.answer.as_of:
        return f"{time.answer.as_of:%d/%m/%Y}"
    return words.period_words(period)


def _drawn(
    finding: Words, labels: Sequence[str], single: Sequence[Shown], *, of_places: bool
) -> Drawing:
    bars = tuple(
        Bar(label, Value(unit.qualified, _middle(unit.answer.amount)))
        for label, unit in zip(labels, single, strict=True)
    )
    sources = ", ".join(dict.fromkeys(unit.source for unit in single))
    chart = Chart(capital(finding), bars, single[0].scale.words, sources)
    said = "; ".join(f"{bar.label}: {bar.value.text}" for bar in bars)
    described = _("Biểu đồ thanh ngang: {title}. {bars}.").format(title=chart.title, bars=said)
    return Drawing(chart.title, _safe(charts.svg(chart)), described, sources, of_places)


def _is_single(amount: Amount | None) -> bool:
    return amount is not None and amount.low == amount.high


def _middle(amount: Amount | None) -> int:
    return 0 if amount is None else (amount.low + amount.high) // 2


def _safe(svg: str) -> SafeString:
    """Drawn by us, every word in it escaped there."""
    return mark_safe(svg)  # noqa: S308
