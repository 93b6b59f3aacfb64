"""Every point of every chart opens its own evidence, by the way a click takes."""

from __future__ import annotations

from typing import Any

import pytest

import etl
from dashboard.charts import find_charts
from tests.browser.reader import OpenReader, Reader

pytestmark = pytest.mark.browser

PAGE_PATHS = {
    "overview": "/",
    "arms": "/arms",
    "revisions": "/revisions",
    "trade": "/trade",
    "claims": "/claims",
    "documents": "/documents",
}
PAGES_WITH_CHARTS = sorted({page for chart in find_charts().values() for page in chart.card.pages})

LEAST_PIXELS = 3
# What the drawer shows of every row, tests/dashboard/test_evidence_of_points.py holds without a browser.
STEP = 10
# One way leads from every mark to its evidence: a few are clicked each time, and all by make test-slow.
FEW, EVERY = 7, 1
# The rows of all marks; of those clicked in turn the row that the address then names, and of every tenth what
# the drawer shows.
OPEN_MARKS = """async ([chart, clicks, step]) => {
  const seen = [];
  const named = `#${chart} .mark[role=button]`;
  const ids = [...document.querySelectorAll(named)].map((mark) => mark.dataset.point);
  const clicked = ids.filter((_, place) => place % clicks === 0);
  for (const [place, id] of clicked.entries()) {
    const mark = document.querySelector(`${named}[data-point="${CSS.escape(id)}"]`);
    mark.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    const entry = { id, asked: new URLSearchParams(location.search).get("point") };
    seen.push(entry);
    if (place % step) continue;
    const shown = `#evidence [data-shown="${CSS.escape(id)}"]`;
    const deadline = performance.now() + 5000;
    const isAbsent = () => !document.querySelector(shown) && performance.now() < deadline;
    while (isAbsent()) await new Promise((go) => setTimeout(go, 2));
    entry.headline = document.querySelector(`${shown} .evidence-value span`)?.textContent ?? null;
  }
  return { ids, seen };
}"""

# The rows that a pointer cannot hit: not those thinner than a pointer is exact, nor those under a mark of the
# same time, whose evidence lists them.
FIND_COVERED = """([chart, least]) => {
  const stage = document.querySelector(`#${chart} .stage`);
  const free = new Set();
  const all = new Set();
  stage.scrollIntoView({ block: "center", behavior: "instant" });
  for (const mark of stage.querySelectorAll(".mark[data-point]")) {
    const { point, period } = mark.dataset;
    all.add(point);
    if (free.has(point)) continue;
    const { top, bottom, width, height } = mark.getBoundingClientRect();
    if (Math.min(width, height) < least) free.add(point);
    if (top < 60 || bottom > innerHeight) mark.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y } = mark.getBoundingClientRect();
    for (let across = 0; across <= 12 && !free.has(point); across += 1) {
      for (let down = 0; down <= 12 && !free.has(point); down += 1) {
        const found = document.elementFromPoint(x + (width * across) / 12, y + (height * down) / 12);
        const hit = found?.closest?.(".mark")?.dataset;
        if (hit && (hit.point === point || hit.period === period)) free.add(point);
      }
    }
  }
  return [...all].filter((id) => !free.has(id));
}"""


@pytest.mark.parametrize("clicks", [FEW, pytest.param(EVERY, marks=pytest.mark.slow)])
@pytest.mark.parametrize("page", PAGES_WITH_CHARTS)
def test_every_mark_of_every_chart_opens_its_own_evidence(
    page: str, clicks: int, reader: Reader, built_snapshot: etl.Snapshot
) -> None:
    reader.visit(PAGE_PATHS[page])
    charts = list_charts(page)
    assert reader.page.locator(".stage").count() == len(charts)
    for chart in charts:
        met: Any = reader.page.evaluate(OPEN_MARKS, [chart, clicks, STEP])
        seen = met["seen"]
        assert set(met["ids"]) == list_points(reader, chart)
        assert [entry["asked"] for entry in seen] == [entry["id"] for entry in seen]
        for entry in seen[::STEP]:
            assert entry["headline"] == built_snapshot.evidence(entry["id"]).headline
    assert reader.complaints == []


@pytest.mark.parametrize("page", PAGES_WITH_CHARTS)
def test_a_pointer_can_hit_every_point(page: str, reader: Reader) -> None:
    reader.visit(PAGE_PATHS[page])
    covered = {
        chart: reader.page.evaluate(FIND_COVERED, [chart, LEAST_PIXELS]) for chart in list_charts(page)
    }
    assert {chart: rows for chart, rows in covered.items() if rows} == {}


@pytest.mark.parametrize("width", [375, 1440])
def test_a_click_or_a_tap_on_a_mark_opens_it(width: int, open_reader: OpenReader) -> None:
    reader = open_reader(width=width, touches=width < 640)
    reader.visit("/arms")
    mark = reader.page.locator("#share_by_window .mark[role=button]").first
    (mark.tap if width < 640 else mark.click)()
    reader.wait_for_evidence(str(mark.get_attribute("data-point")))


def list_charts(page: str) -> list[str]:
    """The charts of a page, in their order."""
    return [chart_id for chart_id, chart in find_charts().items() if page in chart.card.pages]


def list_points(reader: Reader, chart: str) -> set[str]:
    """The rows that a chart's table twin lists."""
    rows = reader.page.evaluate(
        "(chart) => JSON.parse(document.querySelector(`#${chart} details.folded`).dataset.table).rows", chart
    )
    return {row["opens"] for row in rows}
