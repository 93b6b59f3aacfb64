"""Charts as files to keep: every value with its row, and a sheet that says it all."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

import etl
from dashboard.address import Selection, TimeRange
from dashboard.chart_cache import ChartCache
from dashboard.routes.downloads import add_download_routes
from dashboard.routes.pictures import add_picture_routes
from dashboard.saved_pictures import ImageMetadata, read_svg
from dashboard.saved_pictures.chart_sheet import build_chart_metadata, draw_sheet
from dashboard.snapshot_store import SnapshotStore
from dashboard.theme import DARK, Theme

SVG = "{http://www.w3.org/2000/svg}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
DOSSIERS = (None, "pakistan_china")


@pytest.fixture(scope="module")
def chart_cache(built_snapshot: etl.Snapshot) -> ChartCache:
    return ChartCache(built_snapshot)


@pytest.fixture(scope="module")
def metadata(chart_cache: ChartCache) -> ImageMetadata:
    return build_chart_metadata(chart_cache, "share_by_window", selection=Selection(), theme=Theme())


@pytest.fixture(scope="module")
def client(chart_cache: ChartCache) -> FlaskClient:
    server = Flask(__name__)
    add_download_routes(server, store=SnapshotStore(chart_cache))
    add_picture_routes(server, store=SnapshotStore(chart_cache))
    return server.test_client()


def read_words(sheet: str) -> list[str]:
    """All words in sight on a sheet."""
    return ["".join(text.itertext()) for text in ET.fromstring(sheet).iter(f"{SVG}text")]


@pytest.mark.parametrize("dossier", DOSSIERS)
def test_every_chart_says_in_its_file_what_it_is(dossier: str | None, chart_cache: ChartCache) -> None:
    for chart in chart_cache.list_charts():
        chart_id, selection = chart.card.chart_id, Selection(dossier=dossier)
        made = build_chart_metadata(chart_cache, chart_id, selection=selection, theme=Theme())
        read = read_svg(draw_sheet(chart_cache, chart_id, selection=selection).encode())
        assert read.is_whole, chart_id
        assert read.record == made, chart_id


def test_a_record_holds_every_point_that_is_drawn_with_its_row(chart_cache: ChartCache) -> None:
    for chart in chart_cache.list_charts():
        made = build_chart_metadata(chart_cache, chart.card.chart_id, selection=Selection(), theme=Theme())
        points = chart_cache.select_view(chart.card.chart_id, Selection()).points
        assert [value.row_id for value in made.values] == list(
            dict.fromkeys(point.row_id for point in points)
        )
        assert {value.value_text for value in made.values} <= {point.value_text for point in points}


def test_values_are_those_of_the_rows_behind_them(metadata: ImageMetadata) -> None:
    (share,) = (
        value
        for value in metadata.values
        if value.row_id.endswith("window.2009-13.sipri_fact_sheets.2019-03-31")
    )
    (claim,) = (
        value for value in metadata.values if value.row_id == "business-standard-2025-12-05.share-2019-23"
    )

    assert (share.value, share.unit, share.value_text, share.period) == (76.0, "PERCENT", "76%", "2009–13")
    assert (share.publisher, share.vintage, share.period_end) == (
        "SIPRI",
        date(2019, 3, 31),
        date(2013, 12, 31),
    )
    assert (claim.stated, claim.verdict, claim.publisher) == ("36 per cent", "supported", "Business Standard")


def test_a_sheet_shows_title_subtitle_sources_and_snapshot(
    chart_cache: ChartCache, metadata: ImageMetadata
) -> None:
    text = " ".join(read_words(draw_sheet(chart_cache, "share_by_window", selection=Selection())))

    for said in (metadata.title, metadata.subtitle, *metadata.sources, metadata.snapshot_id):
        assert said in text


def test_an_earlier_day_is_said_on_the_sheet(chart_cache: ChartCache) -> None:
    selection = Selection(as_of=date(2019, 6, 30))
    known = chart_cache.turn_back(date(2019, 6, 30))

    sheet = draw_sheet(known, "share_by_window", selection=selection)

    assert any(words.endswith("as known on 30 June 2019") for words in read_words(sheet))
    read = read_svg(sheet.encode()).record
    assert read.as_of == date(2019, 6, 30)
    assert "as_of=2019-06-30" in read.address
    assert max(value.vintage for value in read.values if value.vintage) <= date(2019, 6, 30)


@pytest.mark.parametrize("width", [360, 480, 1000, 1600])
def test_no_words_of_a_sheet_leave_it_or_stand_on_each_other(width: int, chart_cache: ChartCache) -> None:
    sheet = ET.fromstring(draw_sheet(chart_cache, "milestones", selection=Selection(), width=width))

    assert float(sheet.attrib["width"]) == width
    baselines = [float(text.attrib["y"]) for text in sheet.findall(f"{SVG}text")]
    assert baselines == sorted(set(baselines))
    assert max(baselines) < float(sheet.attrib["height"])
    picture = sheet.find(f"{SVG}g/{SVG}svg")
    assert picture is not None
    assert float(picture.attrib["width"]) == width - 48


def test_a_sheet_has_colours_of_its_own_scheme_and_no_variables(chart_cache: ChartCache) -> None:
    dark = draw_sheet(chart_cache, "share_by_window", selection=Selection(), scheme="dark")

    assert "var(" not in dark
    assert DARK.paper in dark


def test_a_picture_that_is_zoomed_in_lists_what_is_in_sight(
    chart_cache: ChartCache, metadata: ImageMetadata
) -> None:
    span = TimeRange(date(2010, 1, 1), date(2016, 12, 31))

    zoomed = build_chart_metadata(
        chart_cache, "share_by_window", selection=Selection(span=span), theme=Theme()
    )

    assert 0 < len(zoomed.values) < len(metadata.values)
    assert all(value.period_end and value.period_end >= span.start for value in zoomed.values)
    assert "span=2010-01-01..2016-12-31" in zoomed.address


def test_other_programs_find_title_source_and_permanent_link(
    chart_cache: ChartCache, metadata: ImageMetadata
) -> None:
    sheet = ET.fromstring(draw_sheet(chart_cache, "share_by_window", selection=Selection()))
    core = {name: sheet.findtext(f".//{DUBLIN_CORE}{name}") for name in ("title", "source", "identifier")}
    assert core == {
        "title": metadata.title,
        "source": "; ".join(metadata.sources),
        "identifier": metadata.address,
    }
    assert f"snapshot={metadata.snapshot_id}" in metadata.address


def test_a_sheet_is_downloaded_with_the_place_kept(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    answer = client.get(
        "/download/share_by_window.svg?as_of=2019-06-30&dossier=india_russia&width=800&scheme=dark"
    )

    assert answer.content_type == "image/svg+xml; charset=utf-8"
    name = f"share_by_window.{built_snapshot.snapshot_id}.as-of-2019-06-30.svg"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert 'width="800"' in answer.text[:200]
    assert "dossier=india_russia" in read_svg(answer.data).record.address


def test_the_points_of_a_chart_are_still_tables_beside_its_sheet(client: FlaskClient) -> None:
    assert client.get("/download/share_by_window.csv").mimetype == "text/csv"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("no_such_chart.svg", 404),
        ("share_by_window.svg?as_of=soon", 404),
        ("share_by_window.svg?dossier=atlantis", 404),
        ("share_by_window.svg?snapshot=../..", 404),
        ("share_by_window.svg?width=wide", 400),
        ("share_by_window.svg?width=99999", 400),
        ("share_by_window.svg?scheme=neon", 400),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(query: str, status: int, client: FlaskClient) -> None:
    assert client.get(f"/download/{query}").status_code == status


def test_a_sheet_carries_its_specification(chart_cache: ChartCache, metadata: ImageMetadata) -> None:
    sheet = draw_sheet(chart_cache, "share_by_window", selection=Selection())

    specification = read_svg(sheet.encode()).record.specification
    assert specification == metadata.specification
    assert {"data", "layout"} <= set(specification)
