"""Measures and colours that every writer shares (lengths in millimetres, type sizes in points)."""

from importlib.resources import files
from typing import Final

PAPER = "#FFFFFF"
INK = "#000000"
ACCENT = "#8B1E1E"
GREY = "#595959"
HEAD_FILL = "#F1EFEA"

NO_BREAK = "\u00a0"

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

PAGE: Final = (210, 297)
MARGINS: Final = {"top": 20, "bottom": 20, "left": 30, "right": 20}
WIDE_MARGINS: Final = {"top": 30, "bottom": 20, "left": 20, "right": 20}
TEXT_WIDTH = PAGE[0] - MARGINS["left"] - MARGINS["right"]
WIDE_TEXT_WIDTH = PAGE[1] - WIDE_MARGINS["left"] - WIDE_MARGINS["right"]

HEAD_WIDTHS: Final = (76, 92)
"""The two columns of the head; together a little wider than the text, as offices set it."""

CHART_FONT = "Be Vietnam Pro"


def font_folder() -> str:
    """The folder of the packaged fonts."""
    return str(files("fontpkg_be_vietnam_pro") / "files")
