"""Wording: periods, editions and values as a verdict says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.documents.precision import PrecisionError, rough_interval
from etl.formatting import format_day, join_words
from etl.judge.closeness import CUT_DIGIT, NON_ZERO_DIGIT
from etl.judge.references import Claim, Reference
from etl.periods import format_period
from etl.provenance import ASSUMED
from etl.units import format_value
from etl.vocabulary import INDICATORS, UNITS
from etl.vocabulary.series_codes import ALL_COMMODITIES

# The newest of them; older ones stand in the table of editions of the claim's page.
MOST_EDITIONS = 4


def quote(claim: Claim) -> str:
    """The figure as printed, in quotation marks."""
    return f"\u201c{claim.stated_as}\u201d"


def format_reference(reference: Reference) -> str:
    """The value of a reference with its unit."""
    return format_value(reference.obs_value, reference.unit_measure)


def format_vintage(reference: Reference) -> str:
    """When an edition came out, as exactly as it is known."""
    day, precision = reference.out_on
    return format_day(day, precision=precision)


def format_doubt(doubt: str, *, day: date) -> str:
    """Why a verdict rests on a value that may not be the one that was known on a day."""
    if doubt == ASSUMED:
        return "Nothing says when the edition that has it came out."
    return (
        f"It was printed later than {format_day(day)}: by its publisher\u2019s release rhythm a figure was "
        "out by then, not surely this one."
    )


def name_period(reference: Reference) -> str:
    """The period of a reference in running text."""
    return _name_span(
        reference.period_start, reference.period_end, reference.period_basis, reference.time_period
    )


def format_claimed_period(claim: Claim) -> str:
    """The period of a claim in running text."""
    return _name_span(claim.period_start, claim.period_end, claim.period_basis, claim.time_period)


def name_series(claim: Claim) -> str:
    """The series a claim speaks of, in words."""
    text = INDICATORS.label(claim.indicator)
    return text if claim.commodity == ALL_COMMODITIES else f"{text} ({claim.commodity.replace('_', ' ')})"


def name_unit(unit: str) -> str:
    """A unit in running text."""
    return UNITS.label(unit)


def format_editions(references: Sequence[Reference]) -> str:
    """What each edition gave for one period, in the order of time, the recomputed apart from the printed."""
    oldest_first = sorted(references, key=lambda reference: (reference.vintage, reference.obs_id))
    printed: dict[str, list[Reference]] = {}
    recomputed: dict[str, list[Reference]] = {}
    for reference in oldest_first:
        side = printed if reference.derivation is None else recomputed
        side.setdefault(reference.publisher, []).append(reference)
    parts = [_format_printed(publisher, editions) for publisher, editions in printed.items()]
    parts += [
        _format_recomputed(editions, is_again=publisher in printed)
        for publisher, editions in recomputed.items()
    ]
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def format_newest(newest: Reference | None, *, after: Reference | None, day: date) -> str:
    """What the newest period says, where it is newer than the one in question; empty otherwise."""
    if newest is None or after is None or newest.period_end <= after.period_end:
        return ""
    known = f"The newest such period known on {format_day(day)}"
    return f"{known}, {name_period(newest)}, has {format_reference(newest)}."


def format_rough_reading(claim: Claim, reference: Reference, agreement: str) -> str:
    """What agreement rests on where it is a rough one; empty where the last printed digit holds."""
    if agreement == CUT_DIGIT:
        return f"The last digit of {format_reference(reference)} is cut off in it instead of rounded."
    if agreement != NON_ZERO_DIGIT:
        return ""
    value, unit, hedge = abs(claim.value), claim.unit_measure, claim.hedge
    try:
        rough = rough_interval(claim.stated_as, value=value, unit=unit, hedge=hedge)
    except PrecisionError:
        rough = None
    return rough.reading if rough else f"{quote(claim)} is read at its last non-zero digit."


def join_sentences(*sentences: str) -> str:
    """The sentences that are not empty, in one text."""
    return " ".join(sentence for sentence in sentences if sentence)


def _name_span(start: date | None, end: date | None, basis: str, label: str | None) -> str:
    dashed = (label or "").replace("-", "\u2013")
    if basis == "five_year_window":
        return dashed
    if basis == "fiscal_year_in":
        return f"fiscal {dashed}"
    if basis == "target_year":
        return f"the target year {dashed}"
    return format_period(start, end, basis, label)


def _format_printed(publisher: str, editions: Sequence[Reference]) -> str:
    values: dict[str, Reference] = {}
    for edition in editions:
        # Editions that repeat a value as it is read are one: the first of them is named.
        values.setdefault(format_reference(edition), edition)
    shown = list(values.items())[-MOST_EDITIONS:]
    if editions[0].period_basis == "target_year":
        announced = [f"as {value} in {format_vintage(edition)}" for value, edition in shown]
        return f"it was announced {join_words(announced)}"
    parts = [
        f"{value} in its edition of {format_vintage(edition)}{_format_via(edition)}"
        for value, edition in shown
    ]
    return f"{publisher} printed {join_words(parts)}"


def _format_via(reference: Reference) -> str:
    return f" (via {reference.outlet})" if reference.outlet else ""


def _format_recomputed(editions: Sequence[Reference], *, is_again: bool) -> str:
    newest = editions[-1]
    verb = "recomputed" if is_again else "computed"
    owner = "its" if is_again else f"{newest.publisher}\u2019s"
    values = {format_reference(edition): edition for edition in editions}
    shown = sorted(values.items(), key=lambda item: item[1].vintage)[-MOST_EDITIONS:]
    if len(shown) == 1:
        return f"{verb} from {owner} data of {format_vintage(newest)} it is {format_reference(newest)}"
    parts = [f"{value} ({format_vintage(edition)})" for value, edition in shown]
    return f"{verb} from {owner} data it is {join_words(parts)}"
