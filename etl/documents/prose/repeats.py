"""Repeats: a figure printed again without its period, as headlines do, takes the period it has elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from etl.documents.prose.found import FoundClaim
from etl.documents.prose.period_steps import PRESENT
from etl.periods import Period


def adopt_periods(claims: Sequence[FoundClaim]) -> list[FoundClaim]:
    """The claims, with a period for each that has none and stands elsewhere in the text with exactly one."""
    stated: defaultdict[tuple[object, ...], set[Period]] = defaultdict(set)
    for claim in claims:
        if claim.period.basis != PRESENT.basis:
            stated[_name_figure(claim)].add(claim.period)
    return [_adopt(claim, stated.get(_name_figure(claim), set())) for claim in claims]


def _adopt(claim: FoundClaim, periods: set[Period]) -> FoundClaim:
    is_dated = claim.period.basis != PRESENT.basis
    if (
        is_dated
        or "period" not in claim.inferred
        or claim.indicator is None
        or claim.is_change
        or len(periods) != 1
    ):
        return claim
    (period,) = periods
    reading = f"No period stands here; the same figure is given for {period.label} elsewhere in the text."
    return replace(claim, period=period, readings=(*claim.readings, reading))


def _name_figure(claim: FoundClaim) -> tuple[object, ...]:
    return claim.indicator, claim.value, claim.unit_measure, claim.counterpart_area
