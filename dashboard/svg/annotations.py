"""Annotations: words at a place of the axes or of the paper, some with a thin line to what they speak of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.svg.axes import Frame
from dashboard.svg.elements import Element, Ink, write_number
from dashboard.svg.support import ANNOTATION, FONT, Part, check_keys, choose, refuse, require
from dashboard.svg.words import StyledText, read_font, read_markup
from dashboard.typeface import Box

PAPER, DOMAIN, AUTO = "paper", " domain", "auto"
ACROSS, DOWN = ("left", "center", "right"), ("top", "middle", "bottom")
# Where plotly puts the words of an arrow that says nothing of it.
USUAL_ARROW = (-10.0, -30.0)
# In pixels. A level line would else touch the letters.
LEADER_GAP = 3.0
# Room at the edge of the picture, for a face that is wider than any that was measured.
EDGE = 2.0


@dataclass(frozen=True)
class Leader:
    """A thin line from words to their place."""

    start: tuple[float, float]
    stop: tuple[float, float]
    color: str
    width: float

    def draw(self, ink: Ink) -> Element:
        """The line as an element."""
        (x1, y1), (x2, y2) = self.start, self.stop
        path = f"M{write_number(x1)},{write_number(y1)}L{write_number(x2)},{write_number(y2)}"
        stroke = ink.paint(self.color, part="stroke", words=True)
        return Element("path", {"d": path, **stroke, "stroke-width": write_number(self.width)})


@dataclass(frozen=True)
class Annotation:
    """Words, and the line that leads from them."""

    words: StyledText
    leader: Leader | None


def read_annotations(layout: Part, frame: Frame) -> list[Annotation]:
    """The annotations of a layout in the order in which they are drawn.

    Raises: UnsupportedFigureError for one that asks for what is not drawn.
    """
    notes = list(_iterate(layout, frame))
    return _drop_covered(notes) if frame.is_zoomed else notes


def _iterate(layout: Part, frame: Frame) -> Iterator[Annotation]:
    for number, part in enumerate(layout.get("annotations") or ()):
        where = f"layout.annotations[{number}]"
        check_keys(part, ANNOTATION, where=where)
        if part.get("visible") is not False and str(part.get("text", "")).strip():
            yield _read_annotation(part, layout, frame=frame, where=where)


def _read_annotation(part: Part, layout: Part, *, frame: Frame, where: str) -> Annotation:
    if part.get("borderwidth", 1) and part.get("bordercolor"):
        raise refuse(f"{where}.bordercolor", "no frame is drawn around words")
    check_keys(part.get("font", {}), FONT, where=f"{where}.font")
    size, color = read_font(part.get("font"), layout["font"])
    place = (
        find_place(part, "x", frame=frame, where=where) + float(part.get("xshift", 0)),
        find_place(part, "y", frame=frame, where=where) - float(part.get("yshift", 0)),
    )
    has_arrow = part.get("showarrow", True)
    shift = _read_arrow(part, where=where) if has_arrow else (0.0, 0.0)
    across = _choose_anchor(part, "x", ACROSS, where=where)
    words = StyledText(
        lines=read_markup(str(part["text"])),
        x=place[0] + shift[0],
        y=place[1] + shift[1],
        across=across,
        down=_choose_anchor(part, "y", DOWN, where=where),
        size=size,
        color=color,
        align=choose(part, "align", ACROSS, where=where, usual="center"),
        ground="" if part.get("bgcolor") == layout.get("paper_bgcolor") else part.get("bgcolor", ""),
        opacity=float(part.get("opacity", 1)),
    )
    # Charts place words for the whole time; of a part of it, what reaches over the edge is moved in.
    if frame.is_zoomed and part.get("xref", "x") != PAPER:
        words = _hold_inside(words, frame)
    leader = _lead(part, words, place=place, color=color) if has_arrow else None
    return Annotation(_hold(words), leader)


def _hold(words: StyledText) -> StyledText:
    """One line is aligned to nothing but its own place."""
    return words if len(words.lines) > 1 else StyledText(**{**vars(words), "align": words.across})


def _hold_inside(words: StyledText, frame: Frame) -> StyledText:
    """Words moved to between the y axis and the edge of the picture: a part of the time has other edges."""
    box = words.box
    if box.left < frame.body.left:
        return words.move(frame.body.left - box.left)
    return words.move(min(0.0, frame.width - EDGE - box.right))


def _drop_covered(notes: list[Annotation]) -> list[Annotation]:
    """The annotations less those that would lie over an earlier one."""
    kept: list[Annotation] = []
    for note in notes:
        if not any(note.words.box.meets(other.words.box) for other in kept):
            kept.append(note)
    return kept


def find_place(part: Part, letter: str, *, frame: Frame, where: str, key: str = "") -> float:
    """The pixel of one coordinate of an annotation or a shape, by whatever it refers to.

    Raises: UnsupportedFigureError for a reference that is not drawn.
    """
    reference = part.get(f"{letter}ref", letter)
    value = require(part, key or letter, where=where)
    if reference == PAPER:
        body = frame.body
        if letter == "x":
            return body.left + float(value) * (body.right - body.left)
        return body.bottom - float(value) * (body.bottom - body.top)
    name = reference.removesuffix(DOMAIN)
    if not name.startswith(letter):
        raise refuse(f"{where}.{letter}ref", f"{reference!r} is neither paper nor an axis")
    axis = frame.find(name, where=f"{where}.{letter}ref")
    if name == reference:
        return axis.locate(value)
    return axis.scale.first + float(value) * (axis.scale.last - axis.scale.first)


def _choose_anchor(part: Part, letter: str, options: tuple[str, str, str], *, where: str) -> str:
    chosen: str = choose(part, f"{letter}anchor", (AUTO, *options), where=where, usual=AUTO)
    if chosen != AUTO:
        return chosen
    middle = options[1]
    if part.get("showarrow", True) or part.get(f"{letter}ref", letter) != PAPER:
        return middle
    value: Any = part[letter]
    first, last = (options[0], options[2]) if letter == "x" else (options[2], options[0])
    # Plotly's own rule for words that say no side: the third of the paper that they stand in.
    return first if value < 1 / 3 else last if value > 2 / 3 else middle


def _read_arrow(part: Part, *, where: str) -> tuple[float, float]:
    if part.get("arrowhead", 1) != 0:
        raise refuse(f"{where}.arrowhead", "only 0, a line without a head, is drawn")
    return float(part.get("ax", USUAL_ARROW[0])), float(part.get("ay", USUAL_ARROW[1]))


def _lead(part: Part, words: StyledText, *, place: tuple[float, float], color: str) -> Leader | None:
    """From the edge of the words to as far before the place as it asks for."""
    start = _leave_box(_grow(words.box), (words.x, words.y), toward=place)
    length = math.dist(start, place)
    standoff = float(part.get("standoff", 0))
    if length <= standoff:
        return None
    part_drawn = (length - standoff) / length
    stop = tuple(one + (other - one) * part_drawn for one, other in zip(start, place, strict=True))
    return Leader(start, (stop[0], stop[1]), part.get("arrowcolor", color), float(part.get("arrowwidth", 1)))


def _grow(box: Box) -> Box:
    return Box(box.left - LEADER_GAP, box.top, box.right + LEADER_GAP, box.bottom)


def _leave_box(box: Box, start: tuple[float, float], *, toward: tuple[float, float]) -> tuple[float, float]:
    """Where a line from within a box leaves it."""
    x, y = start
    across, down = toward[0] - x, toward[1] - y
    parts = [1.0]
    if across:
        parts.append(((box.right if across > 0 else box.left) - x) / across)
    if down:
        parts.append(((box.bottom if down > 0 else box.top) - y) / down)
    part = max(0.0, min(parts))
    return x + across * part, y + down * part
