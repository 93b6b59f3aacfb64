"""A chart alone in a frame: no fault that axe-core knows, and its marks lead to the folded sources."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.reader import Reader, Scheme, open_reader
from tests.browser.test_accessibility import SCHEMES, find_faults

pytestmark = pytest.mark.browser

FULL = "/embed/share_by_window"
EMPTY = "/embed/mirror?dossier=pakistan_china"
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"


def open_embed(reader: Reader, path: str) -> None:
    """Opens an embed; its picture is in the answer."""
    reader.page.goto(reader.address + path)
    reader.page.wait_for_selector("#page h1")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [375, 700])
def test_no_embed_has_an_accessibility_fault(
    scheme: Scheme, width: int, browser: Browser, address: str
) -> None:
    reader = open_reader(browser, address, width=width, scheme=scheme)
    faults = {}
    for path in (FULL, EMPTY):
        open_embed(reader, path)
        for fold in reader.page.locator("details.cite > summary").all():
            fold.click()
        faults[path] = find_faults(reader)
        assert reader.page.evaluate(FITS), path
    reader.page.context.close()
    assert {path: found for path, found in faults.items() if found} == {}
    assert reader.complaints == []


def test_a_footnote_mark_unfolds_the_sources_and_stays_in_the_frame(reader: Reader) -> None:
    open_embed(reader, FULL)
    page = reader.page
    mark = page.locator(".source-line .footnote-mark").last
    line = page.locator(str(mark.get_attribute("href")))
    assert not line.is_visible()
    mark.click()
    line.wait_for(state="visible")
    assert page.evaluate("() => document.querySelector('.source-list :target').id") == line.get_attribute(
        "id"
    )
    assert len(page.context.pages) == 1


def test_a_link_of_the_source_list_opens_beside_the_frame(reader: Reader) -> None:
    open_embed(reader, FULL)
    page = reader.page
    page.locator("summary", has_text="Sources").click()
    link = page.locator(".source-list a").first
    # Publishers are not asked: what counts is where the answer is shown.
    link.evaluate("(link) => link.setAttribute('href', '/healthz')")
    with page.context.expect_page() as opened:
        link.click()
    assert opened.value.url == f"{reader.address}/healthz"
    assert page.url == reader.address + FULL
