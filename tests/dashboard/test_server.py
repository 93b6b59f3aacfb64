"""The served application: its routes, its headers, and its downloads."""

from __future__ import annotations

import io
import json

import polars as pl
import pytest
from flask.testing import FlaskClient

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.site.app import create_app, warm_up
from dashboard.theme import DARK, LIGHT, write_css_variables


@pytest.fixture(scope="module")
def client(built_snapshot: etl.Snapshot) -> FlaskClient:
    app = create_app(built_snapshot)
    warm_up(app)
    test_client: FlaskClient = app.test_client()
    return test_client


def test_the_server_says_that_it_is_well(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_the_page_allows_no_script_but_its_own(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe" not in scripts
    assert "://" not in policy


def test_the_colours_of_the_page_are_those_of_the_charts() -> None:
    css = write_css_variables()
    for palette in (LIGHT, DARK):
        assert f"--statistic:{palette.statistic}" in css
        assert f"--not-comparable:{palette.verdicts['not_comparable']}" in css


def test_two_snapshots_in_one_process_do_not_mix(built_snapshot: etl.Snapshot) -> None:
    early = etl.open_snapshot(
        built_snapshot.folder, as_of=min(built_snapshot.documents().collect()["published_on"])
    )
    first, second = create_app(built_snapshot), create_app(early)
    tables = [app.test_client().get("/table/observations.parquet").data for app in (first, second, first)]
    sizes = [pl.read_parquet(io.BytesIO(table)).height for table in tables]
    assert sizes[0] == sizes[2] == built_snapshot.observations().collect().height
    assert sizes[1] < sizes[0]


def test_a_chart_is_downloaded_exactly_as_drawn_with_a_source_in_every_row(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    chart_cache = ChartCache(built_snapshot)
    for chart in chart_cache.list_charts():
        chart_id = chart.card.chart_id
        drawn = {point.row_id for point in chart_cache.select_view(chart_id, Selection()).points}
        rows = pl.read_parquet(io.BytesIO(client.get(f"/download/{chart_id}.parquet").data))
        assert set(rows["row_id"]) == drawn
        assert rows["citation"].null_count() == 0
        assert set(rows["snapshot_id"]) == {built_snapshot.snapshot_id}
        assert client.get(f"/download/{chart_id}.csv").text.count("row_id,") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/download/no_such_chart.csv",
        "/download/share_by_window.docx",
        "/table/no_such_table.csv",
        "/evidence/no.such.row.json",
        "/evidence/no.such.row.html",
    ],
)
def test_what_is_not_there_is_not_found(path: str, client: FlaskClient) -> None:
    assert client.get(path).status_code == 404


def test_evidence_of_every_claim_can_be_taken_away(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    for claim_id in built_snapshot.claims().collect()["claim_id"]:
        evidence = json.loads(client.get(f"/evidence/{claim_id}.json").text)
        assert evidence["row_id"] == claim_id
        assert evidence["snapshot"] == built_snapshot.snapshot_id
        assert evidence["sources"]


def test_the_drawer_gives_a_permanent_link_with_the_snapshot(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    claim_id = built_snapshot.claims().collect()["claim_id"][0]
    markup = client.get(f"/evidence/{claim_id}.html?page=/claims").text
    assert f"/claims?point={claim_id}&amp;snapshot={built_snapshot.snapshot_id}" in markup


def test_the_manifest_can_be_taken_away(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    assert json.loads(client.get("/table/manifest.json").text)["snapshot_id"] == built_snapshot.snapshot_id
