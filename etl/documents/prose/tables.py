"""Tables in prose: each cell as a statement of its own, after its caption, its row and its column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.documents.lexicon import YEAR, Lexicon, flatten
from etl.documents.passages import Paragraph

# In characters. A longer cell lays out a page (opening/markup_lines.py holds the same bound), a longer line
# above is a paragraph and no caption. More cells are not read as tables: written out, each repeats its
# caption and its names.
LONGEST_CELL, LONGEST_CAPTION, MOST_CELLS = 200, 150, 2_000
# A line this short above a table says its unit only ("In US$ million"): its caption stands above that.
SHORTEST_CAPTION = 30
# Rows, and cells in a row: a single line with a bar in it is prose.
SHORTEST_TABLE = 2
_RULE = re.compile(r"[\s|:+=-]+")
_YEAR = re.compile(YEAR)
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_EMPTY_BRACKETS = re.compile(r"\((?:in)?[\s,;-]*\)|\[[\s,;-]*\]")
_SHARE = re.compile("%")
_UNIT_SIGN = re.compile(r"[%$\u20b9\u20ac\u00a3]")


@dataclass(frozen=True)
class TextTableCell:
    """One cell: its words without the white space around them, and where they begin."""

    start: int
    words: str


@dataclass(frozen=True)
class TextTableRow:
    """One line of a table."""

    paragraph: Paragraph
    cells: tuple[TextTableCell, ...]


@dataclass(frozen=True)
class TextTable:
    """Lines that stand together and are cut into cells, the names of their columns, and their caption."""

    header: TextTableRow | None
    rows: tuple[TextTableRow, ...]
    caption: str


@dataclass(frozen=True)
class CellStatement:
    """A cell written out: `lead` says what it is about, `before` and `after` are a unit printed elsewhere."""

    row: TextTableRow
    start: int
    lead: str
    before: str
    words: str
    after: str


def part_tables(paragraphs: Sequence[Paragraph], text: str) -> Iterator[TextTable | list[Paragraph]]:
    """The tables of a text, and the paragraphs between them, in their order."""
    between: list[Paragraph] = []
    place, left = 0, MOST_CELLS
    while place < len(paragraphs):
        run = _take_run(paragraphs, place, text, most=left)
        rows = [row for row in run if not _RULE.fullmatch(row.paragraph.text)]
        if len(rows) < SHORTEST_TABLE:
            between.append(paragraphs[place])
            place += 1
            continue
        yield between
        # Markdown rules off its header; elsewhere a first row without figures is one.
        has_header = len(rows) < len(run) or not any(map(_is_figure, rows[0].cells))
        header = rows[0] if has_header else None
        yield TextTable(header, tuple(rows[has_header:]), _find_caption(between))
        between, place = [], place + len(run)
        left -= sum(len(row.cells) for row in run)
    yield between


class TableWriter:
    """Writes out the cells of tables with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        before, after = (lexicon.join_currencies(side) for side in ("before", "after"))
        scale = rf"(?<!\w)(?P<scale>{lexicon.scale_pattern})"
        patterns = (
            rf"{scale}[ -](?P<before>{before})",
            rf"{scale}[ -](?P<after>{after})(?!\w)",
            rf"(?<!\w)(?P<before>{before})[ -]?(?:{scale})?",
            rf"(?P<after>{lexicon.join_phrases('units', 'PERCENT')})",
            rf"{scale}?[ -]?(?<!\w)(?P<after>{lexicon.join_phrases('volume', 'after')})(?!\w)",
        )
        self._units = [lexicon.compile(pattern, used="currencies") for pattern in patterns]
        self._bare = lexicon.compile(rf"[-+~(]?(?P<digits>{lexicon.digits_pattern})[)*]?", used="digits")
        self._not_figures, self._others, self._total = (
            lexicon.compile_phrases("tables", name) for name in ("not_figures", "others", "total")
        )

    def write(self, table: TextTable) -> Iterator[CellStatement]:
        """Every cell that may hold a figure, in the order of the text."""
        for row in table.rows:
            label = _find_label(row)
            said = "" if label is None else label.words
            if self._others.fullmatch(said):
                # Of the rest nothing is said that could be held against anything.
                continue
            for number, cell in enumerate(row.cells):
                name = _name_column(table, number)
                if cell is label or not self._may_hold_figure(cell, name):
                    continue
                written = self._write_cell(table, row, cell, label=said, name=name)
                # The whole of a column of shares is a hundred, and says nothing.
                is_all = self._total.fullmatch(said) and _SHARE.search(written.words + written.after)
                if not is_all:
                    yield written

    def _may_hold_figure(self, cell: TextTableCell, name: str) -> bool:
        if not _DIGIT.search(cell.words):
            return False
        return _is_figure(cell) or not self._not_figures.fullmatch(name)

    def _write_cell(
        self, table: TextTable, row: TextTableRow, cell: TextTableCell, *, label: str, name: str
    ) -> CellStatement:
        # Of two columns the first says what the second is, and the name of the second may say nothing.
        places = (name, label) if len(row.cells) == SHORTEST_TABLE else (label, name)
        said = [self._strip_units(place) for place in (table.caption, *places)]
        lead = ", ".join(part for part in said if part)
        lead = f"{lead}: " if lead else ""
        bare = self._bare.fullmatch(cell.words)
        # A cell with words says its unit itself, and a year alone is no figure.
        if bare is None or _YEAR.fullmatch(bare["digits"]):
            return CellStatement(row, cell.start, lead, "", cell.words, "")
        # The nearest place that names a unit: the column, the row, the caption.
        before, after = self._find_unit(name, label, table.caption)
        return CellStatement(row, cell.start + bare.start("digits"), lead, before, bare["digits"], after)

    def _find_unit(self, *places: str) -> tuple[str, str]:
        for place in places:
            for pattern in self._units:
                found = pattern.search(place)
                if found is not None:
                    said = found.groupdict()
                    before = f"{said['before']} " if said.get("before") else ""
                    return before, "".join(f" {said[name]}" for name in ("scale", "after") if said.get(name))
        return "", ""

    def _strip_units(self, words: str) -> str:
        """What a name says without its unit: the US dollar is no party."""
        for pattern in self._units:
            words = pattern.sub("", words)
        return _EMPTY_BRACKETS.sub("", words).strip()


