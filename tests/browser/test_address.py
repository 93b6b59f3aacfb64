"""The address bar holds the whole state: links restore it, Back steps out of it."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.browser.reader import Reader

pytestmark = pytest.mark.browser


def test_a_link_to_a_point_opens_with_its_evidence_and_closes_with_escape(reader: Reader) -> None:
    reader.visit("/arms")
    row_id = reader.find_first_point()
    reader.visit(f"/arms?point={quote(row_id, safe='')}")
    reader.wait_for_evidence(row_id)
    reader.page.keyboard.press("Escape")
    reader.wait_for_closed_drawer()
    assert "point=" not in reader.page.url
    assert reader.complaints == []


def test_back_closes_the_drawer_and_forward_opens_it_again(reader: Reader) -> None:
    reader.visit("/")
    reader.page.locator("#page .opener").first.click()
    reader.page.wait_for_selector("#evidence [data-shown]")
    opened = reader.page.url
    reader.page.go_back()
    reader.wait_for_closed_drawer()
    assert "point=" not in reader.page.url
    reader.page.go_forward()
    reader.page.wait_for_selector("[data-drawer] #evidence [data-shown]")
    assert reader.page.url == opened


def test_back_returns_to_the_page_before_and_the_place_on_it(reader: Reader) -> None:
    reader.visit("/arms")
    reader.page.evaluate("() => window.scrollTo(0, 600)")
    # Not by the mouse: Playwright scrolls to what it clicks.
    reader.page.locator("nav a[href='/methods']").evaluate("(link) => link.click()")
    reader.page.wait_for_function("() => document.title.startsWith('Methods')")
    reader.page.go_back()
    reader.page.wait_for_function("() => document.title.startsWith('Arms') && window.scrollY === 600")


def test_filters_and_sorts_are_links(reader: Reader) -> None:
    reader.visit("/claims")
    every = reader.page.locator("#page tbody tr").count()
    reader.page.get_by_role("link", name="arms imports").last.click()
    reader.page.wait_for_url("**/claims?topic=arms")
    reader.page.wait_for_function(
        "(every) => document.querySelectorAll('#page tbody tr').length < every", arg=every
    )
    few = reader.page.locator("#page tbody tr").count()
    reader.page.locator("th a").first.click()
    reader.page.wait_for_selector("th[aria-sort=ascending]")
    reader.visit(reader.page.url.removeprefix(reader.address))
    assert reader.page.locator("#page tbody tr").count() == few
    assert reader.page.locator("th[aria-sort=ascending]").count() == 1


def test_an_unknown_point_is_said_to_be_unknown(reader: Reader) -> None:
    reader.visit("/?point=no.such.row")
    reader.page.wait_for_selector("#evidence [data-missing='no.such.row']")


def test_a_link_from_another_snapshot_says_so(reader: Reader) -> None:
    reader.visit("/trade?snapshot=1999-12-31-0000000000")
    assert "1999-12-31-0000000000" in reader.page.locator(".banner").inner_text()


def test_the_chosen_scheme_is_remembered_and_redraws_the_charts(reader: Reader) -> None:
    reader.visit("/trade")
    background = "() => getComputedStyle(document.querySelector('.stage .words text')).fill"
    light = reader.page.evaluate(background)
    reader.page.locator("[data-scheme-switch]").click()
    reader.page.wait_for_function(f"(light) => ({background})() !== light", arg=light)
    reader.visit("/arms")
    assert reader.page.evaluate("() => document.documentElement.dataset.scheme") == "dark"
    assert reader.page.evaluate(background) != light


def test_the_evidence_of_a_key_fact_is_asked_for_once_at_the_most(reader: Reader) -> None:
    reader.visit("/")
    openers = reader.page.locator("#page .key-fact .opener")
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    for place in range(openers.count()):
        row_id = openers.nth(place).get_attribute("data-point")
        openers.nth(place).click()
        reader.wait_for_evidence(str(row_id))
    assert openers.count() > 0
    evidence = [url for url in asked if "/evidence/" in url]
    assert len(evidence) == len(set(evidence)) <= openers.count(), evidence


def test_a_picture_of_a_chart_can_be_saved(reader: Reader) -> None:
    reader.visit("/trade")
    with reader.page.expect_download() as download:
        reader.page.locator("figure.chart .downloads").get_by_text("SVG").first.click()
    saved = download.value.path().read_text(encoding="utf-8")
    assert reader.page.locator("figure.chart h2").first.inner_text() in saved
    assert reader.page.locator("#footer-snapshot").inner_text() in saved
