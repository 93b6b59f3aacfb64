"""Goods trade by calendar year, reporter and flow, from any publisher that reports all four corners."""

from __future__ import annotations

from etl.countries import Lookups
from etl.periods import build_calendar_year
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
    read_year,
)
from etl.units import MILLION

INDICATOR_OF_FLOW = {"export": "exports", "import": "imports"}
# At the seller's border, and at the buyer's with freight and insurance.
VALUATIONS = ("FOB", "CIF")
SOURCE = Source(
    layout="trade_by_calendar_year",
    title="Goods trade by calendar year, reporter and flow",
    table="observations",
    columns=("year", "reporter", "flow", "partner", "valuation", "value_usd_millions", "origin", "note"),
)
EXPECTED = Expected(rows_min=1, rows_max=100_000)


def matches(file: RawFile) -> bool:
    """Whether the header is this layout's."""
    return read_header(file) == SOURCE.columns


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation of exports or imports per row, exact to half of its last printed digit."""

    def build(row: InputRow) -> list[Record]:
        flow, valuation = row.require("flow"), row.require("valuation")
        if flow not in INDICATOR_OF_FLOW:
            raise row.refuse(
                "flow", reason="unknown_flow", problem="neither export nor import", remedy="Correct the flow."
            )
        if valuation not in VALUATIONS:
            raise row.refuse(
                "valuation", reason="unknown_valuation", problem="neither FOB nor CIF", remedy="Correct it."
            )
        reporter, partner = read_area(row, "reporter", lookups), read_area(row, "partner", lookups)
        series = Series(INDICATOR_OF_FLOW[flow], reporter, partner, "USD", valuation)
        note = "; ".join(text for text in (row.require("origin"), row.find("note")) if text)
        number = row.read_number("value_usd_millions", floor=0)
        reading = FileReading(
            number * MILLION,
            "value_usd_millions",
            half_width=find_half_width(number) * MILLION,
            note=note,
        )
        period = build_calendar_year(read_year(row, "year"))
        return [build_observation(file, row, series=series, period=period, reading=reading)]

    return parse_rows(file, SOURCE, build)
