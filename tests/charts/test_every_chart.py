"""What holds for every chart that is found, whatever it shows."""

import itertools
import re
from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import etl
from dashboard.address import Selection
from dashboard.chart_contract import ChartModule
from dashboard.charts import find_charts
from dashboard.theme import Theme

CHARTS = find_charts()
THEMES = [Theme(scheme, narrow) for scheme, narrow in itertools.product(("light", "dark"), (False, True))]
SELECTIONS = [
    Selection(),
    Selection(show="all", window="all"),
    Selection(vintage=date(2022, 4, 22), window="2016-20"),
    Selection(dossier="pakistan_china"),
]
LEAST_TYPE = 12
# A day on which there was nothing to draw of the second dossier.
NOTHING_YET = date(2005, 1, 1)

every_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
every_theme = pytest.mark.parametrize("theme", THEMES, ids=str)


def list_marked_ids(figure: dict[str, Any]) -> set[str]:
    """The row ids of all marks that can be opened."""
    return {row_id for trace in figure["data"] for row_id in trace.get("customdata", ())}


def find_sizes(part: Any) -> list[float]:
    """Every type size anywhere in a layout or trace."""
    if isinstance(part, list):
        return [size for entry in part for size in find_sizes(entry)]
    if not isinstance(part, dict):
        return []
    own = (
        [part["size"]]
        if "family" in part or ("size" in part and "color" in part and "symbol" not in part)
        else []
    )
    return own + [size for name, entry in part.items() if name != "marker" for size in find_sizes(entry)]


@every_chart
@every_theme
def test_plotly_accepts_the_figure_and_nothing_in_it_is_unknown(
    built_snapshot: etl.Snapshot, chart: ChartModule, theme: Theme
) -> None:
    figure = chart.draw(chart.select(built_snapshot, Selection()), theme)
    assert len(go.Figure(figure).data) == len(figure["data"]) > 0


@every_chart
@pytest.mark.parametrize("selection", SELECTIONS, ids=("default", "all", "2022", "second dossier"))
def test_every_point_has_a_mark_and_every_mark_is_a_point(
    built_snapshot: etl.Snapshot, chart: ChartModule, selection: Selection
) -> None:
    view = chart.select(built_snapshot, selection)
    ids = [point.row_id for point in view.points]
    assert len(ids) == len(set(ids))
    for theme in THEMES:
        assert list_marked_ids(chart.draw(view, theme)) == set(ids)


@every_chart
@every_theme
def test_without_points_the_description_stands_in_place_of_marks(
    built_snapshot: etl.Snapshot, chart: ChartModule, theme: Theme
) -> None:
    early = etl.open_snapshot(built_snapshot.folder, as_of=NOTHING_YET)
    view = chart.select(early, Selection(dossier="pakistan_china"))
    figure = chart.draw(view, theme)
    assert (view.points, figure["data"]) == ((), [])
    (note,) = figure["layout"]["annotations"]
    assert note["text"].replace("<br>", " ") == chart.describe(view)


@every_chart
def test_marks_carry_plain_strings_one_per_place(built_snapshot: etl.Snapshot, chart: ChartModule) -> None:
    figure = chart.draw(chart.select(built_snapshot, Selection()), Theme())
    for trace in figure["data"]:
        if trace.get("hoverinfo") == "skip":
            assert "customdata" not in trace
            continue
        assert [type(row_id) for row_id in trace["customdata"]] == [str] * len(trace["x"])
        assert trace["hovertemplate"].endswith("<extra></extra>")


@every_chart
def test_every_point_opens_its_evidence(built_snapshot: etl.Snapshot, chart: ChartModule) -> None:
    for point in chart.select(built_snapshot, Selection(show="all")).points:
        assert built_snapshot.evidence(point.row_id).row_id == point.row_id


@every_chart
def test_a_view_can_be_kept_and_compared(built_snapshot: etl.Snapshot, chart: ChartModule) -> None:
    view = chart.select(built_snapshot, Selection())
    assert view == chart.select(built_snapshot, Selection())
    assert hash(view) == hash(chart.select(built_snapshot, Selection()))


