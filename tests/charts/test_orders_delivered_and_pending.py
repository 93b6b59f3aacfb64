"""Open orders: how much of each has come, how much is pending, and what documents print of it."""

from datetime import date
from typing import Any

import polars as pl
import pytest

import etl
from dashboard.address import Selection
from dashboard.charts import deals_progress
from dashboard.theme import Theme

THEMES = [Theme(), Theme(narrow=True)]


def list_bars(figure: dict[str, Any]) -> dict[str, list[tuple[float, float]]]:
    """From where to where the bars of each order run."""
    bars: dict[str, list[tuple[float, float]]] = {}
    for trace in figure["data"]:
        if trace["type"] == "bar":
            for row_id, start, length in zip(trace["customdata"], trace["base"], trace["x"], strict=True):
                bars.setdefault(row_id, []).append((start, start + length))
    return bars


def list_words(figure: dict[str, Any]) -> str:
    """All words of a figure."""
    return " | ".join(note["text"] for note in figure["layout"]["annotations"])


def test_the_order_that_documents_count_comes_first_and_the_others_by_volume(
    built_snapshot: etl.Snapshot,
) -> None:
    rows = deals_progress.select(built_snapshot, Selection()).rows
    assert rows[0].order.name == "S-400 Triumf, SAM system"
    volumes = [row.order.volume or 0.0 for row in rows[1:]]
    assert volumes == sorted(volumes, reverse=True)
    assert rows[1].order.designation == "T-90S"


def test_every_order_that_is_not_complete_is_drawn_once(built_snapshot: etl.Snapshot) -> None:
    open_deals = built_snapshot.deals(importer="IND").filter(pl.col("status") != "delivered").collect()
    rows = deals_progress.select(built_snapshot, Selection()).rows
    assert sorted(row.row_id for row in rows) == sorted(open_deals["deal_id"])
    assert len(rows) == 19


def test_what_came_and_what_is_pending_fill_the_bar(built_snapshot: etl.Snapshot) -> None:
    view = deals_progress.select(built_snapshot, Selection())
    bars = list_bars(deals_progress.draw(view, Theme()))
    assert bars["IND-RUS.2018.s-400-triumf"] == [(0.0, 0.6), (0.6, 1.0)]
    for row in view.rows:
        parts = bars[row.row_id]
        assert parts[-1][1] == pytest.approx(1.0)
        assert sum(end - start for start, end in parts) == pytest.approx(1.0)
        ordered, pending = row.order.ordered.number, row.order.pending.number
        if ordered and pending is not None:
            assert 1.0 - parts[-1][0] == pytest.approx(pending / ordered)


def test_pending_is_what_the_register_leaves_by_the_snapshots_own_rule(built_snapshot: etl.Snapshot) -> None:
    rows = built_snapshot.observations(indicator="units_pending", counterpart_area="RUS").collect().to_dicts()
    derived = {(row["commodity"], int(row["time_period"])): row["obs_value"] for row in rows}
    for row in deals_progress.select(built_snapshot, Selection()).rows:
        key = (row.order.designation, row.order.ordered_in)
        if row.order.ordered.number is not None:
            assert derived[key] == row.order.pending.number


@pytest.mark.parametrize("theme", THEMES, ids=("wide", "narrow"))
def test_counts_and_years_are_said_in_words(built_snapshot: etl.Snapshot, theme: Theme) -> None:
    words = list_words(deals_progress.draw(deals_progress.select(built_snapshot, Selection()), theme))
    for said in (
        "6 of 10 delivered, 4 pending",
        "ordered 2018, last delivery 2023",
        "10 of 464 delivered, 454 pending",
        "0 of 12 delivered, 12 pending",
        "ordered 2024, no delivery",
        "6,000 of 17,500? delivered, 11,500? pending",
        "0 delivered of an unknown number",
    ):
        assert said in words


