"""What every source module gives: SOURCE, EXPECTED, matches() and parse()."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

import polars as pl

from etl.countries import Lookups, UnknownNameError
from etl.periods import Period, PeriodError, read_day
from etl.provenance import Coverage, InputFile, Product, RawFile, Vintage, build_obs_id
from etl.reading import (
    CsvText,
    InputRow,
    Record,
    Rejected,
    RowProblemError,
    convert_rows,
    read_csv_text,
)
from etl.validate import NEVER_NEGATIVE
from etl.vocabulary.series_codes import ALL_COMMODITIES

FREQUENCY_OF_BASIS = {
    "calendar_year": "A",
    "fiscal_year_in": "A",
    "five_year_window": "A5",
    "quarter": "Q",
    "month": "M",
    "part_year": "_O",
    "day": "_O",
    "target_year": "_Z",
}
HALF = Decimal("0.5")
LOWER_BOUND = "lower_bound"
# In place of an outlet: whoever compiled the file added the figure up.
SUMMED_FROM = "summed from "
# The half-width of a figure that its publisher prints whole.
NOT_ROUNDED = Decimal(0)
Check = Callable[[pl.DataFrame], list[str]]


@dataclass(frozen=True)
class Source:
    """One layout of one publisher's files, and the table its rows belong to.

    `columns` are names that its header is known by. A publisher's own layout has a `product`, from which a
    download gets its sidecar, and `find_vintage`, which reads the edition's day out of the file where it is
    printed there. A layout without a product needs a sidecar beside each file. `asks` names what its files
    may not say themselves, and who adds them then says (`footnoted add --set partner=China`).
    `find_coverage` reads what a file covers from what stands above its rows, or from their shape.
    """

    layout: str
    title: str
    table: str
    columns: tuple[str, ...]
    product: Product | None = None
    find_vintage: Callable[[RawFile], Vintage | None] | None = None
    asks: tuple[str, ...] = ()
    find_coverage: Callable[[RawFile], Coverage | None] | None = None


@dataclass(frozen=True)
class Expected:
    """What a file of this layout must be: how many rows, and checks that name what does not hold."""

    rows_min: int
    rows_max: int
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """What a file gave: records for its table (each with its line), rejected rows, and rows read."""

    file: InputFile
    source: Source
    records: list[Record]
    rejected: list[Rejected]
    rows_read: int


class SourceModule(Protocol):
    """A module under etl/sources/."""

    __name__: str
    SOURCE: Source
    EXPECTED: Expected

    def matches(self, file: RawFile) -> bool:
        """Whether the file has this layout, judged by its structure."""

    def parse(self, file: InputFile, lookups: Lookups) -> Parsed:
        """The file's rows."""


@dataclass(frozen=True)
class Series:
    """What all values of one series share."""

    indicator: str
    ref_area: str
    counterpart_area: str
    unit_measure: str
    valuation: str
    commodity: str = ALL_COMMODITIES


@dataclass(frozen=True)
class RowVintage:
    """The day of one row of a file whose rows came out on days of their own, and why that day."""

    day: date
    precision: str
    known_basis: str


@dataclass(frozen=True)
class FileReading:
    """One value as it was read: where from, how exact, how sure, and who reported it when.

    `half_width` is how far the true value may lie from the printed one: half of the last digit of a rounded
    figure, nothing for an exact one, None where it is not known how the figure was rounded. A lower bound has
    no upper end.
    """

    value: Decimal | None
    column: str
    status: str = "A"
    half_width: Decimal | None = None
    reported_by: str | None = None
    reported_on: str | None = None
    note: str | None = None
    vintage: RowVintage | None = field(default=None)
    publisher: str | None = None
    confidence: str | None = None
    completeness: str | None = None
    url: str | None = None


def parse_rows(
    file: InputFile,
    source: Source,
    build: Callable[[InputRow], Sequence[Record | RowProblemError]],
    *,
    text: CsvText | None = None,
) -> Parsed:
    """The file's rows through `build`, as the result of a source.

    `text` is for layouts that are not plain comma-separated UTF-8 with a header in the first line.
    """
    rows = text or read_csv_text(file)
    records, rejected = convert_rows(file, rows, build)
    return Parsed(file, source, records, rejected, rows.rows_read)


