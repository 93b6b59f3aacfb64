"""No page, on a desk or on a phone, with the drawer open or shut, has a fault that axe-core knows."""

from __future__ import annotations

import pytest

import etl
from tests.browser.axe import each_screen, find_faults
from tests.browser.reader import PAGES, OpenReader, Scheme

pytestmark = pytest.mark.browser


@each_screen
def test_no_page_has_a_fault_or_is_too_wide_or_complains(
    width: int, scheme: Scheme, open_reader: OpenReader, built_snapshot: etl.Snapshot
) -> None:
    reader = open_reader(width=width, scheme=scheme)
    document = built_snapshot.documents().collect()["document_id"][0]
    faults = {}
    for path in (*PAGES, f"/documents/{document}"):
        reader.visit(path)
        faults[path] = [*find_faults(reader.page), *reader.find_overflow()]
    assert {path: found for path, found in faults.items() if found} == {}
    assert reader.complaints == []
    reader.visit("/nowhere")
    assert find_faults(reader.page) == []


@each_screen
def test_neither_the_drawer_nor_an_unfolded_table_has_one(
    width: int, scheme: Scheme, open_reader: OpenReader
) -> None:
    reader = open_reader(width=width, scheme=scheme)
    reader.visit("/arms")
    row_id = reader.find_first_point()
    reader.page.locator("details.folded summary").first.click()
    reader.page.locator("details.folded tbody .opener").first.click()
    reader.wait_for_evidence(row_id)
    assert find_faults(reader.page, "#drawer", "details.folded[open]") == []
