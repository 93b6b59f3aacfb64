"""Charts as pages place them: whatever charts name a page, in their order."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import html

from dashboard.address import (
    Selection,
    SelectionError,
    find_page_path,
    keep_drawn,
    read_selection,
    write_address,
    write_place,
    write_query,
)
from dashboard.chart_cache import ChartCache
from dashboard.chart_contract import ChartFaultError, ChartModule, Choice, format_fault
from dashboard.components.attributes import name_attributes
from dashboard.components.chart_frame import (
    FailedChart,
    FrameContent,
    FrameSide,
    build_chart_frame,
    build_failed_frame,
)
from dashboard.components.compare_links import write_compare_link
from dashboard.page_contract import PageContext

LOG = logging.getLogger(__name__)
EVERY = slice(None)
MANY = 4


def build_charts(
    context: PageContext, page: str, *, selection: Selection, part: slice = EVERY, beside: bool = False
) -> Any:
    """The charts of a page that have something to draw, or a part of them; one that fails says so itself.

    `beside` sets them in two columns where the screen is wide.
    """
    drawn = _list_drawn(context, page, selection=selection)
    frames = [build_guarded_frame(context, chart, selection) for chart in drawn[part]]
    has_columns = beside and len(frames) > 1
    return html.Div(frames, className="charts charts-beside" if has_columns else "charts") if frames else None


def build_contents(context: PageContext, page: str, *, selection: Selection) -> Any:
    """Links to the charts of a page, where there are so many that one has to look for one."""
    drawn = _list_drawn(context, page, selection=selection)
    if len(drawn) < MANY:
        return None
    ids = [chart.card.chart_id for chart in drawn]
    views = [(chart_id, context.chart_cache.find_view(chart_id, selection)) for chart_id in ids]
    links = [html.Li(html.A(view.title, href=f"#{chart_id}")) for chart_id, view in views if view]
    return html.Nav(
        html.Ul(links), className="contents", **name_attributes({"aria-label": "Charts of this page"})
    )


def build_gaps(context: PageContext, page: str, *, selection: Selection) -> Any:
    """One line about the charts of a page that have nothing to draw."""
    drawn = _list_drawn(context, page, selection=selection)
    absent = [chart for chart in context.chart_cache.list_charts(page) if chart not in drawn]
    titles = [context.chart_cache.select_view(chart.card.chart_id, selection).title for chart in absent]
    text = f"No figures yet for: {'; '.join(titles)}."
    return html.P(text, className="gaps minor" if drawn else "gaps") if titles else None


def _list_drawn(context: PageContext, page: str, *, selection: Selection) -> list[ChartModule]:
    """The charts that have something to draw, and those that fail where they would say so."""
    charts, find_view = context.chart_cache.list_charts(page), context.chart_cache.find_view
    views = [(chart, find_view(chart.card.chart_id, selection)) for chart in charts]
    return [chart for chart, view in views if view is None or view.points]


def build_guarded_frame(
    context: PageContext,
    chart: ChartModule,
    selection: Selection,
    *,
    side: FrameSide | None = None,
    numbers: Mapping[int, int] | None = None,
) -> Any:
    """One chart in its frame; where it fails, what says so, with the table of its points if there is one."""
    try:
        return build_frame(context, chart, selection, side=side, numbers=numbers)
    except SelectionError:
        raise
    except Exception as error:
        LOG.exception("chart %s could not be shown", chart.card.chart_id)
        name = side.name if side else ""
        return build_fault(context.chart_cache, chart, selection, error=error, side=name)


def build_fault(
    chart_cache: ChartCache, chart: ChartModule, selection: Selection, *, error: Exception, side: str = ""
) -> Any:
    """What stands in the place of a chart that failed; whoever caught the error has logged it."""
    chart_id = chart.card.chart_id
    try:
        view = chart_cache.select_view(chart_id, selection)
    except ChartFaultError:
        view = None
    title = view.title if view else chart.usual_title
    failed = FailedChart(
        frame_id=f"{chart_id}-{side}" if side else chart_id,
        title=title,
        sentence=str(error) if isinstance(error, ChartFaultError) else format_fault(title, error),
        points=view.points if view else (),
    )
    return build_failed_frame(failed, number_footnotes=chart_cache.number_footnotes)


def build_frame(
    context: PageContext,
    chart: ChartModule,
    selection: Selection,
    *,
    pinned: str | None = None,
    side: FrameSide | None = None,
    numbers: Mapping[int, int] | None = None,
) -> Any:
    """One chart in its frame; see build_content()."""
    content = build_content(context, chart, selection, pinned=pinned, side=side, numbers=numbers)
    return build_chart_frame(content)


def build_content(
    context: PageContext,
    chart: ChartModule,
    selection: Selection,
    *,
    pinned: str | None = None,
    side: FrameSide | None = None,
    numbers: Mapping[int, int] | None = None,
) -> FrameContent:
    """What stands in a chart's frame; `pinned` names the snapshot that its picture and files come from.

    `side` says which of two frames of one chart it is, and `numbers` which numbers of the page's source list
    stand for its own; what such frames may show instead is chosen for both together.
    """
    chart_cache, chart_id = context.chart_cache, chart.card.chart_id
    choices = () if side else chart_cache.list_choices(chart_id, selection)
    known = numbers or {}

    def number_footnotes(row_id: str) -> list[int]:
        return [known.get(number, number) for number in chart_cache.number_footnotes(row_id)]

    sources = chart_cache.list_sources(chart_id, selection)
    return FrameContent(
        card=chart.card,
        view=chart_cache.select_view(chart_id, selection),
        heights=chart_cache.measure_heights(chart_id, selection),
        can_zoom=chart_cache.can_zoom(chart_id, selection),
        zoom=chart_cache.find_zoom(chart_id, selection),
        description=chart_cache.describe(chart_id, selection),
        sources=[(known.get(number, number), name) for number, name in sources],
        number_footnotes=number_footnotes,
        rows_missing=chart_cache.count_missing_rows(chart_id, selection),
        data_page=write_address("/data", write_place(selection)),
        page_path=find_page_path(chart.card.pages),
        query=write_query(replace(keep_drawn(selection), snapshot=pinned or selection.snapshot)),
        snapshot_id=context.snapshot.snapshot_id,
        choices=[(choice, write_choice(selection, choice)) for choice in choices],
        compare="" if side else write_compare_link(chart_id, selection),
        side=side,
    )


def write_choice(selection: Selection, choice: Choice) -> str:
    """The query of the address on which a choice is made."""
    value = None if choice.value is None else read_selection({choice.field: choice.value})
    changes: dict[str, Any] = {choice.field: value and getattr(value, choice.field), "point": None}
    return f"?{write_query(replace(selection, **changes))}"
