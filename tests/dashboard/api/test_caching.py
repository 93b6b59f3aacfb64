"""Caching: a known answer costs no query, a pinned one never changes, and other sites may read."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import polars as pl
import pytest
from flask.testing import FlaskClient

import etl
from tests.dashboard.api.asking import HOME, SHARE, ask, open_api, read_problem
from tests.stored_snapshots import rename_snapshot

LIVE = "public, max-age=0, must-revalidate"
PATHS = (
    "/observations?indicator=exports",
    "/observations?indicator=exports&format=csv",
    "/claims?as_of=2024-12-31",
    "/charts",
    "/charts/share_by_window",
    "/",
    "/openapi.json",
)


class CountingSnapshot(etl.Snapshot):
    """A snapshot that counts how often one of its tables is asked for."""

    asked = 0

    def table(self, name: str) -> pl.DataFrame:
        """One table, counted."""
        self.asked += 1
        return super().table(name)


@pytest.mark.parametrize("path", PATHS)
def test_a_conditional_request_reads_no_table(
    path: str, api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    tag = api.get(f"{HOME}{path}").headers["ETag"]
    snapshot = CountingSnapshot(built_snapshot.folder)
    fresh = open_api(snapshot)
    answer = fresh.get(f"{HOME}{path}", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    assert snapshot.asked == 0
    fresh.get(f"{HOME}{path}")
    assert "as_of" in path or snapshot.asked > 0


def test_a_conditional_request_is_answered_where_no_table_can_be_read(
    tmp_path: Path, built_snapshot: etl.Snapshot
) -> None:
    folder = Path(shutil.copytree(built_snapshot.folder, tmp_path / built_snapshot.snapshot_id))
    tag = open_api(etl.open_snapshot(folder)).get(f"{HOME}/claims").headers["ETag"]
    for path in folder.glob("*.parquet"):
        path.unlink()
    blind = open_api(etl.open_snapshot(folder))
    assert blind.get(f"{HOME}/claims", headers={"If-None-Match": tag}).status_code == 304
    read_problem(blind.get(f"{HOME}/claims"), status=503, kind="not-ready")


@pytest.mark.parametrize("known", ['"other"', "W/", '"', "x", ",,,", '"a", "b"'])
def test_an_unknown_tag_gets_the_answer(known: str, api: FlaskClient) -> None:
    assert api.get(f"{HOME}/claims", headers={"If-None-Match": known}).status_code == 200


def test_one_of_several_tags_and_a_weak_one_are_known(api: FlaskClient) -> None:
    tag = api.get(f"{HOME}/claims").headers["ETag"]
    for known in (f'"a", {tag}', f"W/{tag}"):
        assert api.get(f"{HOME}/claims", headers={"If-None-Match": known}).status_code == 304


def test_a_tag_is_strong_and_of_its_question_alone(api: FlaskClient) -> None:
    questions = (
        "/claims",
        "/claims?limit=5",
        "/claims?format=csv",
        "/claims?as_of=2024-12-31",
        "/verdicts",
        "/charts/deals_progress",
        "/charts/deals_progress?show=all",
    )
    tags = {api.get(f"{HOME}{path}").headers["ETag"] for path in questions}
    assert len(tags) == len(questions)
    assert all(tag.startswith('"') for tag in tags)


def test_a_tag_is_of_its_snapshot(tmp_path: Path, built_snapshot: etl.Snapshot) -> None:
    other_id = f"{built_snapshot.snapshot_id[:-10]}0123456789"
    other = Path(shutil.copytree(built_snapshot.folder, tmp_path / other_id))
    rename_snapshot(other, other_id)
    tags = [
        open_api(etl.open_snapshot(folder)).get(f"{HOME}/claims").headers["ETag"]
        for folder in (built_snapshot.folder, other)
    ]
    assert tags[0] != tags[1]


def test_a_live_answer_is_asked_for_again_and_a_pinned_one_is_kept(
    api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    live = api.get(f"{HOME}/claims")
    pinned = api.get(f"{HOME}/claims", query_string={"snapshot": built_snapshot.snapshot_id})
    assert live.headers["Cache-Control"] == LIVE
    assert pinned.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/health", "/ready", "/snapshots", "/nowhere"])
def test_what_is_not_of_a_snapshot_is_not_kept(path: str, api: FlaskClient) -> None:
    assert api.get(f"{HOME}{path}").headers["Cache-Control"] == "no-store"


def test_a_compressed_answer_has_a_tag_of_its_own_that_is_known_too(client: FlaskClient) -> None:
    plain = client.get(f"{HOME}/claims")
    packed = client.get(f"{HOME}/claims", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    known = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    again = client.get(f"{HOME}/claims", headers=known)
    assert (again.status_code, again.headers["ETag"]) == (304, packed.headers["ETag"])


def test_a_head_request_tells_what_a_get_would(api: FlaskClient) -> None:
    head, get = (
        api.open(f"{HOME}/observations", method=method, query_string=SHARE) for method in ("HEAD", "GET")
    )
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(get.data))
    assert head.headers["ETag"] == get.headers["ETag"]


@pytest.mark.parametrize(
    "path", ["/claims", "/nowhere", "/claims?limit=0", "/health", "/charts/deals_progress?format=csv"]
)
def test_every_answer_may_be_read_by_other_sites(path: str, api: FlaskClient) -> None:
    answer = api.get(f"{HOME}{path}", headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(("path", "method"), [("/claims", "GET"), ("/check", "POST")])
def test_a_browser_that_asks_first_is_told_what_it_may(path: str, method: str, api: FlaskClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": method}
    answer = api.options(f"{HOME}{path}", headers=asked)
    assert answer.status_code == 204
    assert method in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_pages_beside_the_api_are_not_opened_to_other_sites(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/").headers
    assert "Access-Control-Allow-Origin" not in client.post("/check/answer").headers
    assert ask(client, "/health") == {"status": "ok"}
