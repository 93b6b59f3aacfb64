"""Methods: how figures are read, recomputed and judged, with examples from the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

import etl
from dashboard.components.attributes import name_attributes
from dashboard.components.row_table import build_opener
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.listings.claims import ClaimEntry, list_claims
from dashboard.number_text import say_day
from dashboard.page_contract import Page, PageContext
from dashboard.selection import Selection, find_limit
from dashboard.theme import VERDICT_GLYPHS

PAGE = Page("/methods", "Methods", order=7)
RULES = {
    "supported": (
        "The reference for the same period and the same kind of period lies in the range that the printed "
        "figure allows."
    ),
    "superseded": (
        "It was true by the edition of its day. Since then the publisher has restated the same period out "
        "of that range, "
        "or the text spoke of its present and a newer period says otherwise."
    ),
    "not_comparable": (
        "There is a reference, but for another stretch of time, another valuation or another unit, and the "
        "difference matters."
    ),
    "contradicted": "Same period, same kind of period, outside the range in every edition.",
    "unresolved": "There is nothing to hold the figure against. The explanation says what was tried.",
}
WORDS = (
    (
        "The printed precision decides",
        "A figure printed in whole per cent allows half a per cent on either side. A round sum is read at "
        "its last digit "
        "that is not zero or at its last printed digit, whichever is kinder to the text, and the verdict "
        "says which. "
        "“About” doubles the range; “over” and “more than” have no upper end.",
    ),
    (
        "Two days, two verdicts",
        "Each claim is judged with what was published by the day it was printed, and again with everything "
        "in the "
        "snapshot. The snapshot’s day is the newest edition or document among its inputs, never the clock.",
    ),
    (
        "Shares are recomputed",
        "A supplier’s share is its deliveries over all deliveries to the importer in the same five calendar "
        "years, in "
        "SIPRI’s trend-indicator value, once for every edition of the register at hand. Sums are made of "
        "whole numbers and "
        "decimals, so two builds of the same files give the same digits.",
    ),
    (
        "Editions are data",
        "Publishers revise. Every edition is kept beside the others under the day it came out (its "
        "vintage); a newer one "
        "never overwrites an older one, and a point says which edition it is from.",
    ),
    (
        "TIV is not money",
        "SIPRI’s trend-indicator value measures the capability of what was delivered. It is not a price, "
        "has no dollars, "
        "and never stands on an axis with money.",
    ),
    (
        "Periods are drawn as long as they are",
        "A fiscal year may begin in another month than January; SIPRI’s windows take five calendar years "
        "together; some releases cover only some months. Each is drawn over the time it covers, and figures "
        "of different kinds are never joined by a line.",
    ),
    (
        "Empty, zero and not reported",
        "A zero that a publisher prints is a zero. A cell it leaves empty is a gap, and gaps stay gaps.",
    ),
    (
        "What is kept of a document",
        "Its record, each figure as printed, and where it stands: paragraph, character positions and "
        "hashes, so that anyone "
        "who holds the text can find the place. Sentences are not kept.",
    ),
)


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """Rules with an example each, then the words, then how to cite."""
    snapshot = context.snapshot
    claims = list_claims(snapshot, Selection(dossier=selection.dossier))
    return html.Div(
        [
            html.H1("Methods"),
            html.H2("Verdicts"),
            html.Div([_build_rule(verdict, claims) for verdict in VERDICT_GLYPHS], className="rules"),
            html.H2("How figures are read"),
            html.Div(
                [html.Section([html.H3(title), html.P(text)]) for title, text in WORDS], className="prose"
            ),
            html.H2("How to cite"),
            html.P(
                [
                    "Every point has its own citation, as text and as BibTeX, at the foot of its evidence. "
                    "To cite the whole: "
                    f"Footnoted, snapshot {snapshot.snapshot_id}, "
                    f"{'as known on' if find_limit(snapshot) else 'of'} {say_day(snapshot.as_of)}. "
                    "A link with ",
                    html.Code(f"snapshot={snapshot.snapshot_id}"),
                    " in it says so when the snapshot behind these pages has changed.",
                ]
            ),
        ],
        className="methods",
    )


def _build_rule(verdict: str, claims: Sequence[ClaimEntry]) -> Any:
    return html.Section(
        [
            html.H3(build_verdict_chip(verdict)),
            html.P(RULES[verdict]),
            _build_example(verdict, claims),
        ],
        className="rule",
        **name_attributes({"aria-label": etl.label("verdict", verdict)}),
    )


def _build_example(verdict: str, claims: Sequence[ClaimEntry]) -> Any:
    found = [claim for claim in claims if claim.snapshot.verdict == verdict]
    if not found:
        return html.P("No claim of this dossier has this verdict.", className="minor")
    claim = found[0]
    return html.Div(
        [
            html.P(
                [
                    "For example ",
                    build_opener(claim.stated_as, claim.claim_id),
                    f": {claim.title}, {claim.period}.",
                ]
            ),
            html.P(claim.snapshot.arithmetic or claim.snapshot.explanation, className="sum"),
        ],
        className="example",
    )
