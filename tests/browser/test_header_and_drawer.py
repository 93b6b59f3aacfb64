"""The header keeps to one line in any typeface; the drawer stands below it and can be closed."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.browser.reader import OpenReader, Reader

pytestmark = pytest.mark.browser

WIDTHS = (320, 375, 640, 768, 899, 900, 1024, 1199, 1200, 1280, 1440, 1920, 2560)
ONE_LINE = (1200, 1250, 1300, 1440, 1920, 2560)
# The widest and the narrowest face that a machine may have in place of ours.
FACES = {
    "as it comes": "* {}",
    "wide": "* { letter-spacing: 0.07em }",
    "narrow": "* { letter-spacing: -0.03em }",
}
WRAPPED = ".site-header { flex-wrap: wrap !important } .site-header > nav { flex: 0 0 100% !important }"
COUNT_LINES = """() => {
  const parts = [...document.querySelectorAll(".site-header :is(a, summary, button)")];
  const seen = parts.filter((part) => !part.closest(".menu-list") && part.checkVisibility());
  const boxes = seen.map((part) => part.getBoundingClientRect());
  const middles = boxes.map(({ top, bottom }) => (top + bottom) / 2);
  const over = document.documentElement.scrollWidth - innerWidth;
  return { spread: Math.max(...middles) - Math.min(...middles), over };
}"""
CLOSES = """() => {
  const button = document.querySelector("[data-close-drawer]");
  const { left, top, width, height } = button.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) === button;
}"""


def settle(page: Page) -> None:
    """Waits until what watches sizes has been told of them."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.parametrize("face", FACES)
def test_the_header_is_one_line_from_1200_pixels_up(face: str, reader: Reader) -> None:
    page = reader.page
    for path in ("/arms", "/methods?dossier=pakistan_china&as_of=2025-03-10"):
        page.set_viewport_size({"width": ONE_LINE[0], "height": 900})
        reader.visit(path)
        page.add_style_tag(content=FACES[face])
        for width in ONE_LINE:
            page.set_viewport_size({"width": width, "height": 900})
            settle(page)
            lines = page.evaluate(COUNT_LINES)
            assert lines["spread"] < 8, (path, width, lines)
            assert lines["over"] <= 0, (path, width, lines)


def test_pages_without_room_in_the_header_are_found_in_its_fold(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    names = page.locator("#navigation a").evaluate_all("(links) => links.map((link) => link.textContent)")
    # Wider than any face: where all pages have room, nothing folds.
    page.add_style_tag(content="* { letter-spacing: 0.2em }")
    for width in (900, 1200):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
    page.locator(".more-pages > summary").click()
    folded = page.locator(".more-pages a")
    assert names[-folded.count() :] == folded.all_inner_texts()
    assert page.locator("#navigation a").count() == len(names)
    folded.last.click()
    page.wait_for_url("**/methods")


@pytest.mark.parametrize("style", ["", WRAPPED], ids=["on one line", "wrapped"])
def test_the_drawer_can_be_closed_at_its_button_at_every_width(
    style: str, open_reader: OpenReader, address: str
) -> None:
    reader = open_reader()
    page = reader.page
    for path in ("/arms", "/embed/share_by_window"):
        page.goto(address + path)
        row_id = reader.find_first_point()
        page.goto(f"{address}{path}?point={quote(row_id, safe='')}")
        reader.wait_for_evidence(row_id)
        page.add_style_tag(content=style or "/* as it is */")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            settle(page)
            assert page.evaluate(CLOSES), (path, width)
        if path == "/arms":
            below = "() => document.getElementById('drawer').getBoundingClientRect().top"
            height = "() => document.querySelector('.site-header').getBoundingClientRect().bottom"
            assert page.evaluate(below) == page.evaluate(height)


LIST_LINES = """() => [...document.querySelectorAll(".take-along")].map((foot) => {
  const boxes = [...foot.children].map((part) => part.getBoundingClientRect());
  const lines = Object.groupBy(boxes, ({ top, bottom }) => Math.round((top + bottom) / 16));
  return Object.values(lines).map((line) => line.length);
})"""


def test_beside_the_drawer_nothing_below_a_chart_stands_alone_on_a_line_after_the_first(
    reader: Reader,
) -> None:
    reader.visit("/")
    reader.page.locator("#page .opener").first.click()
    reader.page.wait_for_selector("[data-drawer] #evidence [data-shown]")
    settle(reader.page)
    feet = reader.page.evaluate(LIST_LINES)
    assert feet
    assert [lines for lines in feet if len(lines) > 2 or 1 in lines[1:]] == []
