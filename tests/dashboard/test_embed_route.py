"""One chart alone: live, pinned to a kept snapshot, and honest where it cannot be shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import etl
from dashboard.charts import find_charts
from dashboard.site.app import create_app
from tests.stored_snapshots import rename_snapshot

OLDER = "2020-01-01-0123456789"


@pytest.fixture(scope="module")
def kept(built_snapshot: etl.Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two snapshots: the built one, and a copy under an older name."""
    folder = tmp_path_factory.mktemp("kept")
    for snapshot_id in (built_snapshot.snapshot_id, OLDER):
        shutil.copytree(built_snapshot.folder, folder / snapshot_id)
    rename_snapshot(folder / OLDER, OLDER)
    return folder / built_snapshot.snapshot_id


@pytest.fixture(scope="module")
def client(kept: Path) -> FlaskClient:
    """A client of a dashboard that serves the newer of the two."""
    client: FlaskClient = create_app(etl.open_snapshot(kept)).test_client()
    return client


@pytest.mark.parametrize("chart_id", sorted(find_charts()))
def test_every_chart_can_be_embedded_with_its_picture_in_the_answer(
    chart_id: str, client: FlaskClient
) -> None:
    page = client.get(f"/embed/{chart_id}")
    assert page.status_code == 200
    assert 'role="button"' in page.text
    assert f'data-chart="{chart_id}"' in page.text


def test_addresses_of_a_chart_whose_place_was_taken_show_the_one_that_took_it(client: FlaskClient) -> None:
    page = client.get("/embed/deals?show=all")
    assert page.status_code == 200
    assert 'data-chart="deals_progress"' in page.text
    assert 'role="button"' in page.text
    assert 'id="deals"' in client.get("/arms").text
    assert client.get("/download/deals.csv").data == client.get("/download/deals_progress.csv").data


def test_a_live_embed_names_its_snapshot(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    page = client.get("/embed/share_by_window").text
    assert f"Live: snapshot <code>{built_snapshot.snapshot_id}</code>" in page
    assert "A newer one exists" not in page


def test_a_pinned_embed_says_that_a_newer_snapshot_exists(client: FlaskClient) -> None:
    page = client.get(f"/embed/share_by_window?snapshot={OLDER}").text
    assert f"Pinned to snapshot <code>{OLDER}</code>" in page
    assert 'href="/embed/share_by_window?"' in page


def test_a_pinned_embed_names_both_snapshots_which_may_be_of_one_day(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    page = client.get(f"/embed/share_by_window?snapshot={OLDER}").text
    newer = f"A newer one exists, </strong><code>{built_snapshot.snapshot_id}</code>"
    assert f"<code>{OLDER}</code>" in page
    assert newer in page


@pytest.mark.parametrize("chart_id", sorted(find_charts()))
def test_every_footnote_mark_leads_to_a_line_of_the_embed(chart_id: str, client: FlaskClient) -> None:
    page = client.get(f"/embed/{chart_id}").text
    marks = set(re.findall(r'href="#(footnote-\d+)"', page))
    assert marks
    lines = set(re.findall(r'<li id="(footnote-\d+)"', page))
    in_table = re.findall(r"sources&quot;:\[([\d,]+)\]", page)
    assert marks == lines
    assert in_table
    assert {f"footnote-{number}" for numbers in in_table for number in numbers.split(",")} <= lines


def test_a_mark_stays_in_the_frame_and_what_its_line_leads_to_opens_beside_it(client: FlaskClient) -> None:
    page = client.get("/embed/share_by_window").text
    marks = re.findall(r'<a [^>]*href="#footnote-\d+"[^>]*>', page)
    lines = page[page.index('class="source-list"') :].partition("</ul>")[0]
    assert '<base target="_blank">' in page
    assert all('target="_self"' in mark for mark in marks)
    assert "href=" in lines
    assert "target=" not in lines


@pytest.mark.parametrize("address", ["share_by_window", "mirror?dossier=pakistan_china"])
def test_the_title_of_the_chart_is_the_only_heading_of_its_rank(address: str, client: FlaskClient) -> None:
    page = client.get(f"/embed/{address}").text
    chart_id = address.partition("?")[0]
    assert re.findall(r'<h1 id="([^"]+)"', page) == [f"{chart_id}-title"]


def test_an_empty_embed_says_so_once_and_offers_nothing_empty(client: FlaskClient) -> None:
    page = client.get("/embed/mirror?dossier=pakistan_china").text
    assert page.count("No year is known here as both sides report it") == 1
    offered = ("Table of", "Sources", "/download/", "/cite/", 'class="stage"', "every point opens")
    assert [words for words in offered if words in page.partition("<figcaption>")[2]] == []
    assert 'href="/trade?dossier=pakistan_china#mirror"' in page


def test_what_a_pinned_embed_asks_for_comes_from_its_snapshot(client: FlaskClient) -> None:
    page = client.get(f"/embed/share_by_window?snapshot={OLDER}").text
    picture = re.search(r'data-picture-of="([^"]+)"', page)
    assert picture
    address = picture[1].replace("&amp;", "&")
    assert f"v={OLDER}" in address
    answer = client.get(f"{address}&width=600")
    assert answer.headers["Cache-Control"].endswith("immutable")
    name = client.get(f"/download/share_by_window.csv?snapshot={OLDER}").headers["Content-Disposition"]
    assert OLDER in name


@pytest.mark.parametrize("asked", ["2019-01-01-aaaaaaaaaa", "../../etc/passwd", "newest"])
def test_a_snapshot_that_is_not_kept_is_refused_in_words(asked: str, client: FlaskClient) -> None:
    page = client.get("/embed/share_by_window", query_string={"snapshot": asked})
    assert page.status_code == 404
    assert "is not kept here" in page.text
    assert "Show the newest instead" in page.text


def test_an_unknown_chart_is_refused_with_those_that_are_known(client: FlaskClient) -> None:
    page = client.get("/embed/no_such_chart")
    assert page.status_code == 404
    assert "share_by_window" in page.text


def test_any_site_may_frame_an_embed_and_none_a_page(client: FlaskClient) -> None:
    # Not even by "*", which no page opened from a disk matches.
    assert "frame-ancestors" not in client.get("/embed/crude").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in client.get("/").headers["Content-Security-Policy"]


def test_markup_in_the_address_stays_text(client: FlaskClient) -> None:
    page = client.get("/embed/share_by_window", query_string={"snapshot": "<script>alert(1)</script>"})
    assert "<script>alert" not in page.text
