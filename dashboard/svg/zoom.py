"""A stretch of time of a figure: its range, round ticks for it, and only the words that belong there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dashboard.svg.axes import AXIS_KEY, ZOOMED
from dashboard.svg.scales import DATE, count_day
from dashboard.svg.support import Part, refuse

# At 343 pixels, the narrowest picture, a year needs some 40.
MOST_TICKS = 8
# Below three years, years alone would be one or two ticks.
MONTHS_BELOW_DAYS = 3 * 366
# Steps that divide a year, and years that are round.
MONTH_STEPS = (1, 2, 3, 6)
YEAR_STEPS = (1, 2, 4, 5, 10, 20, 50)


def can_zoom(figure: Mapping[str, Any]) -> bool:
    """Whether a figure has a time axis that can be drawn for a part of its time."""
    return bool(_list_time_axes(figure["layout"])) and bool(figure["data"])


def zoom_figure(figure: Mapping[str, Any], *, start: date, stop: date) -> dict[str, Any]:
    """The figure from one day to another: its values keep their range, words of other times are left out.

    Raises: UnsupportedFigureError where no x axis is one of dates; ValueError for a span without time.
    """
    if start >= stop:
        raise ValueError(f"a span from {start} to {stop} holds no time: give the earlier day first")
    layout = figure["layout"]
    axes = _list_time_axes(layout)
    if not axes:
        kinds = ", ".join(f"{key} is {layout[key].get('type') or 'numbers'}" for key in _list_x_axes(layout))
        raise refuse("zoom", f"no x axis is an axis of dates ({kinds or 'there is none'})")
    ticks = list(_choose_ticks(start, stop))
    ranged = {
        "range": [start.isoformat(), stop.isoformat()],
        "tickvals": [day.isoformat() for day, _ in ticks],
        "ticktext": [text for _, text in ticks],
    }
    names = {AXIS_KEY.sub(r"\1\2", key) for key in axes}
    notes = [
        note for note in layout.get("annotations") or () if _is_within(note, names, start=start, stop=stop)
    ]
    changed = {key: {**layout[key], **ranged} for key in axes}
    meta = {ZOOMED: ranged["range"]}
    return {**figure, "layout": {**layout, **changed, "annotations": notes, "meta": meta}}


def read_zoom(figure: Mapping[str, Any]) -> tuple[date, date] | None:
    """The days that a figure is zoomed to; None where it shows all of its time."""
    ends = (figure["layout"].get("meta") or {}).get(ZOOMED)
    return (date.fromisoformat(ends[0]), date.fromisoformat(ends[1])) if ends else None


def _list_x_axes(layout: Part) -> list[str]:
    return [key for key in layout if AXIS_KEY.fullmatch(key) and key.startswith("x")]


def _list_time_axes(layout: Part) -> list[str]:
    return [key for key in _list_x_axes(layout) if layout[key].get("type") == DATE]


def _is_within(note: Part, names: set[str], *, start: date, stop: date) -> bool:
    if note.get("xref", "x") not in names:
        return True
    return start.toordinal() <= count_day(str(note["x"])) <= stop.toordinal()


def _choose_ticks(start: date, stop: date) -> Iterator[tuple[date, str]]:
    """First days of round years, or of months where the span is short."""
    if (stop - start).days < MONTHS_BELOW_DAYS:
        months = range(start.year * 12 + start.month - 1, stop.year * 12 + stop.month)
        step = next((step for step in MONTH_STEPS if len(months) / step <= MOST_TICKS), MONTH_STEPS[-1])
        days = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
        yield from ((day, f"{day:%b %Y}") for day in days if start <= day <= stop)
        return
    years = range(start.year, stop.year + 1)
    step = next((step for step in YEAR_STEPS if len(years) / step <= MOST_TICKS), YEAR_STEPS[-1])
    days = [date(year, 1, 1) for year in years if year % step == 0]
    yield from ((day, str(day.year)) for day in days if start <= day <= stop)
