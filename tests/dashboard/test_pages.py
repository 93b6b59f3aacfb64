"""Pages of a built snapshot, without a browser."""

from __future__ import annotations

import pytest
from dash import html

import etl
from dashboard.address import Selection, SelectionError
from dashboard.chart_cache import ChartCache
from dashboard.components.markup import write_markup
from dashboard.page_contract import PageContext, UnknownPageError
from dashboard.pages import find_pages, match_page
from dashboard.pages.documents import build_layout as build_documents
from dashboard.pages.overview import build_layout as build_overview
from dashboard.site.page_answers import SiteContext
from dashboard.views.claims import list_all_claims, list_claims
from tests.dashboard.page_parts import list_opened, open_page, read_text, walk

PATHS = ("/", "/arms", "/revisions", "/trade", "/claims", "/check", "/documents", "/data", "/methods")


@pytest.fixture(scope="module")
def site_context(built_snapshot: etl.Snapshot) -> SiteContext:
    return SiteContext(built_snapshot, ChartCache(built_snapshot), find_pages())


@pytest.fixture(scope="module")
def context(site_context: SiteContext) -> PageContext:
    return PageContext(site_context.snapshot, site_context.chart_cache)


def test_the_navigation_has_every_page_in_order() -> None:
    shown = [page.card.title for page in find_pages() if page.card.in_navigation]
    titles = ["Overview", "Arms imports", "Revisions", "Trade", "Claims", "Documents", "Data", "Methods"]
    assert [title for title in shown if title in titles] == titles


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_one_heading_and_its_own_title(path: str, site_context: SiteContext) -> None:
    page = open_page(site_context, path)
    layout, title, current = page.layout, page.title, page.current
    headings = [part for part in walk(layout) if getattr(part, "_type", "") == "H1"]
    assert len(headings) == 1
    assert title.endswith("· Footnoted")
    assert current == path


def test_an_address_without_a_page_says_so(site_context: SiteContext) -> None:
    page = open_page(site_context, "/nowhere")
    layout, title, current = page.layout, page.title, page.current
    assert "There is no such page" in read_text(layout)
    assert (title, current) == ("Not found · Footnoted", "")


def test_a_page_without_sub_pages_does_not_answer_below_itself() -> None:
    with pytest.raises(UnknownPageError):
        match_page(find_pages(), "/arms/something")


def test_an_unknown_document_is_an_unknown_page(context: PageContext) -> None:
    with pytest.raises(UnknownPageError, match="no-such-text"):
        build_documents(context, selection=Selection(), rest="no-such-text")


@pytest.mark.parametrize("query", ["verdict=excellent", "sort=size", "topic=food", "as_of=yesterday"])
def test_an_impossible_choice_is_named(query: str, site_context: SiteContext) -> None:
    layout = open_page(site_context, "/claims", query).layout
    assert query.split("=")[1] in read_text(layout)


def test_the_overview_prints_the_first_and_last_share_with_the_newest_one(context: PageContext) -> None:
    text = read_text(build_overview(context, selection=Selection(), rest=""))
    assert "is printed as 76% for 2009–13" in text
    assert "the newest figure is 40% for 2021–25" in text
    assert "$27 bn by the end of 2022 ≠not comparable" in text


def test_every_claim_stands_on_the_claims_page_and_opens(site_context: SiteContext) -> None:
    layout = open_page(site_context, "/claims").layout
    claims = set(site_context.snapshot.claims().collect()["claim_id"])
    assert claims <= set(list_opened(layout))


def test_every_button_of_every_page_opens_a_row_that_exists(site_context: SiteContext) -> None:
    for path in PATHS:
        layout = open_page(site_context, path).layout
        for row_id in list_opened(layout):
            assert site_context.snapshot.evidence(row_id).row_id == row_id


def test_claims_are_filtered_and_sorted_backwards(built_snapshot: etl.Snapshot) -> None:
    arms = list_claims(built_snapshot, Selection(topic="arms", sort="-period"))
    assert [claim.stated_as for claim in arms] == ["36 per cent", "76 per cent"]
    with pytest.raises(SelectionError):
        list_claims(built_snapshot, Selection(document="no-such-text"))


def test_a_list_of_claims_is_made_without_the_bibtex_of_each(
    built_snapshot: etl.Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_citation: etl.Citation) -> str:
        raise AssertionError("nobody asked for BibTeX")

    monkeypatch.setattr("etl.snapshot.citations.formats.write_bibtex", fail)
    fresh = etl.open_snapshot(built_snapshot.folder)
    # Past the cache, which has the lists of this build already.
    claims = list_all_claims.__wrapped__(fresh, "india_russia")
    ids = [claim.claim_id for claim in claims]

    assert fresh.find_rows(ids)["row_id"].to_list() == ids
    with pytest.raises(AssertionError, match="BibTeX"):
        _ = fresh.evidence(ids[0]).bibtex


def test_marks_on_a_page_lead_to_its_source_list(site_context: SiteContext) -> None:
    layout = open_page(site_context, "/trade").layout
    marks = {found for part in walk(layout) if (found := getattr(part, "data-footnote", None))}
    lines = {found for part in walk(layout) if isinstance(found := getattr(part, "id", None), str)}
    assert marks
    assert {f"footnote-{mark}" for mark in marks} <= lines


def test_markup_escapes_what_it_writes() -> None:
    assert write_markup(html.P(["a < b", html.Br()], title='"', hidden=True)) == (
        '<p title="&quot;" hidden>a &lt; b<br></p>'
    )
