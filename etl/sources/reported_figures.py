"""Figures of any publisher as they were compiled, each with where it was read, on which day, and how sure.

One row is one figure. Where `reported_by` is empty the row is of the publisher's own table, of the day in
`edition`; else it is known since the day on which that outlet had it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl

from etl.countries import Lookups
from etl.periods import (
    Period,
    build_calendar_year,
    build_fiscal_year,
    build_month,
    build_part_year,
    build_target_year,
    build_window,
    find_month_end,
)
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
    find_half_width,
    parse_rows,
    read_date,
)
from etl.units import MILLION
from etl.vocabulary import COMPLETENESSES, CONFIDENCES, INDICATORS, CodeList
from etl.vocabulary.series_codes import WORLD

BILLION = 1000 * MILLION
CRORE = 10 * MILLION
# What a product prints as the sum of its own kinds of goods, which another product's total may not equal.
ALL_GOODS = "^ALL_"
# What is printed: its unit here, and how many of it one is.
UNITS = {
    "USD million": ("USD", MILLION),
    "USD billion": ("USD", BILLION),
    "USD million, constant": ("USD_CONSTANT", MILLION),
    "EUR billion": ("EUR", BILLION),
    "INR crore": ("INR", CRORE),
    "USD per tonne": ("USD_PER_TONNE", Decimal(1)),
    "per cent": ("PERCENT", Decimal(1)),
    "per cent of GDP": ("PERCENT_OF_GDP", Decimal(1)),
    "tonnes": ("TONNES", Decimal(1)),
    "million tonnes": ("TONNES", MILLION),
    "million barrels a day": ("BARRELS_PER_DAY", MILLION),
    "place": ("RANK", Decimal(1)),
    "units": ("UNITS", Decimal(1)),
    "squadrons": ("REGIMENTS", Decimal(1)),
}
COUNTED = frozenset({"RANK", "UNITS", "REGIMENTS"})
VALUATIONS = {
    "exports": "FOB",
    "imports": "CIF",
    "crude_oil_imports": "CIF",
    "bilateral_trade": "FOB_CIF_SUM",
    "trade_balance": "FOB_CIF_SUM",
}
SOURCE = Source(
    layout="reported_figures",
    title="Figures of a publisher as compiled, each with where it was read and how sure it is",
    table="observations",
    columns=(
        "indicator",
        "ref_area",
        "counterpart_area",
        "commodity",
        "value",
        "unit",
        "period_basis",
        "period_start",
        "period_end",
        "obs_status",
        "publisher",
        "edition",
        "reported_by",
        "reported_on",
        "url",
        "completeness",
        "confidence",
        "note",
    ),
)


def check_wholes(observations: pl.DataFrame) -> list[str]:
    """Wholes that their parts do not add up to, where a file lists all: of partners, or of kinds of goods."""
    whole = observations.filter(pl.col("completeness") == "whole")
    of_partners = _find_apart(whole, across="counterpart_area", total=f"^{WORLD}$")
    of_goods = _find_apart(whole, across="commodity", total=ALL_GOODS)
    return [*of_partners, *of_goods]


def _find_apart(whole: pl.DataFrame, *, across: str, total: str) -> list[str]:
    """The sums across one column that are not the row of its total, to half of a last digit of each.

    `total` is a pattern.
    """
    names = ["indicator", "ref_area", "counterpart_area", "commodity", "time_period", "vintage"]
    is_total = pl.col(across).str.contains(total)
    sums = (
        whole.group_by([name for name in names if name != across])
        .agg(
            parts=pl.col("obs_value").filter(~is_total).sum(),
            count=(~is_total).sum(),
            total=pl.col("obs_value").filter(is_total).first(),
            allowed=(pl.col("obs_high") - pl.col("obs_value")).sum(),
        )
        .filter(
            (pl.col("count") > 0) & ((pl.col("parts") - pl.col("total")).abs() > pl.col("allowed") + 1e-6)
        )
        .sort("indicator", "time_period")
    )
    return [
        f"{row['indicator']} of {row['time_period']}: the parts add up to {row['parts']:g} and the whole is "
        f"{row['total']:g}"
        for row in sums.to_dicts()
    ]


# One figure is worth a file; a million is no compilation.
EXPECTED = Expected(rows_min=1, rows_max=100_000, checks=(check_wholes,))


def matches(file: RawFile) -> bool:
    """Whether the header is this layout's."""
    return read_header(file) == SOURCE.columns


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation per row."""

    def build(row: InputRow) -> list[Record]:
        indicator = _read_code(row, "indicator", INDICATORS)
        unit, scale = _read_unit(row)
        number = row.read_number("value")
        series = Series(
            indicator,
            _read_area(row, "ref_area", lookups),
            _read_area(row, "counterpart_area", lookups),
            unit,
            "TIV" if indicator.startswith(("arms_", "world_arms_")) else VALUATIONS.get(indicator, "none"),
            row.require("commodity"),
        )
        outlet = row.find("reported_by")
        reading = FileReading(
            number * scale,
            "value",
            status=row.require("obs_status"),
            half_width=NOT_ROUNDED if unit in COUNTED else find_half_width(number) * scale,
            reported_by=outlet,
            reported_on=row.find("reported_on"),
            note=row.find("note"),
            vintage=_find_vintage(row, outlet),
            publisher=row.find("publisher"),
            confidence=_read_code(row, "confidence", CONFIDENCES),
            completeness=row.find("completeness") and _read_code(row, "completeness", COMPLETENESSES),
            url=row.find("url"),
        )
        record = build_observation(file, row, series=series, period=_read_period(row), reading=reading)
        return [record | ({"price_basis": "constant"} if unit == "USD_CONSTANT" else {})]

    return parse_rows(file, SOURCE, build)


def _read_code(row: InputRow, column: str, codes: CodeList) -> str:
    code = row.require(column)
    if code not in codes:
        raise row.refuse(
            column,
            reason="unknown_code",
            problem=f"not a code of {codes.name}",
            remedy=f"Use one of {', '.join(codes.codes[:12])}.",
        )
    return code


def _read_area(row: InputRow, column: str, lookups: Lookups) -> str:
    code = row.require(column)
    if code not in lookups.areas.areas:
        raise row.refuse(
            column,
            reason="unknown_area",
            problem="not a code of an area",
            remedy="Write a code of datasets/lookups/areas.csv.",
        )
    return code


def _read_unit(row: InputRow) -> tuple[str, Decimal]:
    name = row.require("unit")
    if name not in UNITS:
        raise row.refuse(
            "unit", reason="wrong_unit", problem="an unknown unit", remedy=f"Use one of {', '.join(UNITS)}."
        )
    return UNITS[name]


def _find_vintage(row: InputRow, outlet: str | None) -> RowVintage | None:
    """The day of the publisher's own edition, else that of the report; the file's where the row has none."""
    if outlet is not None:
        return RowVintage(*read_date(row, "reported_on"), known_basis="witness")
    return RowVintage(*read_date(row, "edition"), known_basis="printed") if row.find("edition") else None


def _read_period(row: InputRow) -> Period:
    """The period, whose basis must be what its days are: a part of a year is never called a year."""
    start = row.convert("period_start", date.fromisoformat, errors=(ValueError,), reason="not_a_date")
    end = row.convert("period_end", date.fromisoformat, errors=(ValueError,), reason="not_a_date")
    basis = row.require("period_basis")
    period = name_period(start, end)
    if (basis, period.basis) == ("target_year", "calendar_year"):
        return build_target_year(start.year)
    if period.basis != basis:
        raise row.refuse(
            "period_basis",
            reason="bad_period",
            problem=f"{start} to {end} is no {basis}, but a {period.basis}",
            remedy="Make the days and the basis agree.",
        )
    return period


def name_period(start: date, end: date) -> Period:
    """What days are: a calendar or fiscal year, five years, a month, or a part of a year."""
    years = end.year - start.year
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and years in (0, 4):
        return build_calendar_year(start.year) if years == 0 else build_window(start.year)
    if (start.month, start.day, end.month, end.day) == (4, 1, 3, 31) and years == 1:
        return build_fiscal_year(start.year)
    is_months = start.day == 1 and end == find_month_end(end.year, end.month)
    if is_months and (start.year, start.month) == (end.year, end.month):
        return build_month(start.year, start.month)
    if start == end:
        return Period(start, end, "day", start.isoformat())
    return build_part_year(start, end) if is_months else Period(start, end, "part_year", f"{start}/{end}")
