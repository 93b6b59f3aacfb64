"""India's Department of Commerce: goods trade with one partner by month."""

from __future__ import annotations

import re

import polars as pl

from etl.countries import Lookups
from etl.periods import build_month
from etl.provenance import InputFile, RawFile
from etl.readers.month_dates import find_missing_months
from etl.reading import InputRow, Record, read_header
from etl.source_contract import (
    Expected,
    FileReading,
    Parsed,
    Series,
    Source,
    build_observation,
    find_half_width,
    parse_rows,
)
from etl.units import MILLION

REPORTER, PARTNER = "IND", "RUS"
FLOWS = {"india_imports_usd_millions": ("imports", "CIF"), "india_exports_usd_millions": ("exports", "FOB")}
# The department prints hundredths of a million; a copy writes 64.0 for 64.00.
PRINTED_DECIMALS = 2
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def check_months(observations: pl.DataFrame) -> list[str]:
    """More months missing between the first and the last than the publisher leaves out."""
    starts = observations["period_start"].unique().sort()
    if not len(starts):
        return ["no month at all"]
    return find_missing_months(starts)


SOURCE = Source(
    layout="india_moc_months",
    title="Department of Commerce: trade with one partner by month",
    table="observations",
    columns=("month", "india_imports_usd_millions", "india_exports_usd_millions"),
)
# A year at the least; two centuries of months are more than anybody counts.
EXPECTED = Expected(rows_min=12, rows_max=2400, checks=(check_months,))


def matches(file: RawFile) -> bool:
    """Whether the header is this layout's."""
    return read_header(file) == SOURCE.columns


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """Imports (CIF) and exports (FOB) per row."""

    def build(row: InputRow) -> list[Record]:
        match = _MONTH.fullmatch(row.require("month"))
        if not match:
            raise row.refuse(
                "month",
                reason="not_a_month",
                problem="not a month such as 2019-04",
                remedy="Correct the month.",
            )
        period = build_month(int(match[1]), int(match[2]))
        records = []
        for column, (indicator, valuation) in FLOWS.items():
            number = row.read_number(column, floor=0)
            half_width = find_half_width(number, decimals=PRINTED_DECIMALS)
            reading = FileReading(number * MILLION, column, half_width=half_width * MILLION)
            series = Series(indicator, REPORTER, PARTNER, "USD", valuation)
            records.append(build_observation(file, row, series=series, period=period, reading=reading))
        return records

    return parse_rows(file, SOURCE, build)
