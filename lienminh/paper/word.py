"""Word files in the layout of Decree 30/2020/NĐ-CP, made with python-docx alone."""

from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from . import charts, word_xml
from .document import (
    Anchor,
    Annex,
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Head,
    Heading,
    Italic,
    Missing,
    Number,
    PageBreak,
    Paragraph,
    Run,
    Strong,
    Table,
    Text,
    Value,
)
from .files import packed_alike, put
from .prepare import Part, anchors, captioned, column_widths, parts, prepared, runs_of, stays_whole
from .style import (
    GREY,
    HEAD_FILL,
    HEAD_WIDTHS,
    INK,
    MOTTO,
    NO_BREAK,
    STATE,
    TEXT_WIDTH,
    WIDE_TEXT_WIDTH,
)
from .word_styles import HEADINGS, LANGUAGE, TABLE_TEXT_ID, set_up_page, set_up_styles

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_CAPITAL_WIDTH = 3.1  # mm, an average bold capital at 12 points
_CODE_ON_LINE = Pt(9)


def write_docx(document: Document, path: Path) -> None:
    """Write the paper as .docx, alike for equal documents. Refused when it cannot be written."""
    paper = prepared(document)
    buffer = BytesIO()
    _Writer(paper).file.save(buffer)
    put(path, packed_alike(buffer.getvalue(), paper.made_on))


class _Writer:
    """One file in the making; `marks` names the bookmark of each code."""

    def __init__(self, paper: Document) -> None:
        self.file: WordFile = docx.Document()
        self.marks = {code: f"nguon_{n}" for n, code in enumerate(anchors(paper), start=1)}
        self.width = TEXT_WIDTH
        set_up_styles(self.file)
        _set_properties(self.file, paper)
        for part in parts(paper):
            self.start(part, paper.head)
            for block in part.blocks:
                self.draw(block)

    def start(self, part: Part, head: Head) -> None:
        """Open the pages of the body or of an annex."""
        wide = part.annex is not None and part.annex.wide
        self.width = WIDE_TEXT_WIDTH if wide else TEXT_WIDTH
        if part.annex is None:
            set_up_page(self.file.sections[0], wide=False)
            _number_pages(self.file, head.draft_mark)
            _draw_head(self.file, head)
            return
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        set_up_page(section, wide=wide)
        word_xml.restart_pages(section)
        self.draw_annex(part.annex)

    def draw(self, block: Block) -> None:
        """Draw one block."""
        match block:
            case Heading():
                words = "\n".join(line for line in (block.text, block.title) if line)
                self.file.add_paragraph(words, HEADINGS[block.level])
            case Paragraph():
                self.write(self.file.add_paragraph(style="Body Text"), block.text)
            case Missing():
                self.write(self.file.add_paragraph(style="Body Text"), (block,))
            case Bullets():
                for item in block.items:
                    self.write(self.file.add_paragraph(style="List Bullet"), item)
            case Table():
                self.draw_table(block)
            case Chart():
                self.draw_chart(block)
            case PageBreak():
                self.file.add_paragraph(style="Small Line").add_run().add_break(WD_BREAK.PAGE)

    def draw_annex(self, annex: Annex) -> None:
        """The annex's name, title and guide."""
        name = self.file.add_paragraph(annex.name, HEADINGS[0])
        name.paragraph_format.space_before = Pt(0)
        title = self.file.add_paragraph(annex.title, "Subtitle")
        title.paragraph_format.keep_with_next = True
        if annex.guide:
            guide = self.file.add_paragraph(annex.guide, "Annex Guide")
            guide.paragraph_format.keep_with_next = True

    def draw_table(self, table: Table) -> None:
        """The caption, the head that repeats, and rows that stay whole."""
        if table.caption:
            self.file.add_paragraph(captioned(table), "Caption")
        drawn = self.file.add_table(1 + len(table.rows), len(table.columns), "Table Grid")
        drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        word_xml.pad(drawn, 80)
        widths = [Mm(width) for width in column_widths(table, self.width)]
        for grid, width in zip(drawn.columns, widths, strict=True):
            grid.width = width
        self.fill_head(drawn.rows[0], table)
        together = stays_whole(table)
        for place, (row, cells) in enumerate(zip(list(drawn.rows)[1:], table.rows, strict=True)):
            self.fill(row, table, cells, kept=together and place < len(table.rows) - 1)
        for row in drawn.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        self.file.add_paragraph(style="Small Line").paragraph_format.space_after = Pt(8)

    def fill_head(self, row: _Row, table: Table) -> None:
        """The columns' titles."""
        word_xml.keep_whole(row)
        word_xml.repeat_head(row)
        for cell, column in zip(row.cells, table.columns, strict=True):
            word_xml.shade(cell, HEAD_FILL)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = _only_paragraph(cell)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(column.title).bold = True

    def fill(self, row: _Row, table: Table, cells: tuple[Cell, ...], *, kept: bool) -> None:
        """One row; `kept` holds it on the page of the next."""
        word_xml.keep_whole(row)
        for drawn, column, cell in zip(row.cells, table.columns, cells, strict=True):
            paragraph = _only_paragraph(drawn)
            paragraph.alignment = _ALIGN[column.align]
            paragraph.paragraph_format.keep_with_next = kept
            if isinstance(cell, Value):
                self.write_value(paragraph, cell)
            else:
                self.write(paragraph, cell, raised=False)

    def draw_chart(self, chart: Chart) -> None:
        """The finding, the picture, the unit and source, on one page."""
        self.file.add_paragraph(captioned(chart), "Caption")
        paragraph = self.file.add_paragraph(style="Chart")
        picture = paragraph.add_run().add_picture(BytesIO(charts.png(chart)), Mm(TEXT_WIDTH))
        word_xml.describe(picture, charts.described(chart))
        source = self.file.add_paragraph(f"Đơn vị tính: {chart.unit}. ", "Source Line")
        self.write(source, chart.source, raised=False)

    def write(self, paragraph: WordParagraph, text: Text, *, raised: bool = True) -> None:
        """Add runs to a paragraph; in small type codes are not raised, to stay legible."""
        for run in runs_of(text):
            self.write_run(paragraph, run, raised=raised)

    def write_run(self, paragraph: WordParagraph, run: Run, *, raised: bool) -> None:
        """Add one run."""
        match run:
            case str():
                paragraph.add_run(run)
            case Strong():
                paragraph.add_run(run.text).bold = True
            case Italic():
                paragraph.add_run(run.text).italic = True
            case Missing():
                missing = paragraph.add_run(run.text)
                missing.italic = True
                _paint(missing, GREY)
            case Number():
                paragraph.add_run(run.text)
                self.write_code(paragraph, run.code, raised=raised)
            case Anchor():
                marked = paragraph.add_run(run.code)
                name = self.marks[run.code]
                word_xml.bookmark(marked, name, int(name.removeprefix("nguon_")))

    def write_value(self, paragraph: WordParagraph, value: Value) -> None:
        """A figure in a table, never parted from its code."""
        paragraph.add_run(value.text + NO_BREAK if value.code else value.text)
        self.write_code(paragraph, value.code, raised=False)

    def write_code(self, paragraph: WordParagraph, code: str, *, raised: bool) -> None:
        """The small code, which links to its row."""
        if not code:
            return
        run = paragraph.add_run(f"[{code}]")
        _paint(run, GREY)
        if raised:
            run.font.superscript = True
        else:
            run.font.size = _CODE_ON_LINE
        word_xml.link(paragraph, run, self.marks[code])


