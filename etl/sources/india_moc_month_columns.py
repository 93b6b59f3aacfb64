"""India's Department of Commerce: a workbook of months, pasted from the monthly pages of its data bank.

A row per HS code or per country, a column per month (`Apr 2019 (F)`; F final, R revised, P provisional),
often a total behind them. Peculiarities: whose trade in which direction it is stands nowhere in the file, or
in its name alone, and so does the unit: who adds it says them, and the direction in the heading of the total
must be the same. An empty cell is no trade reported, a printed 0 is trade below rounding; a spreadsheet has
taken the leading zeros of the codes. It asserts that the months follow each other without a gap, that each
row adds up to its total (or is set aside), that a row of totals is the sum of its rows, and that codes stand
in their order, as the site prints them (a code that does not is set aside).

One observation a cell, exact to half of its last printed digit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.countries import Lookups, UnknownNameError
from etl.errors import ExpectationError, InputError, Place
from etl.provenance import InputFile, Product, RawFile, read_flow, require_stated
from etl.readers.cell_grids import CellGrid, find_grids
from etl.readers.eidb_headers import Heading, Unit, find_units
from etl.readers.eidb_months import TOTAL, MonthHeader, find_month_header
from etl.readers.grouped_numbers import read_grouped_amount, read_grouped_number
from etl.readers.period_headings import check_sequence
from etl.reading import CsvText, InputRow, Record
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
from etl.units import NumberError
from etl.vocabulary.series_codes import ALL_COMMODITIES

REPORTER = "IND"
VALUATIONS = {"exports": "FOB", "imports": "CIF"}
# The department prints hundredths of a million; a spreadsheet drops the zeros at their end.
PRINTED_DECIMALS = 2
INSTEAD = "paste the page with its title, which names country, direction and unit."
REMEDY = "Paste the months again from the data bank."
FLAGS = {"F": "final", "R": "revised", "P": "provisional"}
# More rows than one in twenty out of order: a person has sorted them otherwise, and order tells nothing.
DOUBT = 20
_CODE = re.compile(r"[0-9]{1,8}", re.ASCII)
_FOOTER = re.compile(r"(?:grand |sub )?total|india.?s total(?: (?:export|import)s?)?|% ?share", re.IGNORECASE)
SOURCE = Source(
    layout="india_moc_month_columns",
    title="Department of Commerce: trade by HS code or country, a column a month, workbook",
    table="observations",
    columns=("HSCode or Country", "Apr 2019 (F)", "May 2019 (F)", "..."),
    product=Product(
        source_id="india_moc_month_columns",
        publisher="India’s Department of Commerce",
        product="Export Import Data Bank, monthly tables in a workbook",
        url="https://tradestat.commerce.gov.in/",
        licence="none stated; for more than an extract ask the Department of Commerce, www.commerce.gov.in",
        redistributable=False,
    ),
    asks=("flow", "partner", "commodity", "unit"),
)
EXPECTED = Expected(rows_min=1, rows_max=200_000)


@dataclass(frozen=True)
class MonthTable:
    """The table with what was said of it: rows are of codes or of countries, the other is given."""

    grid: CellGrid
    header: MonthHeader
    flow: str
    given: str
    unit: Unit


def matches(file: RawFile) -> bool:
    """Whether a sheet has a header of codes or countries and of months that follow each other."""
    return any(find_month_header(grid.rows) for grid in find_grids(file) if grid.kind == "sheet")


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation of exports or imports per cell that holds a number.

    Raises: InputError where nobody says what the file does not, or a heading is not known; ExpectationError
    where the totals below the rows are not theirs.
    """
    table = _open_table(file, lookups)
    text = _list_rows(table)
    entries = CsvText(text.header, tuple(row for row in text.rows if not _is_footer(row, table)), ())
    _check_totals(file, table, entries.rows, [row for row in text.rows if _is_footer(row, table)])
    strays = _find_strays(entries.rows) if table.header.by == "code" else frozenset()

    def build(row: InputRow) -> list[Record]:
        if row.line in strays:
            raise row.refuse("code", reason="bad_commodity", problem="a code out of order", remedy=REMEDY)
        partner, commodity = table.given, ALL_COMMODITIES
        if table.header.by == "code":
            commodity = _read_code(row)
        else:
            partner, commodity = read_area(row, "country", lookups), table.given
        _check_row(row, table)
        series = Series(table.flow, REPORTER, partner, table.unit.currency, VALUATIONS[table.flow], commodity)
        records = []
        for place, heading in table.header.months.items():
            reading = _read_cell(row, heading, table.unit)
            if reading is not None and heading.period is not None:
                record = build_observation(file, row, series=series, period=heading.period, reading=reading)
                at = row.line - table.grid.first_line
                records.append({**record, "source_locator": table.grid.name_place(at, place)})
        return records

    return parse_rows(file, SOURCE, build, text=entries)


