"""IMF, Direction of Trade Statistics: workbook of one area's exports or imports by partner, a column per
period.

Peculiarities: a sheet such as "Exports, FOB" has its title, the area and the unit one above the other, then a
header that holds nothing but years (or quarters, `2019Q1`, or months, `2019M01`) as text, then one row per
partner, in the order of the alphabet or by region under groups that total others. An estimate is text with
an e after it (`1,420.58 e`); everything else is a number. An empty cell means that nothing was reported.
Imports stand in a sheet of their own; partners that no longer exist
keep their names. It asserts the title, the unit (millions of US dollars) and periods that follow each other
without a gap.

One observation a cell, in US dollars; an estimate has status E. A place is a sheet and a cell; lines are
counted through all sheets of the workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from etl.countries import Lookups, UnknownNameError
from etl.errors import InputError, Place
from etl.periods import Period
from etl.provenance import InputFile, Product, RawFile
from etl.readers.grouped_numbers import check_grouping
from etl.readers.period_headings import check_sequence, read_period_code
from etl.readers.spreadsheets import Worksheet, find_workbook, name_cell, read_workbook
from etl.reading import CsvText, InputRow, Record, RowProblemError
from etl.source_contract import (
    Expected,
    FileReading,
    Parsed,
    Series,
    Source,
    build_observation,
    find_half_width,
    parse_rows,
    read_area,
)
from etl.units import MILLION, read_number

PARTNER, UNIT = "partner", "us dollars, millions"
# The title stands on row 2 of the workbooks at hand; people put notes above it.
HEAD_ROWS = 15
SOURCE = Source(
    layout="imf_dots_workbook",
    title="IMF Direction of Trade Statistics: one area's exports or imports by partner, workbook",
    table="observations",
    columns=("Exports, FOB to Partner Countries", "US Dollars, Millions"),
    product=Product(
        source_id="imf_dots_workbook",
        publisher="International Monetary Fund",
        product="Direction of Trade Statistics",
        url="https://data.imf.org/DOT",
        licence="IMF terms of use; reuse with attribution",
        redistributable=False,
    ),
)
EXPECTED = Expected(rows_min=1, rows_max=20_000)
_TITLE = re.compile(r"(exports|imports),? (fob|cif) (?:to|from) partner countries", re.IGNORECASE)
# The e of an estimate has a blank before it, that of a power of ten none.
_NUMBER = re.compile(r"(-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE]-?\d{1,3})?)( ?e)?", re.ASCII)


@dataclass(frozen=True)
class TradeSheet:
    """One sheet with a table: what it measures, whose trade it is, and where its header and labels stand."""

    sheet: Worksheet
    indicator: str
    valuation: str
    area: str
    header_row: int
    label_column: int
    periods: dict[int, Period]
    first_line: int


def matches(file: RawFile) -> bool:
    """Whether a workbook's sheet begins with the publisher's title."""
    workbook = find_workbook(file)
    return workbook is not None and any(_find_title(sheet) for sheet in workbook.sheets)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation of exports or imports per cell that holds a number.

    Raises: InputError where a sheet's area, unit or header is not as the layout has it.
    """
    tables: list[TradeSheet] = []
    first_line = 0
    for sheet in read_workbook(file).sheets:
        title = _find_title(sheet)
        if title:
            tables.append(_read_sheet(file, sheet, title, lookups, first_line=first_line))
        first_line += len(sheet.rows)

    def build(row: InputRow) -> list[Record | RowProblemError]:
        table = next(table for table in reversed(tables) if row.line > table.first_line)
        if not any(row.cells[period.label].strip() for period in table.periods.values()):
            return []
        partner = read_area(row, PARTNER, lookups)
        series = Series(table.indicator, table.area, partner, "USD", table.valuation)
        records: list[Record | RowProblemError] = []
        for column, period in table.periods.items():
            cell = name_cell(row.line - table.first_line, column)
            try:
                reading = _read_cell(row, period.label)
            except RowProblemError as problem:
                problem.column = f"sheet {table.sheet.name}, cell {cell}"
                records.append(problem)
                continue
            if reading is not None:
                record = build_observation(file, row, series=series, period=period, reading=reading)
                records.append({**record, "source_locator": f"sheet {table.sheet.name}, cell {cell}"})
        return records

    for table in tables:
        _refuse_stray_cells(file, table)
    rows = tuple(row for table in tables for row in _list_rows(table))
    labels = dict.fromkeys(period.label for table in tables for period in table.periods.values())
    return parse_rows(file, SOURCE, build, text=CsvText((PARTNER, *labels), rows, ()))


def _find_title(sheet: Worksheet) -> tuple[int, int, re.Match[str]] | None:
    for row, cells in enumerate(sheet.rows[:HEAD_ROWS], start=1):
        for column, cell in enumerate(cells, start=1):
            match = _TITLE.fullmatch(" ".join(cell.split()))
            if match:
                return row, column, match
    return None


