"""A map of equal tiles, one a province, in the borders of either epoch, as SVG."""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from .style import GREY, INK, PAPER

WIDTH, HEIGHT, GAP = 56, 34, 3  # pixels
_FONT, _LINE = 13, 14
_SEA = "Biển Đông"
_EDGE = "#8D877A"
_HATCH = "#DDD8CC"
# The lightest first; letters on the two dark ones are white (contrast at least 4.5).
SHADES = ("#F4E6E0", "#DFB5A9", "#AC5249", "#7D1717")
_LIGHT = 2

Kind = Literal["class", "estimate", "partial", "missing", "excused"]


@dataclass(frozen=True)
class Tile:
    """Where a province stands on the grid, and its name in at most two short words."""

    column: int
    row: int
    short: str


@dataclass(frozen=True)
class Islands:
    """An archipelago in the sea, two tiles wide: of which province it is part, and its words."""

    code: str
    column: Decimal
    row: int
    lines: tuple[str, str]


@dataclass(frozen=True)
class Shade:
    """How a tile is drawn: by its class of value, or by why it has none; `said` says it in full."""

    said: str
    kind: Kind = "missing"
    level: int = 0


@cache
def grid(first_day: str) -> dict[str, Tile]:
    """The tiles by province code for the borders drawn on a day (`2008-08-01`); {} for others."""
    text = files("lienminh.paper").joinpath("tiles.csv").read_text("utf-8")
    return {
        row["code"]: Tile(int(row["column"]), int(row["row"]), row["short"])
        for row in csv.DictReader(text.splitlines())
        if row["first_day"] == first_day
    }


@cache
def islands(first_day: str) -> tuple[Islands, ...]:
    """The archipelagos, which every map of Vietnam shows, in the borders drawn on a day."""
    text = files("lienminh.paper").joinpath("islands.csv").read_text("utf-8")
    return tuple(
        Islands(
            row["code"], Decimal(row["column"]), int(row["row"]), (row["name"], row["province"])
        )
        for row in csv.DictReader(text.splitlines())
        if row["first_day"] == first_day
    )


def svg(first_day: str, shades: Mapping[str, Shade], title: str) -> str:
    """The map in the borders drawn on a day; a province without a shade is drawn as missing, an
    archipelago as its province. `title` says what the map shows."""
    tiles, sea = grid(first_day), islands(first_day)
    ends = [Decimal(1 + tile.column) for tile in tiles.values()]
    columns = max(ends + [2 + at.column for at in sea])
    width = math.ceil(columns * (WIDTH + GAP))
    height = (1 + max(tile.row for tile in tiles.values())) * (HEIGHT + GAP)
    shade = {code: shades.get(code, Shade(tile.short)) for code, tile in tiles.items()}
    drawn = "".join(
        [
            *(_tile(tile, shade[code]) for code, tile in tiles.items()),
            *(_archipelago(at, shade[at.code]) for at in sea),
            _sea(sea),
        ]
    )
    return (
        f'<svg class="tiles" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{escape(title)}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-size="{_FONT}">{_hatch("tile-hatch")}{drawn}</svg>'
    )


def swatch(kind: Kind, level: int = 0) -> str:
    """The small square that stands for a class in the legend."""
    name = f"swatch-{kind}"
    pattern = _hatch(name) if kind in ("missing", "partial") else ""
    return (
        '<svg class="swatch" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" '
        f'viewBox="0 0 16 16" width="16" height="16">{pattern}'
        f'<rect x=".5" y=".5" width="15" height="15" {_paint(kind, level, name)}/></svg>'
    )


def classes(values: Sequence[int]) -> list[tuple[int, int]]:
    """At most four classes with about as many different values each: (lowest, highest), rising."""
    different = sorted(set(values))
    count = min(len(SHADES), len(different))
    cuts = [len(different) * cut // count for cut in range(count + 1)] if count else []
    return [(different[start], different[end - 1]) for start, end in pairwise(cuts)]


def level_of(value: int, among: Sequence[tuple[int, int]]) -> int:
    """The class a value lies in; few classes are spread over the shades, the last the darkest."""
    place = next(place for place, (_, high) in enumerate(among) if value <= high)
    return shade_of(place, len(among))


def shade_of(place: int, count: int) -> int:
    """The shade of the class at a place among so many."""
    return place if count == len(SHADES) else min(place + 1, len(SHADES) - 1)


def _hatch(name: str) -> str:
    return (
        f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{PAPER}"/>'
        f'<line x1="0" y1="0" x2="0" y2="6" stroke="{_HATCH}" stroke-width="2"/></pattern></defs>'
    )


def _paint(kind: Kind, level: int, pattern: str) -> str:
    if kind == "class":
        return f'fill="{SHADES[level]}" stroke="{_EDGE}"'
    if kind == "estimate":
        return f'fill="{PAPER}" stroke="{SHADES[-1]}" stroke-dasharray="4 2"'
    if kind == "partial":
        return f'fill="url(#{pattern})" stroke="{SHADES[-1]}" stroke-width="1.5"'
    if kind == "missing":
        return f'fill="url(#{pattern})" stroke="{_HATCH}"'
    return f'fill="none" stroke="{_HATCH}" stroke-dasharray="3 3"'


def _tile(tile: Tile, shade: Shade) -> str:
    x, y = tile.column * (WIDTH + GAP) + 1, tile.row * (HEIGHT + GAP) + 1
    box = f'x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}"'
    words = tile.short.split(" ", 1)
    return _shaded(box, shade, shade.said, _lines(words, x + WIDTH / 2, y))


def _archipelago(islands: Islands, shade: Shade) -> str:
    """Rounded, so that it reads as no province of its own."""
    x, y = float(islands.column * (WIDTH + GAP) + 1), islands.row * (HEIGHT + GAP) + 1
    width = 2 * WIDTH
    box = f'x="{x:g}" y="{y}" width="{width}" height="{HEIGHT}" rx="{HEIGHT // 2}"'
    said = f"{' '.join(islands.lines)} – {shade.said}"
    return _shaded(box, shade, said, _lines(islands.lines, x + width / 2, y))


def _sea(among: Sequence[Islands]) -> str:
    """The name of the sea, halfway between the archipelagos."""
    x = float(among[0].column * (WIDTH + GAP)) + WIDTH
    y = sum(islands.row for islands in among) / len(among) * (HEIGHT + GAP) + HEIGHT / 2
    return (
        f'<text lang="vi" text-anchor="middle" font-style="italic" fill="{GREY}" '
        f'x="{x:g}" y="{y:g}">{_SEA}</text>'
    )


def _lines(words: Sequence[str], middle: float, top: float) -> str:
    first = top + HEIGHT / 2 + 4 - (len(words) - 1) * _LINE / 2
    return "".join(
        f'<tspan x="{middle:g}" y="{first + place * _LINE:g}">{escape(word)}</tspan>'
        for place, word in enumerate(words)
    )


def _shaded(box: str, shade: Shade, said: str, lines: str) -> str:
    paint = _paint(shade.kind, shade.level, "tile-hatch")
    dark = shade.kind == "class" and shade.level >= _LIGHT
    ink = PAPER if dark else INK if shade.kind == "class" else GREY
    return (
        f"<g><title>{escape(said)}</title><rect {box} {paint}/>"
        f'<text lang="vi" text-anchor="middle" fill="{ink}">{lines}</text></g>'
    )
