"""Trade worked out from trade: yearly sums, balances, shares, growth, and both reports of one flow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import pairwise

import polars as pl

from etl.periods import Period, build_calendar_year, build_fiscal_year, count_years_between
from etl.reconcile.derivation import Observation, derive, exact
from etl.reconcile.intervals import (
    WHOLE,
    Interval,
    add_intervals,
    find_growth,
    find_interval,
    find_rest,
    find_share,
    find_yearly_growth,
    grow,
    grow_yearly,
    subtract_interval,
)
from etl.reconcile.priority import choose_rows
from etl.source_contract import Series

MONTHS_A_YEAR = 12
FLOWS = ("exports", "imports")
PAIR = ("ref_area", "counterpart_area")


def derive_yearly_sums(observations: pl.DataFrame) -> list[Observation]:
    """Calendar and fiscal years of which all twelve months are there."""
    monthly = observations.filter(
        pl.col("indicator").is_in(FLOWS)
        & (pl.col("period_basis") == "month")
        & pl.col("obs_value").is_not_null()
    ).sort("period_start")
    derived: list[Observation] = []
    keys = ["indicator", "ref_area", "counterpart_area", "commodity", "source_id", "vintage"]
    for group in monthly.partition_by(keys, maintain_order=True):
        rows = group.to_dicts()
        derived += _sum_years(rows, find_year=lambda row: row["period_start"].year, build=build_calendar_year)
        derived += _sum_years(rows, find_year=_find_fiscal_year, build=build_fiscal_year)
    return derived


def derive_totals(rows: Iterable[Observation]) -> list[Observation]:
    """Exports plus imports of one source and period, where the source has no total of its own."""
    by_key: dict[tuple[object, ...], dict[str, Observation]] = {}
    for row in rows:
        if row["obs_value"] is not None and row["indicator"] in {*FLOWS, "bilateral_trade"}:
            by_key.setdefault(_make_key(row), {})[row["indicator"]] = row
    return [
        _combine(parts, rule="exports_plus_imports", indicator="bilateral_trade")
        for parts in by_key.values()
        if set(parts) == set(FLOWS) and parts["exports"]["period_basis"] != "month"
    ]


def derive_balances(rows: Iterable[Observation]) -> list[Observation]:
    """Exports less imports, and exports over both, where one source has both for one period."""
    by_key: dict[tuple[object, ...], dict[str, Observation]] = {}
    for row in rows:
        if (
            row["obs_value"] is not None
            and row["indicator"] in {*FLOWS, "bilateral_trade"}
            and row["period_basis"] != "month"
        ):
            by_key.setdefault(_make_key(row), {})[row["indicator"]] = row
    derived = []
    for parts in by_key.values():
        if set(FLOWS) <= set(parts):
            derived.append(_combine(parts, rule="exports_less_imports", indicator="trade_balance"))
        if {"exports", "bilateral_trade"} <= set(parts) and parts["bilateral_trade"]["obs_value"]:
            derived.append(_derive_export_share(parts))
    return derived


def derive_growth(observations: pl.DataFrame) -> list[Observation]:
    """Growth of two-way trade on the year before, and the growth each announced target needs."""
    whole_years = choose_years(observations)
    targets = observations.filter(pl.col("indicator") == "trade_target").sort("obs_id").to_dicts()
    derived: list[Observation] = []
    for years in whole_years.partition_by("ref_area", "counterpart_area", maintain_order=True):
        rows = years.sort("period_start").to_dicts()
        derived += [
            _derive_yearly_growth(before, after)
            for before, after in pairwise(rows)
            if after["period_start"].year == before["period_start"].year + 1 and before["obs_value"]
        ]
        pair = {rows[0]["ref_area"], rows[0]["counterpart_area"]}
        for target in (row for row in targets if {row["ref_area"], row["counterpart_area"]} == pair):
            derived += _derive_needed_growth(rows, target)
    return derived


def choose_years(observations: pl.DataFrame) -> pl.DataFrame:
    """Two-way trade by fiscal year, of pairs without such years by calendar year."""
    fiscal, calendar = (
        choose_rows(observations, indicator="bilateral_trade", period_basis=basis)
        for basis in ("fiscal_year_in", "calendar_year")
    )
    return pl.concat([fiscal, calendar.join(fiscal, on=PAIR, how="anti", maintain_order="left")])


def derive_mirror_gaps(observations: pl.DataFrame) -> list[Observation]:
    """Imports by the buyer's count (CIF) less exports by the seller's (FOB), by calendar year."""
    imports = choose_rows(observations, indicator="imports", period_basis="calendar_year").to_dicts()
    exports = choose_rows(observations, indicator="exports", period_basis="calendar_year").to_dicts()
    by_flow = {(row["ref_area"], row["counterpart_area"], row["time_period"]): row for row in exports}
    derived = []
    for bought in imports:
        sold = by_flow.get((bought["counterpart_area"], bought["ref_area"], bought["time_period"]))
        if sold is not None:
            series = Series("mirror_gap", bought["ref_area"], bought["counterpart_area"], "USD", "none")
            interval = subtract_interval(find_interval(bought), find_interval(sold))
            derived.append(
                derive(
                    "imports_less_mirror_exports",
                    [bought, sold],
                    series=series,
                    period=_read_period(bought),
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
        if len(months) == MONTHS_A_YEAR:
            first = months[0]
            series = Series(
                first["indicator"], first["ref_area"], first["counterpart_area"], "USD", first["valuation"]
            )
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


def _find_fiscal_year(row: Observation) -> int:
    start = row["period_start"]
    return int(start.year if start.month >= 4 else start.year - 1)


def _make_key(row: Observation) -> tuple[object, ...]:
    names = (
        "ref_area",
        "counterpart_area",
        "commodity",
        "period_basis",
        "time_period",
        "source_id",
        "vintage",
    )
    return tuple(row[name] for name in names)


def _combine(parts: dict[str, Observation], *, rule: str, indicator: str) -> Observation:
    exports, imports = parts["exports"], parts["imports"]
    series = Series(indicator, exports["ref_area"], exports["counterpart_area"], "USD", "FOB_CIF_SUM")
    one, other = find_interval(exports), find_interval(imports)
    if rule == "exports_plus_imports":
        value, interval = exact(exports) + exact(imports), add_intervals([one, other])
    else:
        value, interval = exact(exports) - exact(imports), subtract_interval(one, other)
    return derive(
        rule,
        [exports, imports],
        series=series,
        period=_read_period(exports),
        value=value,
        low=interval.low,
        high=interval.high,
    )


def _derive_export_share(parts: dict[str, Observation]) -> Observation:
    exports, trade = parts["exports"], parts["bilateral_trade"]
    unit = "PERCENT_OF_TWO_WAY_TRADE"
    series = Series("export_share", exports["ref_area"], exports["counterpart_area"], unit, "none")
    interval = find_share(find_interval(exports), _find_other_flow(parts))
    return derive(
        "exports_over_trade",
        [exports, trade],
        series=series,
        period=_read_period(exports),
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


def _derive_yearly_growth(before: Observation, after: Observation) -> Observation:
    series = Series("trade_growth", after["ref_area"], after["counterpart_area"], "PERCENT", "none")
    interval = find_growth(find_interval(after), find_interval(before))
    return derive(
        "growth_on_year_before",
        [after, before],
        series=series,
        period=_read_period(after),
        value=grow(exact(after), exact(before)),
        low=interval.low,
        high=interval.high,
    )


def _derive_needed_growth(years: list[Observation], target: Observation) -> list[Observation]:
    """One value per vintage: from the newest year known then, as long as it is below the target."""
    by_vintage: dict[object, Observation] = {}
    for base in years:
        known_on = max(base["vintage"], target["vintage"])
        by_vintage[known_on] = base
    derived = []
    for base in by_vintage.values():
        if 0 < base["obs_value"] < target["obs_value"] and base["period_end"] < target["period_end"]:
            count = count_years_between(_read_period(base), _read_period(target))
            length = Decimal(count)
            interval = find_yearly_growth(find_interval(target), find_interval(base), years=length)
            series = Series(
                "trade_growth_needed", target["ref_area"], target["counterpart_area"], "PERCENT", "none"
            )
            year = target["time_period"]
            start = "fiscal year" if base["period_basis"] == "fiscal_year_in" else "year"
            note = f"{count:g} years, from the middle of the {start} to the middle of {year}."
            derived.append(
                derive(
                    "growth_to_target",
                    [base, target],
                    series=series,
                    period=_read_period(target),
                    value=grow_yearly(exact(target), exact(base), years=length),
                    low=interval.low,
                    high=interval.high,
                    note=note,
                )
            )
    return derived


def _read_period(row: Observation) -> Period:
    return Period(row["period_start"], row["period_end"], row["period_basis"], row["time_period"])
