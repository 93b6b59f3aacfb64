"""Volumes: money said of arms that is SIPRI's volume, printed as if it were dollars."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from etl.checking.rules.suggestions import Suggestion
from etl.checking.series_index import SeriesIndex
from etl.documents.lexicon import load_lexicon
from etl.judge.closeness import read_closely
from etl.judge.references import Claim, Reference
from etl.judge.verdicts import rule_on_claim
from etl.judge.wording import format_reference, name_period, quote
from etl.units import MILLION
from etl.vocabulary.series_codes import ALL_COMMODITIES, WORLD

VOLUME, TIV = "arms_import_volume", "TIV_MILLIONS"
# A sentence about arms may state real money: only a number with as many digits is hardly one by chance.
DIGITS_FOR_MONEY = 3
SOLD_BY_REPORTER = frozenset({"exports", "services_exports"})
# Under these the digits themselves agree, with this edition or period or another.
EXACT_REASONS = frozenset(
    {"within_printed_precision", "restated_by_publisher", "recomputed_since", "wrong_period_label"}
)


def find_volume_slip(claim: Claim, *, index: SeriesIndex, day: date, sentence: str) -> Suggestion | None:
    """Dollars of arms whose number is the volume of the same deliveries."""
    if claim.unit_measure != "USD" or not (claim.indicator == VOLUME or _speaks_of_arms(sentence)):
        return None
    # A claim of the volume itself in dollars is in the wrong unit at any length; only a guess needs digits.
    digits = read_closely(claim).significant_digits
    if claim.indicator != VOLUME and digits < DIGITS_FOR_MONEY:
        return None
    importer, supplier = claim.ref_area, claim.counterpart_area
    if claim.indicator in SOLD_BY_REPORTER:
        importer, supplier = supplier, importer
    for other in dict.fromkeys((supplier, WORLD)):
        reference = _find_volume(claim, (VOLUME, importer, other, ALL_COMMODITIES), index=index, day=day)
        if reference is not None:
            whose = f"all arms of {index.name(importer)}"
            if other != WORLD:
                whose = f"arms from {index.name(other)} to {index.name(importer)}"
            sentence = (
                f"{quote(claim)} has the digits of SIPRI\u2019s volume for {whose} in "
                f"{name_period(reference)} ({format_reference(reference)}), which is never money."
            )
            return Suggestion("tiv_as_dollars", sentence, reference)
    return None


def _find_volume(claim: Claim, series: tuple[str, ...], *, index: SeriesIndex, day: date) -> Reference | None:
    if not index.book.has_series(series):
        return None
    volume = replace(
        claim,
        indicator=series[0],
        ref_area=series[1],
        counterpart_area=series[2],
        commodity=series[3],
        value=_to_volume(claim.value),
        value_low=None if claim.value_low is None else _to_volume(claim.value_low),
        value_high=None if claim.value_high is None else _to_volume(claim.value_high),
        unit_measure=TIV,
    )
    ruling = rule_on_claim(volume, book=index.book, as_of=day, printed_on=day)
    reading = read_closely(volume)
    if ruling.reason not in EXACT_REASONS:
        return None
    return next((one for one in ruling.references if one.unit_measure == TIV and reading.fits(one)), None)


def _to_volume(dollars: float) -> float:
    return dollars / float(MILLION)


def _speaks_of_arms(sentence: str) -> bool:
    return bool(_compile_arms().search(" ".join(sentence.split())))


@lru_cache(maxsize=1)
def _compile_arms() -> re.Pattern[str]:
    return load_lexicon().compile_phrases("cues", "arms_import_share")
