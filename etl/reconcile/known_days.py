"""Since when the public could know each figure, and why that day.

`printed`: the file says when its edition came out. Else `witness`: the earliest outlet known to print this
very value. Else `calendar`: by its publisher's declared rhythm a figure of the period was out; that it was
this value nobody says, so that it is shown as printed later, and of several editions only the earliest held
stands for that figure. Else `assumed`: nothing says it, and such an edition is never the newest.

    FY 2013-14, an undated copy, rhythm of two months  ->  known from 31 May 2014, calendar
    the same value printed by an outlet on 12 May 2014  ->  known from 12 May 2014, witness
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from etl.provenance import ASSUMED
from etl.reconcile.release_rhythms import DeclaredRhythm
from etl.reconcile.witnesses import SAME_FIGURE, collect_witnesses

PRINTED, WITNESS, CALENDAR = "printed", "witness", "calendar"
# Surest first: what is worked out is known as surely as the least sure of its operands.
BASES_BY_DOUBT = (PRINTED, WITNESS, CALENDAR, ASSUMED)
# Editions in their order, the newest last: of which the day is assumed before every dated one.
IS_DATED = pl.col("vintage_precision") != ASSUMED
EDITION_ORDER = (IS_DATED, pl.col("vintage"))
SAME_PERIOD = SAME_FIGURE[:-1]


def date_observations(
    observations: pl.DataFrame, *, witnesses: pl.DataFrame, rhythms: Sequence[DeclaredRhythm]
) -> pl.DataFrame:
    """The observations with the day from which each was known: by its edition, a witness or a rhythm."""
    seen = collect_witnesses(observations, witnesses)
    table = observations.with_row_index("place").join(
        seen, on=list(SAME_FIGURE), how="left", maintain_order="left"
    )
    months = _find_months(table, rhythms)
    table = table.join(months, on="place", how="left", maintain_order="left")
    basis = pl.col("known_basis")
    own_day = pl.when(basis == WITNESS).then("known_from")
    is_reported = pl.col("witnessed_on").is_not_null() & (basis != PRINTED)
    is_earlier = is_reported & (pl.col("witnessed_on") < own_day).fill_null(True)
    is_by_rhythm = ~is_reported & basis.is_in([CALENDAR, ASSUMED]) & pl.col("released_by").is_not_null()
    return table.with_columns(
        known_from=pl.when(is_earlier)
        .then("witnessed_on")
        .when(is_by_rhythm)
        .then("released_by")
        .otherwise("known_from"),
        known_basis=pl.when(is_reported)
        .then(pl.lit(WITNESS))
        .when(is_by_rhythm)
        .then(pl.lit(CALENDAR))
        .otherwise(basis),
        known_by=pl.when(is_earlier).then("witness").otherwise("known_by"),
    ).select(observations.columns)


def rank_edition(row: Mapping[str, Any]) -> tuple[bool, date]:
    """Where a row's edition stands among others: the newest last, assumed days before every dated one."""
    return row["vintage_precision"] != ASSUMED, row["vintage"]


def find_doubt(row: Mapping[str, Any], day: date) -> str | None:
    """Why a value that an as-of view of a day shows may not be the one that was known then.

    `assumed` where nothing says when its edition came out; `calendar` where by the rhythm a figure was out
    and this value was printed later; None where the value itself was known.
    """
    if row["vintage_precision"] == ASSUMED and row["known_basis"] != WITNESS:
        return ASSUMED
    return CALENDAR if row["known_basis"] == CALENDAR and day < row["vintage"] else None


def combine_days(operands: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Since when a value that is worked out from operands could be known, and by the least sure of them why.

    Columns: known_from, known_basis, known_by, vintage, vintage_precision.
    """
    last = max(operands, key=lambda row: row["known_from"])
    newest = max(operands, key=lambda row: row["vintage"])
    # An operand that was printed by the day on which the last one came leaves no doubt of its own.
    doubted = [row for row in operands if find_doubt(row, last["known_from"]) is not None]
    deciding = max(doubted or [last], key=lambda row: BASES_BY_DOUBT.index(row["known_basis"]))
    is_assumed = any(row["vintage_precision"] == ASSUMED for row in operands)
    return {
        "known_from": last["known_from"],
        "known_basis": deciding["known_basis"],
        "known_by": deciding["known_by"],
        "vintage": newest["vintage"],
        "vintage_precision": ASSUMED if is_assumed else newest["vintage_precision"],
    }


def _find_months(table: pl.DataFrame, rhythms: Sequence[DeclaredRhythm]) -> pl.DataFrame:
    """By when a figure was out, for the earliest edition held of each period that no edition dates.

    Columns: place, released_by.
    """
    asked = table.filter(pl.col("obs_value").is_not_null()).select(
        "place", *SAME_PERIOD, "source_id", "period_end", "known_basis", "vintage", "vintage_precision"
    )
    undated = asked.filter(pl.col("known_basis").is_in([CALENDAR, ASSUMED]))
    held = asked.join(undated.select(SAME_PERIOD).unique(), on=list(SAME_PERIOD), how="semi")
    # A dated edition that is held goes before an undated one: it says what was printed by when.
    earliest = held.sort(~IS_DATED, "vintage", "place").unique(SAME_PERIOD, keep="first", maintain_order=True)
    declared = pl.DataFrame(
        [(entry.publisher, entry.source_id, entry.period_basis, entry.months) for entry in rhythms],
        schema={
            "publisher": pl.String,
            "product_id": pl.String,
            "period_basis": pl.String,
            "months": pl.Int64,
        },
        orient="row",
    )
    fitting = (
        undated.join(earliest.select("place"), on="place", how="semi")
        .join(declared, on=["publisher", "period_basis"], how="inner")
        .filter(pl.col("product_id").is_null() | (pl.col("product_id") == pl.col("source_id")))
        # A rhythm of the product itself goes before one of all its publisher's.
        .sort("place", pl.col("product_id").is_null())
        .unique("place", keep="first", maintain_order=True)
    )
    last_month = pl.concat_str(pl.col("months"), pl.lit("mo"))
    return fitting.select(
        "place", pl.col("period_end").dt.offset_by(last_month).dt.month_end().alias("released_by")
    )
