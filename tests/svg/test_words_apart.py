"""The words of every chart: none over another, none outside the picture, measured without a browser."""

import copy
from itertools import combinations
from typing import Any

import pytest

import etl
from dashboard.address import Selection
from dashboard.charts import find_charts
from dashboard.svg import measure_words
from dashboard.theme import Theme
from dashboard.typeface import Box
from tests.svg.drawn import Case

# A line of type is set higher than its letters are: so much of its box above and below stays empty.
LEADING = 1.5
OUTSIDE = 0.5


def find_faults(figure: dict[str, Any], *, width: int) -> list[str]:
    """Words that lie over each other or are cut off."""
    words = [
        (text, Box(box.left, box.top + LEADING, box.right, box.bottom - LEADING))
        for text, box in measure_words(figure, width=width)
    ]
    whole = Box(-OUTSIDE, -OUTSIDE, width + OUTSIDE, figure["layout"]["height"] + OUTSIDE)
    faults = [
        f"cut: {text}"
        for text, box in words
        if box.left < whole.left
        or box.right > whole.right
        or box.top < whole.top
        or box.bottom > whole.bottom
    ]
    pairs = combinations(words, 2)
    return faults + [f"over: {one} / {other}" for (one, box), (other, at) in pairs if box.meets(at, gap=0)]


@pytest.mark.parametrize("chart_id", find_charts())
def test_no_words_lie_over_others_or_outside_the_picture(
    light_cases: dict[str, list[Case]], chart_id: str
) -> None:
    assert len(light_cases[chart_id]) >= 5
    for case in light_cases[chart_id]:
        assert find_faults(case.figure, width=case.width) == [], case.name


@pytest.fixture
def figure(built_snapshot: etl.Snapshot) -> dict[str, Any]:
    chart = find_charts()["bilateral_trade"]
    return copy.deepcopy(chart.draw(chart.select(built_snapshot, Selection()), Theme()))


def test_a_label_moved_onto_another_is_found(figure: dict[str, Any]) -> None:
    notes = figure["layout"]["annotations"]
    assert find_faults(figure, width=760) == []
    notes[1] = {**notes[0], "text": notes[1]["text"]}
    assert any(fault.startswith("over") for fault in find_faults(figure, width=760))


def test_a_label_moved_out_of_the_picture_is_found(figure: dict[str, Any]) -> None:
    figure["layout"]["annotations"][0].update({"xshift": -2000})
    assert any(fault.startswith("cut") for fault in find_faults(figure, width=760))


def test_words_of_ticks_are_measured_too(figure: dict[str, Any]) -> None:
    figure["layout"]["yaxis"]["ticktext"] = ["a much longer name"] * len(
        figure["layout"]["yaxis"]["tickvals"]
    )
    assert any(fault.startswith("cut: a much longer") for fault in find_faults(figure, width=760))
