"""A link that names a snapshot shows that snapshot where it is kept, and its page leads on inside it."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from flask.testing import FlaskClient

import etl
from dashboard.site.app import create_app
from tests.stored_snapshots import build_two

PAGES = ("/", "/arms", "/revisions", "/trade", "/claims", "/documents", "/data", "/methods", "/compare")
ABSENT = "2020-01-01-0123456789"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[etl.Snapshot, etl.Snapshot]:
    """The older and the newer of two kept snapshots."""
    return build_two(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def client(two: tuple[etl.Snapshot, etl.Snapshot]) -> FlaskClient:
    """A client of a dashboard that serves the newer one."""
    client: FlaskClient = create_app(two[1]).test_client()
    return client


def list_addresses(page: str) -> set[str]:
    """What a page links to, fetches and downloads on this site."""
    found = re.findall(r'(?:href|data-picture-of)="(/[^"#]*)', page)
    return {address for address in found if not address.startswith(("/assets", "/api", "/_dash"))}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_a_kept_snapshot_leads_on_in_it(
    path: str, client: FlaskClient, two: tuple[etl.Snapshot, etl.Snapshot]
) -> None:
    older = two[0].snapshot_id
    answer = client.get(path, query_string={"snapshot": older})
    assert answer.status_code == 200
    assert f'data-kept="{older}"' in answer.text
    leaving = {address for address in list_addresses(answer.text) if f"snapshot={older}" not in address}
    # Only the banner leads to the newest.
    assert leaving == {path}


def test_a_kept_snapshot_shows_what_it_knew(
    client: FlaskClient, two: tuple[etl.Snapshot, etl.Snapshot]
) -> None:
    older, newer = two
    assert "edition of March 2026" in client.get("/arms").text
    kept = client.get("/arms", query_string={"snapshot": older.snapshot_id}).text
    assert "edition of March 2026" not in kept
    assert f'id="footer-snapshot">{older.snapshot_id}<' in kept
    assert f'id="footer-snapshot">{newer.snapshot_id}<' in client.get("/arms").text


def test_a_link_to_the_snapshot_that_is_served_is_an_ordinary_link(
    client: FlaskClient, two: tuple[etl.Snapshot, etl.Snapshot]
) -> None:
    page = client.get("/trade", query_string={"snapshot": two[1].snapshot_id}).text
    assert 'class="banner"' not in page
    assert "/arms" in list_addresses(page)


@pytest.mark.parametrize("asked", [ABSENT, "nope", "../x"])
def test_a_snapshot_that_is_not_kept_is_said_not_to_be(asked: str, client: FlaskClient) -> None:
    page = client.get("/trade", query_string={"snapshot": asked}).text
    assert f"<code>{asked}</code>, which is not kept here" in page
    assert "data-kept" not in page
    assert not [address for address in list_addresses(page) if asked in address]


def test_a_page_that_an_old_snapshot_cannot_show_says_so(tmp_path: Path) -> None:
    older, newer = build_two(tmp_path)
    path = older.folder / "sources.parquet"
    pl.read_parquet(path).drop("extract").write_parquet(path)
    client = create_app(newer).test_client()
    data = client.get("/data", query_string={"snapshot": older.snapshot_id})
    assert data.status_code == 404
    assert "This page cannot be shown as it was kept" in data.text
