"""What the drawer shows of one figure of a checked text: it comes with the answer and is kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from dash import html

import etl
from dashboard.components.attributes import name_attributes
from dashboard.components.row_table import build_opener
from dashboard.components.verdict_chip import build_verdict_chip
from etl import CheckedClaim, CheckVerdict, Reading, Slip, Snapshot, format_day


def build_checked_evidence(claim: CheckedClaim, *, snapshot: Snapshot, page: str) -> Any:
    """The figure, its verdicts then and now with their sums, likely slips, and how it was read.

    `page` is the path on which links to references open.
    """
    references = _References(snapshot, page)
    verdicts = [_build_verdict("Now", claim, claim.now, references)]
    if claim.printing is not None:
        verdicts.append(_build_then(claim, claim.printing, references))
    reading = etl.describe_claim(claim, snapshot=snapshot)
    return html.Article(
        [
            html.Header(
                [
                    html.H2(f"“{reading.stated_as}”", className="evidence-value"),
                    html.P(reading.subject, className="evidence-title"),
                    html.P(f"{reading.period} · a figure of the checked text", className="evidence-period"),
                    html.P(build_verdict_chip(claim.now.mark)),
                ]
            ),
            _build_part("How the figure is judged", verdicts),
            _build_part("Perhaps a slip", _build_slips(claim.slips, references)),
            _build_part("How it was read", [_build_reading(claim, reading)]),
        ],
        **name_attributes({"data-shown": claim.claim_id}),
    )


class _References:
    """Rows of the snapshot by id, each as a line that opens it and a link that stays."""

    def __init__(self, snapshot: Snapshot, page: str) -> None:
        self._snapshot = snapshot
        self._page = page

    def build_list(self, row_ids: Sequence[str]) -> Any:
        if not row_ids:
            return None
        return html.Ul([html.Li(self._build_line(row_id)) for row_id in row_ids], className="operands")

    def _build_line(self, row_id: str) -> list[Any]:
        evidence = self._snapshot.evidence(row_id)
        query = urlencode({"point": row_id, "snapshot": self._snapshot.snapshot_id})
        name = f"{evidence.title}, {evidence.period}"
        publishers = [line.text for line in evidence.says if line.label == "Edition"]
        edition = f" ({publishers[0]} edition)" if publishers else ""
        link = html.A(
            "link",
            href=f"{self._page}?{query}",
            **name_attributes({"aria-label": f"Permanent link: {name}{edition}"}),
        )
        label = html.Span([f"{name}{edition} ", link])
        return [label, build_opener(evidence.headline, row_id)]


def _build_part(title: str, content: Sequence[Any]) -> Any:
    return html.Section([html.H3(title), *content]) if content else None


def _build_verdict(occasion: str, claim: CheckedClaim, verdict: CheckVerdict, references: _References) -> Any:
    return html.Div(
        [
            html.P([html.Strong(occasion), f", {format_day(verdict.as_of)}"], className="occasion"),
            html.P([build_verdict_chip(verdict.mark), f" {etl.label('reason', verdict.reason)}"]),
            html.P(etl.show_on_one_line(verdict.explanation)),
            html.P(etl.show_on_one_line(verdict.arithmetic), className="sum") if verdict.arithmetic else None,
            _build_newest(claim, verdict),
            references.build_list(verdict.reference_ids),
        ],
        className="judgement",
    )


def _build_then(claim: CheckedClaim, then: CheckVerdict, references: _References) -> Any:
    """The verdict of the day of printing; in one line where it was reached in the same way."""
    now = claim.now
    if (then.mark, then.explanation, then.arithmetic) != (now.mark, now.explanation, now.arithmetic):
        return _build_verdict("When printed", claim, then, references)
    chip = build_verdict_chip(then.mark)
    parts = [html.Strong("When printed"), f", {format_day(then.as_of)}: ", chip, " for the same reason"]
    return html.P(parts, className="judgement")


def _build_newest(claim: CheckedClaim, verdict: CheckVerdict) -> Any:
    if verdict.newest_period is None or verdict.newest_value is None or claim.matched is None:
        return None
    value = etl.format_value(verdict.newest_value, claim.matched.unit_measure)
    return html.P(f"Newest: {value} in {verdict.newest_period.replace('-', '–')}")


def _build_slips(slips: Sequence[Slip], references: _References) -> list[Any]:
    if not slips:
        return []
    entries = [
        html.Div(
            [
                html.P(
                    [html.Strong(etl.label("slip", slip.code)), ": ", etl.show_on_one_line(slip.sentence)]
                ),
                references.build_list(slip.reference_ids),
            ],
            className="judgement",
        )
        for slip in slips
    ]
    return [*entries, html.P("A suggestion. The verdict stays what it is.", className="minor")]


def _build_reading(claim: CheckedClaim, reading: Reading) -> Any:
    found = claim.found
    place = f"paragraph {found.paragraph}, characters {found.char_start:,} to {found.char_end:,}"
    lines: list[tuple[str, Any]] = [
        ("In the text", f"“{reading.sentence}”"),
        ("Place", place),
        ("Value", ", ".join(part for part in (reading.value_text, reading.hedge) if part)),
        ("Allowed", reading.allowed),
        ("Said by", etl.show_on_one_line(found.attributed_to) if found.attributed_to else ""),
        ("Not stated", reading.not_stated),
        ("Inferred", [html.P(etl.show_on_one_line(text)) for text in found.readings]),
    ]
    pairs = [part for name, text in lines if text for part in (html.Dt(name), html.Dd(text))]
    return html.Dl(pairs, className="lines")
