"""One flow as its two sides report it: what the buyer counts coming in, what the seller counts going out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.labels import Label
from dashboard.plotting.time_chart import TimeChart, build_series_extents, choose_ticks, find_days, label_span
from dashboard.plotting.traces import (
    Span,
    build_dot_marker,
    build_error_bars,
    draw_dots,
    draw_line,
    draw_series,
)
from dashboard.theme import Theme
from dashboard.typeface import measure_text
from dashboard.views.chart_rows import Row, build_point, build_span, choose_best, list_observations
from dashboard.views.dossiers import find_dossier
from etl import ALL_COMMODITIES, Snapshot, name_publisher

CHART = Chart("mirror", pages=("trade",), order=50, height=400, narrow_height=400)
BASIS = "calendar_year"
ABOVE = ("above", "above right", "above left")
BELOW = ("below", "below right", "below left")
DOT_SIZE = 8
AFTER = ("right", "below right", "above right")
BESIDE = ("right", "left", "above right", "below right")


@dataclass(frozen=True)
class MirrorGap:
    """What the two reports of one year differ by, between the lower and the higher."""

    span: Span
    low: float
    high: float


@dataclass(frozen=True)
class ViewModel:
    """The buyer's and the seller's series and the gaps where both report."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    parties: tuple[str, str]
    bought: tuple[Span, ...]
    sold: tuple[Span, ...]
    gaps: tuple[MirrorGap, ...]


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """Imports by the dossier's first side and exports by the other, in years that the other reports."""
    dossier = find_dossier(snapshot, selection)
    here, there = dossier.ref_area, dossier.counterpart_area
    asked = [("imports", here, there), ("exports", there, here), ("mirror_gap", here, there)]
    bought, sold, gaps = (
        _list_years(snapshot, indicator=name, areas=(ref, other)) for name, ref, other in asked
    )
    paired = {row["time_period"] for row in sold} | {row["time_period"] for row in gaps}
    bought = [row for row in bought if row["time_period"] in paired]
    flow = f"imports from {dossier.counterpart_label}, as {dossier.ref_label} reports"
    mirror = f"exports to {dossier.ref_label}, as {dossier.counterpart_label} reports"
    spans = {row["time_period"]: (row["obs_value"], row["obs_value"]) for row in bought}
    for row in sold:
        value = spans.get(row["time_period"], (row["obs_value"],))[0]
        spans[row["time_period"]] = (min(value, row["obs_value"]), max(value, row["obs_value"]))
    return ViewModel(
        title=f"Goods from {dossier.counterpart_label} to {dossier.ref_label}, by two counts",
        subtitle="US dollars, calendar years; imports with freight (CIF), exports without (FOB)",
        points=(
            *(build_point(row, series=flow, mark="dot on the buyer's line") for row in bought),
            *(build_point(row, series=mirror, mark="dot on the seller's line") for row in sold),
            *(build_point(row, mark="connector") for row in gaps),
        ),
        parties=(dossier.ref_possessive, dossier.counterpart_possessive),
        bought=tuple(build_span(row, flow, name_publisher(row)) for row in bought),
        sold=tuple(build_span(row, mirror, name_publisher(row)) for row in sold),
        gaps=tuple(
            MirrorGap(build_span(row, etl.label("indicator", row["indicator"])), *spans[row["time_period"]])
            for row in gaps
            if row["time_period"] in spans
        ),
    )


def _list_years(snapshot: Snapshot, *, indicator: str, areas: tuple[str, str]) -> list[Row]:
    rows = list_observations(
        snapshot,
        indicator=indicator,
        ref_area=areas[0],
        counterpart_area=areas[1],
        period_basis=BASIS,
        commodity=ALL_COMMODITIES,
    )
    return [row for row in choose_best(rows) if row["obs_value"] is not None]


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A line each side and a thin connector a year, whose middle opens the gap."""
    palette = theme.palette
    spans = [*view.bought, *view.sold]
    top = max(span.value for span in spans)
    chart = TimeChart(
        theme,
        CHART.find_height(theme),
        days=find_days(spans, after=20),
        # A fifth above the highest dot, where the words on it stand.
        values=(0.0, top * 1.2),
        ticks=choose_ticks(0.0, top, count=4),
        write_tick=lambda tick: etl.format_value(tick, "USD"),
        # The newest values stand beyond their years.
        right=14 + round(measure_text(spans[-1].value_text, bold=True)),
    )
    traces = [_draw_gap(gap, theme) for gap in view.gaps]
    least = chart.measure_pixels(DOT_SIZE)
    for series, color in ((view.bought, palette.statistic), (view.sold, palette.counterpart)):
        marker = build_dot_marker(series, color=color, size=DOT_SIZE, theme=theme)
        bars = build_error_bars(series, color=color, least=least)
        traces.append(draw_series(series, color=color, width=2, marker=marker, error_y=bars))
    # Words may stand on the thin connectors.
    around = [*build_series_extents(view.bought), *build_series_extents(view.sold)]
    traces += _draw_handles(view, theme)
    return chart.build_figure(traces, labels=_list_labels(view, theme), around=around)


def describe(view: ViewModel) -> str:
    """The latest pair with its gap, and the greatest gap."""
    buyer, seller = view.parties
    if not view.gaps:
        return f"{view.title}: no year is known here as both sides report it."
    latest = view.gaps[-1].span
    pair = (
        {span.period: span.value_text for span in view.bought},
        {span.period: span.value_text for span in view.sold},
    )
    widest = max(view.gaps, key=lambda gap: abs(gap.span.value)).span
    counts = f"{buyer} count is {pair[0].get(latest.period)}, {seller} {pair[1].get(latest.period)}"
    widest_text = f"{widest.value_text} in {widest.period}"
    return f"{view.title}: in {latest.period} {counts}; the gap was widest at {widest_text}."


def _draw_gap(gap: MirrorGap, theme: Theme) -> dict[str, Any]:
    return draw_line([gap.span.middle] * 2, [gap.low, gap.high], color=theme.palette.other_vintage, width=2)


def _draw_handles(view: ViewModel, theme: Theme) -> list[dict[str, Any]]:
    places = [(gap.span.middle, (gap.low + gap.high) / 2) for gap in view.gaps]
    marker = {"symbol": "line-ew", "size": 9, "line": {"color": theme.palette.secondary, "width": 2}}
    return [draw_dots(places, opens=[gap.span for gap in view.gaps], marker=marker)] if places else []


def _list_labels(view: ViewModel, theme: Theme) -> list[Label]:
    palette = theme.palette
    buyer, seller = view.parties
    labels = []
    widest = max(view.gaps, key=lambda gap: gap.high - gap.low, default=None)
    named = [
        (view.bought, palette.statistic, f"{buyer} imports", "CIF"),
        (view.sold, palette.counterpart, f"{seller} exports", "FOB"),
    ]
    for series, color, name, valuation in named:
        for span in [each for each in series if widest is None or each.period == widest.span.period][:1]:
            sides = BELOW if widest and span.value <= widest.low else ABOVE
            labels.append(Label(span.middle, span.value, color, name, valuation, sides=sides))
        labels += [label_span(span, color=color, sides=AFTER) for span in series[-1:]]
    if widest:
        at = (widest.span.middle, (widest.low + widest.high) / 2)
        text, words = widest.span.value_text, f"gap in {widest.span.period}"
        labels.append(Label(*at, palette.secondary, text, below=words, sides=BESIDE, reach=17, optional=True))
    return labels