def test_numbers_that_sipri_is_unsure_of_are_dotted_and_said_so(built_snapshot: etl.Snapshot) -> None:
    view = deals_progress.select(built_snapshot, Selection())
    figure = deals_progress.draw(view, Theme())
    dotted = [trace for trace in figure["data"] if trace.get("line", {}).get("dash") == "dot"]
    unsure = [row for row in view.rows if row.order.ordered.is_unsure or row.order.delivered.is_unsure]
    # And one order whose size is not known at all: open at its end.
    assert len(dotted) == len(unsure) + 1 == 8
    assert [trace["x"][0] == trace["x"][-1] and len(trace["x"]) == 5 for trace in dotted].count(False) == 1
    marks = {point.series: point.mark for point in view.points}
    assert marks["9M119, anti-tank missile"].endswith("SIPRI is unsure: how many were delivered")
    assert "SIPRI is unsure" not in marks["S-400 Triumf, SAM system"]
    assert "SIPRI is unsure" in view.subtitle


def test_delivered_numbers_that_are_unsure_are_pale(built_snapshot: etl.Snapshot) -> None:
    view = deals_progress.select(built_snapshot, Selection())
    pale = [trace for trace in deals_progress.draw(view, Theme())["data"] if trace.get("opacity", 1) < 1]
    unsure = {row.row_id for row in view.rows if row.order.delivered.is_unsure}
    assert set(pale[0]["customdata"]) == unsure
    assert len(unsure) == 3


@pytest.mark.parametrize("theme", THEMES, ids=("wide", "narrow"))
def test_a_documents_count_stands_in_amber_below_the_registers(
    built_snapshot: etl.Snapshot, theme: Theme
) -> None:
    figure = deals_progress.draw(deals_progress.select(built_snapshot, Selection()), theme)
    pins = {
        trace["customdata"][0]: (trace["x"][0], trace["marker"]["symbol"])
        for trace in figure["data"]
        if trace.get("marker", {}).get("color") == theme.palette.claim
    }
    # Two of five batteries are pending: three fifths along, as far as SIPRI's six of ten.
    assert pins == {
        "business-standard-2025-12-05.s400-ordered": (1.0, "diamond"),
        "business-standard-2025-12-05.s400-pending": (pytest.approx(0.6), "diamond"),
    }
    words = list_words(figure)
    for said in (
        "Business Standard, 5 December 2025",
        "\u2260 not comparable",
        "5 batteries ordered, 2 batteries pending",
    ):
        assert said in words


def test_the_finding_counts_open_orders_and_names_two(built_snapshot: etl.Snapshot) -> None:
    words = deals_progress.describe(deals_progress.select(built_snapshot, Selection()))
    assert "19 of 146 orders in the register are not complete" in words
    assert "S-400 Triumf, SAM system, 6 of 10 delivered, 4 pending" in words
    assert "T-90S, tank, 10 of 464 delivered, 454 pending" in words


def test_all_orders_are_drawn_on_request_and_the_finding_stays_that_of_the_open_ones(
    built_snapshot: etl.Snapshot,
) -> None:
    usual, every = (deals_progress.select(built_snapshot, Selection(show=show)) for show in (None, "all"))
    orders = built_snapshot.deals(importer="IND").collect()
    assert sorted(row.row_id for row in every.rows) == sorted(orders["deal_id"])
    bars = list_bars(deals_progress.draw(every, Theme()))
    for deal_id in orders.filter(pl.col("status") == "delivered")["deal_id"]:
        assert bars[deal_id] == [(0.0, 1.0)]
    findings = [deals_progress.describe(view).removeprefix(view.title) for view in (usual, every)]
    assert findings[0] == findings[1]


def test_before_a_document_speaks_of_an_order_it_stands_by_its_volume(built_snapshot: etl.Snapshot) -> None:
    then = etl.open_snapshot(built_snapshot.folder, as_of=date(2025, 6, 1))
    view = deals_progress.select(then, Selection())
    assert [row.order.designation for row in view.rows][:5] == [
        "T-90S",
        "Project-971I",
        "AL-31",
        "Su-30MK",
        "S-400 Triumf",
    ]
    assert not any(row.printed for row in view.rows)
    assert "amber" not in view.subtitle


def test_without_a_register_of_orders_there_is_nothing_open(built_snapshot: etl.Snapshot) -> None:
    for selection, day in ((Selection(dossier="pakistan_china"), None), (Selection(), date(2022, 12, 31))):
        view = deals_progress.select(etl.open_snapshot(built_snapshot.folder, as_of=day), selection)
        assert view.points == ()
        assert "no orders are known here" in deals_progress.describe(view)
