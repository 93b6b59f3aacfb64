"""India's Department of Commerce: goods trade with every country by month, imports and exports side by side.

Asserts: months are whole, their dates are written in one order, and a file of many countries lacks only a
handful.
Peculiarities: US dollars in millions with two decimals, thousands separated by commas in some copies; an
empty cell is no trade reported, a printed 0 is trade below rounding; the publisher's series lacks June
2007; a date such as 1/4/2007 is read by the order that all dates of the file keep.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from etl.countries import Lookups
from etl.errors import InputError
from etl.periods import PeriodError, build_month
from etl.provenance import InputFile, Product, RawFile
from etl.readers.delimited_text import Layout, has_table, read_table
from etl.readers.grouped_numbers import check_grouping, holds_plain_thousands, read_grouped_amount
from etl.readers.month_dates import decide_order, find_missing_months
from etl.reading import InputRow, Record
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
from etl.units import MILLION

REPORTER = "IND"
FLOWS = {"import_value": ("imports", "CIF"), "export_value": ("exports", "FOB")}
# The department prints hundredths of a million; a copy writes 64.0 for 64.00.
PRINTED_DECIMALS = 2
MISSING_MARKS = frozenset(("NA", "N.A.", "-"))
# Small partners trade in some months only; what has this many partners is the whole series.
MANY_PARTNERS = 50


def name_column(text: str) -> str:
    """A column's name in lower case with underscores, however a copy writes it."""
    return re.sub(r"[^a-z0-9]+", "_", text.strip().lower()).strip("_")


LAYOUT = Layout(frozenset(("date", "country", *FLOWS)), rename=name_column)
# What programs put before a table's first column when they save it.
INDEX_NAMES = frozenset(("unnamed_0", "index", "column 1"))


def check_months(observations: pl.DataFrame) -> list[str]:
    """More months missing between the first and the last than the publisher leaves out."""
    starts = observations["period_start"].unique().sort()
    if observations["counterpart_area"].n_unique() < MANY_PARTNERS:
        return []
    return find_missing_months(starts)


SOURCE = Source(
    layout="india_moc_monthly",
    title="Department of Commerce: trade with every country by month",
    table="observations",
    columns=("Date", "Country", "Import_Value", "Export_Value"),
    product=Product(
        source_id="india_moc_monthly",
        publisher="India’s Department of Commerce",
        product="Merchandise trade of India by country and month",
        url="https://tradestat.commerce.gov.in/",
        licence="none stated; for more than an extract ask the Department of Commerce, www.commerce.gov.in",
        redistributable=False,
    ),
)
EXPECTED = Expected(rows_min=1, rows_max=1_000_000, checks=(check_months,))


def matches(file: RawFile) -> bool:
    """Whether the header has a date, a country, and a column for each flow."""
    return has_table(file, LAYOUT)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """Imports (CIF) and exports (FOB) of each country and month; none where a cell is empty.

    Raises: InputError where the header has other columns or another order of the two directions, or where the
    dates do not say which part is the day.
    """
    text = read_table(file, LAYOUT).text
    _check_header(file, text.header)
    try:
        dates = decide_order(row.cells["date"] for row in text.rows)
    except PeriodError as error:
        remedy = "Write dates as 2019-04-01."
        raise InputError(file.name, problem=str(error).rstrip("."), remedy=remedy) from error

    plain = holds_plain_thousands(text.rows, FLOWS)

    def build(row: InputRow) -> list[Record]:
        partner = read_area(row, "country", lookups)
        year, month = row.convert("date", dates.read, errors=(PeriodError,), reason="not_a_month")
        period = build_month(year, month)
        records = []
        for column, (indicator, valuation) in FLOWS.items():
            cell = row.find(column)
            if cell is None:
                continue
            missing = cell.upper() in MISSING_MARKS
            status, note = ("M", f"printed as {cell}") if missing else ("A", None)
            number, half_width = (None, None) if missing else _read_amount(row, column)
            if plain:
                check_grouping(row, column)
            reading = FileReading(number, column, status, half_width, note=note)
            series = Series(indicator, REPORTER, partner, "USD", valuation)
            records.append(build_observation(file, row, series=series, period=period, reading=reading))
        return records

    return parse_rows(file, SOURCE, build, text=text)


def _check_header(file: InputFile, header: Sequence[str]) -> None:
    """Refuse other columns, and another order of the two directions."""
    others = [name for name in header if name not in LAYOUT.required and name not in INDEX_NAMES]
    if others:
        remedy = "Keep the four columns of the publisher's file."
        raise InputError(file.name, problem="columns of another layout", value=others, remedy=remedy)
    if header.index("export_value") < header.index("import_value"):
        # Nothing in the numbers would show that only the names were exchanged.
        remedy = "Put the columns in the publisher's order: Import_Value, then Export_Value."
        raise InputError(file.name, problem="exports stand before imports", remedy=remedy)


def _read_amount(row: InputRow, column: str) -> tuple[Decimal, Decimal]:
    """An amount in dollars and half of its last printed digit."""
    number = read_grouped_amount(row, column)
    return number * MILLION, find_half_width(number, decimals=PRINTED_DECIMALS) * MILLION
