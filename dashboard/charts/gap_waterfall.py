"""From the seller's count of one flow to the buyer's: freight, timing, coverage, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Chart, Choice, PlotlyFigure, Point
from dashboard.plotting.labels import Canvas, Label, build_note, list_widths
from dashboard.plotting.time_chart import BOTTOM_MARGIN, LEAST_PIXELS, build_margin, choose_ticks
from dashboard.plotting.traces import Span, build_error_bars, draw_bars, draw_dots, draw_line, write_hover
from dashboard.theme import Theme, build_layout
from dashboard.views.chart_rows import (
    CALENDAR,
    Row,
    build_point,
    build_span,
    choose_best,
    format_fills,
    format_interval,
    format_row_period,
    join_subtitle,
    list_observations,
    list_operands,
)
from dashboard.views.dossiers import find_dossier
from etl import ALL_COMMODITIES, Snapshot, join_words, name_publisher

CHART = Chart("gap_waterfall", pages=("trade",), order=55, height=423, narrow_height=423)
GAP = "mirror_gap"
PARTS = {
    "mirror_gap_valuation": "freight and insurance",
    "mirror_gap_timing": "goods on the way at New Year",
    "mirror_gap_coverage": "what only one side counts",
    "mirror_gap_residual": "not explained",
}
# Without these a year's waterfall is one large step into the unknown.
NEEDED = {"mirror_gap_valuation", "mirror_gap_timing"}
UNKNOWN = "not known"
BAR, WORDS_GAP, ROW_GAP = 18.0, 3.0, 12.0
# Of the axis: a slot wide enough to be seen and too narrow for an amount; an edge so that no mark is cut.
SLOT_PART, EDGE_PART = 0.07, 0.03
LEFT, RIGHT, TOP = 14, 20, 6


@dataclass(frozen=True)
class Step:
    """One row: a count from zero, a part from where the parts before it lead, or the whole gap."""

    span: Span
    name: str
    shape: str
    base: float = 0.0

    @property
    def size(self) -> str:
        """Its value in words, with a sign where it is a part."""
        return ("+" if self.shape == "part" and self.span.value > 0 else "") + self.span.value_text

    @property
    def end(self) -> float:
        """Where its mark ends."""
        return self.base + self.span.value

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where the row's mark goes, its interval included."""
        span = self.span
        ends = [0.0, span.value, *(end for end in (span.low, span.high) if end is not None)]
        return self.base + min(ends), self.base + max(ends)