def _find_label(row: TextTableRow) -> TextTableCell | None:
    """The cell that names a row: the first that has words or a year and is no figure."""
    for cell in row.cells:
        has_words = _LETTER.search(cell.words) or _YEAR.search(cell.words)
        if has_words and not _is_figure(cell):
            return cell
    return None


def _is_figure(cell: TextTableCell) -> bool:
    return bool(_UNIT_SIGN.search(cell.words) and _DIGIT.search(cell.words))


def _take_run(paragraphs: Sequence[Paragraph], place: int, text: str, *, most: int) -> list[TextTableRow]:
    """The rows that begin at a paragraph and follow each other without an empty line."""
    run: list[TextTableRow] = []
    for number in range(place, len(paragraphs)):
        paragraph = paragraphs[number]
        gap = text[paragraphs[number - 1].char_end : paragraph.char_start] if run else ""
        row = None if gap.count("\n") > 1 else _split_row(paragraph)
        if row is None or most < len(row.cells):
            break
        run.append(row)
        most -= len(row.cells)
    return run


def _split_row(paragraph: Paragraph) -> TextTableRow | None:
    mark = "\t" if "\t" in paragraph.text else "|"
    if mark not in paragraph.text:
        return None
    cells, at = [], paragraph.char_start
    for text in paragraph.text.split(mark):
        cells.append(TextTableCell(at + len(text) - len(text.lstrip()), flatten(text.strip())))
        at += len(text) + len(mark)
    if mark == "|":
        # The lines at the edges of a table of Markdown bound no cell.
        cells = cells[not cells[0].words : len(cells) - (not cells[-1].words)]
    if len(cells) < SHORTEST_TABLE or any(len(cell.words) > LONGEST_CELL for cell in cells):
        return None
    return TextTableRow(paragraph, tuple(cells))


def _find_caption(above: Sequence[Paragraph]) -> str:
    """The short line above a table; where that says a unit only, the one above it too."""
    lines: list[str] = []
    for paragraph in reversed(above):
        if len(paragraph.text) > LONGEST_CAPTION:
            break
        lines.insert(0, flatten(paragraph.text).strip(" :.#*"))
        if len(paragraph.text) >= SHORTEST_CAPTION:
            break
    return ", ".join(lines[-2:])


def _name_column(table: TextTable, number: int) -> str:
    cells = table.header.cells if table.header is not None else ()
    return cells[number].words if number < len(cells) else ""
