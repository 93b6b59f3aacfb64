"""Trade worked out from trade: yearly sums, balances, shares, and both reports of one flow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

import polars as pl

from etl.periods import REGULAR_PARTS, Period, build_calendar_year, build_fiscal_year
from etl.reconcile.derivation import Observation, derive, exact
from etl.reconcile.intervals import (
    WHOLE,
    Interval,
    add_intervals,
    find_interval,
    find_rest,
    find_share,
    subtract_interval,
)
from etl.reconcile.priority import choose_rows
from etl.source_contract import Series

MONTHS_A_YEAR = 12
# India's fiscal year starts in April.
FISCAL_START_MONTH = 4
FLOWS = ("exports", "imports")
PAIR = ("ref_area", "counterpart_area")
SAME_COUNT = (*PAIR, "commodity", "period_basis", "time_period", "source_id", "vintage", "vintage_precision")


def derive_yearly_sums(observations: pl.DataFrame) -> list[Observation]:
    """Calendar and fiscal years of which all twelve months are there."""
    monthly = observations.filter(
        pl.col("indicator").is_in(FLOWS)
        & (pl.col("period_basis") == "month")
        & pl.col("obs_value").is_not_null()
    ).sort("period_start")
    derived: list[Observation] = []
    keys = ["indicator", *PAIR, "commodity", "source_id", "vintage", "vintage_precision"]
    start = pl.col("period_start")
    # Before rows become Python's: most months of a whole publisher's table belong to no whole year.
    fiscal = start.dt.offset_by(f"-{FISCAL_START_MONTH - 1}mo")
    in_whole_year = [pl.len().over([*keys, year.dt.year()]) == MONTHS_A_YEAR for year in (start, fiscal)]
    monthly = monthly.filter(pl.any_horizontal(in_whole_year))
    for group in monthly.partition_by(keys, maintain_order=True):
        rows = group.to_dicts()
        derived += _sum_years(rows, find_year=lambda row: row["period_start"].year, build=build_calendar_year)
        derived += _sum_years(rows, find_year=_find_fiscal_year, build=build_fiscal_year)
    return derived


def derive_totals(observations: pl.DataFrame) -> list[Observation]:
    """Exports plus imports of one source and period, where the source has no total of its own."""
    counted = _select_flows(observations)
    has_total = (pl.col("indicator") == "bilateral_trade").any().over(SAME_COUNT)
    both = pl.col("indicator").n_unique().over(SAME_COUNT) == len(FLOWS)
    return [
        _combine(parts, rule="exports_plus_imports", indicator="bilateral_trade")
        for parts in _group_flows(counted.filter(~has_total & both))
    ]


def derive_balances(observations: pl.DataFrame) -> list[Observation]:
    """Exports less imports, and exports over both, where one source has both for one period."""
    counted = _select_flows(observations)
    has_exports = (pl.col("indicator") == "exports").any().over(SAME_COUNT)
    several = pl.col("indicator").n_unique().over(SAME_COUNT) > 1
    derived = []
    for parts in _group_flows(counted.filter(has_exports & several)):
        if set(FLOWS) <= set(parts):
            derived.append(_combine(parts, rule="exports_less_imports", indicator="trade_balance"))
        if {"exports", "bilateral_trade"} <= set(parts) and parts["bilateral_trade"]["obs_value"]:
            derived.append(derive_export_share(parts))
    return derived


def _select_flows(observations: pl.DataFrame) -> pl.DataFrame:
    """Exports, imports and totals of whole years and other periods that no parts of are summed."""
    return observations.filter(
        pl.col("obs_value").is_not_null()
        & pl.col("indicator").is_in([*FLOWS, "bilateral_trade"])
        & ~pl.col("period_basis").is_in(list(REGULAR_PARTS))
    )


def _group_flows(counted: pl.DataFrame) -> Iterable[dict[str, Observation]]:
    by_key: dict[tuple[object, ...], dict[str, Observation]] = {}
    for row in counted.to_dicts():
        by_key.setdefault(tuple(row[name] for name in SAME_COUNT), {})[row["indicator"]] = row
    return by_key.values()


def choose_years(observations: pl.DataFrame) -> pl.DataFrame:
    """Two-way trade by fiscal year, of pairs without such years by calendar year."""
    fiscal, calendar = (
        choose_rows(observations, indicator="bilateral_trade", period_basis=basis)
        for basis in ("fiscal_year_in", "calendar_year")
    )
    # India's own count is by fiscal year; two kinds of year of one pair would be taken for growth.
    return pl.concat([fiscal, calendar.join(fiscal, on=PAIR, how="anti", maintain_order="left")])


def derive_mirror_gaps(observations: pl.DataFrame) -> list[Observation]:
    """Imports by the buyer's count (CIF) less exports by the seller's (FOB), by commodity and year."""
    imports, exports = (
        choose_rows(observations, indicator=flow, period_basis="calendar_year")
        for flow in ("imports", "exports")
    )
    names = ("ref_area", "counterpart_area", "commodity", "time_period")
    swapped = ("counterpart_area", "ref_area", "commodity", "time_period")
    mirrored = [
        one.join(other, left_on=names, right_on=swapped, how="semi", maintain_order="left")
        for one, other in ((imports, exports), (exports, imports))
    ]
    by_flow = {tuple(row[name] for name in names): row for row in mirrored[1].to_dicts()}
    derived = []
    for bought in mirrored[0].to_dicts():
        buyer, seller, commodity, year = (bought[name] for name in names)
        # The same flow from the other side: areas change places, the goods and the year stay.
        sold = by_flow.get((seller, buyer, commodity, year))
        if sold is not None:
            series = build_series(bought, "mirror_gap", unit="USD", valuation="none")
            interval = subtract_interval(find_interval(bought), find_interval(sold))
            derived.append(
                derive(
                    "imports_less_mirror_exports",
                    [bought, sold],
                    series=series,
                    period=read_period(bought),
                    value=exact(bought) - exact(sold),
                    low=interval.low,
                    high=interval.high,
                    note="CIF less FOB: freight and insurance are part of the gap.",
                )
            )
    return derived


def _sum_years(
    rows: list[Observation], *, find_year: Callable[[Observation], int], build: Callable[[int], Period]
) -> list[Observation]:
    by_year: dict[int, list[Observation]] = {}
    for row in rows:
        by_year.setdefault(find_year(row), []).append(row)
    derived = []
    for year, months in by_year.items():
        # Eleven months are no year, and no month is made up.
        if len(months) == MONTHS_A_YEAR:
            first = months[0]
            series = build_series(first, first["indicator"], unit="USD", valuation=first["valuation"])
            interval = add_intervals(find_interval(month) for month in months)
            derived.append(
                derive(
                    "sum_of_months",
                    months,
                    series=series,
                    period=build(year),
                    value=sum((exact(month) for month in months), Decimal(0)),
                    low=interval.low,
                    high=interval.high,
                )
            )
    return derived


def build_series(operand: Observation, indicator: str, *, unit: str, valuation: str) -> Series:
    """Another series of an operand's areas and commodity."""
    names = ("ref_area", "counterpart_area", "commodity")
    here, there, commodity = (operand[name] for name in names)
    return Series(indicator, here, there, unit, valuation, commodity)


