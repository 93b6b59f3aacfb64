"""A served dashboard and a real Chromium for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

import etl
from tests.browser.reader import OpenReader, Reader, Scheme, open_tab
from tests.served_dashboard import serve

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def address(built_snapshot: etl.Snapshot) -> Iterator[str]:
    """Where the dashboard of the built snapshot is served."""
    with serve(built_snapshot) as served:
        yield served


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser, address: str) -> dict[bool, BrowserContext]:
    """A mouse's and a finger's: their first tabs stay, and with them what was loaded once."""
    found = {
        touches: browser.new_context(has_touch=touches, is_mobile=touches, device_scale_factor=1)
        for touches in (False, True)
    }
    for context in found.values():
        context.new_page().goto(f"{address}/healthz")
    return found


@pytest.fixture
def open_reader(contexts: dict[bool, BrowserContext], address: str) -> Iterator[OpenReader]:
    """Opens tabs with histories of their own, where nobody has stored anything."""

    def open_one(
        *, width: int = 1440, scheme: Scheme = "light", touches: bool = False, address: str = address
    ) -> Reader:
        return open_tab(contexts[touches], address, width=width, scheme=scheme)

    yield open_one
    for context in contexts.values():
        first, *opened = context.pages
        for page in opened:
            page.close()
        context.set_offline(False)
        context.clear_permissions()
        first.evaluate("() => localStorage.clear()")


@pytest.fixture
def reader(open_reader: OpenReader) -> Reader:
    """A reader at a wide screen with light colours."""
    return open_reader()
