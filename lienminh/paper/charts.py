"""Charts drawn once, as SVG; never at import or before a fork (the engine hangs after one)."""

import textwrap
from functools import cache, lru_cache
from typing import Any

import vl_convert

from .document import Bar, Chart
from .style import ACCENT, CHART_FONT, GREY, INK, font_folder

WIDTH = 600  # pixels, 1/96 inch: as wide as the text of a portrait page
_LABEL_LETTERS = 30
_LABEL_LINES = 3
_LETTER, _CAPITAL = 7, 9.5  # pixels at 12 px type, generously
_LINE = 16
_GAP = 14
_THICKNESS = 18
_BREAK = "\n"


@lru_cache(maxsize=64)
def svg(chart: Chart) -> str:
    """The bars with their values, without title and source, which the page sets as text."""
    _register_fonts()
    return vl_convert.vegalite_to_svg(_specification(chart))


@lru_cache(maxsize=64)
def png(chart: Chart) -> bytes:
    """The same picture in twice the pixels, for Word."""
    return vl_convert.svg_to_png(svg(chart), scale=2)


def described(chart: Chart) -> str:
    """The chart in words, for readers who do not see it."""
    bars = "; ".join(f"{bar.label}: {bar.value.text}" for bar in chart.bars)
    return f"Biểu đồ thanh ngang: {chart.title}. {bars}."


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(font_folder())


def _specification(chart: Chart) -> dict[str, Any]:
    rows = [_row(place, bar) for place, bar in enumerate(chart.bars)]
    names = [row["name"].split(_BREAK) for row in rows]
    left = max(_length(line) for name in names for line in name) + _GAP
    row_height = max(len(name) for name in names) * _LINE + _GAP
    return {
        "width": WIDTH - left,
        "height": len(rows) * row_height,
        "padding": {"left": left, "right": 0, "top": 0, "bottom": 0},
        "autosize": "none",
        "data": {"values": rows},
        "encoding": {
            "y": {"field": "place", "type": "ordinal", "axis": None},
            "x": {
                "field": "length",
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": _domain(rows, WIDTH - left), "nice": False},
            },
        },
        "layer": [_bars(), _zero(), _names(), _values("left", ">= 0"), _values("right", "< 0")],
        "config": {"font": CHART_FONT, "view": {"stroke": None}, "background": None},
    }


def _row(place: int, bar: Bar) -> dict[str, Any]:
    code = f" [{bar.value.code}]" if bar.value.code else ""
    name = textwrap.wrap(bar.label, _LABEL_LETTERS, max_lines=_LABEL_LINES, placeholder=" …")
    return {
        "place": place,
        "name": _BREAK.join(name),
        "length": float(bar.value.number or 0),  # a length to draw, not an amount
        "said": f"{bar.value.text}{code}",
        "rise": -(len(name) - 1) * _LINE / 2,
    }


def _bars() -> dict[str, Any]:
    return {"mark": {"type": "bar", "color": ACCENT, "height": _THICKNESS, "aria": False}}


def _zero() -> dict[str, Any]:
    return {
        "mark": {"type": "rule", "color": GREY, "aria": False},
        "encoding": {"x": {"datum": 0}, "y": {"value": 0}, "y2": {"value": "height"}},
    }


def _names() -> dict[str, Any]:
    mark = {"align": "right", "dx": 4 - _GAP, "lineBreak": _BREAK, "lineHeight": _LINE}
    return {
        "mark": _words() | mark | {"dy": {"expr": "datum.rise"}},
        "encoding": {"x": {"value": 0}, "text": {"field": "name", "type": "nominal"}},
    }


def _values(align: str, side: str) -> dict[str, Any]:
    gap = 6 if align == "left" else -6
    return {
        "transform": [{"filter": f"datum.length {side}"}],
        "mark": _words() | {"align": align, "dx": gap, "fontWeight": 600},
        "encoding": {"text": {"field": "said", "type": "nominal"}},
    }


def _words() -> dict[str, Any]:
    return {"type": "text", "baseline": "middle", "fontSize": 12, "color": INK, "aria": False}


def _length(words: str) -> int:
    """Pixels that the words take at most, near enough."""
    capitals = sum(letter.isupper() or letter in "mw%" for letter in words)
    return int(capitals * _CAPITAL + (len(words) - capitals) * _LETTER)


def _domain(rows: list[dict[str, Any]], plot: int) -> list[float]:
    """From the least to the most, with room beyond both ends for the words of the values."""
    words = max(_length(row["said"]) for row in rows) + _GAP
    low = min(0.0, *(row["length"] for row in rows))
    high = max(0.0, *(row["length"] for row in rows))
    ends = (low < 0) + (high > 0 or low == 0)
    bars = max(plot - ends * words, plot // 8)
    room = (high - low or 1.0) * words / bars
    return [low - room if low < 0 else 0.0, high + room if high > 0 or low == 0 else 0.0]
