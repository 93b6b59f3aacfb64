"""Slips: what else a figure may be that does not hold as printed, best first.

A slip is a suggestion. It is looked for at the last printed digit only, so that what is found is seldom
chance, and a figure of one digit is held only to what is near it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from etl.checking.rules.suggestions import Suggestion, rank_suggestions
from etl.checking.rules.volumes import find_volume_slip
from etl.checking.series_index import SeriesIndex
from etl.judge.closeness import CUT_DIGIT, CloseReading, read_closely
from etl.judge.references import STANDING_BASES, WHOLE_YEARS, Claim, Reference
from etl.judge.rulings import Ruling, list_current
from etl.judge.wording import format_claimed_period, format_reference, name_period, quote
from etl.periods import REGULAR_PARTS, WINDOW_YEARS
from etl.vocabulary import INDICATORS

# Below these many set digits a figure fits too much by chance to be looked for elsewhere.
DIGITS_FOR_ELSEWHERE = 2
# A year has twelve months, and no period fits any: more candidates want a longer number.
DIGITS_FOR_MONTHS = 3
# A value that more parties share points to none of them.
MOST_OTHER_PARTIES = 2
WINDOW = "five_year_window"
SHORT_BASES = REGULAR_PARTS | {"part_year"}
FLOWS = ("bilateral_trade", "imports", "exports", "trade_balance")
# Tried in this order, the first kept: a wrong word (million, billion), then a point one or two places off.
SCALES = (
    (Decimal(1000), "a thousand times"),
    (Decimal("0.001"), "a thousandth of"),
    (Decimal(10), "ten times"),
    (Decimal("0.1"), "a tenth of"),
    (Decimal(100), "a hundred times"),
    (Decimal("0.01"), "a hundredth of"),
)


@dataclass(frozen=True)
class Search:
    """One figure that does not hold on a day, its close reading, and the periods it may be meant for."""

    claim: Claim
    reading: CloseReading
    index: SeriesIndex
    day: date
    periods: frozenset[tuple[str, date, date]]

    def list_of(self, series: tuple[str, ...]) -> list[Reference]:
        """Everything known of a series on the day."""
        return self.index.book.list_known(series, self.day)

    def list_meant(self, series: tuple[str, ...], *, unit: str | None = None) -> list[Reference]:
        """The current values of a series for the periods that the figure may be meant for."""
        wanted = unit or self.claim.unit_measure
        return list_current(
            [one for one in self.list_of(series) if one.period in self.periods and one.unit_measure == wanted]
        )


def find_slips(
    claim: Claim, ruling: Ruling, *, index: SeriesIndex, day: date, sentence: str
) -> list[Suggestion]:
    """The likely slips of a figure that does not hold; of one that holds or once held a cut digit alone."""
    if ruling.reason == CUT_DIGIT and ruling.reference is not None:
        return [_name_cut(claim, ruling.reference)]
    if ruling.verdict in {"supported", "superseded"}:
        return []
    known = index.book.list_known(claim.series, day)
    search = Search(claim, read_closely(claim), index, day, _list_meant_periods(claim, known))
    volume = find_volume_slip(claim, index=index, day=day, sentence=sentence)
    return rank_suggestions([*([volume] if volume else []), *_search_everywhere(search)])


def _name_cut(claim: Claim, reference: Reference) -> Suggestion:
    value = f"{name_period(reference)} has {format_reference(reference)}"
    text = f"{value}; {quote(claim)} cuts its last digits off instead of rounding them."
    return Suggestion("truncated", f"{text[0].upper()}{text[1:]}", reference)


def name_ruled_slip(claim: Claim, ruling: Ruling) -> list[Suggestion]:
    """The slip that a ruling on a change or on a count has found itself."""
    reference = ruling.reference
    if ruling.reason != "wrong_period_label" or reference is None:
        return []
    code = name_label_slip(claim.period_basis, reference.period_basis) or "wrong_year"
    return [Suggestion(code, ruling.explanation, reference)]


def name_label_slip(claimed: str, actual: str) -> str | None:
    """The slip that leads from one kind of period to another; None where there is no name for it."""
    is_part, was_part = claimed in SHORT_BASES, actual in SHORT_BASES
    if WINDOW in {claimed, actual} or "target_year" in {claimed, actual} or (is_part and was_part):
        return None
    if is_part:
        return "year_as_part_year" if actual in WHOLE_YEARS else None
    if was_part:
        return "part_year_as_year"
    if actual == "fiscal_year_in" and claimed in {"calendar_year", "up_to_date", "day"}:
        return "fiscal_year_as_calendar_year"
    is_calendar = actual == "calendar_year" and claimed == "fiscal_year_in"
    return "calendar_year_as_fiscal_year" if is_calendar else None


def format_mislabelled(claim: Claim, one: Reference) -> str:
    """That a figure is the value of another period."""
    value = f"{name_period(one)} ({format_reference(one)})"
    return f"{quote(claim)} is the value of {value}, not of {format_claimed_period(claim)}."


def find_digit_slip(reading: CloseReading, reference: Reference) -> tuple[str, str] | None:
    """The slip that leads from a reference's value to the printed digits: its code, and how, in words."""
    if not reading.scale or not reading.step:
        return None
    value = abs(Decimal(repr(reference.obs_value)))
    if reading.size and reading.size < value < reading.size + reading.step and not reading.fits(reference):
        return "truncated", "cuts its last digits off instead of rounding them"
    unit_step = reading.step / reading.scale
    rounded = (value / reading.scale).quantize(unit_step, rounding=ROUND_HALF_UP)
    right, printed = f"{rounded:f}", reading.digits
    if right == printed:
        return None
    # One slip of the finger each; with two, a number of three digits could have come from most others.
    if printed in list_shorter(right):
        return "digit_lost", f"lacks a digit of {right}"
    if right in list_shorter(printed):
        return "digit_lost", f"has a digit more than {right}"
    if printed in list_swapped(right):
        return "digit_lost", f"swaps two digits of {right}"
    return None


