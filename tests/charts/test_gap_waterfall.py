"""The waterfall between two counts of one flow: its parts sum exactly, and what is not known is called so."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

import etl
from dashboard.address import Selection
from dashboard.charts import gap_waterfall
from dashboard.theme import Theme

YEARS = [str(year) for year in range(2009, 2020)]
every_year = pytest.mark.parametrize("year", YEARS)


def select(snapshot: etl.Snapshot, year: str | None = None) -> gap_waterfall.ViewModel:
    """The waterfall of a year, or of the default one."""
    return gap_waterfall.select(snapshot, Selection(window=year))


def draw_words(view: gap_waterfall.ViewModel) -> str:
    """All words on the chart."""
    layout = gap_waterfall.draw(view, Theme())["layout"]
    return " | ".join(note["text"] for note in layout["annotations"])


@every_year
def test_the_parts_lead_from_one_count_to_the_other_to_the_last_digit(
    built_snapshot: etl.Snapshot, year: str
) -> None:
    ids = [step.span.row_id for step in select(built_snapshot, year).steps]
    rows = {row["obs_id"]: row for row in built_snapshot.observations(obs_id=ids).collect().to_dicts()}
    first, *parts, last, gap = (Decimal(str(rows[row_id]["obs_value"] or 0)) for row_id in ids)
    assert sum(parts) == gap
    assert first + gap == last


@every_year
def test_every_part_begins_where_the_one_before_it_ends(built_snapshot: etl.Snapshot, year: str) -> None:
    first, *parts, last, gap = select(built_snapshot, year).steps
    level = first.end
    for step in parts:
        assert step.base == pytest.approx(level)
        level = step.end
    assert level == pytest.approx(last.end) == pytest.approx(gap.end)


def test_coverage_is_an_empty_dotted_slot_that_says_it_is_not_known(built_snapshot: etl.Snapshot) -> None:
    view = select(built_snapshot)
    slots = [step for step in view.steps if step.shape == "slot"]
    assert [step.name for step in slots] == ["what only one side counts"]
    assert "<b>not known</b> what only one side counts" in draw_words(view)
    traces = gap_waterfall.draw(view, Theme())["data"]
    frame = next(trace for trace in traces if slots[0].span.row_id in trace.get("customdata", ()))
    assert (frame["type"], frame["line"]["dash"]) == ("scatter", "dot")


def find_bars(view: gap_waterfall.ViewModel) -> dict[str, Any]:
    """The one trace of bars."""
    return next(trace for trace in gap_waterfall.draw(view, Theme())["data"] if trace["type"] == "bar")


def test_estimated_parts_are_hatched_and_counts_are_not(built_snapshot: etl.Snapshot) -> None:
    bars = find_bars(select(built_snapshot))
    assert bars["marker"]["pattern"]["shape"] == ["", "/", "/", "/", ""]


def test_error_bars_reach_from_least_to_most(built_snapshot: etl.Snapshot) -> None:
    bars = find_bars(select(built_snapshot))
    ups, downs = bars["error_x"]["array"], bars["error_x"]["arrayminus"]
    assert ups[0] == downs[0] == ups[-1] == downs[-1] == 0.0
    assert bars["x"][1] + ups[1] == pytest.approx(567_000_909.09)
    assert bars["x"][3] - downs[3] == pytest.approx(-1_567_373_756.59)


def test_the_newest_year_whose_parts_are_known_is_drawn_first(built_snapshot: etl.Snapshot) -> None:
    view = select(built_snapshot)
    assert view.title.endswith("in 2019")
    assert [step.size for step in view.steps] == [
        "$7.24 bn",
        "+$353 m",
        "\u2212$630 m",
        "not known",
        "\u2212$723.3 m",
        "$6.24 bn",
        "\u2212$1 bn",
    ]


def test_any_year_that_both_report_can_be_chosen_and_an_unknown_one_is_the_default(
    built_snapshot: etl.Snapshot,
) -> None:
    choices = gap_waterfall.offer_choices(built_snapshot, Selection(window="2013"))
    assert [choice.value for choice in choices] == YEARS[::-1]
    assert [choice.label for choice in choices if choice.is_chosen] == ["2013"]
    assert select(built_snapshot, "2013").title.endswith("in 2013")
    assert select(built_snapshot, "1912") == select(built_snapshot)


@every_year
@pytest.mark.parametrize("narrow", [False, True])
def test_words_stay_within_the_figure(built_snapshot: etl.Snapshot, year: str, narrow: bool) -> None:
    theme = Theme(narrow=narrow)
    layout = gap_waterfall.draw(select(built_snapshot, year), theme)["layout"]
    tops = [note["y"] for note in layout["annotations"]]
    assert tops == sorted(tops)
    assert min(tops) > 0


def test_a_year_without_parts_says_that_they_are_not_known(built_snapshot: etl.Snapshot) -> None:
    view = select(built_snapshot)
    first, *_, last, gap = view.steps
    told = gap_waterfall.describe(replace(view, steps=(first, last, gap)))
    assert told.endswith(f"The gap is {gap.span.value_text}; its parts are not known.")
