"""Two-way trade of coming years if past growth repeats itself, and how that method did before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.intervals import draw_band
from dashboard.plotting.labels import Canvas, Extent, Label, Place, build_note, list_widths, place_labels
from dashboard.plotting.targets import Aim, draw_aim, find_aim
from dashboard.plotting.traces import (
    Span,
    build_dot_marker,
    build_empty_figure,
    build_extents,
    build_line_extents,
    build_margin,
    build_time_axis,
    build_value_axis,
    choose_ticks,
    draw_bars,
    draw_dots,
    draw_line,
    fit_left_margin,
)
from dashboard.theme import Theme, build_layout
from dashboard.typeface import LABEL_SIZE, LINE_HEIGHT, measure_text, wrap_text
from dashboard.views.chart_rows import (
    Row,
    build_point,
    build_span,
    choose_best,
    choose_year_basis,
    format_interval,
    format_years,
    list_observations,
    list_operands,
)
from dashboard.views.dossiers import find_dossier
from etl import Snapshot, join_words

CHART = Chart("projection", pages=("trade",), order=45, height=500, narrow_height=540)
HELD, MISSED = "projection_hit_rate", "projection_error"
MARKS = {
    "bilateral_trade": "bar",
    "trade_projection": "ring on the middle line of the fan",
    "trade_target": "thick line",
    "trade_growth_needed": "dashed line",
    HELD: "ring in the lower panel",
    MISSED: "ring in the lower panel",
}
# Enough years to see where the newest comes from, few enough to leave room for those to come.
KNOWN_YEARS = 7
# The range reaches far beyond anything known: the scale ends at so many times the highest other value.
HEADROOM = 1.35
TOP, BOTTOM, RECORD_HEIGHT, TICK_ROOM, NOTE_GAP = 10, 8, 100, 30, 8
RECORD_RANGE = (-12.0, 116.0)
RINGS = "rings: the newest year times the middle of past growth in as many years"
SHADED = "shaded: times the least and the most"
NOTE = (
    "The same method tried on earlier years, as many years ahead: how often its range held what came, "
    "and by how much its middle missed it"
)
BEFORE, AFTER = ("left", "above left", "above"), ("right",)
BELOW = ("below right", "below", "right", "below left")


@dataclass(frozen=True)
class ViewModel:
    """Known years, coming years with their ranges, and the last target and where it stands, if there is one.

    `held` and `missed` are percentages by coming year; `trials` says each of `held` as a count, in words.
    """

    title: str
    subtitle: str
    points: tuple[Point, ...]
    known: tuple[Span, ...]
    coming: tuple[Span, ...]
    aims: tuple[Aim, ...]
    held: tuple[Span, ...]
    missed: tuple[Span, ...]
    trials: tuple[str, ...]

    @property
    def top(self) -> float:
        """Where the scale ends: ranges that reach further are cut there."""
        return HEADROOM * max(span.value for span in (*self.known, *self.coming, *self.targets))

    @property
    def targets(self) -> tuple[Span, ...]:
        """The last target, if there is one."""
        return tuple(aim.target for aim in self.aims)


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """The newest known years, projections of the years after them, and what trials of the past gave."""
    dossier = find_dossier(snapshot, selection)
    pair = {"ref_area": dossier.ref_area, "counterpart_area": dossier.counterpart_area}
    named = _choose_rows(list_observations(snapshot, indicator=list(MARKS), **pair))
    coming = named["trade_projection"]
    legend = f", {format_years(choose_year_basis(coming))}; {RINGS}; {SHADED}" if coming else ""
    until = f" to {coming[-1]['period_end'].year}" if coming else ""
    spans = {name: tuple(_span_row(row) for row in rows) for name, rows in named.items()}
    growths, known = named["trade_growth_needed"], spans["bilateral_trade"]
    needed = {tuple(list_operands(row)): _span_row(row) for row in growths}
    return ViewModel(
        title=f"{dossier.ref_label}\u2013{dossier.counterpart_label} trade{until}, if past growth repeats",
        subtitle=f"US dollars, exports and imports added{legend}",
        points=tuple(_point_row(row) for rows in named.values() for row in rows),
        known=known,
        coming=spans["trade_projection"],
        aims=tuple(find_aim(span, years=known, needed=needed) for span in spans["trade_target"]),
        held=spans[HELD],
        missed=spans[MISSED],
        trials=tuple(_read_record(row) for row in named[HELD]),
    )


def _choose_rows(rows: list[Row]) -> dict[str, list[Row]]:
    """What is drawn by its indicator: nothing where no coming year has a projection."""
    basis = choose_year_basis(row for row in rows if row["indicator"] == "bilateral_trade")
    best = [row for row in choose_best(rows) if row["obs_value"] is not None]
    named = {name: [row for row in best if row["indicator"] == name] for name in MARKS}
    known = [row for row in named["bilateral_trade"] if row["period_basis"] == basis]
    last = known[-1]["period_end"] if known else date.min
    for name in ("trade_projection", HELD, MISSED):
        named[name] = [row for row in named[name] if row["period_start"] > last]
    if not (known and named["trade_projection"]):
        return {name: [] for name in MARKS}
    targets, growths = named["trade_target"][-1:], named["trade_growth_needed"]
    needed = [row for row in growths if list_operands(row) == [known[-1]["obs_id"], targets[-1]["obs_id"]]]
    shown = {"bilateral_trade": known[-KNOWN_YEARS:], "trade_target": targets, "trade_growth_needed": needed}
    return {**named, **shown}


def _read_record(row: Row) -> str:
    """The first sentence of a trial's note: how many projections there were and how many held."""
    return str(row["note"]).partition(". ")[0]


