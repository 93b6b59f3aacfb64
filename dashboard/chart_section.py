"""Charts as pages place them: whatever charts name a page, in their order."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dash import html
from markupsafe import Markup

from dashboard.address import (
    Selection,
    SelectionError,
    TimeRange,
    find_page_path,
    keep_drawn,
    read_selection,
    write_address,
    write_place,
    write_query,
)
from dashboard.chart_cache import ChartCache, Viewport
from dashboard.chart_contract import ChartFaultError, ChartModule, Choice, format_fault
from dashboard.components.attributes import name_attributes
from dashboard.components.chart_frame import (
    NO_PICTURE,
    ChartFrame,
    FailedChart,
    FrameSide,
    build_chart_frame,
)
from dashboard.components.compare_links import write_compare_link
from dashboard.page_contract import PageContext
from dashboard.plotting.shared_scales import Scales

LOG = logging.getLogger(__name__)
EVERY = slice(None)
MANY = 4
# What a picture is drawn for until the browser says how wide its place is.
WIDE, BESIDE, NARROW = 1100, 580, 343


def build_charts(
    context: PageContext, page: str, *, selection: Selection, part: slice = EVERY, beside: bool = False
) -> Any:
    """The charts of a page that have something to draw, or a part of them; one that fails says so itself.

    `beside` sets them in two columns where the screen is wide.
    """
    drawn = _list_drawn(context, page, selection=selection)[part]
    has_columns = beside and len(drawn) > 1
    width = BESIDE if has_columns else WIDE
    width = BESIDE if has_columns else WIDE
    frames = [build_chart_frame(read_frame(context, chart, selection, width=width)) for chart in drawn]
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


def build_guarded_frame(context: PageContext, chart: ChartModule, selection: Selection) -> Any:
    """One chart in its frame as pages have it, or what says that it failed."""
    return build_chart_frame(read_frame(context, chart, selection))


def read_frame(
    context: PageContext,
    chart: ChartModule,
    selection: Selection,
    *,
    pinned: str | None = None,
    sides: Sides | None = None,
    width: int = WIDE,
    link_target: str | None = None,
) -> ChartFrame | FailedChart:
    """All that stands in a chart's frame; where any of it fails, what is said of that, and the log has why.

    `pinned` names the snapshot that its picture and files come from, `sides` says which of two frames of one
    chart it is, and `width` how wide its picture usually is on a wide screen.
    """
    place = Place(pinned, sides, width, link_target)
    try:
        return _read_parts(context, chart, selection, place=place)
    except SelectionError:
        raise
    except Exception as error:
        LOG.exception("chart %s could not be shown", chart.card.chart_id)
        return _describe_failure(context.chart_cache, chart, selection, error=error, sides=sides)


@dataclass(frozen=True)
class Sides:
    """What is said of a frame that has one of the same chart beside it.

    `numbers` are those of the page's source list that stand for its own, `scales` those of both pictures, and
    `span` the stretch of time that both are drawn for.
    """

    side: FrameSide
    numbers: Mapping[int, int]
    scales: Scales | None = None
    span: TimeRange | None = None


@dataclass(frozen=True)
class Place:
    """Where a frame stands."""

    pinned: str | None
    sides: Sides | None
    width: int
    link_target: str | None


def _read_parts(
    context: PageContext, chart: ChartModule, selection: Selection, *, place: Place
) -> ChartFrame:
    chart_cache, chart_id, sides = context.chart_cache, chart.card.chart_id, place.sides
    # What two frames of a chart may show instead is chosen for both together.
    choices = () if sides else chart_cache.list_choices(chart_id, selection)
    known = sides.numbers if sides else {}
    view, is_plotted = (
        chart_cache.select_view(chart_id, selection),
        not chart_cache.has_picture(chart_id, selection),
    )

    def number_footnotes(row_id: str) -> list[int]:
        return [known.get(number, number) for number in chart_cache.number_footnotes(row_id)]

    sources = chart_cache.list_sources(chart_id, selection)
    return ChartFrame(
        card=chart.card,
        view=view,
        heights=chart_cache.measure_heights(chart_id, selection),
        can_zoom=chart_cache.can_zoom(chart_id, selection),
        zoom=chart_cache.find_zoom(chart_id, selection),
        description=chart_cache.describe(chart_id, selection),
        sources=[(known.get(number, number), name) for number, name in sources],
        number_footnotes=number_footnotes,
        rows_missing=chart_cache.count_missing_rows(chart_id, selection),
        data_page=write_address("/data", write_place(selection)),
        page_path=find_page_path(chart.card.pages),
        query=write_query(replace(keep_drawn(selection), snapshot=place.pinned or selection.snapshot)),
        snapshot_id=context.snapshot.snapshot_id,
        choices=[(choice, write_choice(selection, choice)) for choice in choices],
        compare="" if sides else write_compare_link(chart_id, selection),
        side=sides.side if sides else None,
        picture=NO_PICTURE if is_plotted else _draw_picture(context, chart_id, selection, place=place),
        is_plotted=is_plotted,
        link_target=place.link_target,
    )


def _draw_picture(context: PageContext, chart_id: str, selection: Selection, *, place: Place) -> Markup:
    """The picture that comes with the page, for the width that its place usually has."""
    if context.is_phone is None:
        return NO_PICTURE
    width = NARROW if context.is_phone else place.width
    viewport = Viewport(width, is_narrow=context.is_phone, scales=place.sides.scales if place.sides else None)
    drawn = replace(selection, span=place.sides.span) if place.sides else selection
    return Markup(context.chart_cache.draw_svg(chart_id, selection=drawn, format_=viewport))


def _describe_failure(
    chart_cache: ChartCache,
    chart: ChartModule,
    selection: Selection,
    *,
    error: Exception,
    sides: Sides | None,
) -> FailedChart:
    try:
        view = chart_cache.select_view(chart.card.chart_id, selection)
    except ChartFaultError:
        view = None
    title = view.title if view else chart.usual_title
    return FailedChart(
        frame_id="-".join([chart.card.chart_id, *([sides.side.name] if sides else [])]),
        name=title,
        sentence=str(error) if isinstance(error, ChartFaultError) else format_fault(title, error),
        number_footnotes=chart_cache.number_footnotes,
        points=view.points if view else (),
    )


def write_choice(selection: Selection, choice: Choice) -> str:
    """The query of the address on which a choice is made."""
    value = None if choice.value is None else read_selection({choice.field: choice.value})
    changes: dict[str, Any] = {choice.field: value and getattr(value, choice.field), "point": None}
    return f"?{write_query(replace(selection, **changes))}"
