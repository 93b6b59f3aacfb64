"""Several dossiers: each on every page, none with words of another, a third one by files alone."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

import etl
from dashboard.address import Selection, SelectionError
from dashboard.chart_cache import ChartCache
from dashboard.pages import find_pages
from dashboard.site.app import create_app
from dashboard.site.page_answers import SiteContext, build_surroundings
from dashboard.views.dossiers import find_dossier, list_dossiers
from tests.dashboard.page_parts import (
    enter,
    list_links,
    list_opened,
    open_page,
    read_everything,
    read_text,
    walk,
)
from tests.dashboard.third_dossier import DOSSIER_ID, add_third_dossier
from tests.etl.workbench import copy_datasets

# The page Check itself brings an example text, which is about whatever it is about.
PATHS = [page.card.path for page in find_pages() if page.card.in_navigation and page.card.path != "/check"]
SECOND = "dossier=pakistan_china"

every_path = pytest.mark.parametrize("path", PATHS)


@pytest.fixture(scope="module")
def site_context(built_snapshot: etl.Snapshot) -> SiteContext:
    return SiteContext(built_snapshot, ChartCache(built_snapshot), find_pages())


@pytest.fixture(scope="module")
def third_site_context(tmp_path_factory: pytest.TempPathFactory) -> SiteContext:
    workbench = copy_datasets(tmp_path_factory.mktemp("third"))
    add_third_dossier(workbench)
    snapshot = workbench.build()
    return SiteContext(snapshot, ChartCache(snapshot), find_pages())


@every_path
def test_no_page_of_the_second_dossier_speaks_of_the_first(path: str, site_context: SiteContext) -> None:
    page = open_page(site_context, path, SECOND)
    layout, title = page.layout, page.title
    assert "Pakistan and China" in title
    assert re.findall(r"\b(?:Indian?|Russian?|IND|RUS|Rs|76%|36%)\b", read_everything(layout)) == []


@every_path
def test_a_page_of_the_second_dossier_draws_no_empty_chart(path: str, site_context: SiteContext) -> None:
    layout = open_page(site_context, path, SECOND).layout
    drawn = [part for part in walk(layout) if getattr(part, "_type", "") == "Graph"]
    assert all(graph.figure["data"] for graph in drawn)
    assert "None" not in read_text(layout)


def test_the_second_dossier_leads_with_its_newest_share(site_context: SiteContext) -> None:
    text = read_text(open_page(site_context, "/", SECOND).layout)
    assert (
        "China’s share of Pakistan’s arms imports was 51% for 2009–13; "
        "the newest figure is 80% for 2021–25 (SIPRI via Millennium Post, March 2026)." in text
    )


def test_every_edition_of_the_second_dossier_stands_beside_the_others(site_context: SiteContext) -> None:
    text = read_text(open_page(site_context, "/", SECOND).layout)
    editions = text.partition("What it gives")[2]
    assert re.findall(r"(\d+)% for (\d{4}–\d{2})", editions) == [
        ("73", "2016–20"),
        ("80", "2021–25"),
        ("74", "2015–19"),
        ("81", "2020–24"),
        ("51", "2009–13"),
        ("69", "2014–18"),
        ("82", "2019–23"),
    ]


def test_all_published_shares_of_the_second_dossier_say_who_reported_them(
    built_snapshot: etl.Snapshot,
) -> None:
    rows = built_snapshot.observations(ref_area="PAK", counterpart_area="CHN").collect()
    assert sorted(rows["obs_value"]) == [51, 69, 73, 74, 80, 81, 82]
    assert rows["as_reported_by"].null_count() == 0


def test_what_is_missing_is_said_in_one_line(site_context: SiteContext) -> None:
    layout = open_page(site_context, "/trade", SECOND).layout
    assert "No figures yet for: Pakistan–China goods trade" in read_text(layout)


@every_path
@pytest.mark.parametrize("query", [SECOND, "as_of=2025-12-31", f"{SECOND}&as_of=2025-12-31"])
def test_every_link_keeps_the_dossier_and_the_day(path: str, query: str, site_context: SiteContext) -> None:
    page = open_page(site_context, path, query)
    around = build_surroundings(enter(site_context, path, query), current=page.current)
    place = parse_qs(query)
    assert {name: [text] for name, text in around.place.items()} == place
    links = [*list_links(around.navigation), *list_links(page.layout)]
    lost = [
        link for link in links if {key: parse_qs(urlsplit(link).query).get(key) for key in place} != place
    ]
    # Only the banner leads back to the newest.
    assert len(lost) == ("as_of" in place)


def test_the_menu_leads_to_the_same_page_of_every_dossier(site_context: SiteContext) -> None:
    asked = enter(site_context, "/arms", "as_of=2025-03-10")
    dossiers, _ = build_surroundings(asked, current="/arms").menus
    assert list_links(dossiers) == ["/arms?as_of=2025-03-10", "/arms?dossier=pakistan_china&as_of=2025-03-10"]
    chosen = [part for part in walk(dossiers) if getattr(part, "aria-current", None)]
    assert [read_text(link) for link in chosen] == ["India and Russia"]


def test_a_document_is_left_for_the_list_where_another_dossier_is_chosen(site_context: SiteContext) -> None:
    path = "/documents/nationpress-2025-08-06"
    dossiers, _ = build_surroundings(enter(site_context, path), current="/documents").menus
    assert list_links(dossiers) == ["/documents", "/documents?dossier=pakistan_china"]


def test_a_dossier_that_is_not_there_is_named_with_those_that_are(site_context: SiteContext) -> None:
    page = open_page(site_context, "/", "dossier=atlantis")
    layout, title = page.layout, page.title
    assert "atlantis" in read_text(layout)
    assert "pakistan_china" in read_text(layout)
    assert title.startswith("Not found")
    with pytest.raises(SelectionError, match="atlantis"):
        find_dossier(site_context.snapshot, Selection(dossier="atlantis"))


def test_the_main_dossier_is_the_same_on_every_day(built_snapshot: etl.Snapshot) -> None:
    # On that day no document was out yet that could tell the dossiers apart.
    early = etl.open_snapshot(
        built_snapshot.folder, as_of=min(built_snapshot.observations().collect()["vintage"])
    )
    ids = [[each.dossier_id for each in list_dossiers(snapshot)] for snapshot in (built_snapshot, early)]
    assert ids[0] == ids[1] == ["india_russia", "pakistan_china"]


@every_path
def test_a_third_dossier_is_served_on_every_page_without_code(
    path: str, third_site_context: SiteContext
) -> None:
    query = f"dossier={DOSSIER_ID}"
    page = open_page(third_site_context, path, query)
    layout, title = page.layout, page.title
    everything = read_everything(layout)
    assert "Brazil and France" in title
    assert re.findall(r"\b(?:Indian?|Russian?|Pakistan|Chinese|fiscal years, April)\b", everything) == []
    for row_id in list_opened(layout):
        assert third_site_context.snapshot.evidence(row_id).row_id == row_id


def test_a_third_dossier_shows_its_own_figures(third_site_context: SiteContext) -> None:
    query = f"dossier={DOSSIER_ID}"
    pages = {
        path: read_everything(open_page(third_site_context, path, query).layout)
        for path in ("/", "/trade", "/claims", "/documents", "/revisions", "/data")
    }
    assert "is printed as " in pages["/"]
    assert "23%" in pages["/"]
    assert "calendar years" in pages["/trade"]
    assert "$8.4 bn" in pages["/trade"]
    assert "20%" in pages["/trade"]
    assert "superseded" in pages["/claims"]
    assert "A note on two countries" in pages["/documents"]
    assert "restated from 21% (10 June 2024)" in pages["/revisions"]
    assert "A Customs Office" in pages["/data"]


def test_a_third_dossier_can_be_downloaded(third_site_context: SiteContext) -> None:
    client = create_app(third_site_context.snapshot).test_client()
    rows = client.get(f"/download/share_by_window.csv?dossier={DOSSIER_ID}").text
    assert rows.count("An Institute") > 0
    assert "SIPRI" not in rows


def test_a_third_dossier_can_be_turned_back_too(third_site_context: SiteContext) -> None:
    query = f"dossier={DOSSIER_ID}&as_of=2025-02-01"
    text = read_text(open_page(third_site_context, "/", query).layout)
    assert "is printed as 21% for 2019–23 ✓supported; the newest figure is 21% for 2019–23." in text
