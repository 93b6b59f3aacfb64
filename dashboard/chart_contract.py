"""What every chart module gives: CHART, ViewModel, select(), draw() and describe()."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from dashboard.selection import Selection
from dashboard.theme import Theme
from etl import Snapshot

PlotlyFigure = dict[str, Any]


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
    """The card of a chart: its id, the pages it stands on, its place there, and its height in pixels."""

    chart_id: str
    pages: tuple[str, ...]
    order: int
    height: int
    narrow_height: int


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
    """One chart as the pages use it, whatever its module."""

    card: Chart
    select: Callable[[Snapshot, Selection], Any]
    draw: Callable[[Any, Theme], PlotlyFigure]
    describe: Callable[[Any], str]
