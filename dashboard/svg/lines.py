"""Scatter traces: lines, the areas they bound, markers and words; one mark per row they open."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboard.svg.areas import draw_area
from dashboard.svg.curves import (
    LINEAR,
    SHAPES,
    Place,
    drop_straight,
    find_reach,
    split_runs,
    take_steps,
    write_dashes,
    write_line,
)
from dashboard.svg.elements import Attributes, Element, write_number
from dashboard.svg.mark_groups import Piece
from dashboard.svg.sheet import Drawing
from dashboard.svg.support import (
    FONT,
    LINE,
    MARKER,
    MARKER_LINE,
    SCATTER,
    Part,
    check_keys,
    choose,
    refuse,
    require,
)
from dashboard.svg.symbols import MarkerStyle, draw_marker
from dashboard.svg.targets import DOT_RADIUS, Dot, HitTrack, Target
from dashboard.svg.traces import TraceRead, draw_errors, read_trace
from dashboard.svg.words import StyledText, read_font, read_markup

MODES = ("lines", "markers", "text", "none")
# Plotly's defaults.
USUAL_WIDTH, USUAL_SIZE = 2.0, 6.0
# In pixels, between the edge of a marker and its words.
TEXT_GAP = 2.0


@dataclass(frozen=True)
class DrawnLine:
    """A scatter trace as pieces; `ground` belongs below the trace before it where it reaches up to that one.

    `loops` are the outlines of its area, `edge` the places of its line.
    """

    ground: Piece | None
    is_ground_below: bool
    pieces: list[Piece]
    words: list[StyledText]
    loops: list[list[Place]]
    edge: list[Place]


def draw_scatter(part: Part, number: int, sheet: Drawing, *, before: Sequence[Place] | None) -> DrawnLine:
    """One trace; `before` is the line of the trace before it on the same axes, for an area between both.

    Raises: UnsupportedFigureError for what is not drawn of lines and markers.
    """
    trace = read_trace(part, number, sheet, known=SCATTER)
    modes = _read_modes(trace)
    if part.get("connectgaps"):
        raise refuse(f"{trace.where}.connectgaps", "a gap stays a gap")
    places = [
        None if x is None or y is None else (trace.x.locate(x), trace.y.locate(y))
        for x, y in zip(part.get("x") or (), part.get("y") or (), strict=True)
    ]
    has_line = "lines" in modes
    line = _read_line(trace) if has_line or part.get("fill", "none") != "none" else {}
    runs = [take_steps(run, line.get("shape", LINEAR)) for run in split_runs(places)]
    area = draw_area(trace, runs, before=before)
    stroke = _draw_line(trace, places, line=line) if has_line else None
    markers = _draw_markers(trace, places) if "markers" in modes else [None] * len(places)
    errors = draw_errors(trace, [place if place and trace.holds(*place) else None for place in places])
    words = _write_texts(trace, places, markers=markers) if "text" in modes else []
    single = trace.is_mark and len(set(trace.row_ids)) == 1
    ground = None
    if area:
        row_id, targets = (trace.row_ids[0], _track(trace, runs)) if single else ("", ())
        ground = Piece((area.element,), row_id, targets)
    if single or not trace.is_mark:
        pieces = _join_pieces(trace, stroke, markers, errors, runs=runs if has_line else [], places=places)
    else:
        pieces = [Piece((stroke,))] if stroke else []
        pieces += _split_pieces(trace, markers, errors, places=places)
    edge = [place for run in runs for place in run]
    return DrawnLine(ground, part.get("fill") == "tonexty", pieces, words, area.loops if area else [], edge)


def _read_modes(trace: TraceRead) -> list[str]:
    modes = str(require(trace.part, "mode", where=trace.where)).split("+")
    if unknown := [mode for mode in modes if mode not in MODES]:
        raise refuse(f"{trace.where}.mode", f"{unknown[0]!r} is not drawn")
    return modes


def _read_line(trace: TraceRead) -> Part:
    where = f"{trace.where}.line"
    line: Part = require(trace.part, "line", where=trace.where)
    check_keys(line, LINE, where=where)
    choose(line, "shape", SHAPES, where=where, usual=LINEAR)
    return line


def _draw_line(trace: TraceRead, places: Sequence[Place | None], *, line: Part) -> Element | None:
    width, where = float(line.get("width", USUAL_WIDTH)), f"{trace.where}.line"
    runs = [run for run in split_runs(places) if len(run) > 1]
    if not width or not runs:
        return None
    shape, smoothing = line.get("shape", LINEAR), float(line.get("smoothing", 1))
    path = "".join(write_line(run, shape=shape, smoothing=smoothing) for run in runs)
    attributes: Attributes = {
        "d": path,
        **trace.sheet.ink.paint(require(line, "color", where=where), part="stroke"),
        "stroke-width": write_number(width),
        "stroke-dasharray": write_dashes(line.get("dash", "solid"), width, where=where),
        "stroke-linejoin": "round" if any(len(drop_straight(run)) > 2 for run in runs) else "",
        **trace.opacity,
        **trace.sheet.clip(trace.area, find_reach(runs)),
    }
    return Element("path", attributes)


def _draw_markers(trace: TraceRead, places: Sequence[Place | None]) -> list[tuple[Element, float] | None]:
    """Each point's marker and how far it reaches; nothing for a gap, for no size, and out of sight."""
    marker, where = require(trace.part, "marker", where=trace.where), f"{trace.where}.marker"
    check_keys(marker, MARKER - {"pattern"}, where=where)
    line = marker.get("line") or {}
    check_keys(line, MARKER_LINE, where=f"{where}.line")
    columns = [
        trace.spread(marker, "symbol", usual="circle", within=".marker"),
        trace.spread(marker, "size", usual=USUAL_SIZE, within=".marker"),
        trace.spread(marker, "color", usual="", within=".marker"),
        trace.spread(line, "color", usual="", within=".marker.line"),
        trace.spread(line, "width", usual=0, within=".marker.line"),
        trace.spread(marker, "opacity", usual=1, within=".marker"),
    ]
    found: list[tuple[Element, float] | None] = []
    for place, values in zip(places, zip(*columns, strict=True), strict=True):
        found.append(_draw_marker(trace, place, values, where=where))
    return found


