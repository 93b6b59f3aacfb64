"""The typeface of pages and charts: how wide words set in it are, and the rectangles they fill."""

from __future__ import annotations

from dataclasses import dataclass

# Widths of characters in parts of the type size: at least those of Arial, Helvetica, Segoe UI and Roboto.
THIN = "ijl .,:;'\u2019\u2018\u00b7|"
SLIM = "ftrIJ()[]-!/"
BROAD = "mwMW%@\u2014"
THIN_WIDTH, SLIM_WIDTH, BROAD_WIDTH, CAPITAL_WIDTH, USUAL_WIDTH = 0.29, 0.38, 0.9, 0.73, 0.57
# Bold faces of the same fonts are wider by less than a twelfth.
BOLD_FACTOR = 1.08
# A little more than the pictures set, so that two labels one above the other keep a hair of room.
LINE_HEIGHT = 1.32
LABEL_SIZE = 12


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, y counted downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, *, gap: float = 1.5) -> bool:
        """Whether the two lie over each other or nearer than the gap."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


def measure_text(text: str, *, size: int = LABEL_SIZE, bold: bool = False) -> float:
    """Pixels a line of text takes at most, whatever face of the font stack it is set in."""
    ems = 0.0
    for character in text:
        if character in THIN:
            ems += THIN_WIDTH
        elif character in SLIM:
            ems += SLIM_WIDTH
        elif character in BROAD:
            ems += BROAD_WIDTH
        elif character.isupper() or ord(character) > 0x2100 or character in "+−×≤":
            ems += CAPITAL_WIDTH
        else:
            ems += USUAL_WIDTH
    return ems * size * (BOLD_FACTOR if bold else 1.0)


def wrap_text(text: str, *, width: float, size: int = LABEL_SIZE, bold: bool = False) -> list[str]:
    """The words of a text in lines no wider than so many pixels; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure_text(longer, size=size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