def _find_fiscal_year(row: Observation) -> int:
    start = row["period_start"]
    return int(start.year if start.month >= FISCAL_START_MONTH else start.year - 1)


def _combine(parts: dict[str, Observation], *, rule: str, indicator: str) -> Observation:
    exports, imports = parts["exports"], parts["imports"]
    series = build_series(exports, indicator, unit="USD", valuation="FOB_CIF_SUM")
    one, other = find_interval(exports), find_interval(imports)
    if rule == "exports_plus_imports":
        value, interval = exact(exports) + exact(imports), add_intervals([one, other])
    else:
        value, interval = exact(exports) - exact(imports), subtract_interval(one, other)
    return derive(
        rule,
        [exports, imports],
        series=series,
        period=read_period(exports),
        value=value,
        low=interval.low,
        high=interval.high,
    )


def derive_export_share(parts: dict[str, Observation]) -> Observation:
    exports, trade = parts["exports"], parts["bilateral_trade"]
    unit = "PERCENT_OF_TWO_WAY_TRADE"
    series = build_series(exports, "export_share", unit=unit, valuation="none")
    interval = find_share(find_interval(exports), _find_other_flow(parts))
    return derive(
        "exports_over_trade",
        [exports, trade],
        series=series,
        period=read_period(exports),
        # A printed total may be rounded below its larger part.
        value=min(WHOLE, exact(exports) / exact(trade) * WHOLE),
        low=interval.low,
        high=interval.high,
    )


def _find_other_flow(parts: dict[str, Observation]) -> Interval:
    """What stands beside the exports: the imports of a sum of both, the rest of a total that is printed."""
    trade = parts["bilateral_trade"]
    if trade["derivation"] is not None:
        return find_interval(parts["imports"])
    return find_rest(find_interval(trade), find_interval(parts["exports"]))


def read_period(row: Observation) -> Period:
    """The period of an observation."""
    return Period(row["period_start"], row["period_end"], row["period_basis"], row["time_period"])
