"""Reads the visible lines of an HTML page or a Markdown text: a script that runs apart (see `bounded_child`).

The page comes as UTF-8 on the standard input; the lines, the title and the stated days go out as JSON.
Nothing is fetched and no script of the page is run: the tree is walked, and that is all.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

# Pages are a few dozen elements deep; a page nested without end takes memory for every level
# (test_a_page_nested_without_end_is_refused).
DEEPEST = 1_000
# In characters. A longer cell is a column of a page that a table lays out
# (test_a_table_that_lays_out_a_page_is_read_as_paragraphs); prose/tables.py holds the same bound.
LONGEST_CELL = 200
# Lists of other articles state days as well; two different ones already mean that none is taken.
MOST_DAYS = 20
# Elements whose end may be left out are not counted: a page of open paragraphs is not deep.
_COUNTED = re.compile(
    r"<(/?)(div|span|table|b|i|em|strong|font|section|ul|ol|blockquote|center)\b", re.IGNORECASE
)
_UNSEEN = frozenset(
    (
        # Not text, or text that belongs to the page and not to the article.
        "head",
        "script",
        "style",
        "nav",
        "template",
        "noscript",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "map",
        "select",
        "option",
        "button",
        "textarea",
        "datalist",
        "dialog",
    )
)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "optgroup",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    )
)
_CELLS = frozenset(("td", "th"))
_HIDING = re.compile(r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SHIFTED = {"sup": _RAISED, "sub": _LOWERED}
_META_NAMES = ("property", "name", "itemprop")
_DAY_META = frozenset(
    ("article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "pubdate")
)


@dataclass
class Writer:
    """Lines as they come; the cells of a row wait until it ends."""

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    # One list of cells for each open row, one list of lines for each open cell.
    rows: list[list[list[str]]] = field(default_factory=list)
    open_cells: list[list[str]] = field(default_factory=list)

    def end_line(self) -> None:
        """What was written so far stands on a line of its own."""
        line = " ".join("".join(self.words).split())
        self.words.clear()
        if line:
            (self.open_cells[-1] if self.open_cells else self.lines).append(line)

    def open_row(self) -> None:
        """A row of cells begins."""
        self.end_line()
        self.rows.append([])

    def open_cell(self) -> None:
        """A cell begins."""
        self.end_line()
        self.open_cells.append([])

    def close_cell(self) -> None:
        """A cell ends: it joins its row, or its lines stand alone where it is in none."""
        self.end_line()
        cell = self.open_cells.pop()
        if self.rows:
            self.rows[-1].append(cell)
        else:
            (self.open_cells[-1] if self.open_cells else self.lines).extend(cell)

    def close_row(self) -> None:
        """A row ends: one line of short cells, or the lines of all cells where it lays out a page."""
        self.end_line()
        cells = self.rows.pop()
        target = self.open_cells[-1] if self.open_cells else self.lines
        joined = [" ".join(cell) for cell in cells]
        if all(len(cell) <= LONGEST_CELL for cell in joined):
            row = "\t".join(joined).strip()
            target.extend([row] if row else [])
        else:
            target.extend(line for cell in cells for line in cell)


def read_lines(root: LexborNode) -> list[str]:
    """The visible lines below a node: blocks, list items and rows of a table each on their own."""
    writer, shifts = Writer(), list[dict[int, int]]()
    for node, is_end in _walk(root):
        tag = node.tag or ""
        if tag == "-text":
            _write_text(writer, node, shifts)
        elif tag in _SHIFTED:
            shifts.pop() if is_end else shifts.append(_SHIFTED[tag])
        elif tag == "tr":
            writer.close_row() if is_end else writer.open_row()
        elif tag in _CELLS:
            writer.close_cell() if is_end else writer.open_cell()
        elif tag in _BLOCKS:
            writer.end_line()
    writer.end_line()
    return writer.lines


def _write_text(writer: Writer, node: LexborNode, shifts: list[dict[int, int]]) -> None:
    text = node.text_content or ""
    if shifts and not any(sign.isalpha() for sign in text):
        # Raised signs, or the mark of a note would run into the number before it.
        text = text.translate(shifts[-1])
    # White space of a page means nothing, but for what is preformatted.
    if "\n" not in text or not _is_preformatted(node):
        writer.words.append(text)
        return
    for line in text.split("\n"):
        writer.words.append(line)
        writer.end_line()


def _is_preformatted(node: LexborNode) -> bool:
    parent = node.parent
    # A `pre` may hold `code` and marks of highlighting, seldom more.
    for _ in range(4):
        if parent is None:
            return False
        if parent.tag == "pre":
            return True
        parent = parent.parent
    return False


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every visible node as it opens and, but for texts, as it ends, without a stack of calls."""
    stack = [(root, False)]
    while stack:
        node, is_end = stack.pop()
        if is_end:
            yield node, True
            continue
        if node.tag != "-text":
            if node.tag in _UNSEEN or (node.tag or "").startswith("-") or _is_hidden(node):
                continue
            stack.append((node, True))
        yield node, False
        child, children = node.child, []
        while child is not None:
            children.append((child, False))
            child = child.next
        # The last in is the first out: children are stacked backwards to come in their order.
        stack.extend(reversed(children))


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDING.search(attributes.get("style") or ""))


