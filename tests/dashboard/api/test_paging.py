"""Paging: every row once, at any size of page, within one snapshot."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import etl
from tests.dashboard.api.asking import HOME, SHARE, ask, list_rows, open_api, read_problem
from tests.etl.workbench import copy_datasets

SHARED_CLIENT = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SHARED_CLIENT
@given(sizes=st.lists(st.integers(1, 1000), min_size=1, max_size=12))
def test_paging_gives_every_row_once_at_any_sizes_of_page(sizes: list[int], api: FlaskClient) -> None:
    expected = [row["area"] for row in list_rows(api, "/areas", limit=1000)]
    answer = ask(api, "/areas", limit=sizes[0])
    found = [row["area"] for row in answer["data"]]
    place = 0
    while answer["next"]:
        place += 1
        # The size may change from one page to the next: the cursor is a place, not a page.
        query = {name: values[0] for name, values in parse_qs(urlsplit(answer["next"]).query).items()}
        answer = ask(api, "/areas", **{**query, "limit": max(20, sizes[place % len(sizes)])})
        found += [row["area"] for row in answer["data"]]
    assert found == expected


def test_the_next_address_is_pinned_to_the_snapshot(api: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    following = ask(api, "/observations")["next"]
    assert parse_qs(urlsplit(following).query)["snapshot"] == [built_snapshot.snapshot_id]
    assert "immutable" in api.get(following).headers["Cache-Control"]


def test_the_last_page_has_no_next(api: FlaskClient) -> None:
    assert ask(api, "/dossiers")["next"] is None


def test_paging_goes_on_in_its_snapshot_when_another_is_served(tmp_path: Path) -> None:
    bench = copy_datasets(tmp_path)
    older = bench.build()
    next((bench.datasets / "dossiers").rglob("milestones.csv")).unlink()
    newer = bench.build()
    assert older.snapshot_id != newer.snapshot_id
    following = ask(open_api(older), "/claims", limit=3)["next"]
    answer = json.loads(open_api(newer).get(following).data)
    assert answer["snapshot"] == older.snapshot_id
    assert answer["data"][0]["claim_id"] == older.table("claims")["claim_id"][3]


CURSOR = "AAAAAQAAAAAAAAAA"


@pytest.mark.parametrize("cursor", [CURSOR, "________________", "0000000000000000"])
def test_a_cursor_that_no_answer_gave_is_refused(cursor: str, api: FlaskClient) -> None:
    answer = api.get(f"{HOME}/areas", query_string={"cursor": cursor})
    assert read_problem(answer, status=400, kind="malformed-cursor")["parameter"] == "cursor"


@pytest.mark.parametrize("cursor", ["", "A", "A" * 17, "AAAA AAAA AAAA A", "ÄAAAAAAAAAAAAAAA"])
def test_what_is_no_cursor_is_refused(cursor: str, api: FlaskClient) -> None:
    answer = api.get(f"{HOME}/areas", query_string={"cursor": cursor})
    assert read_problem(answer, status=400, kind="invalid-value")["parameter"] == "cursor"


@pytest.mark.parametrize(
    "change",
    [{"indicator": "exports"}, {"as_of": "2024-12-31"}, {"derived": "true"}],
    ids=["filter", "day", "more"],
)
def test_a_cursor_of_another_question_is_refused(change: dict[str, str], api: FlaskClient) -> None:
    following = ask(api, "/observations", **SHARE, limit=10)["next"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(following).query).items()}
    answer = api.get(f"{HOME}/observations", query_string={**query, **change})
    read_problem(answer, status=400, kind="malformed-cursor")
