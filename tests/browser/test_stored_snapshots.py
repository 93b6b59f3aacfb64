"""A link shows a colleague exactly what it was made on, also after a newer snapshot has come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.reader import OpenReader, Reader
from tests.served_dashboard import serve
from tests.stored_snapshots import build_two

pytestmark = pytest.mark.browser


@pytest.fixture
def kept(open_reader: OpenReader, tmp_path: Path) -> Iterator[tuple[Reader, str]]:
    """A reader where the newer of two snapshots is served, and the id of the older."""
    older, newer = build_two(tmp_path)
    with serve(newer) as address:
        yield open_reader(address=address), older.snapshot_id


def test_a_kept_snapshot_is_read_by_its_own_evidence_and_left_by_one_link(kept: tuple[Reader, str]) -> None:
    reader, older = kept
    page = reader.page
    reader.visit(f"/arms?snapshot={older}")
    row_id = reader.find_first_point()
    with page.expect_request("**/evidence/**") as asked:
        page.locator("#page .mark[tabindex='0']").first.press("Enter")
    assert parse_qs(urlsplit(asked.value.url).query)["snapshot"] == [older]
    reader.wait_for_evidence(row_id)
    assert f"snapshot={older}" in page.locator("#evidence .copyable a").first.inner_text()
    page.keyboard.press("Escape")
    reader.wait_for_closed_drawer()

    page.locator("#navigation").get_by_role("link", name="Trade").click()
    page.wait_for_function("() => document.title.startsWith('Trade')")
    reader.wait_for_page()
    assert f"snapshot={older}" in page.url
    assert page.locator("#footer-snapshot").inner_text() == older

    page.get_by_role("link", name="Show the newest snapshot").click()
    page.wait_for_selector(".banner", state="detached")
    assert page.url == f"{reader.address}/trade"
    assert page.locator("#footer-snapshot").inner_text() != older
    assert reader.complaints == []