def _open_table(file: InputFile, lookups: Lookups) -> MonthTable:
    sheets = [grid for grid in find_grids(file) if grid.kind == "sheet"]
    found = [(grid, header) for grid in sheets if (header := find_month_header(grid.rows))]
    if len(found) > 1:
        raise InputError(
            file.name,
            problem="more than one sheet has months",
            value=", ".join(grid.name for grid, _ in found),
            remedy="Save each in a file of its own, and say of each whose trade it is.",
        )
    grid, header = found[0]
    _refuse_others(file, grid, header)
    check_sequence(
        [heading.period for heading in header.months.values() if heading.period],
        place=Place(file.name, header.row, f"sheet {grid.name}"),
    )
    units = {unit for line in grid.list_lines_above(header.row) for unit in find_units(line)}
    units |= {heading.unit for heading in header.months.values() if heading.unit}
    given = "partner" if header.by == "code" else "commodity"
    asked = ["flow", given, *([] if units else ["unit"])]
    stated = require_stated(file, *asked, instead=INSTEAD)
    flow = _read_flow(file, stated["flow"], header)
    unit = _read_unit(file, units or find_units(stated.get("unit", "")), stated.get("unit"))
    return MonthTable(grid, header, flow, _read_given(file, given, stated[given], lookups), unit)


def _refuse_others(file: InputFile, grid: CellGrid, header: MonthHeader) -> None:
    for row in range(header.row, len(grid.rows) + 1):
        for column in range(1, len(grid.rows[row - 1]) + 1):
            if column not in header.known and grid.find_cell(row, column):
                raise InputError(
                    Place(file.name, None, grid.name_place(row, column)),
                    problem="a cell in a column that is neither a label nor a month nor their total",
                    value=grid.find_cell(row, column),
                    remedy="Remove the column, or correct its heading.",
                )


def _read_flow(file: InputFile, stated: str, header: MonthHeader) -> str:
    flow = read_flow(file, stated)
    printed = {f"{word}s" for word in re.findall(r"(?:ex|im)port", header.total_name.lower())}
    if printed and printed != {flow}:
        problem = f"the heading of the total says {header.total_name!r}"
        remedy = "Say the direction that the file has, or correct the heading."
        raise InputError(file.name, problem=problem, value=stated, remedy=remedy)
    return flow


def _read_unit(file: InputFile, units: set[Unit], stated: str | None) -> Unit:
    if len(units) != 1:
        remedy = 'Say it as the site does, such as --set unit="US$ million".'
        raise InputError(file.name, problem="not one currency and scale", value=stated, remedy=remedy)
    return units.pop()


def _read_given(file: InputFile, name: str, stated: str, lookups: Lookups) -> str:
    try:
        if name == "partner":
            return lookups.areas.find_code(stated)
    except UnknownNameError as error:
        problem = f"--set partner names no known area: {error.problem}".rstrip(".")
        raise InputError(file.name, problem=problem, remedy="Write it as one of its spellings.") from error
    if stated.upper() != ALL_COMMODITIES and not (_CODE.fullmatch(stated) and len(stated) % 2 == 0):
        remedy = "Say TOTAL, or an HS code with its leading zero."
        raise InputError(file.name, problem="no commodity", value=stated, remedy=remedy)
    return stated.upper()


