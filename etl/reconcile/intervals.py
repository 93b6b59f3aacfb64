"""Intervals: what the rounding of operands leaves open in a result, in exact decimals.

An end that is None is not known, and an end of a result is known only where all ends that it depends on
are: a width is never made up. An exact figure is an interval of one value, stated as such by its source. So
the rules keep three promises: the interval of a result holds its value, it holds the result of any exact
values chosen within its operands' intervals, and wider operands never give a narrower one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

NOTHING, WHOLE = Decimal(0), Decimal(100)
# Squares of a float's seventeen digits, and sums of thousands of them, without a digit lost.
EXACT = Context(prec=60)


@dataclass(frozen=True)
class Interval:
    """The least and the greatest value that are possible; None where that is not known."""

    low: Decimal | None
    high: Decimal | None


UNKNOWN = Interval(None, None)


def hold_exactly(value: Decimal) -> Interval:
    """The interval of an exact figure."""
    return Interval(value, value)


def find_interval(observation: dict[str, Any]) -> Interval:
    """The interval that an observation states."""
    low, high = observation["obs_low"], observation["obs_high"]
    return Interval(
        None if low is None else Decimal(repr(low)), None if high is None else Decimal(repr(high))
    )


def add_intervals(intervals: Iterable[Interval]) -> Interval:
    """The interval of a sum of independent figures; of none, that of nothing."""
    low: Decimal | None = NOTHING
    high: Decimal | None = NOTHING
    for term in intervals:
        low, high = _work_out(EXACT.add, low, term.low), _work_out(EXACT.add, high, term.high)
    return Interval(low, high)


def subtract_interval(left: Interval, right: Interval) -> Interval:
    """The interval of a difference of two independent figures."""
    return Interval(
        _work_out(EXACT.subtract, left.low, right.high), _work_out(EXACT.subtract, left.high, right.low)
    )


def find_rest(whole: Interval, part: Interval) -> Interval:
    """The interval of what a whole holds besides one of its parts, which is never less than nothing."""
    return limit_interval(subtract_interval(whole, part), floor=NOTHING)


def share(part: Decimal, rest: Decimal) -> Decimal:
    """A part in per cent of itself and the rest."""
    # Nothing of nothing is no share of it; as 0 it keeps the promise that a share lies between 0 and 100.
    return part / (part + rest) * WHOLE if part else NOTHING


def find_share(part: Interval, rest: Interval) -> Interval:
    """The interval of a part in per cent of its whole, for amounts that are never negative.

    The part is in the whole too, so its share is least with the least part beside the greatest rest, and
    stays between 0 and 100 however wide both are.
    """
    return Interval(_work_out(share, part.low, rest.high), _work_out(share, part.high, rest.low))


def grow(after: Decimal, before: Decimal) -> Decimal:
    """The change from one value to another, in per cent of the first."""
    return (after / before - 1) * WHOLE


def find_growth(after: Interval, before: Interval) -> Interval:
    """The interval of a change in per cent; an end that would be measured from nothing is not known."""
    return _divide_ends(grow, after, before)


def grow_yearly(target: Decimal, base: Decimal, *, years: Decimal) -> Decimal:
    """The constant yearly growth, in per cent, that leads from a base to a target."""
    return ((target / base) ** (1 / years) - 1) * WHOLE


def find_yearly_growth(target: Interval, base: Interval, *, years: Decimal) -> Interval:
    """The interval of a constant yearly growth; an end that would start from nothing is not known."""
    return _divide_ends(lambda high, low: grow_yearly(high, low, years=years), target, base)


def square_interval(interval: Interval) -> Interval:
    """The interval of the square of what is never negative."""
    return Interval(_work_out(_square, interval.low), _work_out(_square, interval.high))


def limit_interval(interval: Interval, *, floor: Decimal, ceiling: Decimal | None = None) -> Interval:
    """An interval whose known ends are moved to within bounds that cannot be passed."""

    def limit(end: Decimal) -> Decimal:
        raised = max(floor, end)
        return raised if ceiling is None else min(ceiling, raised)

    return Interval(_work_out(limit, interval.low), _work_out(limit, interval.high))


def _work_out(formula: Callable[..., Decimal], *ends: Decimal | None) -> Decimal | None:
    return None if None in ends else formula(*ends)


def _divide_ends(formula: Callable[[Decimal, Decimal], Decimal], over: Interval, under: Interval) -> Interval:
    # An end at or below nothing has no growth measured from it: that end of the result is not known.
    least, most = (None if end is None or end <= 0 else end for end in (under.low, under.high))
    return Interval(_work_out(formula, over.low, most), _work_out(formula, over.high, least))


def _square(end: Decimal) -> Decimal:
    return EXACT.multiply(end, end)
