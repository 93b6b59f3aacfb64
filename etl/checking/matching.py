"""Matching: a found claim as the claims that a snapshot's series can answer, the likeliest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from etl.checking.rules.weapons import UNIT_INDICATORS, find_designations
from etl.checking.series_index import SeriesIndex
from etl.documents.lexicon import load_lexicon
from etl.documents.precision import (
    COUNTED_UNITS,
    MEASURED_UNITS,
    SET_INDICATORS,
    PrecisionError,
    PrintedInterval,
    read_interval,
)
from etl.documents.prose import FoundClaim
from etl.formatting import join_words
from etl.judge.closeness import find_print
from etl.judge.references import Claim
from etl.periods import Period, build_target_year, format_period
from etl.vocabulary import INDICATORS
from etl.vocabulary.series_codes import ALL_COMMODITIES, CRUDE_OIL, WORLD

# Both sides report the same thing, or one thing is reported of both.
SYMMETRIC = frozenset(
    {"bilateral_trade", "trade_target", "trade_growth", "trade_growth_needed", "agreement_count"}
)
MIRRORS = {"exports": "imports", "imports": "exports", "trade_balance": "trade_balance"}
# Without another side named, all others are meant.
OF_ALL = frozenset({"exports", "imports", "arms_import_volume", "crude_oil_imports", "military_expenditure"})
OF_ALL_SHARES = frozenset({"world_arms_import_share", "world_arms_export_share"})
# A weapon's register says whose it is.
OPEN_SIDED = OF_ALL | OF_ALL_SHARES | UNIT_INDICATORS
WITHOUT_PERIOD = "present"
Bounds = tuple[float | None, float | None]


@dataclass(frozen=True)
class Match:
    """A found claim as claims on series: the one it speaks of, the other side's report of it, and remarks."""

    claim: Claim
    mirror: Claim | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoMatch:
    """A found claim that speaks of no series, with what was understood and what is missing."""

    explanation: str
    arithmetic: str


def match_claim(
    found: FoundClaim, *, claim_id: str, bounds: Bounds, index: SeriesIndex, day: date
) -> Match | NoMatch:
    """The claims a found claim makes on the series of a snapshot, or why it makes none."""
    missing = _list_missing(found)
    if missing:
        return _explain_missing(found, missing, index)
    claim, remarks = _build_claim(found, claim_id=claim_id, bounds=bounds), []
    if claim.indicator in UNIT_INDICATORS | {"contract_value"} and claim.commodity != ALL_COMMODITIES:
        named = find_designations(claim, index.book)
        # A count is judged by one weapon's orders alone: of two that the name fits, either may be meant.
        if claim.indicator in UNIT_INDICATORS and len(named) != 1:
            return _explain_weapon(claim, [one.commodity for one in named])
        claim, remark = _name_weapon(claim, named, index)
        remarks.append(remark)
    if claim.indicator == "export_share" and _says_of_trade(found):
        claim = replace(claim, unit_measure="PERCENT_OF_TWO_WAY_TRADE")
    claim = _turn_round(claim, index)
    if claim.indicator == "trade_balance" and not found.is_change:
        claim, remark = _give_sign(claim, index, day)
        remarks.append(remark)
    return Match(claim, _mirror(claim, index, day), tuple(filter(None, remarks)))


def read_bounds(found: FoundClaim) -> Bounds:
    """The least and the greatest value that print and hedge allow; an open end is None."""
    interval, factor = _read_size(found)
    low = None if interval.low is None else float(interval.low * factor)
    high = None if interval.high is None else float(interval.high * factor)
    if found.value >= 0:
        return low, high
    return (None if high is None else -high), (None if low is None else -low)


def _read_size(found: FoundClaim) -> tuple[PrintedInterval, Decimal]:
    """The interval around the size of a figure, and what its ends are still to be multiplied by."""
    is_set = found.indicator in SET_INDICATORS
    unit = found.unit_measure if found.unit_measure in MEASURED_UNITS | COUNTED_UNITS else "USD"
    size = abs(found.value)
    try:
        return read_interval(found.read_as, value=size, unit=unit, hedge=found.hedge, is_set=is_set), Decimal(
            1
        )
    except PrecisionError:
        # A scale that the reader of precision has no word for: the digits alone, and the scale they imply.
        printed = find_print(found.read_as, size=size, unit=unit)
        number = size if printed is None else printed.number
        interval = read_interval(f"{number:f}", value=number, unit=unit, hedge=found.hedge, is_set=is_set)
        return interval, size / number if number else Decimal(1)


def format_found_period(period: Period) -> str:
    """The period of a found claim in running text."""
    return format_period(period.start, period.end, period.basis, period.label or None)


def _list_missing(found: FoundClaim) -> list[str]:
    missing = [] if found.indicator else ["what the figure measures"]
    if found.ref_area is None:
        missing.append("whose figure it is")
    if found.counterpart_area is None and found.indicator not in OPEN_SIDED | {None}:
        missing.append("the other side")
    return missing


