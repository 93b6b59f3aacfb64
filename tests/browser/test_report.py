"""A report opened from disk with the network off: pointed at, walked by keys, followed and printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.report import write_report
from tests.browser.axe import each_screen, find_faults
from tests.browser.reader import Scheme

pytestmark = pytest.mark.browser

FEWEST_PAGES, MOST_PAGES = 5, 30
DARKEST_PAPER = 250
FIRST_MARK = '#share_by_window .stage:visible .mark[role="button"]'
READY = """() => [...document.querySelectorAll("details.folded")].every((fold) => fold.dataset.table)
  && [...document.querySelectorAll(".stage")].every((stage) => stage.querySelector('.mark[tabindex="0"]'))"""
READ_FOCUSED = "() => document.activeElement.dataset.point ?? document.activeElement.id"
LIST_OPENED = "(rows) => rows.map((row) => row.dataset.opens)"
LIST_WIDTHS = "(all) => all.map((one) => one.getBoundingClientRect().width)"
LIST_CUT = """() => {
  const page = document.getElementById("page").getBoundingClientRect();
  // Heads of stacked tables are there to be heard alone.
  const isHeard = (head) => getComputedStyle(head).clipPath !== "none";
  const heads = [...document.querySelectorAll("thead")].filter(isHeard);
  return [...document.querySelectorAll("#page *")]
    .filter((part) => part.getClientRects().length && !part.closest(".visually-hidden, svg g"))
    .filter((part) => !heads.some((head) => head.contains(part)))
    .filter((part) => part.getBoundingClientRect().right > page.right + 1)
    .map((part) => `${part.tagName}.${part.className.baseVal ?? part.className}`);
}"""
REFUSE_ADDRESSES = """for (const name of ["pushState", "replaceState"]) {
  history[name] = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
}"""
SITE = "https://footnoted.example"
SEATED = """() => document.querySelector(".mark[tabindex='0']")"""
FORGET_UNPACKING = "delete window.DecompressionStream;"


@dataclass
class Opened:
    """A report in a tab without a network, what it asked for, and what the browser complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def wait_for_evidence(self, row_id: str) -> None:
        """Waits until the drawer shows a row."""
        self.page.wait_for_selector(f'[data-drawer] #evidence [data-shown="{row_id}"]')

    def find_first_mark(self) -> str:
        """The row of the mark that a Tab into the first chart comes to."""
        mark = self.page.locator('#share_by_window .stage:visible .mark[tabindex="0"]')
        return str(mark.get_attribute("data-point"))


