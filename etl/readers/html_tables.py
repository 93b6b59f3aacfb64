"""HTML pages as text and as tables of cells, read as a browser reads them, however the tags are closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.errors import InputError
from etl.provenance import RawFile
from etl.readers.limits import DEEPEST_TABLES, LARGEST_PAGE, MOST_CELLS, TALLEST_SPAN, WIDEST_SPAN
from etl.readers.reading_apart import read_apart

Cells = tuple[str, ...]
_BLOCKS = frozenset(("p", "br", "div", "tr", "td", "th", "table", "li", "h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = ("script", "style", "noscript", "option", "template")
_TABLE_TAG = re.compile(rb"<table[\s>]", re.IGNORECASE)


@dataclass(frozen=True)
class HtmlPage:
    """One page: its visible text by line, and its tables as rows of cells."""

    lines: tuple[str, ...]
    tables: tuple[tuple[Cells, ...], ...]

    @property
    def text(self) -> str:
        """The visible text, one block a line."""
        return "\n".join(self.lines)


def find_page(file: RawFile) -> HtmlPage | None:
    """The page, or None where the bytes hold no table in HTML, or more than is read: it never raises."""
    try:
        return _find_page(file)
    except InputError:
        return None


def _find_page(file: RawFile) -> HtmlPage | None:
    if len(file.content) > LARGEST_PAGE or not _TABLE_TAG.search(file.content):
        return None
    return _read_page(file.content, file.name)


def check_page(file: RawFile) -> None:
    """Whether a page that begins as one is of a size that is read.

    Raises: InputError where its tables lie in each other, or span cells, beyond any publisher's, or it cannot
    be read within bounds.
    """
    page = _find_page(file)
    if page is None and file.content[:1024].lstrip().startswith(b"<") and _TABLE_TAG.search(file.content):
        problem = "a page whose tables are nested or spread out beyond any publisher's"
        raise InputError(file.name, problem=problem, remedy="Save the page again from its site.")


# Recognising and reading ask for the same page one after the other.
@lru_cache(maxsize=2)
def _read_page(content: bytes, name: str) -> HtmlPage | None:
    found = read_apart("etl.readers.html_tables:read_parts", content, name=name)
    return None if found is None else HtmlPage(*found)


def read_parts(content: bytes, _name: str) -> tuple[tuple[str, ...], tuple[tuple[Cells, ...], ...]] | None:
    """In the helper process: the lines and tables of a page, or None where they are more than is read."""
    parser = LexborHTMLParser(_decode(content))
    for tag in _UNSEEN:
        for node in parser.css(tag):
            node.decompose()
    body = parser.body
    if body is None:
        return (), ()
    nodes = body.css("table")
    if _is_too_deep(nodes):
        return None
    tables: list[tuple[Cells, ...]] = []
    left = MOST_CELLS
    for node in nodes:
        tables.append(_read_table(node, most_cells=left))
        left -= sum(len(cells) for cells in tables[-1])
        if left <= 0:
            return None
    return _read_lines(body), tuple(tables)


def _is_too_deep(tables: list[LexborNode]) -> bool:
    """Whether a table lies in more others than are read; each asks only as far up as the next table."""
    depths: dict[int, int] = {}
    for table in tables:
        above = _find_table(table)
        depths[table.mem_id] = 1 if above is None else depths[above.mem_id] + 1
        if depths[table.mem_id] > DEEPEST_TABLES:
            return True
    return False


def _decode(content: bytes) -> str:
    """UTF-8, or the code page of the servers that older pages come from."""
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")


def _read_lines(body: LexborNode) -> tuple[str, ...]:
    parts: list[str] = []
    for node in body.traverse(include_text=True):
        if node.tag == "-text":
            parts.append(re.sub(r"\s+", " ", node.text_content or ""))
        elif node.tag in _BLOCKS:
            parts.append("\n")
    lines = (tidy(line) for line in "".join(parts).split("\n"))
    return tuple(line for line in lines if line)


def _read_table(table: LexborNode, *, most_cells: int) -> tuple[Cells, ...]:
    """Rows of cells, no more than are read; a cell that spans several stands in each of them."""
    rows: list[Cells] = []
    hanging: dict[int, tuple[int, str]] = {}
    for line in table.css("tr"):
        if not _belongs(line, table):
            continue
        cells: list[str] = []
        for cell in line.iter():
            if cell.tag not in ("td", "th"):
                continue
            _take_hanging(cells, hanging)
            text = tidy(cell.text(deep=True))
            tall = _read_span(cell, "rowspan", most=TALLEST_SPAN)
            for _ in range(_read_span(cell, "colspan", most=WIDEST_SPAN)):
                # A cell over several rows is counted once here and once in each row below.
                if tall > 1:
                    hanging[len(cells)] = (tall - 1, text)
                cells.append(text)
        _take_hanging(cells, hanging)
        rows.append(tuple(cells))
        most_cells -= len(cells)
        if most_cells <= 0:
            break
    return tuple(rows)


def _belongs(line: LexborNode, table: LexborNode) -> bool:
    """Whether a row is the table's own, not one of a table inside it."""
    nearest = _find_table(line)
    return nearest is not None and nearest.mem_id == table.mem_id


def _find_table(node: LexborNode) -> LexborNode | None:
    above = node.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above


def _take_hanging(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Cells that hang down from a row above into the places that come next."""
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(text)


def _read_span(cell: LexborNode, name: str, *, most: int) -> int:
    text = cell.attributes.get(name) or "1"
    return min(int(text), most) if re.fullmatch(r"[1-9][0-9]{0,3}", text.strip()) else 1


def tidy(text: str) -> str:
    """A text with every run of white space, hard spaces among it, as one space."""
    return " ".join(text.replace("\xa0", " ").split())
