"""Every claim with its verdict then and now, and where documents disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from dash import html

import etl
from dashboard.address import Selection, write_query
from dashboard.chart_section import build_charts
from dashboard.components.attributes import name_attributes
from dashboard.components.claim_table import HEADINGS, build_claim_table
from dashboard.components.compare_links import write_claims_link
from dashboard.components.row_table import build_opener
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.page_contract import Page, PageContext
from dashboard.views.claims import DEFAULT_SORT, ClaimEntry, count_marks, list_all_claims, list_claims
from dashboard.views.documents import Disagreement, list_disagreements
from dashboard.views.dossiers import find_dossier
from etl import format_count

PAGE = Page("/claims", "Claims", order=4)
LEAD = (
    "Each figure that a document prints, held against the statistics of the day it was printed and of the "
    "snapshot’s day. Open a row for the sums."
)
DISAGREEMENTS = "Where documents disagree"
SHOWN_SORT = {"figure": "figure", "document": "document", "then": "then", "now": "now", "says": "period"}


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """Filters, the table, charts of claims, disagreements."""
    snapshot = context.snapshot
    dossier = find_dossier(snapshot, selection)
    every = list_all_claims(snapshot, dossier.dossier_id)
    chosen = list_claims(snapshot, selection)
    newer = html.A("What changed since the snapshot before", href="/changed")
    heading = [html.H1(PAGE.title), html.P([LEAD, " ", newer, "."], className="lead")]
    if not every:
        return html.Div(
            [*heading, html.P(f"No claim about {dossier.title} is recorded in what is shown here.")]
        )
    return html.Div(
        [
            *heading,
            _build_filters(every, selection),
            html.P(f"{len(chosen)} of {format_count(len(every), 'claim')}", role="status", className="tally"),
            build_claim_table(
                chosen,
                caption="Claims with their verdicts when printed and now",
                headings=_build_sort_links(selection),
                sort=_name_sorted_column(selection.sort or DEFAULT_SORT),
            ),
            build_charts(context, "claims", selection=selection),
            _build_disagreements(list_disagreements(snapshot, dossier.dossier_id)),
        ]
    )


def _build_filters(claims: Sequence[ClaimEntry], selection: Selection) -> Any:
    titles = {claim.document_id: claim.document_title for claim in claims}
    marks = count_marks(claims)
    rows = [
        _build_filter(
            "Verdict now",
            "verdict",
            [
                (code, build_verdict_chip(mark), marks[code])
                for code, mark in etl.VERDICT_MARKS.items()
                if marks[code]
            ],
            selection,
        ),
        _build_filter("Topic", "topic", _count_by([claim.topic for claim in claims], "topic"), selection),
        _build_filter(
            "Document",
            "document",
            [(code, titles[code], n) for code, n in Counter(claim.document_id for claim in claims).items()],
            selection,
        ),
    ]
    return html.Nav(rows, className="filters", **name_attributes({"aria-label": "Filter claims"}))


def _count_by(codes: Sequence[str], code_list: str) -> list[tuple[str, Any, int]]:
    return [(code, etl.label(code_list, code), number) for code, number in Counter(codes).most_common()]


def _build_filter(
    name: str, field: str, options: Sequence[tuple[str, Any, int]], selection: Selection
) -> Any:
    chosen = getattr(selection, field)
    links = [_build_choice("all", href=_write_link(selection, field, None), chosen=chosen is None)]
    links += [
        _build_choice(
            [text, f"\u00a0{number}"], href=_write_link(selection, field, code), chosen=chosen == code
        )
        for code, text, number in options
    ]
    return html.Div(
        [html.Span(name, className="filter-name"), html.Ul([html.Li(link) for link in links])],
        className="filter",
    )


def _build_choice(text: Any, *, href: str, chosen: bool) -> Any:
    return html.A(
        text, href=href, className="choice", **name_attributes({"aria-current": "true" if chosen else None})
    )


def _write_link(selection: Selection, field: str, value: str | None) -> str:
    changes: dict[str, Any] = {"point": None, field: value}
    query = write_query(replace(selection, **changes))
    return f"{PAGE.path}?{query}" if query else PAGE.path


def _build_sort_links(selection: Selection) -> dict[str, Any]:
    now = selection.sort or DEFAULT_SORT
    links = {}
    for column, sort in SHOWN_SORT.items():
        turned = f"-{sort}" if now == sort else sort
        arrow = {sort: " ↑", f"-{sort}": " ↓"}.get(now, "")
        links[column] = html.A([HEADINGS[column], arrow], href=_write_link(selection, "sort", turned))
    return links


def _name_sorted_column(sort: str) -> str:
    """The column that a sort belongs to, with its sign; none for the order that no column has."""
    columns = {
        f"{sign}{known}": f"{sign}{column}" for column, known in SHOWN_SORT.items() for sign in ("", "-")
    }
    return columns.get(sort, "")


def _build_disagreements(entries: Sequence[Disagreement]) -> Any:
    if not entries:
        return None
    return html.Section(
        [html.H2(DISAGREEMENTS, id="disagreements-title"), build_pairs(entries)],
        **name_attributes({"aria-labelledby": "disagreements-title"}),
    )


def build_pairs(entries: Sequence[Disagreement], *, heading: Callable[..., Any] = html.H3) -> Any:
    """What documents say against each other; `heading` is of the level that each has there."""
    return html.Div([_build_disagreement(entry, heading) for entry in entries], className="pairs")


def _build_disagreement(entry: Disagreement, heading: Callable[..., Any]) -> Any:
    sides = (
        (entry.left_says, entry.left_id, entry.left_document, entry.left_document_id),
        (entry.right_says, entry.right_id, entry.right_document, entry.right_document_id),
    )
    return html.Article(
        [
            heading(entry.subject),
            html.Div(
                [
                    html.P(
                        [
                            build_opener(says, row_id),
                            html.Br(),
                            html.A(title, href=f"/documents/{quote(document)}"),
                        ],
                        className="side",
                    )
                    for says, row_id, title, document in sides
                ],
                className="sides",
            ),
            html.P(entry.explanation),
            html.P(html.A("Side by side", href=write_claims_link(entry.left_id, entry.right_id)))
            if entry.about == "claim"
            else None,
        ],
        className="pair",
    )