def _point_row(row: Row) -> Point:
    name, words = row["indicator"], f": {_read_record(row)}" if row["indicator"] == HELD else ""
    return build_point(row, series=etl.label("indicator", name), mark=MARKS[name] + words)


def _span_row(row: Row) -> Span:
    told = _read_record(row) if row["indicator"] in (HELD, MISSED) else row["publisher"]
    return build_span(row, etl.label("indicator", row["indicator"]), told)


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """Bars and a fan above; below, over the same years, how earlier projections did."""
    if not view.points:
        return build_empty_figure(describe(view), theme=theme)
    ticks = choose_ticks(0.0, view.top, count=4)
    texts = [etl.format_value(tick, "USD") for tick in ticks]
    note, fan, record = _build_canvases(view, theme, left=fit_left_margin(texts))
    inner = fan.height - TOP - BOTTOM
    upper = {"domain": [(fan.margin[3] - BOTTOM) / inner, 1]}
    layout = build_layout(
        theme,
        height=fan.height,
        margin={**build_margin(fan), "b": BOTTOM},
        barmode="overlay",
        xaxis={**build_time_axis(fan, narrow=theme.narrow), "anchor": "y"},
        yaxis={**build_value_axis(fan, ticks=ticks, texts=texts), **upper},
        annotations=place_labels(fan, _list_labels(view, theme), around=_list_extents(view)),
    )
    if view.held:
        lower = {"domain": [0, RECORD_HEIGHT / inner], "anchor": "x2"}
        halves = build_value_axis(record, ticks=[0.0, 50.0, 100.0], texts=["0%", "50%", "100%"])
        layout["xaxis2"] = {**layout["xaxis"], "showticklabels": False, "ticks": "", "anchor": "y2"}
        layout["yaxis2"] = {**layout["yaxis"], **halves, **lower}
        above = {"y": RECORD_HEIGHT / inner, "yanchor": "bottom", "yshift": NOTE_GAP / 2, "yref": "paper"}
        layout["annotations"] += [{**note, **above}, *_label_record(record, view, theme)]
    return {"data": [*_draw_fan(view, theme), *_draw_record(view, theme)], "layout": layout}


def describe(view: ViewModel) -> str:
    """The first and the last coming year with their ranges, the target, and how the method did before."""
    if not view.points:
        return f"{view.title}: no projection is known here."
    ends = (view.coming[0], view.coming[-1])
    ranges = {span: format_interval(span.low, span.high, "USD") for span in ends}
    parts = [f"{span.value_text} in {span.period} ({words})" for span, words in ranges.items()]
    words = f"{view.title}: {join_words(parts + [f'a {aim.say()}' for aim in view.aims])}"
    if not view.missed:
        return f"{words}; the past is too short to try the method on it."
    return f"{words}. {view.trials[-1]}; half of them were off by {view.missed[-1].value_text} or more."


def _build_canvases(view: ViewModel, theme: Theme, *, left: int) -> tuple[dict[str, Any], Canvas, Canvas]:
    """The words above the lower panel, the fan's canvas over them, and that of the panel under them."""
    height = CHART.narrow_height if theme.narrow else CHART.height
    # The last year's values stand beyond it.
    right = round(measure_text("$573.5 bn \u2191", bold=True)) + 14
    lines = wrap_text(NOTE, width=list_widths(theme)[0] - left - 16) if view.held else []
    note = build_note("<br>".join(lines), color=theme.palette.secondary)
    room = RECORD_HEIGHT + BOTTOM + len(lines) * LABEL_SIZE * LINE_HEIGHT + NOTE_GAP if lines else 0.0
    fan = Canvas(
        height=height,
        margin=(left, right, TOP, round(room) + TICK_ROOM),
        x_range=(view.known[0].start, max(span.stop for span in (*view.coming, *view.targets))),
        y_range=(0.0, view.top),
        widths=list_widths(theme),
    )
    margin = (left, right, height - BOTTOM - RECORD_HEIGHT, BOTTOM)
    low, high = RECORD_RANGE
    reach = (low, max([high, *(span.value * 1.16 for span in view.missed)]))
    place = {"x": 0, "xref": "paper", "xanchor": "left", "align": "left"}
    return {**note, **place}, fan, replace(fan, margin=margin, y_range=reach)


