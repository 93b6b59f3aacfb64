"""What bars and lines have in common: their points, their rows, their intervals and their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.svg.axes import Axis
from dashboard.svg.elements import Attributes, Element, write_number
from dashboard.svg.sheet import Drawing
from dashboard.svg.support import ERROR, Part, UnopenedMarkError, check_keys, choose, refuse, require, spread
from dashboard.typeface import Box

SKIP = "skip"
# Plotly's defaults.
USUAL_THICKNESS, USUAL_CAP = 2.0, 4.0


@dataclass(frozen=True)
class TraceRead:
    """One trace, the axes it stands on, and what its places are called in a message."""

    part: Part
    where: str
    x: Axis
    y: Axis
    sheet: Drawing
    row_ids: tuple[str, ...]

    @cached_property
    def area(self) -> Box:
        """The pixels that its axes span."""
        return self.sheet.frame.cover(self.x, self.y)

    @property
    def count(self) -> int:
        """How many points it has."""
        return len(self.part.get("x") or ())

    @property
    def is_mark(self) -> bool:
        """Whether its points can be opened."""
        return self.part.get("hoverinfo") != SKIP

    @property
    def opacity(self) -> Attributes:
        """The opacity of the whole trace as an attribute."""
        value = self.part.get("opacity", 1)
        return {} if value == 1 else {"opacity": write_number(value)}

    @property
    def is_clipped(self) -> bool:
        """Whether markers and words beyond the axes are left out."""
        return self.part.get("cliponaxis") is not False

    def holds(self, x: float, y: float) -> bool:
        """Whether a place is drawn at all."""
        return not self.is_clipped or (self.x.scale.holds(x) and self.y.scale.holds(y))

    def spread(self, part: Part, name: str, *, usual: Any, within: str = "") -> list[Any]:
        """An attribute for every point."""
        value = part.get(name, usual)
        return spread(usual if value is None else value, self.count, where=f"{self.where}{within}.{name}")


def read_trace(part: Part, number: int, sheet: Drawing, *, known: frozenset[str]) -> TraceRead:
    """One trace, held against what is drawn of its kind.

    Raises: UnsupportedFigureError for what is not, and for points that neither open a row nor say "skip".
    """
    where = f"data[{number}]"
    check_keys(part, known, where=where)
    if part.get("showlegend"):
        raise refuse(f"{where}.showlegend", "no legend is drawn: label the marks")
    x, y = sheet.find_axes(part, where=where)
    xs, ys = part.get("x") or (), part.get("y") or ()
    if len(xs) != len(ys):
        raise refuse(where, f"{len(xs)} places in x, {len(ys)} in y")
    return TraceRead(part, where, x, y, sheet, _read_rows(part, len(xs), where=where))


def _read_rows(part: Part, count: int, *, where: str) -> tuple[str, ...]:
    choose(part, "hoverinfo", (SKIP, "text", "all", "none"), where=where, usual="all")
    if part.get("hoverinfo") == SKIP:
        return ("",) * count
    if part.get("customdata") is None:
        raise UnopenedMarkError(f"{where}: without customdata its points open nothing.")
    rows = spread(part["customdata"], count, where=f"{where}.customdata")
    for row_id in rows:
        if not (isinstance(row_id, str) and row_id):
            raise UnopenedMarkError(f"{where}.customdata: {row_id!r} is not the id of a row.")
    return tuple(rows)


def draw_errors(trace: TraceRead, places: Sequence[tuple[float, float] | None]) -> list[list[Element]]:
    """The intervals of every point, none where both sides are zero or absent."""
    found: list[list[Element]] = [[] for _ in places]
    for letter in "xy":
        part = trace.part.get(f"error_{letter}")
        if part is None or part.get("visible") is False:
            continue
        where = f"{trace.where}.error_{letter}"
        for number, element in _draw_intervals(part, trace, places=places, letter=letter, where=where):
            found[number].append(element)
    return found


def _draw_intervals(
    part: Part, trace: TraceRead, *, places: Sequence[tuple[float, float] | None], letter: str, where: str
) -> Iterator[tuple[int, Element]]:
    check_keys(part, ERROR, where=where)
    choose(part, "type", ("data",), where=where, usual="data")
    more = spread(require(part, "array", where=where), len(places), where=f"{where}.array")
    less = (
        more
        if part.get("arrayminus") is None
        else spread(part["arrayminus"], len(places), where=f"{where}.arrayminus")
    )
    axis = trace.x if letter == "x" else trace.y
    ink, color = trace.sheet.ink, require(part, "color", where=where)
    thickness = float(part.get("thickness", USUAL_THICKNESS))
    inline_style = {
        **ink.paint(color, part="stroke"),
        "stroke-width": write_number(thickness),
        **trace.opacity,
    }
    cap = float(part.get("width", USUAL_CAP))
    values = trace.part[letter]
    bases = _list_bases(trace, letter)
    for number, place in enumerate(places):
        # An exact value has no interval, and a cap of no length would look like one.
        if place is None or not (more[number] or less[number]):
            continue
        value = axis.count(values[number]) + bases[number]
        ends = [
            axis.scale.locate(value - axis.measure(less[number] or 0)),
            axis.scale.locate(value + axis.measure(more[number] or 0)),
        ]
        path = _write_interval(place, ends, letter=letter, cap=cap)
        yield (
            number,
            Element("path", {"d": path, **inline_style, **_clip_interval(trace, place, ends, letter=letter)}),
        )


def _list_bases(trace: TraceRead, letter: str) -> list[float]:
    """What the bars stand on whose ends the intervals are around."""
    along = "x" if trace.part.get("orientation") == "h" else "y"
    if trace.part.get("type") != "bar" or along != letter:
        return [0.0] * trace.count
    return [float(base or 0) for base in trace.spread(trace.part, "base", usual=0)]


def _clip_interval(
    trace: TraceRead, place: tuple[float, float], ends: Sequence[float], *, letter: str
) -> Attributes:
    low, high = min(ends), max(ends)
    reach = Box(low, place[1], high, place[1]) if letter == "x" else Box(place[0], low, place[0], high)
    return trace.sheet.clip(trace.area, reach)


def _write_interval(place: tuple[float, float], ends: Sequence[float], *, letter: str, cap: float) -> str:
    start, stop = (write_number(end) for end in ends)
    if letter == "y":
        x, left = write_number(place[0]), write_number(place[0] - cap)
        across = f"h{write_number(2 * cap)}"
        caps = f"M{left},{start}{across}M{left},{stop}{across}" if cap else ""
        return f"M{x},{start}V{stop}{caps}"
    y, top = write_number(place[1]), write_number(place[1] - cap)
    down = f"v{write_number(2 * cap)}"
    caps = f"M{start},{top}{down}M{stop},{top}{down}" if cap else ""
    return f"M{start},{y}H{stop}{caps}"
