"""The words of every chart stand nearest to the line they are about, on their own scales and shared ones."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pytest

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.charts import find_charts
from dashboard.compare.scales import draw_whole
from dashboard.plotting.labels import list_widths
from dashboard.plotting.shared_scales import Scales, match_scales, read_scales, unite_scales
from dashboard.svg import measure_words
from dashboard.theme import LIGHT, Theme
from dashboard.typeface import Box
from tests.svg.drawn import Case

# In pixels: nearer by less than this is as near to the eye.
SLACK = 1.5


@dataclass(frozen=True)
class Level:
    """A line of one row that stays at one value."""

    start: date
    stop: date
    value: float


def read_day(text: Any) -> date:
    return date.fromisoformat(str(text)[:10])


def list_levels(figure: dict[str, Any]) -> Iterator[Level]:
    """The lines that stay at one value, of all rows of a figure."""
    for trace in figure["data"]:
        if trace.get("type") != "bar" and "lines" in trace["mode"] and "customdata" in trace:
            places = zip(trace["customdata"], trace["y"], trace["x"], strict=True)
            for (_, value), group in groupby(places, key=lambda place: place[:2]):
                days = [read_day(day) for *_, day in group]
                if len(days) > 1:
                    yield Level(days[0], days[-1], value)


def locate(day: date, value: float, *, scales: Scales, figure: dict[str, Any], width: int) -> Box:
    """The pixel of a place of the axes."""
    margin = figure["layout"]["margin"]
    across = (day - scales.start) / (scales.stop - scales.start) * (width - sum(scales.sides))
    part = (scales.high - value) / (scales.high - scales.low)
    x, y = scales.sides[0] + across, margin["t"] + part * (scales.height - margin["t"] - margin["b"])
    return Box(x, y, x, y)


def span_boxes(one: Box, other: Box) -> Box:
    """The box around two others."""
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def find_strays(figure: dict[str, Any], *, width: int) -> list[str]:
    """Words about a level that are nearer to another one, or are led to it across another one."""
    scales, strays = read_scales(figure), []
    if scales is None:
        return []
    at: dict[str, Any] = {"scales": scales, "figure": figure, "width": width}
    boxes = dict(measure_words(figure, width=width))
    for note in figure["layout"]["annotations"]:
        # Words in amber are read at the marks of claims.
        if (
            note.get("xref", "x") != "x"
            or note.get("yref", "y") != "y"
            or note["font"]["color"] == LIGHT.claim_text
        ):
            continue
        words = note["text"].replace("<b>", "").replace("</b>", "").replace("<br>", " ").strip()
        day = read_day(note["x"])
        own: list[Box] = []
        others: list[Box] = []
        for level in list_levels(figure):
            ends = (locate(end, level.value, **at) for end in (level.start, level.stop))
            is_own = level.value == note["y"] and level.start <= day <= level.stop
            (own if is_own else others).append(span_boxes(*ends))
        if own and _is_stray(note, boxes[words], locate(day, note["y"], **at), own=own, others=others):
            strays.append(words)
    return strays


def _is_stray(note: dict[str, Any], words: Box, place: Box, *, own: list[Box], others: list[Box]) -> bool:
    if note["showarrow"]:
        x, y = place.left + note["ax"], place.top + note["ay"]
        leader = span_boxes(place, Box(x, y, x, y))
        return any(leader.meets(line, gap=0) for line in others)
    nearest = min(words.measure_way(line) for line in own)
    return any(words.measure_way(line) < nearest - SLACK for line in others)


@pytest.mark.parametrize("chart_id", find_charts())
def test_words_stand_nearest_to_their_own_line(light_cases: dict[str, list[Case]], chart_id: str) -> None:
    assert len(light_cases[chart_id]) >= 5
    for case in light_cases[chart_id]:
        assert find_strays(case.figure, width=case.width) == [], case.name


def list_beside(snapshot: etl.Snapshot, *, narrow: bool) -> list[dict[str, Any]]:
    """The shares of both dossiers, to the scales that hold both."""
    selections = (Selection(), Selection(dossier="pakistan_china"))
    figures = [
        draw_whole(ChartCache(snapshot), "share_by_window", selection=selection, is_narrow=narrow)
        for selection in selections
    ]
    scales = unite_scales(*(read_scales(figure) for figure in figures))
    assert scales is not None
    return [match_scales(figure, scales, theme=Theme(narrow=narrow)) for figure in figures]


@pytest.mark.parametrize("narrow", [False, True])
def test_words_stand_nearest_to_their_own_line_beside_the_other_dossier(
    built_snapshot: etl.Snapshot, narrow: bool
) -> None:
    for figure in list_beside(built_snapshot, narrow=narrow):
        assert len(list(list_levels(figure))) > 5
        for width in list_widths(Theme(narrow=narrow)):
            assert find_strays(figure, width=width) == []


@pytest.fixture
def figure(built_snapshot: etl.Snapshot) -> dict[str, Any]:
    chart = find_charts()["share_by_window"]
    view = chart.select(built_snapshot, Selection(dossier="pakistan_china"))
    return copy.deepcopy(chart.draw(view, Theme()))


def find_note(figure: dict[str, Any], words: str) -> dict[str, Any]:
    notes: list[dict[str, Any]] = figure["layout"]["annotations"]
    (note,) = [note for note in notes if words in note["text"]]
    return note


def test_words_that_stand_over_the_end_of_a_higher_line_are_found(figure: dict[str, Any]) -> None:
    find_note(figure, "81%").update({"xanchor": "center", "xshift": 0})
    assert find_strays(figure, width=540) == ["81% 2020\u201324"]


def test_words_that_are_led_across_another_line_are_found(figure: dict[str, Any]) -> None:
    arrow = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": LIGHT.text}
    find_note(figure, "74%").update({**arrow, "ax": 0, "ay": 60, "yanchor": "top"})
    assert find_strays(figure, width=540) == ["74% 2015\u201319"]
