"""What charts say on days in the past, when less was known, and where nothing is."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from dashboard.address import Selection
from dashboard.charts import (
    bilateral_trade,
    exports_imports_balance,
    find_charts,
    gap_waterfall,
    mirror,
    pace_to_target,
    share_by_window,
    slope,
)
from dashboard.plotting.traces import Span
from dashboard.theme import Theme
from dashboard.views.chart_rows import Aim, find_aim
from tests.svg.test_words_apart import find_faults

MAIN, OTHER = Selection(), Selection(dossier="pakistan_china")
# The target for 2025 was passed by then, and none for a later year was announced.
TARGET_PASSED = date(2024, 3, 31)
CHARTS = find_charts()
Values = list[int]


@cache
def open_day(folder: Path, day: date) -> etl.Snapshot:
    """What was known on a day, judged once for all tests."""
    return etl.open_snapshot(folder, as_of=day)


def list_words(figure: dict[str, Any]) -> list[str]:
    """Every label of a figure, its lines on one."""
    return [
        re.sub("<[^>]+>", " ", note["text"]).replace("  ", " ") for note in figure["layout"]["annotations"]
    ]


def build_span(name: str, year: int, value: float) -> Span:
    """One year's value."""
    return Span(name, date(year, 1, 1), date(year, 12, 31), value, f"{value}", f"{year}", "")


@given(values=st.lists(st.integers(1, 999), min_size=1, max_size=8), goal=st.integers(1, 999))
def test_a_way_to_a_target_only_ever_rises(values: Values, goal: int) -> None:
    years = [build_span(f"year {place}", 2010 + place, value) for place, value in enumerate(values)]
    target = build_span("target", 2030, goal)
    growth: dict[tuple[str, ...], Span] = {
        (year.row_id, target.row_id): build_span(f"from {year.row_id}", 2030, 5.0) for year in years
    }

    aim = find_aim(target, years=years, needed=growth)

    heights = [height for _, height in aim.path]
    assert heights == sorted(heights)
    assert (aim.passed is None) == (values[-1] < goal) == bool(heights)
    if aim.passed:
        assert aim.passed.value >= goal
        assert all(year.value < goal for year in years[: years.index(aim.passed)])
    else:
        assert aim.needed == growth[years[-1].row_id, target.row_id]


def test_half_of_the_way_to_a_target_is_the_geometric_mean() -> None:
    target = build_span("target", 2030, 100.0)

    path = Aim(target, base=build_span("newest", 2020, 25.0)).path

    assert [value for _, value in path] == [25.0, pytest.approx(50.0), 100.0]
    assert path[0][0] < path[1][0] < path[2][0]
    assert Aim(target).path == []


def test_growth_from_an_older_year_is_not_what_a_target_needs() -> None:
    years, target = (
        [build_span("old", 2020, 5.0), build_span("new", 2021, 6.0)],
        build_span("goal", 2030, 9.0),
    )
    aim = find_aim(target, years=years, needed={("old", "goal"): build_span("growth", 2030, 6.0)})
    assert (aim.needed, aim.passed, aim.path) == (None, None, [])


def test_a_passed_target_is_a_line_at_its_date_without_a_way_to_it(built_snapshot: etl.Snapshot) -> None:
    view = bilateral_trade.select(open_day(built_snapshot.folder, TARGET_PASSED), MAIN)
    figure = bilateral_trade.draw(view, Theme())

    assert not any(trace.get("line", {}).get("dash") == "dash" for trace in figure["data"])
    target = next(trace for trace in figure["data"] if "trade_target" in str(trace.get("customdata")))
    assert (target["x"][0], target["x"][-1]) == ("2025-01-01", "2026-01-01")
    assert "$30 bn passed target, 2025" in " ".join(list_words(figure))
    said = bilateral_trade.describe(view)
    assert "target of $30 bn for 2025 (already passed: $49.4 bn in 2022\u201323)" in said
    assert "needed" not in said


def test_the_growth_that_a_passed_target_needed_is_told_in_the_past_tense(
    built_snapshot: etl.Snapshot,
) -> None:
    view = pace_to_target.select(open_day(built_snapshot.folder, TARGET_PASSED), MAIN)

    assert "24.7% was needed a year to 2025" in " ".join(list_words(pace_to_target.draw(view, Theme())))
    assert "what a target needed" in view.subtitle
    assert "a year needed" not in pace_to_target.describe(view)


def test_growth_before_the_first_edition_of_yearly_figures_is_of_the_months_known_then(
    built_snapshot: etl.Snapshot,
) -> None:
    view = pace_to_target.select(open_day(built_snapshot.folder, date(2022, 4, 22)), MAIN)
    assert [view.growths[-1].period, view.growths[-1].value_text] == ["2018\u201319", "\u221223%"]
    assert "21.1% a year needed by 2025" in pace_to_target.describe(view)


@pytest.mark.parametrize("day", [TARGET_PASSED, date(2026, 1, 21)], ids=str)
@pytest.mark.parametrize("chart_id", CHARTS)
def test_no_words_lie_over_others_on_earlier_days(
    built_snapshot: etl.Snapshot, chart_id: str, day: date
) -> None:
    chart = CHARTS[chart_id]
    view = chart.select(open_day(built_snapshot.folder, day), MAIN)
    for width, narrow in ((540, False), (760, False), (1100, False), (343, True), (520, True)):
        assert find_faults(chart.draw(view, Theme(narrow=narrow)), width=width) == [], width


@pytest.mark.parametrize("chart_id", CHARTS)
def test_a_chart_without_rows_names_no_years_and_no_register(
    built_snapshot: etl.Snapshot, chart_id: str
) -> None:
    view = CHARTS[chart_id].select(built_snapshot, OTHER)
    if not view.points:
        assert not re.search(r"register of|no (years|register|day)|bars: ", view.subtitle)


def test_the_only_share_known_is_told_once(built_snapshot: etl.Snapshot) -> None:
    view = share_by_window.select(open_day(built_snapshot.folder, date(2011, 3, 31)), MAIN)
    assert share_by_window.describe(view).count("82%") == 1
    assert "line: recomputed" not in view.subtitle
    assert "older edition" not in view.subtitle


def test_a_balance_that_is_not_of_the_last_year_is_named_with_its_own(built_snapshot: etl.Snapshot) -> None:
    view = exports_imports_balance.select(open_day(built_snapshot.folder, TARGET_PASSED), MAIN)
    notes = exports_imports_balance.draw(view, Theme())["layout"]["annotations"]
    label = next(note for note in notes if "balance" in note["text"])
    assert "balance 2021\u201322" in label["text"]
    assert label["xanchor"] == "right"


def test_the_newest_of_two_counts_are_named_with_their_years(built_snapshot: etl.Snapshot) -> None:
    words = list_words(mirror.draw(mirror.select(built_snapshot, MAIN), Theme()))
    assert any("$5.96 bn" in each and "2020" in each for each in words)


def test_parts_of_a_gap_are_told_apart(built_snapshot: etl.Snapshot) -> None:
    said = gap_waterfall.describe(gap_waterfall.select(built_snapshot, MAIN))
    assert "what only one side counts (not known) and not explained (" in said


def test_names_of_suppliers_are_in_the_colour_of_words(built_snapshot: etl.Snapshot) -> None:
    figure = slope.draw(slope.select(built_snapshot, MAIN), Theme())
    assert {note["font"]["color"] for note in figure["layout"]["annotations"]} == {Theme().palette.text}
