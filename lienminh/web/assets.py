"""What the browser is sent, made once from the packages: web fonts and all static files."""

from pathlib import Path

import fontpkg_be_vietnam_pro
from django.conf import settings
from django.core.management import call_command
from fontTools.ttLib import TTFont

WEIGHTS = ("Regular", "Medium", "SemiBold")


def make_assets() -> None:
    """Fonts as WOFF2 and every static file, hashed and compressed; quick when nothing changed."""
    folder = Path(settings.ASSETS_DIR) / "web" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    source = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    for weight in WEIGHTS:
        _web_font(source / f"BeVietnamPro-{weight}.ttf", folder / f"{weight.lower()}.woff2")
    call_command("collectstatic", verbosity=0, interactive=False)


def _web_font(source: Path, target: Path) -> None:
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    with TTFont(source) as font:
        font.flavor = "woff2"
        unfinished = target.with_suffix(".part")
        font.save(unfinished)
    unfinished.replace(target)
