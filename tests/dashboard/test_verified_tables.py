"""Tables of a chart's points are verified as pictures are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.picture_records import UnreadablePictureError
from dashboard.picture_records.chart_sheet import record_chart
from dashboard.routes.downloads import add_routes
from dashboard.snapshot_store import SnapshotStore
from dashboard.verification import CHANGED, UNCHANGED, compare, read_shown
from tests.dashboard.verifying import run_verify
from tests.etl.workbench import copy_datasets


@pytest.fixture(scope="module")
def chart_cache(built_snapshot: etl.Snapshot) -> ChartCache:
    return ChartCache(built_snapshot)


@pytest.fixture(scope="module")
def client(chart_cache: ChartCache) -> FlaskClient:
    server = Flask(__name__)
    add_routes(server, store=SnapshotStore(chart_cache))
    return server.test_client()


def save_table(client: FlaskClient, address: str, folder: Path) -> Path:
    """A table under the name that it is downloaded with."""
    answer = client.get(address)
    path = folder / answer.headers["Content-Disposition"].partition('filename="')[2].rstrip('"')
    path.write_bytes(answer.data)
    return path


@pytest.fixture(scope="module")
def restated(tmp_path_factory: pytest.TempPathFactory) -> etl.Snapshot:
    """A snapshot in which one edition gives another share."""
    workbench = copy_datasets(tmp_path_factory.mktemp("restated"))
    sheet = workbench.find_file("sipri_fact_sheets", "2019-03-31")
    workbench.replace_line(sheet, line=2, text="2019-03,India,Russia,2009,2013,74,a test,2019-03,")
    return workbench.build()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_is_held_against_a_snapshot(
    kind: str, client: FlaskClient, chart_cache: ChartCache, restated: etl.Snapshot, tmp_path: Path
) -> None:
    path = save_table(client, f"/download/share_by_window.{kind}", tmp_path)

    same, other = (run_verify(path, snapshot=snapshot) for snapshot in (chart_cache.snapshot, restated))

    assert (same.exit_code, other.exit_code) == (UNCHANGED, CHANGED)
    assert "76% → 74%" in other.output
    assert "a table carries no code" in other.output.splitlines()[-1]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_table_of_every_chart_is_unchanged_against_its_own_snapshot(
    kind: str, client: FlaskClient, chart_cache: ChartCache, tmp_path: Path
) -> None:
    for chart in chart_cache.list_charts():
        chart_id = chart.card.chart_id
        shown = read_shown(save_table(client, f"/download/{chart_id}.{kind}", tmp_path))
        drawn = record_chart(chart_cache, chart_id, selection=Selection()).values
        assert [value.row_id for value in shown.values] == [value.row_id for value in drawn], chart_id
        assert compare(shown, chart_cache.snapshot).is_unchanged, chart_id


def test_the_day_of_a_table_is_read_from_its_name(client: FlaskClient, tmp_path: Path) -> None:
    path = save_table(client, "/download/share_by_window.csv?as_of=2018-12-31", tmp_path)

    assert read_shown(path).as_of == date(2018, 12, 31)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"row_id,value\nx,1\n", "a table without kind, title"),
        (b"PAR1 and nothing else", "a damaged table"),
        (b"row_id,value\nx,1,2,3\n", "a damaged table"),
    ],
)
def test_a_table_of_another_shape_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadablePictureError, match=words):
        read_shown(path)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("-03-31,", "-31-03,", "a value that is none"),
        ("{snapshot}", "another", "do not name one snapshot"),
    ],
)
def test_a_table_that_was_edited_by_hand_is_refused_where_it_makes_no_sense(
    before: str, after: str, words: str, client: FlaskClient, chart_cache: ChartCache, tmp_path: Path
) -> None:
    path = save_table(client, "/download/bilateral_trade.csv", tmp_path)
    text = path.read_text(encoding="utf-8")
    asked = before.replace("{snapshot}", chart_cache.snapshot.snapshot_id)
    path.write_text(text.replace(asked, after), encoding="utf-8")

    with pytest.raises(UnreadablePictureError, match=words):
        read_shown(path)
