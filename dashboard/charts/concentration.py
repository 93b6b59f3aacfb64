"""How far the importer's arms come from few suppliers, by five-year window and edition of the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.labels import Extent, Label, build_note, count_days, list_widths
from dashboard.plotting.time_chart import TimeChart, build_series_extents, label_span
from dashboard.plotting.traces import Span, build_error_bars, draw_series, write_place
from dashboard.theme import Theme
from dashboard.typeface import LABEL_SIZE, LINE_HEIGHT, measure_text
from dashboard.views.chart_rows import (
    BREAK_IN_SERIES,
    Row,
    build_point,
    build_span,
    join_subtitle,
    keep_one_source,
    list_observations,
    list_vintages,
)
from dashboard.views.dossiers import find_dossier
from etl import Snapshot, format_day, join_words

CHART = Chart("concentration", pages=("arms",), order=16, height=350, narrow_height=350)
INDICATOR, WINDOW = "arms_supplier_concentration", "five_year_window"
# The index adds up squares of shares in per cent: one supplier with all of them is 100 times 100.
ONE_SUPPLIER = 10_000.0
# So many suppliers with equal shares are the marks of the scale.
EQUAL_SUPPLIERS = (1, 2, 3, 4, 10)
# A little above one supplier alone, so that neither a mark there nor its line is cut.
HEADROOM = 10_400.0
EDGE = timedelta(days=200)
# The words of the scale are tried so many pixels apart.
MARK_GAP, COLUMN_STEP, COLUMN_STEPS = 4, 6, 60


@dataclass(frozen=True)
class ViewModel:
    """The index of each window by register, the oldest register first."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    importer: str
    registers: tuple[tuple[date, tuple[Span, ...]], ...]

    @property
    def newest(self) -> tuple[Span, ...]:
        """What the newest register gives."""
        return self.registers[-1][1]


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """The index of all windows without a break, of every register."""
    dossier = find_dossier(snapshot, selection)
    found = list_observations(snapshot, indicator=INDICATOR, ref_area=dossier.ref_area, period_basis=WINDOW)
    rows = keep_one_source([row for row in found if _is_drawn(row)])
    vintages = list_vintages(rows)
    return ViewModel(
        title=f"Concentration of {dossier.ref_possessive} arms suppliers",
        subtitle=_write_subtitle(vintages),
        points=tuple(_point_row(row, newest=vintages[-1]) for row in rows),
        importer=dossier.ref_label,
        registers=tuple(
            (vintage, tuple(_span_row(row) for row in rows if row["vintage"] == vintage))
            for vintage in vintages
        ),
    )


def _is_drawn(row: Row) -> bool:
    return row["obs_value"] is not None and row["obs_status"] != BREAK_IN_SERIES


def _write_subtitle(vintages: list[date]) -> str:
    return join_subtitle(
        "Herfindahl-Hirschman index: each supplier\u2019s share of SIPRI trend-indicator value in per cent, "
        "squared, and all added up",
        "five-year windows, at the middle of each",
        f"strong: register of {format_day(vintages[-1])}" if vintages else "",
        "thin: older registers" if len(vintages) > 1 else "",
        "so many suppliers with equal shares have the same index as marked",
    )


def _span_row(row: Row) -> Span:
    span_of = f"recomputed from the register of {format_day(row['vintage'])}"
    return build_span(row, f"as if {_format_equal(row['obs_value'])}", row["publisher"], span_of)


def _point_row(row: Row, *, newest: date) -> Point:
    mark = "newest register: dot" if row["vintage"] == newest else "older register: small dot"
    return build_point(row, series=f"concentration, register of {format_day(row['vintage'])}", mark=mark)


