"""Choices under a chart's title: what else can be drawn, each as an address."""

from __future__ import annotations

import etl
from dashboard.address import Selection, read_selection
from dashboard.chart_cache import ChartCache
from dashboard.charts import find_charts
from dashboard.theme import Theme

CHARTS = find_charts()


def test_every_edition_of_the_register_is_offered_and_the_newest_is_drawn(
    built_snapshot: etl.Snapshot,
) -> None:
    choices = CHARTS["arms_by_supplier"].offer_choices(built_snapshot, Selection())

    assert [choice.label for choice in choices] == ["12 February 2026", "3 January 2025", "22 April 2022"]
    assert [choice.is_chosen for choice in choices] == [True, False, False]


def test_choosing_an_edition_draws_its_years(built_snapshot: etl.Snapshot) -> None:
    chart = CHARTS["arms_by_supplier"]

    view = chart.select(built_snapshot, read_selection({"vintage": "2022-04-22"}))

    assert all(point.row_id.endswith("2022-04-22") for point in view.points)


def test_choosing_all_orders_draws_each_of_them_in_a_taller_chart(built_snapshot: etl.Snapshot) -> None:
    chart = CHARTS["deals_progress"]

    few, every = (chart.select(built_snapshot, Selection(show=show)) for show in (None, "all"))

    drawn = {point.row_id for point in every.points}
    assert set(built_snapshot.table("deals")["deal_id"]) < drawn
    assert drawn > {point.row_id for point in few.points}
    heights = [chart.draw(view, Theme())["layout"]["height"] for view in (few, every)]
    assert heights[0] < heights[1]


def test_a_chart_without_choices_offers_none(built_snapshot: etl.Snapshot) -> None:
    assert CHARTS["crude"].offer_choices(built_snapshot, Selection()) == ()


def test_links_to_a_chart_whose_place_was_taken_lead_to_the_one_that_took_it(
    built_snapshot: etl.Snapshot,
) -> None:
    chart_cache = ChartCache(built_snapshot)

    for chart in chart_cache.list_charts():
        for former in chart.card.former_ids:
            assert former not in CHARTS
            assert chart_cache.find_chart(former) is chart
