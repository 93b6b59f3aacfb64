"""SVG elements as text: numbers short, words escaped, colours by name where the page has names for them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dashboard.svg.support import refuse

HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*([0-9.]+)\s*)?\)")
WORD = re.compile(r"[a-z]+")
NONE = "none"
# No XML file may hold them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Attributes = dict[str, str]


def escape(text: str) -> str:
    """Text as it may stand in an element or in an attribute of any XML file."""
    return html.escape(CONTROL.sub("", text), quote=True)


def write_number(number: float) -> str:
    """A number with at most two decimals and nothing that says nothing."""
    # Adding nothing makes a negative nothing a plain one.
    return f"{round(number, 2) + 0.0:.12g}"


def write_element(name: str, attributes: Mapping[str, str], content: str = "") -> str:
    """One element; attributes without a value are left out."""
    said = "".join(f' {key}="{value}"' for key, value in attributes.items() if value)
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


@dataclass(frozen=True)
class Element:
    """One shape, still to be written: its tag and its attributes."""

    name: str
    attributes: Attributes

    def write(self, **more: str) -> str:
        """The element with more attributes, those before its own."""
        return write_element(self.name, {**more, **self.attributes})


@dataclass(frozen=True)
class Ink:
    """Colours as SVG has them: by the name of the page's variable where one has that colour."""

    marks: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    _painted: dict[tuple[str, str, bool], Attributes] = field(default_factory=dict, compare=False)

    def paint(self, color: str, *, part: str = "fill", words: bool = False) -> Attributes:
        """The attributes of a colour for a fill or a stroke, with its opacity where it is not opaque.

        Raises: UnsupportedFigureError for what is not a colour.
        """
        key = (color, part, words)
        if key not in self._painted:
            self._painted[key] = self._mix(color, part=part, words=words)
        return self._painted[key]

    def _mix(self, color: str, *, part: str, words: bool) -> Attributes:
        plain, opacity = split_color(color)
        if opacity == 0:
            # A picture fills and draws nothing of itself.
            return {}
        name = (self.words if words else self.marks).get(plain)
        # A variable, so that one picture serves the light scheme and the dark one.
        found = {part: f"var({name})" if name else plain}
        return found if opacity == 1 else {**found, f"{part}-opacity": write_number(opacity)}


@lru_cache(maxsize=256)
def split_color(color: str) -> tuple[str, float]:
    """A colour without its opacity, and the opacity.

    Raises: UnsupportedFigureError for what is not a colour.
    """
    plain = color.strip().lower()
    match = RGB.fullmatch(plain)
    if match:
        red, green, blue, alpha = match.groups()
        return f"#{int(red):02x}{int(green):02x}{int(blue):02x}", float(alpha) if alpha else 1.0
    if plain in ("transparent", NONE):
        return NONE, 0.0
    if HEX.fullmatch(plain) or WORD.fullmatch(plain):
        return plain, 1.0
    raise refuse(f"the colour {color!r}", "it is neither #rrggbb, rgb(), rgba() nor a name")


def write_path(points: list[tuple[float, float]], *, closed: bool = False) -> str:
    """The path data of straight lines through points; level and upright pieces in their short form."""
    parts, before = [], ("", "")
    for place, (x, y) in enumerate(points):
        here = write_number(x), write_number(y)
        if place == 0:
            parts.append(f"M{here[0]},{here[1]}")
        elif here[1] == before[1]:
            parts.append(f"H{here[0]}")
        elif here[0] == before[0]:
            parts.append(f"V{here[1]}")
        else:
            parts.append(f"L{here[0]},{here[1]}")
        before = here
    return "".join(parts) + ("z" if closed else "")
