"""The importer's crude oil from the counterpart, by year."""

from __future__ import annotations

import re
from dataclasses import dataclass

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.labels import Label
from dashboard.plotting.time_chart import TimeChart, build_extents, choose_ticks, find_days
from dashboard.plotting.traces import Span, draw_bars
from dashboard.theme import Theme
from dashboard.views.chart_rows import (
    Row,
    build_point,
    build_span,
    choose_best,
    choose_year_basis,
    format_fills,
    format_row_period,
    format_years,
    join_subtitle,
    list_observations,
)
from dashboard.views.dossiers import find_dossier
from etl import WORLD, Snapshot, name_publisher

CHART = Chart("crude", pages=("trade",), order=60, height=280, narrow_height=300)
INDICATOR = "crude_oil_imports"
PART = "part_year"
BILLION = 1_000_000_000
# "2017–18" is wider than its bar on a phone, "’17–18" is not.
CENTURY = re.compile(r"^20(?=\d\d\u2013)")
# More bars than these have words wider than themselves on a phone.
MOST_NARROW_LABELS = 6


@dataclass(frozen=True)
class ViewModel:
    """Bars by period, and what part of all crude the newest one is, where the publisher gives both."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    parties: tuple[str, str]
    spans: tuple[Span, ...]
    whole_text: str


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """Crude oil imports from the counterpart, whole years and parts of one."""
    dossier = find_dossier(snapshot, selection)
    areas = [dossier.counterpart_area, WORLD]
    rows = list_observations(snapshot, indicator=INDICATOR, ref_area=dossier.ref_area, counterpart_area=areas)
    own = [row for row in rows if row["counterpart_area"] == dossier.counterpart_area]
    chosen = _leave_covered([row for row in choose_best(own) if row["obs_value"] is not None])
    whole = [row for row in rows if row["counterpart_area"] == WORLD and row["obs_value"]]
    years = format_years(choose_year_basis(chosen)) if chosen else ""
    return ViewModel(
        title=f"{dossier.ref_possessive} crude oil from {dossier.counterpart_label}",
        subtitle=join_subtitle("US dollars, current prices (CIF)", years, format_fills(chosen)),
        points=tuple(build_point(row, mark="bar") for row in chosen),
        parties=(dossier.ref_label, dossier.counterpart_label),
        spans=tuple(build_span(row, name_publisher(row)) for row in chosen),
        whole_text=_format_part_of_whole(chosen, whole=whole),
    )


def _leave_covered(rows: list[Row]) -> list[Row]:
    """Whole years of one kind, and of what is newer or older than all of them the parts of a year."""
    basis = choose_year_basis(rows)
    years = [row for row in rows if row["period_basis"] == basis]
    parts = [row for row in rows if row["period_basis"] == PART]
    outside = [
        part
        for part in parts
        if not any(
            year["period_start"] <= part["period_end"] and part["period_start"] <= year["period_end"]
            for year in years
        )
    ]
    return sorted([*years, *outside], key=lambda row: row["period_start"])


def _format_part_of_whole(rows: list[Row], *, whole: list[Row]) -> str:
    for row in whole[-1:]:
        for own in rows:
            if own["time_period"] == row["time_period"]:
                share = etl.format_value(100 * own["obs_value"] / row["obs_value"], "PERCENT")
                return f"{share} of all crude of {format_row_period(own)}"
    return ""


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A bar per year with its value, the part year as an outline."""
    top = max(span.value for span in view.spans)
    chart = TimeChart(
        theme,
        CHART.find_height(theme),
        days=find_days(view.spans, after=10),
        values=(0.0, top * 1.18),
        ticks=choose_ticks(0.0, top * 1.15, count=4),
        write_tick=lambda tick: etl.format_value(tick, "USD"),
        top=12,
        right=14,
    )
    bars = draw_bars(view.spans, colors=[theme.palette.statistic] * len(view.spans), theme=theme)
    labels = [_label_span(span, theme) for span in _choose_labelled(view.spans, theme)]
    return chart.build_figure([bars], labels=labels, around=build_extents(view.spans))


def _choose_labelled(spans: tuple[Span, ...], theme: Theme) -> list[Span]:
    """All of them; of many on a phone the first, the highest and the last."""
    if not theme.narrow or len(spans) <= MOST_NARROW_LABELS:
        return list(spans)
    highest = max(spans, key=lambda span: span.value)
    return [span for span in spans if span in {spans[0], highest, spans[-1]}]


def _label_span(span: Span, theme: Theme) -> Label:
    """Over its bar."""
    period = CENTURY.sub("\u2019", span.period) if theme.narrow else span.period
    words, color = _shorten_value(span), theme.palette.text
    return Label(
        span.middle,
        span.value,
        color,
        words,
        below=period,
        sides=("above", "above left"),
        leader=False,
        reach=9,
    )


def _shorten_value(span: Span) -> str:
    """To a tenth of a billion, so that the words are no wider than the bar and all are as exact."""
    return etl.format_value(round(span.value, -8), "USD") if span.value >= BILLION else span.value_text


def describe(view: ViewModel) -> str:
    """The first, the latest and the part of all crude that the latest is."""
    importer, supplier = view.parties
    if not view.spans:
        return f"No crude oil imports of {importer} from {supplier} are known here."
    first, last = view.spans[0], view.spans[-1]
    ending = f", {view.whole_text}" if view.whole_text else ""
    told = ", ".join(f"{_shorten_value(span)} in {span.period}" for span in (first, last))
    return f"{view.title}: {told}{ending}."
