"""A chart alone in a frame: no fault that axe-core knows, and its marks lead to the folded sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.charts import find_charts
from tests.browser.axe import each_screen, find_faults
from tests.browser.reader import OpenReader, Reader, Scheme

pytestmark = pytest.mark.browser

FULL = "/embed/share_by_window"
EMPTY = "/embed/mirror?dossier=pakistan_china"
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"


def open_embed(reader: Reader, path: str) -> None:
    """Opens an embed; its picture is in the answer."""
    reader.page.goto(reader.address + path)
    reader.page.wait_for_selector("#page h1")


@each_screen
def test_no_embed_has_an_accessibility_fault(scheme: Scheme, width: int, open_reader: OpenReader) -> None:
    reader = open_reader(width=width, scheme=scheme)
    faults = {}
    for path in (FULL, EMPTY):
        open_embed(reader, path)
        for fold in reader.page.locator("details.cite > summary").all():
            fold.click()
        faults[path] = find_faults(reader.page)
        assert reader.page.evaluate(FITS), path
    assert {path: found for path, found in faults.items() if found} == {}
    assert reader.complaints == []


def test_a_footnote_mark_unfolds_the_sources_and_stays_in_the_frame(reader: Reader) -> None:
    open_embed(reader, FULL)
    page = reader.page
    tabs = len(page.context.pages)
    mark = page.locator(".source-line .footnote-mark").last
    line = page.locator(str(mark.get_attribute("href")))
    assert not line.is_visible()
    mark.click()
    line.wait_for(state="visible")
    assert page.evaluate("() => document.querySelector('.source-list :target').id") == line.get_attribute(
        "id"
    )
    assert len(page.context.pages) == tabs


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


WIDTHS = (320, 700)
FRAME = "document.querySelector('iframe')"
IS_AS_HIGH = (
    f"() => {FRAME}.clientHeight === Math.ceil({FRAME}.contentDocument.body.getBoundingClientRect().height)"
)


def copy_code(reader: Reader, chart_id: str) -> str:
    """The code of a frame as a reader copies it from a chart's Share."""
    page = reader.page
    reader.visit("/arms")
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
    button = page.locator(f"#{chart_id} [data-copy-frame]").first
    button.evaluate("(button) => button.click()")
    page.wait_for_function("() => window.copied")
    code: str = page.evaluate("() => window.copied")
    return code


@pytest.mark.parametrize("width", WIDTHS)
def test_a_frame_takes_the_height_of_what_it_shows(width: int, reader: Reader) -> None:
    page = reader.page
    code = copy_code(reader, "share_by_window")
    page.set_viewport_size({"width": width, "height": 900})
    # A page of the same site, so that the test may look into the frame.
    answer = f"<!DOCTYPE html><body style='margin:0'>{code}"
    page.route("**/article", lambda route: route.fulfill(body=answer, content_type="text/html"))
    page.goto(f"{reader.address}/article")
    frame = page.frame_locator("iframe")
    frame.locator(".stage svg").wait_for()
    page.wait_for_function(IS_AS_HIGH)
    before = page.evaluate(f"() => {FRAME}.clientHeight")
    frame.locator("details.folded > summary").click()
    page.wait_for_function(f"(before) => {FRAME}.clientHeight > before", arg=before)
    page.wait_for_function(IS_AS_HIGH)


def test_without_a_script_around_it_a_frame_cuts_no_axis_off(reader: Reader) -> None:
    page = reader.page
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    for chart_id in find_charts():
        open_embed(reader, f"/embed/{chart_id}")
        given = page.locator("[data-height]").first.get_attribute("data-height")
        ends = page.locator(".stage").evaluate("(stage) => stage.getBoundingClientRect().bottom")
        assert ends <= int(str(given)), chart_id


def test_a_page_opened_from_a_disk_may_hold_the_frame(reader: Reader, tmp_path: Path) -> None:
    page = reader.page
    code = copy_code(reader, "share_by_window")
    article = tmp_path / "article.html"
    article.write_text(f"<!DOCTYPE html><meta charset=utf-8>{code}", encoding="utf-8")
    page.goto(article.as_uri())
    page.frame_locator("iframe").locator(".stage svg").wait_for()
    given = int(code.split('height="')[1].split('"')[0])
    page.wait_for_function(f"(given) => {FRAME}.clientHeight !== given", arg=given)
    assert reader.complaints == []
