"""Tables of text cells out of whatever holds them: sheets of a workbook, a page of HTML, lines of tabs.

Lines are counted through all tables of a file, so that each row of it has one.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from etl.errors import InputError
from etl.provenance import RawFile
from etl.readers.delimited_text import HEAD_BYTES, decode_western
from etl.readers.html_tables import find_page
from etl.readers.spreadsheets import find_workbook, looks_like_workbook, name_cell

TAB = "\t"


@dataclass(frozen=True)
class CellGrid:
    """One table: its rows, all its text above and below them where a page has any, and where it stands.

    `kind` is what holds it: "sheet", "table" or "text".
    """

    kind: str
    name: str
    rows: tuple[tuple[str, ...], ...]
    first_line: int = 0
    page: tuple[str, ...] = ()

    def find_cell(self, row: int, column: int) -> str:
        """The text of a cell by row and column from 1, without white space around it; empty outside."""
        inside = 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1])
        return " ".join(self.rows[row - 1][column - 1].split()) if inside else ""

    def name_place(self, row: int, column: int) -> str:
        """Where a cell stands, as a locator says it."""
        if self.kind == "sheet":
            return f"sheet {self.name}, cell {name_cell(row, column)}"
        if self.kind == "table":
            return f"table {self.name}, row {row}, column {column}"
        return f"line {row}, column {column}"

    def list_lines_above(self, row: int) -> tuple[str, ...]:
        """The lines of a page, or the cells above a row that hold text, each in one line."""
        if self.page:
            return self.page
        cells = (" ".join(cell.split()) for above in self.rows[: row - 1] for cell in above)
        return tuple(cell for cell in cells if cell)


def find_grids(file: RawFile) -> tuple[CellGrid, ...]:
    """Every table of a workbook, a page or a text of tabs; none where the file is none of them or damaged.

    For `matches`: it never raises.
    """
    if looks_like_workbook(file):
        workbook = find_workbook(file)
        return () if workbook is None else _count_lines([("sheet", s.name, s.rows) for s in workbook.sheets])
    page = find_page(file)
    if page is not None:
        numbered = [("table", str(number), rows) for number, rows in enumerate(page.tables, start=1)]
        return _count_lines(numbered, page=page.lines)
    if TAB.encode() not in file.content[:HEAD_BYTES]:
        return ()
    try:
        rows = tuple(tuple(cells) for cells in csv.reader(decode_western(file).splitlines(), delimiter=TAB))
    except (InputError, csv.Error):
        return ()
    return (CellGrid("text", "", rows),)


def _count_lines(
    tables: list[tuple[str, str, tuple[tuple[str, ...], ...]]], *, page: tuple[str, ...] = ()
) -> tuple[CellGrid, ...]:
    grids, first = [], 0
    for kind, name, rows in tables:
        grids.append(CellGrid(kind, name, rows, first, page))
        first += len(rows)
    return tuple(grids)
