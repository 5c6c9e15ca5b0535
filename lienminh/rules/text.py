"""Writing of text: composed, cleaned, and folded for comparing names as people type them."""

import unicodedata

# Old encodings left the Icelandic and African letters where đ was meant.
_D_WITH_STROKE = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})
_MINUS = "\N{MINUS SIGN}"
_APOSTROPHES = "'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_LINE_ENDS = {"\r\n": "\n", "\r": "\n"}
_KEPT_CONTROLS = "\n\t"
# Control, format (bidi marks, zero-width, soft hyphen), lone surrogates: no file format wants them.
_REMOVED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
_NONCHARACTERS = "\ufffe\uffff"


def normalise(text: str) -> str:
    """Compose to NFC; every run of white space becomes one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def clean(text: str) -> str:
    """Compose to NFC and drop what cannot be printed: controls but line end and tab, bidi marks."""
    for written, meant in _LINE_ENDS.items():
        text = text.replace(written, meant)
    return unicodedata.normalize("NFC", "".join(char for char in text if _is_printable(char)))


def fold(text: str) -> str:
    """Give the key names are compared by: lower ASCII, no marks, đ as d, hyphens as spaces.

    Apostrophes are dropped (Ea H'leo is typed three ways); what has no ASCII form is dropped.
    """
    return " ".join(unicodedata.normalize("NFKD", text).translate(_FOLDING).split())


def _is_printable(char: str) -> bool:
    if char in _KEPT_CONTROLS:
        return True
    return unicodedata.category(char) not in _REMOVED_CATEGORIES and char not in _NONCHARACTERS


def _folded(char: str) -> str:
    if char.isspace() or char == _MINUS or unicodedata.category(char) == "Pd":
        return " "
    if char in _APOSTROPHES or not _is_printable(char):
        return ""
    return char.lower().translate(_D_WITH_STROKE).encode("ascii", "ignore").decode("ascii")


class _Folding(dict[int, str]):
    """Each character as it is folded, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


_FOLDING = _Folding()