def _read_sheet(
    file: InputFile,
    sheet: Worksheet,
    title: tuple[int, int, re.Match[str]],
    lookups: Lookups,
    *,
    first_line: int,
) -> TradeSheet:
    title_row, column, match = title
    below = [
        (row, sheet.find_cell(row, column).strip())
        for row in range(title_row + 1, min(len(sheet.rows), title_row + HEAD_ROWS) + 1)
    ]
    # Area and unit, whatever empty rows a copy has between them.
    labels = [(row, text) for row, text in below if text][:2]
    if len(labels) < 2 or " ".join(labels[1][1].lower().split()) != UNIT:
        raise InputError(
            Place(file.name, title_row, f"sheet {sheet.name}"),
            problem="no area and unit below the title, or another unit than millions of US dollars",
            value="; ".join(text for _, text in labels),
            remedy="Download the table in US dollars, millions.",
        )
    try:
        area = lookups.areas.find_code(labels[0][1])
    except UnknownNameError as error:
        place = Place(file.name, labels[0][0], f"sheet {sheet.name}")
        raise InputError(place, problem=error.problem.rstrip("."), remedy=error.remedy) from error
    header_row = labels[1][0] + 1
    while header_row < len(sheet.rows) and not any(sheet.rows[header_row - 1][column:]):
        header_row += 1
    return TradeSheet(
        sheet,
        match[1].lower(),
        match[2].upper(),
        area,
        header_row,
        column,
        _read_header(file, sheet, header_row=header_row, label_column=column),
        first_line,
    )


def _read_header(
    file: InputFile, sheet: Worksheet, *, header_row: int, label_column: int
) -> dict[int, Period]:
    cells = sheet.rows[header_row - 1] if header_row <= len(sheet.rows) else ()
    periods: dict[int, Period] = {}
    for column, cell in enumerate(cells, start=1):
        if column > label_column and cell.strip():
            periods[column] = _read_period(file, sheet, cell.strip(), name_cell(header_row, column))
    check_sequence(periods.values(), place=Place(file.name, header_row, f"sheet {sheet.name}"))
    if not periods or sheet.find_cell(header_row, label_column).strip():
        raise InputError(
            Place(file.name, header_row, f"sheet {sheet.name}"),
            problem="no header that holds nothing but periods",
            remedy="Restore the workbook from its publisher.",
        )
    return periods


def _read_period(file: InputFile, sheet: Worksheet, text: str, cell: str) -> Period:
    period = read_period_code(text)
    if period is not None:
        return period
    raise InputError(
        Place(file.name, None, f"sheet {sheet.name}, cell {cell}"),
        problem="neither a year nor a quarter nor a month",
        value=text,
        remedy="Download the table by years, by quarters or by months.",
    )


def _refuse_stray_cells(file: InputFile, table: TradeSheet) -> None:
    for number, cells in enumerate(table.sheet.rows[table.header_row :], start=table.header_row + 1):
        for column, cell in enumerate(cells, start=1):
            if cell.strip() and column > table.label_column and column not in table.periods:
                raise InputError(
                    Place(file.name, None, f"sheet {table.sheet.name}, cell {name_cell(number, column)}"),
                    problem="a cell in a column without a period",
                    value=cell,
                    remedy="Restore the workbook from its publisher: its header may be damaged.",
                )


def _list_rows(table: TradeSheet) -> Iterator[InputRow]:
    for number, cells in enumerate(table.sheet.rows[table.header_row :], start=table.header_row + 1):
        if any(cell.strip() for cell in cells):
            taken = {PARTNER: table.sheet.find_cell(number, table.label_column)}
            taken |= {
                period.label: table.sheet.find_cell(number, column)
                for column, period in table.periods.items()
            }
            yield InputRow(table.first_line + number, taken)


def _read_cell(row: InputRow, column: str) -> FileReading | None:
    text = row.cells[column].strip()
    if not text:
        return None
    match = _NUMBER.fullmatch(text)
    if not match:
        raise row.refuse(
            column,
            reason="not_a_number",
            problem="neither a number nor an estimate such as 14.79 e",
            remedy="Restore the cell from the publisher's workbook.",
        )
    # Numbers are cells of numbers, and every estimate has two decimals: whole groups alone are neither.
    check_grouping(row, column)
    number = read_number(match[1].replace(",", ""))
    if match[2]:
        return FileReading(
            number * MILLION,
            column,
            status="E",
            half_width=find_half_width(number) * MILLION,
            note=f"printed {text}: estimated by the publisher",
        )
    shortest = _shorten(number)
    return FileReading(shortest * MILLION, column, half_width=find_half_width(shortest) * MILLION)


def _shorten(number: Decimal) -> Decimal:
    """The shortest number that the cell's floating point form stands for."""
    # 1420.5800000000002 in the file was 1420.58 to the one who typed it.
    return Decimal(repr(float(number)))
