"""A chart of a snapshot as a sheet: its picture, drawn for a selection, with metadata of what it shows."""

from __future__ import annotations

from dataclasses import replace

from dashboard.address import Selection, write_chart_link
from dashboard.chart_cache import ChartCache
from dashboard.saved_pictures.image_metadata import ImageMetadata, build_metadata
from dashboard.saved_pictures.sheet import NARROW_BELOW, SHEET_WIDTH, compose_sheet, measure_inside
from dashboard.svg import MarkName, draw_svg
from dashboard.theme import Theme
from dashboard.views.dossiers import find_limit

USUAL_SCHEME = "light"


def draw_sheet(
    chart_cache: ChartCache,
    chart_id: str,
    *,
    selection: Selection,
    scheme: str = USUAL_SCHEME,
    width: int = SHEET_WIDTH,
) -> str:
    """A chart as one SVG file that says what it is.

    Raises: UnknownChartError where there is no such chart; SelectionError for what cannot be selected;
    NoPictureError for a chart that plotly.js draws in the browser.
    """
    chart_cache.require_picture(chart_id, selection)
    theme = Theme(scheme, narrow=width < NARROW_BELOW)
    metadata = build_chart_metadata(chart_cache, chart_id, selection=selection, theme=theme)
    points = chart_cache.select_view(chart_id, selection).points
    names = {
        point.row_id: MarkName(
            ", ".join(part for part in (point.value_text, point.period, point.series, point.mark) if part),
            point.period,
        )
        for point in reversed(points)
    }
    figure = chart_cache.draw_figure(chart_id, selection=selection, theme=theme)
    picture = draw_svg(figure, width=measure_inside(width), names=names)
    return compose_sheet(picture, metadata, palette=theme.palette, width=width)


def build_chart_metadata(
    chart_cache: ChartCache, chart_id: str, *, selection: Selection, theme: Theme
) -> ImageMetadata:
    """The metadata of a chart as a selection and a theme draw it.

    Raises: UnknownChartError where there is no such chart; SelectionError for what cannot be selected.
    """
    snapshot, pages = chart_cache.snapshot, chart_cache.find_chart(chart_id).card.pages
    chosen = selection if find_limit(snapshot) else replace(selection, as_of=None)
    return build_metadata(
        chart_id,
        view=chart_cache.select_view(chart_id, selection),
        description=chart_cache.describe(chart_id, selection),
        sources=[name for _, name in chart_cache.list_sources(chart_id, selection)],
        snapshot=snapshot,
        address=write_chart_link(chart_id, chosen, pages=pages, snapshot_id=snapshot.snapshot_id),
        specification=chart_cache.draw_figure(chart_id, selection=selection, theme=theme),
        span=selection.span if chart_cache.can_zoom(chart_id, selection) else None,
    )
