"""Pages over HTTP: kept by what they depend on, sent without a query again, whole where a part fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

import etl
from dashboard.site.app import create_app

BR = {"Accept-Encoding": "br"}
PHONE = {"Sec-CH-UA-Mobile": "?1"}


@pytest.fixture
def client(built_snapshot: etl.Snapshot) -> FlaskClient:
    """A client of a dashboard that nobody asked before."""
    return create_app(built_snapshot).test_client()


@pytest.fixture
def forbid_queries(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """After it no table is read."""

    def fail(*_args: object, **_options: object) -> None:
        raise AssertionError("a query was run")

    return lambda: monkeypatch.setattr("polars.LazyFrame.collect", fail)


def test_a_page_is_built_once_for_all_who_are_answered_alike(
    client: FlaskClient, forbid_queries: Callable[[], None]
) -> None:
    first = client.get("/arms", headers=BR)
    forbid_queries()
    for path in ("/arms", "/arms?point=a", "/arms?utm_source=b", "/arms?side=left"):
        assert client.get(path, headers=BR).data == first.data
    assert client.get("/trade", headers=BR).status_code == 500


@pytest.mark.parametrize(
    "other", [{"headers": {**BR, **PHONE}}, {"headers": BR, "base_url": "http://other/"}]
)
def test_what_an_answer_depends_on_is_told_apart(other: dict[str, Any], client: FlaskClient) -> None:
    first, second = client.get("/arms", headers=BR), client.get("/arms", **other)
    assert first.data != second.data
    assert first.headers["ETag"] != second.headers["ETag"]
    assert client.get("/arms", headers=BR).data == first.data


def test_an_answer_says_what_it_depends_on(client: FlaskClient) -> None:
    named = {name.strip() for name in client.get("/arms", headers=BR).headers["Vary"].split(",")}
    assert named == {"Accept-Encoding", "Sec-CH-UA-Mobile", "User-Agent"}


@pytest.mark.parametrize("path", ["/", "/arms?as_of=2019-03-31", "/trade?span=2018-01-01..2024-12-31"])
def test_who_has_a_page_is_told_so_without_a_query(
    path: str, client: FlaskClient, built_snapshot: etl.Snapshot, forbid_queries: Callable[[], None]
) -> None:
    tag = client.get(path, headers=BR).headers["ETag"]
    started_anew = create_app(built_snapshot).test_client()
    forbid_queries()
    for each in (client, started_anew):
        answer = each.get(path, headers={**BR, "If-None-Match": tag})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)


def test_a_packed_page_is_the_page(client: FlaskClient) -> None:
    plain, packed = client.get("/trade"), client.get("/trade", headers=BR)
    assert brotli.decompress(packed.data) == plain.data
    assert plain.headers["ETag"] != packed.headers["ETag"]


@pytest.mark.parametrize("path", ["/nowhere", "/claims?verdict=excellent", "/arms?as_of=yesterday"])
def test_what_is_not_there_has_no_tag(path: str, client: FlaskClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "ETag" not in answer.headers
