"""Dated events, each over the time its document gives it; statements that disagree are joined by a line."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.labels import build_note, list_widths, wrap_text
from dashboard.marks import build_empty_figure, build_row_axis, draw_dots, draw_line, place_rows, write_hover
from dashboard.number_text import say_count
from dashboard.selection import Selection, find_dossier
from dashboard.theme import Theme, build_layout
from etl import Snapshot

CHART = Chart("milestones", pages=("overview", "documents"), order=90, height=820, narrow_height=1120)
UNDATED = "no date in the text"
TITLE_WIDTH, NARROW_TITLE_WIDTH = 216, 138
TOP, BOTTOM, ROW_PADDING, DODGE = 40, 8, 9, 10
# The years before the one from which on most events lie share this part of the time axis.
EARLY_PART = 0.32
UNDATED_AT, AXIS_START, AXIS_END = -0.09, -0.16, 1.03
TICK_ROOM = 34
RIGHT = 14
LABEL_GAP = 10
LABELS_LEFT_FROM = 0.5


@dataclass(frozen=True)
class Statement:
    """One event as one document dates it; `start` is None where it gives no date."""

    row_id: str
    start: date | None
    end: date | None
    date_label: str
    hover: str
    hollow: bool


@dataclass(frozen=True)
class Event:
    """All statements about one event, and whether their dates differ."""

    title: str
    statements: tuple[Statement, ...]
    disputed: bool


@dataclass(frozen=True)
class Scale:
    """A time axis from 0 to 1 that is stretched from one day on."""

    first: date
    split: date
    last: date

    def place(self, day: date) -> float:
        """Where a day stands."""
        if day >= self.split:
            part = EARLY_PART if self.first < self.split else 0.0
            return part + (1 - part) * (day - self.split).days / max(1, (self.last - self.split).days)
        return EARLY_PART * (day - self.first).days / (self.split - self.first).days


@dataclass(frozen=True)
class ViewModel:
    """Events from the earliest on, those without any date last."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    events: tuple[Event, ...]
    split: date


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """Milestones that the dossier's documents state, grouped by event."""
    dossier = find_dossier(snapshot, selection)
    documents = snapshot.documents(dossier=dossier.dossier_id)
    rows = (
        snapshot.milestones()
        .join(documents.select("document_id", pl.col("title").alias("document_title")), on="document_id")
        .sort("happened_on", "milestone_id", nulls_last=True)
        .collect()
        .to_dicts()
    )
    disputed = _find_disputed(snapshot)
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["event"], []).append(row)
    events = tuple(
        Event(
            title=group[0]["title"],
            statements=tuple(_read_statement(row, today=snapshot.as_of) for row in group),
            disputed=any(row["milestone_id"] in disputed for row in group),
        )
        for group in grouped.values()
    )
    split = _choose_split([row["happened_on"] for row in rows if row["happened_on"]])
    return ViewModel(
        title=f"{dossier.ref_label} and {dossier.counterpart_label}: milestones as documents date them",
        subtitle="Each over the day, month or year that its document gives; hollow: to come, or undated; "
        f"a line joins dates that disagree; time is stretched from {split.year} on",
        points=tuple(
            _point_row(row, event=group, disputed=disputed) for group in grouped.values() for row in group
        ),
        events=events,
        split=split,
    )


def _find_disputed(snapshot: Snapshot) -> set[str]:
    rows = snapshot.disagreements(about="milestone").select("left_id", "right_id").collect()
    return {row_id for pair in rows.iter_rows() for row_id in pair}


def _point_row(row: dict[str, Any], *, event: list[dict[str, Any]], disputed: set[str]) -> Point:
    if row["happened_on"] is None:
        mark = "hollow diamond: no date"
    elif row["milestone_id"] in disputed:
        mark = "joined by a line: dates disagree"
    else:
        mark = (
            "dot"
            if row["date_precision"] == "day"
            else f"bar over the {row['date_precision'].replace('_', ' ')}"
        )
    series = f"{row['title']} ({row['document_title']})"
    return Point(row["milestone_id"], series, _say_date(row), _say_date(row), mark)


