"""India's Department of Commerce: goods trade by month in one direction, by country or by HS chapter.

Asserts: months are whole and their dates are written in one order; chapters are 01 to 99.
Peculiarities: no column says whether these are exports or imports, and nothing in the numbers can be
trusted to tell: who adds the file says which. US dollars in millions, thousands
separated by commas; chapters have lost their leading zero; dates are month first or day first, as all
dates of the file decide.
"""

from __future__ import annotations

import re

from etl.countries import Lookups
from etl.errors import InputError
from etl.periods import PeriodError, build_month
from etl.provenance import InputFile, Product, RawFile, read_flow, require_stated
from etl.readers.delimited_text import Layout, has_table, read_table
from etl.readers.grouped_numbers import check_grouping, holds_plain_thousands, read_grouped_amount
from etl.readers.month_dates import decide_order
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
from etl.vocabulary.series_codes import ALL_COMMODITIES, WORLD

REPORTER = "IND"
# The department prints hundredths of a million; a copy writes 64.0 for 64.00.
PRINTED_DECIMALS = 2
VALUATIONS = {"exports": "FOB", "imports": "CIF"}
# Spreadsheets take the leading zero of chapters 01 to 09.
_CHAPTER = re.compile(r"0?[1-9]|[1-9][0-9]", re.ASCII)
# What programs put before a table's first column when they save it.
INDEX_NAMES = frozenset(("unnamed_0", "index", "column 1"))
SOURCE = Source(
    layout="india_moc_monthly_one_flow",
    title="Department of Commerce: trade by month in one direction, by country or HS chapter",
    table="observations",
    columns=("Country, or HSCode and Commodity", "Value", "Date"),
    product=Product(
        source_id="india_moc_monthly",
        publisher="India’s Department of Commerce",
        product="Merchandise trade of India by month, one direction",
        url="https://tradestat.commerce.gov.in/",
        licence="none stated; for more than an extract ask the Department of Commerce, www.commerce.gov.in",
        redistributable=False,
    ),
    asks=("flow",),
)
EXPECTED = Expected(rows_min=1, rows_max=1_000_000)


def name_column(text: str) -> str:
    """A column's name in lower case with underscores, however a copy writes it."""
    name = re.sub(r"[^a-z0-9]+", "_", text.strip().lower()).strip("_")
    return "hscode" if name == "hs_code" else name


BY_COUNTRY = Layout(frozenset(("country", "value", "date")), rename=name_column)
BY_CHAPTER = Layout(frozenset(("hscode", "commodity", "value", "date")), rename=name_column)


def matches(file: RawFile) -> bool:
    """Whether the header has one value, a date, and a country or an HS chapter with its name."""
    return has_table(file, BY_COUNTRY) or has_table(file, BY_CHAPTER)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation per row, in the direction that was said of the file.

    Raises: InputError where nobody said it, the header has other columns, or the dates do not
    say which part is the day.
    """
    layout = BY_COUNTRY if has_table(file, BY_COUNTRY) else BY_CHAPTER
    text = read_table(file, layout).text
    others = [name for name in text.header if name not in layout.required and name not in INDEX_NAMES]
    if others:
        remedy = "Keep the columns of the publisher's file."
        raise InputError(file.name, problem="columns of another layout", value=others, remedy=remedy)
    instead = "take the file that has both, Import_Value and Export_Value."
    flow = read_flow(file, require_stated(file, "flow", instead=instead)["flow"])
    try:
        dates = decide_order(row.cells["date"] for row in text.rows)
    except PeriodError as error:
        remedy = "Write dates as 2019-04-01."
        raise InputError(file.name, problem=str(error).rstrip("."), remedy=remedy) from error

    plain = holds_plain_thousands(text.rows, ("value",))

    def build(row: InputRow) -> list[Record]:
        by_country = layout is BY_COUNTRY
        partner = read_area(row, "country", lookups) if by_country else WORLD
        commodity = ALL_COMMODITIES if by_country else _read_chapter(row)
        year, month = row.convert("date", dates.read, errors=(PeriodError,), reason="not_a_month")
        if row.find("value") is None:
            return []
        number = read_grouped_amount(row, "value")
        if plain:
            check_grouping(row, "value")
        half_width = find_half_width(number, decimals=PRINTED_DECIMALS) * MILLION
        reading = FileReading(number * MILLION, "value", half_width=half_width)
        series = Series(flow, REPORTER, partner, "USD", VALUATIONS[flow], commodity)
        period = build_month(year, month)
        return [build_observation(file, row, series=series, period=period, reading=reading)]

    return parse_rows(file, SOURCE, build, text=text)


def _read_chapter(row: InputRow) -> str:
    text = row.require("hscode")
    if not _CHAPTER.fullmatch(text):
        raise row.refuse(
            "hscode", reason="not_a_code", problem="not an HS chapter from 1 to 99", remedy="Correct it."
        )
    return text.zfill(2)