def _format_equal(index: float) -> str:
    """How many suppliers with equal shares have the same index."""
    return f"{ONE_SUPPLIER / index:.1f} equal suppliers"


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A line per register through the middles of the windows, over a scale of equal suppliers."""
    palette, chart = theme.palette, _build_chart(view, theme)
    traces = [
        _draw_register(spans, chart=chart, color=palette.other_vintage, width=1.0, size=3)
        for _, spans in view.registers[:-1]
    ]
    traces.append(_draw_register(view.newest, chart=chart, color=palette.statistic, width=2.5, size=6))
    levels = _place_levels(view, chart)
    return chart.build_figure(
        traces,
        labels=_list_labels(view, theme),
        around=[*_list_lines(view), *levels],
        notes=_name_levels(levels, theme),
    )


def describe(view: ViewModel) -> str:
    """The index of the first, the highest and the newest window, and how many equal suppliers that is."""
    if not view.points:
        return f"{view.title}: no register from which it could be worked out is known here."
    first, last = view.newest[0], view.newest[-1]
    peak = max(view.newest, key=lambda span: span.value)
    said = [f"{span.value_text} in {span.period}" for span in dict.fromkeys((first, peak, last))]
    ends = f"{_format_equal(first.value)} at first and {_format_equal(last.value)} at last"
    return f"{view.title}: {join_words(said)}, as if {ends}; {ONE_SUPPLIER:,.0f} would be one supplier alone."


def _list_levels() -> list[float]:
    return [ONE_SUPPLIER / count for count in EQUAL_SUPPLIERS]


def _build_chart(view: ViewModel, theme: Theme) -> TimeChart:
    middles = [span.middle for _, series in view.registers for span in series]
    return TimeChart(
        theme,
        CHART.find_height(theme),
        days=(min(middles) - EDGE, max(middles) + EDGE),
        values=(0.0, HEADROOM),
        ticks=[0.0, *_list_levels()[::-1]],
        write_tick=lambda tick: f"{tick:,.0f}",
        top=8,
        # The newest value stands beyond the end of its line.
        right=14 + round(measure_text(view.newest[-1].value_text, bold=True)),
    )


def _draw_register(
    spans: tuple[Span, ...], *, chart: TimeChart, color: str, width: float, size: int
) -> dict[str, Any]:
    marker = {"color": color, "size": size, "opacity": 1}
    bars = build_error_bars(spans, color=color, least=chart.measure_pixels())
    return draw_series(spans, color=color, width=width, marker=marker, error_y=bars)


def _format_level(count: int) -> str:
    return "one supplier alone" if count == 1 else f"{count} equal suppliers"


def _name_levels(levels: list[Extent], theme: Theme) -> list[dict[str, Any]]:
    """Under each line of the scale how many equal suppliers it stands for."""
    place = {"xanchor": "left", "yanchor": "top", "yshift": -1}
    return [
        {
            **build_note(_format_level(count), color=theme.palette.secondary),
            **place,
            "x": write_place(level.start),
            "y": level.high,
        }
        for count, level in zip(EQUAL_SUPPLIERS, levels, strict=True)
    ]


def _place_levels(view: ViewModel, chart: TimeChart) -> list[Extent]:
    """Where the words of the scale stand: in the first column in which none lies over a line."""
    lines = _list_lines(view)
    start, end = chart.days
    left, right, _, _ = chart.canvas.margin
    a_pixel = (end - start) / (list_widths(chart.theme)[0] - left - right)
    line = chart.measure_pixels(LABEL_SIZE * LINE_HEIGHT + 2)
    widest = max(measure_text(_format_level(count)) for count in EQUAL_SUPPLIERS)
    columns = [start + a_pixel * (MARK_GAP + step * COLUMN_STEP) for step in range(COLUMN_STEPS)]
    fitting = [column for column in columns if column + a_pixel * widest <= end]
    placed = [
        [Extent(column, column + a_pixel * widest, level - line, level) for level in _list_levels()]
        for column in fitting
    ]
    return min(placed, key=lambda words: sum(_meet(word, each) for word in words for each in lines))


def _meet(word: Extent, line: Extent) -> bool:
    across = count_days(word.start) < count_days(line.end) and count_days(line.start) < count_days(word.end)
    return across and word.low < line.high and line.low < word.high


def _list_lines(view: ViewModel) -> list[Extent]:
    return [extent for _, series in view.registers for extent in build_series_extents(series)]


def _list_labels(view: ViewModel, theme: Theme) -> list[Label]:
    """The newest value beyond its mark, the first and the highest above theirs."""
    first, last, color = view.newest[0], view.newest[-1], theme.palette.statistic
    peak = max(view.newest, key=lambda span: span.value)
    above = [span for span in dict.fromkeys((first, peak)) if span is not last]
    sides = ("above", "above right")
    return [
        label_span(last, color=color, sides=("right",)),
        *(label_span(span, color=color, sides=sides, optional=span is not first) for span in above),
    ]