def _list_rows(table: MonthTable) -> CsvText:
    grid, header, rows = table.grid, table.header, []
    for number in range(header.row + 1, len(grid.rows) + 1):
        cells = {name: grid.find_cell(number, column) for name, column in header.labels.items()}
        cells |= {name_month(heading): grid.find_cell(number, at) for at, heading in header.months.items()}
        if header.total is not None:
            cells[TOTAL] = grid.find_cell(number, header.total)
        if any(text for name, text in cells.items() if name not in {"number", TOTAL}):
            rows.append(InputRow(grid.first_line + number, cells))
    return CsvText(tuple(rows[0].cells) if rows else (), tuple(rows), ())


def name_month(heading: Heading) -> str:
    """What a column of a month is called in errors: "2019-04"."""
    return heading.period.label if heading.period else ""


def _is_footer(row: InputRow, table: MonthTable) -> bool:
    labels = {row.cells[name] for name in table.header.labels if name != "number"} - {""}
    return bool(labels) and all(_FOOTER.fullmatch(label) for label in labels)


def _check_totals(
    file: InputFile, table: MonthTable, rows: Sequence[InputRow], footers: list[InputRow]
) -> None:
    """Whether a row of totals is the sum of the rows; India's total and a share are of other rows too."""
    for footer in footers:
        labels = {row_label.lower() for row_label in footer.cells.values()}
        if "total" not in labels and "grand total" not in labels:
            continue
        for heading in table.header.months.values():
            name = name_month(heading)
            parts = [number for row in rows if (number := _find_number(row, name)) is not None]
            stated = _find_number(footer, name)
            allowed = Decimal("0.005") * (len(parts) + 1)
            if stated is not None and abs(stated - sum(parts, Decimal(0))) > allowed:
                raise ExpectationError(
                    file.name,
                    expected=f"rows of {name} that add up to {stated}",
                    found=f"{sum(parts, Decimal(0))}",
                    remedy=REMEDY,
                )


def _find_number(row: InputRow, name: str) -> Decimal | None:
    try:
        return read_grouped_number(row.cells[name]) if row.cells[name] else None
    except NumberError:
        return None


def _check_row(row: InputRow, table: MonthTable) -> None:
    """Whether the months of a row add up to its total, to which a spreadsheet adds the dust of its sums."""
    if table.header.total is None or not row.cells[TOTAL]:
        return
    parts = [
        read_grouped_amount(row, name)
        for heading in table.header.months.values()
        if row.cells[name := name_month(heading)]
    ]
    stated = read_grouped_amount(row, TOTAL)
    if abs(stated - sum(parts, Decimal(0))) > Decimal("0.005") * (len(parts) + 1):
        raise row.refuse(
            TOTAL,
            reason="does_not_add_up",
            problem=f"the months add up to {sum(parts, Decimal(0))}",
            remedy=REMEDY,
        )


def _read_code(row: InputRow) -> str:
    code = row.require("code")
    if not _CODE.fullmatch(code) or int(code) == 0:
        raise row.refuse(
            "code", reason="bad_commodity", problem="no HS code of up to eight digits", remedy=REMEDY
        )
    # Codes have two, four, six or eight digits: an odd number of them lacks a leading zero.
    return code.zfill(len(code) + len(code) % 2)


def _find_strays(rows: Sequence[InputRow]) -> frozenset[int]:
    """Lines whose code is not between its neighbours', where nearly all others stand in their order."""
    codes = [(row.line, code.zfill(len(code) + len(code) % 2)) for row in rows if (code := row.cells["code"])]
    best: list[str] = []
    chains: list[tuple[int, ...]] = []
    for line, code in codes:
        at = bisect_left(best, code)
        chain = (*(chains[at - 1] if at else ()), line)
        best[at : at + 1], chains[at : at + 1] = [code], [chain]
    strays = frozenset(line for line, _ in codes) - frozenset(chains[-1] if chains else ())
    return strays if len(strays) * DOUBT <= len(codes) else frozenset()


def _read_cell(row: InputRow, heading: Heading, unit: Unit) -> FileReading | None:
    name = name_month(heading)
    if not row.cells[name]:
        return None
    number = read_grouped_amount(row, name)
    half_width = find_half_width(number, decimals=PRINTED_DECIMALS) * unit.scale
    remark = FLAGS.get(heading.flag or "")
    note = "; ".join(filter(None, (row.cells.get("commodity"), remark))) or None
    return FileReading(number * unit.scale, name, heading.status, half_width, note=note)
