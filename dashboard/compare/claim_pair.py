"""Two claims side by side, line by line, with the sums of their verdicts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from dash import html

import etl
from dashboard.components.footnotes import build_marks
from dashboard.components.marked_text import name_mark
from dashboard.components.row_table import Column, TableRow, build_opener, build_table
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.views.claim_pairs import ClaimPair, PairedClaim
from dashboard.views.claims import Verdict
from etl import format_day

CLASS_NAME = "claim-pair"
NOTHING = "–"


def build_claim_pair(pair: ClaimPair) -> Any:
    """A table with a column per claim; each figure opens its evidence."""
    sides = (pair.left, pair.right)
    columns = [Column("What", kind="title"), *(Column(f"“{side.entry.stated_as}”") for side in sides)]
    lines = [_list_lines(side) for side in sides]
    rows = [
        TableRow((name, *_dim_same(left, right)))
        for (name, left), (_, right) in zip(lines[0].items(), lines[1].items(), strict=True)
        if (left, right) != (NOTHING, NOTHING)
    ]
    return build_table(columns, rows=rows, caption="The two claims, line by line", class_name=CLASS_NAME)


def _list_lines(side: PairedClaim) -> dict[str, Any]:
    entry, record = side.entry, side.record
    return {
        "As printed": [
            build_opener(f"“{entry.stated_as}”", entry.claim_id),
            " ",
            build_marks(entry.footnotes),
        ],
        "What it says": entry.title,
        "Period": entry.period,
        "Kind of period": etl.label("period_basis", record["period_basis"]),
        "Unit": etl.label("unit_measure", record["unit_measure"]),
        "Read as": side.hedged,
        "The print allows": side.allowed or NOTHING,
        "Document": _build_document(side),
        "Said by": record["attributed_to"] or NOTHING,
        "When printed": _build_verdict(entry.printing),
        "Now": _build_verdict(entry.snapshot, before=entry.printing),
        "Newest value": entry.newest_text or NOTHING,
    }


def _dim_same(left: Any, right: Any) -> tuple[Any, Any]:
    """What both have stands back behind what tells them apart."""
    if not isinstance(left, str) or left != right:
        return left, right
    return html.Span(left, className="same"), html.Span(right, className="same")


def _build_document(side: PairedClaim) -> Any:
    entry = side.entry
    address = f"/documents/{quote(entry.document_id)}#{name_mark(entry.claim_id)}"
    day = format_day(entry.published_on, precision=entry.published_on_precision)
    place = entry.place if entry.paragraph else f"place {entry.place}"
    return html.Div(
        [
            html.A(entry.document_title, href=address),
            html.P(f"{day}, {place}", className="minor"),
        ]
    )


def _build_verdict(verdict: Verdict, *, before: Verdict | None = None) -> Any:
    """A verdict with its sum; in one line where it was reached as the one before was."""
    day = html.P(format_day(verdict.as_of), className="minor")
    chip = build_verdict_chip(verdict.mark)
    if before and replace(before, as_of=verdict.as_of) == verdict:
        return html.Div([html.P([chip, " for the same reason"]), day])
    return html.Div(
        [
            html.P([chip, f" {verdict.reason}"]),
            day,
            html.P(verdict.explanation),
            html.P(verdict.arithmetic, className="sum") if verdict.arithmetic else None,
        ]
    )
