"""Choices on a slow line: none is lost, each redraws its own chart, words and picture change together."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route

from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

ANSWERS = ("**/frames/**", "**/picture/**", "**/arms?**", "**/compare?**")
READ_PAGE = """() => {
  const page = document.getElementById("page").cloneNode(true);
  // Which mark the keyboard is at is no part of what is chosen.
  const figures = [...page.querySelectorAll("figure.chart")].map((figure) => [
    figure.id,
    figure.querySelector("figcaption").textContent,
    [...figure.querySelectorAll(".filters [aria-current]")].map((link) => link.textContent),
    figure.querySelector("details.folded").dataset.table,
    figure.querySelector(".stage svg").outerHTML.replaceAll(/ (tabindex|class)="[^"]*"/g, ""),
  ]);
  const lists = [...page.querySelectorAll(".contents a, .source-list li")];
  return [figures, lists.map((part) => part.textContent)];
}"""


# Notes every chart that a frame shows with a table of other points than those of its picture.
WATCH_PAIRS = """() => {
  window.met = new Set();
  const look = (figure) => {
    const marks = [...figure.querySelectorAll(".stage svg [data-point]")].map((mark) => mark.dataset.point);
    const { rows } = JSON.parse(figure.querySelector("details.folded").dataset.table);
    if (!rows.every((row) => marks.includes(row.opens))) window.met.add(figure.id);
  };
  const watch = () => {
    document.querySelectorAll("#page figure.chart").forEach(look);
    requestAnimationFrame(watch);
  };
  watch();
}"""


@dataclass
class Line:
    """A line that keeps back what the server is asked for, until it is opened."""

    page: Page
    patterns: tuple[str, ...]
    held: list[Route] = field(default_factory=list)
    is_open: bool = False

    def __post_init__(self) -> None:
        for pattern in self.patterns:
            self.page.route(pattern, self.pass_on)

    def pass_on(self, route: Route) -> None:
        """Keeps a request back, or lets it through."""
        if self.is_open:
            route.continue_()
        else:
            self.held.append(route)

    def open(self) -> None:
        """Lets what was kept back through, and all that comes."""
        self.is_open = True
        for route in self.held:
            route.continue_()


def choose(link: Locator) -> None:
    """Follows a link as a click does, without Playwright's own waiting and scrolling."""
    link.evaluate("(link) => link.click()")


def read_query(reader: Reader) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(reader.page.url).query)


def find_other(reader: Reader, chart_id: str) -> Locator:
    """A choice of a chart that is not made."""
    return reader.page.locator(f"#{chart_id} .filters a:not([aria-current])").last


