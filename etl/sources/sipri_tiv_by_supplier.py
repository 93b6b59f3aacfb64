"""SIPRI: deliveries of major arms to one importer by supplier and year, in TIV, one vintage a file."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

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
    check_vintage,
    parse_rows,
    read_area,
    read_year,
)
from etl.vocabulary.series_codes import WORLD

IMPORTER = "IND"
# A published table rounds every row to a whole million TIV, so each row may be off by half of one.
ROUNDED_HALF_WIDTH = 0.5
# Sums of the register have two decimals; the ten-thousandth more is for floats.
SUMMED_HALF_WIDTH = 0.0051
# A year's cell by the product it is of: the table prints whole millions, sums of the register hundredths.
HALF_WIDTHS = {"TIV table": Decimal("0.5"), "trade register": Decimal("0.005")}


def check_totals(observations: pl.DataFrame) -> list[str]:
    """Years whose suppliers do not add up to the total row within the table's rounding."""
    value = pl.col("obs_value")
    is_total = pl.col("counterpart_area") == WORLD
    whole = bool((observations["obs_value"] % 1 == 0).all())
    half_width = ROUNDED_HALF_WIDTH if whole else SUMMED_HALF_WIDTH
    years = observations.group_by("time_period").agg(
        total=value.filter(is_total).first(),
        parts=value.filter(~is_total).sum(),
        rows=value.filter(~is_total).len(),
    )
    wrong = years.filter(
        pl.col("total").is_null()
        # One half more than there are rows, for the total is rounded too.
        | ((pl.col("total") - pl.col("parts")).abs() > half_width * (pl.col("rows") + 1))
    ).sort("time_period")
    return [
        f"suppliers of {row['time_period']} add up to {row['parts']:g}, its total row says {row['total']}"
        for row in wrong.to_dicts()
    ]


def check_years(observations: pl.DataFrame) -> list[str]:
    """Years missing between the first and the last."""
    years = observations["time_period"].cast(pl.Int64).unique().sort()
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years)) if len(years) else []
    return [f"no row at all for {year}" for year in missing]


SOURCE = Source(
    layout="sipri_tiv_by_supplier",
    title="SIPRI TIV of arms delivered to one importer, by supplier and year",
    table="observations",
    columns=("vintage", "sipri_product", "supplier", "delivery_year", "tiv_millions"),
)
# The editions carried have some 350 rows, a handful for each of some seventy years; far fewer are a file that
# was cut off.
EXPECTED = Expected(rows_min=200, rows_max=5000, checks=(check_totals, check_years))


def matches(file: RawFile) -> bool:
    """Whether the header is this layout's."""
    return read_header(file) == SOURCE.columns


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One `arms_import_volume` per row; a year without a row for a supplier is one without deliveries.

    How a product that is neither the table nor the register was rounded is not known.
    """

    def build(row: InputRow) -> list[Record]:
        check_vintage(row, file)
        supplier = read_area(row, "supplier", lookups)
        series = Series("arms_import_volume", IMPORTER, supplier, "TIV_MILLIONS", "TIV")
        product = row.require("sipri_product")
        reading = FileReading(
            row.read_number("tiv_millions", floor=0),
            "tiv_millions",
            half_width=HALF_WIDTHS.get(product.partition(",")[0]),
            note=product,
        )
        period = build_calendar_year(read_year(row, "delivery_year"))
        return [build_observation(file, row, series=series, period=period, reading=reading)]

    return parse_rows(file, SOURCE, build)
