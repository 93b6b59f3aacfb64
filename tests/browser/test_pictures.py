"""Pictures on pages: there at once, zoomed along time, linked with each other, and usable by touch alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.reader import PAGES, OpenReader, Reader

pytestmark = pytest.mark.browser

READ_START = "(chart) => document.querySelector(`#${chart} svg.picture`).dataset.start"
COUNT_MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
  const { animationName, transitionDuration } = getComputedStyle(each);
  return animationName !== "none" || transitionDuration.split(",").some((time) => parseFloat(time) > 0);
}).length"""
PUT_IN_FRAME = """(src) => {
  const frame = Object.assign(document.createElement("iframe"), { src, width: 700, height: 760 });
  document.body.replaceChildren(frame);
}"""
# At 400 per cent a screen of 1280 pixels has room for so many.
REFLOW_WIDTH = 320


@pytest.fixture
def phone(open_reader: OpenReader) -> Reader:
    """A reader with a phone and no mouse."""
    return open_reader(width=375, touches=True)


def drag(page: Page, chart: str, *, start: float, stop: float) -> None:
    """Draws the mouse across a chart, between two parts of its width."""
    page.locator(f"#{chart} .stage").scroll_into_view_if_needed()
    box = page.locator(f"#{chart} .stage").bounding_box()
    assert box
    height = box["y"] + 8
    page.mouse.move(box["x"] + box["width"] * start, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (start + stop) / 2, height)
    page.mouse.move(box["x"] + box["width"] * stop, height)
    page.mouse.up()


