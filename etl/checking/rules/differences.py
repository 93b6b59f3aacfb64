"""Differences: the two periods between which a change lies, their values, and the sum between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.judge.arithmetic import UnitScale, find_scale, write_period
from etl.judge.closeness import PRINTED_DIGIT, find_rough_agreement, read_closely
from etl.judge.references import STANDING_BASES, WHOLE_YEARS, Claim, Reference
from etl.judge.wording import format_reference, name_period
from etl.periods import (
    WINDOW_YEARS,
    Period,
    build_calendar_year,
    build_fiscal_year,
    find_month_end,
    format_period,
)
from etl.units import format_value

CHANGED_BASES = STANDING_BASES - {"day", "target_year"}
PERCENT, POINTS, TIMES = "PERCENT", "PERCENTAGE_POINTS", "TIMES"
# Rounding to the nearest whole: by how many times something fell is seldom said any finer.
HALF = 0.5
PLAIN = UnitScale(1, "")


@dataclass(frozen=True)
class PeriodKey:
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

    def go_back(self) -> PeriodKey:
        """What a change is measured from where nothing is said: the year before, or the window before."""
        years = WINDOW_YEARS if self.basis == "five_year_window" else 1
        return PeriodKey(self.basis, _shift(self.start, years), _shift(self.end, years))


def list_changed_periods(
    claim: Claim, known: Sequence[Reference], baseline: Period | None
) -> list[PeriodKey]:
    """The periods a change may run to: the one stated, those that end by a day, or the newest there is."""
    if claim.period_start is not None and claim.period_end is not None:
        return [PeriodKey(claim.period_basis, claim.period_start, claim.period_end)]
    if claim.period_end is not None:
        return _list_years_reached(known, claim.period_end)
    preferred = baseline.basis if baseline is not None and baseline.basis in CHANGED_BASES else None
    newest: dict[str, PeriodKey] = {}
    for one in known:
        span = PeriodKey(*one.period)
        is_wanted = one.period_basis in CHANGED_BASES and preferred in {None, one.period_basis}
        if is_wanted and (one.period_basis not in newest or span.end > newest[one.period_basis].end):
            newest[one.period_basis] = span
    return sorted(newest.values(), key=lambda span: span.end, reverse=True)


def list_older_periods(known: Sequence[Reference]) -> list[PeriodKey]:
    """Every whole period there is, the newest first."""
    spans = {PeriodKey(*one.period) for one in known if one.period_basis in CHANGED_BASES}
    return sorted(spans, key=lambda span: (span.end, span.basis), reverse=True)


def list_baselines(span: PeriodKey, baseline: Period | None, known: Sequence[Reference]) -> list[PeriodKey]:
    """The periods a change may run from."""
    if baseline is None or baseline.end is None:
        return [span.go_back()]
    if baseline.start is None:
        return _list_years_reached(known, baseline.end)
    return [PeriodKey(baseline.basis, baseline.start, baseline.end)]


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


@dataclass(frozen=True)
class Change:
    """Two values of one series and what lies between them, in the unit that the claim prints."""

    after: Reference
    before: Reference
    value: float
    low: float
    high: float
    unit: str

    @property
    def is_recomputed(self) -> bool:
        """Whether one of its ends is worked out from data instead of printed."""
        return self.after.derivation is not None or self.before.derivation is not None

    @property
    def thing(self) -> tuple[object, ...]:
        """What makes two changes speak of the same: the publisher and the two periods."""
        return self.after.publisher, self.after.period, self.before.period

    @property
    def known_from(self) -> date:
        """Since when both were known."""
        return max(self.after.known_from, self.before.known_from)

    @property
    def vintage(self) -> date:
        """When both were known."""
        return max(self.after.vintage, self.before.vintage)

    def find_agreement(self, claim: Claim, direction: str | None) -> str | None:
        """How a claim agrees in its direction and its size, as exactly as it does; None where it does not."""
        if not self.goes(direction):
            return None
        if self.has_size_of(claim):
            return PRINTED_DIGIT
        return find_rough_agreement(claim, self.size)

    def goes(self, direction: str | None) -> bool:
        """Whether it goes the way that a text says, where it says one."""
        return direction in {None, self.direction}

    def has_size_of(self, claim: Claim) -> bool:
        """Whether the size of the change is allowed, or its own rounding holds what is printed."""
        if claim.allows(self.size) or (self.unit == TIMES and _allows_inverse(claim, self.value)):
            return True
        ends = sorted((abs(self.low), abs(self.high)))
        # An interval over zero leaves open whether there was a
        # rise or a fall: it would hold every small figure.
        return self.low * self.high > 0 and ends[0] < abs(claim.value) < ends[1]

    @property
    def size(self) -> float:
        """The change without its sign; a ratio stays as it is."""
        return self.value if self.unit == TIMES else abs(self.value)

    @property
    def direction(self) -> str:
        """A rise or a fall, in words."""
        if self.after.obs_value == self.before.obs_value:
            return "no change"
        return "a rise" if abs(self.after.obs_value) > abs(self.before.obs_value) else "a fall"


def pair_editions(
    known: Sequence[Reference], span: PeriodKey, base: PeriodKey, *, unit: str
) -> Iterator[Change]:
    """The changes from one period to another by the newest edition of each voice that has both."""
    after = _keep_voices([one for one in known if span.covers(one)])
    before = _keep_voices([one for one in known if base.covers(one)])
    pairs = [(one, other) for one in after for other in before if one.unit_measure == other.unit_measure]
    # Two voices differ by their methods too: that is no change, so they are mixed only where no one has both.
    own = [(one, other) for one, other in pairs if one.voice == other.voice]
    for one, other in own or pairs:
        change = _measure(one, other, unit)
        if change is not None:
            yield change


def keep_newest_changes(changes: Iterable[Change]) -> list[Change]:
    """Of each publisher's changes between two periods the newest by their day, printed or recomputed."""
    newest: dict[tuple[object, ...], Change] = {}
    listed = sorted(changes, key=lambda one: (one.vintage, not one.is_recomputed), reverse=True)
    return [
        one
        for one in listed
        if (newest.setdefault(one.thing, one).vintage, newest[one.thing].is_recomputed)
        == (one.vintage, one.is_recomputed)
    ]


