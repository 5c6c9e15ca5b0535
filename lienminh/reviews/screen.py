"""A paper on the screen: the same tree that Word and PDF are drawn from, as HTML."""

from collections.abc import Iterable, Mapping

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lienminh.paper.document import (
    Alignment,
    Anchor,
    Annex,
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Italic,
    Missing,
    Number,
    Paragraph,
    Run,
    Strong,
    Table,
    Text,
    Value,
)
from lienminh.paper.prepare import captioned, parts, prepared, runs_of
from lienminh.reviews.printing import NO_ANSWER

Links = Mapping[str, str]
"""Where the figure of each code is traced."""


class Screen:
    """Draws one paper; tables are counted for their ids."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self._tables = 0
        self._top, self._level = 0, 1

    def draw(self, document: Document) -> SafeString:
        """The body, then each annex folded."""
        drawn = parts(prepared(document))
        self._top = min(
            (block.level for part in drawn for block in part.blocks if isinstance(block, Heading)),
            default=0,
        )
        return _joined(
            self._annex(part.annex, part.blocks) if part.annex else self._blocks(part.blocks)
            for part in drawn
        )

    def _annex(self, annex: Annex, blocks: Iterable[Block]) -> SafeString:
        return format_html(
            "<details><summary>{}</summary><p class='muted small'>{}</p>{}</details>",
            f"{annex.name} – {annex.title.capitalize()}",
            annex.guide,
            self._blocks(blocks),
        )

    def _blocks(self, blocks: Iterable[Block]) -> SafeString:
        return _joined(self._block(block) for block in blocks)

    def _block(self, block: Block) -> SafeString:
        drawn = SafeString("")  # page breaks are for paper
        match block:
            case Heading():
                drawn = self._heading(block)
            case Paragraph():
                drawn = format_html("<p>{}</p>", self._text(block.text))
            case Bullets():
                items = format_html_join("", "<li>{}</li>", ((self._text(i),) for i in block.items))
                drawn = format_html("<ul>{}</ul>", items)
            case Table():
                drawn = self._table(block)
            case Chart():
                # Word and PDF draw the bars; here the numbers are to be opened.
                drawn = self._table(_as_table(block))
            case Missing():
                drawn = format_html("<p class='none'>{}</p>", block.text)
        return drawn

    def _heading(self, heading: Heading) -> SafeString:
        """Under the page's title the paper's own top is the second level; none is skipped."""
        self._level = min(heading.level - self._top + 2, self._level + 1)
        text = f"{heading.text} {heading.title}".strip()
        return format_html("<h{}>{}</h{}>", self._level, text, self._level)

    def _table(self, table: Table) -> SafeString:
        self._tables += 1
        name = f"table-{self._tables}"
        head = format_html_join(
            "",
            "<th scope='col'{}>{}</th>",
            ((_number_class(column.align), column.title) for column in table.columns),
        )
        rows = _joined(
            format_html(
                "<tr>{}</tr>",
                _joined(
                    self._cell(cell, column.align)
                    for cell, column in zip(row, table.columns, strict=True)
                ),
            )
            for row in table.rows
        )
        caption = format_html("<caption>{}</caption>", text) if (text := captioned(table)) else ""
        return format_html(
            "<div class='table'{}><table id='{}' data-grid>{}<thead><tr>{}</tr></thead>"
            "<tbody>{}</tbody></table></div>{}",
            _reached(table) if "<a " not in rows else "",
            name,
            caption,
            head,
            rows,
            _copy_button(name) if _has_values(table) else "",
        )

    def _cell(self, cell: Cell, align: Alignment) -> SafeString:
        if not isinstance(cell, Value):
            return format_html("<td>{}</td>", self._text(cell))
        if cell.number is None:
            figure = self._figure(cell.text, cell.code)
            return format_html("<td class='number none' data-wide>{}</td>", figure)
        number = f"{cell.number}–{cell.high}" if cell.high is not None else f"{cell.number}"
        return format_html(
            "<td class='number' data-value='{}' data-qualifier='{}'>{}</td>",
            number,
            cell.qualifier,
            self._figure(cell.text, cell.code),
        )

    def _text(self, text: Text) -> SafeString:
        return _joined(self._run(run) for run in runs_of(text))

    def _run(self, run: Run) -> SafeString:
        match run:
            case str():
                return conditional_escape(run)
            case Strong():
                return format_html("<strong>{}</strong>", run.text)
            case Italic():
                return format_html("<em>{}</em>", run.text)
            case Missing():
                return format_html("<span class='none'>{}</span>", run.text)
            case Number():
                return self._figure(run.text, run.code)
            case Anchor():
                return format_html("<span id='{}'>{}</span>", run.code, run.code)

    def _figure(self, text: str, code: str) -> SafeString:
        if code not in self.links:
            return conditional_escape(text)
        missing = " none" if text == NO_ANSWER else ""
        return format_html(
            "<a class='figure{}' href='{}'>{}</a><sup class='code'>{}</sup>",
            missing,
            self.links[code],
            text,
            code,
        )


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _reached(table: Table) -> SafeString:
    """Where no link inside can be reached by keyboard, the box is, so that it can be scrolled."""
    label = captioned(table) or ", ".join(filter(None, (one.title for one in table.columns)))
    return format_html(" role='region' tabindex='0' aria-label='{}'", label)


def _number_class(align: Alignment) -> SafeString:
    return SafeString(" class='number' data-wide" if align == "right" else "")


def _has_values(table: Table) -> bool:
    return any(isinstance(cell, Value) for row in table.rows for cell in row)


def _as_table(chart: Chart) -> Table:
    """On the screen a chart's numbers stand as a table; Word and PDF draw the bars."""
    columns = (Column(""), Column(chart.unit, align="right"))
    rows = tuple((bar.label, bar.value) for bar in chart.bars)
    return Table(columns, rows, chart.title, chart.label)


def _copy_button(name: str) -> SafeString:
    return format_html(
        "<div class='actions'>"
        "<button type='button' lang='{}' data-copy='{}' data-done='{}'>{}</button></div>",
        get_language(),
        name,
        _("Đã chép"),
        _("Chép sang Excel"),
    )