def _explain_missing(found: FoundClaim, missing: list[str], index: SeriesIndex) -> NoMatch:
    understood = [INDICATORS.label(found.indicator)] if found.indicator else []
    if found.ref_area:
        understood.append(f"{index.name_owner(found.ref_area)} side")
    if found.counterpart_area:
        understood.append(f"{index.name(found.counterpart_area)} as the other side")
    if found.period.basis != WITHOUT_PERIOD:
        understood.append(format_found_period(found.period))
    known = f"Understood: {'; '.join(understood)}." if understood else ""
    unknown = f"The text does not say, in words that are known here, {join_words(missing)}."
    quoted = f"\u201c{found.stated_as}\u201d cannot be held against anything."
    return NoMatch(
        " ".join(part for part in (quoted, known, unknown) if part),
        "nothing to compute: no series to look in",
    )


def _explain_weapon(claim: Claim, designations: list[str]) -> NoMatch:
    name = f"\u201c{claim.commodity}\u201d"
    if designations:
        text = (
            f"{name} may be {join_words(designations)} in SIPRI\u2019s register; the text does not say which."
        )
    else:
        text = f"No order for {name} is in the registers held here."
    return NoMatch(
        f"\u201c{claim.stated_as}\u201d cannot be held against anything. {text} "
        f"Looked for: {INDICATORS.label(claim.indicator)} by the words of the designation.",
        f"nothing to compute: no such designation as {claim.commodity}",
    )


def _name_weapon(claim: Claim, named: list[Claim], index: SeriesIndex) -> tuple[Claim, str]:
    # A price may stand in no register, so that a contract keeps the name that the text prints.
    if len(named) != 1:
        return claim, ""
    weapon = named[0]
    is_renamed = weapon.commodity != claim.commodity
    is_elsewhere = weapon.counterpart_area != claim.counterpart_area
    if not (is_renamed or is_elsewhere):
        return weapon, ""
    supplier = f", supplied by {index.name(weapon.counterpart_area)}" if is_elsewhere else ""
    return weapon, f"\u201c{claim.commodity}\u201d is {weapon.commodity} in SIPRI\u2019s register{supplier}."


def _build_claim(found: FoundClaim, *, claim_id: str, bounds: Bounds) -> Claim:
    period = found.period
    if found.indicator == "trade_target" and period.end and period.basis in {"calendar_year", "up_to_date"}:
        period = build_target_year(period.end.year)
    is_crude = found.indicator in {"crude_oil_imports", "crude_oil_import_share"}
    return Claim(
        claim_id=claim_id,
        indicator=str(found.indicator),
        ref_area=str(found.ref_area),
        counterpart_area=found.counterpart_area or WORLD,
        commodity=CRUDE_OIL if is_crude else found.commodity,
        time_period=period.label or None,
        period_start=period.start,
        period_end=period.end,
        period_basis=period.basis,
        value=float(found.value),
        value_low=bounds[0],
        value_high=bounds[1],
        unit_measure=found.unit_measure,
        hedge=found.hedge,
        stated_as=found.read_as,
        said_by=f"{found.attributed_to or ''} {found.sentence}",
    )


def _turn_round(claim: Claim, index: SeriesIndex) -> Claim:
    """The same claim from the other side, where the figure is of both and only the other side has it."""
    turned = replace(claim, ref_area=claim.counterpart_area, counterpart_area=claim.ref_area)
    is_elsewhere = index.book.has_series(turned.series) and not index.book.has_series(claim.series)
    return turned if claim.indicator in SYMMETRIC and is_elsewhere else claim


def _mirror(claim: Claim, index: SeriesIndex, day: date) -> Claim | None:
    """What the other side reports of the same goods; None where no series has it."""
    if claim.indicator not in MIRRORS or claim.counterpart_area == WORLD:
        return None
    turned = replace(
        claim,
        indicator=MIRRORS[claim.indicator],
        ref_area=claim.counterpart_area,
        counterpart_area=claim.ref_area,
    )
    if not index.book.has_series(turned.series):
        return None
    return _give_sign(turned, index, day)[0] if claim.indicator == "trade_balance" else turned


def _give_sign(claim: Claim, index: SeriesIndex, day: date) -> tuple[Claim, str]:
    """A balance printed as a size, with the sign that the statistics give it."""
    near = index.book.list_near(claim, day) or index.book.list_known(claim.series, day)
    signed = [one.obs_value for one in near if one.unit_measure == claim.unit_measure]
    # More than half: where surplus and deficit alternate, the text's own sign stands.
    if claim.value <= 0 or not signed or sum(value < 0 for value in signed) * 2 <= len(signed):
        return claim, ""
    low = None if claim.value_high is None else -claim.value_high
    high = None if claim.value_low is None else -claim.value_low
    turned = replace(claim, value=-claim.value, value_low=low, value_high=high)
    return turned, "The text prints the size of a deficit, which is exports less imports and so below zero."


def _says_of_trade(found: FoundClaim) -> bool:
    """Whether the words make a percentage one of exports and imports together."""
    if found.unit_measure != "PERCENT" or found.is_change:
        return False
    return bool(_compile_two_way().search(" ".join(found.sentence.split())))


@lru_cache(maxsize=1)
def _compile_two_way() -> re.Pattern[str]:
    return load_lexicon().compile_phrases("cues", "two_way")
