"""Every point of every chart opens its own evidence, by the way a click takes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

import etl
from dashboard.charts import find_charts
from tests.browser.reader import Reader, open_reader

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
# Each chart once: on the last of its pages, which has the fewest others.
PAGES_OF_MOUSE: dict[str, list[str]] = {}
for _id, _chart in find_charts().items():
    PAGES_OF_MOUSE.setdefault(_chart.card.pages[-1], []).append(_id)
TRIES = 6
ASIDE = ((0, 0), (0, -7), (0, 7), (-6, 0), (6, 0))

# The event that plotly sends for a click, for each mark in turn; what the drawer then shows.
OPEN_EVERY_MARK = """async (chart) => {
  const graph = document.querySelector(`#${chart} .js-plotly-plot`);
  const seen = [];
  for (const [curveNumber, trace] of graph.data.entries()) {
    if (trace.hoverinfo === "skip") continue;
    for (const [pointNumber, id] of (trace.customdata ?? []).entries()) {
      const point = { curveNumber, pointNumber, customdata: id, x: 0, y: 0, data: trace };
      graph.emit("plotly_click", { event: {}, points: [point] });
      const shown = `#evidence [data-shown="${CSS.escape(id)}"]`;
      const deadline = performance.now() + 5000;
      const isAbsent = () => !document.querySelector(shown) && performance.now() < deadline;
      while (isAbsent()) await new Promise((go) => setTimeout(go, 2));
      const article = document.querySelector(shown);
      const says = [...(article?.querySelectorAll(".lines dd") ?? [])].map((line) => line.textContent);
      seen.push([id, article?.querySelector(".evidence-value span")?.textContent ?? null, says]);
    }
  }
  return seen;
}"""

# Where each mark is on the screen: the middle of its shape, or its place on the axes where it has none.
LOCATE_MARKS = """(chart) => {
  const graph = document.querySelector(`#${chart} .js-plotly-plot`);
  graph.scrollIntoView({ block: "center", behavior: "instant" });
  const frame = graph.getBoundingClientRect();
  const shapes = new Map([...graph.querySelectorAll(".point")].map((shape) => [shape.__data__, shape]));
  const locate = (point, trace) => {
    const box = shapes.get(point)?.getBoundingClientRect();
    if (box) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const across = graph._fullLayout[trace.xaxis.replace("x", "xaxis")];
    const up = graph._fullLayout[trace.yaxis.replace("y", "yaxis")];
    return { x: frame.x + across._offset + across.c2p(point.x), y: frame.y + up._offset + up.c2p(point.y) };
  };
  return graph._fullData.map((trace, curve) => {
    const ids = graph.data[curve].customdata;
    if (!ids || trace.hoverinfo === "skip") return [];
    return graph.calcdata[curve].map((point, place) => ({ id: ids[place], ...locate(point, trace) }));
  });
}"""


# A click that hits nothing changes nothing, which takes a moment to be sure of.
WAIT_FOR_POINT = """async () => {
  const read = () => new URLSearchParams(location.search).get("point");
  const deadline = performance.now() + 150;
  while (!read() && performance.now() < deadline) await new Promise((go) => setTimeout(go, 5));
  return read();
}"""


@pytest.mark.parametrize("page", PAGES_WITH_CHARTS)
def test_every_mark_of_every_chart_opens_its_own_evidence(
    page: str, reader: Reader, built_snapshot: etl.Snapshot
) -> None:
    reader.visit(PAGE_PATHS[page])
    charts = list_charts(page)
    assert reader.page.locator(".stage").count() == len(charts)
    for chart in charts:
        seen: list[Any] = reader.page.evaluate(OPEN_EVERY_MARK, chart)
        opened = {row_id for row_id, _, _ in seen}
        assert opened == list_points(reader, chart)
        for row_id, headline, says in seen:
            evidence = built_snapshot.evidence(row_id)
            assert headline == evidence.headline
            assert says[: len(evidence.says)] == [line.text for line in evidence.says]
    assert reader.complaints == []


@pytest.mark.parametrize("page", sorted(PAGES_OF_MOUSE))
def test_the_mouse_opens_a_point_of_every_trace(page: str, browser: Browser, address: str) -> None:
    # Below 1200 pixels the drawer slides over the page, so that charts keep their width between clicks.
    reader = open_reader(browser, address, width=1100)
    reader.visit(PAGE_PATHS[page])
    for chart in PAGES_OF_MOUSE[page]:
        for marks in reader.page.evaluate(LOCATE_MARKS, chart):
            if marks:
                assert any(click_opens(reader, mark) for mark in spread(marks)), (chart, marks[0]["id"])
    reader.page.context.close()


def list_charts(page: str) -> list[str]:
    """The charts of a page, in their order."""
    return [chart_id for chart_id, chart in find_charts().items() if page in chart.card.pages]


def list_points(reader: Reader, chart: str) -> set[str]:
    """The rows that a chart's table twin lists."""
    rows = reader.page.evaluate(
        "(chart) => JSON.parse(document.querySelector(`#${chart} details.folded`).dataset.table).rows", chart
    )
    return {row["opens"] for row in rows}


def spread(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A few marks from all along a trace, then places beside them: of marks that touch, one is hit."""
    step = max(1, len(marks) // TRIES)
    return [
        {**mark, "x": mark["x"] + right, "y": mark["y"] + down}
        for right, down in ASIDE
        for mark in marks[::step]
    ]


def click_opens(reader: Reader, mark: dict[str, Any]) -> bool:
    """Whether a click on a mark opens its row; the drawer is closed again."""
    reader.page.mouse.move(mark["x"], mark["y"])
    reader.page.mouse.click(mark["x"], mark["y"])
    opened: str | None = reader.page.evaluate(WAIT_FOR_POINT)
    if opened is not None:
        reader.page.keyboard.press("Escape")
        reader.wait_for_closed_drawer()
    return bool(opened == mark["id"])
