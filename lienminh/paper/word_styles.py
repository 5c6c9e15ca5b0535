"""The look of the Word file, held in named styles so that an office can change it in one place."""

from typing import Any

from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from .style import ACCENT, GREY, INK, MARGINS, PAGE, WIDE_MARGINS
from .word_xml import border, element, paragraph_borders

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
WORD_VERSION = "15"  # 2013 and later; below it Word opens files in compatibility mode
INDENT = Mm(12.7)
BODY, TABLE_SIZE, SMALL = Pt(14), Pt(12), Pt(10)
HEADINGS = ("Heading 1", "Heading 2", "Heading 3", "Heading 4")
"""The style of each heading level."""
TABLE_TEXT_ID = "TableText"
"""The name inside the file of the style "Table Text"."""


def set_up_styles(word: WordFile) -> None:
    """Times New Roman 14, Vietnamese, justified with a first-line indent (Decree 30, Annex I)."""
    _set_defaults(word)
    _lay(_style(word, "Body Text"), indent=INDENT, align=ALIGN.JUSTIFY)
    _lay(_style(word, "List Bullet"), align=ALIGN.JUSTIFY)
    _lay(_style(word, "Table Text"), size=TABLE_SIZE, before=2, after=2)
    _lay(_style(word, "Head Upper"), size=TABLE_SIZE, align=ALIGN.CENTER, before=0, after=0)
    _lay(_style(word, "Head Motto"), size=Pt(13), align=ALIGN.CENTER, before=0, after=0, bold=True)
    _lay(_style(word, "Head Date"), size=Pt(13), align=ALIGN.CENTER, after=0, italic=True)
    _lay(_style(word, "Title"), align=ALIGN.CENTER, before=18, after=0, bold=True)
    _lay(_style(word, "Subtitle"), align=ALIGN.CENTER, before=0, after=0, bold=True)
    _lay(_style(word, "Annex Guide"), align=ALIGN.CENTER, before=0, after=8, italic=True)
    _lay(_style(word, "Caption"), size=Pt(13), before=10, after=4, bold=True, kept=True)
    _lay(_style(word, "Chart"), before=0, after=2, kept=True)
    _lay(_style(word, "Source Line"), size=Pt(11), before=0, after=10, color=GREY)
    _lay(_style(word, "Small Line"), size=Pt(1), before=0, after=0)
    _set_up_headings(word)
    _set_up_mark(word)
    _set_dash(word)


def set_up_page(section: Section, *, wide: bool) -> None:
    """A4 with the decree's margins; the first page of each part shows no number."""
    short, long = Mm(PAGE[0]), Mm(PAGE[1])
    margins = WIDE_MARGINS if wide else MARGINS
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])
    section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _style(word: WordFile, name: str) -> ParagraphStyle:
    known = {style.name for style in word.styles}
    found = word.styles[name] if name in known else word.styles.add_style(name, _PARAGRAPH)
    if not isinstance(found, ParagraphStyle):
        raise TypeError(f"{name} is not a paragraph style.")
    return found


_PARAGRAPH = WD_STYLE_TYPE.PARAGRAPH


def _lay(
    style: ParagraphStyle,
    *,
    size: Pt | None = None,
    align: ALIGN = ALIGN.LEFT,
    indent: Mm | None = None,
    before: int = 6,
    after: int = 0,
    bold: bool = False,
    italic: bool = False,
    color: str = INK,
    kept: bool = False,
) -> None:
    _strip(style)
    _set_font(style)
    style.font.size = size or BODY
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor.from_string(color.removeprefix("#"))
    layout = style.paragraph_format
    layout.alignment, layout.first_line_indent = align, indent
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.keep_with_next = kept
    layout.widow_control = True


def _set_defaults(word: WordFile) -> None:
    normal = _style(word, "Normal")
    _lay(normal, before=0)
    normal.paragraph_format.line_spacing = 1.1
    defaults = word.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        for script in ("val", "eastAsia", "bidi"):
            language.set(qn(f"w:{script}"), LANGUAGE)
    settings: Any = word.settings.element
    for mode in settings.xpath('w:compat/w:compatSetting[@w:name="compatibilityMode"]'):
        mode.set(qn("w:val"), WORD_VERSION)


def _set_up_headings(word: WordFile) -> None:
    for level, name in enumerate(HEADINGS):
        style = _style(word, name)
        centred = level == 0
        _lay(
            style,
            align=ALIGN.CENTER if centred else ALIGN.JUSTIFY,
            indent=None if centred else INDENT,
            before=14 if centred else 10 if level == 1 else 6,
            bold=True,
            italic=level == 3,
            kept=True,
        )
        style.paragraph_format.keep_together = True


def _set_up_mark(word: WordFile) -> None:
    """The frame of the draft mark, and the line under the motto as long as its words."""
    mark = _style(word, "Draft Mark")
    _lay(mark, size=Pt(13), align=ALIGN.CENTER, before=0, after=14, bold=True, color=ACCENT)
    mark.paragraph_format.left_indent = mark.paragraph_format.right_indent = Mm(32)
    sides = ("top", "left", "bottom", "right")
    paragraph_borders(mark.element, [border(side, ACCENT, 8, 5) for side in sides])
    motto = _style(word, "Head Motto")
    motto.paragraph_format.left_indent = motto.paragraph_format.right_indent = Mm(17)
    paragraph_borders(motto.element, [border("bottom", INK, 6, 1)])
    small = _style(word, "Draft Foot")
    _lay(small, size=SMALL, align=ALIGN.CENTER, before=0, color=GREY)


def _set_dash(word: WordFile) -> None:
    """Lists are marked by dashes that begin where first lines do."""
    style = _style(word, "List Bullet")
    layout = style.paragraph_format
    layout.left_indent, layout.first_line_indent = Mm(17.2), Mm(-4.5)
    number = style.element.pPr.numPr.numId.val
    numbering = word.part.numbering_part.element
    abstract = numbering.num_having_numId(number).abstractNumId.val
    (level,) = numbering.xpath(f'w:abstractNum[@w:abstractNumId="{abstract}"]/w:lvl[@w:ilvl="0"]')
    level.find(qn("w:lvlText")).set(qn("w:val"), "–")
    for old in level.findall(qn("w:rPr")):
        level.remove(old)
    level.append(element("w:rPr", element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT)))


def _strip(style: ParagraphStyle) -> None:
    """Forget the template's own colours, borders and spacing, but not its list."""
    for tag in ("w:rPr", "w:pPr"):
        for old in style.element.findall(qn(tag)):
            lists = old.findall(qn("w:numPr")) + old.findall(qn("w:outlineLvl"))
            for child in list(old):
                if child not in lists:
                    old.remove(child)


def _set_font(style: ParagraphStyle) -> None:
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:cs"), FONT)
    fonts.set(qn("w:eastAsia"), FONT)