def test_two_choices_before_an_answer_both_stand_in_the_address_and_on_the_page(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    line = Line(page, ANSWERS)
    choose(find_other(reader, "slope"))
    choose(find_other(reader, "deals_progress"))
    choose(find_other(reader, "arms_by_supplier"))
    assert set(read_query(reader)) == {"window", "show", "vintage"}
    line.open()
    page.wait_for_selector("#page .chart[aria-busy]", state="detached")
    reader.wait_for_page()
    chosen = page.evaluate(READ_PAGE)
    reader.visit(page.url.removeprefix(reader.address))
    assert page.evaluate(READ_PAGE) == chosen
    assert reader.complaints == []


def test_a_day_and_an_edition_chosen_together_both_stand(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    line = Line(page, ANSWERS)
    choose(find_other(reader, "slope"))
    choose(page.locator("#menus .snapshot-day .menu-list a").nth(1))
    assert set(read_query(reader)) == {"window", "as_of"}
    line.open()
    page.wait_for_selector(".banner")
    reader.wait_for_page()
    chosen = page.evaluate(READ_PAGE)
    assert "as_of=" in str(page.locator("#slope .downloads a").first.get_attribute("href"))
    reader.visit(page.url.removeprefix(reader.address))
    assert page.evaluate(READ_PAGE) == chosen


def test_a_day_keeps_what_was_chosen_before(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    choose(find_other(reader, "slope"))
    page.wait_for_selector("#slope[data-written-for]")
    choose(page.locator("#menus .snapshot-day .menu-list a").nth(1))
    page.wait_for_selector(".banner")
    assert set(read_query(reader)) == {"window", "as_of"}
    choose(page.get_by_role("link", name="Show the newest"))
    page.wait_for_selector(".banner", state="detached")
    assert set(read_query(reader)) == {"window"}


def test_both_sides_of_a_comparison_may_be_chosen_before_an_answer(reader: Reader) -> None:
    page = reader.page
    reader.visit("/compare?chart=share_by_window")
    menus = page.locator(".compare-menus .menu")
    line = Line(page, ANSWERS)
    wanted = {}
    for name in ("Left", "Right"):
        link = menus.get_by_role("navigation", name=name, include_hidden=True).locator("a").nth(3)
        wanted[name.lower()] = parse_qs(urlsplit(str(link.get_attribute("href"))).query)[name.lower()]
        choose(link)
    query = read_query(reader)
    assert {name: query[name] for name in wanted} == wanted
    line.open()


def test_sides_are_exchanged_with_one_that_is_still_on_its_way(reader: Reader) -> None:
    page = reader.page
    reader.visit("/compare?chart=share_by_window")
    line = Line(page, ANSWERS)
    menus = page.locator(".compare-menus .menu")
    choose(menus.get_by_role("navigation", name="Left", include_hidden=True).locator("a").nth(3))
    before = read_query(reader)
    choose(page.get_by_role("link", name="Swap sides"))
    # A side that is not named is the newest.
    assert "right" not in before
    assert read_query(reader) == {"chart": ["share_by_window"], "right": before["left"]}
    line.open()


def test_a_choice_redraws_its_own_chart_and_no_other(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    page.evaluate("() => document.querySelectorAll('figure.chart').forEach((each) => (each.seen = true))")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    choose(find_other(reader, "deals_progress"))
    page.wait_for_function("() => !document.querySelector('#deals_progress').seen")
    reader.wait_for_page()
    fresh = page.locator("figure.chart").evaluate_all(
        "(charts) => charts.filter((each) => !each.seen).map(({ id }) => id)"
    )
    assert fresh == ["deals_progress"]
    assert asked == ["/frames/arms", "/picture/deals_progress.svg"]


def test_back_returns_from_a_choice_without_the_page_being_built_anew(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    before = page.evaluate(READ_PAGE)
    choose(find_other(reader, "deals_progress"))
    page.wait_for_selector("#deals_progress[data-written-for]")
    whole = page.evaluate_handle("() => document.querySelector('#page h1')")
    page.go_back()
    page.wait_for_selector("#deals_progress[data-written-for='']")
    reader.wait_for_page()
    assert page.evaluate(READ_PAGE) == before
    assert whole.evaluate("(heading) => heading.isConnected")


@pytest.mark.parametrize("path", ["/arms", "/compare?chart=arms_by_supplier"])
def test_words_and_picture_change_together(path: str, reader: Reader) -> None:
    page = reader.page
    # A width that no picture of a document is drawn for.
    page.set_viewport_size({"width": 1100, "height": 900})
    reader.visit(path)
    page.evaluate(WATCH_PAIRS)
    line = Line(page, ("**/picture/**",))
    if path == "/arms":
        link = find_other(reader, "arms_by_supplier")
    else:
        link = page.get_by_role("navigation", name="Left", include_hidden=True).locator("a").nth(3)
    with page.expect_request("**/picture/**"):
        choose(link)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    line.open()
    page.wait_for_selector("#page [aria-busy], #page[aria-busy]", state="detached")
    reader.wait_for_page()
    assert page.evaluate("() => [...window.met]") == []


def test_a_choice_that_the_server_does_not_answer_is_said_to_be_lost(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    page.context.set_offline(True)
    choose(find_other(reader, "deals_progress"))
    page.get_by_role("alert").wait_for()
    assert page.locator("#page .chart[aria-busy]").count() == 0
    page.context.set_offline(False)
