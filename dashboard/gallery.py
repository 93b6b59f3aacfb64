"""The charts of one snapshot, each selected and drawn at most once per selection and theme."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dashboard.chart_contract import ChartModule, Choice, PlotlyFigure, View
from dashboard.charts import find_charts
from dashboard.listings.short_sources import shorten_sources
from dashboard.selection import Selection
from dashboard.theme import Theme
from etl import Footnote, Snapshot

KEPT_VIEWS = 128
KEPT_FIGURES = 256


class UnknownChartError(KeyError):
    """A chart id that no chart has."""


class Gallery:
    """Views, figures and footnotes of one snapshot's charts; nothing is shared between snapshots."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._charts = find_charts()
        self._view = lru_cache(maxsize=KEPT_VIEWS)(self._select_view)
        self._figure = lru_cache(maxsize=KEPT_FIGURES)(self._draw_figure)
        self._numbers = lru_cache(maxsize=None)(snapshot.number_footnotes)
        self._short_sources = lru_cache(maxsize=1)(lambda: shorten_sources(snapshot))

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
        points = self.select_view(chart_id, selection).points
        used = {number for point in points for number in self.number_footnotes(point.row_id)}
        notes = [note for note in self.snapshot.list_footnotes() if note.number in used]
        short = self._short_sources()
        return [(note.number, short[note.key]) for note in sorted(notes, key=_order_note)]

    def _select_view(self, chart_id: str, selection: Selection) -> View:
        view: View = self.find_chart(chart_id).select(self.snapshot, selection)
        return view

    def _draw_figure(self, chart_id: str, selection: Selection, theme: Theme) -> PlotlyFigure:
        return self.find_chart(chart_id).draw(self._view(chart_id, selection), theme)


def _order_note(note: Footnote) -> tuple[bool, int]:
    return note.kind != "document", note.number


def _drop_irrelevant(selection: Selection) -> Selection:
    """What opens, sorts or filters a list changes no chart."""
    return replace(selection, snapshot=None, point=None, sort=None, verdict=None, topic=None, document=None)
