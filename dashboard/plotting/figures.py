"""Plotly figures as chart modules give them, read as plain dictionaries that JSON can hold."""

from __future__ import annotations

import base64
import json
import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

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
