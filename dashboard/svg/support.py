"""What a picture can draw of a plotly figure; asked for anything else it refuses, and never draws less."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

Part = Mapping[str, Any]

# Said of pointing, dragging and notebooks: nothing of it is drawn.
LAYOUT_UNDRAWN = frozenset(
    {"dragmode", "hoverdistance", "hoverlabel", "hovermode", "meta", "title", "uirevision", "width"}
)
LAYOUT = LAYOUT_UNDRAWN | {
    "annotations",
    "bargap",
    "barmode",
    "font",
    "height",
    "margin",
    "paper_bgcolor",
    "plot_bgcolor",
    "shapes",
    "showlegend",
}
AXIS_UNDRAWN = frozenset({"automargin", "fixedrange", "rangemode", "zerolinewidth"})
AXIS = AXIS_UNDRAWN | {
    "anchor",
    "autorange",
    "categoryarray",
    "categoryorder",
    "domain",
    "gridcolor",
    "gridwidth",
    "linecolor",
    "linewidth",
    "matches",
    "range",
    "showgrid",
    "showline",
    "showticklabels",
    "side",
    "tickcolor",
    "tickfont",
    "tickformat",
    "ticklen",
    "tickmode",
    "ticks",
    "ticktext",
    "tickvals",
    "tickwidth",
    "type",
    "visible",
    "zeroline",
    "zerolinecolor",
}
TRACE_UNDRAWN = frozenset(
    {"hoverinfo", "hoverlabel", "hoveron", "hovertemplate", "hovertext", "legendgroup", "meta", "name"}
)
TRACE = TRACE_UNDRAWN | {
    "cliponaxis",
    "customdata",
    "error_x",
    "error_y",
    "marker",
    "opacity",
    "showlegend",
    "text",
    "textfont",
    "textposition",
    "type",
    "visible",
    "x",
    "xaxis",
    "y",
    "yaxis",
}
BAR = TRACE | {
    "base",
    "cliponaxis",
    "constraintext",
    "insidetextanchor",
    "offset",
    "orientation",
    "textangle",
    "width",
}
SCATTER = TRACE | {"connectgaps", "fill", "fillcolor", "line", "mode"}
LINE = frozenset({"color", "dash", "shape", "simplify", "smoothing", "width"})
MARKER = frozenset({"color", "line", "opacity", "pattern", "size", "symbol"})
MARKER_LINE = frozenset({"color", "width"})
PATTERN = frozenset({"bgcolor", "fgcolor", "fillmode", "shape", "size", "solidity"})
FONT = frozenset({"color", "size"})
LAYOUT_FONT = FONT | {"family"}
ERROR = frozenset({"array", "arrayminus", "color", "symmetric", "thickness", "type", "visible", "width"})
SHAPE = frozenset(
    {
        "fillcolor",
        "layer",
        "line",
        "name",
        "opacity",
        "type",
        "visible",
        "x0",
        "x1",
        "xref",
        "y0",
        "y1",
        "yref",
    }
)
# What charts here use and the tests hold; anything else is refused until somebody draws it.
ANNOTATION = frozenset(
    {
        "align",
        "arrowcolor",
        "arrowhead",
        "arrowwidth",
        "ax",
        "ay",
        "bgcolor",
        "borderpad",
        "borderwidth",
        "captureevents",
        "font",
        "name",
        "opacity",
        "showarrow",
        "standoff",
        "text",
        "visible",
        "x",
        "xanchor",
        "xref",
        "xshift",
        "y",
        "yanchor",
        "yref",
        "yshift",
    }
)


class UnsupportedFigureError(Exception):
    """A figure that asks for something a picture does not draw; the message says what and where."""


class UnopenedMarkError(UnsupportedFigureError):
    """A mark that would open nothing, or has no name to be spoken: however it is drawn, that is a fault."""


def refuse(where: str, why: str) -> UnsupportedFigureError:
    """The error for one place of a figure."""
    return UnsupportedFigureError(f"{where}: {why}. See dashboard/svg/README.md for what is drawn.")


def check_keys(part: Iterable[str], known: Collection[str], *, where: str) -> None:
    """Nothing in a part of a figure is unknown here.

    Raises: UnsupportedFigureError naming the first attribute that is.
    """
    for name in part:
        # Refused and not passed over: a picture that leaves something out looks as if it were whole.
        if name not in known:
            raise refuse(f"{where}.{name}", "this attribute is not drawn")


def choose(part: Part, name: str, options: Collection[Any], *, where: str, usual: Any) -> Any:
    """One of a few values that an attribute may have.

    Raises: UnsupportedFigureError for any other.
    """
    value = part.get(name, usual)
    if value not in options:
        raise refuse(f"{where}.{name}", f"{value!r} is not drawn, only {', '.join(map(repr, options))}")
    return value


def require(part: Part, name: str, *, where: str) -> Any:
    """An attribute that a picture does not guess.

    Raises: UnsupportedFigureError where it is absent.
    """
    if part.get(name) is None:
        raise refuse(where, f"{name} is absent, and a picture guesses nothing")
    return part[name]


def spread(value: Any, count: int, *, where: str) -> list[Any]:
    """One value for all points, or one for each, as a list of that many.

    Raises: UnsupportedFigureError for a list of another length.
    """
    if not isinstance(value, (list, tuple)):
        return [value] * count
    if len(value) != count:
        raise refuse(where, f"{len(value)} values for {count} points")
    return list(value)
