"""Revisions: one window through its editions, and every edition beside the others."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.address import Selection
from dashboard.chart_section import build_charts, build_gaps
from dashboard.components.edition_table import build_edition_table
from dashboard.page_contract import Page, PageContext
from dashboard.views.dossiers import find_dossier
from dashboard.views.editions import list_editions

PAGE = Page("/revisions", "Revisions", order=2)
LEAD = (
    "Publishers restate what they printed before. Every edition is kept: a later one neither hides an "
    "earlier one nor makes it wrong for its day."
)


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """A ribbon, then all editions."""
    editions = list_editions(context.snapshot, find_dossier(context.snapshot, selection))
    return html.Div(
        [
            html.H1(PAGE.title),
            html.P(LEAD, className="lead"),
            build_charts(context, "revisions", selection=selection),
            html.H2("Every edition, side by side") if editions else None,
            build_edition_table(editions, caption="What each edition gives for each window")
            if editions
            else None,
            build_gaps(context, "revisions", selection=selection),
        ]
    )
