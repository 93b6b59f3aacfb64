"""Direct labels: where words stand so that nothing lies over something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.theme import Theme
from dashboard.typeface import LABEL_SIZE, LINE_HEIGHT, Box, measure_text

# The widths in pixels between which a figure may be shown, wide and on a phone.
WIDE_WIDTHS = (540, 1100)
# A phone of 375 pixels leaves 343.
NARROW_WIDTHS = (343, 520)
# In pixels: from here on the eye does not tie words to a mark without a line.
LEADER_FROM = 26
# Words that are cut off are worse than words over any number of marks.
OUTSIDE = 100
# In pixels, each step a little wider: near spots are tried closely, far ones in lines of text.
DISTANCES = (9, 17, 27, 40, 56, 74, 96)
# Above first, for a mark and its words are then read downwards; below last, where the axis is.
SIDES = ("above", "above right", "above left", "right", "left", "below", "below right", "below left")
# In pixels: what is nearer by less than this is as near to the eye.
LEAST_WAY = 1.0

Place = date | float


@dataclass(frozen=True)
class Extent:
    """A rectangle in the units of a chart's axes that labels should keep clear of.

    A line that stays at one value has it as its `level`: words are read at the level nearest to them, where
    those of a bar are read at its column.
    """

    start: Place
    end: Place
    low: float
    high: float
    level: float | None = None


@dataclass(frozen=True)
class Label:
    """Words beside a place on a chart: `bold` comes first, `plain` after it, `below` on the next line.

    They stand no further off than `reach` pixels; an `optional` label is left out where nothing is free.
    """

    x: Place
    y: float
    color: str
    bold: str = ""
    plain: str = ""
    below: str = ""
    sides: tuple[str, ...] = SIDES
    leader: bool = True
    reach: int = DISTANCES[-1]
    optional: bool = False

    @property
    def html(self) -> str:
        """The words as plotly sets them."""
        first = " ".join(part for part in (f"<b>{self.bold}</b>" if self.bold else "", self.plain) if part)
        return f"{first}<br>{self.below}" if self.below else first

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        first = measure_text(self.bold, bold=True) + measure_text(f" {self.plain}" if self.plain else "")
        lines = 2 if self.below else 1
        # Two and three pixels for the halo that keeps lines off the letters.
        return max(first, measure_text(self.below)) + 2, lines * LABEL_SIZE * LINE_HEIGHT + 3


@dataclass(frozen=True)
class Canvas:
    """The area a chart draws in: pixels around it, and what its axes span."""

    height: int
    margin: tuple[int, int, int, int]
    x_range: tuple[Place, Place]
    y_range: tuple[float, float]
    widths: tuple[int, ...]

    def locate(self, x: Place, y: float, *, width: int) -> tuple[float, float]:
        """Where a place of the axes is in a figure so many pixels wide."""
        left, right, top, bottom = self.margin
        start, end = count_days(self.x_range[0]), count_days(self.x_range[1])
        low, high = self.y_range
        across = (count_days(x) - start) / (end - start) * (width - left - right)
        return left + across, top + (high - y) / (high - low) * (self.height - top - bottom)

    def cover(self, extent: Extent, *, width: int) -> Box:
        """The pixels of an extent."""
        left, bottom = self.locate(extent.start, extent.low, width=width)
        right, top = self.locate(extent.end, extent.high, width=width)
        return Box(left, top, right, bottom)

    def holds(self, box: Box, *, width: int) -> bool:
        """Whether a box lies inside the figure, right of its y axis and above its x axis."""
        floor = self.height - self.margin[3]
        return box.left >= self.margin[0] and box.right <= width - 2 and box.top >= 1 and box.bottom <= floor


def list_widths(theme: Theme) -> tuple[int, ...]:
    """The widths in pixels at which a theme's figures must read well."""
    return NARROW_WIDTHS if theme.narrow else WIDE_WIDTHS


