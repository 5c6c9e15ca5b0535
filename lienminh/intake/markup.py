"""The text of an HTML page: no scripts, no styles; each block on a line of its own."""

from lxml import etree

from lienminh.intake import encodings
from lienminh.intake.refusing import Unreadable

_SILENT = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe", "object"))
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "title"),
        *("tr", "ul"),
    )
)
_CELLS = frozenset(("td", "th"))


def text_of(content: bytes) -> str:
    """The text of a page as a reader sees it."""
    source = encodings.decoded(content)
    if not source.strip():
        return ""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
    )
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        sentence = "the HTML cannot be read; open the page and save its text."
        raise Unreadable("broken", sentence) from None
    if root is None:
        return ""
    return _written(root)


def _written(root: etree._Element) -> str:
    pieces: list[str] = []
    silent: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if silent is None and (tag in _SILENT or not tag):
                silent = element
            if silent is None:
                pieces.append("\n" if tag in _BLOCKS else "\t" if tag in _CELLS else "")
                pieces.append(_flat(element.text))
            continue
        if silent is element:
            silent = None
        elif silent is None and tag in _BLOCKS:
            pieces.append("\n")
        if silent is None:
            pieces.append(_flat(element.tail))
    lines = (" ".join(line.split(" ")).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def _flat(text: str | None) -> str:
    """Text with every white space a single space, as browsers show it."""
    if not text:
        return ""
    flat = " ".join(text.split())
    return f"{' ' if text[0].isspace() else ''}{flat}{' ' if text[-1].isspace() else ''}"
