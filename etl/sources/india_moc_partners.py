"""India's Department of Commerce: goods trade with every partner by fiscal year (FTSPCC)."""

from __future__ import annotations

import polars as pl

from etl.countries import Lookups
from etl.periods import Period, PeriodError, read_fiscal_year
from etl.provenance import InputFile, RawFile
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
    read_area,
)
from etl.units import MILLION
from etl.vocabulary.series_codes import WORLD

REPORTER = "IND"
# The department prints two decimals; copies drop the zeros at the end.
DECIMALS = 2
FLOWS = {"exports_usd_millions": ("exports", "FOB"), "imports_usd_millions": ("imports", "CIF")}
SOURCE = Source(
    layout="india_moc_partners",
    title="Department of Commerce: trade with every partner by fiscal year",
    table="observations",
    columns=("partner", "fiscal_year", *FLOWS, "obs_status"),
)


def check_totals(observations: pl.DataFrame) -> list[str]:
    """Years of which the partners do not add up to the printed total, to half a last digit of each."""
    is_world = pl.col("counterpart_area") == WORLD
    sums = (
        observations.group_by("indicator", "time_period")
        .agg(
            parts=pl.col("obs_value").filter(~is_world).sum(),
            total=pl.col("obs_value").filter(is_world).first(),
            allowed=(pl.col("obs_high") - pl.col("obs_value")).sum(),
        )
        .sort("indicator", "time_period")
    )
    return [
        f"{row['indicator']} of {row['time_period']}: the partners add up to {row['parts'] / 1e6:.2f} "
        f"and the total is {_print_total(row['total'])}"
        for row in sums.to_dicts()
        if row["total"] is None or abs(row["parts"] - row["total"]) > row["allowed"]
    ]


def _print_total(total: float | None) -> str:
    return "missing" if total is None else f"{total / 1e6:.2f}"


# A year of two hundred partners; all of them for a century is more than there are.
EXPECTED = Expected(rows_min=10, rows_max=60_000, checks=(check_totals,))


def matches(file: RawFile) -> bool:
    """Whether the header is this layout's."""
    return read_header(file) == SOURCE.columns


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """Exports and imports per row, the row of the world being the printed totals."""

    def build(row: InputRow) -> list[Record]:
        period, partner = _read_period(row), read_area(row, "partner", lookups)
        records = []
        for column, (indicator, valuation) in FLOWS.items():
            number = row.read_number(column, floor=0)
            reading = FileReading(
                number * MILLION,
                column,
                status=row.require("obs_status"),
                half_width=find_half_width(number, decimals=DECIMALS) * MILLION,
            )
            series = Series(indicator, REPORTER, partner, "USD", valuation)
            records.append(build_observation(file, row, series=series, period=period, reading=reading))
        return records

    return parse_rows(file, SOURCE, build)


def _read_period(row: InputRow) -> Period:
    period: Period = row.convert("fiscal_year", read_fiscal_year, errors=(PeriodError,), reason="bad_period")
    return period
