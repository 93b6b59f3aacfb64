"""India's Department of Commerce: the balance of goods trade with a partner by fiscal year, as stated.

A deficit is often all that is said of a year beside its total: from the two the build works out the flows.
"""

from __future__ import annotations

from etl.countries import Lookups
from etl.periods import Period, PeriodError, read_fiscal_year
from etl.provenance import InputFile, RawFile
from etl.reading import InputRow, Record, read_header
from etl.source_contract import (
    Expected,
    FileReading,
    Parsed,
    RowVintage,
    Series,
    Source,
    build_observation,
    parse_rows,
    read_area,
    read_date,
)
from etl.units import MILLION

REPORTER = "IND"
SOURCE = Source(
    layout="india_moc_balances",
    title="Department of Commerce: balance of trade with one partner by fiscal year, as stated",
    table="observations",
    columns=(
        "fiscal_year",
        "partner",
        "balance_usd_millions",
        "half_width_usd_millions",
        "obs_status",
        "origin",
        "as_reported_by",
        "reported_on",
        "note",
    ),
)
EXPECTED = Expected(rows_min=1, rows_max=500)


def matches(file: RawFile) -> bool:
    """Whether the header is this layout's."""
    return read_header(file) == SOURCE.columns


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One `trade_balance` per row, exports less imports: a deficit is below zero."""

    def build(row: InputRow) -> list[Record]:
        reading = FileReading(
            row.read_number("balance_usd_millions") * MILLION,
            "balance_usd_millions",
            status=row.require("obs_status"),
            half_width=row.read_number("half_width_usd_millions", floor=0) * MILLION,
            reported_by=row.require("as_reported_by"),
            reported_on=row.require("reported_on"),
            note="; ".join(text for text in (row.require("origin"), row.find("note")) if text),
            vintage=RowVintage(*read_date(row, "reported_on"), known_basis="witness"),
        )
        partner = read_area(row, "partner", lookups)
        series = Series("trade_balance", REPORTER, partner, "USD", "FOB_CIF_SUM")
        return [build_observation(file, row, series=series, period=_read_year(row), reading=reading)]

    return parse_rows(file, SOURCE, build)


def _read_year(row: InputRow) -> Period:
    year: Period = row.convert("fiscal_year", read_fiscal_year, errors=(PeriodError,), reason="bad_period")
    return year
