"""Targets for two-way trade as both governments announced them."""

from __future__ import annotations

import re

from etl.countries import Lookups
from etl.periods import build_target_year
from etl.provenance import InputFile, RawFile
from etl.reading import InputRow, Record, read_header
from etl.source_contract import (
    NOT_ROUNDED,
    Expected,
    FileReading,
    Parsed,
    RowVintage,
    Series,
    Source,
    build_observation,
    parse_rows,
    read_date,
    read_year,
)
from etl.units import MILLION

SOURCE = Source(
    layout="trade_targets",
    title="Announced targets for two-way trade",
    table="observations",
    columns=("importer_exporter_pair", "target_usd_millions", "by_year", "set_on", "as_reported_by", "note"),
)
EXPECTED = Expected(rows_min=1, rows_max=500)
_PAIR = re.compile(r"([A-Z]{3})-([A-Z]{3})")


def matches(file: RawFile) -> bool:
    """Whether the header is this layout's."""
    return read_header(file) == SOURCE.columns


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One `trade_target` per row, exact as announced; its vintage is the month in which it was set."""

    def build(row: InputRow) -> list[Record]:
        pair = _PAIR.fullmatch(row.require("importer_exporter_pair"))
        if not pair or not {pair[1], pair[2]} <= set(lookups.areas.areas):
            raise row.refuse(
                "importer_exporter_pair",
                reason="unknown_area",
                problem="not two known areas such as IND-RUS",
                remedy="Write two codes of datasets/lookups/areas.csv.",
            )
        series = Series("trade_target", pair[1], pair[2], "USD", "none")
        reading = FileReading(
            row.read_number("target_usd_millions", floor=0) * MILLION,
            "target_usd_millions",
            # A target was chosen and not measured: every digit of it is meant.
            half_width=NOT_ROUNDED,
            reported_by=row.require("as_reported_by"),
            note=row.find("note"),
            # Both governments announced it on that day themselves.
            vintage=RowVintage(*read_date(row, "set_on"), known_basis="printed"),
        )
        period = build_target_year(read_year(row, "by_year"))
        return [build_observation(file, row, series=series, period=period, reading=reading)]

    return parse_rows(file, SOURCE, build)
