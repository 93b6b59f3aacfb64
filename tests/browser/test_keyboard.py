"""A whole journey by keyboard alone: through a chart into the evidence, on to an operand, and back."""

from __future__ import annotations

import pytest

import etl
from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

MANY_TABS = 40
FOCUSED = (
    "() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
)


def press(reader: Reader, *keys: str) -> None:
    """Presses keys, one after the other."""
    for key in keys:
        reader.page.keyboard.press(key)


def tab_to(reader: Reader, selector: str) -> None:
    """Presses Tab until the focus is on what the selector names."""
    for _ in range(MANY_TABS):
        press(reader, "Tab")
        if reader.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not within {MANY_TABS} presses of Tab")


def read_point(reader: Reader) -> str | None:
    """The point that the address names."""
    point: str | None = reader.page.evaluate("() => new URLSearchParams(location.search).get('point')")
    return point


def test_a_reader_without_a_mouse_reaches_points_evidence_operands_and_pages(reader: Reader) -> None:
    page = reader.page
    reader.visit("/")
    press(reader, "Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip-link"
    tab_to(reader, "nav a[href='/arms']")
    press(reader, "Enter")
    page.wait_for_function("() => location.pathname === '/arms'")
    reader.wait_for_page()
    page.wait_for_function("() => document.title.startsWith('Arms imports')")
    page.wait_for_function("() => document.activeElement.id === 'page'")

    tab_to(reader, ".mark")
    press(reader, "ArrowRight", "ArrowRight", "End", "ArrowLeft", "Home")
    first = reader.find_first_point()
    assert page.evaluate("() => document.activeElement.dataset.point") == first
    spoken = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert "source: SIPRI" in spoken
    assert page.locator(".bubble strong").inner_text().split(" · ")[0] in spoken

    press(reader, "Enter")
    reader.wait_for_evidence(first)
    assert read_point(reader) == first
    assert page.evaluate(FOCUSED) == "drawer"
    tab_to(reader, "#evidence .operands .opener")
    operand = page.evaluate("() => document.activeElement.dataset.point")
    press(reader, "Enter")
    reader.wait_for_evidence(operand)

    press(reader, "Escape")
    reader.wait_for_closed_drawer()
    assert read_point(reader) is None
    assert page.evaluate("() => document.activeElement.closest('.stage') !== null")
    assert page.evaluate("() => document.activeElement.dataset.point") == first
    assert reader.complaints == []


def test_a_table_twin_opens_points_by_keyboard(reader: Reader) -> None:
    reader.visit("/trade")
    reader.page.locator("#page").focus()
    tab_to(reader, "details.folded summary")
    press(reader, "Enter")
    reader.page.wait_for_selector("details.folded .opener")
    tab_to(reader, "details.folded .opener")
    row_id = reader.page.evaluate("() => document.activeElement.dataset.point")
    press(reader, "Enter")
    reader.wait_for_evidence(row_id)
    press(reader, "Escape")
    reader.wait_for_closed_drawer()
    assert reader.page.evaluate("() => document.activeElement.dataset.point") == row_id


def test_a_claim_opens_from_the_claims_table(reader: Reader, built_snapshot: etl.Snapshot) -> None:
    reader.visit("/claims")
    tab_to(reader, "td .opener")
    claim_id = reader.page.evaluate("() => document.activeElement.dataset.point")
    press(reader, "Enter")
    reader.wait_for_evidence(claim_id)
    shown = reader.page.locator("#evidence .evidence-value span").first.inner_text()
    assert shown == built_snapshot.evidence(claim_id).headline
