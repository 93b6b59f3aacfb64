"""Claims for paper: each figure with both verdicts, the sums behind them, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.components.attributes import name_attributes
from dashboard.components.footnotes import build_marks
from dashboard.components.row_table import build_opener
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.views.claims import ClaimEntry, Verdict
from etl import format_day

HEADINGS = ("Figure as printed", "What it says", "When printed", "Now")
UNRESOLVED = "unresolved"
CAPTION = "Claims with their verdicts when printed and now, and the sums behind them"


def build_claim_sheet(claims: Sequence[ClaimEntry]) -> Any:
    """One body of two rows for each claim, so that no page ends between them."""
    heads = [html.Th(words, scope="col") for words in HEADINGS]
    return html.Div(
        html.Table(
            [
                html.Caption(CAPTION, className="visually-hidden"),
                html.Thead(html.Tr(heads)),
                *[html.Tbody(_build_rows(claim)) for claim in claims],
            ],
            className="rows claim-sheet",
        ),
        className="table-box",
        role="region",
        tabIndex=0,
        **name_attributes({"aria-label": CAPTION}),
    )


def _build_rows(claim: ClaimEntry) -> list[Any]:
    cells: tuple[Any, ...] = (
        html.Span([build_opener(claim.stated_as, claim.claim_id), " ", build_marks(claim.footnotes)]),
        [
            html.Span(claim.title),
            html.Br(),
            html.Span(f"{claim.period}; {claim.place}", className="minor"),
        ],
        _build_verdict(claim.printing),
        _build_verdict(claim.snapshot, before=claim.printing),
    )
    opens = name_attributes({"data-opens": claim.claim_id})
    return [
        html.Tr(
            [
                html.Td(cell, **name_attributes({"data-label": name}))
                for name, cell in zip(HEADINGS, cells, strict=True)
            ],
            **opens,
        ),
        html.Tr(
            html.Td(html.P(claim.snapshot.explanation), colSpan=len(HEADINGS), className="claim-words"),
            **opens,
        ),
    ]


def _build_verdict(verdict: Verdict, *, before: Verdict | None = None) -> list[Any]:
    """A verdict with its sum; nothing is summed where there was nothing to hold the figure against."""
    is_same = before is not None and before.arithmetic == verdict.arithmetic
    text = "The same sum." if is_same else verdict.arithmetic
    return [
        build_verdict_chip(verdict.mark),
        html.Br(),
        html.Span(f"{format_day(verdict.as_of)}: {verdict.reason}", className="minor"),
        html.Span(text, className="claim-sum") if verdict.verdict != UNRESOLVED else None,
    ]