def count_days(place: Place) -> float:
    """A place on an axis as a number: days for a date."""
    return float(place.toordinal()) if isinstance(place, date) else place


def build_note(text: str, *, color: str) -> dict[str, Any]:
    """Words without an arrow or a frame, still to be given a place."""
    font = {"size": LABEL_SIZE, "color": color}
    return {"text": text, "showarrow": False, "borderpad": 0, "borderwidth": 0, "font": font}


def place_labels(
    canvas: Canvas, labels: Sequence[Label], *, around: Iterable[Extent] = ()
) -> list[dict[str, Any]]:
    """Annotations for the labels, each at the first spot that is free at every width of the canvas.

    Labels come in the order of their importance; one that finds no free spot takes the one that covers least,
    or is left out where it is optional.
    """
    extents = tuple(around)
    marks = {width: [canvas.cover(extent, width=width) for extent in extents] for width in canvas.widths}
    words: dict[int, list[Box]] = {width: [] for width in canvas.widths}
    placed: list[tuple[Label, _Spot]] = []
    annotations = []
    for label in labels:
        spot = _find_spot(canvas, label, marks=marks, words=words, extents=extents, placed=placed)
        if spot is None:
            continue
        placed.append((label, spot))
        for width in canvas.widths:
            words[width] += [spot.box(canvas, label, width=width), *spot.lead(canvas, label, width=width)]
        annotations.append(_annotate(label, spot))
    return annotations


def move_apart(wanted: Sequence[float], *, gap: float = LABEL_SIZE * LINE_HEIGHT) -> list[float]:
    """Places in rising order at least a gap apart, each group of neighbours around its own middle."""
    groups: list[list[float]] = []
    for place in wanted:
        groups.append([place])
        while len(groups) > 1 and _find_end(groups[-2], gap, -1) > _find_end(groups[-1], gap, 1):
            groups[-2:] = [groups[-2] + groups[-1]]
    starts = [(_find_end(group, gap, 1), len(group)) for group in groups]
    return [start + gap * (number + 0.5) for start, count in starts for number in range(count)]


def _find_end(group: list[float], gap: float, sign: int) -> float:
    return sum(group) / len(group) - sign * gap * len(group) / 2


