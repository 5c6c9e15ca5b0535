"""Text typed in an old Vietnamese encoding, opened as Latin letters, written in Unicode.

TCVN3 (fonts named .Vn…, "ABC") has a letter for each vowel with its tone; its capitals are the same
letters in a font of capitals, so that they come out small. VNI Windows writes a vowel and behind it
a letter that stands for the marks.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import product

_TCVN3 = str.maketrans(
    "¡¢§£¤¥¦¨©ª«¬\u00ad®µ¸¶·¹»¾¼½ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞßãáâäåèæçéêíëìîïóñòôõøö÷ùúýûüþ",
    "ĂÂĐÊÔƠƯăâêôơưđàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
)
# The letter behind a vowel, and the marks it stands for.
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_ROOF, _BREVE = "\u0302", "\u0306"
_MARKS = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_MARKS |= {"â": _ROOF, "á": _ROOF + _ACUTE, "à": _ROOF + _GRAVE, "å": _ROOF + _HOOK}
_MARKS |= {"ã": _ROOF + _TILDE, "ä": _ROOF + _DOT, "ê": _BREVE, "é": _BREVE + _ACUTE}
_MARKS |= {"è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT}
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> Mapping[str, str]:
    """Pairs and single letters of VNI Windows, small and capital."""
    small = dict(_ALONE)
    for vowel, mark in product("aeouyôö", _MARKS):
        small[vowel + mark] = unicodedata.normalize("NFC", _ALONE.get(vowel, vowel) + _MARKS[mark])
    capital = {typed.upper(): meant.upper() for typed, meant in small.items()}
    return small | capital


_VNI = _vni()
_VNI_LETTERS = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    return _VNI_LETTERS.sub(lambda found: _VNI[found[0]], text)


CONVERTERS: Mapping[str, Callable[[str], str]] = {"TCVN3": _from_tcvn3, "VNI": _from_vni}
