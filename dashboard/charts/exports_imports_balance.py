"""Exports up, imports down and the balance between them, by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.labels import Label
from dashboard.plotting.time_chart import TimeChart, build_extents, choose_ticks, find_days
from dashboard.plotting.traces import (
    Span,
    build_error_bars,
    draw_bars,
    draw_dots,
    draw_level,
    draw_line,
    flip_span,
    write_hover,
)
from dashboard.theme import Theme
from dashboard.typeface import measure_text
from dashboard.views.chart_rows import (
    Row,
    build_indicator_span,
    build_point,
    choose_best,
    choose_year_basis,
    format_fills,
    format_row_period,
    format_years,
    join_subtitle,
    list_observations,
)
from dashboard.views.dossiers import find_dossier
from etl import ALL_COMMODITIES, Snapshot, join_words, name_publisher

CHART = Chart("exports_imports_balance", pages=("trade",), order=30, height=420, narrow_height=420)
FLOWS = ("exports", "imports", "trade_balance")
# Of the axis: clear of the zero line and shorter than any bar that matters.
ABSENT_OFFSET = 0.025
BEFORE: tuple[str, ...] = ("below left", "left", "below")
AFTER: tuple[str, ...] = ("right",)


@dataclass(frozen=True)
class ViewModel:
    """Three series by year, amounts positive, the balance signed; `absent`: rows without a value."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    parties: tuple[str, str]
    exports: tuple[Span, ...]
    imports: tuple[Span, ...]
    balances: tuple[Span, ...]
    absent: tuple[Span, ...]


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """Exports, imports and balance of whole years, published before derived."""
    dossier = find_dossier(snapshot, selection)
    pair = {"ref_area": dossier.ref_area, "counterpart_area": dossier.counterpart_area}
    known = list_observations(snapshot, indicator=list(FLOWS), commodity=ALL_COMMODITIES, **pair)
    basis = choose_year_basis(known)
    rows = choose_best(row for row in known if row["period_basis"] == basis)
    drawn = [row for row in rows if row["obs_value"] is not None]
    absent = [row for row in rows if row["obs_value"] is None]
    return ViewModel(
        title=f"{dossier.ref_possessive} goods exports, imports and balance with {dossier.counterpart_label}",
        subtitle=join_subtitle(
            "US dollars",
            format_years(basis) if rows else "",
            "exports (FOB) upwards, imports (CIF) downwards; the balance as a line across",
            format_fills(drawn),
            "\u00d7: not collected" if absent else "",
        ),
        points=(*(_point_row(row) for row in drawn), *(_point_absent(row) for row in absent)),
        parties=(dossier.ref_label, dossier.counterpart_label),
        exports=tuple(build_indicator_span(row) for row in drawn if row["indicator"] == "exports"),
        imports=tuple(build_indicator_span(row) for row in drawn if row["indicator"] == "imports"),
        balances=tuple(build_indicator_span(row) for row in drawn if row["indicator"] == "trade_balance"),
        absent=tuple(_span_absent(row) for row in absent),
    )


def _point_row(row: Row) -> Point:
    return build_point(row, mark="short line" if row["indicator"] == "trade_balance" else "bar")


def _point_absent(row: Row) -> Point:
    words = etl.label("obs_status", row["obs_status"])
    return Point(
        row["obs_id"],
        etl.label("indicator", row["indicator"]),
        format_row_period(row),
        words,
        "cross: no value",
    )


