"""The projection: known years, a fan from least to most, the target, and how the method did before."""

from datetime import date

import pytest

import etl
from dashboard.address import Selection
from dashboard.charts import projection
from dashboard.plotting.targets import find_path
from dashboard.plotting.traces import Span
from dashboard.theme import Theme


def select(snapshot: etl.Snapshot) -> projection.ViewModel:
    """The main dossier's projection."""
    return projection.select(snapshot, Selection())


def test_coming_years_follow_the_known_ones_up_to_the_target(built_snapshot: etl.Snapshot) -> None:
    view = select(built_snapshot)
    assert [span.period for span in view.known][-1] == "2024\u201325"
    assert [span.start for span in view.coming] == [date(year, 4, 1) for year in range(2025, 2031)]
    assert view.targets[-1].end == date(2030, 12, 31)


def test_every_projected_value_lies_in_its_range(built_snapshot: etl.Snapshot) -> None:
    for span in select(built_snapshot).coming:
        assert span.low is not None
        assert span.high is not None
        assert span.low <= span.value <= span.high


def test_forecasts_are_rings_and_known_years_solid_bars(built_snapshot: etl.Snapshot) -> None:
    view = select(built_snapshot)
    assert {span.fill for span in view.coming} == {"hatched"}
    traces = projection.draw(view, Theme())["data"]
    rings = next(trace for trace in traces if view.coming[0].row_id in trace.get("customdata", ()))
    assert rings["marker"]["color"] == [Theme().palette.paper] * len(view.coming)


def test_the_fan_starts_at_the_newest_year_and_goes_to_both_ends_of_the_last(
    built_snapshot: etl.Snapshot,
) -> None:
    view = select(built_snapshot)
    fan = next(trace for trace in projection.draw(view, Theme())["data"] if trace.get("fill") == "toself")
    corners = list(zip(fan["x"], fan["y"], strict=True))
    newest, last = view.known[-1], view.coming[-1]
    assert corners[0] == (newest.middle.isoformat(), newest.value)
    assert (last.middle.isoformat(), last.low) in corners
    assert (last.middle.isoformat(), last.high) in corners


def test_a_range_beyond_the_scale_is_said_in_full(built_snapshot: etl.Snapshot) -> None:
    view = select(built_snapshot)
    last = view.coming[-1]
    assert last.high is not None
    assert last.high > view.top
    for narrow in (False, True):
        notes = projection.draw(view, Theme(narrow=narrow))["layout"]["annotations"]
        text = " | ".join(note["text"] for note in notes)
        for said in ("$68.7 bn", "$112.2 bn", "$80.4 bn", "$573.5 bn \u2191", "$100 bn"):
            assert said in text


def test_past_failures_are_told_as_counts_in_words_and_can_be_opened(built_snapshot: etl.Snapshot) -> None:
    view = select(built_snapshot)
    assert [words.partition(" such ")[0] for words in view.trials] == [
        "9 of 13",
        "7 of 11",
        "4 of 9",
        "3 of 7",
        "1 of 5",
        "0 of 3",
    ]
    assert "0 of 3 such projections" in projection.describe(view)
    opened = {
        row_id for trace in projection.draw(view, Theme())["data"] for row_id in trace.get("customdata", ())
    }
    assert {span.row_id for span in (*view.held, *view.missed)} <= opened


def test_the_record_stands_over_the_year_it_is_about(built_snapshot: etl.Snapshot) -> None:
    view = select(built_snapshot)
    assert [span.start for span in view.held] == [span.start for span in view.coming]
    assert [span.start for span in view.missed] == [span.start for span in view.coming]


def test_nothing_is_projected_where_no_target_is_known(built_snapshot: etl.Snapshot) -> None:
    view = projection.select(built_snapshot, Selection(dossier="pakistan_china"))
    assert view.points == ()
    assert "no projection is known" in projection.describe(view)


def build_span(year: int, value: float) -> Span:
    """A span of one year of which only the days and the value matter."""
    return Span("row", date(year, 1, 1), date(year, 12, 31), value, "1", "then", "1 then")


def test_half_of_the_way_to_a_target_is_the_geometric_mean() -> None:
    path = find_path([build_span(2020, 25.0)], [build_span(2030, 100.0)])
    assert [value for _, value in path] == [25.0, pytest.approx(50.0), 100.0]
    assert path[0][0] < path[1][0] < path[2][0]


def test_there_is_no_way_without_both_ends() -> None:
    assert find_path([], [build_span(2030, 100.0)]) == []
    assert find_path([build_span(2020, 25.0)], []) == []