def fits_closely(claim: Claim, change: Change, direction: str | None) -> bool:
    """Whether a change agrees at the last printed digit."""
    # A multiple is spared the last digit: it may be a word, and then it prints none.
    is_close = read_closely(claim).holds(change.size) or change.unit == TIMES
    return is_close and change.goes(direction) and change.has_size_of(claim)


def format_change(change: Change) -> str:
    """A change in words."""
    after, before = change.after, change.before
    if change.unit == TIMES:
        amount = f"{change.value:.2f} times as much"
    else:
        size = format_value(abs(change.value), change.unit)
        amount = f"{change.direction} of {size}" if change.value else change.direction
    return (
        f"from {format_reference(before)} in {name_period(before)} to {format_reference(after)} in "
        f"{name_period(after)}, {amount}"
    )


def write_change(change: Change) -> str:
    """A change as a sum that a reader can repeat."""
    after, before = change.after, change.before
    scale = find_scale(max(abs(after.obs_value), abs(before.obs_value)), after.unit_measure)
    left, right = _write_value(after, scale), _write_value(before, scale)
    periods = f"({write_period(after)} and {write_period(before)})"
    if change.unit == TIMES:
        return f"{left} / {right} = {PLAIN.write(change.value)} times {periods}"
    if change.unit == PERCENT:
        return f"{left} / {right} - 1 = {PLAIN.write(change.value, decimals=1)}% {periods}"
    if change.unit == POINTS:
        return f"{left} - {right} = {PLAIN.write(change.value, decimals=1)} percentage points {periods}"
    return f"{left} - {right} = {scale.write(change.value)}{scale.suffix} {periods}"


def _turn_year(basis: str, start: date | None, *, is_later: bool) -> Period | None:
    """The year of the other kind that begins in the year, or else the other one that shares days with it."""
    if start is None or basis not in WHOLE_YEARS:
        return None
    if basis == "calendar_year":
        return build_fiscal_year(start.year - 1 if is_later else start.year)
    return build_calendar_year(start.year + 1 if is_later else start.year)


def _list_years_reached(known: Sequence[Reference], end: date) -> list[PeriodKey]:
    spans = {
        PeriodKey(*one.period)
        for one in known
        if one.period_basis in WHOLE_YEARS and one.period_end.year == end.year and one.period_end <= end
    }
    return sorted(spans, key=lambda span: span.end, reverse=True)


def _shift(day: date, years: int) -> date:
    year = day.year - years
    return date(year, day.month, min(day.day, find_month_end(year, day.month).day))


def _keep_voices(references: Sequence[Reference]) -> list[Reference]:
    kept: dict[tuple[tuple[str, bool], str], Reference] = {}
    for reference in references:
        kept.setdefault((reference.voice, reference.unit_measure), reference)
    return list(kept.values())


def _measure(after: Reference, before: Reference, unit: str) -> Change | None:
    """The change in a unit; None where the series' own unit does not allow it."""
    is_share = after.unit_measure.startswith(PERCENT)
    if unit in {PERCENT, TIMES}:
        if not before.obs_value:
            return None
        factor, less = (100.0, 1.0) if unit == PERCENT else (1.0, 0.0)
        ratios = [one / other for one in _list_ends(after) for other in _list_ends(before) if other]
        ends = [(ratio - less) * factor for ratio in ratios]
        value = (after.obs_value / before.obs_value - less) * factor
        return Change(after, before, value, min(ends), max(ends), unit)
    if unit != (POINTS if is_share else after.unit_measure):
        return None
    ends = [abs(one) - abs(other) for one in _list_ends(after) for other in _list_ends(before)]
    return Change(after, before, abs(after.obs_value) - abs(before.obs_value), min(ends), max(ends), unit)


def _list_ends(reference: Reference) -> tuple[float, ...]:
    low, high = reference.obs_low, reference.obs_high
    return (reference.obs_value,) if low is None or high is None else (low, reference.obs_value, high)


def _write_value(reference: Reference, scale: UnitScale) -> str:
    decimals = 1 if reference.unit_measure.startswith(PERCENT) else 2
    return scale.write(abs(reference.obs_value), decimals=decimals)


def _allows_inverse(claim: Claim, ratio: float) -> bool:
    """Whether "halved" or "fell threefold" fits: the ratio the other way round."""
    if ratio <= 0:
        return False
    # 1.5 to 2.5 times less is a half, not the 0.45 to 0.55 that the digits of 0.5 would give.
    if claim.value < 1:
        return abs(1 / ratio - 1 / claim.value) <= HALF
    return ratio < 1 and claim.allows(1 / ratio)
