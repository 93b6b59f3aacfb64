"""Witnesses: outlets that printed a publisher's value on a day, and by which the public could know it."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from etl.errors import InputError, Place
from etl.periods import PeriodError, read_day
from etl.provenance import RawFile
from etl.reading import InputRow, RowProblemError, read_csv_text
from etl.vocabulary import INDICATORS, PERIOD_BASES, UNITS
from etl.vocabulary.code_list import CodeList

FOLDER = "witnesses"
# What makes two values the same figure of the same publisher.
SAME_FIGURE = (
    "indicator",
    "ref_area",
    "counterpart_area",
    "commodity",
    "period_basis",
    "time_period",
    "unit_measure",
    "publisher",
    "obs_value",
)
SCHEMA = {
    **dict.fromkeys(SAME_FIGURE, pl.String),
    "obs_value": pl.Float64,
    "witnessed_on": pl.Date,
    "witness": pl.String,
}
COLUMNS = (*SAME_FIGURE[:-1], "value", "reported_by", "reported_on", "url", "origin", "note")
CODED: dict[str, CodeList] = {
    "indicator": INDICATORS,
    "period_basis": PERIOD_BASES,
    "unit_measure": UNITS,
}


def load_witnesses(datasets: Path) -> pl.DataFrame:
    """Every print that the datasets know of beside those of their figures' own rows.

    Columns: what is measured, `obs_value` in the base unit, the day and the outlet.
    Raises: InputError where a row cannot be one.
    """
    rows = [
        _read_row(row, path.relative_to(datasets).as_posix())
        for path in sorted((datasets / FOLDER).glob("*.csv"))
        for row in _open_rows(path, datasets)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def collect_witnesses(observations: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The earliest outlet known to print each value: of the known prints, and of the observations' own."""
    reported = observations.filter(
        pl.col("as_reported_by").is_not_null()
        & pl.col("reported_on").is_not_null()
        & pl.col("obs_value").is_not_null()
    )
    # A month stands for its last day: by then the value was printed.
    days = pl.Series([read_day(text)[0] for text in reported["reported_on"]], dtype=pl.Date)
    own = reported.select(
        *SAME_FIGURE,
        days.alias("witnessed_on"),
        pl.col("as_reported_by").alias("witness"),
    )
    seen = pl.concat([known, own]).sort("witnessed_on", "witness")
    return seen.unique(SAME_FIGURE, keep="first", maintain_order=True)


def _open_rows(path: Path, datasets: Path) -> tuple[InputRow, ...]:
    name = path.relative_to(datasets).as_posix()
    text = read_csv_text(RawFile(name, path.read_bytes()))
    if text.header != COLUMNS:
        raise InputError(
            name, problem="not the columns of a list of witnesses", remedy=f"Give it: {', '.join(COLUMNS)}."
        )
    if text.rejected:
        first = text.rejected[0]
        raise InputError(Place(name, first.line), problem=first.problem, remedy=first.remedy)
    return text.rows


def _read_row(row: InputRow, file: str) -> tuple[object, ...]:
    try:
        for column, codes in CODED.items():
            if row.require(column) not in codes.codes:
                raise row.refuse(
                    column,
                    reason="unknown_code",
                    problem=f"not a code of {codes.name}",
                    remedy="See docs/reference/data-dictionary.md.",
                )
        day, _ = row.convert("reported_on", read_day, errors=(PeriodError,), reason="not_a_date")
        names = [row.require(column) for column in SAME_FIGURE[:-1]]
        return (*names, float(row.read_number("value")), day, row.require("reported_by"))
    except RowProblemError as error:
        place = Place(file, row.line, error.column)
        raise InputError(place, problem=str(error), value=error.value, remedy=error.remedy) from error
