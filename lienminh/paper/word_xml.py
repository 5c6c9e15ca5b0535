"""What python-docx has no words for: links, bookmarks, borders, fields, rows that stay whole."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

_AFTER_BORDERS = (
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct"),
    *("w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd"),
    *("w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents"),
    *("w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap"),
    *("w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)


def element(tag: str, *children: Any, **attributes: str) -> Any:
    """An element of the w: name space with w: attributes."""
    made: Any = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def border(side: str, color: str, eighths: int, space: int) -> Any:
    """One line of a border: its width in eighths of a point, its distance in points."""
    width, gap, ink = str(eighths), str(space), color.removeprefix("#")
    return element(f"w:{side}", val="single", sz=width, space=gap, color=ink)


def paragraph_borders(owner: Any, lines: list[Any]) -> None:
    """Borders for a paragraph or a paragraph style (its element)."""
    owner.get_or_add_pPr().insert_element_before(element("w:pBdr", *lines), *_AFTER_BORDERS)


def link(paragraph: WordParagraph, run: WordRun, bookmark: str) -> None:
    """Move the run into a link to a bookmark of the same file."""
    holder = element("w:hyperlink", anchor=bookmark, history="1")
    paragraph._p.append(holder)
    holder.append(run._r)


def bookmark(run: WordRun, name: str, number: int) -> None:
    """Put a bookmark around the run; numbers are unique in a file."""
    run._r.addprevious(element("w:bookmarkStart", id=str(number), name=name))
    run._r.addnext(element("w:bookmarkEnd", id=str(number)))


def page_number(paragraph: WordParagraph) -> None:
    """The field that prints the page's own number."""
    for part in (
        element("w:fldChar", fldCharType="begin"),
        _instruction("PAGE"),
        element("w:fldChar", fldCharType="end"),
    ):
        paragraph.add_run()._r.append(part)


def restart_pages(section: Any) -> None:
    """The section's pages count from 1; a new section has copied the mark of the one before."""
    if section._sectPr.find(qn("w:pgNumType")) is not None:
        return
    section._sectPr.insert_element_before(
        element("w:pgNumType", start="1"), "w:cols", "w:titlePg", "w:docGrid"
    )


def repeat_head(row: _Row) -> None:
    """The row stands again at the top of each page of its table."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_whole(row: _Row) -> None:
    """A page never ends inside the row."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def shade(cell: _Cell, color: str) -> None:
    """A light ground behind a cell."""
    cell._tc.get_or_add_tcPr().append(
        element("w:shd", val="clear", color="auto", fill=color.removeprefix("#"))
    )


def pad(table: WordTable, twentieths: int) -> None:
    """Room at the left and right of every cell, in twentieths of a point."""
    sides = [element(f"w:{side}", w=str(twentieths), type="dxa") for side in ("left", "right")]
    table._tbl.tblPr.insert_element_before(element("w:tblCellMar", *sides), "w:tblLook")


def describe(picture: Any, words: str) -> None:
    """Words for readers who do not see the picture."""
    picture._inline.docPr.set("descr", words)


def _instruction(text: str) -> Any:
    made = element("w:instrText")
    made.text = text
    return made