@dataclass(frozen=True)
class ViewModel:
    """The seller's count, the parts of the gap, the buyer's count, and the gap between the two."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    steps: tuple[Step, ...]

    @property
    def axis(self) -> tuple[float, float]:
        """From zero, or from below it where an interval goes there, to a little beyond all marks."""
        ends = [end for step in self.steps for end in step.reach]
        edge = (max(ends) - min(ends)) * EDGE_PART
        return (min(ends) - edge if min(ends) < 0 else 0.0), max(ends) + edge


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """The two reports of the chosen year, or of the newest whose parts are known, and what lies between."""
    dossier = find_dossier(snapshot, selection)
    gaps = _list_gaps(snapshot, selection)
    gap = gaps.get(_choose_year(gaps, selection))
    rows = _list_rows(snapshot, gap) if gap else []
    year = f" in {format_row_period(gap[GAP])}" if gap else ""
    seller, buyer = dossier.counterpart_label, dossier.ref_label
    names = {
        "exports": f"{dossier.counterpart_possessive} exports (FOB)",
        "imports": f"{dossier.ref_possessive} imports (CIF)",
        GAP: "the gap between the two",
        **PARTS,
    }
    fills = format_fills(row for row in rows if row["obs_value"] is not None)
    return ViewModel(
        title=f"Why two counts of goods from {seller} to {buyer} differ{year}",
        subtitle=join_subtitle(
            f"US dollars, calendar year; {seller} counts without freight (FOB), {buyer} with it (CIF)",
            f"{fills}, with its range" if fills else "",
            f"dotted: {UNKNOWN}",
        ),
        points=tuple(_point_row(row, names[row["indicator"]]) for row in rows),
        steps=_build_steps(rows, names=names),
    )


def offer_choices(snapshot: Snapshot, selection: Selection) -> tuple[Choice, ...]:
    """The years that both sides report, the newest first."""
    gaps = _list_gaps(snapshot, selection)
    chosen, years = _choose_year(gaps, selection), sorted(gaps, reverse=True)
    return tuple(Choice("Year", year, "window", year, year == chosen) for year in years if len(years) > 1)


def _list_gaps(snapshot: Snapshot, selection: Selection) -> dict[str, dict[str, Row]]:
    """The gap and its parts by indicator, by year."""
    dossier = find_dossier(snapshot, selection)
    pair = {"ref_area": dossier.ref_area, "counterpart_area": dossier.counterpart_area}
    asked = {**pair, "indicator": [GAP, *PARTS], "commodity": ALL_COMMODITIES, "period_basis": CALENDAR}
    rows = list_observations(snapshot, **asked)
    gaps: dict[str, dict[str, Row]] = {}
    for row in choose_best(rows):
        gaps.setdefault(row["time_period"], {})[row["indicator"]] = row
    return {year: parts for year, parts in gaps.items() if GAP in parts}


def _choose_year(gaps: dict[str, dict[str, Row]], selection: Selection) -> str:
    if selection.window in gaps:
        return str(selection.window)
    told = {year: {name for name in gap if gap[name]["obs_value"] is not None} for year, gap in gaps.items()}
    return max([year for year in gaps if told[year] >= NEEDED] or gaps, default="")


def _list_rows(snapshot: Snapshot, gap: dict[str, Row]) -> list[Row]:
    """From the top down: the seller's report, the parts, the buyer's, both as the gap took them; the gap."""
    reports = {row["indicator"]: row for row in list_observations(snapshot, obs_id=list_operands(gap[GAP]))}
    parts = [gap[name] for name in PARTS if name in gap]
    return [reports["exports"], *parts, reports["imports"], gap[GAP]]


def _point_row(row: Row, name: str) -> Point:
    mark = {"exports": "bar", "imports": "bar", GAP: "line between the ends of both bars"}
    if row["obs_value"] is None:
        return Point(row["obs_id"], name, format_row_period(row), UNKNOWN, "dotted slot")
    return build_point(row, series=name, mark=mark.get(row["indicator"], "step"))


def _build_steps(rows: list[Row], *, names: dict[str, str]) -> tuple[Step, ...]:
    steps, level = [], 0.0
    for row in rows:
        kind, name = row["indicator"], names[row["indicator"]]
        if kind in ("exports", "imports"):
            steps.append(Step(build_span(row, name, name_publisher(row)), name, "count"))
            level = row["obs_value"] if kind == "exports" else level
        elif kind == GAP:
            steps.append(Step(build_span(row, name), name, "gap", steps[0].span.value))
        elif row["obs_value"] is None:
            days, period = (row["period_start"], row["period_end"]), format_row_period(row)
            hover = write_hover(UNKNOWN, period, name)
            steps.append(Step(Span(row["obs_id"], *days, 0.0, UNKNOWN, period, hover), name, "slot", level))
        else:
            steps.append(Step(build_span(row, name), name, "part", level))
            level += row["obs_value"]
    return tuple(steps)


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A row per step, its words above its mark, so that they stand beside it at any width."""
    labels = [_label_step(step, theme) for step in view.steps]
    tops, height = _place_bars(labels)
    margin, widths = (LEFT, RIGHT, TOP, BOTTOM_MARGIN), list_widths(theme)
    canvas = Canvas(round(height) + TOP + BOTTOM_MARGIN, margin, view.axis, (height, 0.0), widths)
    ticks = choose_ticks(*view.axis, count=3 if theme.narrow else 5)
    axis = {"range": list(view.axis), "tickvals": ticks, "showgrid": True}
    rows = {"range": [height, 0], "tickvals": [], "rangemode": "normal"}
    layout = build_layout(
        theme,
        height=canvas.height,
        margin=build_margin(canvas),
        barmode="overlay",
        xaxis={**axis, "ticktext": [etl.format_value(tick, "USD") for tick in ticks]},
        yaxis={**rows, "showgrid": False, "showline": False},
        annotations=[
            _place_words(label, top=top, canvas=canvas, is_count=step.shape == "count")
            for step, label, top in zip(view.steps, labels, tops, strict=True)
        ],
    )
    return {"data": _draw_steps(view, tops, theme=theme), "layout": layout}


