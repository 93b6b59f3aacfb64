"""A part of the time of a chart."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import etl
from dashboard.address import Selection
from dashboard.charts import find_charts
from dashboard.svg import UnsupportedFigureError, can_zoom, draw_svg, zoom_figure
from dashboard.theme import LIGHT, Theme
from tests.svg.drawn import WIDTHS, build_dots, build_figure, draw_root, find_marks, name_points
from tests.svg.test_words_apart import find_faults

START, STOP = date(2015, 1, 1), date(2018, 12, 31)
TIME = {
    "type": "date",
    "range": ["2010-01-01", "2020-01-01"],
    "tickvals": ["2015-01-01"],
    "ticktext": ["2015"],
}
DOTS = build_dots([("2012-01-01", 5), ("2016-01-01", 5), ("2017-06-01", 2)])


def build_time_figure(**layout: Any) -> dict[str, Any]:
    return build_figure(DOTS, xaxis=TIME, **layout)


def note(day: str, **changes: Any) -> dict[str, Any]:
    return {
        "text": day,
        "x": day,
        "y": 5,
        "showarrow": False,
        "font": {"size": 12, "color": LIGHT.text},
        **changes,
    }


def test_a_part_of_the_time_has_its_own_range_and_keeps_the_values() -> None:
    figure = build_time_figure()
    zoomed = zoom_figure(figure, start=START, stop=STOP)
    assert zoomed["layout"]["xaxis"]["range"] == ["2015-01-01", "2018-12-31"]
    assert zoomed["layout"]["yaxis"] == figure["layout"]["yaxis"]
    assert zoomed["data"] == figure["data"]
    assert figure["layout"]["xaxis"]["range"] == TIME["range"]


def test_marks_of_other_times_are_left_out() -> None:
    root = draw_root(zoom_figure(build_time_figure(), start=START, stop=STOP))
    assert [mark.get("data-point") for mark in find_marks(root)] == ["row-1", "row-2"]


def test_words_of_other_times_are_left_out_and_those_of_the_paper_stay() -> None:
    paper = note("2012-01-01", x=0.5, xref="paper", text="on the paper")
    figure = build_time_figure(annotations=[note("2012-01-01"), note("2016-01-01", y=2), paper])
    kept = zoom_figure(figure, start=START, stop=STOP)["layout"]["annotations"]
    assert [each["text"] for each in kept] == ["2016-01-01", "on the paper"]


def test_words_at_the_edge_are_moved_inside() -> None:
    figure = build_time_figure(
        annotations=[note("2015-01-02", text="first"), note("2018-12-30", text="last", y=2)]
    )
    zoomed = zoom_figure(figure, start=START, stop=STOP)
    assert find_faults(zoomed, width=300) == []
    assert {each["text"] for each in zoomed["layout"]["annotations"]} == {"first", "last"}


@pytest.mark.parametrize(
    ("start", "stop", "texts"),
    [
        (date(2015, 1, 1), date(2018, 12, 31), ["2015", "2016", "2017", "2018"]),
        (date(1999, 6, 1), date(2020, 1, 1), ["2000", "2004", "2008", "2012", "2016", "2020"]),
        (date(2022, 3, 1), date(2022, 7, 15), ["Mar 2022", "Apr 2022", "May 2022", "Jun 2022", "Jul 2022"]),
        (date(2021, 1, 1), date(2021, 10, 1), ["Jan 2021", "Mar 2021", "May 2021", "Jul 2021", "Sep 2021"]),
    ],
    ids=str,
)
def test_ticks_are_round_years_and_in_a_short_time_months(start: date, stop: date, texts: list[str]) -> None:
    axis = zoom_figure(build_time_figure(), start=start, stop=stop)["layout"]["xaxis"]
    assert axis["ticktext"] == texts


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(1, 30_000))
def test_ticks_of_any_time_are_few_and_evenly_spread(start: date, length: int) -> None:
    stop = start + timedelta(days=length)
    days = zoom_figure(build_time_figure(), start=start, stop=stop)["layout"]["xaxis"]["tickvals"]
    found = [date.fromisoformat(day) for day in days]
    assert all(start <= day <= stop for day in found)
    assert len(found) <= 9
    gaps = [(after - before).days for before, after in pairwise(found)]
    assert not gaps or max(gaps) - min(gaps) <= 5
    assume(length > 200)
    assert found


def test_a_figure_without_dates_cannot_be_zoomed_and_says_why() -> None:
    figure = build_figure(build_dots([(1, 1)]))
    assert not can_zoom(figure)
    with pytest.raises(UnsupportedFigureError, match=r"no x axis is an axis of dates \(xaxis is numbers\)"):
        zoom_figure(figure, start=START, stop=STOP)


def test_time_that_does_not_run_forward_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no time"):
        zoom_figure(build_time_figure(), start=STOP, stop=STOP)


@pytest.mark.parametrize("chart_id", find_charts())
def test_every_chart_of_time_reads_well_in_parts(built_snapshot: etl.Snapshot, chart_id: str) -> None:
    chart = find_charts()[chart_id]
    view = chart.select(built_snapshot, Selection())
    for width, narrow in WIDTHS:
        figure = chart.draw(view, Theme("light", narrow))
        if not can_zoom(figure):
            assert not [
                key for key, axis in figure["layout"].items() if "xaxis" in key and axis.get("type") == "date"
            ]
            continue
        for start, stop in (
            (START, STOP),
            (date(2021, 3, 1), date(2026, 1, 1)),
            (date(2022, 2, 1), date(2022, 9, 1)),
        ):
            zoomed = zoom_figure(figure, start=start, stop=stop)
            assert find_faults(zoomed, width=width) == [], (width, start)
            root = ET.fromstring(draw_svg(zoomed, width=width, names=name_points(view)))
            marks = {mark.get("data-point") for mark in find_marks(root)}
            assert marks <= {point.row_id for point in view.points}
