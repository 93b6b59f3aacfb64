"""Rows: what filters let through, on which day, and in which formats they leave."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import polars as pl
import pytest
from flask.testing import FlaskClient

import etl
from tests.dashboard.api.asking import HOME, SHARE, ask, list_rows

TABLES = {
    "observations": "obs_id",
    "claims": "claim_id",
    "documents": "document_id",
    "deals": "deal_id",
    "milestones": "milestone_id",
    "disagreements": "disagreement_id",
    "areas": "area",
    "dossiers": "dossier_id",
    "sources": "file",
}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_answered_whole_and_in_its_order(
    table: str, api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    rows = list_rows(api, f"/{table}", limit=1000)
    assert [row[TABLES[table]] for row in rows] == built_snapshot.table(table)[TABLES[table]].to_list()


def test_an_answer_names_its_snapshot_and_day(api: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    answer = ask(api, "/observations", limit=1)
    assert list(answer) == ["snapshot", "as_of", "data", "next"]
    assert answer["snapshot"] == built_snapshot.snapshot_id
    assert answer["as_of"] == built_snapshot.as_of.isoformat()


def test_the_share_of_2019_23_has_a_row_for_each_edition(
    api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    rows = list_rows(api, "/observations", **SHARE, time_period="2019-23")
    held = built_snapshot.observations(**SHARE, time_period="2019-23").collect()
    assert [row["obs_id"] for row in rows] == held["obs_id"].to_list()
    assert len({row["vintage"] for row in rows}) > 1
    recomputed = {row["vintage"]: row["obs_value"] for row in rows if row["derivation"]}
    assert round(recomputed["2026-02-12"], 1) == 36.2


def test_every_row_says_where_it_is_from_and_what_may_be_done_with_it(api: FlaskClient) -> None:
    for row in list_rows(api, "/observations", **SHARE):
        told = (
            "source_id",
            "source_file",
            "source_locator",
            "vintage",
            "obs_status",
            "licence",
            "snapshot_id",
        )
        assert all(row[name] for name in told)


def test_several_values_of_a_filter_let_each_through(api: FlaskClient) -> None:
    apart = [list_rows(api, "/claims", verdict=verdict) for verdict in ("supported", "not_comparable")]
    together = list_rows(api, "/claims", verdict=["supported", "not_comparable"])
    assert len(together) == sum(len(rows) for rows in apart)
    assert {row["verdict"] for row in together} == {"supported", "not_comparable"}


@pytest.mark.parametrize("is_derived", [True, False])
def test_derived_values_and_values_as_read_are_told_apart(is_derived: bool, api: FlaskClient) -> None:
    rows = list_rows(api, "/observations", **SHARE, derived=str(is_derived).lower())
    assert rows
    assert all((row["derivation"] is not None) == is_derived for row in rows)


def test_an_earlier_day_has_only_what_was_known_then(api: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    day = "2021-12-31"
    rows = list_rows(api, "/observations", as_of=day, limit=1000)
    limited = etl.open_snapshot(built_snapshot.folder, as_of=date.fromisoformat(day))
    assert len(rows) == limited.table("observations").height
    assert max(row["vintage"] for row in rows) <= day
    assert ask(api, "/observations", as_of=day)["as_of"] == day


def test_a_day_after_the_snapshots_own_is_read_as_that(
    api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    assert ask(api, "/claims", as_of="2999-01-01")["as_of"] == built_snapshot.as_of.isoformat()


def test_verdicts_are_those_of_the_day_that_is_shown(api: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    day = max(built_snapshot.table("documents")["published_on"].to_list())
    early = etl.open_snapshot(built_snapshot.folder, as_of=day)
    expected = early.verdicts(occasion="snapshot").select("claim_id", "verdict").collect()
    rows = list_rows(api, "/claims", as_of=day)
    assert {row["claim_id"]: row["verdict"] for row in rows} == dict(expected.iter_rows())


def test_a_dossier_has_its_own_documents_claims_alone(api: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    for dossier in built_snapshot.table("dossiers")["dossier_id"]:
        documents = {row["document_id"] for row in list_rows(api, "/documents", dossier=dossier)}
        stated = {row["document_id"] for row in list_rows(api, "/claims", dossier=dossier)}
        assert stated <= documents


def test_what_may_not_be_passed_on_leaves_without_its_value(
    api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    sources = built_snapshot.sources(redistributable=False, extract=False).collect()
    restricted = sources["source_id"].unique().to_list()
    rows = list_rows(api, "/observations", source_id=restricted, derived="false", limit=1000)
    assert rows
    assert {row["redistributable"] for row in rows} == {False}
    assert {row["obs_value"] for row in rows} == {None}


def read_file(kind: str, content: bytes) -> pl.DataFrame:
    """A file as a frame."""
    readers: dict[str, Any] = {
        "csv": lambda: pl.read_csv(io.BytesIO(content), infer_schema_length=None),
        "parquet": lambda: pl.read_parquet(io.BytesIO(content)),
        "xlsx": lambda: pl.read_excel(io.BytesIO(content), engine="calamine"),
        "sdmx-csv": lambda: pl.read_csv(io.BytesIO(content), infer_schema_length=None).rename(
            {"OBS_ID": "obs_id", "OBS_VALUE": "obs_value"}
        ),
    }
    frame: pl.DataFrame = readers[kind]()
    return frame


@pytest.mark.parametrize("kind", ["csv", "parquet", "sdmx-csv"])
def test_a_file_has_all_rows_that_the_filters_let_through(kind: str, api: FlaskClient) -> None:
    answer = api.get(f"{HOME}/observations", query_string={**SHARE, "format": kind})
    frame = read_file(kind, answer.data)
    rows = list_rows(api, "/observations", **SHARE)
    assert len(rows) > 50
    assert frame["obs_id"].to_list() == [row["obs_id"] for row in rows]
    assert frame["obs_value"].to_list() == pytest.approx([row["obs_value"] for row in rows])
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="observations.')


def test_a_file_of_some_rows_says_where_the_others_are(api: FlaskClient) -> None:
    query = {**SHARE, "format": "csv", "limit": 70}
    first = api.get(f"{HOME}/observations", query_string=query)
    following = first.headers["Link"].partition('>; rel="next"')[0].removeprefix("<")
    pages = [read_file("csv", answer.data) for answer in (first, api.get(following))]
    assert [page.height for page in pages] == [70, len(list_rows(api, "/observations", **SHARE)) - 70]


def test_the_same_question_gives_the_same_bytes(built_snapshot: etl.Snapshot, api: FlaskClient) -> None:
    for kind in ("json", "csv", "parquet", "xlsx"):
        query = {**SHARE, "format": kind, "limit": 5}
        first = api.get(f"{HOME}/observations", query_string=query)
        assert first.data == api.get(f"{HOME}/observations", query_string=query).data
