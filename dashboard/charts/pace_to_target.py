"""Growth of two-way trade year by year, beside the growth that the target still needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.labels import Extent, Label
from dashboard.plotting.time_chart import (
    TimeChart,
    build_extents,
    build_interval_extents,
    choose_ticks,
    find_days,
)
from dashboard.plotting.traces import Span, build_error_bars, draw_bars, draw_level, draw_line
from dashboard.theme import Theme
from dashboard.views.chart_rows import (
    Aim,
    Row,
    build_indicator_span,
    build_point,
    choose_best,
    choose_year_basis,
    find_aim,
    format_row_period,
    format_years,
    join_subtitle,
    list_observations,
    list_operands,
)
from dashboard.views.dossiers import find_dossier
from etl import ALL_COMMODITIES, Snapshot, format_count, join_words

CHART = Chart("pace_to_target", pages=("trade",), order=40, height=380, narrow_height=380)
GROWTH, NEEDED, TARGET, TRADE = "trade_growth", "trade_growth_needed", "trade_target", "bilateral_trade"
# A bar this many times the next one would leave no room to see the others: it is cut, and says so.
OUTLIER = 3.0
# Above the next bar, so that the cut one still is plainly the highest.
CUT_ABOVE = 1.3
# Bars are too narrow for more than two digits and a sign.
WHOLE_FROM = 10
NEAR_LINE = ("above", "above right", "below", "above left")
REACH, LATEST_REACH = 17, 56


@dataclass(frozen=True)
class Pace:
    """Growth needed, from the year it was worked out from to the target, and where that target stands now."""

    span: Span
    aim: Aim

    @property
    def is_due(self) -> bool:
        """Whether it is what the target needs today."""
        return self.aim.needed is not None


@dataclass(frozen=True)
class ViewModel:
    """Growth by year, where the bars are cut (none: infinity), and the growth needed by target."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    growths: tuple[Span, ...]
    cut: float
    needs: tuple[Pace, ...]


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """Growth on the year before, and the constant growth from its starting year to each target."""
    dossier = find_dossier(snapshot, selection)
    rows = list_observations(
        snapshot,
        indicator=[GROWTH, NEEDED, TARGET, TRADE],
        ref_area=dossier.ref_area,
        counterpart_area=dossier.counterpart_area,
        commodity=ALL_COMMODITIES,
    )
    rows = [row for row in choose_best(rows) if row["obs_value"] is not None]
    named = {
        name: [row for row in rows if row["indicator"] == name] for name in (GROWTH, NEEDED, TARGET, TRADE)
    }
    growths, needed = named[GROWTH], named[NEEDED]
    basis = choose_year_basis(named[TRADE])
    years = [build_indicator_span(row) for row in named[TRADE] if row["period_basis"] == basis]
    cut = _find_cut([row["obs_value"] for row in growths])
    high = [format_row_period(row) for row in growths if row["obs_value"] > cut]
    needs = _list_needs(snapshot, needed, targets=named[TARGET], years=years)
    tense = "needs" if any(need.is_due for need in needs) else "needed"
    return ViewModel(
        title=f"Growth of {dossier.ref_label}\u2013{dossier.counterpart_label} goods trade, had and needed",
        subtitle=join_subtitle(
            "Per cent a year on the year before" + (f", {format_years(basis)}" if growths else ""),
            f"lines: what a target {tense}" if needed else "",
            f"the bar of {join_words(high)} is cut" if high else "",
        ),
        points=tuple(_point_row(row, cut=cut) for row in (*growths, *needed)),
        growths=tuple(build_indicator_span(row) for row in growths),
        cut=cut,
        needs=needs,
    )


def _list_needs(
    snapshot: Snapshot, needed: list[Row], *, targets: list[Row], years: list[Span]
) -> tuple[Pace, ...]:
    """Growth needed from the last day of the year it was worked out from to that of its target."""
    spans = {tuple(list_operands(row)): build_indicator_span(row) for row in needed}
    rows = snapshot.observations(obs_id=[base for base, _ in spans]).select("obs_id", "period_end")
    starts = dict(rows.collect().iter_rows())
    aims = {row["obs_id"]: find_aim(build_indicator_span(row), years=years, needed=spans) for row in targets}
    return tuple(
        Pace(replace(span, start=starts[base]), aims[target]) for (base, target), span in spans.items()
    )


def _find_cut(values: list[float]) -> float:
    highest = sorted(values)[-2:]
    if len(highest) < 2 or highest[0] <= 0 or highest[1] < OUTLIER * highest[0]:
        return float("inf")
    return highest[0] * CUT_ABOVE


