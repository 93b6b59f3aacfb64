"""What axe-core finds wrong with a page, and the screens that it is asked on."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

# Colours do not depend on the width, nor the layout on the colours: the other pairs can wait.
SCREENS = [(1440, "light"), (375, "dark")]
CROSSED = [
    pytest.param(width, scheme, marks=pytest.mark.slow) for width, scheme in ((1440, "dark"), (375, "light"))
]
each_screen = pytest.mark.parametrize(("width", "scheme"), [*SCREENS, *CROSSED])

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async ([include, runOnly]) => {
  const { violations } = await axe.run({ include }, { runOnly, resultTypes: ["violations"] });
  const name = (node) => node.target.join(" ");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(name).join(" | ")}`);
}"""


def find_faults(page: Page, *parts: str) -> list[str]:
    """Every rule that a page or parts of it break, with the first places where they do."""
    absent = [part for part in parts if not page.locator(part).count()]
    assert absent == []
    page.evaluate(AXE)
    faults: Any = page.evaluate(RUN_AXE, [parts or ["html"], RULES])
    return [str(fault) for fault in faults]
