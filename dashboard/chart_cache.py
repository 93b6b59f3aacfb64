"""The charts of one snapshot, each selected and drawn at most once per selection and theme; other days."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from threading import Lock

from dashboard.address import Selection, SelectionError, TimeRange, TooEarlyError, keep_drawn
from dashboard.chart_contract import (
    ChartFaultError,
    ChartModule,
    Choice,
    PlotlyFigure,
    View,
    check_view,
)
from dashboard.charts import find_charts
from dashboard.plotting.figures import check_evidence, dress_figure
from dashboard.plotting.plain_text import escape_texts
from dashboard.plotting.shared_scales import Scales, match_scales
from dashboard.svg import (
    MarkName,
    UnopenedMarkError,
    UnsupportedFigureError,
    can_zoom,
    draw_svg,
    measure_words,
    read_zoom,
    zoom_figure,
)
from dashboard.theme import LIGHT, Theme
from dashboard.views.editions import shorten_by_row, shorten_sources
from dashboard.views.tables import count_missing_rows
from etl import Footnote, Snapshot, join_words, open_snapshot

LOG = logging.getLogger(__name__)
CACHED_VIEWS = 128
CACHED_FIGURES = 256
CACHED_DAYS = 8
CACHED_PICTURES = 256
# Of a picture that is looked at for whether it can be drawn.
USUAL_WIDTH = 1100


@dataclass(frozen=True)
class Viewport:
    """The place of a picture on a screen: its width in pixels, and whether the screen is a phone's.

    `scales` are those that it shares with a picture beside it.
    """

    width: int
    is_narrow: bool = False
    scales: Scales | None = None


class NoPictureError(Exception):
    """A chart that the server does not draw; the message says where its figures are."""

    def __init__(self, title: str, chart_id: str) -> None:
        super().__init__(
            f"“{title}” has no picture here, since plotly.js draws it in the browser; "
            f"its figures are at /download/{chart_id}.csv."
        )


class UnknownChartError(KeyError):
    """A chart id that no chart has."""


@dataclass
class _Day:
    """One earlier day: whoever asks first works it out, whoever asks meanwhile waits for it."""

    lock: Lock = field(default_factory=Lock)
    chart_cache: ChartCache | None = None


class ChartCache:
    """Views, figures and footnotes of one snapshot's charts; nothing is shared between snapshots."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._charts = find_charts()
        self._successors = {
            former: chart for chart in self._charts.values() for former in chart.card.former_ids
        }
        self._view = lru_cache(maxsize=CACHED_VIEWS)(self._select_view)
        self._figure = lru_cache(maxsize=CACHED_FIGURES)(self._draw_figure)
        self._picture = lru_cache(maxsize=CACHED_PICTURES)(self._draw_svg)
        self._drawable = lru_cache(maxsize=CACHED_FIGURES)(self._can_draw)
        self._names = lru_cache(maxsize=CACHED_VIEWS)(self._name_marks)
        self._numbers = lru_cache(maxsize=None)(snapshot.number_footnotes)
        self._days: OrderedDict[date, _Day] = OrderedDict()
        self._days_lock = Lock()

    def turn_back(self, day: date | None) -> ChartCache:
        """The charts of what was known on a day; itself for no day, or for one that is not before its own.

        The days asked for last are kept, so that a page, its charts and its evidence share one judging.
        Raises: TooEarlyError for a day on which nothing was known.
        """
        if day is None or day >= self.snapshot.as_of:
            return self
        with self._days_lock:
            cached = self._days.setdefault(day, _Day())
            self._days.move_to_end(day)
            while len(self._days) > CACHED_DAYS:
                self._days.popitem(last=False)
        with cached.lock:
            if cached.chart_cache is None:
                cached.chart_cache = ChartCache(_open_limited(self.snapshot, day))
        return cached.chart_cache

    def list_charts(self, page: str | None = None) -> list[ChartModule]:
        """The charts of a page in their order, or all of them."""
        return [chart for chart in self._charts.values() if page is None or page in chart.card.pages]

    def find_chart(self, chart_id: str) -> ChartModule:
        """One chart by its id, or by that of a chart whose place it has taken.

        Raises: UnknownChartError where there is none.
        """
        chart = self._charts.get(chart_id) or self._successors.get(chart_id)
        if chart is None:
            raise UnknownChartError(f"no chart {chart_id!r}. Known: {', '.join(self._charts)}.")
        return chart

    def select_view(self, chart_id: str, selection: Selection) -> View:
        """What a chart says for a selection.

        Raises: SelectionError for a selection that cannot be; ChartFaultError where the chart's module fails.
        """
        return self._view(chart_id, _drop_irrelevant(selection))

    def find_view(self, chart_id: str, selection: Selection) -> View | None:
        """What a chart says for a selection, or nothing where the chart fails: the log then has why.

        Raises: SelectionError for a selection that cannot be.
        """
        try:
            return self.select_view(chart_id, selection)
        except ChartFaultError:
            LOG.exception("chart %s could not be selected", chart_id)
            return None

    def draw_figure(
        self, chart_id: str, *, selection: Selection, theme: Theme, scales: Scales | None = None
    ) -> PlotlyFigure:
        """A chart drawn for a selection and a theme, to its own scales or to others that hold them.

        Raises: ChartFaultError where its module fails.
        """
        figure = self._figure(chart_id, _drop_irrelevant(selection), theme)
        if not self.has_picture(chart_id, selection):
            height = self.find_chart(chart_id).card.find_height(theme)
            return dress_figure(figure, theme=theme, height=height)
        if scales is not None:
            figure = match_scales(figure, scales, theme=theme)
        return _zoom(figure, selection.span) if selection.span else figure

    def draw_svg(self, chart_id: str, *, selection: Selection, format_: Viewport) -> str:
        """A chart as an SVG picture, its marks named and ready to open; colours follow the page's scheme.

        Raises: NoPictureError where the server draws none; ChartFaultError where the chart's module fails.
        """
        self.require_picture(chart_id, selection)
        cached = replace(_drop_irrelevant(selection), span=selection.span)
        return self._picture(chart_id, cached, format_)

    def has_picture(self, chart_id: str, selection: Selection) -> bool:
        """Whether the server draws a chart; plotly.js does in the browser what it does not."""
        return self._drawable(chart_id, _drop_irrelevant(selection))

    def require_picture(self, chart_id: str, selection: Selection) -> None:
        """Raises: NoPictureError where the server draws no picture of a chart."""
        if not self.has_picture(chart_id, selection):
            raise NoPictureError(self.select_view(chart_id, selection).title, chart_id)

    def measure_heights(self, chart_id: str, selection: Selection) -> tuple[int, int]:
        """Pixels that a chart is high, on a wide screen and on a narrow one."""
        card = self.find_chart(chart_id).card
        usual = ((Theme(), card.height), (Theme(narrow=True), card.narrow_height))
        wide, narrow = (
            self._figure(chart_id, _drop_irrelevant(selection), theme)["layout"].get("height") or height
            for theme, height in usual
        )
        return round(wide), round(narrow)

    def can_zoom(self, chart_id: str, selection: Selection) -> bool:
        """Whether a chart has an axis of time to zoom along."""
        figure = self._figure(chart_id, _drop_irrelevant(selection), Theme())
        return can_zoom(figure) and self.has_picture(chart_id, selection)

    def find_zoom(self, chart_id: str, selection: Selection) -> TimeRange | None:
        """The part of its time that a chart is drawn for; None for all of it."""
        ends = read_zoom(self.draw_figure(chart_id, selection=selection, theme=Theme()))
        return TimeRange(*ends) if ends else None

    def list_choices(self, chart_id: str, selection: Selection) -> tuple[Choice, ...]:
        """What a reader may choose to see of a chart instead.

        Raises: ChartFaultError where its module fails.
        """
        chart = self.find_chart(chart_id)
        with self._blame(chart, selection):
            choices = tuple(chart.offer_choices(self.snapshot, selection))
            if not all(isinstance(choice, Choice) for choice in choices):
                raise TypeError("offer_choices() gave something that is no Choice.")
            return choices

    def describe(self, chart_id: str, selection: Selection) -> str:
        """A chart in one sentence.

        Raises: ChartFaultError where its module fails.
        """
        chart = self.find_chart(chart_id)
        with self._blame(chart, selection):
            sentence = chart.describe(self.select_view(chart_id, selection))
            if not isinstance(sentence, str):
                raise TypeError(f"describe() gave {sentence!r:.80}, which is no sentence.")
            return sentence

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

    def count_missing_rows(self, chart_id: str, selection: Selection) -> int:
        """How many rows of the sources of what a chart draws were set aside, whole or in part."""
        used = {number for number, _ in self.list_sources(chart_id, selection)}
        keys = {note.key for note in self.snapshot.list_footnotes() if note.number in used}
        return sum(rows for source_id, rows in self._missing_rows.items() if source_id in keys)

    @cached_property
    def _missing_rows(self) -> dict[str, int]:
        return count_missing_rows(self.snapshot)

    def _select_view(self, chart_id: str, selection: Selection) -> View:
        chart = self.find_chart(chart_id)
        try:
            view: View = check_view(chart.select(self.snapshot, selection))
            for point in view.points:
                # A point whose row is nowhere opens nothing.
                self._numbers(point.row_id)
        except (SelectionError, ChartFaultError):
            raise
        except Exception as error:
            raise ChartFaultError(chart.usual_title, error) from error
        return view

    @contextmanager
    def _blame(self, chart: ChartModule, selection: Selection) -> Iterator[None]:
        """Whatever a chart's module raises as a fault of that chart."""
        try:
            yield
        except (SelectionError, ChartFaultError):
            raise
        except Exception as error:
            title = self.select_view(chart.card.chart_id, selection).title
            raise ChartFaultError(title, error) from error

    def _draw_svg(self, chart_id: str, selection: Selection, format_: Viewport) -> str:
        theme = Theme(narrow=format_.is_narrow)
        with self._blame(self.find_chart(chart_id), selection):
            figure = self.draw_figure(chart_id, selection=selection, theme=theme, scales=format_.scales)
            names = self._names(chart_id, replace(selection, span=None))
            return draw_svg(figure, width=format_.width, names=names, palette=LIGHT)

    def _can_draw(self, chart_id: str, selection: Selection) -> bool:
        figure = self._figure(chart_id, selection, Theme())
        try:
            measure_words(figure, width=USUAL_WIDTH)
        except UnopenedMarkError:
            # It says so where it is drawn.
            return True
        except UnsupportedFigureError as error:
            LOG.info("plotly.js draws the chart %s: %s", chart_id, error)
        except Exception:
            LOG.exception("plotly.js draws the chart %s, since it cannot be drawn here", chart_id)
        else:
            return True
        with self._blame(self.find_chart(chart_id), selection):
            check_evidence(figure, {point.row_id for point in self._view(chart_id, selection).points})
        return False

    def _name_marks(self, chart_id: str, selection: Selection) -> dict[str, MarkName]:
        points = self._view(chart_id, selection).points
        short = dict(self.list_sources(chart_id, selection))
        keys = {note.number: note.key for note in self.snapshot.list_footnotes()}
        own = shorten_by_row(self.snapshot, [point.row_id for point in points])
        names: dict[str, MarkName] = {}
        for point in points:
            sources = [
                own.get(point.row_id, {}).get(keys[number], short[number])
                for number in self.number_footnotes(point.row_id)
                if number in short
            ]
            words = (point.value_text, point.period, point.series, point.mark, _list_names(sources))
            name = MarkName(", ".join(part for part in words if part), point.period)
            names.setdefault(point.row_id, name)
        return names

    def _draw_figure(self, chart_id: str, selection: Selection, theme: Theme) -> PlotlyFigure:
        chart = self.find_chart(chart_id)
        with self._blame(chart, selection):
            return chart.draw(escape_texts(self._view(chart_id, selection)), theme)


def _zoom(figure: PlotlyFigure, span: TimeRange) -> PlotlyFigure:
    """The part of a figure's time that lies within the span; all of it where none does."""
    if not can_zoom(figure):
        return figure
    times = [axis["range"] for axis in figure["layout"].values() if _is_time(axis)]
    first = min(date.fromisoformat(start[:10]) for start, _ in times)
    last = max(date.fromisoformat(stop[:10]) for _, stop in times)
    start, stop = max(span.start, first), min(span.stop, last)
    if start >= stop or (start, stop) == (first, last):
        return figure
    return zoom_figure(figure, start=start, stop=stop)


def _is_time(axis: object) -> bool:
    return isinstance(axis, dict) and axis.get("type") == "date" and "range" in axis


def _list_names(sources: Sequence[str]) -> str:
    return f"source: {join_words(sources)}" if sources else ""


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
    """The day is the chart cache's own, and a zoom is of the drawing."""
    return replace(keep_drawn(selection), as_of=None, span=None)