def list_shorter(digits: str) -> set[str]:
    """The number with one digit left out, wherever that leaves a number."""
    shorter = {
        digits[:place] + digits[place + 1 :] for place in range(len(digits)) if digits[place].isdigit()
    }
    return {one for one in shorter if one[:1].isdigit() and one[-1:].isdigit() and _is_plain(one)}


def list_swapped(digits: str) -> set[str]:
    """The number with two digits that stand side by side in each other's place."""
    places = [place for place, sign in enumerate(digits) if sign.isdigit()]
    swapped = {
        digits[:first] + digits[last] + digits[first + 1 : last] + digits[first] + digits[last + 1 :]
        for first, last in pairwise(places)
    }
    return {one for one in swapped if one != digits and _is_plain(one)}


def _search_everywhere(search: Search) -> Iterator[Suggestion]:
    yield from _find_other_labels(search)
    yield from _find_other_windows(search)
    yield from _find_other_units(search)
    yield from _find_other_digits(search)
    yield from _find_other_targets(search)
    # The searches above stay with the claimed series and what touches its period; these leave one of both.
    if search.reading.significant_digits >= DIGITS_FOR_ELSEWHERE:
        yield from _find_other_measures(search)
        yield from _find_other_scales(search)
        yield from _find_other_years(search)
        yield from _find_other_parties(search)


def _list_meant_periods(claim: Claim, known: list[Reference]) -> frozenset[tuple[str, date, date]]:
    if claim.period_start is not None and claim.period_end is not None:
        return frozenset({(claim.period_basis, claim.period_start, claim.period_end)})
    end = claim.period_end
    if end is not None:
        return frozenset(
            one.period
            for one in known
            if one.period_basis in WHOLE_YEARS and one.period_end.year == end.year and one.period_end <= end
        )
    standing = [one for one in known if one.period_basis in STANDING_BASES]
    newest = {
        basis: max((one for one in standing if one.period_basis == basis), key=lambda one: one.period_end)
        for basis in {one.period_basis for one in standing}
    }
    return frozenset(one.period for one in newest.values())


def _find_other_labels(search: Search) -> Iterator[Suggestion]:
    """Another kind of period that touches the claimed one has the value."""
    claim = search.claim
    is_rare = search.reading.significant_digits >= DIGITS_FOR_MONTHS
    for one in search.index.book.list_near(claim, search.day):
        code = name_label_slip(claim.period_basis, one.period_basis)
        is_looked_at = is_rare or (one.period_basis not in REGULAR_PARTS and claim.period_basis != "present")
        if code and is_looked_at and one.unit_measure == claim.unit_measure and search.reading.fits(one):
            yield Suggestion(code, format_mislabelled(claim, one), one)


def _find_other_windows(search: Search) -> Iterator[Suggestion]:
    """A window with one end in common, or one that begins a year earlier or later."""
    claim = search.claim
    start, end = claim.period_start, claim.period_end
    if end is None:
        return
    fitting = [
        one
        for one in search.list_of(claim.series)
        if one.unit_measure == claim.unit_measure
        and WINDOW in {one.period_basis, claim.period_basis}
        and one.period not in search.periods
        and _is_window_close(one, start, end)
        and search.reading.fits(one)
    ]
    # Windows overlap, so that several may have the value: the one that shares most with the claim is meant.
    nearest = min(fitting, key=lambda one: _measure_window(one, start, end), default=None)
    if nearest is not None:
        yield Suggestion("wrong_window", format_mislabelled(claim, nearest), nearest)


