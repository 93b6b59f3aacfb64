"""Trade: every chart that names this page."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.address import Selection
from dashboard.chart_section import build_charts, build_contents, build_gaps
from dashboard.page_contract import Page, PageContext

PAGE = Page("/trade", "Trade", order=3)
LEAD = (
    "Goods trade in current US dollars, each figure drawn over the time it covers: a fiscal year over its "
    "own twelve months, and a part of a year never as a whole one."
)


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """A heading and the charts."""
    return html.Div(
        [
            html.H1(PAGE.title),
            html.P(LEAD, className="lead"),
            build_contents(context, "trade", selection=selection),
            build_charts(context, "trade", selection=selection),
            build_gaps(context, "trade", selection=selection),
        ]
    )
