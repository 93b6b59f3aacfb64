"""Workbooks (.xlsx, .xlsm, .xls) as sheets of text cells: numbers as Python prints them, days in ISO form."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import python_calamine as calamine

from etl.errors import InputError
from etl.provenance import RawFile
from etl.readers.reading_apart import read_apart
from etl.readers.workbook_parts import REMEDY, check_archive, find_valueless_cells

ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Worksheet:
    """One sheet: its rows from the first row on, all of one length, empty cells as empty text."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    def find_cell(self, row: int, column: int) -> str:
        """The text of a cell by row and column from 1; empty outside the sheet."""
        inside = 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1])
        return self.rows[row - 1][column - 1] if inside else ""


@dataclass(frozen=True)
class Workbook:
    """All sheets of a workbook in their order, hidden ones among them."""

    sheets: tuple[Worksheet, ...]

    def find_sheet(self, name: str) -> Worksheet | None:
        """The sheet of a name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def looks_like_workbook(file: RawFile) -> bool:
    """Whether the bytes begin as a workbook's; cheap, and true for damaged workbooks too."""
    if file.content.startswith(OLE_MAGIC):
        return True
    return file.content.startswith(ZIP_MAGIC) and b"xl/" in file.content


def read_workbook(file: RawFile) -> Workbook:
    """Every sheet of a workbook.

    Raises: InputError where it is damaged, protected by a password, or too large when unpacked.
    """
    return _read_workbook(file.content, file.name)


def find_workbook(file: RawFile) -> Workbook | None:
    """The workbook, or None where the file is none or cannot be read: for `matches`, which never raises."""
    if not looks_like_workbook(file):
        return None
    try:
        return read_workbook(file)
    except InputError:
        return None


def name_cell(row: int, column: int) -> str:
    """A cell's name, such as "C12", from its row and column counted from 1."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


# Every layout that reads workbooks asks in turn whether a file is its own: unpack it once.
@lru_cache(maxsize=1)
def _read_workbook(content: bytes, name: str) -> Workbook:
    sheets = read_apart("etl.readers.spreadsheets:read_cells", content, name=name)
    return Workbook(tuple(Worksheet(sheet, rows) for sheet, rows in sheets))


def read_cells(content: bytes, name: str) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """In the helper process: the name and the rows of every sheet."""
    try:
        valueless: dict[str, dict[str, str]] = {}
        if content.startswith(ZIP_MAGIC):
            check_archive(content, name=name)
            valueless = find_valueless_cells(content)
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        kinds = {sheet.name: sheet.typ for sheet in workbook.sheets_metadata}
        names = [name for name in workbook.sheet_names if kinds[name] == calamine.SheetTypeEnum.WorkSheet]
        return tuple((sheet, _read_rows(workbook, sheet, valueless.get(sheet, {}))) for sheet in names)
    except (InputError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # The parser is compiled code: what it panics at is no Exception.
    except BaseException as error:
        problem = f"not a workbook that can be read: {error}"
        raise InputError(name, problem=problem, remedy=REMEDY) from error


def _read_rows(
    workbook: calamine.CalamineWorkbook, name: str, valueless: dict[str, str]
) -> tuple[tuple[str, ...], ...]:
    values = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = [[_write_cell(value) for value in row] for row in values]
    if valueless:
        for at, row in enumerate(rows, start=1):
            # An error such as #N/A comes as an empty cell; its own words are put back.
            row[:] = [text or valueless.get(name_cell(at, to), "") for to, text in enumerate(row, start=1)]
    return tuple(tuple(row) for row in rows)


def _write_cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        # As Python prints it: the shortest digits that mean the same float, which is what a person typed.
        text = repr(value)
        return text.removesuffix(".0")
    if isinstance(value, datetime):
        # A day without a time is stored as midnight.
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g} seconds"
    return str(value)
