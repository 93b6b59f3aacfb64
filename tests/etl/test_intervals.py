"""Interval arithmetic: a result's interval holds whatever its operands' intervals leave possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reconcile.concentration import add_squares, bound_concentration
from etl.reconcile.intervals import (
    UNKNOWN,
    Interval,
    add_intervals,
    find_growth,
    find_interval,
    find_rest,
    find_share,
    find_yearly_growth,
    grow,
    grow_yearly,
    hold_exactly,
    share,
    square_interval,
    subtract_interval,
)

YEARS = Decimal("5.75")
TENTHS = st.integers(0, 10).map(lambda tenths: Decimal(tenths) / 10)


@dataclass(frozen=True)
class Rounded:
    """A value, the interval it stands in, a wider interval, and a value chosen at will within the first."""

    value: Decimal
    interval: Interval
    wider: Interval
    chosen: Decimal


@st.composite
def draw_rounded(draw: st.DrawFn) -> Rounded:
    """An amount above nothing, as a publisher rounds it."""
    value = draw(st.decimals(min_value=1, max_value=10**6, places=2))
    below, above = draw(TENTHS) * value / 2, draw(TENTHS) * value / 2
    low, high = value - below, value + above
    wider = Interval(low - draw(TENTHS) * low / 2, high + draw(TENTHS) * high)
    return Rounded(value, Interval(low, high), wider, low + draw(TENTHS) * (high - low))


@dataclass(frozen=True)
class Rule:
    """A rule on two amounts: on values, and on intervals."""

    work_out: Callable[[Decimal, Decimal], Decimal]
    bound: Callable[[Interval, Interval], Interval]


RULES = {
    "sum": Rule(lambda one, other: one + other, lambda one, other: add_intervals([one, other])),
    "difference": Rule(lambda one, other: one - other, subtract_interval),
    "share": Rule(share, find_share),
    "growth": Rule(grow, find_growth),
    "yearly growth": Rule(
        lambda target, base: grow_yearly(target, base, years=YEARS),
        lambda target, base: find_yearly_growth(target, base, years=YEARS),
    ),
    "squares": Rule(
        lambda one, other: add_squares([one, other]),
        lambda one, other: add_intervals([square_interval(one), square_interval(other)]),
    ),
}
each_rule = pytest.mark.parametrize("rule", list(RULES.values()), ids=list(RULES))


def read_ends(interval: Interval) -> tuple[Decimal, Decimal]:
    """Both ends of an interval that has both."""
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high


def holds(interval: Interval, value: Decimal) -> bool:
    """Whether both ends are known and a value lies between them, but for a power's last digit."""
    low, high = read_ends(interval)
    slack = (abs(value) + 1) * Decimal("1e-24")
    return low - slack <= value <= high + slack


@each_rule
@given(draw_rounded(), draw_rounded())
def test_the_interval_of_a_result_holds_its_value(rule: Rule, one: Rounded, other: Rounded) -> None:
    assert holds(rule.bound(one.interval, other.interval), rule.work_out(one.value, other.value))


@each_rule
@given(draw_rounded(), draw_rounded())
def test_any_exact_values_within_the_operands_give_a_result_within(
    rule: Rule, one: Rounded, other: Rounded
) -> None:
    assert holds(rule.bound(one.interval, other.interval), rule.work_out(one.chosen, other.chosen))


@each_rule
@given(draw_rounded(), draw_rounded())
def test_wider_operands_never_give_a_narrower_result(rule: Rule, one: Rounded, other: Rounded) -> None:
    narrow = rule.bound(one.interval, other.interval)
    wide = rule.bound(one.wider, other.wider)

    assert all(holds(wide, end) for end in read_ends(narrow))


@each_rule
@given(draw_rounded(), draw_rounded())
def test_exact_operands_give_an_exact_result(rule: Rule, one: Rounded, other: Rounded) -> None:
    interval = rule.bound(hold_exactly(one.value), hold_exactly(other.value))

    assert interval.low == interval.high == rule.work_out(one.value, other.value)


@each_rule
@given(draw_rounded())
def test_an_operand_whose_interval_is_not_known_leaves_the_result_unknown(rule: Rule, one: Rounded) -> None:
    assert rule.bound(one.interval, UNKNOWN) == UNKNOWN
    assert rule.bound(UNKNOWN, one.interval) == UNKNOWN


@given(
    st.lists(draw_rounded(), min_size=2, max_size=12).flatmap(
        lambda them: st.permutations(them).map(lambda mixed: (them, mixed))
    )
)
def test_the_order_of_operands_does_not_matter(pair: tuple[list[Rounded], list[Rounded]]) -> None:
    ordered, mixed = pair

    assert add_intervals(one.interval for one in ordered) == add_intervals(one.interval for one in mixed)
    assert add_squares(one.value for one in ordered) == add_squares(one.value for one in mixed)
    assert bound_concentration([one.interval for one in ordered], not_named=[]) == bound_concentration(
        [one.interval for one in mixed], not_named=[]
    )


@given(draw_rounded(), draw_rounded())
def test_a_share_of_its_own_whole_stays_between_0_and_100(part: Rounded, whole: Rounded) -> None:
    low, high = read_ends(find_share(part.interval, find_rest(whole.interval, part.interval)))

    assert 0 <= low <= high <= 100


@given(draw_rounded(), draw_rounded())
def test_a_share_is_no_wider_than_of_a_whole_that_moves_by_itself(part: Rounded, rest: Rounded) -> None:
    (least, most), whole = read_ends(part.interval), read_ends(add_intervals([part.interval, rest.interval]))
    apart = Interval(least / whole[1] * 100, most / whole[0] * 100)

    together = find_share(part.interval, rest.interval)

    assert all(holds(apart, end) for end in read_ends(together))


def test_one_known_end_stays_known() -> None:
    at_least_ten, exactly_two = Interval(Decimal(10), None), hold_exactly(Decimal(2))

    assert add_intervals([at_least_ten, exactly_two]) == Interval(Decimal(12), None)
    assert subtract_interval(exactly_two, at_least_ten) == Interval(None, Decimal(-8))


def test_growth_from_what_may_have_been_nothing_has_no_upper_end() -> None:
    nothing_or_one = Interval(Decimal(0), Decimal(1))

    assert find_growth(hold_exactly(Decimal(2)), nothing_or_one) == Interval(Decimal(100), None)


def test_an_observation_without_ends_is_not_taken_for_an_exact_one() -> None:
    assert find_interval({"obs_value": 7.0, "obs_low": None, "obs_high": None}) == UNKNOWN


@given(st.lists(draw_rounded(), min_size=1, max_size=8), st.decimals(0, 5, places=2))
def test_whoever_delivered_what_is_not_named_the_index_lies_within(
    suppliers: list[Rounded], percent_not_named: Decimal
) -> None:
    total = sum((one.value for one in suppliers), Decimal(0))
    named = [one.value / total * (100 - percent_not_named) for one in suppliers]
    interval = bound_concentration(
        [hold_exactly(one) for one in named], not_named=[hold_exactly(percent_not_named)]
    )

    largest, *others = sorted(named, reverse=True)
    assert holds(interval, add_squares([*named, percent_not_named]))
    assert holds(interval, add_squares([*named, *[percent_not_named / 50] * 50]))
    assert holds(interval, add_squares([largest + percent_not_named, *others]))
