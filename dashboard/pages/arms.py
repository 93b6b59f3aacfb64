"""Arms imports: every chart that names this page."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.address import Selection
from dashboard.chart_section import build_charts, build_contents, build_gaps
from dashboard.page_contract import Page, PageContext

PAGE = Page("/arms", "Arms imports", order=2)
LEAD = (
    "Deliveries of major arms in SIPRI’s trend-indicator value (TIV), a measure of military capability "
    "and never of money. Shares are given over five-year windows, as SIPRI gives them."
)


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """A heading and the charts."""
    return html.Div(
        [
            html.H1(PAGE.title),
            html.P(LEAD, className="lead"),
            build_contents(context, "arms", selection=selection),
            build_charts(context, "arms", selection=selection),
            build_gaps(context, "arms", selection=selection),
        ]
    )
