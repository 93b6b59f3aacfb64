"""No page, in either scheme, with the drawer open or shut, has a fault that axe-core knows."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser

import etl
from tests.browser.reader import PAGES, Reader, Scheme, open_reader

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES_OF_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
RUN_AXE = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  const name = (node) => node.target.join(" ");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(name).join(" | ")}`);
}"""


def find_faults(reader: Reader) -> list[str]:
    """Every rule that is broken, with the first places where it is."""
    reader.page.evaluate(AXE)
    faults: Any = reader.page.evaluate(RUN_AXE, RULES_OF_STANDARDS)
    return [str(fault) for fault in faults]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_has_an_accessibility_fault(
    scheme: Scheme, browser: Browser, address: str, built_snapshot: etl.Snapshot
) -> None:
    reader = open_reader(browser, address, scheme=scheme)
    document = built_snapshot.documents().collect()["document_id"][0]
    faults = {}
    for path in (*PAGES, f"/documents/{document}", "/nowhere"):
        reader.visit(path)
        faults[path] = find_faults(reader)
    reader.page.context.close()
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [375, 1440])
def test_neither_the_drawer_nor_an_unfolded_table_has_one(
    scheme: Scheme, width: int, browser: Browser, address: str
) -> None:
    reader = open_reader(browser, address, width=width, scheme=scheme)
    reader.visit("/arms")
    row_id = reader.find_first_point()
    reader.page.locator("details.folded summary").first.click()
    reader.page.locator("details.folded tbody .opener").first.click()
    reader.wait_for_evidence(row_id)
    faults = find_faults(reader)
    reader.page.context.close()
    assert faults == []