@pytest.fixture(scope="module")
def report(built_snapshot: etl.Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The main dossier as a file on disk."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    content = write_report(ChartCache(built_snapshot), selection=Selection(), site=SITE)
    path.write_text(content, encoding="utf-8")
    return path


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def offline(browser: Browser, report: Path) -> Iterator[dict[bool, BrowserContext]]:
    """Contexts without a network, with a mouse and with fingers; their first tabs keep what was read once."""
    found = {touches: browser.new_context(has_touch=touches, is_mobile=touches) for touches in (False, True)}
    for context in found.values():
        context.set_offline(True)
        context.new_page().goto(report.as_uri())
    yield found
    for context in found.values():
        context.close()


@pytest.fixture
def open_report(offline: dict[bool, BrowserContext], report: Path) -> Iterator[Open]:
    """Opens the file in a tab of its own."""

    def open_file(
        *, width: int = 1440, scheme: Scheme = "light", script: str = "", query: str = ""
    ) -> Opened:
        opened = Opened(offline[width < 640].new_page())
        opened.page.set_viewport_size({"width": width, "height": 900})
        opened.page.emulate_media(color_scheme=scheme)
        address = report.as_uri()

        def refuse(route: Route) -> None:
            if route.request.url.partition("?")[0] == address:
                route.continue_()
                return
            opened.asked.append(route.request.url)
            route.abort()

        def note(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                opened.complaints.append(message.text)

        opened.page.route(re.compile("^(?!data:)"), refuse)
        opened.page.on("console", note)
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        if script:
            opened.page.add_init_script(script)
        opened.page.goto(address + query)
        opened.page.wait_for_function(READY if script != FORGET_UNPACKING else SEATED)
        return opened

    yield open_file
    for context in offline.values():
        first, *pages = context.pages
        for page in pages:
            page.close()
        first.evaluate("() => localStorage.clear()")


def test_a_mark_opens_its_evidence_and_an_operand_its_own_with_the_network_off(
    open_report: Open, built_snapshot: etl.Snapshot
) -> None:
    opened = open_report()
    page = opened.page
    mark = page.locator(FIRST_MARK).first
    row_id = str(mark.get_attribute("data-point"))
    mark.scroll_into_view_if_needed()
    mark.hover()
    assert page.locator(".bubble strong").inner_text() != ""
    mark.click()
    opened.wait_for_evidence(row_id)
    evidence = built_snapshot.evidence(row_id)
    assert page.locator("#evidence .evidence-value span").first.inner_text() == evidence.headline

    operand = evidence.workings[0].operands[0]
    page.locator(f'#evidence .operands [data-point="{operand.row_id}"]').first.click()
    opened.wait_for_evidence(operand.row_id)
    assert operand.value_text in page.locator("#evidence .evidence-value").inner_text()

    page.locator("[data-close-drawer]").click()
    page.wait_for_selector("html:not([data-drawer])", state="attached")
    assert page.evaluate(READ_FOCUSED) == row_id
    assert (opened.asked, opened.complaints) == ([], [])


def test_the_keys_walk_through_a_chart_in_the_order_of_its_table(open_report: Open) -> None:
    opened = open_report()
    page = opened.page
    first = opened.find_first_mark()
    page.locator('#share_by_window .mark[tabindex="0"]').focus()
    page.locator("#share_by_window details.folded summary").click()
    rows = page.locator("#share_by_window tbody tr").evaluate_all(LIST_OPENED)
    page.locator('#share_by_window .mark[tabindex="0"]').focus()
    assert page.evaluate(READ_FOCUSED) == first == rows[0]
    page.keyboard.press("ArrowRight")
    second = next(row_id for row_id in rows if row_id != first)
    assert page.evaluate(READ_FOCUSED) == second
    page.keyboard.press("Enter")
    opened.wait_for_evidence(second)
    assert page.evaluate(READ_FOCUSED) == "drawer"
    page.keyboard.press("Escape")
    page.wait_for_selector("html:not([data-drawer])", state="attached")
    assert page.evaluate(READ_FOCUSED) == second
    assert (opened.asked, opened.complaints) == ([], [])


def test_links_within_the_file_lead_to_their_places(open_report: Open) -> None:
    opened = open_report()
    page = opened.page
    page.locator('.report-contents a[href="#part-sources"]').click()
    page.wait_for_function("() => location.hash === '#part-sources'")
    row_id = opened.find_first_mark()
    page.locator(FIRST_MARK).first.scroll_into_view_if_needed()
    page.locator("#share_by_window .source-line a").first.click()
    number = page.evaluate("() => location.hash").removeprefix("#footnote-")
    assert page.locator(f"#footnote-{number}").is_visible()
    page.go_back()
    page.go_back()
    assert page.evaluate("() => location.hash") == ""
    assert row_id == opened.find_first_mark()
    assert (opened.asked, opened.complaints) == ([], [])


def test_an_address_with_a_point_opens_its_evidence(open_report: Open, built_snapshot: etl.Snapshot) -> None:
    claim = built_snapshot.claims().collect()["claim_id"][0]
    opened = open_report(query=f"?point={claim}")
    opened.wait_for_evidence(claim)
    assert opened.complaints == []


def test_a_row_that_is_not_carried_says_where_it_is(open_report: Open, built_snapshot: etl.Snapshot) -> None:
    opened = open_report(query="?point=some.row")
    notice = opened.page.locator('#evidence [data-missing="some.row"]')
    assert "Not in this file" in notice.inner_text()
    assert "some.row" in notice.inner_text()
    assert built_snapshot.snapshot_id in notice.inner_text()
    link = f"{SITE}/?snapshot={built_snapshot.snapshot_id}&point=some.row"
    assert notice.locator("a").get_attribute("href") == link
    assert opened.complaints == []


def test_evidence_opens_where_a_browser_keeps_the_address_of_a_file_as_it_is(open_report: Open) -> None:
    opened = open_report(script=REFUSE_ADDRESSES)
    page = opened.page
    mark = page.locator(FIRST_MARK).first
    row_id = str(mark.get_attribute("data-point"))
    mark.click()
    opened.wait_for_evidence(row_id)
    page.keyboard.press("Escape")
    page.wait_for_selector("html:not([data-drawer])", state="attached")
    assert opened.complaints == []


@pytest.mark.parametrize("width", [375, 1440])
def test_a_browser_that_cannot_unpack_says_so_and_still_shows_the_charts(
    width: int, open_report: Open
) -> None:
    opened = open_report(width=width, script=FORGET_UNPACKING)
    page = opened.page
    assert page.locator("svg.picture:visible").count() == page.locator("figure.chart").count()
    page.locator(FIRST_MARK).first.dispatch_event("click")
    page.wait_for_selector("#evidence [data-missing]")
    assert "cannot unpack" in page.locator("#evidence").inner_text()
    assert "cannot unpack" in str(page.locator("details.folded").first.text_content())
    assert opened.complaints == []


@each_screen
def test_a_report_has_no_accessibility_fault(width: int, scheme: Scheme, open_report: Open) -> None:
    page = open_report(width=width, scheme=scheme).page
    assert find_faults(page) == []
    page.locator("details.folded summary").first.click()
    page.locator("details.folded tbody .opener").first.click()
    page.wait_for_selector("[data-drawer] #evidence [data-shown]")
    assert find_faults(page, "#drawer", "details.folded[open]") == []


def test_a_phone_shows_the_narrow_pictures_and_nothing_is_wider_than_it(open_report: Open) -> None:
    opened = open_report(width=375)
    page = opened.page
    assert page.evaluate("() => document.documentElement.scrollWidth") == 375
    assert page.evaluate(LIST_CUT) == []
    assert set(page.locator("svg.picture:visible").evaluate_all(LIST_WIDTHS)) == {343}
    mark = page.locator(FIRST_MARK).first
    mark.tap()
    opened.wait_for_evidence(str(mark.get_attribute("data-point")))
    assert (opened.asked, opened.complaints) == ([], [])


def test_a_reader_chooses_the_colours(open_report: Open) -> None:
    page = open_report().page
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    before = page.evaluate(paper)
    page.locator("[data-scheme-switch]").click()
    assert page.evaluate(paper) != before
    page.emulate_media(media="print")
    assert page.evaluate(paper) == before


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_report_prints_in_light_colours_with_every_title_and_no_controls(
    paper: str, open_report: Open, tmp_path: Path
) -> None:
    page = open_report(scheme="dark").page
    titles = page.locator(".chart-title").all_inner_texts()
    path = tmp_path / "report.pdf"
    page.pdf(path=path, format=paper, print_background=True)
    document = pypdfium2.PdfDocument(path)
    texts = [read_words(leaf.get_textpage()) for leaf in document]
    assert FEWEST_PAGES <= len(texts) <= MOST_PAGES
    assert squeeze("India and Russia") in squeeze(texts[0])
    assert "Contents" in texts[0]
    everything = " ".join(texts)
    assert titles
    assert [title for title in titles if squeeze(title) not in squeeze(everything)] == []
    assert "https://www.sipri.org/publications" in everything
    for number, text in enumerate(texts, start=1):
        assert squeeze(f"{number} of {len(texts)}") in squeeze(text)
    for control in ("Print", "Evidence", "Table of", "Skip to"):
        assert not re.search(rf"\b{control}\b", everything), control
    corners = [leaf.render(scale=0.2).to_numpy()[0, 0].min() for leaf in document]
    assert min(corners) > DARKEST_PAPER


def test_on_paper_no_words_lie_outside_the_page(open_report: Open, tmp_path: Path) -> None:
    page = open_report().page
    path = tmp_path / "report.pdf"
    page.pdf(path=path, format="A4", print_background=True)
    for number, leaf in enumerate(pypdfium2.PdfDocument(path), start=1):
        width, height = leaf.get_size()
        for left, bottom, right, top in list_boxes(leaf):
            assert left >= 0, number
            assert bottom >= 0, number
            assert right <= width, number
            assert top <= height, number


def squeeze(text: str) -> str:
    """A text without blanks: where they stand is guessed from distances, which differ by font."""
    return "".join(text.split())


def read_words(text: Any) -> str:
    """The words of a page with single blanks; lines that were broken at a hyphen are joined."""
    words: str = text.get_text_range()
    return " ".join(words.replace("\ufffe", "").replace("\u2010", "-").split())


def list_boxes(leaf: Any) -> Iterator[tuple[float, float, float, float]]:
    """Where the lines of a page stand."""
    text = leaf.get_textpage()
    for place in range(text.count_rects()):
        yield text.get_rect(place)