def _is_window_close(one: Reference, start: date | None, end: date) -> bool:
    if one.period_basis != WINDOW:
        return start is not None and start <= one.period_start and one.period_end <= end
    last = one.period_end.year
    # One year off at either end is a slip; a span that begins before the window and that year is another one.
    is_ending = abs(last - end.year) <= 1 and (start is None or start.year > last - WINDOW_YEARS - 1)
    return is_ending or (start is not None and abs(one.period_start.year - start.year) <= 1)


def _measure_window(one: Reference, start: date | None, end: date) -> tuple[int, int]:
    first = one.period_start.year - (start.year if start else one.period_start.year)
    return min(abs(first), abs(one.period_end.year - end.year)), abs(first)


def _find_other_units(search: Search) -> Iterator[Suggestion]:
    """Dollars whose number is the one in rupees."""
    if search.claim.unit_measure != "USD":
        return
    for one in search.list_meant(search.claim.series, unit="INR"):
        if search.reading.fits(one):
            text = f"{quote(search.claim)} is the value of {name_period(one)} in rupees, not in dollars."
            yield Suggestion("rupees_as_dollars", text, one)


def _find_other_digits(search: Search) -> Iterator[Suggestion]:
    for one in search.list_meant(search.claim.series):
        found = find_digit_slip(search.reading, one)
        if found is not None:
            code, how = found
            text = f"{name_period(one)} has {format_reference(one)}; {quote(search.claim)} {how}."
            yield Suggestion(code, f"{text[0].upper()}{text[1:]}", one)


def _find_other_measures(search: Search) -> Iterator[Suggestion]:
    """Exports printed as imports, or either as their total."""
    claim = search.claim
    if claim.indicator not in FLOWS:
        return
    for indicator in FLOWS:
        if indicator == claim.indicator:
            continue
        for one in search.list_meant((indicator, *claim.series[1:])):
            if search.reading.fits(one):
                right, wrong = INDICATORS.label(indicator), INDICATORS.label(claim.indicator)
                value = f"{name_period(one)} ({format_reference(one)})"
                text = f"{quote(claim)} is the value of {right} in {value}, not of {wrong}."
                yield Suggestion("other_measure", text, one)


def _find_other_scales(search: Search) -> Iterator[Suggestion]:
    # No million or billion stands behind a percentage: a tenth of a share is a share of its own.
    if search.claim.unit_measure.startswith("PERCENT"):
        return
    for one in search.list_meant(search.claim.series):
        for factor, words in SCALES:
            scaled = replace(
                search.reading,
                size=search.reading.size * factor,
                low=search.reading.low * factor,
                high=search.reading.high * factor,
            )
            if scaled.fits(one):
                text = f"{name_period(one)} has {format_reference(one)}, {words} {quote(search.claim)}."
                yield Suggestion("wrong_scale", f"{text[0].upper()}{text[1:]}", one)


def _find_other_years(search: Search) -> Iterator[Suggestion]:
    claim = search.claim
    start = claim.period_start
    if start is None or claim.period_basis not in WHOLE_YEARS:
        return
    for one in search.list_of(claim.series):
        # The years beside alone: with each further one a match is more likely chance.
        is_near = abs(one.period_start.year - start.year) == 1 and one.period_basis == claim.period_basis
        if is_near and one.unit_measure == claim.unit_measure and search.reading.fits(one):
            yield Suggestion("wrong_year", format_mislabelled(claim, one), one)


def _find_other_targets(search: Search) -> Iterator[Suggestion]:
    """The target of another year, of which there are few."""
    if search.claim.period_basis != "target_year":
        return
    for one in search.list_of(search.claim.series):
        if one.period not in search.periods and search.reading.fits(one):
            yield Suggestion("wrong_year", format_mislabelled(search.claim, one), one)


def _find_other_parties(search: Search) -> Iterator[Suggestion]:
    """Another supplier's or partner's value, where no more than two have it."""
    claim = search.claim
    fitting = [
        (series, one)
        for series in search.index.book.list_series(claim.indicator, claim.ref_area)
        if series[2] != claim.counterpart_area and series[3] == claim.commodity
        # One value for each party, or one with several editions would count as several parties.
        for one in search.list_meant(series)[:1]
        if search.reading.fits(one)
    ]
    for series, one in fitting if len(fitting) <= MOST_OTHER_PARTIES else ():
        right, wrong = search.index.name(series[2]), search.index.name(claim.counterpart_area)
        value = f"{name_period(one)} ({format_reference(one)})"
        yield Suggestion(
            "other_party", f"{quote(claim)} is the value for {right} in {value}, not for {wrong}.", one
        )


def _is_plain(digits: str) -> bool:
    return not digits.startswith("0") or digits.startswith("0.")
