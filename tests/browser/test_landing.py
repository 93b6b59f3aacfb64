"""Landing on a page: the first is there from the start, later ones come without losing the reader."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

READ_STOP = "document.querySelector('.stage svg')?.dataset.stop"


def test_the_page_of_the_first_answer_is_the_one_that_stays(reader: Reader) -> None:
    asked: list[str] = []
    page = reader.page
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.querySelector('h1').dataset.first = 'yes')"
    )
    reader.visit("/")
    assert page.locator("h1[data-first=yes]").count() == 1
    assert page.locator("#page").count() == 1
    assert asked.count("/") == 1


def test_a_choice_on_the_page_keeps_the_focus_and_what_is_unfolded(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    page.locator("#deals_progress details.folded > summary").click()
    page.wait_for_selector("#deals_progress details.folded[open] table.rows")
    rows = page.locator("#deals_progress details.folded tbody tr").count()
    choice = page.locator("#deals_progress .filters a").last
    words = choice.inner_text()
    choice.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "(rows) => document.querySelectorAll('#deals_progress details.folded tbody tr').length > rows",
        arg=rows,
    )
    assert page.locator("#page details.folded[open] table.rows").count() == 1
    assert page.evaluate("() => document.activeElement.textContent") == words


def test_another_page_starts_at_its_top_with_the_focus_on_it(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    page.evaluate("() => window.scrollTo(0, 900)")
    page.locator("nav a[href='/trade']").evaluate("(link) => link.click()")
    page.wait_for_function("() => document.title.startsWith('Trade') && document.activeElement.id === 'page'")
    reader.wait_for_page()
    assert page.evaluate("() => window.scrollY") == 0


def test_a_page_that_comes_late_does_not_replace_the_one_chosen_since(reader: Reader) -> None:
    page = reader.page
    reader.visit("/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/methods", hold)
    page.locator("nav a[href='/methods']").click()
    page.wait_for_selector("#page[aria-busy]")
    page.locator("nav a[href='/claims']").click()
    page.wait_for_function("() => document.title.startsWith('Claims')")
    assert len(held) == 1
    held[0].continue_()
    reader.wait_for_page()
    assert page.title().startswith("Claims")
    assert page.locator("#navigation [aria-current=page]").inner_text() == "Claims"
    assert reader.complaints == []


def test_without_scripts_links_lead_to_whole_pages(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/arms")
    assert page.locator("#page .stage svg").count() > 1
    page.locator("nav a[href='/methods']").click()
    page.wait_for_url("**/methods")
    assert page.locator("h1").inner_text() == "Methods"
    context.close()


def test_a_reload_returns_to_the_place_on_the_page(reader: Reader) -> None:
    page = reader.page
    reader.visit("/methods")
    page.evaluate("() => window.scrollTo(0, 500)")
    page.reload()
    page.wait_for_function("() => Math.abs(window.scrollY - 500) < 2")


def test_a_mark_chosen_by_keys_keeps_its_words_where_the_page_moves(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    page.locator("#page .mark[tabindex='0']").last.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".bubble strong")
    page.evaluate("() => window.scrollBy(0, 60)")
    page.wait_for_function("() => document.querySelector('.bubble strong')?.textContent.length > 0")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.locator(".bubble strong").count() == 1


def test_in_a_frame_back_steps_out_of_the_zoom(reader: Reader) -> None:
    page = reader.page
    page.goto(f"{reader.address}/embed/bilateral_trade")
    whole = page.locator(".stage svg").get_attribute("data-stop")
    page.locator(".mark[tabindex='0']").focus()
    page.keyboard.press("+")
    page.wait_for_function(f"(whole) => ({READ_STOP}) !== whole", arg=whole)
    page.go_back()
    page.wait_for_function(f"(whole) => ({READ_STOP}) === whole", arg=whole)
    assert reader.complaints == []


def test_in_a_frame_back_returns_from_another_choice(reader: Reader) -> None:
    page = reader.page
    page.goto(f"{reader.address}/embed/deals_progress")
    page.locator("#deals_progress .filters a").last.click()
    page.wait_for_url("**/embed/deals_progress?show=*")
    page.go_back()
    page.wait_for_url("**/embed/deals_progress")
    assert page.locator("#deals_progress .stage svg").count() == 1
    assert reader.complaints == []


def test_back_returns_from_a_footnote_to_where_it_was_followed(reader: Reader) -> None:
    page = reader.page
    reader.visit("/trade")
    mark = page.locator("#page .chart .footnote-mark").first
    mark.scroll_into_view_if_needed()
    before = page.evaluate("() => window.scrollY")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("(before) => location.hash && window.scrollY > before + 100", arg=before)
    page.go_back()
    page.wait_for_function("(before) => Math.abs(window.scrollY - before) < 2", arg=before)
    page.wait_for_function("() => document.activeElement.classList.contains('footnote-mark')")
    page.go_forward()
    page.wait_for_function("(before) => location.hash && window.scrollY > before + 100", arg=before)
    assert reader.complaints == []


def test_forward_returns_to_the_place_as_back_does(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    page.locator("nav a[href='/trade']").click()
    page.wait_for_function("() => document.title.startsWith('Trade')")
    reader.wait_for_page()
    page.evaluate("() => window.scrollTo(0, 700)")
    page.wait_for_function("() => history.state?.scroll === 700")
    page.go_back()
    page.wait_for_function("() => document.title.startsWith('Arms')")
    page.go_forward()
    page.wait_for_function("() => document.title.startsWith('Trade') && window.scrollY === 700")


def test_a_choice_keeps_the_open_evidence(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    row_id = reader.find_first_point()
    reader.visit(f"/arms?point={quote(row_id, safe='')}")
    reader.wait_for_evidence(row_id)
    page.locator("#deals_progress .filters a").last.evaluate("(link) => link.click()")
    page.wait_for_url("**/arms?show=*")
    assert parse_qs(urlsplit(page.url).query)["point"] == [row_id]
    reader.wait_for_page()
    reader.wait_for_evidence(row_id)


def test_a_server_that_is_gone_is_said_to_be_and_back_needs_none(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    title = page.title()
    page.context.set_offline(True)
    page.locator("nav a[href='/trade']").click()
    notice = page.get_by_role("alert")
    notice.wait_for()
    assert "does not answer" in notice.inner_text()
    assert page.locator("#page[aria-busy]").count() == 0
    page.go_back()
    notice.wait_for(state="detached")
    assert page.title() == title
    page.go_forward()
    notice.wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function("() => document.title.startsWith('Trade')")


def test_a_page_that_failed_on_the_way_is_tried_again(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    page.route("**/trade", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    page.locator("nav a[href='/trade']").click()
    notice = page.get_by_role("alert")
    notice.wait_for()
    assert page.title().startswith("Arms")
    page.unroute("**/trade")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function("() => document.title.startsWith('Trade')")
    assert notice.count() == 0


def test_links_to_files_and_to_the_api_are_left_to_the_browser(reader: Reader) -> None:
    page = reader.page
    reader.visit("/data")
    page.evaluate("() => (window.isSame = true)")
    page.locator(".site-footer a[href^='/api']").click()
    page.wait_for_url("**/api/v1/**")
    assert page.evaluate("() => window.isSame") is None


def test_the_whole_time_is_shown_again_without_losing_the_focus(reader: Reader) -> None:
    page = reader.page
    reader.visit("/trade?span=2018-01-01..2024-12-31")
    page.locator("#bilateral_trade .zoom-out").press("Enter")
    page.wait_for_function("() => !document.querySelector('#bilateral_trade .zoom-out')")
    assert page.evaluate("() => document.activeElement.closest('figure')?.id") == "bilateral_trade"


def test_a_fragment_that_names_nothing_does_no_harm(reader: Reader) -> None:
    for fragment in ("1a", "gap%20x", "%zz"):
        reader.visit(f"/methods#{fragment}")
        reader.follow(f"/claims#{fragment}")
        reader.page.wait_for_function("() => document.title.startsWith('Claims')")
    assert reader.complaints == []