@every_chart
def test_the_description_names_numbers_and_is_one_line(
    built_snapshot: etl.Snapshot, chart: ChartModule
) -> None:
    words = chart.describe(chart.select(built_snapshot, Selection()))
    assert re.search(r"\d", words)
    assert "None" not in words
    assert words.endswith(".")
    assert "\n" not in words


@every_chart
def test_words_of_points_are_whole(built_snapshot: etl.Snapshot, chart: ChartModule) -> None:
    for point in chart.select(built_snapshot, Selection(show="all")).points:
        for words in (point.series, point.period, point.value_text, point.mark):
            assert words.strip()
            assert "None" not in words


@every_chart
@every_theme
def test_no_type_is_smaller_than_twelve_pixels(
    built_snapshot: etl.Snapshot, chart: ChartModule, theme: Theme
) -> None:
    figure = chart.draw(chart.select(built_snapshot, Selection()), theme)
    assert min(
        find_sizes(figure["layout"]) + [size for trace in figure["data"] for size in find_sizes(trace)]
    ) >= (LEAST_TYPE)


@every_chart
def test_colours_follow_the_scheme(built_snapshot: etl.Snapshot, chart: ChartModule) -> None:
    view = chart.select(built_snapshot, Selection())
    light, dark = (str(chart.draw(view, Theme(scheme))) for scheme in ("light", "dark"))
    assert Theme("light").palette.paper in light
    assert Theme("light").palette.text not in dark
    assert Theme("dark").palette.paper in dark


@every_chart
@every_theme
def test_a_chart_without_rows_says_so_and_draws_nothing(
    built_snapshot: etl.Snapshot, chart: ChartModule, theme: Theme
) -> None:
    before_all = etl.open_snapshot(built_snapshot.folder, as_of=date(1900, 1, 1))
    view = chart.select(before_all, Selection())
    figure = chart.draw(view, theme)
    assert view.points == ()
    assert figure["data"] == []
    text = figure["layout"]["annotations"][0]["text"].replace("<br>", " ")
    assert text == chart.describe(view)
    go.Figure(figure)


@settings(max_examples=12)
@given(day=st.dates(date(2010, 1, 1), date(2026, 3, 1)))
def test_a_chart_shows_nothing_that_was_not_known_on_the_day(built_snapshot: etl.Snapshot, day: date) -> None:
    known = set(built_snapshot.observations().filter(pl.col("vintage") <= day).collect()["obs_id"])
    published = built_snapshot.documents().filter(pl.col("published_on") <= day).collect()["document_id"]
    for table, key in ((built_snapshot.claims(), "claim_id"), (built_snapshot.milestones(), "milestone_id")):
        known |= set(table.filter(pl.col("document_id").is_in(published.to_list())).collect()[key])
    known |= set(built_snapshot.deals().filter(pl.col("vintage") <= day).collect()["deal_id"])
    limited = etl.open_snapshot(built_snapshot.folder, as_of=day)
    for chart in CHARTS.values():
        view = chart.select(limited, Selection())
        assert {point.row_id for point in view.points} <= known
        for theme in THEMES:
            assert list_marked_ids(chart.draw(view, theme)) == {point.row_id for point in view.points}


@pytest.mark.parametrize("year", [2014, 2019, 2022, 2024])
def test_a_chart_of_a_snapshot_limited_to_a_day_opens_evidence_of_that_day(
    built_snapshot: etl.Snapshot, year: int
) -> None:
    limited = etl.open_snapshot(built_snapshot.folder, as_of=date(year, 12, 31))
    for chart in CHARTS.values():
        view = chart.select(limited, Selection())
        assert list_marked_ids(chart.draw(view, Theme())) == {point.row_id for point in view.points}
        for point in view.points:
            assert limited.evidence(point.row_id).row_id == point.row_id
