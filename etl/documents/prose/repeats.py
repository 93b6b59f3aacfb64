"""Repeats: a figure printed again without its period, as headlines do, takes the period it has elsewhere."""

from __future__ import annotations

from dataclasses import replace

from etl.documents.prose.found import FoundClaim


def adopt_periods(claims: list[FoundClaim]) -> list[FoundClaim]:
    """The claims, with a period for each that has none and stands elsewhere in the text with exactly one."""
    return [_adopt(claim, claims) for claim in claims]


def _adopt(claim: FoundClaim, claims: list[FoundClaim]) -> FoundClaim:
    if claim.period.basis != "present" or claim.indicator is None or claim.is_change:
        return claim
    same = [
        one
        for one in claims
        if one.period.basis != "present"
        and (one.indicator, one.value, one.unit_measure, one.counterpart_area)
        == (claim.indicator, claim.value, claim.unit_measure, claim.counterpart_area)
    ]
    periods = {one.period for one in same}
    if len(periods) != 1:
        return claim
    period = periods.pop()
    reading = f"No period stands here; the same figure is given for {period.label} elsewhere in the text."
    return replace(claim, period=period, readings=(*claim.readings, reading))
