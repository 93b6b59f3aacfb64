"""The charts of one snapshot, each selected and drawn at most once per selection and theme; other days."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from threading import Lock

from dashboard.chart_contract import ChartModule, Choice, PlotlyFigure, View
from dashboard.charts import find_charts
from dashboard.listings.short_sources import shorten_sources
from dashboard.selection import Selection, TooEarlyError
from dashboard.theme import Theme
from etl import Footnote, Snapshot, open_snapshot

KEPT_VIEWS = 128
KEPT_FIGURES = 256
KEPT_DAYS = 8


class UnknownChartError(KeyError):
    """A chart id that no chart has."""


@dataclass
class _Day:
    """One earlier day: whoever asks first works it out, whoever asks meanwhile waits for it."""

    lock: Lock = field(default_factory=Lock)
    gallery: Gallery | None = None


class Gallery:
    """Views, figures and footnotes of one snapshot's charts; nothing is shared between snapshots."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._charts = find_charts()
        self._view = lru_cache(maxsize=KEPT_VIEWS)(self._select_view)
        self._figure = lru_cache(maxsize=KEPT_FIGURES)(self._draw_figure)
        self._numbers = lru_cache(maxsize=None)(snapshot.number_footnotes)
        self._days: OrderedDict[date, _Day] = OrderedDict()
        self._days_lock = Lock()

    def turn_back(self, day: date | None) -> Gallery:
        """The gallery of what was known on a day; itself for no day, or for one that is not before its own.

        The days asked for last are kept, so that a page, its charts and its evidence share one judging.
        Raises: TooEarlyError for a day on which nothing was known.
        """
        if day is None or day >= self.snapshot.as_of:
            return self
        with self._days_lock:
            kept = self._days.setdefault(day, _Day())
            self._days.move_to_end(day)
            while len(self._days) > KEPT_DAYS:
                self._days.popitem(last=False)
        with kept.lock:
            if kept.gallery is None:
                kept.gallery = Gallery(_open_limited(self.snapshot, day))
        return kept.gallery

    def list_charts(self, page: str | None = None) -> list[ChartModule]:
        """The charts of a page in their order, or all of them."""
        return [chart for chart in self._charts.values() if page is None or page in chart.card.pages]

    def find_chart(self, chart_id: str) -> ChartModule:
        """One chart by its id.

        Raises: UnknownChartError where there is none.
        """
        if chart_id not in self._charts:
            raise UnknownChartError(f"no chart {chart_id!r}. Known: {', '.join(self._charts)}.")
        return self._charts[chart_id]

    def select_view(self, chart_id: str, selection: Selection) -> View:
        """What a chart says for a selection."""
        return self._view(chart_id, _drop_irrelevant(selection))

    def draw_figure(self, chart_id: str, *, selection: Selection, theme: Theme) -> PlotlyFigure:
        """A chart drawn for a selection and a theme."""
        return self._figure(chart_id, _drop_irrelevant(selection), theme)

    def list_choices(self, chart_id: str, selection: Selection) -> tuple[Choice, ...]:
        """What a reader may choose to see of a chart instead."""
        return self.find_chart(chart_id).offer_choices(self.snapshot, selection)

    def describe(self, chart_id: str, selection: Selection) -> str:
        """A chart in one sentence."""
        return self.find_chart(chart_id).describe(self.select_view(chart_id, selection))

    def number_footnotes(self, row_id: str) -> tuple[int, ...]:
        """The numbers in the source list that stand behind one row."""
        return self._numbers(row_id)

    def list_sources(self, chart_id: str, selection: Selection) -> list[tuple[int, str]]:
        """Number and short name of the sources of what a chart draws, documents first, as print does."""
        row_ids = [point.row_id for point in self.select_view(chart_id, selection).points]
        used = {number for row_id in row_ids for number in self.number_footnotes(row_id)}
        notes = [note for note in self.snapshot.list_footnotes() if note.number in used]
        short = shorten_sources(self.snapshot, row_ids)
        return [(note.number, short[note.key]) for note in sorted(notes, key=_order_note)]

    def _select_view(self, chart_id: str, selection: Selection) -> View:
        view: View = self.find_chart(chart_id).select(self.snapshot, selection)
        return view

    def _draw_figure(self, chart_id: str, selection: Selection, theme: Theme) -> PlotlyFigure:
        return self.find_chart(chart_id).draw(self._view(chart_id, selection), theme)


def _open_limited(snapshot: Snapshot, day: date) -> Snapshot:
    limited = open_snapshot(snapshot.folder, as_of=day)
    if limited.table("observations").is_empty() and limited.table("documents").is_empty():
        raise TooEarlyError(f"Nothing was known here on {day.isoformat()}: it is before the first edition.")
    # Judged here, once, and not by several pages at the same time.
    limited.table("verdicts")
    return limited


def _order_note(note: Footnote) -> tuple[bool, int]:
    return note.kind != "document", note.number


def _drop_irrelevant(selection: Selection) -> Selection:
    """What opens, sorts or filters a list changes no chart; the day is the gallery's own."""
    lists = {"sort": None, "verdict": None, "topic": None, "document": None}
    return replace(selection, snapshot=None, point=None, as_of=None, **lists)
