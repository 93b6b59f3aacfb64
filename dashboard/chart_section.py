"""Charts as pages place them: whatever charts name a page, in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import html

from dashboard.chart_contract import ChartModule, Choice
from dashboard.components.chart_frame import FrameContent, build_chart_frame
from dashboard.page_contract import PageContext
from dashboard.selection import Selection, read_selection, write_query

EVERY = slice(None)


def build_charts(
    context: PageContext, page: str, *, selection: Selection, part: slice = EVERY, beside: bool = False
) -> Any:
    """The charts of a page, or a part of them; `beside` sets them in two columns where the screen is wide."""
    frames = [_build_frame(context, chart, selection) for chart in context.gallery.list_charts(page)[part]]
    return html.Div(frames, className="charts charts-beside" if beside else "charts") if frames else None


def _build_frame(context: PageContext, chart: ChartModule, selection: Selection) -> Any:
    gallery, chart_id = context.gallery, chart.card.chart_id
    content = FrameContent(
        card=chart.card,
        view=gallery.select_view(chart_id, selection),
        figure=gallery.draw_figure(chart_id, selection=selection, theme=context.theme),
        description=gallery.describe(chart_id, selection),
        sources=gallery.list_sources(chart_id, selection),
        number_footnotes=gallery.number_footnotes,
        query=write_query(replace(selection, point=None)),
        snapshot_id=context.snapshot.snapshot_id,
        choices=[
            (choice, _write_link(selection, choice)) for choice in gallery.list_choices(chart_id, selection)
        ],
    )
    return build_chart_frame(content, context.theme)


def _write_link(selection: Selection, choice: Choice) -> str:
    value = None if choice.value is None else read_selection({choice.field: choice.value})
    changes: dict[str, Any] = {choice.field: value and getattr(value, choice.field), "point": None}
    return f"?{write_query(replace(selection, **changes))}"
