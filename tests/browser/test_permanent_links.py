"""A permanent link leads to its chart and its mark, below the header, though pictures come late."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.browser.reader import OpenReader, Reader

pytestmark = pytest.mark.browser

LAST = "arms_by_supplier"
READ_FIRST = """(id) => JSON.parse(
  document.querySelector(`#${id} details.folded`).dataset.table
).rows[0].opens"""
# A chart may be higher than the screen: its title is in sight, or the mark that is asked for.
IS_IN_SIGHT = """({ id, point }) => {
  const header = document.querySelector(".site-header");
  const isSticky = getComputedStyle(header).position === "sticky";
  const top = isSticky ? header.getBoundingClientRect().bottom : 0;
  const drawer = document.getElementById("drawer").getBoundingClientRect();
  const bottom = point && drawer.top > innerHeight / 5 ? drawer.top : innerHeight;
  const isSeen = (box) => box.top >= top - 1 && box.bottom <= bottom + 1;
  if (!point) return isSeen(document.querySelector(`#${id} .chart-title`).getBoundingClientRect());
  const mark = document.querySelector(`#${id} .stage .mark[role=button][data-point="${point}"]`);
  return Boolean(mark) && isSeen(mark.getBoundingClientRect()) && document.activeElement === mark;
}"""


def find_row(reader: Reader, chart_id: str) -> str:
    """A row that a chart of the Arms page draws."""
    reader.visit("/arms")
    row_id: str = reader.page.evaluate(READ_FIRST, chart_id)
    return row_id


def wait_for_place(page: Page, chart_id: str, point: str | None = None) -> None:
    """Waits until the chart, or the mark of its point, is where a reader sees it."""
    page.wait_for_function(IS_IN_SIGHT, arg={"id": chart_id, "point": point})


@pytest.mark.parametrize("width", [375, 768, 1440])
def test_a_link_to_a_point_leads_to_its_mark(width: int, open_reader: OpenReader) -> None:
    reader = open_reader(width=width)
    row_id = find_row(reader, LAST)
    asked = quote(row_id, safe="")
    for ending in (f"#{LAST}", ""):
        reader.page.goto("about:blank")
        reader.visit(f"/arms?point={asked}{ending}")
        reader.wait_for_evidence(row_id)
        chart_id = (
            LAST if ending else reader.page.evaluate("() => document.activeElement.closest('figure').id")
        )
        wait_for_place(reader.page, chart_id, row_id)
        # The drawer says what the mark is: no words of its own cover the chart.
        assert reader.page.locator(".bubble").count() == 0


@pytest.mark.parametrize("width", [375, 1440])
def test_a_link_to_a_chart_leads_to_it_though_its_pictures_come_late(
    width: int, open_reader: OpenReader
) -> None:
    reader = open_reader(width=width)
    page = reader.page
    # As pictures of the first answer are drawn for another width, all are asked for.
    page.set_viewport_size({"width": width - 10, "height": 900})
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 80, "downloadThroughput": 400_000, "uploadThroughput": 100_000}
    network.send("Network.emulateNetworkConditions", slow)
    reader.visit(f"/arms#{LAST}")
    wait_for_place(page, LAST)


def test_travel_within_the_site_leads_to_the_same_place(reader: Reader) -> None:
    page = reader.page
    row_id = find_row(reader, LAST)
    asked = quote(row_id, safe="")
    reader.visit("/methods")
    reader.follow(f"/arms?point={asked}#{LAST}")
    page.wait_for_function("() => document.title.startsWith('Arms')")
    reader.wait_for_page()
    wait_for_place(page, LAST, row_id)
    page.evaluate("() => window.scrollTo(0, 0)")
    reader.follow(f"/arms?point={asked}#deals_progress")
    wait_for_place(page, "deals_progress")


def test_whoever_scrolls_meanwhile_is_left_alone(reader: Reader) -> None:
    page = reader.page
    page.route("**/picture/**", lambda route: route.abort())
    page.set_viewport_size({"width": 1300, "height": 900})
    page.goto(f"{reader.address}/arms#{LAST}")
    wait_for_place(page, LAST)
    there = page.evaluate("() => window.scrollY")
    page.mouse.move(600, 500)
    page.mouse.wheel(0, -400)
    page.wait_for_function("(there) => window.scrollY === there - 400", arg=there)
    before = there - 400
    page.evaluate("() => document.getElementById('page').append(document.createElement('hr'))")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("() => window.scrollY") == before
