"""Checking: the figures found in a text, each matched, judged then and now, and searched for slips."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from etl.checking.matching import Match, NoMatch, match_claim, read_bounds
from etl.checking.reports.report import CheckedClaim, CheckReport, CheckVerdict, MatchedSeries
from etl.checking.rules.changes import rule_on_change
from etl.checking.rules.other_readings import leave_open, read_kindly, rule_by_mirror
from etl.checking.rules.read_twice import leave_what_was_read_twice
from etl.checking.rules.slips import find_slips, name_ruled_slip
from etl.checking.rules.suggestions import Suggestion, soften_ruling
from etl.checking.rules.weapons import UNIT_INDICATORS, rule_on_weapons
from etl.checking.series_index import SeriesIndex, open_series_index
from etl.countries import build_area_book
from etl.documents.lexicon import load_lexicon
from etl.documents.opened_text import OpenedText
from etl.documents.prose import FoundClaim, Parties, ProseReader
from etl.judge.other_counts import allow_other_counts
from etl.judge.references import Claim
from etl.judge.rulings import Ruling
from etl.judge.verdicts import rule_on_claim
from etl.judge.wording import format_reference, join_sentences
from etl.snapshot import Snapshot

# One for each snapshot that series_index keeps: its areas are the names a reader knows.
CACHED_READERS = 4
# Nothing is measured in these but the distance between two values.
UNITS_OF_CHANGE = frozenset({"PERCENTAGE_POINTS", "TIMES"})


@dataclass(frozen=True)
class JudgingContext:
    """What one judging needs: what is held, the day it judges by, and the day the text speaks on."""

    index: SeriesIndex
    day: date
    printed_on: date


def check_text(
    text: str | OpenedText,
    *,
    snapshot: Snapshot,
    published_on: date | None = None,
    as_of: date | None = None,
    dossier: str | None = None,
) -> CheckReport:
    """Every figure of a text, matched and judged by what was known when it came out and by what is known now.

    `dossier` names the relationship whose sides are taken where the text does not name both; without it, the
    dossiers of the snapshot are considered whose sides it names.
    Raises: UnknownRowError for a dossier that the snapshot does not have.
    """
    started = time.perf_counter()
    opened = text if isinstance(text, OpenedText) else OpenedText(text, "text", None, None, ())
    day = published_on or opened.published_on
    until = min(as_of, snapshot.as_of) if as_of is not None else snapshot.as_of
    reader = _open_reader(snapshot)
    sides = _list_sides(snapshot)
    given = None if dossier is None else sides[snapshot.dossier(dossier).dossier_id]
    homes = list(sides.values()) if given is None else [given]
    found = reader.read(opened.text, published_on=day, homes=homes, given=given)
    claims = check_claims(found, snapshot=snapshot, published_on=day, as_of=until)
    return CheckReport(
        text=opened.text,
        kind=opened.kind,
        title=opened.title,
        published_on=day,
        as_of=until,
        snapshot_id=snapshot.snapshot_id,
        claims=claims,
        notes=opened.notes,
        seconds=time.perf_counter() - started,
    )


def list_named_dossiers(text: str, *, snapshot: Snapshot) -> list[str]:
    """The dossiers of a snapshot whose two sides a text names both."""
    named = _open_reader(snapshot).list_areas(text)
    return [
        dossier
        for dossier, sides in _list_sides(snapshot).items()
        if {sides.ref_area, sides.counterpart_area} <= named
    ]


def check_claims(
    found: Sequence[FoundClaim], *, snapshot: Snapshot, published_on: date | None, as_of: date
) -> tuple[CheckedClaim, ...]:
    """Found claims, judged; numbered in the order of the text, whatever order they come in."""
    index = open_series_index(snapshot)
    in_order = sorted(found, key=lambda one: (one.char_start, one.char_end, one.read_as))
    claims = [
        check_claim(one, claim_id=f"check.{number}", index=index, published_on=published_on, as_of=as_of)
        for number, one in enumerate(in_order, start=1)
    ]
    return leave_what_was_read_twice(claims)


def check_claim(
    found: FoundClaim, *, claim_id: str, index: SeriesIndex, published_on: date | None, as_of: date
) -> CheckedClaim:
    """One found claim, judged then and now."""
    bounds = read_bounds(found)
    match = match_claim(found, claim_id=claim_id, bounds=bounds, index=index, day=as_of)
    now = JudgingContext(index, as_of, published_on or as_of)
    if isinstance(match, NoMatch):
        then = None if published_on is None else _state_no_match(match, published_on)
        return CheckedClaim(claim_id, found, *bounds, then, _state_no_match(match, as_of), ())
    ruling, slips = judge_match(found, match, now)
    printing = None
    if published_on is not None:
        printing = judge_match(found, match, JudgingContext(index, published_on, published_on))[0]
    return CheckedClaim(
        claim_id=claim_id,
        found=found,
        interval_low=bounds[0],
        interval_high=bounds[1],
        printing=None if printing is None or published_on is None else _sum_up(printing, match, published_on),
        now=_sum_up(ruling, match, as_of),
        slips=tuple(one.slip for one in slips),
        matched=_name_series(match.claim),
    )


def judge_match(found: FoundClaim, match: Match, context: JudgingContext) -> tuple[Ruling, list[Suggestion]]:
    """The ruling on a matched claim, and the slips that would explain one that does not hold."""
    claim, index, day = match.claim, context.index, context.day
    if found.is_change or found.unit_measure in UNITS_OF_CHANGE:
        ruling = rule_on_change(
            claim,
            baseline=found.baseline,
            direction=found.direction,
            index=index,
            day=day,
            printed_on=context.printed_on,
        )
        ruling = leave_open(found, ruling)
        ruling = allow_other_counts(claim, ruling, printed_on=context.printed_on, is_change=True)
        return ruling, name_ruled_slip(claim, ruling)
    if claim.indicator in UNIT_INDICATORS:
        ruling = rule_on_weapons(claim, index=index, day=day, printed_on=context.printed_on)
        return ruling, name_ruled_slip(claim, ruling)

    def judge(reading: Claim) -> Ruling:
        return rule_on_claim(reading, book=index.book, as_of=day, printed_on=context.printed_on)

    ruling = read_kindly(found, claim, judge(claim), judge=judge)
    ruling = rule_by_mirror(ruling, match.mirror, index=index, day=day, printed_on=context.printed_on)
    slips = find_slips(claim, ruling, index=index, day=day, sentence=found.sentence)
    ruling = soften_ruling(ruling, slips, claim=claim, book=index.book)
    return leave_open(found, ruling, {one.code for one in slips}), slips


def _state_no_match(match: NoMatch, day: date) -> CheckVerdict:
    return CheckVerdict(
        "unresolved", "no_reference", day, match.explanation, match.arithmetic, (), None, None
    )


def _sum_up(ruling: Ruling, match: Match, day: date) -> CheckVerdict:
    newest = ruling.newest
    return CheckVerdict(
        verdict=ruling.verdict,
        reason=ruling.reason,
        as_of=day,
        explanation=join_sentences(ruling.explanation, *match.remarks),
        arithmetic=ruling.arithmetic,
        reference_ids=tuple(dict.fromkeys(one.obs_id for one in ruling.references)),
        newest_period=newest.time_period if newest else None,
        newest_value=newest.obs_value if newest else None,
        now_text=format_reference(ruling.reference) if ruling.reference else "",
    )


def _name_series(claim: Claim) -> MatchedSeries:
    return MatchedSeries(
        claim.indicator, claim.ref_area, claim.counterpart_area, claim.commodity, claim.unit_measure
    )


def _list_sides(snapshot: Snapshot) -> dict[str, Parties]:
    rows = snapshot.table("dossiers").select("dossier_id", "ref_area", "counterpart_area").rows()
    return {dossier_id: Parties(*sides) for dossier_id, *sides in rows}


@lru_cache(maxsize=CACHED_READERS)
def _open_reader(snapshot: Snapshot) -> ProseReader:
    return ProseReader(lexicon=load_lexicon(), areas=build_area_book(snapshot.table("areas")))
