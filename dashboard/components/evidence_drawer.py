"""The evidence of one row: the value, who says it, how it was worked out, and what else says the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from dash import html

import etl
from dashboard.components.attributes import name_attributes
from dashboard.components.citation_panel import build_citation_panel
from dashboard.components.compare_links import build_compare_links
from dashboard.components.footnotes import build_marks
from dashboard.components.row_table import build_opener
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.views.claims import ClaimEntry
from etl import Alternative, Citing, Evidence, EvidenceLine, Footnote, Judgement, Operand, Working, format_day

BUNDLES = "/api/v1/bundles"
CACHED_NAMED = 4096
OCCASIONS = {"printing": "On the day of printing", "snapshot": "On the snapshot’s day"}


def build_drawer() -> Any:
    """The place of the evidence, empty."""
    return html.Aside(
        [
            html.Div(
                [
                    html.Strong("Evidence", id="drawer-title"),
                    html.Button(
                        "Close",
                        type="button",
                        className="quiet",
                        **name_attributes({"data-close-drawer": "true"}),
                    ),
                ],
                className="drawer-head",
            ),
            html.Div(id="evidence", **name_attributes({"aria-live": "polite"})),
        ],
        id="drawer",
        tabIndex=-1,
        **name_attributes({"aria-labelledby": "drawer-title"}),
    )


def build_evidence(
    evidence: Evidence,
    *,
    notes: Sequence[Footnote],
    permalink: str | None,
    partners: Sequence[ClaimEntry] = (),
) -> Any:
    """Everything the drawer shows of one row; `partners` are claims that it may be set beside.

    Without a permanent link it has no part on linking and citing.
    """
    parts = [
        _build_top(evidence),
        _build_part("How the claim is judged", [_build_judgement(entry) for entry in evidence.judgements]),
        _build_part("Who says it", [_build_lines(evidence.says)] if evidence.says else []),
        _build_part("How it was worked out", [_build_working(entry) for entry in evidence.workings]),
        _build_part("Other values for the same thing", _build_others(evidence.others)),
        _build_part("Compare with", [build_compare_links(evidence.row_id, partners)] if partners else []),
        _build_part("Claims held against it", [_build_citing(entry) for entry in evidence.cited_by]),
        _build_part("Sources", [_build_note(note) for note in notes]),
        _build_part("Link and citation", [_build_references(evidence, permalink)] if permalink else []),
    ]
    return html.Article(
        [part for part in parts if part is not None], **name_attributes({"data-shown": evidence.row_id})
    )


def build_missing(row_id: str, snapshot_id: str, *, day: date | None = None) -> Any:
    """What the drawer says of an id that the snapshot does not have, or did not know on a day."""
    on_day = f", as known on {format_day(day)}," if day else ""
    why = (
        "It may have come out later than the day shown. The page behind this panel shows what was known."
        if day
        else "The link may be mistyped, or it may come from another snapshot, built of other editions. "
        "The page behind this panel shows what this snapshot has."
    )
    return html.Article(
        [
            html.H2("No such point", className="evidence-value"),
            html.P(["Snapshot ", html.Code(snapshot_id), f"{on_day} has no row ", html.Code(row_id), "."]),
            html.P(why),
        ],
        **name_attributes({"data-missing": row_id}),
    )


def _build_top(evidence: Evidence) -> Any:
    return html.Header(
        [
            html.H2(
                [html.Span(evidence.headline), " ", build_marks(evidence.footnotes)],
                className="evidence-value",
            ),
            html.P(evidence.title, className="evidence-title"),
            html.P(
                " · ".join(part for part in (evidence.period, evidence.status) if part),
                className="evidence-period",
            ),
            html.P(build_verdict_chip(evidence.mark)) if evidence.mark else None,
        ]
    )


def _build_part(title: str, content: list[Any]) -> Any:
    return html.Section([html.H3(title), *content]) if content else None


def _build_lines(lines: Sequence[EvidenceLine]) -> Any:
    pairs: list[Any] = []
    for line in lines:
        pairs += [html.Dt(line.label), html.Dd(_build_line_text(line))]
    return html.Dl(pairs, className="lines")


def _build_line_text(line: EvidenceLine) -> Any:
    if line.row_id:
        return build_opener(line.text, line.row_id)
    return html.A(line.text, href=line.url) if line.url else line.text


def _build_judgement(judgement: Judgement) -> Any:
    return html.Div(
        [
            html.P(
                [html.Strong(OCCASIONS[judgement.occasion]), f", {format_day(judgement.as_of)}"],
                className="occasion",
            ),
            html.P([build_verdict_chip(judgement.mark), f" {etl.label('reason', judgement.reason)}"]),
            html.P(judgement.explanation),
            html.P(judgement.arithmetic, className="sum") if judgement.arithmetic else None,
            html.P(f"Newest: {judgement.newest}") if judgement.newest else None,
            _build_operands(judgement.references),
        ],
        className="judgement",
    )


def _build_working(working: Working) -> Any:
    return html.Div(
        [html.P(working.rule), html.P(working.sum_text, className="sum"), _build_operands(working.operands)],
        className="working",
    )


def _build_operands(operands: Sequence[Operand]) -> Any:
    if not operands:
        return None
    return html.Ul(
        [_build_named(operand.label, operand.value_text, operand.row_id) for operand in operands],
        className="operands",
    )


def _build_others(others: Sequence[Alternative]) -> list[Any]:
    if not others:
        return []
    entries = [_build_named(other.label, other.value_text, other.row_id) for other in others]
    return [html.Ul(entries, className="operands")]


# A value is an operand of many others: of a year's sum, of the windows that hold the year, of their shares.
@lru_cache(maxsize=CACHED_NAMED)
def _build_named(label: str, value_text: str, row_id: str) -> Any:
    return html.Li([html.Span(label), build_opener(value_text, row_id)])


def _build_citing(citing: Citing) -> Any:
    return html.P(
        [
            build_opener(f"“{citing.stated_as}”", citing.claim_id),
            " in ",
            html.A(citing.document_title, href=f"/documents/{quote(citing.document_id)}"),
            " ",
            build_verdict_chip(citing.mark),
        ],
        className="citing",
    )


def _build_note(note: Footnote) -> Any:
    text: Any = html.A(note.text, href=note.url) if note.url else note.text
    return html.P([html.Span(f"[{note.number}] ", className="footnote-number"), text], className="note")


def _build_references(evidence: Evidence, permalink: str) -> Any:
    citation = evidence.reference.link(permalink)
    page = {"page": urlsplit(permalink).path}
    return html.Div(
        [
            _build_copyable("Permanent link", permalink, html.A(permalink, href=permalink, className="long")),
            build_citation_panel(citation, kind="point", query=page),
            _build_files(evidence.row_id, snapshot_id=citation.version),
        ],
        className="references",
    )


def _build_files(row_id: str, *, snapshot_id: str) -> Any:
    number, asked = quote(row_id, safe=""), urlencode({"snapshot": snapshot_id})
    return html.P(
        [
            html.A("Download this evidence (JSON)", href=f"/evidence/{number}.json?{asked}"),
            " · ",
            html.A("Evidence bundle (ZIP)", href=f"{BUNDLES}/{number}?{asked}", download=""),
        ]
    )


def _build_copyable(name: str, text: str, shown: Any) -> Any:
    return html.Div(
        [
            html.Div(
                [
                    html.Strong(name),
                    html.Button(
                        "Copy",
                        type="button",
                        className="quiet",
                        **name_attributes({"data-copy": text, "aria-label": f"Copy: {name}"}),
                    ),
                ],
                className="copy-head",
            ),
            shown,
        ],
        className="copyable",
    )
