"""Marks that several charts draw: bars as wide as their time, lines, dots, claims, how far each may reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, Protocol

from dashboard.plotting.labels import Place
from dashboard.plotting.plain_text import escape_markup
from dashboard.theme import Palette, Theme
from etl import VerdictMark

MILLISECONDS_A_DAY = 86_400_000
CLEAR = "rgba(0,0,0,0)"
HOVER = "%{hovertext}<extra></extra>"
# Larger than any dot of data: a claim is what the chart is about.
CLAIM_SIZE = 12
# In pixels and as the part that is inked: a narrow bar still shows stripes, and is neither filled nor empty.
HATCH_SIZE, HATCH_SOLIDITY = 6, 0.35
# In pixels, of the line that says how far a value may reach.
INTERVAL_THICKNESS = 1.5

# Hollow: open to revision or unsure; hatched: worked out and not counted, or still to come.
Fill = Literal["solid", "hollow", "hatched"]


class Opening(Protocol):
    """Whatever opens the evidence of a row and says something when pointed at."""

    @property
    def row_id(self) -> str: ...
    @property
    def hover(self) -> str: ...


@dataclass(frozen=True)
class Span:
    """One value over the days it covers, how sure it is (`look`), and the interval it lies in, if known."""

    row_id: str
    start: date
    end: date
    value: float
    value_text: str
    period: str
    hover: str
    fill: Fill = "solid"
    low: float | None = None
    high: float | None = None

    @property
    def hollow(self) -> bool:
        """Whether only its outline is drawn."""
        return self.fill == "hollow"

    @property
    def stop(self) -> date:
        """The day after the last."""
        return self.end + timedelta(days=1)

    @property
    def middle(self) -> date:
        """The day in the middle."""
        return self.start + (self.stop - self.start) // 2


@dataclass(frozen=True)
class ClaimMark:
    """A value that a document states, and the mark of what checking it gave."""

    span: Span
    verdict: VerdictMark


def flip_span(span: Span) -> Span:
    """The same span drawn below zero: an amount that a chart turns down for room."""
    low = None if span.high is None else -span.high
    return replace(span, value=-span.value, low=low, high=None if span.low is None else -span.low)


def pick_supplier_color(supplier: str, *, counterpart: str, palette: Palette) -> str:
    """A supplier's own colour; a counterpart without one still stands out from the other suppliers."""
    rest = palette.secondary if supplier == counterpart else palette.other_supplier
    return palette.suppliers.get(supplier, rest)


def write_place(place: Place) -> str | float:
    """A place on an x axis as plotly reads it."""
    return place.isoformat() if isinstance(place, date) else place


def write_hover(value_text: str, period: str, *details: str) -> str:
    """What a reader sees on pointing at a mark: the value, its period, and a line per detail."""
    first = f"<b>{escape_markup(value_text)}</b> \u00b7 {escape_markup(period)}"
    return "<br>".join([first, *(escape_markup(detail) for detail in details if detail)])


def draw_bars(
    spans: Sequence[Span], *, colors: Sequence[str], theme: Theme, **changes: Any
) -> dict[str, Any]:
    """A bar per span, exactly as wide as its time: filled, an outline only, or hatched within its outline."""
    pairs = list(zip(spans, colors, strict=True))
    solid = [span.fill == "solid" for span in spans]
    marker: dict[str, Any] = {
        "color": [CLEAR if span.hollow else color for span, color in pairs],
        "line": {
            "color": [theme.palette.paper if span.fill == "solid" else color for span, color in pairs],
            "width": [1 if each else 1.5 for each in solid],
        },
    }
    if any(span.fill == "hatched" for span in spans):
        # "replace": the stripes have the bar's own colour and nothing lies between them.
        shapes = ["/" if span.fill == "hatched" else "" for span in spans]
        kind = {"fillmode": "replace", "size": HATCH_SIZE, "solidity": HATCH_SOLIDITY}
        marker["pattern"] = {"shape": shapes, **kind}
    return {
        "type": "bar",
        "x": [span.start.isoformat() for span in spans],
        "y": [span.value for span in spans],
        "width": [(span.stop - span.start).days * MILLISECONDS_A_DAY for span in spans],
        "offset": 0,
        "marker": marker,
        "customdata": [span.row_id for span in spans],
        "hovertext": [span.hover for span in spans],
        "hovertemplate": HOVER,
        **changes,
    }


