"""Suppliers' shares by window: which register, which windows compare, and who is behind each code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from dashboard.views.chart_rows import BREAK_IN_SERIES, Row, list_vintages, prefer_dated
from etl import NOT_NAMED, Snapshot, format_count, join_words

WINDOW_YEARS = 5


def name_areas(snapshot: Snapshot) -> dict[str, str]:
    """The name of every area by its code."""
    areas = snapshot.areas().select("area", "label").collect()
    return {area["area"]: area["label"] for area in areas.to_dicts()}


def choose_register(rows: Iterable[Row], *, vintage: date | None) -> list[Row]:
    """What is worked out from one register: that of a day, or the newest where it has none of that day."""
    worked_out = prefer_dated(row for row in rows if row["derivation"] and row["obs_value"] is not None)
    vintages = list_vintages(worked_out)
    chosen = vintage if vintage in vintages or not vintages else vintages[-1]
    return [row for row in worked_out if row["vintage"] == chosen]


def keep_unbroken(rows: Sequence[Row]) -> list[Row]:
    """Rows of windows in which no supplier's share has a break."""
    broken = {row["time_period"] for row in rows if row["obs_status"] == BREAK_IN_SERIES}
    return [row for row in rows if row["time_period"] not in broken]


def list_windows(rows: Iterable[Row]) -> list[Row]:
    """One row for each window, in the order of the rows."""
    windows: dict[str, Row] = {}
    for row in rows:
        windows.setdefault(row["time_period"], row)
    return list(windows.values())


def list_apart(windows: Sequence[Row]) -> list[Row]:
    """Windows, the earliest first, that share no year with the last."""
    return [row for row in windows if row["period_end"] < windows[-1]["period_start"]]


def choose_pair(windows: Sequence[Row], *, first: str | None) -> list[Row]:
    """The window that is asked for, or else the earliest, and the last; nothing where all share years."""
    apart = list_apart(windows)
    chosen = [row for row in apart if row["time_period"] == first]
    return [*(chosen or apart)[:1], windows[-1]] if apart else []


def offer_starts(windows: Sequence[Row], *, named: Iterable[str]) -> list[Row]:
    """The earliest window, those in steps of five years back from the last, and those that are named."""
    wanted = set(named)
    return [
        row
        for row in list_apart(windows)
        if row is windows[0]
        or row["time_period"] in wanted
        or (windows[-1]["period_start"].year - row["period_start"].year) % WINDOW_YEARS == 0
    ]


def rank_suppliers(rows: Iterable[Row]) -> list[str]:
    """Codes of suppliers, the one with the largest shares of all windows together first."""
    totals: dict[str, float] = defaultdict(float)
    for row in rows:
        totals[row["counterpart_area"]] += row["obs_value"]
    return sorted(totals, key=lambda code: (-totals[code], code))


def group_suppliers(rows: Iterable[Row], *, windows: Sequence[Row]) -> dict[str, list[Row | None]]:
    """For each supplier its row in each of these windows, none where the register has no deliveries of it."""
    order = [row["time_period"] for row in windows]
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        if row["time_period"] in order:
            found.setdefault(row["counterpart_area"], {})[row["time_period"]] = row
    return {code: [ends.get(window) for window in order] for code, ends in found.items()}


def count_suppliers(codes: Iterable[str], *, one: str) -> str:
    """How many suppliers there are, in words; deliveries of unnamed ones may be several suppliers'."""
    distinct = set(codes)
    named = distinct - {NOT_NAMED}
    counts = [format_count(len(named), one)] if named else []
    return join_words([*counts, "some not named"] if NOT_NAMED in distinct else counts)
