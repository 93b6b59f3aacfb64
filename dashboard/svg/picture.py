"""A plotly figure drawn as an SVG picture at one exact width, and where its words stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.svg.annotations import Annotation, read_annotations
from dashboard.svg.areas import touches
from dashboard.svg.axes import AXIS_KEY, read_frame
from dashboard.svg.axis_lines import draw_grid, draw_ticks, list_tick_words
from dashboard.svg.bars import draw_bars
from dashboard.svg.curves import Place
from dashboard.svg.elements import Element, Ink, escape, write_element, write_number
from dashboard.svg.lines import draw_scatter
from dashboard.svg.mark_groups import MarkName, Piece, write_pieces
from dashboard.svg.scales import DATE
from dashboard.svg.shapes import LayoutShape, draw_shapes
from dashboard.svg.sheet import OWN_NAME, Drawing
from dashboard.svg.support import LAYOUT, LAYOUT_FONT, Part, check_keys, choose, refuse, require
from dashboard.svg.words import StyledText
from dashboard.theme import Palette, name_colors
from dashboard.typeface import FONT_STACK, LABEL_SIZE, PICTURE_STYLE, Box

UNSEEN = {"aria-hidden": "true", "pointer-events": "none"}
# Thirty-two bits: two pictures of one page do not share a name by chance.
NAME_LENGTH = 8
# Words of annotations keep lines that run behind them a little off: two pixels on either side.
HALO = {"stroke-width": "4", "stroke-linejoin": "round", "paint-order": "stroke"}


@dataclass(frozen=True)
class _Content:
    """Everything that a figure draws, in layers from the bottom up."""

    sheet: Drawing
    shapes: list[LayoutShape]
    grid: list[Element]
    ticks: list[Element]
    tick_words: list[StyledText]
    pieces: list[Piece]
    mark_words: list[StyledText]
    loops: list[list[Place]]
    annotations: list[Annotation]

    @property
    def words(self) -> list[StyledText]:
        """All words."""
        return [*self.tick_words, *self.mark_words, *(each.words for each in self.annotations)]


def draw_svg(
    figure: Mapping[str, Any], *, width: int, names: Mapping[str, MarkName], palette: Palette | None = None
) -> str:
    """The figure as an SVG element so many pixels wide, each row's mark with its name.

    With a palette, its colours are written as the page's variables, so that the page's scheme decides;
    without, as they are. The same figure gives the same bytes.
    Raises: UnsupportedFigureError where a figure asks for more than is drawn, and for a mark without a name.
    """
    ink = Ink(*name_colors(palette)) if palette else Ink()
    content = _read_content(figure, width=width, ink=ink)
    sheet = content.sheet
    marks = "".join(write_pieces(content.pieces, names=names))
    layers = [
        write_element(
            "rect", {"class": "paper", "width": "100%", "height": "100%", **ink.paint(sheet.paper)}
        ),
        _write_layer("below", _write_shapes(content.shapes, above=False)),
        _write_axes(content, ink),
        f'<g class="marks">{marks}</g>',
        _write_layer("above", _write_shapes(content.shapes, above=True)),
        _write_words(content, ink),
    ]
    inner = sheet.write_definitions() + "".join(layers)
    own_name = f"p{hashlib.blake2s(inner.encode()).hexdigest()[:NAME_LENGTH]}"
    return f"{_open_picture(sheet)}{inner.replace(OWN_NAME, own_name)}</svg>"


def measure_words(figure: Mapping[str, Any], *, width: int) -> list[tuple[str, Box]]:
    """All words of a picture so many pixels wide, each with the pixels it takes at most.

    Raises: UnsupportedFigureError as draw_svg does.
    """
    content = _read_content(figure, width=width, ink=Ink())
    return [(words.text, words.box) for words in content.words if words.text]


def _read_content(figure: Mapping[str, Any], *, width: int, ink: Ink) -> _Content:
    check_keys(figure, ("data", "layout", "config"), where="figure")
    layout = figure["layout"]
    _check_layout(layout)
    sheet = Drawing(read_frame(figure, width=width), ink, layout)
    pieces, mark_words, loops = _draw_traces(figure["data"], sheet)
    axes = [axis for _, axis in sorted(sheet.frame.axes.items())]
    tick_words: list[StyledText] = []
    # y axes first: their words stand still, and those of a zoomed x axis keep clear of them.
    for axis in reversed(axes):
        tick_words += list_tick_words(axis, sheet.frame, font=layout["font"], placed=tick_words)
    return _Content(
        sheet=sheet,
        shapes=draw_shapes(layout, sheet),
        grid=[element for axis in axes for element in draw_grid(axis, sheet.frame, ink=ink)],
        ticks=[element for axis in axes for element in draw_ticks(axis, sheet.frame, ink=ink)],
        tick_words=tick_words,
        pieces=pieces,
        mark_words=mark_words,
        loops=loops,
        annotations=read_annotations(layout, sheet.frame),
    )


def _check_layout(layout: Part) -> None:
    check_keys([key for key in layout if not AXIS_KEY.fullmatch(key)], LAYOUT, where="layout")
    font = require(layout, "font", where="layout")
    check_keys(font, LAYOUT_FONT, where="layout.font")
    for name in ("color", "size"):
        require(font, name, where="layout.font")
    if layout.get("showlegend"):
        raise refuse("layout.showlegend", "no legend is drawn: label the marks")
    choose(layout, "barmode", ("overlay", "group"), where="layout", usual="group")


def _draw_traces(
    traces: Iterable[Part], sheet: Drawing
) -> tuple[list[Piece], list[StyledText], list[list[Place]]]:
    """All bars below all lines and markers, as plotly has them; the words on them; the outlines of areas."""
    bars: list[Piece] = []
    lines: list[list[Piece]] = []
    words: list[StyledText] = []
    loops: list[list[Place]] = []
    edges: dict[tuple[str, str], tuple[int, list[Place]]] = {}
    for number, part in enumerate(traces):
        kind = choose(part, "type", ("bar", "scatter"), where=f"data[{number}]", usual="scatter")
        if not choose(part, "visible", (True, False), where=f"data[{number}]", usual=True):
            continue
        if kind == "bar":
            pieces, texts = draw_bars(part, number, sheet)
            bars += pieces
            words += texts
            continue
        axes = (part.get("xaxis", "x"), part.get("yaxis", "y"))
        place, before = edges.get(axes, (len(lines), None))
        drawn = draw_scatter(part, number, sheet, before=before)
        lines.append(drawn.pieces)
        if drawn.ground:
            # An area up to the line before lies below that line.
            lines[place if drawn.is_ground_below else -1].insert(0, drawn.ground)
        edges[axes] = (len(lines) - 1, drawn.edge)
        words += drawn.words
        loops += drawn.loops
    return [*bars, *(piece for pieces in lines for piece in pieces)], words, loops


def _open_picture(sheet: Drawing) -> str:
    width, height = write_number(sheet.frame.width), write_number(sheet.frame.height)
    family = escape(str(sheet.layout["font"].get("family", FONT_STACK)))
    return (
        f'<svg class="picture" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" fill="none" font-family="{family}" font-size="{LABEL_SIZE}" '
        f'style="{PICTURE_STYLE}"{_write_time(sheet)}>'
    )


def _write_time(sheet: Drawing) -> str:
    """Which stretch of time lies between which pixels, where all axes of time agree: for those who zoom."""
    axes = [axis for axis in sheet.frame.axes.values() if axis.kind == DATE and axis.name.startswith("x")]
    runs = {
        (axis.scale.low, axis.scale.high, *(str(day)[:10] for day in axis.layout["range"])) for axis in axes
    }
    if len(runs) != 1:
        return ""
    left, right, start, stop = runs.pop()
    zoomed = ' data-zoomed="true"' if sheet.frame.is_zoomed else ""
    return f' data-left="{left:.2f}" data-right="{right:.2f}" data-start="{start}" data-stop="{stop}"{zoomed}'


def _write_layer(name: str, content: str) -> str:
    return write_element("g", {"class": name, **UNSEEN}, content) if content else ""


def _write_shapes(shapes: Iterable[LayoutShape], *, above: bool) -> str:
    return "".join(shape.element.write() for shape in shapes if shape.is_above == above)


def _write_axes(content: _Content, ink: Ink) -> str:
    lines = "".join(element.write() for element in (*content.grid, *content.ticks))
    crisp = write_element("g", {"shape-rendering": "crispEdges"}, lines) if lines else ""
    return _write_layer("axes", crisp + "".join(words.write(ink) for words in content.tick_words))


def _write_words(content: _Content, ink: Ink) -> str:
    leaders = [each.leader.draw(ink).write() for each in content.annotations if each.leader]
    notes = [each.words for each in content.annotations]
    paper = content.sheet.paper
    # Around words on a tinted area the colour of the paper would be seen.
    plain = [
        words
        for words in notes
        if words.ground or words.color == paper or any(touches(loop, words.box) for loop in content.loops)
    ]
    bordered = "".join(words.write(ink) for words in notes if words not in plain)
    halo = write_element("g", {**ink.paint(paper, part="stroke"), **HALO}, bordered) if bordered else ""
    words = [words.write(ink) for words in (*content.mark_words, *plain)]
    return _write_layer("words", "".join((*leaders, *words, halo)))
