"""What a chart module gives: CHART, ViewModel, select(), draw(), describe(), and maybe offer_choices().

draw() is asked only for a view that has points; describe() also says why there are none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from dashboard.address import Selection
from dashboard.plotting.figures import Figure, read_figure
from dashboard.theme import Theme, build_layout
from dashboard.typeface import wrap_text
from etl import Snapshot

PlotlyFigure = Figure
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


class ChartFaultError(Exception):
    """A chart whose module failed; the message is for readers, the cause and its traceback for the log."""

    def __init__(self, title: str, cause: BaseException) -> None:
        super().__init__(format_fault(title, cause))


def format_fault(title: str, cause: BaseException) -> str:
    """One sentence that says which chart failed and by what kind of error."""
    return f"“{title}” could not be drawn ({type(cause).__name__}); the server’s log says why."


@dataclass(frozen=True)
class ChartModule:
    """One chart as the pages use it, whatever its module; `draw_points` is the module's draw().

    `fault` is why the module cannot be used, where it cannot; whatever is asked of it then says so.
    """

    card: Chart
    select: Callable[[Snapshot, Selection], Any]
    draw_points: Callable[[Any, Theme], PlotlyFigure]
    describe: Callable[[Any], str]
    offer_choices: Callable[[Snapshot, Selection], tuple[Choice, ...]]
    fault: BaseException | None = None

    @property
    def usual_title(self) -> str:
        """What the chart is called where its module cannot be asked."""
        return self.card.chart_id.replace("_", " ").strip().capitalize()

    def draw(self, view: Any, theme: Theme) -> PlotlyFigure:
        """A view's points, or the sentence that says why there are none."""
        if view.points:
            return read_figure(self.draw_points(view, theme))
        return build_empty_figure(self.describe(view), theme=theme)


def build_faulty_chart(card: Chart, fault: BaseException) -> ChartModule:
    """A chart whose module cannot be used, on the pages of its card."""

    def fail(*_asked: Any) -> Any:
        raise ChartFaultError(chart.usual_title, fault) from fault

    chart = ChartModule(card, fail, fail, fail, fail, fault)
    return chart


def check_view(view: Any) -> Any:
    """What select() gave, which is a view.

    Raises: TypeError where it is none.
    """
    words = [getattr(view, name, None) for name in ("title", "subtitle")]
    points = getattr(view, "points", None)
    if not all(isinstance(each, str) for each in words) or not isinstance(points, tuple):
        raise TypeError(f"select() gave {view!r:.80}, which has no title, subtitle and tuple of points.")
    if not all(isinstance(point, Point) for point in points):
        raise TypeError("select() gave points that are no Point.")
    return view


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
