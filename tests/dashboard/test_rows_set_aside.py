"""A chart whose files lack rows says how many, in a page, an embed and a report, and leads to them."""

from __future__ import annotations

import re

import pytest

import etl
from dashboard.site.app import create_app
from tests.etl.workbench import copy_datasets

SAID = "1 row of these files was set aside"
CHART = "bilateral_trade"


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> etl.Snapshot:
    """A snapshot in which one row of a source names no known area."""
    workbench = copy_datasets(tmp_path_factory.mktemp("lacking"))
    path = workbench.find_file("un_comtrade")
    workbench.append_line(path, "2021,Atlantis,import,Russia,CIF,1,UN Comtrade,")
    return workbench.build()


def find_frame(text: str, chart_id: str) -> str:
    """The part of a page that one chart takes."""
    found = re.search(rf'<figure[^>]*id="{chart_id}".*?</figure>', text, re.DOTALL)
    assert found
    return found[0]


def test_a_page_and_an_embed_say_how_many_rows_are_missing_and_link_them(lacking: etl.Snapshot) -> None:
    client = create_app(lacking).test_client()
    framed = find_frame(client.get("/trade").text, CHART)
    assert SAID in framed
    assert re.search(r'href="/data[^"]*#quarantine"', framed)
    assert SAID in client.get("/embed/bilateral_trade").text
    assert 'id="quarantine"' in client.get("/data").text


def test_a_chart_of_other_files_says_nothing(lacking: etl.Snapshot) -> None:
    client = create_app(lacking).test_client()
    assert "set aside" not in find_frame(client.get("/").text, "share_by_window")


def test_a_report_says_it_too(lacking: etl.Snapshot) -> None:
    text = create_app(lacking).test_client().get("/report/india_russia.html").text
    assert SAID in find_frame(text, CHART)


def test_where_nothing_is_missing_nothing_is_said(built_snapshot: etl.Snapshot) -> None:
    assert "set aside" not in find_frame(create_app(built_snapshot).test_client().get("/trade").text, CHART)
