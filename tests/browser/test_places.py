"""Where a reader stands: the menus of dossiers and days, by keyboard and by screen reader, on a phone too."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.axe import each_screen, find_faults
from tests.browser.reader import OpenReader, Reader, Scheme

pytestmark = pytest.mark.browser


def read_place(reader: Reader) -> dict[str, list[str]]:
    """What the address says of the dossier and the day."""
    query = parse_qs(urlsplit(reader.page.url).query)
    return {name: query[name] for name in ("dossier", "as_of") if name in query}


def test_a_dossier_and_a_day_are_chosen_by_keyboard_and_kept(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    page.locator(".menu summary").first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("navigation", name="Dossier").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".menu[open]", state="detached")
    assert page.evaluate("() => document.activeElement.tagName") == "SUMMARY"

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.title.startsWith('Arms imports · Pakistan and China')")
    reader.wait_for_page()
    page.locator(".menu summary").nth(1).press("Enter")
    page.locator(".menu-list").get_by_role("link", name="March 2025").click()
    page.wait_for_selector(".banner")
    reader.visit(page.url.removeprefix(reader.address))
    assert page.locator(".banner").inner_text().startswith("As known on 10 March 2025.")
    place = {"dossier": ["pakistan_china"], "as_of": ["2025-03-10"]}
    assert read_place(reader) == place

    page.locator("#navigation").get_by_role("link", name="Revisions").click()
    page.wait_for_function("() => document.title.startsWith('Revisions')")
    assert read_place(reader) == place
    page.locator("#page td .opener").first.click()
    page.wait_for_selector("#evidence [data-shown*='2025-03-10']")
    assert "as_of=2025-03-10" in page.locator("#evidence .copyable a").first.inner_text()
    page.keyboard.press("Escape")
    reader.wait_for_closed_drawer()
    page.get_by_role("link", name="Show the newest").click()
    page.wait_for_selector(".banner", state="detached")
    assert read_place(reader) == {"dossier": ["pakistan_china"]}
    assert reader.complaints == []


@each_screen
def test_no_page_of_another_dossier_or_day_has_a_fault(
    width: int, scheme: Scheme, open_reader: OpenReader
) -> None:
    reader = open_reader(width=width, scheme=scheme)
    faults = {}
    for path in (
        "/?dossier=pakistan_china",
        "/trade?dossier=pakistan_china",
        "/?as_of=2019-03-31",
        "/revisions?window=all",
    ):
        reader.visit(path)
        reader.page.locator(".menu summary").nth(1).click()
        faults[path] = [*find_faults(reader.page), *reader.find_overflow()]
    assert {path: found for path, found in faults.items() if found} == {}
    assert reader.complaints == []