@dataclass(frozen=True)
class _Spot:
    """Where a label stands from its place: on which side, how many pixels off."""

    side: str
    distance: int

    @property
    def rise(self) -> str:
        return self.side.split(maxsplit=1)[0]

    @property
    def lean(self) -> str:
        return self.side.rsplit(maxsplit=1)[-1]

    @property
    def shift(self) -> tuple[int, int]:
        """Pixels to the right and down."""
        if self.rise in ("left", "right"):
            return (self.distance if self.lean == "right" else -self.distance), 0
        # A third of the way across keeps words that lean near their mark.
        across = {"right": self.distance // 3, "left": -self.distance // 3}.get(self.lean, 0)
        return across, (-self.distance if self.rise == "above" else self.distance)

    def box(self, canvas: Canvas, label: Label, *, width: int) -> Box:
        """The pixels of the words."""
        x, y = canvas.locate(label.x, label.y, width=width)
        wide, high = label.size
        across, down = self.shift
        left = x + across - {"right": 0.0, "left": wide}.get(self.lean, wide / 2)
        top = y + down - {"above": high, "below": 0.0}.get(self.rise, high / 2)
        return Box(left, top, left + wide, top + high)

    def has_leader(self, label: Label) -> bool:
        """Whether a thin line is needed between the place and the words."""
        return label.leader and self.distance >= LEADER_FROM

    def lead(self, canvas: Canvas, label: Label, *, width: int) -> list[Box]:
        """The pixels that the thin line runs through, if there is one."""
        if not self.has_leader(label):
            return []
        x, y = canvas.locate(label.x, label.y, width=width)
        across, down = self.shift
        return [Box(min(x, x + across), min(y, y + down), max(x, x + across), max(y, y + down))]


def _find_spot(
    canvas: Canvas,
    label: Label,
    *,
    marks: dict[int, list[Box]],
    words: dict[int, list[Box]],
    extents: Sequence[Extent],
    placed: Sequence[tuple[Label, _Spot]],
) -> _Spot | None:
    best, least = None, float("inf")
    lines = {width: _split_levels(canvas, label, extents, width=width) for width in canvas.widths}
    for distance in (each for each in DISTANCES if each <= label.reach):
        for side in label.sides:
            spot = _Spot(side, distance)
            conflicts = sum(
                _count_conflicts(canvas, label, spot, width=width, marks=marks[width], words=words[width])
                + _count_swaps(canvas, label, spot, width=width, placed=placed)
                + _count_nearer(spot.box(canvas, label, width=width), *lines[width])
                for width in canvas.widths
            )
            # The first free spot, not the best: labels stand alike in charts that are alike.
            if conflicts == 0:
                return spot
            if conflicts < least:
                best, least = spot, conflicts
    return None if label.optional else best


def _count_conflicts(
    canvas: Canvas, label: Label, spot: _Spot, *, width: int, marks: list[Box], words: list[Box]
) -> int:
    box = spot.box(canvas, label, width=width)
    conflicts = sum(1 for other in (*marks, *words) if box.meets(other))
    for lead in spot.lead(canvas, label, width=width):
        conflicts += sum(1 for other in words if lead.meets(other))
    return conflicts if canvas.holds(box, width=width) else conflicts + OUTSIDE


def _count_swaps(
    canvas: Canvas, label: Label, spot: _Spot, *, width: int, placed: Sequence[tuple[Label, _Spot]]
) -> int:
    """Words over or under others that belong to a higher or lower mark: each would be read at the other's."""
    box = spot.box(canvas, label, width=width)
    swaps = 0
    for other, its_spot in placed:
        its = its_spot.box(canvas, other, width=width)
        stands_over = box.top + box.bottom < its.top + its.bottom
        shares_column = box.left < its.right and its.left < box.right
        swaps += shares_column and label.y != other.y and stands_over != (label.y > other.y)
    return swaps


def _split_levels(
    canvas: Canvas, label: Label, extents: Sequence[Extent], *, width: int
) -> tuple[list[Box], list[Box]]:
    """The levels that a label's place lies on, and all others."""
    own: list[Box] = []
    others: list[Box] = []
    for each in extents:
        if each.level is None:
            continue
        line = replace(each, low=each.level, high=each.level)
        is_beside = count_days(each.start) <= count_days(label.x) <= count_days(each.end)
        its = own if is_beside and each.level == label.y else others
        its.append(canvas.cover(line, width=width))
    return own, others


def _count_nearer(box: Box, own: Sequence[Box], others: Sequence[Box]) -> int:
    """Levels nearer to the words than their own is; none where their place is not on a level."""
    way = min((box.measure_way(line) for line in own), default=0.0)
    return sum(1 for line in others if box.measure_way(line) < way - LEAST_WAY)


def _annotate(label: Label, spot: _Spot) -> dict[str, Any]:
    across, down = spot.shift
    annotation: dict[str, Any] = {
        **build_note(label.html, color=label.color),
        "x": label.x.isoformat() if isinstance(label.x, date) else label.x,
        "y": label.y,
        "xanchor": {"right": "left", "left": "right"}.get(spot.lean, "center"),
        "yanchor": {"above": "bottom", "below": "top"}.get(spot.rise, "middle"),
        "align": {"right": "left", "left": "right"}.get(spot.lean, "center"),
    }
    if spot.has_leader(label):
        arrow = {"arrowhead": 0, "arrowwidth": 1, "arrowcolor": label.color, "standoff": 5}
        return {**annotation, "showarrow": True, "ax": across, "ay": down, **arrow}
    return {**annotation, "xshift": across, "yshift": -down}
