"""Two sides of a comparison: each opens its points in its own place, by mouse, keyboard and link."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.browser.axe import each_screen, find_faults
from tests.browser.reader import OpenReader, Reader, Scheme

pytestmark = pytest.mark.browser

CHART = "/compare?chart=share_by_window&left=pakistan_china%402025-03-10"
CLAIMS = (
    "/compare?left=reaffirm-defence-partnership.trade-2021-22"
    "&right=reaffirm-defence-partnership.trade-end-2022"
)
PATHS = (
    "/compare",
    CHART,
    "/compare?chart=revisions&left=%402020-03-01",
    "/compare?chart=deals_progress",
    CLAIMS,
    "/compare?left=reaffirm-defence-partnership.trade-2021-22",
)


def read_query(reader: Reader) -> dict[str, list[str]]:
    """What the address bar asks for."""
    return parse_qs(urlsplit(reader.page.url).query)


def read_permalink(reader: Reader) -> str:
    """The permanent link that the drawer gives."""
    return str(reader.page.locator("#evidence .copyable a").first.get_attribute("href"))


def find_mark(reader: Reader, side: str) -> str:
    """The row that the first mark of a side opens."""
    mark = reader.page.locator(f'figure[data-side="{side}"] .mark[role="button"]').first
    return str(mark.get_attribute("data-point"))


def test_each_side_opens_its_points_as_it_knows_them(reader: Reader) -> None:
    reader.visit(CHART)
    for side, place in (("left", "dossier=pakistan_china&as_of=2025-03-10"), ("right", None)):
        row_id = find_mark(reader, side)
        mark = f'figure[data-side="{side}"] .mark[data-point="{row_id}"][role=button]'
        reader.page.locator(mark).dispatch_event("click")
        reader.wait_for_evidence(row_id)
        assert (read_query(reader)["point"], read_query(reader)["side"]) == ([row_id], [side])
        link = read_permalink(reader)
        assert urlsplit(link).path == "/arms"
        assert (place in link) if place else ("dossier=" not in link and "as_of=" not in link)
        reader.page.keyboard.press("Escape")
        reader.wait_for_closed_drawer()
        assert "side" not in read_query(reader)
    assert reader.complaints == []


def test_a_link_restores_both_sides_and_the_open_point_of_one(reader: Reader) -> None:
    reader.visit(CHART)
    titles = reader.page.locator("figure .chart-title").all_inner_texts()
    row_id = find_mark(reader, "left")
    reader.visit(f"{CHART}&{urlencode({'point': row_id, 'side': 'left'})}")
    reader.wait_for_evidence(row_id)
    assert reader.page.locator("figure .chart-title").all_inner_texts() == titles
    reader.page.wait_for_function(
        "() => document.querySelector('#evidence .copyable a')?.href.includes('as_of=2025-03-10')"
    )
    assert reader.page.locator('figure[data-side="left"] .mark.chosen').count() > 0
    assert reader.complaints == []


def test_back_from_another_page_brings_the_evidence_of_its_side(reader: Reader) -> None:
    reader.visit(CHART)
    row_id = find_mark(reader, "left")
    reader.visit(f"{CHART}&{urlencode({'point': row_id, 'side': 'left'})}")
    reader.wait_for_evidence(row_id)
    reader.page.locator("#navigation").get_by_role("link", name="Methods").click()
    reader.page.wait_for_function("() => document.title.startsWith('Methods')")
    reader.page.go_back()
    reader.page.wait_for_selector("figure[data-side=left]")
    reader.page.wait_for_function(
        "() => document.querySelector('#evidence .copyable a')?.href.includes('dossier=pakistan_china')"
    )


def test_the_differences_open_on_the_side_they_stand_on(reader: Reader) -> None:
    reader.visit(CHART)
    for side in ("left", "right"):
        opener = reader.page.locator(f'.difference-rows [data-side="{side}"] .opener').first
        row_id = str(opener.get_attribute("data-point"))
        opener.click()
        reader.wait_for_evidence(row_id)
        assert read_query(reader)["side"] == [side]


def test_the_keyboard_walks_one_side_and_returns_to_its_mark(reader: Reader) -> None:
    reader.visit(CHART)
    page = reader.page
    page.locator('figure[data-side="right"] .mark[tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    row_id = page.evaluate("() => document.activeElement.dataset.point")
    page.keyboard.press("Enter")
    reader.wait_for_evidence(row_id)
    assert read_query(reader)["side"] == ["right"]
    page.keyboard.press("Escape")
    reader.wait_for_closed_drawer()
    where = """() => [document.activeElement.dataset.point,
      document.activeElement.closest('figure')?.dataset.side]"""
    page.wait_for_function(f"(row) => ({where})()[0] === row", arg=row_id)
    assert page.evaluate(where) == [row_id, "right"]


def test_a_side_is_chosen_by_keyboard_and_the_other_stays(reader: Reader) -> None:
    reader.visit("/compare?chart=share_by_window&left=%402019-03-31")
    page = reader.page
    page.locator(".compare-menus summary").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".compare-menus .menu[open]")
    page.locator(".compare-menus .menu[open]").get_by_role("link", name="January 2025").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('h1').textContent.includes('3 January 2025')")
    assert read_query(reader)["left"] == ["@2019-03-31"]
    assert read_query(reader)["right"] == ["@2025-01-03"]
    assert page.locator(".menu[open]").count() == 0


def test_every_link_of_the_start_leads_to_a_comparison(reader: Reader) -> None:
    reader.visit("/compare")
    links: Any = reader.page.locator(".compare-links a").evaluate_all(
        "(links) => links.map((link) => link.getAttribute('href'))"
    )
    assert len(links) > 10
    for link in (links[0], next(link for link in links if "chart=" not in link)):
        reader.visit(link)
        assert reader.page.locator("h1").inner_text() != "Compare"
    assert reader.complaints == []


@each_screen
def test_no_comparison_has_a_fault_or_is_too_wide(
    width: int, scheme: Scheme, open_reader: OpenReader
) -> None:
    reader = open_reader(width=width, scheme=scheme)
    faults = {}
    for path in PATHS:
        reader.visit(path)
        menus = reader.page.locator(".compare-menus summary")
        if menus.count():
            menus.first.click()
        faults[path] = [*find_faults(reader.page), *reader.find_overflow()]
    assert {path: found for path, found in faults.items() if found} == {}
    assert reader.complaints == []
