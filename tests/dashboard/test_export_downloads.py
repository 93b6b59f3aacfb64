"""Files that the pages offer: every format, with its name and type, behind the licence gate."""

from __future__ import annotations

import io
import json
import re

import polars as pl
import pytest
import python_calamine as calamine
from flask import Flask
from flask.testing import FlaskClient

import etl
from dashboard.chart_cache import ChartCache
from dashboard.pages.data_tables import _build_exports
from dashboard.routes.downloads import WHOLE_FILES, add_download_routes
from dashboard.snapshot_store import SnapshotStore


@pytest.fixture(scope="module")
def client(built_snapshot: etl.Snapshot) -> FlaskClient:
    server = Flask(__name__)
    add_download_routes(server, store=SnapshotStore(ChartCache(built_snapshot)))
    return server.test_client()


@pytest.mark.parametrize("name", list(WHOLE_FILES))
def test_every_file_of_the_whole_is_sent_with_the_snapshot_in_its_name(
    name: str, client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    answer = client.get(f"/export/{name}")

    stem, _, suffix = name.partition(".")
    expected = f'attachment; filename="{stem}.{built_snapshot.snapshot_id}.{suffix}"'
    assert (answer.status_code, answer.headers["Content-Disposition"]) == (200, expected)
    format_name, table = WHOLE_FILES[name]
    assert answer.data == etl.write_format(etl.Release(built_snapshot), format_name, table=table).content


def test_the_data_page_links_to_every_file_of_the_whole() -> None:
    links = re.findall(r"href='(/export/[^']+)'", str(_build_exports()))

    assert sorted(links) == sorted(f"/export/{name}" for name in WHOLE_FILES)


def test_a_chart_is_a_workbook_of_the_points_drawn(client: FlaskClient) -> None:
    answer = client.get("/download/share_by_window.xlsx")
    drawn = pl.read_parquet(io.BytesIO(client.get("/download/share_by_window.parquet").data))

    sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()

    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert [row[0] for row in sheet[1:]] == drawn["row_id"].to_list()
    assert [row[sheet[0].index("value")] for row in sheet[1:]] == pytest.approx(drawn["value"].to_list())


def test_tables_leave_behind_the_licence_gate(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    rows = pl.read_parquet(io.BytesIO(client.get("/table/observations.parquet").data))

    assert rows.equals(etl.Release(built_snapshot).table("observations"))
    assert rows.filter(~pl.col("redistributable"))["obs_value"].null_count() > 0
    assert client.get("/table/observations.parquet?include_restricted=1").data == (
        client.get("/table/observations.parquet").data
    )


def test_claims_of_an_earlier_day_are_those_known_then(client: FlaskClient) -> None:
    answer = client.get("/export/claims.jsonl?as_of=2025-08-31")

    days = {json.loads(line)["verdicts"]["now"]["as_of"] for line in answer.text.splitlines()}
    assert ".as-of-2025-08-31.jsonl" in answer.headers["Content-Disposition"]
    assert days == {"2025-08-31"}


def test_a_file_that_there_is_not_is_not_found(client: FlaskClient) -> None:
    assert client.get("/export/observations.xml").status_code == 404
    assert client.get("/table/claims.sdmx-csv").status_code == 404
