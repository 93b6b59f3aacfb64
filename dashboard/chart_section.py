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
    """The charts of a page that have something to draw, or a part of them.

    `beside` sets them in two columns where the screen is wide.
    """
    drawn = _list_drawn(context, page, selection=selection)
    frames = [_build_frame(context, chart, selection) for chart in drawn[part]]
    has_columns = beside and len(frames) > 1
    return html.Div(frames, className="charts charts-beside" if has_columns else "charts") if frames else None


def build_gaps(context: PageContext, page: str, *, selection: Selection) -> Any:
    """One line about the charts of a page that have nothing to draw."""
    drawn = _list_drawn(context, page, selection=selection)
    absent = [chart for chart in context.gallery.list_charts(page) if chart not in drawn]
    titles = [context.gallery.select_view(chart.card.chart_id, selection).title for chart in absent]
    words = f"No figures are known here for: {'; '.join(titles)}."
    return html.P(words, className="gaps minor" if drawn else "gaps") if titles else None


def _list_drawn(context: PageContext, page: str, *, selection: Selection) -> list[ChartModule]:
    gallery = context.gallery
    return [
        chart
        for chart in gallery.list_charts(page)
        if gallery.select_view(chart.card.chart_id, selection).points
    ]


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
