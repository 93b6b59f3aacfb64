"""A reader's tab on a served dashboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

DRAWN = """() => {
  const isDrawn = (stage) => stage.dataset.drawn && stage.querySelector("svg.picture");
  const isThere = document.readyState === "complete" && !document.querySelector("#page[aria-busy]");
  return isThere && [...document.querySelectorAll(".stage")].every(isDrawn);
}"""
FOLLOW = """(href) => {
  const link = Object.assign(document.createElement("a"), { href });
  document.getElementById("page").append(link);
  link.click();
}"""
PAGES = ("/", "/arms", "/revisions", "/trade", "/claims", "/check", "/documents", "/data", "/methods")
FAILED_PAGE = "This page is missing"
Scheme = Literal["light", "dark"]
OpenReader = Callable[..., "Reader"]


@dataclass
class Reader:
    """A tab, the address of the dashboard, and what the browser complained of."""

    page: Page
    address: str
    complaints: list[str]

    def visit(self, path: str) -> None:
        """Opens a page and waits until everything on it is drawn."""
        self.page.goto(self.address + path)
        self.wait_for_page()

    def follow(self, path: str) -> None:
        """Follows a link to an address, as one that stands on the page."""
        self.page.evaluate(FOLLOW, path)

    def wait_for_page(self) -> None:
        """Waits until the page has its heading and its charts."""
        self.page.wait_for_selector("#page h1", state="attached")
        assert self.page.locator("#page h1").inner_text() != FAILED_PAGE, (
            "the server failed to build the page"
        )
        self.page.wait_for_function(DRAWN)

    def wait_for_evidence(self, row_id: str) -> None:
        """Waits until the drawer shows a row."""
        self.page.wait_for_selector(f'[data-drawer] #evidence [data-shown="{row_id}"]')

    def wait_for_closed_drawer(self) -> None:
        """Waits until the drawer is away."""
        self.page.wait_for_selector("html:not([data-drawer])", state="attached")

    def find_overflow(self) -> list[str]:
        """How much wider the page is than the screen, if it is."""
        wide = self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        return [f"{wide} pixels too wide"] if wide > 0 else []

    def find_first_point(self) -> str:
        """The row behind the first point of the first chart."""
        row_id: str = self.page.evaluate(
            "() => JSON.parse(document.querySelector('figure details.folded').dataset.table).rows[0].opens"
        )
        return row_id


def open_tab(context: BrowserContext, address: str, *, width: int, scheme: Scheme) -> Reader:
    """A new tab of a browser that keeps what it has loaded once."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    reader = Reader(page, address, [])

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            reader.complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: reader.complaints.append(str(error)))
    return reader