def _read_statement(row: dict[str, Any], *, today: date) -> Statement:
    start = row["happened_on"]
    hover = write_hover(_say_date(row), row["title"], f"stated by {row['document_title']}")
    end = _find_end(start, row["date_precision"]) if start else None
    return Statement(row["milestone_id"], start, end, _say_date(row), hover, end is None or end > today)


def _say_date(row: dict[str, Any]) -> str:
    day, precision = row["happened_on"], row["date_precision"]
    if day is None:
        return UNDATED
    forms = {"day": f"{day.day} {day:%b %Y}", "month": f"{day:%b %Y}", "year": str(day.year)}
    return forms.get(precision) or f"{day.year}\u2013{(day.year + 1) % 100:02d}"


def _find_end(start: date, precision: str) -> date:
    if precision == "month":
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    if precision == "year":
        return date(start.year, 12, 31)
    return date(start.year + 1, 3, 31) if precision == "fiscal_year" else start


def _choose_split(days: list[date]) -> date:
    """The first day of the latest year from which on the larger part of all dates lies."""
    if not days:
        return date.min
    ordered = sorted(days)
    return date(ordered[len(ordered) * 2 // 5].year, 1, 1)


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A row per event: its title, and on the time axis beside it a mark and a date per statement."""
    if not view.events:
        return build_empty_figure(describe(view), theme=theme)
    width = NARROW_TITLE_WIDTH if theme.narrow else TITLE_WIDTH
    titles = [wrap_text(event.title, width=width) for event in view.events]
    places, height = place_rows(titles, padding=ROW_PADDING)
    scale = _build_scale(view)
    room = list_widths(theme)[0] - width - 12 - RIGHT
    joins, traces, labels = [], [], []
    for event, y in zip(view.events, places, strict=True):
        rows = [y + offset for offset in _spread_rows(event)]
        joins += _draw_join(event, rows=rows, scale=scale, theme=theme)
        marks = zip(event.statements, rows, strict=True)
        traces += [_draw_statement(statement, y=row, scale=scale, theme=theme) for statement, row in marks]
        labels += _label_dates(event, y=y, scale=scale, theme=theme)
    layout = build_layout(
        theme,
        height=round(height) + TOP + BOTTOM,
        margin={"l": width + 12, "r": RIGHT, "t": TOP, "b": BOTTOM},
        xaxis=_build_axis(scale, view, pixels=room / (AXIS_END - AXIS_START)),
        yaxis={**build_row_axis(theme, texts=titles, places=places, height=height), "showgrid": True},
        annotations=labels,
    )
    return {"data": [*joins, *traces], "layout": layout}


def describe(view: ViewModel) -> str:
    """How many events and statements, from when to when, and which dates disagree."""
    if not view.events:
        return f"{view.title}: no milestones are known here."
    days = [statement.start for event in view.events for statement in event.statements if statement.start]
    undated = sum(1 for event in view.events for statement in event.statements if not statement.start)
    span = f", from {min(days).year} to {max(days).year}" if len({day.year for day in days}) > 1 else ""
    disputes = "; ".join(
        f"\u201c{event.title}\u201d: {_join_dates(event)}" for event in view.events if event.disputed
    )
    return (
        f"{view.title}: {say_count(len(view.points), 'statement')} about "
        f"{say_count(len(view.events), 'event')}{span}"
        + (f", {undated} without a date" if undated else "")
        + (f". Dates that disagree: {disputes}." if disputes else ".")
    )


def _join_dates(event: Event) -> str:
    dated = [statement.date_label for statement in event.statements if statement.start]
    return " or ".join(dict.fromkeys(dated))


def _spread_rows(event: Event) -> list[float]:
    """Statements of one date would cover each other: dated ones stand under each other in their row."""
    dated = [statement for statement in event.statements if statement.start]
    middle = (len(dated) - 1) / 2
    return [(dated.index(each) - middle) * DODGE if each.start else 0.0 for each in event.statements]


def _build_scale(view: ViewModel) -> Scale:
    dated = [each for event in view.events for each in event.statements if each.start and each.end]
    starts = [each.start for each in dated if each.start] or [view.split]
    ends = [each.end for each in dated if each.end] or [view.split]
    return Scale(min(starts), view.split, max(ends) + timedelta(days=1))


def _build_axis(scale: Scale, view: ViewModel, *, pixels: float) -> dict[str, Any]:
    """Round years before the stretch and every year in it, as far as there is room for their names."""
    late = [date(year, 1, 1) for year in range(scale.split.year, scale.last.year + 1)]
    early = [date(year, 1, 1) for year in range(scale.first.year, scale.split.year) if year % 10 == 0]
    has_undated = any(each.start is None for event in view.events for each in event.statements)
    ticks = {UNDATED_AT: "no<br>date"} if has_undated else {}
    for day in (*late, *early):
        place = scale.place(day) if scale.first <= day <= scale.last else None
        if place is not None and all(abs(place - other) * pixels >= TICK_ROOM for other in ticks):
            ticks[place] = str(day.year)
    return {
        "range": [AXIS_START, AXIS_END],
        "tickvals": sorted(ticks),
        "ticktext": [ticks[place] for place in sorted(ticks)],
        "showgrid": True,
        "side": "top",
    }


def _draw_join(event: Event, *, rows: list[float], scale: Scale, theme: Theme) -> list[dict[str, Any]]:
    dated = [(each, row) for each, row in zip(event.statements, rows, strict=True) if each.start and each.end]
    if not event.disputed or len(dated) < 2:
        return []
    xs = [scale.place(_find_middle(each)) for each, _ in dated]
    return [draw_line(xs, [row for _, row in dated], color=theme.palette.claim, width=1.5)]


def _find_middle(statement: Statement) -> date:
    start, end = statement.start or date.min, statement.end or date.min
    return start + (end - start) // 2


def _draw_statement(statement: Statement, *, y: float, scale: Scale, theme: Theme) -> dict[str, Any]:
    palette = theme.palette
    fill = palette.paper if statement.hollow else palette.claim
    outline = {"color": palette.claim, "width": 1.5}
    if statement.start is None or statement.end is None:
        xs, sizes, symbol = [UNDATED_AT], [9], "diamond"
    else:
        days = [statement.start, _find_middle(statement), statement.end + timedelta(days=1)]
        xs, sizes, symbol = [scale.place(day) for day in days], [0, 9, 0], "circle"
    marker = {"symbol": symbol, "size": sizes, "color": fill, "opacity": 1, "line": outline}
    line, places = {"color": palette.claim, "width": 3}, [(x, y) for x in xs]
    return draw_dots(places, opens=[statement] * len(xs), marker=marker, mode="lines+markers", line=line)


def _label_dates(event: Event, *, y: float, scale: Scale, theme: Theme) -> list[dict[str, Any]]:
    dated = [each for each in event.statements if each.start and each.end]
    if not dated:
        return []
    first = min(scale.place(each.start) for each in dated if each.start)
    last = max(scale.place(each.end) for each in dated if each.end)
    leftward = first >= LABELS_LEFT_FROM
    color = theme.palette.claim_text if event.disputed else theme.palette.secondary
    words = f"<b>{_join_dates(event)}</b>" if event.disputed else _join_dates(event)
    return [
        {
            **build_note(words, color=color),
            "x": first if leftward else last,
            "y": y,
            "xshift": -LABEL_GAP if leftward else LABEL_GAP,
            "xanchor": "right" if leftward else "left",
            "bgcolor": theme.palette.paper,
        }
    ]
