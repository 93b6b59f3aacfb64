"""A page is one document with its pictures and its title; scripts and styles are small and kept long."""

from __future__ import annotations

import re
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import brotli
import pytest
from flask.testing import FlaskClient

import etl
from dashboard.asset_files import list_names, write_asset_address
from dashboard.charts import find_charts
from dashboard.site.app import create_app, warm_up
from dashboard.site.static_files import pack_asset

MOST_BYTES = 40_000
# Only a fault lasts so long: it ends a wait that nobody would end.
DEADLOCK_SECONDS = 60
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 15) Mobile Safari"}


@pytest.mark.parametrize(
    ("path", "page"), [("/", "overview"), ("/arms", "arms"), ("/trade", "trade"), ("/revisions", "revisions")]
)
def test_the_first_answer_has_every_chart_of_its_page_drawn(
    path: str, page: str, client: FlaskClient
) -> None:
    text = client.get(path).text
    charts = [chart_id for chart_id, chart in find_charts().items() if page in chart.card.pages]
    assert text.count('<svg class="picture"') == len(charts)
    for chart_id in charts:
        assert re.search(rf'data-chart="{chart_id}"[^>]*><svg class="picture"', text)


def test_the_first_answer_is_titled_as_its_page(client: FlaskClient) -> None:
    assert "<title>Arms imports · Footnoted</title>" in client.get("/arms").text


def test_a_page_that_is_not_there_is_answered_as_such(client: FlaskClient) -> None:
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "There is no such page" in page.text


def test_a_phone_gets_pictures_for_a_phone(client: FlaskClient) -> None:
    widths = set(re.findall(r'<svg class="picture"[^>]* width="(\d+)"', client.get("/", headers=PHONE).text))
    assert widths == {"343"}


def test_what_an_address_asks_for_is_in_the_first_answer(client: FlaskClient) -> None:
    assert "As known on 31 March 2019" in client.get("/arms?as_of=2019-03-31").text
    zoomed = client.get("/trade?span=2018-01-01..2024-12-31").text
    assert 'data-start="2018-01-01" data-stop="2024-12-31"' in zoomed


def test_text_in_an_address_is_never_markup(client: FlaskClient) -> None:
    page = client.get("/", query_string={"dossier": "<script>alert(1)</script>", "span": "{%config%}"})
    assert "<script>alert" not in page.text


def test_a_reading_page_loads_no_script_of_a_library(client: FlaskClient) -> None:
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', client.get("/").text)
    assert scripts
    assert [name for name in scripts if not name.startswith("/assets/")] == []


def test_the_first_answer_is_small(client: FlaskClient) -> None:
    packed = client.get("/", headers={"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.data) < MOST_BYTES


@pytest.mark.parametrize("suffix", [".js", ".css"])
def test_scripts_and_styles_are_packed_densely_and_kept_for_a_year(suffix: str, client: FlaskClient) -> None:
    address = write_asset_address(list_names(suffix)[0])
    assert address in client.get("/").text
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain.data
    assert "max-age=31536000" in packed.headers["Cache-Control"]
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert client.get(address, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_a_file_at_the_address_of_an_earlier_version_is_not_kept(client: FlaskClient) -> None:
    name = list_names(".css")[0]
    answer = client.get(f"/assets/000000000000/{name}")
    assert answer.data == client.get(write_asset_address(name)).data
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["fonts/widths.json", "fonts/README.md", "nothing.js", "../theme.py"])
def test_files_that_no_page_uses_are_not_served(name: str, client: FlaskClient) -> None:
    assert client.get(f"/assets/000000000000/{name}").status_code == 404


def test_warming_up_waits_for_no_packing(
    built_snapshot: etl.Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack_asset.cache_clear()
    is_warm, packed = Event(), SimpleQueue[bool]()

    def compress(content: bytes, **_options: object) -> bytes:
        packed.put(is_warm.wait(timeout=DEADLOCK_SECONDS))
        return content

    monkeypatch.setattr(brotli, "compress", compress)
    app = create_app(built_snapshot)
    warm_up(app)
    assert app.test_client().get("/healthz").status_code == 200
    is_warm.set()
    assert packed.get(timeout=DEADLOCK_SECONDS)


def test_a_text_that_is_added_later_is_shown_at_the_next_visit(
    client: FlaskClient, built_snapshot: etl.Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = built_snapshot.claims().collect().to_dicts()[0]
    path = f"/documents/{claim['document_id']}"
    monkeypatch.setenv("FOOTNOTED_DATASETS", str(tmp_path))
    assert "marked-text" not in client.get(path).text
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / f"{claim['document_id']}.txt").write_text(f"It says {claim['stated_as']}.", encoding="utf-8")
    assert "marked-text" in client.get(path).text
