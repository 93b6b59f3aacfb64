"""XLSX: one sheet with a header that stays in sight; text is text, so that nothing in it runs.

A workbook holds numbers to 16 digits, as spreadsheets do.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from etl.export.format_contract import FIXED_TIME, ExportFormat, ExportFormatError

FORMAT = ExportFormat(
    "xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"
)
SHEET = "rows"
# What a sheet and a cell can hold, by the specification of the format.
MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767
# Spreadsheets count a 29 February 1900 that never was; days up to it have no number all agree on.
FIRST_COUNTED_DAY = date(1900, 3, 1)
# The day from which numbers come out right in spite of that extra day.
EPOCH = date(1899, 12, 30)
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
Cell = Callable[[Worksheet, int, int, Any], object]


def write_rows(rows: pl.DataFrame) -> bytes:
    """The rows as a workbook.

    Raises: ExportFormatError where they are more than a sheet, or a text more than a cell, can hold.
    """
    _refuse_too_large(rows)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"created": FIXED_TIME})
    sheet = book.add_worksheet(SHEET)
    head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for place, (name, kind) in enumerate(rows.schema.items()):
        sheet.write_string(0, place, name, head)
        write = _choose_writer(kind, day=day)
        for number, value in enumerate(rows[name].to_list(), start=1):
            if value is not None:
                write(sheet, number, place, value)
    book.close()
    return target.getvalue()


def _choose_writer(kind: pl.DataType, *, day: CellFormat) -> Cell:
    if kind == pl.Boolean:
        return lambda sheet, row, place, value: sheet.write_boolean(row, place, value)
    if kind.is_numeric():
        return lambda sheet, row, place, value: sheet.write_number(row, place, value)
    if kind != pl.Date:
        return lambda sheet, row, place, value: sheet.write_string(row, place, str(value))

    def write_day(sheet: Worksheet, row: int, place: int, value: date) -> object:
        if value < FIRST_COUNTED_DAY:
            return sheet.write_string(row, place, value.isoformat())
        return sheet.write_number(row, place, (value - EPOCH).days, day)

    return write_day


def _refuse_too_large(rows: pl.DataFrame) -> None:
    if rows.height >= MOST_ROWS:
        raise ExportFormatError(
            f"{rows.height} rows: a sheet holds {MOST_ROWS - 1} and a header. Take CSV or Parquet."
        )
    texts = rows.select(pl.col(pl.String).str.len_chars().max())
    for name, longest in texts.row(0, named=True).items() if texts.width else ():
        if longest is not None and longest > MOST_CHARACTERS:
            raise ExportFormatError(
                f"column {name}: a text of {longest} characters; a cell of a workbook holds "
                f"{MOST_CHARACTERS}. Take CSV or Parquet."
            )
