"""A chart's figure for readers who work on it: a legend that hides and isolates, words on pointing, zoom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.plotting.plain_text import escape_markup
from dashboard.theme import Theme
from dashboard.typeface import measure_text

Figure = dict[str, Any]
MOST_SERIES = 0.75
# Room above the plot for plotly's buttons, which would else lie over the words there.
BUTTONS = 32
# In pixels: a row of the legend, what its sign and gaps take of the width, and a plot's usual widths.
LEGEND_ROW, LEGEND_SIGN = 22, 52
WIDE, NARROW = 1040, 343
LEGEND_SIZE = 12
# Others say of their own accord what is pointed at, and their parts are no series.
SERIES_TYPES = ("bar", "scatter")


@dataclass(frozen=True)
class HoverText:
    """What is said of a point: the series that it belongs to, its value, and what else there is to say."""

    series: str
    value: str
    rest: str


def make_interactive(figure: Figure, texts: Mapping[str, HoverText], *, theme: Theme) -> Figure:
    """The same marks, each series with an entry in a legend, below, and every point with its words.

    `texts` are those of rows, by their ids, as `customdata` holds them.
    """
    traces = [part for trace in figure["data"] for part in _split_by_series(trace, texts)]
    named: set[str] = set()
    drawn = [_name_trace(trace, texts, named=named) for trace in traces]
    # Where nearly every point is a series, a legend would be the table again.
    listed = sorted(named) if 1 < len(named) <= MOST_SERIES * len(texts) else []
    return {"data": drawn, "layout": _build_layout(figure["layout"], listed, theme=theme)}


def _split_by_series(trace: Figure, texts: Mapping[str, HoverText]) -> list[Figure]:
    """Bars and markers of several series as a trace each; a line stays whole."""
    ids = trace.get("customdata") or ()
    places: dict[str, list[int]] = {}
    if not _has_series(trace) or "lines" in str(trace.get("mode", "")):
        return [trace]
    for place, row_id in enumerate(ids):
        places.setdefault(_find_series(row_id, texts), []).append(place)
    if len(places) < 2:
        return [trace]
    return [_pick(trace, chosen, count=len(ids)) for chosen in places.values()]


def _has_series(trace: Mapping[str, Any]) -> bool:
    return trace.get("type", "scatter") in SERIES_TYPES


def _pick(part: Any, places: Sequence[int], *, count: int) -> Any:
    """The part of a trace that is of some of its points: what there is for each point is cut to them."""
    if isinstance(part, dict):
        return {name: _pick(value, places, count=count) for name, value in part.items()}
    if isinstance(part, (list, tuple)) and len(part) == count:
        return [part[place] for place in places]
    return part


def _name_trace(trace: Figure, texts: Mapping[str, HoverText], *, named: set[str]) -> Figure:
    if not _has_series(trace):
        return trace
    ids = trace.get("customdata") or ()
    series = next((text for row_id in ids if (text := _find_series(row_id, texts))), "")
    if not series:
        return {**trace, "showlegend": False, "hoverinfo": "skip"}
    is_first = series not in named
    named.add(series)
    return {
        **trace,
        "name": escape_markup(series),
        "legendgroup": escape_markup(series),
        "showlegend": is_first,
        "hovertext": [_write_text(row_id, texts) for row_id in ids],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _find_series(row_id: str | None, texts: Mapping[str, HoverText]) -> str:
    text = texts.get(row_id) if row_id else None
    return text.series if text else ""


def _write_text(row_id: str | None, texts: Mapping[str, HoverText]) -> str:
    text = texts.get(row_id) if row_id else None
    return f"<b>{escape_markup(text.value)}</b> {escape_markup(text.rest)}" if text else ""


def _build_layout(layout: Mapping[str, Any], named: Sequence[str], *, theme: Theme) -> Figure:
    axes = {
        name: {**axis, "fixedrange": False}
        for name, axis in layout.items()
        if name.startswith(("xaxis", "yaxis"))
    }
    is_time = any(axis.get("type") == "date" for axis in axes.values())
    low = LEGEND_ROW * _count_rows(named, theme=theme)
    margin = layout.get("margin", {})
    palette = theme.palette
    return {
        **layout,
        **axes,
        "height": layout["height"] + low + BUTTONS,
        "margin": {**margin, "b": margin.get("b", 0) + low, "t": margin.get("t", 0) + BUTTONS},
        "showlegend": bool(named),
        "legend": {
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": LEGEND_SIZE, "color": palette.text},
            "bgcolor": "rgba(0,0,0,0)",
        },
        # A finger that moves over a phone's screen scrolls the page; there are buttons to zoom.
        "dragmode": False if theme.narrow else "zoom",
        "hovermode": "x unified" if is_time else "closest",
        "hoverlabel": {
            **layout.get("hoverlabel", {}),
            "bgcolor": palette.paper,
            "bordercolor": palette.rule,
            "align": "left",
        },
        # Hidden series stay hidden, and a zoom stays, where another choice or scheme is drawn.
        "uirevision": "interactive",
    }


def _count_rows(named: Sequence[str], *, theme: Theme) -> int:
    """Rows that a legend takes: plotly sets its entries in columns as wide as the longest."""
    if not named:
        return 0
    longest = max(measure_text(name, size=LEGEND_SIZE) for name in named) + LEGEND_SIGN
    columns = max(1, int((NARROW if theme.narrow else WIDE) // longest))
    return -(-len(named) // columns)