def _span_absent(row: Row) -> Span:
    """A flow without a value, at zero's upper side for exports and its lower side for imports."""
    words, period = etl.label("obs_status", row["obs_status"]), format_row_period(row)
    hover = write_hover(words, period, etl.label("indicator", row["indicator"]), name_publisher(row))
    side = 1.0 if row["indicator"] == "exports" else -1.0
    return Span(row["obs_id"], row["period_start"], row["period_end"], side, words, period, hover)


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """Two bars a year on either side of zero and the balance as a short line across them."""
    palette = theme.palette
    below = tuple(flip_span(span) for span in view.imports)
    chart = _build_chart(view, theme, imports=below)
    least = chart.measure_pixels()
    traces = [
        *(
            draw_bars(
                spans,
                colors=[color] * len(spans),
                theme=theme,
                error_y=build_error_bars(spans, color=palette.text, least=least),
            )
            for spans, color in ((view.exports, palette.statistic), (below, palette.counterpart))
        ),
        draw_line(chart.days, [0.0, 0.0], color=palette.secondary),
        *(draw_level(span, color=palette.text) for span in view.balances),
        _draw_absent(view, theme, reach=chart.values[1] - chart.values[0]),
    ]
    around = build_extents([*view.exports, *below])
    return chart.build_figure(traces, labels=_list_labels(view, theme), around=around, barmode="overlay")


def describe(view: ViewModel) -> str:
    """The latest exports, imports and balance, and the years whose parts are not known."""
    if not view.points:
        return f"{view.title}: no whole years are known here."
    named = [("exports", view.exports), ("imports", view.imports), ("balance", view.balances)]
    parts = [f"{name} of {spans[-1].value_text} in {spans[-1].period}" for name, spans in named if spans]
    gaps = join_words(sorted({span.period for span in view.absent}))
    return f"{view.title}: {join_words(parts)}" + (f"; parts of {gaps} not collected." if gaps else ".")


def _build_chart(view: ViewModel, theme: Theme, *, imports: tuple[Span, ...]) -> TimeChart:
    spans = [*view.exports, *imports, *view.balances]
    values = [0.0, *(span.value for span in spans)]
    low, high = min(values), max(values)
    reach = high - low or 1.0
    # The balance of the last year stands beyond it: to the left, other years' bars would lie under it.
    beyond = [span.value_text for span in view.balances[-1:] if _is_last(span, view)]
    return TimeChart(
        theme,
        CHART.find_height(theme),
        days=find_days([*spans, *view.absent], after=30),
        values=(low - reach * 0.09, high + reach * 0.16),
        ticks=choose_ticks(low, high, count=5),
        # Both directions are amounts: imports are drawn down for room, they are not negative.
        write_tick=lambda tick: etl.format_value(abs(tick), "USD"),
        right=22 + max([0, *(round(measure_text(text, bold=True)) for text in beyond)]),
    )


def _draw_absent(view: ViewModel, theme: Theme, *, reach: float) -> dict[str, Any]:
    """Small crosses just off the zero line: a value that was not collected is not a zero."""
    places = [(span.middle, span.value * reach * ABSENT_OFFSET) for span in view.absent]
    marker = {"symbol": "x-thin", "size": 7, "line": {"color": theme.palette.secondary, "width": 1.5}}
    return draw_dots(places, opens=view.absent, marker=marker)


def _list_labels(view: ViewModel, theme: Theme) -> list[Label]:
    palette = theme.palette
    labels = []
    ends = [
        (view.exports, 1, palette.statistic, "exports", ("above left", "above", "left")),
        (view.imports, -1, palette.counterpart, "imports", ("left", "below left", "above left")),
    ]
    for spans, sign, color, name, sides in ends:
        for span in spans[-1:]:
            words, at = f"{name} {span.period}", (span.start if sign < 0 else span.middle, sign * span.value)
            labels.append(Label(*at, color, span.value_text, words, sides=sides, leader=False))
    for span in view.balances[-1:]:
        is_last = _is_last(span, view)
        at, words = (span.stop if is_last else span.start, span.value), "" if is_last else f" {span.period}"
        around = AFTER if is_last else BEFORE
        labels.append(Label(*at, palette.text, span.value_text, below=f"balance{words}", sides=around))
    return labels


def _is_last(balance: Span, view: ViewModel) -> bool:
    """Whether it is of the last year drawn; else it is named with its year, so that no other seems meant."""
    return balance.end >= max(span.end for span in (*view.exports, *view.imports, *view.absent))
