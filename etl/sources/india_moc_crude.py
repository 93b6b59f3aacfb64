"""India's Department of Commerce: crude oil imports from one partner by fiscal year, HS 2709."""

from __future__ import annotations

from datetime import date

from etl.countries import Lookups
from etl.periods import Period, PeriodError, build_part_year, read_fiscal_year
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
)
from etl.units import MILLION
from etl.vocabulary.series_codes import WORLD

REPORTER = "IND"
PARTNER = "RUS"
FLOWS = {"value_usd_millions": PARTNER, "all_partners_usd_millions": WORLD}
SOURCE = Source(
    layout="india_moc_crude",
    title="Department of Commerce: crude oil imports from one partner by fiscal year",
    table="observations",
    columns=(
        "fiscal_year",
        "period_start",
        "period_end",
        "hs_code",
        "value_usd_millions",
        "all_partners_usd_millions",
        "obs_status",
        "origin",
    ),
)
# Three fiscal years make a series; five hundred is more than there are.
EXPECTED = Expected(rows_min=3, rows_max=500)


def matches(file: RawFile) -> bool:
    """Whether the header is this layout's."""
    return read_header(file) == SOURCE.columns


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """Imports from the partner per row, and from all partners where it has them, to half of a last digit."""

    def build(row: InputRow) -> list[Record]:
        period = _read_period(row)
        records = []
        for column, partner in FLOWS.items():
            number = row.find_number(column, floor=0)
            # Older reports give the one partner alone.
            if number is None and partner == WORLD:
                continue
            if number is None:
                raise row.refuse(
                    column,
                    reason="empty_cell",
                    problem="the cell is empty",
                    remedy="Fill it in, or remove the row.",
                )
            series = Series(
                "crude_oil_imports", REPORTER, partner, "USD", "CIF", commodity=row.require("hs_code")
            )
            reading = FileReading(
                number * MILLION,
                column,
                status=row.require("obs_status"),
                half_width=find_half_width(number) * MILLION,
                note=row.require("origin"),
            )
            records.append(build_observation(file, row, series=series, period=period, reading=reading))
        return records

    return parse_rows(file, SOURCE, build)


def _read_period(row: InputRow) -> Period:
    start = row.convert("period_start", date.fromisoformat, errors=(ValueError,), reason="not_a_date")
    end = row.convert("period_end", date.fromisoformat, errors=(ValueError,), reason="not_a_date")
    try:
        fiscal_year = read_fiscal_year(row.require("fiscal_year").split(" ")[0])
        period = build_part_year(start, end)
    except PeriodError as error:
        raise row.refuse(
            "period_end", reason="bad_period", problem=str(error).rstrip("."), remedy="Correct the dates."
        ) from error
    # A part of a year that is all of it is the year.
    if (start, end) == (fiscal_year.start, fiscal_year.end):
        return fiscal_year
    if (
        fiscal_year.start is None
        or fiscal_year.end is None
        or not fiscal_year.start <= start <= end <= fiscal_year.end
    ):
        raise row.refuse(
            "period_end",
            reason="bad_period",
            problem=f"{start} to {end} is not within {fiscal_year.label}",
            remedy="Make the dates and the fiscal year agree.",
        )
    return period
