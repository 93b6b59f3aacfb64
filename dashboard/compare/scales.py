"""The scales that a chart shares with the same chart beside it, of another day or dossier."""

from __future__ import annotations

from dataclasses import replace

from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.chart_contract import PlotlyFigure
from dashboard.plotting.shared_scales import Scales, have_same_axes, read_scales, unite_scales
from dashboard.theme import Theme
from dashboard.views.sides import AT, place_side, read_side


def share_scales(
    chart_cache: ChartCache, chart_id: str, *, selection: Selection, beside: str | None, is_narrow: bool
) -> Scales | None:
    """Scales that hold a chart and the one `beside` names; None where none is named or none can hold both.

    `chart_cache` is that of the newest day: both days are looked up in it.
    Raises: SelectionError for a side that cannot be.
    """
    if not beside:
        return None
    snapshot = chart_cache.snapshot
    other = place_side(read_side(beside, name="beside", snapshot=snapshot), selection, snapshot=snapshot)
    own, its = (
        find_scales(chart_cache, chart_id, selection=each, is_narrow=is_narrow) for each in (selection, other)
    )
    return unite_scales(own, its)


def find_scales(
    chart_cache: ChartCache, chart_id: str, *, selection: Selection, is_narrow: bool
) -> Scales | None:
    """The scales of a chart as a selection draws it, over its whole time."""
    return read_scales(draw_whole(chart_cache, chart_id, selection=selection, is_narrow=is_narrow))


def draw_whole(
    chart_cache: ChartCache, chart_id: str, *, selection: Selection, is_narrow: bool
) -> PlotlyFigure:
    """A chart as a selection draws it, over its whole time."""
    day, whole = chart_cache.turn_back(selection.as_of), replace(selection, span=None)
    return day.draw_figure(chart_id, selection=whole, theme=Theme(narrow=is_narrow))


def write_beside(selection: Selection) -> str:
    """The side that a selection draws, for the address of the picture beside it."""
    day = selection.as_of.isoformat() if selection.as_of else ""
    return f"{selection.dossier or ''}{AT}{day}"


def format_scales(left: PlotlyFigure, right: PlotlyFigure, *, shared: Scales | None) -> str:
    """Whether two pictures can be compared by eye, and if not, how far each goes; nothing of an empty one."""
    if not left["data"] or not right["data"]:
        return ""
    if shared is not None or have_same_axes(left, right):
        return "Both are drawn to the same scale, and over the same time."
    text, reaches = "Each is drawn to its own scale", (read_scales(left), read_scales(right))
    if None in reaches:
        return f"{text}."
    one, other = (_format_reach(scales) for scales in reaches if scales)
    return f"{text}: the left {one}, the right {other}."


def _format_reach(scales: Scales) -> str:
    return f"from {scales.start:%Y} to {scales.stop:%Y} and up to {scales.ticks[-1][1]}"