def test_a_page_can_be_read_where_no_script_runs(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/trade")
    assert page.locator("h1").inner_text() == "Trade"
    assert page.locator("#bilateral_trade svg.picture .mark").count() > 20
    assert page.locator("#bilateral_trade svg.picture").is_visible()
    context.close()


def test_pictures_of_the_first_answer_are_not_sent_twice(open_reader: OpenReader) -> None:
    reader = open_reader()
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.visit("/")
    assert [url for url in asked if "/picture/" in url] == []


def test_a_drag_zooms_every_chart_of_the_page_and_back_steps_out(reader: Reader) -> None:
    page = reader.page
    reader.visit("/trade")
    whole = {chart: page.evaluate(READ_START, chart) for chart in ("bilateral_trade", "pace_to_target")}
    drag(page, "bilateral_trade", start=0.5, stop=0.8)
    page.wait_for_url("**/trade?span=*")
    for chart, start in whole.items():
        page.wait_for_function(f"(old) => ({READ_START})('{chart}') > old", arg=start)
    zoomed = page.evaluate(READ_START, "bilateral_trade")
    assert zoomed in page.url

    page.go_back()
    page.wait_for_function(
        f"(old) => ({READ_START})('bilateral_trade') === old", arg=whole["bilateral_trade"]
    )
    page.go_forward()
    page.wait_for_function(f"(new_) => ({READ_START})('bilateral_trade') === new_", arg=zoomed)
    reader.visit(page.url.removeprefix(reader.address))
    assert page.evaluate(READ_START, "bilateral_trade") == zoomed
    page.locator("#bilateral_trade .zoom-out").click()
    page.wait_for_function(
        f"(old) => ({READ_START})('bilateral_trade') === old", arg=whole["bilateral_trade"]
    )
    assert "span=" not in page.url
    assert reader.complaints == []


def test_keys_zoom_in_on_a_point_and_out_again_and_keep_the_focus(reader: Reader) -> None:
    page = reader.page
    reader.visit("/trade")
    # The stretch keeps its start where it is zoomed at the first mark.
    read_stop = READ_START.replace("start", "stop")
    whole = page.evaluate(read_stop, "bilateral_trade")
    mark = page.locator("#bilateral_trade .mark[tabindex='0']")
    mark.focus()
    page.keyboard.press("End")
    point = page.evaluate("() => document.activeElement.dataset.point")
    page.keyboard.press("Home")
    page.keyboard.press("+")
    page.wait_for_url("**/trade?span=*")
    page.wait_for_function(f"(old) => ({read_stop})('bilateral_trade') !== old", arg=whole)
    page.keyboard.press("0")
    page.wait_for_function(f"(old) => ({read_stop})('bilateral_trade') === old", arg=whole)
    page.keyboard.press("End")
    assert page.evaluate("() => document.activeElement.dataset.point") == point


def test_what_is_pointed_at_is_named_and_shows_itself_in_the_other_charts(reader: Reader) -> None:
    page = reader.page
    reader.visit("/trade")
    mark = page.locator("#bilateral_trade .mark[role=button][data-period='2021–22']").first
    mark.hover()
    assert "2021–22" in page.locator(".bubble strong").inner_text()
    charts = page.evaluate(
        "() => [...document.querySelectorAll('.mark.linked')].map((mark) => mark.closest('figure').id)"
    )
    assert {"bilateral_trade", "exports_imports_balance", "pace_to_target"} <= set(charts)
    page.mouse.move(2, 2)
    page.wait_for_selector(".bubble", state="detached")


def test_the_open_point_is_chosen_wherever_it_is_drawn(reader: Reader) -> None:
    reader.visit("/")
    mark = reader.page.locator("#share_by_window .mark[role=button]").first
    mark.dispatch_event("click")
    reader.wait_for_evidence(str(mark.get_attribute("data-point")))
    assert reader.page.locator("#share_by_window .mark.chosen").count() >= 1
    reader.page.keyboard.press("Escape")
    reader.wait_for_closed_drawer()
    assert reader.page.locator(".mark.chosen").count() == 0


def test_a_reader_with_fingers_alone_gets_from_a_page_to_a_source_and_back(phone: Reader) -> None:
    page = phone.page
    phone.visit("/")
    page.locator("#navigation").get_by_role("link", name="Trade").tap()
    page.wait_for_function("() => document.title.startsWith('Trade')")
    phone.wait_for_page()
    mark = page.locator("#bilateral_trade .mark[role=button]").last
    mark.scroll_into_view_if_needed()
    mark.tap()
    phone.wait_for_evidence(str(mark.get_attribute("data-point")))
    page.locator("#evidence .opener").first.tap()
    page.wait_for_selector("#evidence [data-shown]")
    page.locator("[data-close-drawer]").tap()
    phone.wait_for_closed_drawer()
    page.locator("#bilateral_trade details.folded summary").tap()
    page.locator("#bilateral_trade details.folded .opener").first.tap()
    page.wait_for_selector("[data-drawer] #evidence [data-shown]")
    assert phone.complaints == []


def test_nothing_is_cut_off_at_four_hundred_per_cent(open_reader: OpenReader) -> None:
    reader = open_reader(width=REFLOW_WIDTH)
    wide = {}
    for path in PAGES:
        reader.visit(path)
        wide[path] = reader.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert {path: pixels for path, pixels in wide.items() if pixels > 0} == {}


def test_nothing_moves_for_a_reader_who_asked_for_that(reader: Reader) -> None:
    reader.page.emulate_media(reduced_motion="reduce")
    reader.visit("/arms")
    assert reader.page.evaluate(COUNT_MOVING) == 0


def test_a_chart_in_a_frame_of_another_site_opens_its_points(open_reader: OpenReader, address: str) -> None:
    reader = open_reader()
    page = reader.page
    page.goto(f"{address}/embed/share_by_window")
    page.wait_for_selector(".stage[data-drawn]")
    page.evaluate(PUT_IN_FRAME, f"{address}/embed/share_by_window")
    frame = page.frame_locator("iframe")
    mark = frame.locator(".mark[role=button]").first
    mark.dispatch_event("click")
    frame.locator("#evidence [data-shown]").wait_for()
    assert "/arms?point=" in frame.locator("#evidence .copyable a").first.inner_text()
