"""What single charts must show of the real figures."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import etl
from dashboard.address import Selection
from dashboard.charts import (
    arms_by_supplier,
    bilateral_trade,
    crude,
    exports_imports_balance,
    milestones,
    mirror,
    pace_to_target,
    share_by_window,
)
from dashboard.theme import Theme

TODAY = Selection()


def test_the_share_pins_both_claims_and_names_the_newest_window(built_snapshot: etl.Snapshot) -> None:
    view = share_by_window.select(built_snapshot, TODAY)
    assert [(mark.span.value_text, mark.span.period, mark.verdict.code) for mark in view.claims] == [
        ("76%", "2009\u201313", "supported"),
        ("36%", "2019\u201323", "supported"),
    ]
    assert (view.newest_editions[-1].value_text, view.newest_editions[-1].period) == ("40%", "2021\u201325")
    assert [vintage.isoformat() for vintage, _ in view.recomputed] == [
        "2022-04-22",
        "2025-01-03",
        "2026-02-12",
    ]


def test_a_restated_window_keeps_its_older_edition_beside_the_newest(built_snapshot: etl.Snapshot) -> None:
    view = share_by_window.select(built_snapshot, TODAY)
    older = {(span.period, span.value) for _, span in view.older_editions}
    newest = {(span.period, span.value) for span in view.newest_editions}
    assert ("2009\u201313", 75.0) in older
    assert ("2009\u201313", 76.0) in newest
    assert len(older) == 5
    assert len(newest) == 14


def test_a_window_is_drawn_over_all_its_five_years(built_snapshot: etl.Snapshot) -> None:
    figure = share_by_window.draw(share_by_window.select(built_snapshot, TODAY), Theme())
    newest = next(
        trace for trace in figure["data"] if "2021-25.sipri_fact_sheets" in str(trace.get("customdata"))
    )
    assert (newest["x"][0], newest["x"][-1]) == ("2021-01-01", "2026-01-01")


@pytest.mark.parametrize("theme", [Theme(), Theme(narrow=True)], ids=("wide", "narrow"))
def test_claims_of_trade_carry_their_verdict_on_the_chart(built_snapshot: etl.Snapshot, theme: Theme) -> None:
    figure = bilateral_trade.draw(bilateral_trade.select(built_snapshot, TODAY), theme)
    text = " | ".join(note["text"] for note in figure["layout"]["annotations"])
    for said in (
        "$13 bn \u2713",
        "$27 bn \u2260",
        "$70 bn \u2248",
        "$68.7 bn",
        "$100 bn",
        "$30 bn",
        "6.7% a year",
    ):
        assert said in text


def test_only_an_unsupported_claim_is_a_diamond(built_snapshot: etl.Snapshot) -> None:
    figure = bilateral_trade.draw(bilateral_trade.select(built_snapshot, TODAY), Theme())
    shapes = {
        trace["customdata"][0]: trace["marker"]["symbol"]
        for trace in figure["data"]
        if trace.get("marker", {}).get("color") == Theme().palette.claim
    }
    assert {row_id for row_id, shape in shapes.items() if shape == "diamond"} == {
        "reaffirm-defence-partnership.trade-end-2022"
    }
    assert len(shapes) == 4


def test_periods_of_another_basis_are_outlines_from_wide_to_narrow(built_snapshot: etl.Snapshot) -> None:
    view = bilateral_trade.select(built_snapshot, TODAY)
    assert [span.period for span in view.outlines] == [
        "2022",
        "Apr 2022\u2013Jan 2023",
        "Apr\u2013Dec 2022",
        "Apr\u2013Aug 2022",
    ]
    lengths = [span.stop - span.start for span in view.outlines]
    assert lengths == sorted(lengths, reverse=True)


def test_published_fiscal_years_come_before_sums_of_months(built_snapshot: etl.Snapshot) -> None:
    view = bilateral_trade.select(built_snapshot, TODAY)
    assert len(view.years) == 17
    assert all("fiscal_years" in span.row_id for span in view.years)


def test_suppliers_stack_without_gaps_from_the_counterpart_up(built_snapshot: etl.Snapshot) -> None:
    view = arms_by_supplier.select(built_snapshot, TODAY)
    height: dict[date, float] = {}
    for segment in view.segments:
        assert segment.base == pytest.approx(height.get(segment.span.start, 0.0))
        height[segment.span.start] = segment.base + segment.span.value
    assert view.key[0].supplier == "RUS"
    assert sum(entry.total for entry in view.key) == pytest.approx(sum(height.values()))


def test_an_older_register_can_be_chosen_and_an_unknown_one_is_the_newest(
    built_snapshot: etl.Snapshot,
) -> None:
    chosen = arms_by_supplier.select(built_snapshot, Selection(vintage=date(2022, 4, 22)))
    unknown = arms_by_supplier.select(built_snapshot, Selection(vintage=date(1999, 1, 1)))
    assert chosen.vintage == date(2022, 4, 22)
    assert unknown.vintage == date(2026, 2, 12)


def test_flows_that_were_not_collected_are_crosses_and_not_zeros(built_snapshot: etl.Snapshot) -> None:
    view = exports_imports_balance.select(built_snapshot, TODAY)
    assert sorted({span.period for span in view.absent}) == [
        "2019\u201320",
        "2020\u201321",
        "2022\u201323",
        "2023\u201324",
    ]
    assert not {span.row_id for span in view.absent} & {
        span.row_id for span in (*view.exports, *view.imports)
    }
    assert (view.exports[-1].value_text, view.imports[-1].value_text, view.balances[-1].value_text) == (
        "$4.9 bn",
        "$63.8 bn",
        "\u2212$58.9 bn",
    )


def test_a_growth_that_dwarfs_the_others_is_cut_and_says_so(built_snapshot: etl.Snapshot) -> None:
    view = pace_to_target.select(built_snapshot, TODAY)
    over = [span for span in view.growths if span.value > view.cut]
    assert [(span.period, span.value_text) for span in over] == [("2022\u201323", "276.4%")]
    assert "the bar of 2022\u201323 is cut" in view.subtitle
    assert "<b>276</b>" in str(pace_to_target.draw(view, Theme())["layout"]["annotations"])


def test_the_growth_needed_runs_from_its_starting_year_to_the_target(built_snapshot: etl.Snapshot) -> None:
    needed = pace_to_target.select(built_snapshot, TODAY).needs[-1].span
    assert (needed.start, needed.end, needed.value_text) == (date(2025, 3, 31), date(2030, 12, 31), "6.7%")


def test_no_growth_is_cut_where_none_dwarfs_the_others(built_snapshot: etl.Snapshot) -> None:
    known_then = etl.open_snapshot(built_snapshot.folder, as_of=date(2022, 12, 31))
    early = pace_to_target.select(known_then, Selection())
    assert early.cut == float("inf")
    assert "cut" not in early.subtitle


def test_every_gap_lies_between_the_two_reports_of_its_year(built_snapshot: etl.Snapshot) -> None:
    view = mirror.select(built_snapshot, TODAY)
    assert len(view.gaps) == 11
    bought = {span.period: span.value for span in view.bought}
    sold = {span.period: span.value for span in view.sold}
    for gap in view.gaps:
        pair = (bought[gap.span.period], sold[gap.span.period])
        assert (gap.low, gap.high) == (min(pair), max(pair))
        assert gap.span.value == pytest.approx(pair[0] - pair[1])


def test_the_part_year_of_crude_is_hollow_and_set_against_all_crude(built_snapshot: etl.Snapshot) -> None:
    view = crude.select(built_snapshot, TODAY)
    assert [span.period for span in view.spans if span.hollow] == ["Apr\u2013Aug 2022"]
    assert view.whole_text.startswith("14.6% of all crude")


def test_dates_that_disagree_are_joined_and_named(built_snapshot: etl.Snapshot) -> None:
    view = milestones.select(built_snapshot, TODAY)
    words = milestones.describe(view)
    assert "2010 or 2021" in words
    assert "2026\u201327 or 2027" in words
    traces, amber = milestones.draw(view, Theme())["data"], Theme().palette.claim
    lines = [each for each in traces if each.get("hoverinfo") == "skip" and each["line"]["color"] == amber]
    assert len(lines) == 2


def test_statements_without_a_date_stand_in_a_lane_of_their_own(built_snapshot: etl.Snapshot) -> None:
    view = milestones.select(built_snapshot, TODAY)
    undated = {each.row_id for event in view.events for each in event.statements if each.start is None}
    figure = milestones.draw(view, Theme())
    lane = {
        trace["customdata"][0]
        for trace in figure["data"]
        if trace.get("hoverinfo") != "skip" and trace["x"] == [milestones.UNDATED_AT]
    }
    assert lane == undated
    assert lane


def list_words(figure: dict[str, Any]) -> str:
    """All words that stand in a figure."""
    return " | ".join(note["text"] for note in figure["layout"]["annotations"])


@pytest.mark.parametrize("theme", [Theme(), Theme(narrow=True)], ids=["wide", "narrow"])
def test_what_an_older_edition_printed_for_a_cited_window_is_said_beside_it(
    built_snapshot: etl.Snapshot, theme: Theme
) -> None:
    words = list_words(share_by_window.draw(share_by_window.select(built_snapshot, TODAY), theme))
    assert "<b>75%</b><br>edition of 2014" in words
    assert "<b>76%</b> 2009\u201313" in words
    assert "<b>82%</b> 2006\u201310" in words


def test_the_parts_of_a_year_that_a_claim_could_have_meant_are_named(built_snapshot: etl.Snapshot) -> None:
    words = list_words(bilateral_trade.draw(bilateral_trade.select(built_snapshot, TODAY), Theme()))
    assert "$43.6 bn calendar 2022" in words
    assert "$35 bn Apr\u2013Dec 2022" in words


def test_a_claim_shows_how_far_its_print_reaches_where_that_can_be_seen(
    built_snapshot: etl.Snapshot,
) -> None:
    view = bilateral_trade.select(built_snapshot, TODAY)
    wide = tuple(
        replace(mark, span=replace(mark.span, low=65e9, high=75e9)) if mark.span.value == 70e9 else mark
        for mark in view.claims
    )
    figure = bilateral_trade.draw(replace(view, claims=wide), Theme())
    reaches = {
        trace["customdata"][0]: (trace["error_y"]["arrayminus"], trace["error_y"]["array"])
        for trace in figure["data"]
        if "error_y" in trace
    }
    assert reaches["crf-23rd-annual-summit.trade-2025"] == ([5e9], [5e9])
    assert reaches["reaffirm-defence-partnership.trade-2021-22"] == ([0.0], [0.0])


def test_growth_from_rounded_totals_shows_what_the_rounding_leaves_open(built_snapshot: etl.Snapshot) -> None:
    view = pace_to_target.select(built_snapshot, TODAY)
    bars = pace_to_target.draw(view, Theme())["data"][0]
    drawn = {span.period: up > 0 for span, up in zip(view.growths, bars["error_y"]["array"], strict=True)}
    assert drawn["2023\u201324"]
    assert not drawn["2010\u201311"]
    assert not drawn["2022\u201323"], "a bar that is cut has no end to draw an interval at"


def test_the_year_with_most_deliveries_is_named_over_its_bar(built_snapshot: etl.Snapshot) -> None:
    figure = arms_by_supplier.draw(arms_by_supplier.select(built_snapshot, TODAY), Theme())
    assert "<b>5,272</b> in 2013" in list_words(figure)


def test_the_words_of_a_milestone_stand_beside_its_marks(built_snapshot: etl.Snapshot) -> None:
    view = milestones.select(built_snapshot, TODAY)
    for theme in (Theme(), Theme(narrow=True)):
        figure = milestones.draw(view, theme)
        places = {x for trace in figure["data"] if "customdata" in trace for x in trace["x"]}
        notes = figure["layout"]["annotations"]
        assert len(notes) == len(view.events)
        assert {note["x"] for note in notes} <= places
        assert "<b>2010 or 2021</b>" in list_words(figure)
