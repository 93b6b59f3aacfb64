"""Problems: each in the form of RFC 9457, with its status, what is at fault and what would be right."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import etl
from tests.dashboard.api.asking import HOME, ask, open_api, read_problem
from tests.stored_snapshots import rename_snapshot


@pytest.mark.parametrize(
    ("path", "parameter", "near"),
    [
        ("/observations?indicator=arms_import_shar", "indicator", "arms_import_share"),
        ("/observations?ref_area=RUSS", "ref_area", "RUS"),
        ("/observations?time_period=2019-2023", "time_period", "2019-23"),
        ("/observations?indicator=exports&indicator=export", "indicator", "exports"),
        ("/claims?verdict=suported", "verdict", "supported"),
        ("/claims?dossier=india-russia", "dossier", "india_russia"),
        ("/charts/share_by_window?dossier=india-russia", "dossier", "india_russia"),
        ("/deals?status=deliverd", "status", "delivered"),
        ("/documents?format=csvx", "format", "csv"),
    ],
)
def test_an_unknown_value_is_refused_with_the_known_ones(
    path: str, parameter: str, near: str, api: FlaskClient
) -> None:
    problem = read_problem(api.get(f"{HOME}{path}"), status=400, kind="unknown-value")
    assert problem["parameter"] == parameter
    assert near in problem["known"]
    assert near in problem["detail"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=-1", "limit"),
        ("limit=1e3", "limit"),
        ("limit=٣", "limit"),
        ("limit=1&limit=2", "limit"),
        ("as_of=yesterday", "as_of"),
        ("as_of=20240331", "as_of"),
        ("as_of=2024-02-30", "as_of"),
        ("as_of=", "as_of"),
        ("snapshot=../../etc", "snapshot"),
        ("derived=yes", "derived"),
        ("&".join(["ref_area=IND"] * 51), "ref_area"),
    ],
)
def test_a_value_of_another_type_is_refused(query: str, parameter: str, api: FlaskClient) -> None:
    answer = api.get(f"{HOME}/observations?{query}")
    assert read_problem(answer, status=400, kind="invalid-value")["parameter"] == parameter


@pytest.mark.parametrize("path", ["/observations", "/charts", "/snapshots", "/health", "/openapi.json", "/"])
def test_an_unknown_parameter_is_refused_and_never_ignored(path: str, api: FlaskClient) -> None:
    answer = api.get(f"{HOME}{path}", query_string={"indicators": "exports"})
    assert read_problem(answer, status=400, kind="unknown-parameter")["parameter"] == "indicators"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/nowhere", "not-found"),
        ("/observations/", "not-found"),
        ("/evidence/nothing.of.this.name", "unknown-row"),
        ("/evidence/a//b", "unknown-row"),
        ("/charts/pie", "unknown-chart"),
        ("/claims?snapshot=2020-01-01-0123456789", "unknown-snapshot"),
        ("/claims?as_of=1900-01-01", "too-early"),
    ],
)
def test_what_is_not_there_is_not_found(path: str, kind: str, api: FlaskClient) -> None:
    read_problem(api.get(f"{HOME}{path}"), status=404, kind=kind)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/observations", "GET, HEAD, OPTIONS"),
        ("DELETE", "/claims", "GET, HEAD, OPTIONS"),
        ("GET", "/check", "POST, OPTIONS"),
        ("PATCH", "/", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(
    method: str, path: str, allowed: str, api: FlaskClient
) -> None:
    answer = api.open(f"{HOME}{path}", method=method)
    read_problem(answer, status=405, kind="method-not-allowed")
    assert answer.headers["Allow"] == allowed


def test_a_method_that_http_does_not_know_is_refused_in_the_same_form(api: FlaskClient) -> None:
    read_problem(api.open(f"{HOME}/claims", method="BREW"), status=405, kind="method-not-allowed")


def test_a_long_value_is_not_repeated_whole(api: FlaskClient) -> None:
    answer = api.get(f"{HOME}/observations", query_string={"indicator": "x" * 5_000})
    assert len(read_problem(answer, status=400, kind="unknown-value")["detail"]) < 300


def copy_build(snapshot: etl.Snapshot, folder: Path) -> Path:
    """A build that a test may damage."""
    return Path(shutil.copytree(snapshot.folder, folder / snapshot.snapshot_id))


def test_a_snapshot_whose_tables_are_gone_is_not_ready(tmp_path: Path, built_snapshot: etl.Snapshot) -> None:
    folder = copy_build(built_snapshot, tmp_path)
    api = open_api(etl.open_snapshot(folder))
    (folder / "observations.parquet").unlink()
    assert ask(api, "/health") == {"status": "ok"}
    read_problem(api.get(f"{HOME}/ready"), status=503, kind="not-ready")
    for path in ("/observations", "/claims?as_of=2024-12-31", "/charts", "/evidence/any"):
        read_problem(api.get(f"{HOME}{path}"), status=503, kind="not-ready")


def test_a_snapshot_that_can_be_read_is_ready(api: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    assert ask(api, "/ready") == {"status": "ready", "snapshot": built_snapshot.snapshot_id}


def test_snapshots_beside_the_served_one_are_listed_and_asked(
    tmp_path: Path, built_snapshot: etl.Snapshot
) -> None:
    folder = copy_build(built_snapshot, tmp_path)
    other_id = f"{built_snapshot.snapshot_id[:-10]}0123456789"
    other = Path(shutil.copytree(folder, tmp_path / other_id))
    rename_snapshot(other, other_id)
    (tmp_path / "2020-01-01-0000000000").mkdir()
    api = open_api(etl.open_snapshot(folder))
    listed: list[dict[str, Any]] = ask(api, "/snapshots")["data"]
    assert [(row["snapshot_id"], row["is_served"]) for row in listed] == [
        (built_snapshot.snapshot_id, True),
        (other_id, False),
    ]
    assert ask(api, "/claims", snapshot=other_id)["snapshot"] == other_id


def test_pages_keep_their_own_words_for_what_is_wrong(client: FlaskClient) -> None:
    assert client.get("/evidence/nothing.json").mimetype == "text/html"
    assert client.post("/healthz").mimetype == "text/html"
    assert client.get(f"{HOME}/nowhere").mimetype == "application/problem+json"
