"""What a chart module gives: CHART, ViewModel, select(), draw(), describe(), and maybe offer_choices()."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from dashboard.address import Selection
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
    """The card of a chart: its id, the pages it stands on, its place there, and its height in pixels.

    `former_ids` are those of charts that it has taken the place of: links that name them lead to it.
    """

    chart_id: str
    pages: tuple[str, ...]
    order: int
    height: int
    narrow_height: int
    former_ids: tuple[str, ...] = ()


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
    """One chart as the pages use it, whatever its module."""

    card: Chart
    select: Callable[[Snapshot, Selection], Any]
    draw: Callable[[Any, Theme], PlotlyFigure]
    describe: Callable[[Any], str]
    offer_choices: Callable[[Snapshot, Selection], tuple[Choice, ...]]


def offer_nothing(_snapshot: Snapshot, _selection: Selection) -> tuple[Choice, ...]:
    """The choices of a chart that has none."""
    return ()
