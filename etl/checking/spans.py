"""Spans: the two periods between which a change lies, stated or meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.judge.references import STANDING_BASES, WHOLE_YEARS, Claim, Reference
from etl.periods import (
    WINDOW_YEARS,
    Period,
    build_calendar_year,
    build_fiscal_year,
    find_month_end,
    format_period,
)

CHANGED_BASES = STANDING_BASES - {"day", "target_year"}


@dataclass(frozen=True)
class Span:
    """A stretch of time with its basis, as a key to values."""

    basis: str
    start: date
    end: date

    def covers(self, reference: Reference) -> bool:
        """Whether a reference is of this very period."""
        return reference.period == (self.basis, self.start, self.end)

    def name(self) -> str:
        """The period in running text."""
        label = f"{self.start.year}-{self.end.year % 100:02d}"
        return format_period(self.start, self.end, self.basis, label)

    def go_back(self) -> Span:
        """What a change is measured from where nothing is said: the year before, or the window before."""
        years = WINDOW_YEARS if self.basis == "five_year_window" else 1
        return Span(self.basis, _shift(self.start, years), _shift(self.end, years))


def list_changed_periods(claim: Claim, known: Sequence[Reference], baseline: Period | None) -> list[Span]:
    """The periods a change may run to: the one stated, those that end by a day, or the newest there is."""
    if claim.period_start is not None and claim.period_end is not None:
        return [Span(claim.period_basis, claim.period_start, claim.period_end)]
    if claim.period_end is not None:
        return _list_years_reached(known, claim.period_end)
    preferred = baseline.basis if baseline is not None and baseline.basis in CHANGED_BASES else None
    newest: dict[str, Span] = {}
    for one in known:
        span = Span(*one.period)
        is_wanted = one.period_basis in CHANGED_BASES and preferred in {None, one.period_basis}
        if is_wanted and (one.period_basis not in newest or span.end > newest[one.period_basis].end):
            newest[one.period_basis] = span
    return sorted(newest.values(), key=lambda span: span.end, reverse=True)


def list_older_periods(known: Sequence[Reference]) -> list[Span]:
    """Every whole period there is, the newest first."""
    spans = {Span(*one.period) for one in known if one.period_basis in CHANGED_BASES}
    return sorted(spans, key=lambda span: (span.end, span.basis), reverse=True)


def list_baselines(span: Span, baseline: Period | None, known: Sequence[Reference]) -> list[Span]:
    """The periods a change may run from."""
    if baseline is None or baseline.end is None:
        return [span.go_back()]
    if baseline.start is None:
        return _list_years_reached(known, baseline.end)
    return [Span(baseline.basis, baseline.start, baseline.end)]


def shift_basis(claim: Claim, baseline: Period | None) -> Iterator[tuple[Claim, Period | None]]:
    """The same change on another kind of year: both periods moved alike, or the baseline alone."""
    for is_later in (False, True):
        period = _turn_year(claim.period_basis, claim.period_start, is_later=is_later)
        if period is None:
            return
        moved = replace(
            claim,
            time_period=period.label,
            period_start=period.start,
            period_end=period.end,
            period_basis=period.basis,
        )
        turned = None
        if baseline is not None:
            turned = _turn_year(baseline.basis, baseline.start, is_later=is_later)
        if baseline is not None and baseline.basis not in {claim.period_basis, *WHOLE_YEARS}:
            continue
        if baseline is not None and baseline.basis != claim.period_basis:
            yield claim, turned
        else:
            yield moved, turned


def _turn_year(basis: str, start: date | None, *, is_later: bool) -> Period | None:
    """The year of the other kind that begins in the year, or else the other one that shares days with it."""
    if start is None or basis not in WHOLE_YEARS:
        return None
    if basis == "calendar_year":
        return build_fiscal_year(start.year - 1 if is_later else start.year)
    return build_calendar_year(start.year + 1 if is_later else start.year)


def _list_years_reached(known: Sequence[Reference], end: date) -> list[Span]:
    spans = {
        Span(*one.period)
        for one in known
        if one.period_basis in WHOLE_YEARS and one.period_end.year == end.year and one.period_end <= end
    }
    return sorted(spans, key=lambda span: span.end, reverse=True)


def _shift(day: date, years: int) -> date:
    year = day.year - years
    return date(year, day.month, min(day.day, find_month_end(year, day.month).day))
