"""What all parts of one picture share: its axes, its inks, and the definitions that its shapes refer to."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.svg.axes import Axis, Frame
from dashboard.svg.elements import Attributes, Ink, write_element, write_number
from dashboard.svg.support import Part
from dashboard.typeface import Box

# Stand for the picture's own name and for an id until both are known; no text can hold them.
OWN_NAME, ITS_NAME = "\x01", "\x02"
# In pixels: what reaches over by less is not seen, and a clip costs an element for each shape.
CLIP_SLACK = 0.5


@dataclass
class Drawing:
    """The paper of one picture while it is drawn."""

    frame: Frame
    ink: Ink
    layout: Part
    _definitions: dict[str, str] = field(default_factory=dict)

    @property
    def paper(self) -> str:
        """The colour behind everything."""
        return str(self.layout.get("paper_bgcolor", "#ffffff"))

    def find_axes(self, trace: Part, *, where: str) -> tuple[Axis, Axis]:
        """The axes that a trace stands on."""
        x = self.frame.find(trace.get("xaxis", "x"), where=f"{where}.xaxis")
        return x, self.frame.find(trace.get("yaxis", "y"), where=f"{where}.yaxis")

    def clip(self, area: Box, reach: Box) -> Attributes:
        """The attribute that keeps a shape of this reach inside an area; none where it lies inside."""
        if (
            reach.left >= area.left - CLIP_SLACK
            and reach.right <= area.right + CLIP_SLACK
            and reach.top >= area.top - CLIP_SLACK
            and reach.bottom <= area.bottom + CLIP_SLACK
        ):
            return {}
        sides = {
            "x": write_number(area.left),
            "y": write_number(area.top),
            "width": write_number(area.right - area.left),
            "height": write_number(area.bottom - area.top),
        }
        name = self.define("clipPath", {}, write_element("rect", sides))
        return {"clip-path": f"url(#{name})"}

    def define(self, tag: str, attributes: Attributes, content: str) -> str:
        """The id of something that shapes refer to; the same thing is defined once."""
        key = write_element(tag, {"id": ITS_NAME, **attributes}, content)
        if key not in self._definitions:
            self._definitions[key] = f"{OWN_NAME}-{len(self._definitions)}"
        return self._definitions[key]

    def write_definitions(self) -> str:
        """All that is defined, as the element that holds it."""
        parts = [key.replace(ITS_NAME, name) for key, name in self._definitions.items()]
        return f"<defs>{''.join(parts)}</defs>" if parts else ""
