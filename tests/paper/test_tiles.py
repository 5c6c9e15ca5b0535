"""The map of tiles shows all of Vietnam: both archipelagos with it, in either borders."""

import re

import pytest

from lienminh.paper import tiles

EPOCHS = ("2008-08-01", "2025-07-01")
ARCHIPELAGOS = {"Q.đ. Hoàng Sa (Đà Nẵng)": "48", "Q.đ. Trường Sa (Khánh Hòa)": "56"}


def shapes(svg: str) -> dict[str, str]:
    """The rectangle of each thing drawn, by what is written in it."""
    groups = re.findall(r"<g><title>.*?</title>(<rect .*?/>)(<text.*?</text>)</g>", svg)
    return {" ".join(re.findall(r">([^<>]+)</tspan>", text)): rect for rect, text in groups}


def fill(rect: str) -> str:
    return "".join(re.findall(r'fill="([^"]+)"', rect))


@pytest.mark.parametrize("epoch", EPOCHS)
def test_both_archipelagos_are_drawn_shaded_as_their_province(epoch: str) -> None:
    shades = {
        "48": tiles.Shade("Đà Nẵng: 1", "class", 0),
        "56": tiles.Shade("Khánh Hòa: 9", "class", 3),
    }
    svg = tiles.svg(epoch, shades, "Bản đồ")
    drawn = shapes(svg)
    for name, code in ARCHIPELAGOS.items():
        assert fill(drawn[name]) == tiles.SHADES[shades[code].level]
        assert f"<title>{name} – {shades[code].said}</title>" in svg
    assert "Biển Đông" in svg


@pytest.mark.parametrize("epoch", EPOCHS)
def test_without_a_figure_they_are_as_their_province_without_one(epoch: str) -> None:
    drawn = shapes(tiles.svg(epoch, {}, "Bản đồ"))
    assert fill(drawn["Q.đ. Hoàng Sa (Đà Nẵng)"]) == fill(drawn["Đà Nẵng"])
    assert fill(drawn["Q.đ. Trường Sa (Khánh Hòa)"]) == fill(drawn["Khánh Hòa"])


@pytest.mark.parametrize("epoch", EPOCHS)
def test_they_lie_in_the_sea_inside_the_picture_and_over_no_tile(epoch: str) -> None:
    svg = tiles.svg(epoch, {}, "Bản đồ")
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    land = tiles.grid(epoch).values()
    for at in tiles.islands(epoch):
        assert at.column > max(tile.column for tile in land if tile.row == at.row)
        assert at.column > tiles.grid(epoch)[at.code].column
        assert (at.column + 2) * (tiles.WIDTH + tiles.GAP) <= width
        assert (at.row + 1) * (tiles.HEIGHT + tiles.GAP) <= height
