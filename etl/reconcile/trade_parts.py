"""Exports, imports and totals that nobody printed, worked out from a stated balance beside what was printed.

total 68.7, balance -58.9                ->  exports (68.7 - 58.9) / 2 = 4.9, imports (68.7 + 58.9) / 2 = 63.8
imports 46.2, balance -43                ->  exports 46.2 - 43 = 3.2, total 2 x 46.2 - 43 = 49.4
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import polars as pl

from etl.reconcile.derivation import Observation, derive, exact
from etl.reconcile.intervals import Interval, add_intervals, find_interval, limit_interval, subtract_interval
from etl.reconcile.known_days import IS_DATED
from etl.reconcile.trade import FLOWS, build_series, derive_export_share, read_period

NAMES = (*FLOWS, "bilateral_trade", "trade_balance")
PERIOD = ("ref_area", "counterpart_area", "commodity", "period_basis", "time_period")
VALUATIONS = {"exports": "FOB", "imports": "CIF", "bilateral_trade": "FOB_CIF_SUM"}
NOTHING, TWO = Decimal(0), Decimal(2)


def derive_trade_parts(observations: pl.DataFrame) -> list[Observation]:
    """The flows and totals of years of which a balance was stated and one of them, by whomever, is missing.

    Rows: one per flow or total that no source had a value of on the day it could be worked out, printed or
    worked out from its months, and the exports' share where they were worked out.
    """
    known = observations.filter(
        pl.col("indicator").is_in(NAMES)
        & pl.col("obs_value").is_not_null()
        & (pl.col("period_basis") != "month")
    ).sort(IS_DATED, pl.col("derivation").is_null(), "vintage", "obs_id")
    years: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for row in known.to_dicts():
        years[tuple(row[name] for name in PERIOD)].append(row)
    return [row for rows in years.values() for row in _complete_year(_list_known(rows))]


def _list_known(rows: list[Observation]) -> dict[str, Observation]:
    """The newest print of each by the day on which a stated balance first stood beside another figure.

    What was printed after that day leaves what was worked out on it: a view of that day shows it.
    """
    balances = [row for row in rows if row["indicator"] == "trade_balance" and row["derivation"] is None]
    others = [row["known_from"] for row in rows if row["indicator"] in {"imports", "bilateral_trade"}]
    if not balances or not others:
        return {}
    day = max(balances[-1]["known_from"], min(others))
    # The last is the newest of those that were printed.
    return {row["indicator"]: row for row in rows if row["known_from"] <= day}


def _complete_year(parts: dict[str, Observation]) -> list[Observation]:
    balance = parts.get("trade_balance")
    if balance is None:
        return []
    total = parts.get("bilateral_trade")
    if total is not None and not parts.keys() & set(FLOWS):
        derived = _halve(total, balance)
    elif total is None and "imports" in parts and "exports" not in parts:
        derived = _add_balance(parts["imports"], balance)
    else:
        return []
    whole = parts | {row["indicator"]: row for row in derived}
    return [*derived, derive_export_share(whole)]


def _halve(total: Observation, balance: Observation) -> list[Observation]:
    """Both flows from their sum and their difference."""
    whole, gap = find_interval(total), find_interval(balance)
    summed, parted = add_intervals([whole, gap]), subtract_interval(whole, gap)
    operands = [balance, total]
    return [
        _build("half_of_total_and_balance", operands, "exports", exact(total) + exact(balance), summed, TWO),
        _build("half_of_total_less_balance", operands, "imports", exact(total) - exact(balance), parted, TWO),
    ]


def _add_balance(imports: Observation, balance: Observation) -> list[Observation]:
    """Exports and the total from the imports and the balance."""
    bought, gap = find_interval(imports), find_interval(balance)
    operands = [balance, imports]
    sold = exact(imports) + exact(balance)
    return [
        _build("imports_and_balance", operands, "exports", sold, add_intervals([bought, gap])),
        _build(
            "twice_imports_and_balance",
            operands,
            "bilateral_trade",
            sold + exact(imports),
            add_intervals([bought, bought, gap]),
        ),
    ]


def _build(
    rule: str,
    operands: list[Observation],
    indicator: str,
    value: Decimal,
    interval: Interval,
    divisor: Decimal = Decimal(1),
) -> Observation:
    ends = (None if end is None else end / divisor for end in (interval.low, interval.high))
    limited = limit_interval(Interval(*ends), floor=NOTHING)
    return derive(
        rule,
        operands,
        series=build_series(operands[0], indicator, unit="USD", valuation=VALUATIONS[indicator]),
        period=read_period(operands[0]),
        value=value / divisor,
        low=limited.low,
        high=limited.high,
    )