def _draw_marker(
    trace: TraceRead, place: Place | None, values: tuple[Any, ...], *, where: str
) -> tuple[Element, float] | None:
    if place is None or not trace.holds(*place):
        return None
    symbol, size, color, line_color, line_width, opacity = values
    inline_style = MarkerStyle(
        symbol=str(symbol),
        size=float(size),
        color=color,
        line_color=line_color,
        line_width=float(line_width),
        opacity=float(opacity) * float(trace.part.get("opacity", 1)),
    )
    element = draw_marker(inline_style, *place, ink=trace.sheet.ink, where=where)
    if element is None:
        return None
    is_filled = element.attributes.get("fill", "none") != "none"
    return element, (inline_style.size + inline_style.line_width) / 2 if is_filled else 0.0


def _track(trace: TraceRead, runs: Sequence[Sequence[Place]]) -> tuple[Target, ...]:
    if not trace.is_mark:
        return ()
    tracks = []
    for run in runs:
        if len(run) > 1:
            clip = trace.sheet.clip(trace.area, find_reach([run])).get("clip-path", "")
            tracks.append(HitTrack(tuple(drop_straight(run)), clip))
    return tuple(tracks)


def _join_pieces(
    trace: TraceRead,
    stroke: Element | None,
    markers: Sequence[tuple[Element, float] | None],
    errors: Sequence[list[Element]],
    *,
    runs: Sequence[Sequence[Place]],
    places: Sequence[Place | None],
) -> list[Piece]:
    """The whole trace as one piece: one row's mark, or a guide for the eye."""
    elements = [element for each in errors for element in each]
    elements += [stroke] if stroke else []
    elements += [marker[0] for marker in markers if marker]
    if not elements:
        return []
    targets: tuple[Target, ...] = ()
    if trace.is_mark:
        length = sum(math.dist(*piece) for run in runs for piece in pairwise(run))
        # A line shorter than a dot's circle is met at its dots; along itself it would be too small to meet.
        is_long = length >= 2 * DOT_RADIUS or not any(markers)
        # A long line is met along itself, and at its markers where they are more than the caps of its ends.
        targets = _track(trace, runs) if is_long else ()
        targets += tuple(
            Dot(*place, seen=marker[1])
            for place, marker in zip(places, markers, strict=True)
            if place and marker and (marker[1] or not is_long)
        )
    return [Piece(tuple(elements), trace.row_ids[0] if trace.is_mark else "", targets)]


def _split_pieces(
    trace: TraceRead,
    markers: Sequence[tuple[Element, float] | None],
    errors: Sequence[list[Element]],
    *,
    places: Sequence[Place | None],
) -> list[Piece]:
    """A piece per point."""
    pieces = []
    for place, marker, error, row_id in zip(places, markers, errors, trace.row_ids, strict=True):
        if place is None or not trace.holds(*place):
            continue
        elements = (*error, *([marker[0]] if marker else []))
        pieces.append(Piece(elements, row_id, (Dot(*place, seen=marker[1] if marker else 0.0),)))
    return pieces


def _write_texts(
    trace: TraceRead, places: Sequence[Place | None], *, markers: Sequence[tuple[Element, float] | None]
) -> list[StyledText]:
    part, where = trace.part, trace.where
    texts = trace.spread(part, "text", usual="")
    spots = trace.spread(part, "textposition", usual="middle center")
    check_keys(part.get("textfont", {}), FONT, where=f"{where}.textfont")
    size, color = read_font(part.get("textfont"), trace.sheet.layout["font"])
    words = []
    for place, text, spot, marker in zip(places, texts, spots, markers, strict=True):
        if place is None or not text or not trace.holds(*place):
            continue
        rise, _, lean = str(spot).partition(" ")
        if rise not in ("top", "middle", "bottom") or lean not in ("left", "center", "right"):
            raise refuse(f"{where}.textposition", f"{spot!r} is no place of words")
        gap = marker[1] + TEXT_GAP if marker else 0.0
        # Words that stand at the right are held by their left side.
        across = {"left": "right", "right": "left"}.get(lean, "center")
        down = {"top": "bottom", "bottom": "top"}.get(rise, "middle")
        x = place[0] + gap * {"left": -1, "right": 1}.get(lean, 0)
        y = place[1] + gap * {"top": -1, "bottom": 1}.get(rise, 0)
        words.append(StyledText(read_markup(str(text)), x, y, across, down, color, size))
    return words
