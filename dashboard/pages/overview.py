"""The first page: what is printed, what is measured, and every claim; without claims, every edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dash import html

import etl
from dashboard.address import Selection
from dashboard.chart_section import build_charts, build_gaps
from dashboard.components.attributes import name_attributes
from dashboard.components.claim_table import build_claim_table
from dashboard.components.edition_table import build_edition_table
from dashboard.components.row_table import build_opener
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.page_contract import Page, PageContext
from dashboard.views.claims import ClaimEntry, count_marks, list_all_claims, list_claims
from dashboard.views.dossiers import find_dossier
from dashboard.views.editions import list_editions
from dashboard.views.key_facts import KeyFact, OfficialFigure, PrintedFigure, select_key_facts
from etl import Dossier, Snapshot, format_count

PAGE = Page("/", "Overview", order=1)
FIRST_CHARTS = 2
# A front page and no inventory: the whole table is one click away.
MOST_CLAIMS = 6
VERDICTS_SHOWN_FIRST = ("contradicted", "superseded", "not_comparable", "supported")
KEY_INDICATORS = ("arms_import_share", "bilateral_trade")


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """A sentence for each key indicator, two charts, the first claims or all editions, what is missing."""
    dossier = find_dossier(context.snapshot, selection)
    has_claims = bool(list_all_claims(context.snapshot, dossier.dossier_id))
    facts = list_key_facts(context.snapshot, dossier)
    return html.Div(
        [
            html.H1(f"{dossier.title}: what is printed and what is measured", className="visually-hidden"),
            build_key_facts(facts),
            build_charts(context, "overview", selection=selection, part=slice(FIRST_CHARTS), beside=True),
            _build_claims(list_claims(context.snapshot, selection), facts) if has_claims else None,
            None if has_claims else _build_editions(context, selection),
            build_charts(context, "overview", selection=selection, part=slice(FIRST_CHARTS, None)),
            build_gaps(context, "overview", selection=selection),
        ]
    )


def list_key_facts(snapshot: Snapshot, dossier: Dossier) -> list[KeyFact]:
    """What the first page says in sentences."""
    return list(select_key_facts(snapshot, dossier, indicators=KEY_INDICATORS))


def build_key_facts(facts: Sequence[KeyFact]) -> Any:
    """A sentence for each key indicator of which anything is known."""
    return html.Div([_build_sentence(fact) for fact in facts], className="key-facts")


def _build_claims(claims: list[ClaimEntry], facts: Sequence[KeyFact]) -> Any:
    first = _choose_claims(claims, facts)
    caption = f"{format_count(len(first), 'claim')} with their verdicts when printed and now"
    all_claims = html.A(f"All {format_count(len(claims), 'claim')}", href="/claims")
    return html.Section(
        [
            html.H2("Printed figures, checked", id="claims-title"),
            html.P(_build_tally(count_marks(claims), len(claims)), className="tally"),
            build_claim_table(first, caption=caption),
            html.P(all_claims) if len(first) < len(claims) else None,
        ],
        **name_attributes({"aria-labelledby": "claims-title"}),
    )


def _choose_claims(claims: list[ClaimEntry], facts: Sequence[KeyFact]) -> list[ClaimEntry]:
    """The claims of the sentences above, then one of each thing said, first what does not hold."""
    told = [figure.claim_id for fact in facts for figure in fact.printed]
    order = {claim_id: place for place, claim_id in enumerate(told)}

    def rank(claim: ClaimEntry) -> tuple[int, bool, int, int]:
        verdict = claim.snapshot.verdict
        by_verdict = VERDICTS_SHOWN_FIRST.index(verdict) if verdict in VERDICTS_SHOWN_FIRST else MOST_CLAIMS
        is_unplaced = claim.paragraph is None
        return order.get(claim.claim_id, len(told)), is_unplaced, by_verdict, -claim.published_on.toordinal()

    said: dict[tuple[str, str], ClaimEntry] = {}
    for claim in sorted(claims, key=rank):
        said.setdefault((claim.title, claim.period), claim)
    return list(said.values())[:MOST_CLAIMS]


def _build_editions(context: PageContext, selection: Selection) -> Any:
    """What every edition gives, where no document is there to be checked."""
    editions = list_editions(context.snapshot, find_dossier(context.snapshot, selection))
    if not editions:
        return None
    return html.Section(
        [
            html.H2("Every edition, side by side", id="editions-title"),
            build_edition_table(editions, caption="What each edition gives for each window"),
        ],
        **name_attributes({"aria-labelledby": "editions-title"}),
    )


def _build_sentence(fact: KeyFact) -> Any:
    return html.P(
        _build_printed(fact) if fact.printed else _build_official(fact.title, fact.first, fact.newest),
        className="key-fact",
    )


def _build_official(title: str, first: OfficialFigure | None, newest: OfficialFigure | None) -> list[Any]:
    """A sentence for an indicator that no document here speaks of."""
    parts: list[Any] = [html.Strong(title)]
    if first is None:
        parts.append(":")
    else:
        parts += [" was ", build_opener(first.value_text, first.row_id), f" for {first.period};"]
    if newest is not None:
        parts += [f" the newest {newest.kind} is ", build_opener(newest.value_text, newest.row_id)]
        parts.append(f" for {newest.period} ({newest.publisher}, {newest.edition}).")
    return parts


def _build_printed(fact: KeyFact) -> list[Any]:
    parts: list[Any] = [html.Strong(fact.title), " is printed as "]
    last = len(fact.printed) - 1
    for place, figure in enumerate(fact.printed):
        parts += _build_figure(figure, ending=_choose_ending(last - place, has_more=fact.newest is not None))
    if fact.newest is not None:
        parts += [
            f"the newest {fact.newest.kind} is ",
            build_opener(fact.newest.value_text, fact.newest.row_id),
            f" for {fact.newest.period}",
        ]
        if fact.before is not None:
            turn = build_opener(fact.before.value_text, fact.before.row_id)
            parts += [", down from ", turn, f" for {fact.before.period}"]
        parts.append(".")
    return parts


def _build_figure(figure: PrintedFigure, *, ending: str) -> list[Any]:
    link = "" if figure.period.startswith("by ") else "for "
    # A verdict at the start of a line would seem to speak of what follows.
    chip = build_verdict_chip(figure.verdict)
    end = html.Span([f"{link}{figure.period} ", chip, ending], className="together")
    return [build_opener(figure.value_text, figure.claim_id), " ", end, " "]


def _choose_ending(remaining: int, *, has_more: bool) -> str:
    """What follows a printed figure of which so many remain."""
    if remaining == 0:
        return ";" if has_more else "."
    return " and" if remaining == 1 else ","


def _build_tally(tally: Counter[str], total: int) -> list[Any]:
    parts: list[Any] = [f"{format_count(total, 'claim')}, as they stand on the snapshot’s day: "]
    for code, number in tally.most_common():
        chip = build_verdict_chip(etl.VERDICT_MARKS[code])
        parts += [html.A([f"{number} ", chip], href=f"/claims?verdict={code}"), " "]
    return parts
