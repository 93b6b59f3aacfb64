"""A served dashboard and a real Chromium for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

import etl
from dashboard.site.app import create_app, warm_up
from tests.browser.reader import Reader, open_reader

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class QuietHandler(WSGIRequestHandler):
    """Keeps connections open and the output of the tests clean."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def address(built_snapshot: etl.Snapshot) -> Iterator[str]:
    """Where the dashboard of the built snapshot is served."""
    with serve(built_snapshot) as served:
        yield served


@contextmanager
def serve(snapshot: etl.Snapshot) -> Iterator[str]:
    """A dashboard of one snapshot; gives its address."""
    app = create_app(snapshot)
    warm_up(app)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader at a wide screen with light colours."""
    opened = open_reader(browser, address)
    yield opened
    opened.page.context.close()
