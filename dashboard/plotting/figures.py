"""Plotly figures as chart modules give them: read as plain dictionaries, and dressed for plotly.js.

A figure that `svg/` does not draw is drawn by plotly.js in the browser, with the same evidence on click.
"""

from __future__ import annotations

import base64
import json
import math
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.theme import Theme, build_layout

Figure = dict[str, Any]
# Where traces of one kind or another have their values; links and nodes of a flow have them within.
MEASURES = (
    *("x", "y", "z", "value", "values", "r", "theta", "lat", "lon", "a", "b", "c", "u", "v", "w"),
    *("open", "high", "low", "close", "q1", "median", "q3", "dimensions"),
)
HOLDERS = ("link", "node")
# How plotly packs arrays, and Python's name of each type.
PACKED = {"dtype", "bdata"}
TYPES = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "f4": "f", "f8": "d"}
SKIP = "skip"
# Traces that colour what they measure.
SCALED = ("heatmap", "contour", "histogram2d", "histogram2dcontour", "choropleth")
# In pixels: what stands around a circle is not cut.
TOP = 28
# How plotly packs arrays, and Python's name of each type.
PACKED = {"dtype", "bdata"}
TYPES = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "f4": "f", "f8": "d"}
SKIP = "skip"
# Traces that colour what they measure.
SCALED = ("heatmap", "contour", "histogram2d", "histogram2dcontour", "choropleth")
# In pixels: what stands around a circle is not cut.
TOP = 28


class FigureError(ValueError):
    """What a chart's draw() gave is no figure, or one with nothing in it to see."""


def read_figure(given: Any) -> Figure:
    """A figure as a dictionary of data and layout; a value that is not finite is none.

    Takes dictionaries and plotly's own figures.
    Raises: FigureError for anything else, and where no value of any trace is finite.
    """
    if hasattr(given, "to_plotly_json") and hasattr(given, "to_json"):
        given = json.loads(given.to_json())
    if not isinstance(given, Mapping):
        raise FigureError(f"draw() gave {given!r:.80}, which is no figure.")
    data, layout = given.get("data"), given.get("layout", {})
    if not isinstance(data, Sequence) or isinstance(data, str) or not isinstance(layout, Mapping):
        raise FigureError("a figure is a dictionary of a list, data, and a dictionary, layout.")
    if not all(isinstance(trace, Mapping) for trace in data):
        raise FigureError("a trace is a dictionary.")
    figure = {**_read_plain(given), "layout": _read_plain(layout)}
    opening = [trace for trace in figure["data"] if trace.get("hoverinfo") != SKIP]
    if not opening or all(_is_void(trace) for trace in opening):
        raise FigureError("no trace has a value that can be drawn.")
    return figure


def check_evidence(figure: Mapping[str, Any], row_ids: Collection[str]) -> None:
    """Every trace that can be pointed at opens rows, and none but these.

    Ids stand in `customdata`: of a trace one for each point or, where its values are rows of a grid, in such
    rows; of the nodes and of the links of a flow in their own. What opens nothing, a sum of parts, has "".
    Raises: FigureError for a trace without ids, and for an id of no point.
    """
    for number, trace in enumerate(figure["data"]):
        found = list_row_ids(trace)
        if not found and trace.get("hoverinfo") != SKIP:
            raise FigureError(
                f'data[{number}]: without customdata it opens nothing. Else say hoverinfo "skip".'
            )
        unknown = [row_id for row_id in found if row_id not in row_ids]
        if unknown:
            raise FigureError(
                f"data[{number}].customdata: {unknown[0]!r} is the row of no point of the view."
            )


def list_row_ids(trace: Mapping[str, Any]) -> list[str]:
    """The rows that the marks of a trace open, in their order."""
    parts = [trace, *(trace[name] for name in HOLDERS if isinstance(trace.get(name), Mapping))]
    held = [value for part in parts for value in _flatten(part.get("customdata", ()))]
    return [value for value in held if isinstance(value, str) and value]


def dress_figure(figure: Mapping[str, Any], *, theme: Theme, height: int) -> Figure:
    """The figure in our type, colours and height, as far as it says nothing else itself."""
    usual, own = build_layout(theme), figure["layout"]
    axes = {name: usual.pop(name) for name in ("xaxis", "yaxis")}
    layout = {**usual, **own, "autosize": True, "height": own.get("height") or height}
    layout |= {name: {**usual[name], **(own.get(name) or {})} for name in ("font", "hoverlabel")}
    layout["margin"] = {**usual["margin"], "t": TOP, **(own.get("margin") or {})}
    layout["template"] = _build_template(theme, axes)
    layout.pop("width", None)
    return {"data": figure["data"], "layout": layout}


def _build_template(theme: Theme, axes: Mapping[str, Any]) -> Figure:
    """What plotly takes where a figure says nothing: axes of every kind, and colours."""
    palette = theme.palette
    axis = {**axes["xaxis"], "automargin": True, "color": palette.secondary}
    round_axis = {"gridcolor": palette.grid, "linecolor": palette.rule, "color": palette.secondary}
    ground = {"bgcolor": palette.paper}
    scale = {"colorscale": [[0, palette.surface], [1, palette.statistic]]}
    layout = {
        "xaxis": axis,
        "yaxis": {**axis, "showgrid": True},
        "colorway": [palette.statistic, *palette.suppliers.values()],
        "coloraxis": scale,
        "polar": {**ground, "angularaxis": round_axis, "radialaxis": round_axis},
        "ternary": {**ground, "aaxis": round_axis, "baxis": round_axis, "caxis": round_axis},
        "geo": {**ground, "landcolor": palette.surface, "lakecolor": palette.paper},
    }
    return {"layout": layout, "data": {kind: [scale] for kind in SCALED}}


def _read_plain(part: Any) -> Any:
    if isinstance(part, Mapping):
        if set(part) >= PACKED:
            return _read_plain(_unpack(part))
        return {name: _read_plain(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_read_plain(value) for value in part]
    if isinstance(part, tuple):
        return tuple(_read_plain(value) for value in part)
    if isinstance(part, float):
        return part if math.isfinite(part) else None
    if isinstance(part, date):
        return part.isoformat()
    # Arrays and series of numpy, pandas and polars.
    listed = getattr(part, "tolist", None) or getattr(part, "to_list", None)
    return _read_plain(listed()) if listed else part


def _unpack(part: Mapping[str, Any]) -> list[Any]:
    """The values of an array as plotly's own figures pack it."""
    values: list[Any] = array(TYPES[part["dtype"]], base64.b64decode(part["bdata"])).tolist()
    for length in reversed(str(part.get("shape", "")).split(",")[1:]):
        values = [values[start : start + int(length)] for start in range(0, len(values), int(length))]
    return values


def _is_void(trace: Mapping[str, Any]) -> bool:
    """Whether something that the trace measures has places and not one value, or nothing has any."""
    parts = [trace, *(trace[name] for name in HOLDERS if isinstance(trace.get(name), Mapping))]
    listed = [part[name] for part in parts for name in MEASURES if isinstance(part.get(name), list | tuple)]
    measured = [values for values in map(list, map(_flatten, listed)) if values]
    return not measured or any(all(value is None for value in values) for values in measured)


def _flatten(values: Any) -> Iterator[Any]:
    if isinstance(values, list | tuple):
        for value in values:
            yield from _flatten(value)
    elif isinstance(values, Mapping):
        # A dimension of parallel axes.
        yield from _flatten(values.get("values", ()))
    else:
        yield values
