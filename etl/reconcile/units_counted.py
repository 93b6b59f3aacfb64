"""Weapons ordered, delivered and pending by order year, counted from the deals of a register.

Of an order whose number the register marks as uncertain, at least what was certainly delivered has been
ordered, and no fewer than none are pending; how many more it may be nobody says, so that the upper end is not
known. Where the number delivered is uncertain, nothing certain holds it at either end. Where the year of an
order is uncertain, so is which year's count it belongs to, and neither end of any count is known. An order
without a number cannot be counted: the note of its weapon's count says how many there are of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from etl.provenance import build_obs_id
from etl.reconcile.derivation import Observation, write_derivation
from etl.reconcile.intervals import NOTHING, UNKNOWN, Interval, add_intervals, hold_exactly
from etl.schemas import TABLES

KEYS = ("importer", "supplier", "designation", "order_year", "vintage", "vintage_precision", "source_id")


@dataclass(frozen=True)
class UnitCount:
    """How many weapons, and between what that number must lie."""

    value: int
    interval: Interval


def derive_units(deals: pl.DataFrame, *, publishers: dict[str, str]) -> list[Observation]:
    """Three observations per weapon and order year; a deal without a number gives none."""
    is_counted = pl.col("number_ordered").is_not_null() & pl.col("number_delivered").is_not_null()
    derived: list[Observation] = []
    for group in deals.sort("deal_id").partition_by(KEYS, maintain_order=True):
        orders = group.filter(is_counted).to_dicts()
        if not orders:
            continue
        over_deals = write_derivation("sum_over_deals", [order["deal_id"] for order in orders])
        publisher, left_out = publishers[orders[0]["source_id"]], group.height - len(orders)
        template = _build_template(orders, publisher=publisher, left_out=left_out)
        counts = [count_order(order) for order in orders]
        ordered, delivered, pending = (_add_counts(column) for column in zip(*counts, strict=True))
        rows = [
            _fill(template, indicator="units_ordered", count=ordered, derivation=over_deals),
            _fill(template, indicator="units_delivered", count=delivered, derivation=over_deals),
        ]
        operands = write_derivation("ordered_less_delivered", [row["obs_id"] for row in rows])
        derived += [*rows, _fill(template, indicator="units_pending", count=pending, derivation=operands)]
    return derived


def count_order(order: dict[str, Any]) -> tuple[UnitCount, UnitCount, UnitCount]:
    """The weapons of one order: ordered, delivered and pending."""
    ordered, delivered = order["number_ordered"], order["number_delivered"]
    values = (ordered, delivered, ordered - delivered)
    first, second, third = (UnitCount(*pair) for pair in zip(values, _bound_order(order), strict=True))
    return first, second, third


def _bound_order(order: dict[str, Any]) -> tuple[Interval, Interval, Interval]:
    ordered, delivered = Decimal(order["number_ordered"]), Decimal(order["number_delivered"])
    doubts_ordered, doubts_delivered = order["number_ordered_uncertain"], order["number_delivered_uncertain"]
    is_certain = not doubts_ordered and not doubts_delivered
    # More delivered than ordered, with a doubt: one of the two numbers is wrong, and which is not known.
    if order["order_year_uncertain"] or (delivered > ordered and not is_certain):
        return UNKNOWN, UNKNOWN, UNKNOWN
    if is_certain:
        return hold_exactly(ordered), hold_exactly(delivered), hold_exactly(ordered - delivered)
    # At least none is pending; how many more may have been ordered nobody says.
    least_pending = Interval(NOTHING, None)
    if not doubts_delivered:
        return Interval(delivered, None), hold_exactly(delivered), least_pending
    return UNKNOWN if doubts_ordered else hold_exactly(ordered), UNKNOWN, least_pending


def _add_counts(counts: Iterable[UnitCount]) -> UnitCount:
    terms = list(counts)
    return UnitCount(sum(term.value for term in terms), add_intervals(term.interval for term in terms))


def _build_template(orders: list[dict[str, Any]], *, publisher: str, left_out: int) -> Observation:
    first = orders[0]
    year = first["order_year"]
    doubtful = any(
        order[flag]
        for order in orders
        for flag in ("order_year_uncertain", "number_ordered_uncertain", "number_delivered_uncertain")
    )
    row: Observation = dict.fromkeys(TABLES["observations"].list_columns())
    return {
        **row,
        "ref_area": first["importer"],
        "counterpart_area": first["supplier"],
        "commodity": first["designation"],
        "freq": "A",
        "time_period": str(year),
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "period_basis": "calendar_year",
        "unit_measure": "UNITS",
        "valuation": "none",
        "price_basis": "none",
        # The register marks a doubt with brackets; SDMX has U, of low reliability.
        "obs_status": "U" if doubtful else "A",
        **{name: first[name] for name in ("vintage", "vintage_precision", "known_from", "known_basis")},
        "source_id": first["source_id"],
        "publisher": publisher,
        "source_file": first["source_file"],
        "source_locator": "derived",
        "source_sha256": first["source_sha256"],
        "note": _write_note(year, is_doubtful=doubtful, left_out=left_out),
    }


def _write_note(year: int, *, is_doubtful: bool, left_out: int) -> str:
    note = f"Orders of {year}"
    if is_doubtful:
        note += "; the register marks a number or year as uncertain"
    if left_out:
        verb = "is" if left_out == 1 else "are"
        note += f"; {left_out} more {verb} left out, without a number in the register"
    return f"{note}."


def _fill(template: Observation, *, indicator: str, count: UnitCount, derivation: str) -> Observation:
    obs_id = build_obs_id(
        indicator=indicator,
        ref_area=template["ref_area"],
        counterpart_area=template["counterpart_area"],
        commodity=template["commodity"],
        basis=template["period_basis"],
        period=template["time_period"],
        source_id=template["source_id"],
        vintage=template["vintage"],
        precision=template["vintage_precision"],
    )
    low, high = count.interval.low, count.interval.high
    return {
        **template,
        "obs_id": obs_id,
        "indicator": indicator,
        "obs_value": float(count.value),
        "obs_low": None if low is None else float(low),
        "obs_high": None if high is None else float(high),
        "derivation": derivation,
    }
