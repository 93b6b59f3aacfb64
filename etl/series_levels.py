"""Values a thousand times their neighbours in one series: units or decimal signs that one cell has wrong."""

from __future__ import annotations

import polars as pl

SERIES = (
    "indicator",
    "ref_area",
    "counterpart_area",
    "commodity",
    "unit_measure",
    "valuation",
    "price_basis",
    "period_basis",
)
# Two periods on each side; with fewer than three of them nothing can be called usual.
NEIGHBOURS, FEWEST = (-2, -1, 1, 2), 3
# Neighbours within this factor of each other are a level; a value this far from it is off by three digits. In
# 240,000 values of publishers' files no yearly one is, from a million dollars on.
LEVEL_WITHIN = 4.0
NEAREST, FARTHEST = 250.0, 4000.0
# Only amounts and shares that stay near a level are held against it. Of an amount below a million dollars one
# ship or one aircraft makes a thousandfold year; a register's volumes jump so by their nature.
SMALLEST_LEVEL = {
    "USD": 1e6,
    "USD_CONSTANT": 1e6,
    "LOCAL_CURRENCY": 1e6,
    "USD_PER_CAPITA": 1.0,
    "PERCENT_OF_GDP": 0.1,
    "PERCENT_OF_GOVERNMENT_SPENDING": 0.1,
}
MARKED_BASES = ("month",)


def find_thousandfold(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows whose value is some thousand times, or a thousandth of, the level of the periods around it.

    Columns: those given, `level`, and `is_marked` where the basis is a month: the trade of a month does jump
    so, a few times in 60,000 values, so that it is doubted and not set aside.
    """
    value = pl.col("obs_value").abs()
    known = frame.filter((value > 0) & pl.col("unit_measure").is_in(list(SMALLEST_LEVEL)))
    known = known.sort(*SERIES, "period_start")
    around = [pl.col("obs_value").abs().shift(step).over(SERIES).alias(f"at {step}") for step in NEIGHBOURS]
    beside = known.with_columns(around)
    names = [f"at {step}" for step in NEIGHBOURS]
    lowest, highest = pl.min_horizontal(names), pl.max_horizontal(names)
    level = pl.concat_list(names).list.median()
    ratio = pl.max_horizontal(value / level, level / value)
    floor = pl.col("unit_measure").replace_strict(SMALLEST_LEVEL, return_dtype=pl.Float64)
    is_odd = (
        (pl.sum_horizontal(pl.col(name).is_not_null() for name in names) >= FEWEST)
        & (highest <= LEVEL_WITHIN * lowest)
        & ratio.is_between(NEAREST, FARTHEST)
        & (level >= floor)
    )
    found = beside.filter(is_odd).with_columns(
        level=level, is_marked=pl.col("period_basis").is_in(MARKED_BASES)
    )
    return found.drop(names)