def _draw_fan(view: ViewModel, theme: Theme) -> list[dict[str, Any]]:
    """The range from the newest year on, cut by the scale; bars, the target and the way to it; the middle."""
    newest, coming, color = view.known[-1], view.coming, theme.palette.statistic
    lows = [(span.middle, span.value if span.low is None else span.low) for span in coming]
    highs = [(span.middle, span.value if span.high is None else span.high) for span in coming]
    middles: list[tuple[Place, float]] = [(span.middle, span.value) for span in coming]
    days, values = [span.middle for span in (newest, *coming)], [span.value for span in (newest, *coming)]
    return [
        draw_band([(newest.middle, newest.value), *lows], highs, color=color),
        draw_bars(view.known, colors=[color] * len(view.known), theme=theme),
        *(trace for aim in view.aims for trace in draw_aim(aim, theme)),
        draw_line(days, values, color=color, width=2),
        draw_dots(middles, opens=coming, marker=build_dot_marker(coming, color=color, size=9, theme=theme)),
    ]


def _list_records(view: ViewModel, theme: Theme) -> list[tuple[tuple[Span, ...], str]]:
    both = [(view.held, theme.palette.statistic), (view.missed, theme.palette.secondary)]
    return [(spans, color) for spans, color in both if spans]


def _draw_record(view: ViewModel, theme: Theme) -> list[dict[str, Any]]:
    traces = []
    for spans, color in _list_records(view, theme):
        fill = {"mode": "lines+markers", "line": {"color": color, "width": 1.5}, "xaxis": "x2", "yaxis": "y2"}
        marker = build_dot_marker(spans, color=color, size=8, theme=theme)
        places: list[tuple[Place, float]] = [(span.middle, span.value) for span in spans]
        traces.append(draw_dots(places, opens=spans, marker=marker, **fill))
    return traces


def _label_record(canvas: Canvas, view: ViewModel, theme: Theme) -> list[dict[str, Any]]:
    """The first and the last value of both series."""
    labels, around = [], []
    for spans, color in _list_records(view, theme):
        around += build_line_extents([(span.middle, span.value) for span in spans])
        is_held = spans is view.held
        counts = [words.partition(" such ")[0] for words in view.trials]
        texts = counts if is_held else [span.value_text for span in spans]
        first, last = (spans[0].middle, spans[0].value), (spans[-1].middle, spans[-1].value)
        labels.append(Label(*first, color, texts[0], "held" if is_held else "off", sides=BEFORE))
        labels += [Label(*last, color, text, sides=AFTER) for text in texts[1:][-1:]]
    placed = place_labels(canvas, labels, around=around)
    return [{**each, "xref": "x2", "yref": "y2"} for each in placed]


def _list_labels(view: ViewModel, theme: Theme) -> list[Label]:
    palette, known, last = theme.palette, view.known[-1], view.coming[-1]
    at = (known.middle, known.value)
    labels = [Label(*at, palette.statistic, known.value_text, below=known.period, sides=BEFORE)]
    ends = [(last.value, last.value_text, "middle", palette.statistic)]
    for end, words in ((last.high, "highest"), (last.low, "lowest")):
        if end is not None:
            ends.append((end, etl.format_value(end, "USD"), words, palette.secondary))
    for end, text, words, color in ends:
        is_cut = end > view.top
        place, says = (last.middle, view.top * 0.93 if is_cut else end), text + (" \u2191" if is_cut else "")
        labels.append(Label(*place, color, says, below=words, sides=AFTER))
    for aim in view.aims:
        at, words = (aim.target.start, aim.target.value), "passed" if aim.passed else ""
        labels.append(Label(*at, palette.text, aim.target.value_text, words, aim.name, sides=BEFORE))
        if aim.needed:
            at, words, color = aim.path[1], f"{aim.needed.value_text} a year", palette.secondary
            labels.append(Label(*at, color, plain=words, below="needed", sides=BELOW, optional=True))
    return labels


def _list_extents(view: ViewModel) -> list[Extent]:
    middle = build_line_extents([(span.middle, span.value) for span in (view.known[-1], *view.coming)])
    targets = [Extent(span.start, span.stop, span.value * 0.99, span.value * 1.01) for span in view.targets]
    return [*build_extents(view.known), *middle, *targets]