def find_title(parser: LexborHTMLParser) -> str | None:
    """The title that a page states for itself: its own, that of its sharing card, or its only heading."""
    card = parser.css_first('meta[property="og:title"]')
    if card is not None and (card.attributes.get("content") or "").strip():
        return " ".join((card.attributes["content"] or "").split())
    titles = parser.css("head > title") or [node for node in parser.css("h1") if len(parser.css("h1")) == 1]
    return (" ".join(titles[0].text(deep=True).split()) or None) if titles else None


def find_days(parser: LexborHTMLParser) -> list[str]:
    """The days of publication that a page states, from the plainest kind of statement it makes."""
    stated = [node.attributes.get("content") or "" for node in parser.css("meta") if _states_day(node)]
    if not stated:
        blocks = parser.css('script[type="application/ld+json"]')
        stated = [day for node in blocks for day in _find_linked(node)]
    if not stated:
        times = parser.css("time[datetime]")
        # A page shows the days of its comments as well; those that say "published" go first.
        own = [node for node in times if "pubdate" in node.attributes or _is_published(node)]
        stated = [node.attributes.get("datetime") or "" for node in own or times]
    return stated[:MOST_DAYS]


def _states_day(meta: LexborNode) -> bool:
    return any((meta.attributes.get(name) or "").strip().lower() in _DAY_META for name in _META_NAMES)


def _is_published(node: LexborNode) -> bool:
    return (node.attributes.get("itemprop") or "").lower() == "datepublished"


def _find_linked(node: LexborNode) -> list[str]:
    """Days of publication in a block of linked data: those of the page's own items, not of what they cite."""
    try:
        linked: Any = json.loads(node.text(deep=True))
    except (ValueError, RecursionError):
        return []
    items = linked if isinstance(linked, list) else [linked]
    for item in list(items):
        graph = item.get("@graph") if isinstance(item, dict) else None
        items = [*items, *graph] if isinstance(graph, list) else items
    days = [item.get("datePublished") for item in items if isinstance(item, dict)]
    return [day for day in days if isinstance(day, str)]


def _measure_depth(markup: str) -> int:
    depths: dict[str, int] = {}
    deepest = 0
    for tag in _COUNTED.finditer(markup):
        name = tag[2].lower()
        depths[name] = max(0, depths.get(name, 0) + (-1 if tag[1] else 1))
        deepest = max(deepest, depths[name])
    return deepest


def read_markup(markup: str, *, is_markdown: bool) -> dict[str, Any]:
    """Lines, title and stated days; or, where it is nested too deeply to be read, that."""
    if is_markdown:
        markup = str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markup))
    if _measure_depth(markup) > DEEPEST:
        return {"problem": f"is nested more than {DEEPEST:,} elements deep"}
    parser = LexborHTMLParser(markup)
    lines = read_lines(parser.root) if parser.root is not None else []
    return {"lines": lines, "title": find_title(parser), "days": find_days(parser)}


if __name__ == "__main__":
    page = sys.stdin.buffer.read().decode("utf-8")
    json.dump(read_markup(page, is_markdown=sys.argv[1] == "markdown"), sys.stdout)
