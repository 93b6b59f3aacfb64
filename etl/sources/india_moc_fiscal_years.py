"""India's Department of Commerce: goods trade with one partner by fiscal year or part of one, as reported.

A last column `worked_out` may name columns that nobody printed and whoever compiled the file worked out. They
stand there to be compared with; the build gives no observation for them and works them out itself.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from etl.countries import Lookups
from etl.periods import Period, PeriodError, build_part_year, read_fiscal_year
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
    read_date,
)
from etl.units import MILLION

REPORTER, PARTNER = "IND", "RUS"
NOT_COLLECTED, WORKED_OUT = "L", "worked_out"
FLOWS = {
    "india_exports_usd_millions": ("exports", "FOB"),
    "india_imports_usd_millions": ("imports", "CIF"),
    "total_usd_millions": ("bilateral_trade", "FOB_CIF_SUM"),
}
# A published total may miss the sum of its parts by a hundredth of a million dollars on each side, and by
# half of one more.
ROUNDING_USD = 25_000


def check_parts(observations: pl.DataFrame) -> list[str]:
    """Periods whose exports and imports do not add up to the total within their printed rounding."""
    wide = observations.select("period_start", "period_end", "indicator", "obs_value", "obs_low").pivot(
        "indicator", index=["period_start", "period_end"], values=["obs_value", "obs_low"]
    )
    total, low = pl.col("obs_value_bilateral_trade"), pl.col("obs_low_bilateral_trade")
    parts = pl.col("obs_value_exports") + pl.col("obs_value_imports")
    tolerance = (total - low) + (pl.col("obs_value_exports") - pl.col("obs_low_exports")) * 2 + ROUNDING_USD
    wrong = wide.filter((total - parts).abs() > tolerance).sort("period_start", "period_end")
    return [
        f"exports and imports of {row['period_start']} to {row['period_end']} do not add up to the total"
        for row in wrong.to_dicts()
    ]


SOURCE = Source(
    layout="india_moc_fiscal_years",
    title="Department of Commerce: trade with one partner by fiscal year, as reported",
    table="observations",
    columns=(
        "fiscal_year",
        "period_start",
        "period_end",
        "india_exports_usd_millions",
        "india_imports_usd_millions",
        "total_usd_millions",
        "half_width_usd_millions",
        "obs_status",
        "origin",
        "as_reported_by",
        "reported_on",
        "note",
    ),
)
EXPECTED = Expected(rows_min=10, rows_max=500, checks=(check_parts,))


def matches(file: RawFile) -> bool:
    """Whether the header is this layout's, with or without the column of what was worked out."""
    return read_header(file) in (SOURCE.columns, (*SOURCE.columns, WORKED_OUT))


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """Exports, imports and total per row; a part that was not found is a missing value with status L."""

    def build(row: InputRow) -> list[Record]:
        period = _read_period(row)
        half_width = row.read_number("half_width_usd_millions", floor=0) * MILLION
        status = row.require("obs_status")
        reported_on = row.find("reported_on")
        note = "; ".join(text for text in (row.require("origin"), row.find("note")) if text)
        worked_out = _read_worked_out(row)
        records = []
        for column, (indicator, valuation) in FLOWS.items():
            if column in worked_out:
                continue
            number = row.find_number(column, floor=0)
            reading = FileReading(
                None if number is None else number * MILLION,
                column,
                status=NOT_COLLECTED if number is None else status,
                half_width=half_width,
                reported_by=row.require("as_reported_by"),
                reported_on=reported_on,
                note=note,
                vintage=_find_vintage(row),
            )
            series = Series(indicator, REPORTER, PARTNER, "USD", valuation)
            records.append(build_observation(file, row, series=series, period=period, reading=reading))
        return records

    return parse_rows(file, SOURCE, build)


def _read_worked_out(row: InputRow) -> frozenset[str]:
    named = row.find(WORKED_OUT) if WORKED_OUT in row.cells else None
    columns = frozenset(name.strip() for name in named.split(";")) if named else frozenset[str]()
    if not columns <= FLOWS.keys():
        raise row.refuse(
            WORKED_OUT,
            reason="unknown_column",
            problem="not columns of amounts, joined by '; '",
            remedy=f"Name some of {', '.join(FLOWS)}.",
        )
    return columns


def _read_period(row: InputRow) -> Period:
    start = row.convert("period_start", date.fromisoformat, errors=(ValueError,), reason="not_a_date")
    end = row.convert("period_end", date.fromisoformat, errors=(ValueError,), reason="not_a_date")
    name = row.require("fiscal_year")
    try:
        fiscal_year = read_fiscal_year(name.split(" ")[0])
        # "2025-26 (April-August)" is printed for a part of a year; its days say which.
        period = build_part_year(start, end) if "(" in name else fiscal_year
    except PeriodError as error:
        raise row.refuse(
            "period_end", reason="bad_period", problem=str(error).rstrip("."), remedy="Correct the dates."
        ) from error
    inside = (
        fiscal_year.start is not None
        and fiscal_year.end is not None
        and fiscal_year.start <= start <= end <= fiscal_year.end
    )
    if not inside or (period is fiscal_year and (start, end) != (fiscal_year.start, fiscal_year.end)):
        raise row.refuse(
            "period_end",
            reason="bad_period",
            problem=f"{start} to {end} is not the period {name!r}",
            remedy="Make the dates and the name agree.",
        )
    return period


def _find_vintage(row: InputRow) -> RowVintage | None:
    if row.find("reported_on") is None:
        return None
    return RowVintage(*read_date(row, "reported_on"), known_basis="witness")
