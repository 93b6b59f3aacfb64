"""The marked text of a document works by keyboard, on a phone, and for those who hear the page."""

from __future__ import annotations

from pathlib import Path

import pytest

import etl
from tests.browser.axe import each_screen, find_faults
from tests.browser.reader import OpenReader, Reader, Scheme

pytestmark = pytest.mark.browser

DOCUMENT = "business-standard-2025-12-05"


@pytest.fixture
def claim_ids(built_snapshot: etl.Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The claims of a document, of whose text a shifted copy is at hand."""
    claims = built_snapshot.claims(document_id=DOCUMENT).sort("char_start").collect().to_dicts()
    lines = [f"Here it says {claim['stated_as']} <b>and</b> more of the same." * 2 for claim in claims[1:]]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / f"{DOCUMENT}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("FOOTNOTED_DATASETS", str(tmp_path))
    return [claim["claim_id"] for claim in claims]


def test_a_mark_opens_its_evidence_by_keyboard_and_gets_the_focus_back(
    reader: Reader, claim_ids: list[str]
) -> None:
    reader.visit(f"/documents/{DOCUMENT}")
    mark = reader.page.locator(f'mark button[data-point="{claim_ids[-1]}"]')
    mark.focus()
    reader.page.keyboard.press("Enter")
    reader.wait_for_evidence(claim_ids[-1])
    reader.page.keyboard.press("Escape")
    reader.wait_for_closed_drawer()
    assert mark.evaluate("(each) => each === document.activeElement")
    assert reader.complaints == []


def test_the_place_of_a_claim_leads_to_its_mark(reader: Reader, claim_ids: list[str]) -> None:
    reader.visit(f"/documents/{DOCUMENT}")
    place = reader.page.locator('td a[href^="#mark-"]').last
    name = place.get_attribute("href")
    place.click()
    reader.page.wait_for_function(
        "(name) => { const box = document.querySelector(name).getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; }",
        arg=name,
    )


@pytest.mark.usefixtures("claim_ids")
@each_screen
def test_a_marked_text_has_no_fault_and_fits(width: int, scheme: Scheme, open_reader: OpenReader) -> None:
    reader = open_reader(width=width, scheme=scheme)
    reader.visit(f"/documents/{DOCUMENT}")
    assert "<b>and</b>" in reader.page.locator(".marked-text").inner_text()
    assert [*find_faults(reader.page), *reader.find_overflow()] == []
