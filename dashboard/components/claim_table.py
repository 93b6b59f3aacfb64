"""Claims as a table: the figure as printed, what it says, and the verdicts of two days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from dash import html

from dashboard.components.footnotes import build_marks
from dashboard.components.row_table import Column, TableRow, build_opener, build_table
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.views.claims import ClaimEntry
from etl import format_day

CLASS_NAME = "claim-rows"
HEADINGS = {
    "figure": "Figure as printed",
    "says": "What it says",
    "document": "Document",
    "then": "When printed",
    "now": "Now",
    "newest": "Newest value",
}


def build_claim_table(
    claims: Sequence[ClaimEntry], *, caption: str, headings: Mapping[str, Any] | None = None, sort: str = ""
) -> Any:
    """Claims, one row each; `headings` may hold links that sort, and `sort` says how the rows are sorted."""
    columns = [
        Column(
            text,
            (headings or {}).get(name),
            kind="opener" if name == "figure" else "text",
            sorted_as=_format_sort(name, sort),
        )
        for name, text in HEADINGS.items()
    ]
    return build_table(
        columns, rows=[_build_row(claim) for claim in claims], caption=caption, class_name="claim-rows"
    )


def _build_row(claim: ClaimEntry) -> TableRow:
    day = format_day(claim.published_on, precision=claim.published_on_precision)
    return TableRow(
        (
            [build_opener(claim.stated_as, claim.claim_id), " ", build_marks(claim.footnotes)],
            [html.Span(claim.title), html.Br(), html.Span(claim.period, className="minor")],
            [
                html.A(claim.document_title, href=f"/documents/{quote(claim.document_id)}"),
                html.Br(),
                html.Span(f"{day}, ¶{claim.paragraph}" if claim.paragraph else day, className="minor"),
            ],
            build_verdict_chip(claim.printing.mark),
            [
                build_verdict_chip(claim.snapshot.mark),
                html.Br(),
                html.Span(claim.snapshot.reason, className="minor"),
            ],
            _build_newest(claim.newest_text),
        ),
        opens=claim.claim_id,
    )


def _build_newest(text: str) -> Any:
    """The newest value and, on a line of its own, its period."""
    if not text:
        return html.Span("–", className="nothing")
    value, _, period = text.removesuffix(")").partition(" (")
    return [html.Span(value), html.Br(), html.Span(period, className="minor")] if period else value


def _format_sort(name: str, sort: str) -> str | None:
    if name != sort.removeprefix("-"):
        return None
    return "descending" if sort.startswith("-") else "ascending"
