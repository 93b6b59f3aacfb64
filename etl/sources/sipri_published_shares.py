"""SIPRI: suppliers' shares of an importer's arms imports as its yearly fact sheets print them."""

from __future__ import annotations

from decimal import Decimal

from etl.countries import Lookups
from etl.periods import WINDOW_YEARS, Period, build_window
from etl.provenance import InputFile, RawFile
from etl.reading import InputRow, Record, read_header
from etl.source_contract import (
    Expected,
    FileReading,
    Parsed,
    Series,
    Source,
    build_observation,
    parse_rows,
    read_area,
    read_date,
    read_year,
)

# Fact sheets print whole per cents.
PRINTED_HALF_WIDTH = Decimal("0.5")
WHOLE = 100
SOURCE = Source(
    layout="sipri_published_shares",
    title="SIPRI fact sheet: suppliers' shares by five-year window",
    table="observations",
    columns=(
        "edition",
        "recipient",
        "supplier",
        "window_start",
        "window_end",
        "share_percent",
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
    """One observation of `arms_import_share` per row, exact to half a per cent."""

    def build(row: InputRow) -> list[Record]:
        _check_edition(row, file)
        read_date(row, "reported_on")
        recipient, supplier = read_area(row, "recipient", lookups), read_area(row, "supplier", lookups)
        series = Series("arms_import_share", recipient, supplier, "PERCENT", "TIV")
        reading = FileReading(
            _read_share(row),
            "share_percent",
            half_width=PRINTED_HALF_WIDTH,
            reported_by=row.require("as_reported_by"),
            reported_on=row.require("reported_on"),
            note=row.find("note"),
        )
        return [build_observation(file, row, series=series, period=_read_window(row), reading=reading)]

    return parse_rows(file, SOURCE, build)


def _check_edition(row: InputRow, file: InputFile) -> None:
    edition = f"{file.sidecar.vintage:%Y-%m}"
    if row.require("edition") != edition:
        raise row.refuse(
            "edition",
            reason="wrong_vintage",
            problem="not the edition of this file",
            remedy=f"This file holds {edition}; put it in a file of its own.",
        )


def _read_window(row: InputRow) -> Period:
    first, last = read_year(row, "window_start"), read_year(row, "window_end")
    if last != first + WINDOW_YEARS - 1:
        raise row.refuse(
            "window_end",
            reason="not_a_window",
            problem=f"not {WINDOW_YEARS} years from {first}",
            remedy="SIPRI's windows are five calendar years; correct the first or the last.",
        )
    return build_window(first)


def _read_share(row: InputRow) -> Decimal:
    share = row.read_number("share_percent", floor=0)
    if share > WHOLE:
        raise row.refuse(
            "share_percent",
            reason="above_ceiling",
            problem="a share above 100 per cent",
            remedy="Correct it.",
        )
    return share
