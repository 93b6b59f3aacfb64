"""The page of what changed and its Atom feed."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

import etl
from dashboard.routes.changed import write_feed
from dashboard.site.app import create_app
from dashboard.views.changes import EditionChange, Step
from tests.stored_snapshots import build_two

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[etl.Snapshot, etl.Snapshot]:
    """A snapshot without the edition of March 2026, and one with it."""
    return build_two(tmp_path_factory.mktemp("changed"))


@pytest.fixture(scope="module")
def client(two: tuple[etl.Snapshot, etl.Snapshot]) -> FlaskClient:
    """A reader of whichever of the two was built later."""
    newest = max(two, key=lambda one: (one.manifest["built_at"], one.snapshot_id))
    return create_app(newest).test_client()


def read_page(client: FlaskClient) -> str:
    answer = client.get("/changed")
    assert answer.status_code == 200
    main = LexborHTMLParser(answer.text).css_first("main")
    assert main is not None
    return main.text(separator=" ")


def test_the_page_tells_what_the_newest_snapshot_brought(
    client: FlaskClient, two: tuple[etl.Snapshot, etl.Snapshot]
) -> None:
    text = read_page(client)
    assert all(one.snapshot_id in text for one in two)
    assert "1 edition " in text
    assert "2016\u201320" in text
    assert "51%" in text
    assert "+2.0 points" in text


def test_the_page_says_where_there_is_nothing_to_compare_with(
    tmp_path: Path, two: tuple[etl.Snapshot, ...]
) -> None:
    alone = etl.open_snapshot(two[0].folder)
    lonely = tmp_path / alone.snapshot_id
    lonely.symlink_to(alone.folder)
    assert "No earlier snapshot is kept" in read_page(create_app(etl.Snapshot(lonely)).test_client())


def test_the_page_is_reached_from_the_claims(client: FlaskClient) -> None:
    page = LexborHTMLParser(client.get("/claims").text)
    assert "/changed" in {link.attributes.get("href") for link in page.css("main a")}


def test_the_feed_has_an_entry_for_each_step(
    client: FlaskClient, two: tuple[etl.Snapshot, etl.Snapshot]
) -> None:
    answer = client.get("/changed.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.text)
    assert all(feed.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated", "author"))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 1
    named = entries[0].findtext(f"{ATOM}id", "")
    assert all(one.snapshot_id in named for one in two)
    assert "Figure restated" in entries[0].findtext(f"{ATOM}content", "")


def test_a_publishers_words_are_text_in_the_feed() -> None:
    edition = EditionChange("added", "A & B <b>", "Title", "1 May 2026", "sources/x.csv")
    step = Step("a", "b", "2026-05-01T00:00:00+00:00", ("1 edition added",), (edition,), (), 0, (), ())
    feed = ET.fromstring(write_feed([step], home="https://figures.example", updated=step.built_at))
    content = feed.find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert "A & B <b>" in (content.text or "")