def _set_properties(word: WordFile, paper: Document) -> None:
    made = datetime.combine(paper.made_on, time(), UTC)
    properties = word.core_properties
    properties.title, properties.subject = paper.title[:255], paper.head.abstract[:255]
    properties.author = properties.last_modified_by = paper.head.issuer[:255]
    properties.comments = paper.head.draft_mark[:255]
    properties.language = LANGUAGE
    properties.created = properties.modified = made
    properties.revision = 1


def _number_pages(word: WordFile, draft_mark: str) -> None:
    section = word.sections[0]
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word_xml.page_number(number)
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].style = "Draft Foot"
        footer.paragraphs[0].text = draft_mark


def _draw_head(word: WordFile, head: Head) -> None:
    if head.draft_mark:
        word.add_paragraph(head.draft_mark, "Draft Mark")
    table = word.add_table(1, 2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    word_xml.pad(table, 0)
    left, right = table.rows[0].cells
    for column, width in zip(table.columns, HEAD_WIDTHS, strict=True):
        column.width = column.cells[0].width = Mm(width)
    for cell in (left, right):
        cell.paragraphs[0].style = "Head Upper"
    if head.superior:
        left.paragraphs[0].add_run(head.superior)
        left.add_paragraph(style="Head Upper")
    left.paragraphs[-1].add_run(head.issuer).bold = True
    _draw_line(left, head.issuer, HEAD_WIDTHS[0])
    right.paragraphs[0].add_run(STATE).bold = True
    right.add_paragraph(MOTTO, "Head Motto")
    right.add_paragraph(head.place_and_date, "Head Date")
    word.add_paragraph(head.type_name, "Title")
    word.add_paragraph(head.abstract, "Subtitle")
    _draw_line(word, head.abstract, TEXT_WIDTH)


def _draw_line(owner: WordFile | _Cell, words: str, width: int) -> None:
    """A line of about two fifths of the words above it, between a third and a half (Annex I)."""
    length = min(len(words) * _CAPITAL_WIDTH, width) * 0.4
    line = owner.add_paragraph(style="Small Line")
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(
        (width - length) / 2
    )
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(3), Pt(10)
    word_xml.paragraph_borders(line._p, [word_xml.border("bottom", INK, 6, 1)])


def _only_paragraph(cell: _Cell) -> WordParagraph:
    paragraph: WordParagraph = cell.paragraphs[0]
    paragraph._p.style = TABLE_TEXT_ID  # finding a style by name takes a millisecond a cell
    return paragraph


def _paint(run: WordRun, color: str) -> None:
    run.font.color.rgb = RGBColor.from_string(color.removeprefix("#"))