def _point_row(row: Row, *, cut: float) -> Point:
    if row["indicator"] == NEEDED:
        return build_point(row, mark="thick line over its years")
    return build_point(row, mark="bar, cut" if row["obs_value"] > cut else "bar")


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """Bars up and down from zero with their values, and a dashed line at the growth needed."""
    palette = theme.palette
    shown = tuple(_cut_span(span, view.cut) for span in view.growths)
    needed = [need.span for need in view.needs]
    chart = _build_chart([*shown, *needed], theme)
    start, least = min(span.start for span in shown or needed), chart.measure_pixels()
    traces = [
        draw_bars(
            shown,
            colors=[palette.statistic] * len(shown),
            theme=theme,
            error_y=build_error_bars(shown, color=palette.text, least=least),
        ),
        draw_line([start, chart.days[1]], [0.0, 0.0], color=palette.secondary),
        *(
            draw_line([start, need.span.start], [need.span.value] * 2, color=palette.text, dash="dot")
            for need in view.needs
            if need.is_due
        ),
        *(draw_level(span, color=palette.text) for span in needed),
        *(_draw_break(span, cut=view.cut, theme=theme) for span in view.growths if span.value > view.cut),
    ]
    around = [*build_extents(shown), *build_interval_extents(shown, least=least)]
    around += [
        Extent(span.start, span.stop, span.value - 0.5, span.value + 0.5, level=span.value) for span in needed
    ]
    labels = _list_labels(view, theme, shown=shown)
    return chart.build_figure(traces, labels=labels, around=around, barmode="overlay")


def describe(view: ViewModel) -> str:
    """The growth needed beside the latest growth, and in how many years growth was at least that."""
    if not view.points:
        return f"{view.title}: no growth is known here."
    parts = [f"{span.value_text} in {span.period} (the latest year)" for span in view.growths[-1:]]
    for need in view.needs:
        if need.aim.passed:
            parts.append(f"a {need.aim.say()}")
        elif need.is_due:
            reached = sum(1 for growth in view.growths if growth.value >= need.span.value)
            had = f"reached in {reached or 'none'} of {format_count(len(view.growths), 'year')}"
            parts.append(f"{need.span.value_text} a year needed by {need.span.end.year} ({had})")
    return f"{view.title}: {join_words(parts)}."


def _build_chart(spans: list[Span], theme: Theme) -> TimeChart:
    values = [0.0, *(span.value for span in spans)]
    low, high = min(values), max(values)
    return TimeChart(
        theme,
        CHART.find_height(theme),
        days=find_days(spans, before=90, after=30),
        values=(low - (high - low) * 0.1, high + (high - low) * 0.12),
        ticks=choose_ticks(low, high, count=5),
        write_tick=lambda tick: etl.format_value(tick, "PERCENT"),
    )


def _cut_span(span: Span, cut: float) -> Span:
    """The bar as it is drawn; one that is cut ends nowhere in particular, and so does its interval."""
    return span if span.value <= cut else replace(span, value=cut, low=None, high=None)


def _draw_break(span: Span, *, cut: float, theme: Theme) -> dict[str, Any]:
    """Two slanted strokes in the colour of the paper: this bar is longer than drawn."""
    marker = {"symbol": "line-ne", "size": 16, "line": {"color": theme.palette.paper, "width": 3}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [span.middle.isoformat()] * 2,
        "y": [cut * 0.9, cut * 0.84],
        "marker": marker,
        "hoverinfo": "skip",
    }


def _list_labels(view: ViewModel, theme: Theme, *, shown: tuple[Span, ...]) -> list[Label]:
    palette = theme.palette
    labels = []
    for need in reversed(view.needs):
        span, is_last = need.span, need is view.needs[-1]
        at = (span.middle if is_last else span.stop, span.value)
        sides = NEAR_LINE if is_last else ("right", *NEAR_LINE)
        until = f"to {need.aim.target.end.year}"
        usual = "was needed" if need.aim.passed else "needed"
        needed, words = ("", until) if theme.narrow else (usual, f"a year {until}")
        labels.append(Label(*at, palette.text, span.value_text, needed, words, sides=sides))
    for place in _order_labels(view):
        span, latest = shown[place], place + 1 == len(shown)
        side = "above" if span.value >= 0 else "below"
        labels.append(
            Label(
                span.middle,
                span.value,
                palette.statistic,
                bold=_format_growth(view.growths[place].value),
                sides=(side, f"{side} right") if latest and theme.narrow else (side,),
                leader=False,
                reach=LATEST_REACH if latest else REACH,
                optional=not latest,
            )
        )
    return labels


def _format_growth(value: float) -> str:
    """To the whole from ten on, and without the sign that the axis has: the bar is too narrow for more."""
    return etl.format_value(round(value) if abs(value) >= WHOLE_FROM else value, "PERCENT").removesuffix("%")


def _order_labels(view: ViewModel) -> list[int]:
    """The latest year first, then by size: where there is no room, small changes stay without words."""
    places = range(len(view.growths))
    return sorted(places, key=lambda place: (place + 1 < len(view.growths), -abs(view.growths[place].value)))
