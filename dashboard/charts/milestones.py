"""Dated events, each over the time its document gives it; statements that disagree are joined by a line."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.labels import build_note, list_widths
from dashboard.plotting.traces import draw_dots, draw_line, write_hover
from dashboard.theme import Theme, build_layout
from dashboard.typeface import LABEL_SIZE, LINE_HEIGHT, wrap_text
from dashboard.views.chart_rows import join_subtitle
from dashboard.views.dossiers import find_dossier
from etl import Snapshot, format_count

CHART = Chart("milestones", pages=("overview", "documents"), order=90, height=830, narrow_height=1065)
UNDATED = "no date in the text"
TOP, BOTTOM, ROW_PADDING, DODGE = 40, 8, 8, 10
# Parts of the axis of days, 0 to 1: left of it a lane for statements without a date, with room for its name.
UNDATED_AT, AXIS_START, AXIS_END = -0.09, -0.16, 1.03
TICK_ROOM = 34
SIDE = 12
LANE = 0.03
# What the date in bold takes beyond plain type.
BOLD_ROOM = 8
JOINT = "_"
WORDS_GAP = 10
# The years before the stretch share this part of the axis.
EARLY_PART = 0.32
# Of all dates, this part lies before the stretch.
EARLY_DATES = (2, 5)
ROUND_YEARS = 10


@dataclass(frozen=True)
class DatedClaim:
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
    statements: tuple[DatedClaim, ...]
    disputed: bool


@dataclass(frozen=True)
class TimeScale:
    """From 0 at the first day to 1 at the last; most of it for the days from the split on."""

    first: date
    split: date
    last: date

    def place(self, day: date) -> float:
        """Where a day stands."""
        if day >= self.split:
            part = EARLY_PART if self.first < self.split else 0.0
            return part + (1 - part) * (day - self.split).days / max(1, (self.last - self.split).days)
        return EARLY_PART * (day - self.first).days / (self.split - self.first).days

    def list_years(self, *, apart: float, taken: Iterable[float] = ()) -> dict[float, str]:
        """Every year of the stretch and round years before it by their places, as far apart as is asked."""
        late = [date(year, 1, 1) for year in range(self.split.year, self.last.year + 1)]
        early = [date(year, 1, 1) for year in range(self.first.year, self.split.year)]
        ticks = dict.fromkeys(taken, "")
        for day in (*late, *(day for day in early if day.year % ROUND_YEARS == 0)):
            place = self.place(day) if self.first <= day <= self.last else None
            if place is not None and all(abs(place - other) >= apart for other in ticks):
                ticks[place] = str(day.year)
        return {place: words for place, words in ticks.items() if words}


@dataclass(frozen=True)
class MilestoneText:
    """The date and the title of an event in lines, beside a place on the axis."""

    lines: list[str]
    dates: str
    at: float
    leftward: bool
    disputed: bool

    def place(self, y: float, *, theme: Theme) -> dict[str, Any]:
        """The annotation, the date in bold, in amber where documents disagree about it."""
        text = "<br>".join(self.lines)
        if self.dates:
            text = text.replace(self.dates.replace(" ", JOINT), f"<b>{self.dates}</b>", 1)
        color = theme.palette.claim_text if self.disputed else theme.palette.text
        return {
            **build_note(text, color=color),
            "x": self.at,
            "y": y,
            "xshift": -WORDS_GAP if self.leftward else WORDS_GAP,
            "xanchor": "right" if self.leftward else "left",
            "align": "right" if self.leftward else "left",
        }


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
    split = choose_split(row["happened_on"] for row in rows if row["happened_on"])
    return ViewModel(
        title=f"{dossier.ref_label} and {dossier.counterpart_label}: milestones as documents date them",
        subtitle=join_subtitle(
            "Each over the day, month or year that its document gives; hollow: to come, or undated",
            "a line joins dates that disagree",
            f"time is stretched from {split.year} on" if rows else "",
        ),
        points=tuple(
            _point_row(row, event=group, disputed=disputed) for group in grouped.values() for row in group
        ),
        events=events,
        split=split,
    )


def choose_split(days: Iterable[date]) -> date:
    """The first day of the latest year from which on the larger part of all dates lies."""
    ordered = sorted(days)
    part, of = EARLY_DATES
    return date(ordered[len(ordered) * part // of].year, 1, 1) if ordered else date.min


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
    return Point(row["milestone_id"], series, _format_date(row), _format_date(row), mark)


def _read_statement(row: dict[str, Any], *, today: date) -> DatedClaim:
    start = row["happened_on"]
    hover = write_hover(_format_date(row), row["title"], f"stated by {row['document_title']}")
    end = _find_end(start, row["date_precision"]) if start else None
    return DatedClaim(row["milestone_id"], start, end, _format_date(row), hover, end is None or end > today)


def _format_date(row: dict[str, Any]) -> str:
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


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A row per event: a mark per statement on the time axis, the date and the event in words beside them."""
    scale = _build_scale(view)
    pixels = (list_widths(theme)[0] - 2 * SIDE) / (AXIS_END - AXIS_START)
    words = [_write_event(event, scale=scale, pixels=pixels) for event in view.events]
    places, height = place_rows([each.lines for each in words], padding=ROW_PADDING)
    joins, traces = [], []
    for event, said, y in zip(view.events, words, places, strict=True):
        joins += _draw_guide(event, said, y=y, theme=theme)
        rows = [y + offset for offset in _spread_rows(event)]
        joins += _draw_join(event, rows=rows, scale=scale, theme=theme)
        marks = zip(event.statements, rows, strict=True)
        traces += [_draw_statement(statement, y=row, scale=scale, theme=theme) for statement, row in marks]
    layout = build_layout(
        theme,
        height=round(height) + TOP + BOTTOM,
        margin={"l": SIDE, "r": SIDE, "t": TOP, "b": BOTTOM},
        xaxis=_build_axis(scale, view, pixels=pixels),
        yaxis={"range": [height, 0], "tickvals": [], "rangemode": "normal", "showgrid": False},
        annotations=[each.place(y, theme=theme) for each, y in zip(words, places, strict=True)],
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
        f"{view.title}: {format_count(len(view.points), 'statement')} about "
        f"{format_count(len(view.events), 'event')}{span}"
        + (f", {undated} without a date" if undated else "")
        + (f". Dates that disagree: {disputes}." if disputes else ".")
    )