def draw_dots(
    places: Sequence[tuple[Place, float]],
    *,
    opens: Sequence[Opening],
    marker: dict[str, Any],
    **changes: Any,
) -> dict[str, Any]:
    """One mark per place, each opening a row."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [write_place(x) for x, _ in places],
        "y": [y for _, y in places],
        "marker": marker,
        "customdata": [each.row_id for each in opens],
        "hovertext": [each.hover for each in opens],
        "hovertemplate": HOVER,
        **changes,
    }


def draw_series(
    spans: Sequence[Span], *, color: str, width: float, marker: dict[str, Any], **changes: Any
) -> dict[str, Any]:
    """A line through the middles of spans, with a mark at each."""
    places, line = [(span.middle, span.value) for span in spans], {"color": color, "width": width}
    return draw_dots(places, opens=spans, marker=marker, mode="lines+markers", line=line, **changes)


def build_dot_marker(spans: Sequence[Span], *, color: str, size: float, theme: Theme) -> dict[str, Any]:
    """A dot per span: filled, or a ring where the value is provisional, unsure, estimated or to come."""
    fills = [color if span.fill == "solid" else theme.palette.paper for span in spans]
    return {"color": fills, "size": size, "opacity": 1, "line": {"color": color, "width": 1.5}}


def build_claim_marker(verdict: VerdictMark, theme: Theme) -> dict[str, Any]:
    """The mark of a claim, in amber: a dot where it is supported, if only roughly, else a diamond."""
    return {
        "symbol": "circle" if is_supported(verdict) else "diamond",
        "size": CLAIM_SIZE,
        "color": theme.palette.claim,
        "line": {"color": theme.palette.paper, "width": 1.5},
    }


def is_supported(verdict: VerdictMark) -> bool:
    """Whether a figure holds, exactly or roughly: its place on a chart needs no word of doubt."""
    return verdict.code in {"supported", "supported_roughly"}


def draw_claim(mark: ClaimMark, *, days: Sequence[date], theme: Theme) -> dict[str, Any]:
    """A claim on each of these days."""
    marker = build_claim_marker(mark.verdict, theme)
    return draw_dots([(day, mark.span.value) for day in days], opens=[mark.span] * len(days), marker=marker)


def draw_level(span: Span, *, color: str, width: float = 3) -> dict[str, Any]:
    """One value as a line across the time it covers, open to a click at both ends and in the middle."""
    places = [(day, span.value) for day in (span.start, span.middle, span.stop)]
    line = {"color": color, "width": width}
    return draw_dots(places, opens=[span] * len(places), marker={}, mode="lines", line=line)


def draw_outline(span: Span, *, color: str) -> dict[str, Any]:
    """The dotted outline of a bar over the span's own months, not filled: what lies behind stays visible."""
    roof = [(day, span.value) for day in (span.start, span.middle, span.stop)]
    corners = [(span.start, 0.0), *roof, (span.stop, 0.0)]
    line = {"color": color, "width": 1.5, "dash": "dot"}
    return draw_dots(corners, opens=[span] * len(corners), marker={}, mode="lines", line=line)


def draw_line(xs: Sequence[Place], ys: Sequence[float], *, color: str, **changes: Any) -> dict[str, Any]:
    """A line that only guides the eye and cannot be opened."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [write_place(x) for x in xs],
        "y": list(ys),
        "line": {"color": color, "width": 1, **changes},
        "hoverinfo": "skip",
    }


def has_interval(span: Span, *, least: float = 0.0) -> bool:
    """Whether a span's interval is known at both ends and wider than the least."""
    return span.low is not None and span.high is not None and span.high - span.low > least


def build_error_bars(spans: Sequence[Span], *, color: str, least: float) -> dict[str, Any]:
    """Plotly's `error_y` of a trace with a mark per span: zero where the interval is no wider than least.

    Without caps: plotly draws the cap of an interval of zero too.
    """
    reaches = [measure_reach(span, least=least) for span in spans]
    return {
        "type": "data",
        "symmetric": False,
        "array": [up for _, up in reaches],
        "arrayminus": [down for down, _ in reaches],
        "color": color,
        "thickness": INTERVAL_THICKNESS,
        "width": 0,
    }


def measure_reach(span: Span, *, least: float) -> tuple[float, float]:
    """How far the interval goes below and above the value; nothing where it would not be seen."""
    if span.low is None or span.high is None or not has_interval(span, least=least):
        return 0.0, 0.0
    return max(0.0, span.value - span.low), max(0.0, span.high - span.value)