def name_observation(
    series: Series, period: Period, *, source_id: str, vintage: date, precision: str
) -> Record:
    """What an observation is of: its id, series and period, as the table's columns."""
    return {
        "obs_id": build_obs_id(
            indicator=series.indicator,
            ref_area=series.ref_area,
            counterpart_area=series.counterpart_area,
            commodity=series.commodity,
            basis=period.basis,
            period=period.label,
            source_id=source_id,
            vintage=vintage,
            precision=precision,
        ),
        "indicator": series.indicator,
        "ref_area": series.ref_area,
        "counterpart_area": series.counterpart_area,
        "commodity": series.commodity,
        "freq": FREQUENCY_OF_BASIS[period.basis],
        "time_period": period.label,
        "period_start": period.start,
        "period_end": period.end,
        "period_basis": period.basis,
        "unit_measure": series.unit_measure,
        "valuation": series.valuation,
        "price_basis": "current" if series.unit_measure == "USD" else "none",
    }


def build_observation(
    file: InputFile, row: InputRow, *, series: Series, period: Period, reading: FileReading
) -> Record:
    """One observation record from one cell."""
    sidecar = file.sidecar
    edition = RowVintage(sidecar.vintage, sidecar.vintage_precision, sidecar.known_basis)
    out = reading.vintage or edition
    publisher = reading.publisher or sidecar.publisher
    value, outlet = reading.value, _find_outlet(reading, publisher)
    low, high = _find_ends(reading, is_amount=series.indicator in NEVER_NEGATIVE)
    return {
        **name_observation(
            series, period, source_id=sidecar.source_id, vintage=out.day, precision=out.precision
        ),
        "obs_value": None if value is None else float(value),
        "obs_low": None if low is None else float(low),
        "obs_high": None if high is None else float(high),
        "obs_status": reading.status,
        "vintage": out.day,
        "vintage_precision": out.precision,
        "source_id": sidecar.source_id,
        "publisher": publisher,
        "source_file": file.name,
        "source_locator": f"{row.place}, column {reading.column}",
        "source_sha256": file.sha256,
        "as_reported_by": outlet,
        "reported_on": reading.reported_on,
        # Of the edition alone: `etl.reconcile.known_days` asks what other rows and the rhythms say.
        "known_from": out.day,
        "known_basis": out.known_basis,
        "known_by": outlet if out.known_basis == "witness" else None,
        "derivation": None,
        "confidence": reading.confidence,
        "completeness": reading.completeness,
        "reported_url": reading.url,
        "note": reading.note,
    }


def _find_outlet(reading: FileReading, publisher: str) -> str | None:
    """The outlet a figure was read in, where that is another than its publisher ("SIPRI press release")."""
    outlet = reading.reported_by
    is_own = outlet is not None and outlet.casefold().startswith((publisher.casefold(), SUMMED_FROM))
    return None if is_own else outlet


def find_half_width(number: Decimal, *, decimals: int | None = None) -> Decimal:
    """Half of the last digit of a printed number.

    `decimals` is how many the publisher prints at least, for copies that have dropped the zeros at the end.
    """
    printed = -int(number.as_tuple().exponent)
    return HALF.scaleb(-(printed if decimals is None else max(decimals, printed)))


def _find_ends(reading: FileReading, *, is_amount: bool) -> tuple[Decimal | None, Decimal | None]:
    if reading.value is None or reading.half_width is None:
        return None, None
    low, high = reading.value - reading.half_width, reading.value + reading.half_width
    if reading.completeness == LOWER_BOUND:
        return (max(Decimal(0), low) if is_amount else low), None
    return (max(Decimal(0), low) if is_amount else low), high


def check_vintage(row: InputRow, file: InputFile) -> None:
    """Refuse a row of another vintage than its file's."""
    if row.require("vintage") != file.sidecar.vintage.isoformat():
        raise row.refuse(
            "vintage",
            reason="wrong_vintage",
            problem="not the vintage of this file",
            remedy=f"This file holds {file.sidecar.vintage}; put other vintages in files of their own.",
        )


def read_area(row: InputRow, column: str, lookups: Lookups) -> str:
    """The area code for a cell; refuses a spelling that no lookup has."""
    code: str = row.convert(
        column, lookups.areas.find_code, errors=(UnknownNameError,), reason="unknown_area"
    )
    return code


def read_date(row: InputRow, column: str) -> tuple[date, str]:
    """A day and its precision from a cell; refuses what is no date."""
    day: tuple[date, str] = row.convert(column, read_day, errors=(PeriodError,), reason="not_a_date")
    return day


def read_year(row: InputRow, column: str) -> int:
    """A year between 1900 and 2100 from a cell."""
    year = row.read_whole(column)
    if not 1900 <= year <= 2100:
        raise row.refuse(
            column,
            reason="not_a_year",
            problem="not a year between 1900 and 2100",
            remedy="Correct the year.",
        )
    return year