def _join_dates(event: Event) -> str:
    dated = [statement.date_label for statement in event.statements if statement.start]
    return " or ".join(dict.fromkeys(dated))


def place_rows(texts: Sequence[Sequence[str]], *, padding: int) -> tuple[list[float], float]:
    """Middles of rows as high as their lines of text, in pixels from the top, and their height together."""
    places, below = [], 0.0
    for lines in texts:
        height = len(lines) * LABEL_SIZE * LINE_HEIGHT + padding
        places.append(below + height / 2)
        below += height
    return places, below


def _spread_rows(event: Event) -> list[float]:
    """Statements of one date would cover each other: dated ones stand under each other in their row."""
    dated = [statement for statement in event.statements if statement.start]
    middle = (len(dated) - 1) / 2
    return [(dated.index(each) - middle) * DODGE if each.start else 0.0 for each in event.statements]


def _build_scale(view: ViewModel) -> TimeScale:
    dated = [each for event in view.events for each in event.statements if each.start and each.end]
    starts = [each.start for each in dated if each.start] or [view.split]
    ends = [each.end for each in dated if each.end] or [view.split]
    return TimeScale(min(starts), view.split, max(ends) + timedelta(days=1))


def _build_axis(scale: TimeScale, view: ViewModel, *, pixels: float) -> dict[str, Any]:
    has_undated = any(each.start is None for event in view.events for each in event.statements)
    lane = {UNDATED_AT: "no<br>date"} if has_undated else {}
    ticks = {**lane, **scale.list_years(apart=TICK_ROOM / pixels, taken=lane)}
    return {
        "range": [AXIS_START, AXIS_END],
        "tickvals": sorted(ticks),
        "ticktext": [ticks[place] for place in sorted(ticks)],
        "showgrid": True,
        "side": "top",
    }


def _draw_join(event: Event, *, rows: list[float], scale: TimeScale, theme: Theme) -> list[dict[str, Any]]:
    dated = [(each, row) for each, row in zip(event.statements, rows, strict=True) if each.start and each.end]
    if not event.disputed or len(dated) < 2:
        return []
    xs = [scale.place(_find_middle(each)) for each, _ in dated]
    return [draw_line(xs, [row for _, row in dated], color=theme.palette.claim, width=1.5)]


def _find_middle(statement: DatedClaim) -> date:
    start, end = statement.start or date.min, statement.end or date.min
    return start + (end - start) // 2


def _draw_statement(statement: DatedClaim, *, y: float, scale: TimeScale, theme: Theme) -> dict[str, Any]:
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


def _write_event(event: Event, *, scale: TimeScale, pixels: float) -> MilestoneText:
    """On the side of the marks that has more room, and in lines that fit in there at any width."""
    dated = [each for each in event.statements if each.start and each.end]
    first = min((scale.place(each.start) for each in dated if each.start), default=UNDATED_AT)
    ends = [each.end + timedelta(days=1) for each in dated if each.end]
    last = max((scale.place(end) for end in ends), default=UNDATED_AT)
    # To the left words end before the lane of statements without a date, if this event has one there.
    start = UNDATED_AT + LANE if len(dated) < len(event.statements) else AXIS_START
    leftward = first - start > AXIS_END - last and bool(dated)
    room = ((first - start) if leftward else (AXIS_END - last)) * pixels - WORDS_GAP - BOLD_ROOM
    dates = _join_dates(event)
    # Its words stand together: nobody looks for the rest of a date on the next line.
    lines = wrap_text(f"{dates.replace(' ', JOINT)} {event.title}".strip(), width=room)
    return MilestoneText(lines, dates, first if leftward else last, leftward, event.disputed)


def _draw_guide(event: Event, words: MilestoneText, *, y: float, theme: Theme) -> list[dict[str, Any]]:
    """From a statement without a date to what others say of the same event, where no words stand between."""
    dated = [each for each in event.statements if each.start]
    if words.leftward or not dated or len(dated) == len(event.statements):
        return []
    return [draw_line([UNDATED_AT, words.at], [y, y], color=theme.palette.rule)]
