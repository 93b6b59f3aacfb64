"""Doubt: what a publisher is unsure of, and what follows from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from etl.errors import FootnotedError
from etl.periods import build_calendar_year
from etl.reconcile.derivation import derive
from etl.reconcile.units_counted import count_order
from etl.source_contract import Series
from tests.judge.frames import build_observation

Ends = tuple[int | None, int | None]


@pytest.mark.parametrize(
    ("flags", "ordered", "delivered", "pending"),
    [
        ("", (10, 10), (6, 6), (4, 4)),
        ("ordered", (6, None), (6, 6), (0, None)),
        ("delivered", (10, 10), (None, None), (0, None)),
        ("ordered delivered", (None, None), (None, None), (0, None)),
        ("year", (None, None), (None, None), (None, None)),
    ],
)
def test_what_a_register_doubts_is_held_by_what_it_is_sure_of(
    flags: str, ordered: Ends, delivered: Ends, pending: Ends
) -> None:
    order = {
        "number_ordered": 10,
        "number_delivered": 6,
        "number_ordered_uncertain": "ordered" in flags,
        "number_delivered_uncertain": "delivered" in flags,
        "order_year_uncertain": "year" in flags,
    }

    counts = count_order(order)

    assert [count.value for count in counts] == [10, 6, 4]
    ends = [(count.interval.low, count.interval.high) for count in counts]
    assert ends == [ordered, delivered, pending]


def derive_from(*statuses: str, **ends: Any) -> dict[str, Any]:
    """A sum over operands of these statuses, each of the value one."""
    period = build_calendar_year(2022)
    operands = [build_observation(period, 1.0, vintage=date(2023, 1, 1), obs_status=one) for one in statuses]
    return derive(
        "exports_plus_imports",
        operands,
        series=Series("bilateral_trade", "IND", "RUS", "USD", "none"),
        period=period,
        value=Decimal(len(operands)),
        **ends,
    )


@pytest.mark.parametrize(
    ("statuses", "result"),
    [("AA", "A"), ("AB", "B"), ("BU", "U"), ("UE", "E"), ("EP", "P"), ("PF", "F"), ("FA", "F")],
)
def test_a_result_is_no_surer_than_its_least_sure_operand(statuses: str, result: str) -> None:
    assert derive_from(*statuses)["obs_status"] == derive_from(*reversed(statuses))["obs_status"] == result


def test_nothing_is_derived_from_a_value_that_is_missing() -> None:
    with pytest.raises(FootnotedError, match="of the status 'M'"):
        derive_from("A", "M")


def test_an_interval_that_does_not_hold_its_value_is_refused() -> None:
    with pytest.raises(FootnotedError, match=r"2 does not lie between 2\.5 and 3"):
        derive_from("A", "A", low=Decimal("2.5"), high=Decimal(3))
