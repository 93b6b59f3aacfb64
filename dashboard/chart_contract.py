"""What a chart module gives: CHART, ViewModel, select(), draw(), describe(), and maybe offer_choices().

draw() is asked only for a view that has points; describe() also says why there are none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from dashboard.address import Selection
from dashboard.theme import Theme, build_layout
from dashboard.typeface import wrap_text
from etl import Snapshot

PlotlyFigure = dict[str, Any]
# Three lines of a sentence that says why nothing is drawn.
EMPTY_HEIGHT = 120


@dataclass(frozen=True)
class Point:
    """One thing a chart draws that a reader can open.

    `row_id` is the row of the snapshot behind it (an obs_id, claim_id, deal_id or milestone_id); `series`
    and `period` say in words what it is; `mark` how it is drawn ("recomputed", "provisional: hollow").
    """

    row_id: str
    series: str
    period: str
    value_text: str
    mark: str


@dataclass(frozen=True)
class Chart:
    """The card of a chart: its id, the pages it stands on, its place there, and its height in pixels.

    `former_ids` are those of charts that it has taken the place of: links that name them lead to it.
    """

    chart_id: str
    pages: tuple[str, ...]
    order: int
    height: int
    narrow_height: int
    former_ids: tuple[str, ...] = ()

    def find_height(self, theme: Theme) -> int:
        """The height on such a screen."""
        return self.narrow_height if theme.narrow else self.height


@dataclass(frozen=True)
class Choice:
    """One thing a reader may choose to see instead: a field of the selection and the value it gets."""

    group: str
    label: str
    field: str
    value: str | None
    is_chosen: bool


class View(Protocol):
    """What select() gives and draw() and describe() take: words and points, ready to be drawn."""

    @property
    def title(self) -> str: ...
    @property
    def subtitle(self) -> str: ...
    @property
    def points(self) -> tuple[Point, ...]: ...


@dataclass(frozen=True)
class ChartModule:
    """One chart as the pages use it, whatever its module; `draw_points` is the module's draw()."""

    card: Chart
    select: Callable[[Snapshot, Selection], Any]
    draw_points: Callable[[Any, Theme], PlotlyFigure]
    describe: Callable[[Any], str]
    offer_choices: Callable[[Snapshot, Selection], tuple[Choice, ...]]

    def draw(self, view: Any, theme: Theme) -> PlotlyFigure:
        """A view's points, or the sentence that says why there are none."""
        if view.points:
            return self.draw_points(view, theme)
        return build_empty_figure(self.describe(view), theme=theme)


def offer_nothing(_snapshot: Snapshot, _selection: Selection) -> tuple[Choice, ...]:
    """The choices of a chart that has none."""
    return ()


def build_empty_figure(sentence: str, *, theme: Theme) -> dict[str, Any]:
    """A figure that says why there is nothing to draw."""
    # Narrower than the narrowest picture, 343 and 540 pixels, less its margins.
    lines = wrap_text(sentence, width=300 if theme.narrow else 480, size=13)
    note = {
        "text": "<br>".join(lines),
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "font": {"size": 13, "color": theme.palette.secondary},
    }
    hidden = {"visible": False}
    return {
        "data": [],
        "layout": build_layout(theme, xaxis=hidden, yaxis=hidden, annotations=[note], height=EMPTY_HEIGHT),
    }
