"""Layout shapes: lines and rectangles that mark a stretch of an axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.svg.annotations import find_place
from dashboard.svg.curves import write_dashes
from dashboard.svg.elements import Element, write_number, write_path
from dashboard.svg.sheet import Drawing
from dashboard.svg.support import LINE, SHAPE, Part, check_keys, choose, refuse, require
from dashboard.typeface import Box

KINDS = ("line", "rect")
ABOVE, BELOW = "above", "below"
# Plotly's default.
USUAL_WIDTH = 2.0


@dataclass(frozen=True)
class LayoutShape:
    """One shape, and whether it lies above the marks."""

    element: Element
    is_above: bool


def draw_shapes(layout: Part, sheet: Drawing) -> list[LayoutShape]:
    """The shapes of a layout in their order.

    Raises: UnsupportedFigureError for one that asks for what is not drawn.
    """
    return list(_iterate(layout, sheet))


def _iterate(layout: Part, sheet: Drawing) -> Iterator[LayoutShape]:
    for number, part in enumerate(layout.get("shapes") or ()):
        where = f"layout.shapes[{number}]"
        check_keys(part, SHAPE, where=where)
        if part.get("visible") is False:
            continue
        kind = choose(part, "type", KINDS, where=where, usual="")
        layer = choose(part, "layer", (ABOVE, BELOW), where=where, usual=ABOVE)
        yield LayoutShape(_draw_shape(part, sheet, kind=kind, where=where), layer == ABOVE)


def _draw_shape(part: Part, sheet: Drawing, *, kind: str, where: str) -> Element:
    (x0, x1), (y0, y1) = (
        [find_place(part, letter, frame=sheet.frame, where=where, key=f"{letter}{end}") for end in "01"]
        for letter in "xy"
    )
    line = part.get("line") or {}
    check_keys(line, LINE - {"shape", "simplify", "smoothing"}, where=f"{where}.line")
    width = float(line.get("width", USUAL_WIDTH))
    stroke = {}
    if width:
        stroke = {
            **sheet.ink.paint(require(line, "color", where=f"{where}.line"), part="stroke"),
            "stroke-width": write_number(width),
            "stroke-dasharray": write_dashes(line.get("dash", "solid"), width, where=f"{where}.line"),
        }
    opacity = {} if part.get("opacity", 1) == 1 else {"opacity": write_number(part["opacity"])}
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    body = sheet.frame.body
    # What refers to axes ends where they end.
    clip = sheet.clip(Box(body.left, body.top, body.right, body.bottom), box) if _is_on_axes(part) else {}
    if kind == "line":
        if not width:
            raise refuse(f"{where}.line.width", "a line without a width is not seen")
        return Element("path", {"d": write_path([(x0, y0), (x1, y1)]), **stroke, **opacity, **clip})
    paint = sheet.ink.paint(part.get("fillcolor", "none"))
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    return Element("path", {"d": write_path(corners, closed=True), **paint, **stroke, **opacity, **clip})


def _is_on_axes(part: Part) -> bool:
    return all(
        # More axes than any figure has.
        part.get(f"{letter}ref", letter) in (letter, *(f"{letter}{n}" for n in range(2, 100)))
        for letter in "xy"
    )
