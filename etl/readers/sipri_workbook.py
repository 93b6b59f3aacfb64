"""SIPRI's military expenditure workbook: on each sheet a preamble, a header of years, a row per country."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.errors import InputError
from etl.provenance import RawFile
from etl.readers.spreadsheets import Workbook, Worksheet, name_cell
from etl.reading import CsvText, InputRow

# Headers stand on rows 6 to 14 of the workbooks at hand.
HEADER_ROWS = 40
# A table of fewer years is a summary for readers, not a sheet of the database.
FEWEST_YEARS = 3
NAME = "name"
_YEAR = re.compile(r"(?:19|20)\d{2}", re.ASCII)
_CURRENT = re.compile(r"((?:19|20)\d{2})\s*\(?current( prices)?\)?", re.ASCII | re.IGNORECASE)
# A number, or one of the marks in place of one.
_VALUE = re.compile(r"\d|\.\s?\.|\u2026|xxx", re.ASCII | re.IGNORECASE)
# Footnotes may be numbers.
_NUMBERED = ("notes",)
_FIRST_CELLS = {"country", "region"}
_REMEDY = "Download the workbook again from SIPRI: a header or a column of it has been changed."


@dataclass(frozen=True)
class YearCell:
    """A column of one year on a sheet, and whether it is the one of current prices beside constant ones."""

    column: int
    year: int
    is_current: bool


@dataclass(frozen=True)
class CountryTable:
    """One sheet: the text above its header, its columns of years, and its other columns by their names."""

    sheet: str
    preamble: str
    header_row: int
    years: tuple[YearCell, ...]
    others: dict[str, int]

    def name_cell(self, row: InputRow, column: int) -> str:
        """What a cell is called in messages and locators: the sheet and the cell."""
        return f"{self.sheet}!{name_cell(int(row.cells[NAME]), column)}"

    def find_text(self, row: InputRow, name: str) -> str:
        """The text under the first header that begins with a name, or nothing where the sheet has none."""
        column = next((at for header, at in self.others.items() if header.startswith(name)), None)
        return "" if column is None else row.cells[self.name_cell(row, column)].strip()


@dataclass(frozen=True)
class Rows:
    """All rows of all sheets, numbered through, and the table each line belongs to."""

    text: CsvText
    tables: dict[int, CountryTable]


def find_country_table(sheet: Worksheet) -> CountryTable | None:
    """The table of a sheet, or None where no header of countries or regions and years is near its top."""
    for number, cells in enumerate(sheet.rows[:HEADER_ROWS], start=1):
        years = _find_years(cells)
        if cells and cells[0].strip().lower() in _FIRST_CELLS and len(years) >= FEWEST_YEARS:
            taken = {1, *(cell.column for cell in years)}
            others = {
                text.strip().lower(): at
                for at, text in enumerate(cells, start=1)
                if text.strip() and at not in taken
            }
            preamble = "\n".join(" ".join(filter(None, row)) for row in sheet.rows[: number - 1])
            return CountryTable(sheet.name, preamble, number, years, others)
    return None


def check_years(file: RawFile, table: CountryTable, sheet: Worksheet) -> None:
    """Whether a sheet's years follow each other, each there once, and every column of values has one.

    Raises: InputError where one is left out, there twice, or out of order, over the wrong column perhaps.
    """
    dated = {1, *(cell.column for cell in table.years), *(table.others.get(name, 0) for name in _NUMBERED)}
    for row in sheet.rows[table.header_row :]:
        for at, text in enumerate(row, start=1):
            if at not in dated and _VALUE.match(text):
                place = f"{table.sheet}!{name_cell(table.header_row, at)}"
                raise InputError(file.name, problem=f"no year in {place}, above values", remedy=_REMEDY)
    years = [cell.year for cell in table.years if not cell.is_current]
    if years != list(range(years[0], years[0] + len(years))):
        problem = f"sheet {table.sheet!r}: a year is left out of the header, there twice or out of order"
        raise InputError(file.name, problem=problem, remedy=_REMEDY)


def list_rows(workbook: Workbook, tables: list[CountryTable]) -> Rows:
    """Every row below the headers that has more than a name: names alone are headings of regions.

    Lines are numbered through the sheets, so that each row of the workbook has a line of its own.
    """
    rows: list[InputRow] = []
    found: dict[int, CountryTable] = {}
    by_name = {table.sheet: table for table in tables}
    offset = 0
    for sheet in workbook.sheets:
        table = by_name.get(sheet.name)
        for number, cells in enumerate(sheet.rows, start=1):
            if table is None or number <= table.header_row or not any(cell.strip() for cell in cells[1:]):
                continue
            named = {f"{sheet.name}!{name_cell(number, at)}": text for at, text in enumerate(cells, start=1)}
            rows.append(InputRow(offset + number, {NAME: str(number), **named}))
            found[offset + number] = table
        offset += len(sheet.rows)
    return Rows(CsvText((NAME,), tuple(rows), ()), found)


def read_footnotes(workbook: Workbook) -> dict[str, str]:
    """Signs and their meanings from the sheet of footnotes, where there is one."""
    notes = {}
    for sheet in workbook.sheets:
        if sheet.name.strip().lower() == "footnotes":
            notes = {row[0].strip(): row[1].strip() for row in sheet.rows if len(row) > 1 and row[0].strip()}
    # Signs have up to four digits; a longer cell is a sentence that stands in the first column.
    return {sign: text for sign, text in notes.items() if text and len(sign) <= len("1000")}


def _find_years(cells: tuple[str, ...]) -> tuple[YearCell, ...]:
    found = []
    for at, text in enumerate(cells, start=1):
        current = _CURRENT.fullmatch(text.strip())
        if current:
            found.append(YearCell(at, int(current[1]), is_current=True))
        elif _YEAR.fullmatch(text.strip()):
            found.append(YearCell(at, int(text), is_current=False))
    return tuple(found)
