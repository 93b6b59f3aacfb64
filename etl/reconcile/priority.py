"""Which of several values for one series and period a derived series is worked out from."""

from __future__ import annotations

import polars as pl

from etl.reconcile.known_days import IS_DATED


def choose_rows(observations: pl.DataFrame, *, indicator: str, period_basis: str) -> pl.DataFrame:
    """One row per series and period: a published value before a derived one, then the newest vintage.

    An edition whose day is assumed comes after all that are dated: it fills gaps. Rows without a value are
    never chosen; equal candidates are told apart by their id.
    """
    series = ["ref_area", "counterpart_area", "commodity", "period_start", "period_end"]
    return (
        observations.filter(
            (pl.col("indicator") == indicator)
            & (pl.col("period_basis") == period_basis)
            & pl.col("obs_value").is_not_null()
        )
        .with_columns(published=pl.col("derivation").is_null())
        # A publisher's total may hold what its parts do not (goods not classed), so it goes before our sum,
        # even an older one.
        .sort(IS_DATED, "published", "vintage", "obs_id", descending=[True, True, True, False])
        .unique(series, keep="first", maintain_order=True)
        .drop("published")
        .sort(*series)
    )
