"""Charts and evidence: the figures that are drawn, as numbers, and what stands behind each."""

from __future__ import annotations

import io

import plotly.graph_objects as go
import polars as pl
import pytest
from flask.testing import FlaskClient

import etl
from dashboard.address import Selection
from dashboard.api.schemas import DRAWN, FLAT
from dashboard.chart_cache import ChartCache
from dashboard.charts import find_charts
from tests.dashboard.api.asking import HOME, ask, read_problem


def test_every_chart_is_listed_with_its_words(api: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    chart_cache = ChartCache(built_snapshot)
    listed = {row["chart_id"]: row for row in ask(api, "/charts")["data"]}
    assert list(listed) == list(find_charts())
    for chart_id, row in listed.items():
        view = chart_cache.select_view(chart_id, Selection())
        assert (row["title"], row["points"]) == (view.title, len(view.points))
        assert row["description"] == chart_cache.describe(chart_id, Selection())


@pytest.mark.parametrize("chart_id", list(find_charts()))
def test_a_chart_gives_every_point_it_draws_with_its_number_and_source(
    chart_id: str, api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    answer = ask(api, f"/charts/{chart_id}")["data"]
    points = ChartCache(built_snapshot).select_view(chart_id, Selection()).points
    assert [(row["row_id"], row["drawn_as"]) for row in answer["points"]] == [
        (point.row_id, point.value_text) for point in points
    ]
    assert answer["figure"] is None
    for row in answer["points"]:
        assert row["source_file"] or row["document_id"]
        assert row["snapshot_id"] == built_snapshot.snapshot_id


def test_the_columns_of_a_point_are_those_of_the_flat_rows_of_etl(built_snapshot: etl.Snapshot) -> None:
    frame = built_snapshot.find_rows([built_snapshot.table("claims")["claim_id"][0]])
    assert {name: str(kind) for name, kind in frame.schema.items()} == {
        column.name: column.type for column in FLAT
    }


def test_the_figure_comes_where_it_is_asked_for(api: FlaskClient) -> None:
    figure = ask(api, "/charts/share_by_window", figure="true")["data"]["figure"]
    assert len(go.Figure(figure).data) > 1


def test_a_choice_that_a_chart_offers_can_be_made(api: FlaskClient) -> None:
    usual = ask(api, "/charts/deals_progress")["data"]
    (choice,) = [one for one in usual["choices"] if one["value"] == "all"]
    every = ask(api, "/charts/deals_progress", **{choice["parameter"]: choice["value"]})["data"]
    assert len(every["points"]) > len(usual["points"])


@pytest.mark.parametrize("query", ["show=some", "window=2019-23", "vintage=2001-01-01"])
def test_a_choice_that_a_chart_does_not_offer_is_refused(query: str, api: FlaskClient) -> None:
    read_problem(api.get(f"{HOME}/charts/deals_progress?{query}"), status=400, kind="unknown-value")


def test_an_earlier_day_draws_what_was_known_then(api: FlaskClient) -> None:
    then = ask(api, "/charts/share_by_window", as_of="2018-12-31")["data"]["points"]
    assert then
    assert max(row["vintage"] or row["published_on"] for row in then) <= "2018-12-31"


def test_a_chart_is_taken_along_as_a_file(api: FlaskClient) -> None:
    points = ask(api, "/charts/bilateral_trade")["data"]["points"]
    answer = api.get(f"{HOME}/charts/bilateral_trade?format=parquet")
    frame = pl.read_parquet(io.BytesIO(answer.data))
    assert frame.columns == [column.name for column in (*DRAWN, *FLAT)]
    assert frame["value"].to_list() == [row["value"] for row in points]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("observations", "obs_id"),
        ("claims", "claim_id"),
        ("deals", "deal_id"),
        ("milestones", "milestone_id"),
    ],
)
def test_evidence_is_what_the_snapshot_says_of_a_row(
    table: str, column: str, api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    row_id = built_snapshot.table(table)[column][-1]
    found = ask(api, f"/evidence/{row_id}")["data"]
    evidence = built_snapshot.evidence(row_id)
    assert found["headline"] == evidence.headline
    assert [line["text"] for line in found["says"]] == [line.text for line in evidence.says]
    assert [note["number"] for note in found["sources"]] == sorted(evidence.footnotes)
    assert found["row"]["row_id"] == row_id


def test_evidence_of_a_later_edition_is_not_known_on_an_earlier_day(
    api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    newest = built_snapshot.table("observations").sort("vintage")["obs_id"][-1]
    assert api.get(f"{HOME}/evidence/{newest}").status_code == 200
    answer = api.get(f"{HOME}/evidence/{newest}?as_of=2018-12-31")
    assert "2018-12-31" in read_problem(answer, status=404, kind="unknown-row")["detail"]
