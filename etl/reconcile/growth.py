"""Growth of two-way trade: on the year before, and what each announced target still needs.

Both are worked out for every day on which a whole year or a target became known, from what was known then:
a day in the past finds the values that belong to it, whatever was published since.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import polars as pl

from etl.periods import count_years_between
from etl.reconcile.derivation import Observation, derive, exact
from etl.reconcile.intervals import find_growth, find_interval, find_yearly_growth, grow, grow_yearly
from etl.reconcile.trade import PAIR, choose_years, read_period
from etl.source_contract import Series

YEARS = ("calendar_year", "fiscal_year_in")
SERIES = [*PAIR, "commodity"]


def derive_growth(observations: pl.DataFrame) -> list[Observation]:
    """Growth on the year before, and the growth each announced target needs from the newest year.

    Rows: one per pair of years, and one per newest year and target above it, in each of their vintages.
    """
    years = observations.filter(
        (pl.col("indicator") == "bilateral_trade")
        & pl.col("period_basis").is_in(YEARS)
        & pl.col("obs_value").is_not_null()
    )
    targets = observations.filter(pl.col("indicator") == "trade_target").sort("obs_id").to_dicts()
    # A target on its own day is compared with every pair's newest year, whether or not that was published
    # then.
    announced = {target["vintage"] for target in targets}
    derived: list[Observation] = []
    for day in sorted({*years["vintage"], *announced}):
        known = years.filter(pl.col("vintage") <= day)
        if day not in announced:
            # Whoever published nothing on this day has nothing new to be worked out.
            known = known.join(known.filter(pl.col("vintage") == day), on=SERIES, how="semi")
        for series in choose_years(known).partition_by(*SERIES, maintain_order=True):
            rows = series.sort("period_start").to_dicts()
            derived += _derive_changes(rows, day)
            derived += _derive_needs(rows[-1], targets, day=day)
    return derived


def _derive_changes(years: list[Observation], day: date) -> list[Observation]:
    return [
        _derive_yearly_growth(before, after)
        for before, after in pairwise(years)
        if day == max(before["vintage"], after["vintage"])
        and after["period_start"].year == before["period_start"].year + 1
        and before["obs_value"]
    ]


def _derive_needs(newest: Observation, targets: list[Observation], *, day: date) -> list[Observation]:
    return [
        _derive_needed_growth(newest, target)
        for target in targets
        if day == max(newest["vintage"], target["vintage"])
        and _is_same_series(target, newest)
        and _is_ahead(target, newest)
    ]


def _is_same_series(target: Observation, years: Observation) -> bool:
    """Whether a target speaks of the same two areas, whichever comes first, and of the same goods."""
    one, other = ({*(row[name] for name in PAIR), row["commodity"]} for row in (target, years))
    return one == other


def _is_ahead(target: Observation, base: Observation) -> bool:
    """Whether a target is still to be reached: it lies above the newest year, and after it."""
    # From nothing no rate leads anywhere, and a target that is passed needs none.
    is_below = 0 < base["obs_value"] < target["obs_value"]
    return is_below and bool(base["period_end"] < target["period_end"])


def _derive_yearly_growth(before: Observation, after: Observation) -> Observation:
    interval = find_growth(find_interval(after), find_interval(before))
    return derive(
        "growth_on_year_before",
        [after, before],
        series=_build_series(after, "trade_growth"),
        period=read_period(after),
        value=grow(exact(after), exact(before)),
        low=interval.low,
        high=interval.high,
    )


def _derive_needed_growth(base: Observation, target: Observation) -> Observation:
    count = count_years_between(read_period(base), read_period(target))
    length = Decimal(count)
    interval = find_yearly_growth(find_interval(target), find_interval(base), years=length)
    start = "fiscal year" if base["period_basis"] == "fiscal_year_in" else "year"
    return derive(
        "growth_to_target",
        [base, target],
        series=_build_series(target, "trade_growth_needed"),
        period=read_period(target),
        value=grow_yearly(exact(target), exact(base), years=length),
        low=interval.low,
        high=interval.high,
        note=f"{count:g} years, from the middle of the {start} to the middle of {target['time_period']}.",
    )


def _build_series(row: Observation, indicator: str) -> Series:
    return Series(indicator, row["ref_area"], row["counterpart_area"], "PERCENT", "none", row["commodity"])