def describe(view: ViewModel) -> str:
    """Both counts, the gap, and what each part of it comes to."""
    if not view.steps:
        return f"{view.title}: no year is known here as both sides report it."
    first, *parts, last, gap = view.steps
    counts = " and ".join(f"{step.name} are {step.span.value_text}" for step in (first, last))
    told = join_words([f"{step.name} ({step.size})" for step in parts])
    size = gap.span.value_text
    ending = f"Parts of the gap of {size}: {told}" if parts else f"The gap is {size}; its parts are not known"
    return f"{view.title}: {counts}. {ending}."


def _label_step(step: Step, theme: Theme) -> Label:
    """The size and the name of a step, and its range below where it has one worth saying."""
    is_part = step.shape in ("part", "slot")
    interval = format_interval(step.span.low, step.span.high, "USD") if is_part else ""
    color = theme.palette.secondary if is_part else theme.palette.text
    return Label(step.reach[1], 0.0, color, step.size, step.name, below=interval)


def _place_bars(labels: list[Label]) -> tuple[list[float], float]:
    """Where each bar begins below its words, in pixels from the top, and the height of all rows."""
    tops, below = [], 0.0
    for label in labels:
        tops.append(below + label.size[1])
        below = tops[-1] + BAR + ROW_GAP
    return tops, below


def _place_words(label: Label, *, top: float, canvas: Canvas, is_count: bool) -> dict[str, Any]:
    """Over the mark, ending with it; at the left for a bar from there, and where there is no room."""
    room = canvas.locate(label.x, 0.0, width=canvas.widths[0])[0] - LEFT
    is_left = is_count or label.size[0] > room
    side = "left" if is_left else "right"
    place = {"x": canvas.x_range[0] if is_left else label.x, "y": top - WORDS_GAP, "yanchor": "bottom"}
    return {**build_note(label.html, color=label.color), **place, "xanchor": side, "align": side}


def _draw_steps(view: ViewModel, tops: list[float], *, theme: Theme) -> list[dict[str, Any]]:
    palette, reach = theme.palette, view.axis[1] - view.axis[0]
    rows = list(zip(view.steps, tops, strict=True))
    bars = [(step, top) for step, top in rows if step.shape in ("count", "part")]
    spans, least = [step.span for step, _ in bars], reach * LEAST_PIXELS / list_widths(theme)[0]
    counts = [step for step in view.steps if step.shape == "count"]
    colors = dict(zip(counts, (palette.counterpart, palette.statistic), strict=True))
    drawn = draw_bars(
        spans,
        colors=[colors.get(step, palette.secondary) for step, _ in bars],
        theme=theme,
        orientation="h",
        x=[span.value for span in spans],
        y=[top for _, top in bars],
        width=[BAR] * len(bars),
        base=[step.base for step, _ in bars],
        error_x=build_error_bars(spans, color=palette.text, least=least),
    )
    return [
        *_draw_links(rows, theme=theme),
        drawn,
        *(_draw_slot(step, top, reach=reach, theme=theme) for step, top in rows if step.shape == "slot"),
        *(_draw_gap(step, top + BAR / 2, theme=theme) for step, top in rows if step.shape == "gap"),
    ]


def _draw_links(rows: list[tuple[Step, float]], *, theme: Theme) -> list[dict[str, Any]]:
    """Thin lines down from where one mark ends to where the next begins."""
    links = []
    for (step, top), (after, below) in pairwise(rows):
        level = after.base if after.shape in ("part", "slot") else step.end
        links.append(draw_line([level, level], [top + BAR, below], color=theme.palette.rule))
    return links


def _draw_slot(step: Step, top: float, *, reach: float, theme: Theme) -> dict[str, Any]:
    """An empty dotted frame around the level: how wide it should be is what is not known."""
    left, right = (step.base + sign * reach * SLOT_PART / 2 for sign in (-1, 1))
    corners = [(left, top), (right, top), (right, top + BAR), (left, top + BAR), (left, top)]
    line = {"color": theme.palette.secondary, "width": 1.5, "dash": "dot"}
    return draw_dots(corners, opens=[step.span] * len(corners), marker={}, mode="lines", line=line)


def _draw_gap(step: Step, middle: float, *, theme: Theme) -> dict[str, Any]:
    ends = [(x, middle) for x in (step.base, (step.base + step.end) / 2, step.end)]
    color = theme.palette.text
    marker = {"symbol": "line-ns", "size": [10, 0, 10], "color": color, "line": {"color": color, "width": 2}}
    fill = {"mode": "lines+markers", "line": {"color": color, "width": 2}}
    return draw_dots(ends, opens=[step.span] * len(ends), marker=marker, **fill)
