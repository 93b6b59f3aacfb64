"""Words in a picture: their markup read, their lines set, their boxes known without a browser."""

from __future__ import annotations

import html
import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dashboard.svg.elements import Ink, escape, write_element, write_number
from dashboard.svg.support import Part, refuse
from dashboard.typeface import LABEL_SIZE, Box, measure_text

TAG = re.compile(r"<(/?)([a-zA-Z]+)([^<>]*)>")
STYLE = re.compile(r"\s*style\s*=\s*(['\"])\s*color\s*:\s*([^;'\"]+?)\s*;?\s*\1\s*")
# Plotly's distance from line to line, in sizes of the type.
LINE_HEIGHT = 1.3
# From the top of a line to its baseline, so that capitals and figures stand in its middle.
BASELINE = 0.98
# About plotly's raised and lowered letters, in sizes of the type.
SMALL, RISE, FALL = 0.7, -0.4, 0.25
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
BOLD, ITALIC, SUB, SUP, SPAN = "b", "i", "sub", "sup", "span"


@dataclass(frozen=True)
class Run:
    """Letters of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    shift: str = ""
    color: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class StyledText:
    """Lines of text held at a place: `across` and `down` say which side of their box lies there."""

    lines: tuple[Line, ...]
    x: float
    y: float
    across: str
    down: str
    color: str
    size: float = LABEL_SIZE
    align: str = ""
    ground: str = ""
    opacity: float = 1.0

    @property
    def text(self) -> str:
        """What is said, lines apart by a blank."""
        return " ".join("".join(run.text for run in line).strip() for line in self.lines).strip()

    @property
    def box(self) -> Box:
        """The pixels that the words take at most."""
        width = max(_measure_line(line, self.size) for line in self.lines)
        height = len(self.lines) * self.size * LINE_HEIGHT
        left = self.x - {"left": 0.0, "center": width / 2, "right": width}[self.across]
        top = self.y - {"top": 0.0, "middle": height / 2, "bottom": height}[self.down]
        return Box(left, top, left + width, top + height)

    def move(self, across: float) -> StyledText:
        """The same words so many pixels further right."""
        return replace(self, x=self.x + across)

    def write(self, ink: Ink) -> str:
        """The words as SVG."""
        box = self.box
        align = self.align or self.across
        x = {"left": box.left, "center": (box.left + box.right) / 2, "right": box.right}[align]
        # Held by the same side as they are aligned to, words stand right however wide the face is.
        x = self.x if align == self.across else x
        attributes = {
            "text-anchor": "" if align == "left" else ANCHORS[align],
            "font-size": "" if self.size == LABEL_SIZE else write_number(self.size),
            **ink.paint(self.color, words=True),
            "opacity": "" if self.opacity == 1 else write_number(self.opacity),
        }
        ground = self._write_ground(ink)
        places = [
            {"x": write_number(x), "y": write_number(box.top + (place * LINE_HEIGHT + BASELINE) * self.size)}
            for place in range(len(self.lines))
        ]
        if len(self.lines) == 1:
            return ground + self._write_line({**places[0], **attributes}, self.lines[0], ink=ink)
        inner = "".join(
            self._write_line(place, line, ink=ink, name="tspan")
            for place, line in zip(places, self.lines, strict=True)
            if line
        )
        return ground + write_element("text", attributes, inner)

    def _write_line(self, attributes: dict[str, str], line: Line, *, ink: Ink, name: str = "text") -> str:
        # One look for the whole line needs no element inside.
        if len(line) == 1 and not line[0].shift:
            return write_element(name, {**attributes, **_write_style(line[0], ink)}, escape(line[0].text))
        parts, shifted = [], 0.0
        for run in line:
            inline_style, shift = (
                _write_style(run, ink),
                {SUP: RISE, SUB: FALL}.get(run.shift, 0.0) * self.size,
            )
            if run.shift:
                inline_style["font-size"] = write_number(SMALL * self.size)
            # A shift in SVG lasts until it is taken back.
            if shift != shifted:
                inline_style["dy"] = write_number(shift - shifted)
            shifted = shift
            parts.append(
                write_element("tspan", inline_style, escape(run.text)) if inline_style else escape(run.text)
            )
        return write_element(name, attributes, "".join(parts))

    def _write_ground(self, ink: Ink) -> str:
        if not self.ground:
            return ""
        box = self.box
        sides = {
            "x": write_number(math.floor(box.left)),
            "y": write_number(box.top),
            "width": write_number(math.ceil(box.right - box.left)),
            "height": write_number(box.bottom - box.top),
        }
        return write_element("rect", {**sides, **ink.paint(self.ground)})


@lru_cache(maxsize=4096)
def read_markup(text: str) -> tuple[Line, ...]:
    """The lines of a text with the little HTML that plotly knows: b, i, sub, sup, br and span of a colour.

    Raises: UnsupportedFigureError for any other tag, and for one that is not closed in order.
    """
    lines: list[list[Run]] = [[]]
    styles: list[tuple[str, Run]] = [("", Run(""))]
    end = 0
    for tag in TAG.finditer(text):
        _add_run(lines, text[end : tag.start()], inline_style=styles[-1][1])
        end = tag.end()
        closing, name, rest = tag[1], tag[2].lower(), tag[3]
        if name == "br":
            lines.append([])
        elif closing:
            if styles[-1][0] != name:
                raise refuse(f"the text {text!r}", f"</{name}> closes nothing")
            styles.pop()
        else:
            styles.append((name, _read_style(name, rest, inline_style=styles[-1][1], text=text)))
    _add_run(lines, text[end:], inline_style=styles[-1][1])
    if len(styles) > 1:
        raise refuse(f"the text {text!r}", f"<{styles[-1][0]}> is not closed")
    return tuple(tuple(line) for line in lines)


def _add_run(lines: list[list[Run]], text: str, *, inline_style: Run) -> None:
    if text:
        lines[-1].append(replace(inline_style, text=html.unescape(text).replace("\n", " ")))


def _read_style(name: str, rest: str, *, inline_style: Run, text: str) -> Run:
    styles: dict[str, dict[str, Any]] = {
        BOLD: {"bold": True},
        "strong": {"bold": True},
        ITALIC: {"italic": True},
        "em": {"italic": True},
        SUB: {"shift": SUB},
        SUP: {"shift": SUP},
    }
    style = STYLE.fullmatch(rest) if name == SPAN else None
    if style:
        return replace(inline_style, color=style[2])
    if name not in styles or rest.strip():
        raise refuse(f"the text {text!r}", f"<{name}{rest}> is not drawn")
    return replace(inline_style, **styles[name])


def _measure_line(line: Line, size: float) -> float:
    return sum(
        measure_text(run.text, size=size * (SMALL if run.shift else 1.0), bold=run.bold) for run in line
    )


def _write_style(run: Run, ink: Ink) -> dict[str, str]:
    inline_style = {"font-weight": "700" if run.bold else "", "font-style": "italic" if run.italic else ""}
    inline_style = {key: value for key, value in inline_style.items() if value}
    return {**inline_style, **ink.paint(run.color, words=True)} if run.color else inline_style


def read_font(font: Part | None, usual: Part) -> tuple[float, str]:
    """Size and colour of a font, as far as it says them, else of the usual one."""
    said = {**usual, **{key: value for key, value in (font or {}).items() if value is not None}}
    return float(said["size"]), str(said["color"])
