"""SDMX-CSV 2.0: observations as statistical offices exchange them.

A period is written as SDMX writes it: 2022, 2022-04, and with its start and length where it is another one
(2021-04-01/P1Y is the fiscal year, 2019-01-01/P5Y the window); TIME_LABEL has it as the tables do.
"""

from __future__ import annotations

import io

import polars as pl

from etl.export.format_contract import ExportFormat, ExportFormatError
from etl.export.formulas import defuse_rows
from etl.vocabulary import PERIOD_BASES

FORMAT = ExportFormat(
    "sdmx-csv",
    "sdmx.csv",
    "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8",
    "Observations as SDMX-CSV",
    tables=("observations",),
)
STRUCTURE_ID = "FOOTNOTED:OBSERVATIONS(1.0.0)"
INFORMATION = "I"
DIMENSIONS = {
    "freq": "FREQ",
    "indicator": "INDICATOR",
    "ref_area": "REF_AREA",
    "counterpart_area": "COUNTERPART_AREA",
    "commodity": "COMMODITY",
    "period_basis": "PERIOD_BASIS",
    "source_id": "SOURCE",
    "vintage": "VINTAGE",
}
ATTRIBUTES = {
    "unit_measure": "UNIT_MEASURE",
    "obs_status": "OBS_STATUS",
    "valuation": "VALUATION",
    "price_basis": "PRICE_BASIS",
    "obs_low": "OBS_LOW",
    "obs_high": "OBS_HIGH",
    "time_period": "TIME_LABEL",
    "vintage_precision": "VINTAGE_PRECISION",
    "publisher": "PUBLISHER",
    "source_file": "SOURCE_FILE",
    "source_locator": "SOURCE_LOCATOR",
    "source_sha256": "SOURCE_SHA256",
    "as_reported_by": "REPORTED_BY",
    "reported_on": "REPORTED_ON",
    "known_from": "KNOWN_FROM",
    "known_basis": "KNOWN_BASIS",
    "known_by": "KNOWN_BY",
    "derivation": "DERIVATION",
    "note": "COMMENT_OBS",
    "obs_id": "OBS_ID",
}
# What a release adds; rows straight from a snapshot do not have it.
RELEASE_ATTRIBUTES = {
    "licence": "LICENCE",
    "redistributable": "REDISTRIBUTABLE",
    "snapshot_id": "SNAPSHOT_ID",
}
LENGTHS = {"fiscal_year_in": "P1Y", "five_year_window": "P5Y"}
YEARS, MONTHS, DAYS = frozenset({"calendar_year", "target_year"}), frozenset({"month"}), frozenset({"day"})
QUARTERS = frozenset({"quarter"})


def write_rows(rows: pl.DataFrame) -> bytes:
    """Observations as SDMX-CSV.

    Raises: ExportFormatError for rows that are not observations, or a period SDMX has no way to write.
    """
    needed = {*DIMENSIONS, *ATTRIBUTES, "obs_value", "period_start", "period_end"}
    missing = sorted(needed - set(rows.columns))
    if missing:
        raise ExportFormatError(
            f"SDMX-CSV is for observations; these rows have no {', '.join(missing)}. Take CSV or Parquet."
        )
    _refuse_other_bases(rows)
    attributes = ATTRIBUTES | {
        name: words for name, words in RELEASE_ATTRIBUTES.items() if name in rows.columns
    }
    message = rows.select(
        pl.lit("dataflow").alias("STRUCTURE"),
        pl.lit(STRUCTURE_ID).alias("STRUCTURE_ID"),
        pl.lit(INFORMATION).alias("ACTION"),
        *(pl.col(name).alias(words) for name, words in DIMENSIONS.items()),
        write_period().alias("TIME_PERIOD"),
        pl.col("obs_value").alias("OBS_VALUE"),
        *(pl.col(name).alias(words) for name, words in attributes.items()),
    )
    target = io.BytesIO()
    defuse_rows(message).write_csv(target)
    return target.getvalue()


def write_period() -> pl.Expr:
    """The period as SDMX writes it."""
    basis, start = pl.col("period_basis"), pl.col("period_start")
    first = start.dt.to_string("%Y-%m-%d")
    length = basis.replace_strict(LENGTHS, default=_measure_part())
    return (
        pl.when(basis.is_in(list(YEARS)))
        .then(start.dt.to_string("%Y"))
        .when(basis.is_in(list(MONTHS)))
        .then(start.dt.to_string("%Y-%m"))
        .when(basis.is_in(list(QUARTERS)))
        .then(pl.concat_str(start.dt.to_string("%Y-Q"), start.dt.quarter()))
        .when(basis.is_in(list(DAYS)))
        .then(first)
        .otherwise(pl.concat_str(first, pl.lit("/"), length))
    )


def _measure_part() -> pl.Expr:
    """The length of a part of a year, in whole months where it is of whole months, else in days."""
    start, end = pl.col("period_start"), pl.col("period_end")
    months = (end.dt.year() - start.dt.year()) * 12 + end.dt.month().cast(pl.Int32) - start.dt.month() + 1
    days = (end - start).dt.total_days() + 1
    is_whole = (start.dt.day() == 1) & (end == end.dt.month_end())
    return (
        pl.when(is_whole)
        .then(pl.concat_str(pl.lit("P"), months, pl.lit("M")))
        .otherwise(pl.concat_str(pl.lit("P"), days, pl.lit("D")))
    )


def _refuse_other_bases(rows: pl.DataFrame) -> None:
    written = {*YEARS, *MONTHS, *QUARTERS, *DAYS, *LENGTHS, "part_year"}
    other = sorted(set(rows["period_basis"].unique()) - written)
    if other:
        named = ", ".join(PERIOD_BASES.label(code) for code in other)
        raise ExportFormatError(f"SDMX has no way to write a period of the kind: {named}. Leave it out.")
