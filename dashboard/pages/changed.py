"""What changed: what each snapshot kept here brought against the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from dash import html

from dashboard.address import Selection
from dashboard.components.row_table import Column, TableRow, build_opener, build_table
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.page_contract import Page, PageContext
from dashboard.views.changes import ClaimChange, EditionChange, FigureChange, Step, VerdictChange, list_steps
from etl import format_count

# What changed depends on which snapshots lie beside this one, and these come and go.
PAGE = Page("/changed", "What changed", order=5, in_navigation=False, has_own_files=True)
FEED = "/changed.atom"
# Older steps are in the feed readers of those who followed it.
MOST_STEPS = 5
LEAD = (
    "What each build brought against the one before it: editions added, figures restated, the largest change "
    "first, claims whose verdict turned, and claims that are new."
)


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """The newest step in full, then those before it."""
    steps = list_steps(context.snapshot, most=MOST_STEPS)
    feed = html.P(["To follow it: ", html.A("Atom feed", href=FEED), "."])
    heading = [html.H1(PAGE.title), html.P(LEAD, className="lead"), feed]
    if not steps:
        absent = (
            "No earlier snapshot is kept beside this one, so that there is nothing to compare it with. The "
            "next build will say here what it brought."
        )
        return html.Div([*heading, html.P(absent)])
    return html.Div([*heading, *(_build_step(step, is_newest=step is steps[0]) for step in steps)])


def _build_step(step: Step, *, is_newest: bool) -> Any:
    opens = [
        *_build_part("Editions", _build_editions(step.editions)),
        *_build_part("Figures restated", _build_figures(step.figures, is_newest=is_newest)),
        html.P(f"{format_count(step.hidden, 'smaller change')} more; “footnoted diff” lists them.")
        if step.hidden
        else None,
        *_build_part("Verdicts turned", _build_verdicts(step.verdicts, is_newest=is_newest)),
        *_build_part("Claims", _build_claims(step.claims, is_newest=is_newest)),
    ]
    return html.Section(
        [
            html.H2(["Snapshot ", html.Code(step.after_id)], id=f"snapshot-{step.after_id}"),
            html.P([step.summary, " Against ", html.Code(step.before_id), "."]),
            *opens,
        ],
        className="changed",
    )


def _build_part(title: str, table: Any) -> list[Any]:
    return [] if table is None else [html.H3(title), table]


def _build_editions(editions: Sequence[EditionChange]) -> Any:
    columns = [Column("Edition", kind="title"), Column("What happened"), Column("File")]
    rows = [
        TableRow(
            (
                [
                    html.Span(f"{one.publisher}, {one.day_text}"),
                    html.Br(),
                    html.Span(one.product, className="minor"),
                ],
                one.change,
                html.Code(one.file),
            )
        )
        for one in editions
    ]
    return (
        build_table(columns, rows=rows, caption="Editions that came, were replaced or are gone")
        if rows
        else None
    )


def _build_figures(figures: Sequence[FigureChange], *, is_newest: bool) -> Any:
    columns = [Column("Figure", kind="title"), Column("Before"), Column("Now"), Column("Change")]
    rows = [
        TableRow(
            (
                [
                    html.Span(f"{one.title}, {one.period}"),
                    html.Br(),
                    html.Span(one.origin, className="minor"),
                ],
                one.before,
                _build_opener(one.after, one.row_id, is_newest=is_newest),
                one.change_text,
            ),
            opens=one.row_id if is_newest else None,
        )
        for one in figures
    ]
    return (
        build_table(columns, rows=rows, caption="Figures restated, the largest change first")
        if rows
        else None
    )


def _build_verdicts(verdicts: Sequence[VerdictChange], *, is_newest: bool) -> Any:
    columns = [Column("Claim", kind="title"), Column("Before"), Column("Now"), Column("Why")]
    rows = [
        TableRow(
            (
                [
                    _build_opener(one.stated_as, one.claim_id, is_newest=is_newest),
                    html.Br(),
                    html.Span(one.title, className="minor"),
                ],
                build_verdict_chip(one.before),
                build_verdict_chip(one.after),
                one.explanation,
            ),
            opens=one.claim_id if is_newest else None,
        )
        for one in verdicts
    ]
    return _build_table(columns, rows, "Claims whose verdict turned")


def _build_claims(claims: Sequence[ClaimChange], *, is_newest: bool) -> Any:
    columns = [Column("Claim", kind="title"), Column("What happened"), Column("Document")]
    rows = [
        TableRow(
            (
                _build_opener(one.stated_as, one.claim_id, is_newest=is_newest and one.change == "added"),
                "new" if one.change == "added" else one.change,
                html.A(one.document_id, href=f"/documents/{quote(one.document_id)}")
                if is_newest and one.change == "added"
                else one.document_id,
            )
        )
        for one in claims
    ]
    return _build_table(columns, rows, "Claims that came or are gone")


def _build_table(columns: Sequence[Column], rows: Sequence[TableRow], caption: str) -> Any:
    return build_table(columns, rows=rows, caption=caption) if rows else None


def _build_opener(text: str, row_id: str, *, is_newest: bool) -> Any:
    """A value that opens its evidence; the rows of older steps may not be in this snapshot."""
    return build_opener(text, row_id) if is_newest else text
