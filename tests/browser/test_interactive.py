"""The Interactive page of a chart: every point opens its evidence, the legend, the address, the schemes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.charts import find_charts
from tests.browser.axe import each_screen, find_faults
from tests.browser.reader import OpenReader, Reader, Scheme

pytestmark = pytest.mark.browser

# One of each way of drawing: lines, bars of several series, marks of many shapes, an order's progress.
SAMPLE = ("share_by_window", "arms_by_supplier", "bilateral_trade")
GRAPH = "#graph .js-plotly-plot"
# A click of plotly's on every point of every trace, and whose evidence the address then names; of every
# fortieth whether the drawer shows it.
WALK = """async ([clicks, step]) => {
  const graph = document.querySelector("#graph .js-plotly-plot");
  const pause = () => new Promise((go) => setTimeout(go, 1));
  const readPoint = () => new URLSearchParams(location.search).get("point");
  const met = { ids: [], wrong: [] };
  for (const [curveNumber, trace] of graph.data.entries()) {
    for (const [pointNumber, id] of (trace.customdata ?? []).entries()) {
      if (!id || met.ids.includes(id)) continue;
      met.ids.push(id);
      if ((met.ids.length - 1) % clicks) continue;
      const point = { curveNumber, pointNumber, data: trace, fullData: graph._fullData[curveNumber] };
      graph.emit("plotly_click", { points: [point] });
      const shown = `#evidence [data-shown="${CSS.escape(id)}"]`;
      const isRead = met.ids.length % step === 1;
      const isOpen = () => readPoint() === id && (!isRead || document.querySelector(shown));
      const deadline = performance.now() + 10000;
      while (!isOpen() && performance.now() < deadline) await pause();
      if (!isOpen()) met.wrong.push(id);
    }
  }
  return met;
}"""


def open_chart(reader: Reader, path: str) -> None:
    """Opens an Interactive page and waits until its figure is drawn."""
    reader.page.goto(f"{reader.address}/chart/{path}")
    wait_for_figure(reader)


def wait_for_figure(reader: Reader) -> None:
    """Waits until plotly has drawn, and the words around it stand."""
    reader.page.wait_for_selector("#words h1")
    reader.page.wait_for_selector(f"{GRAPH} .main-svg")


def walk(reader: Reader, chart_id: str, snapshot: etl.Snapshot, *, clicks: int) -> None:
    """Opens the evidence of one in so many points of a chart, leaves out no row, and asks no other host."""
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    open_chart(reader, chart_id)
    met = reader.page.evaluate(WALK, [clicks, 40])
    view = ChartCache(snapshot).select_view(chart_id, Selection())
    assert met["wrong"] == []
    assert set(met["ids"]) == {point.row_id for point in view.points}
    assert [url for url in asked if not url.startswith((reader.address, "data:", "blob:"))] == []
    assert reader.complaints == []


@pytest.mark.parametrize("chart_id", SAMPLE)
def test_points_of_every_trace_open_their_evidence(
    chart_id: str, reader: Reader, built_snapshot: etl.Snapshot
) -> None:
    walk(reader, chart_id, built_snapshot, clicks=8)


@pytest.mark.slow
@pytest.mark.parametrize("chart_id", find_charts())
def test_so_does_every_point_of_every_chart(
    chart_id: str, reader: Reader, built_snapshot: etl.Snapshot
) -> None:
    walk(reader, chart_id, built_snapshot, clicks=1)


def test_a_real_click_on_a_point_opens_its_evidence_and_closing_it_leads_back(reader: Reader) -> None:
    open_chart(reader, "slope")
    point = reader.page.locator(f"{GRAPH} .scatterlayer .point").first
    point.hover(force=True)
    # A click counts for plotly once it has seen what is under the pointer.
    reader.page.wait_for_selector(f"{GRAPH} .hoverlayer .hovertext")
    point.click(force=True)
    reader.page.wait_for_selector("[data-drawer] #evidence [data-shown]")
    reader.page.keyboard.press("Escape")
    reader.wait_for_closed_drawer()
    assert "point=" not in reader.page.url
    assert reader.page.evaluate("document.activeElement.id") == "plot"
    assert reader.complaints == []


def test_the_switch_in_a_frame_leads_to_the_same_chart_with_what_is_chosen(reader: Reader) -> None:
    reader.visit("/arms?window=2009-13")
    reader.page.locator("#slope").get_by_role("link", name=re.compile("^Interactive")).click()
    wait_for_figure(reader)
    assert reader.page.url.startswith(f"{reader.address}/chart/slope?window=2009-13")
    expect(reader.page.locator("#words h1")).to_contain_text("2009–13")
    reader.page.get_by_role("link", name="As a picture on its page").click()
    reader.wait_for_page()
    assert "/arms?window=2009-13" in reader.page.url
    reader.page.go_back()
    wait_for_figure(reader)
    expect(reader.page.locator("#words h1")).to_contain_text("2009–13")


def test_a_choice_draws_another_figure_and_its_table_and_back_steps_through_choices(reader: Reader) -> None:
    open_chart(reader, "slope")
    heading, page = reader.page.locator("#words h1"), reader.page
    first = heading.inner_text()
    page.locator("details.folded summary").click()
    page.locator("#choices").get_by_role("link", name="2009–13").click()
    expect(heading).to_contain_text("2009–13")
    cells = page.locator("details.folded tbody td")
    expect(cells.filter(has_text="2009–13").first).to_be_visible()
    expect(cells.filter(has_text="1995–99")).to_have_count(0)
    page.locator("#choices").get_by_role("link", name="2015–19").click()
    expect(heading).to_contain_text("2015–19")
    expect(page.locator(f"{GRAPH} .annotation-text").filter(has_text="2015–19")).to_have_count(1)
    assert page.url.endswith("/chart/slope?window=2015-19")
    assert "2015–19" in page.title()
    page.go_back()
    expect(heading).to_contain_text("2009–13")
    page.go_back()
    expect(heading).to_have_text(first)
    assert page.url.endswith("/chart/slope")


def test_evidence_opened_by_the_address_or_the_keyboard_is_the_same(reader: Reader) -> None:
    open_chart(reader, "slope")
    summary = reader.page.locator("details.folded summary")
    summary.focus()
    reader.page.keyboard.press("Enter")
    opener = reader.page.locator("details.folded tbody .opener").first
    row_id = opener.get_attribute("data-point")
    assert row_id
    opener.focus()
    reader.page.keyboard.press("Enter")
    reader.wait_for_evidence(row_id)
    reader.page.reload()
    wait_for_figure(reader)
    reader.wait_for_evidence(row_id)
    assert f"point={row_id}" in reader.page.url


def test_an_entry_of_the_legend_hides_its_series_and_isolates_it(reader: Reader) -> None:
    open_chart(reader, "arms_by_supplier")
    list_shown = "graph => graph._fullData.filter((t) => t.visible === true && t.name).map((t) => t.name)"
    graph = reader.page.locator(GRAPH)
    every: Any = graph.evaluate(list_shown)
    entry = reader.page.locator(f"{GRAPH} .legendtoggle").first
    entry.click(force=True)
    reader.page.wait_for_timeout(500)
    assert len(graph.evaluate(list_shown)) == len(every) - 1
    entry.click(force=True)
    reader.page.wait_for_timeout(500)
    entry.dblclick(force=True)
    reader.page.wait_for_timeout(500)
    assert len(set(graph.evaluate(list_shown))) == 1


def test_the_figure_follows_the_scheme_that_a_reader_switches_to(reader: Reader) -> None:
    open_chart(reader, "slope")
    paper = reader.page.locator(f"{GRAPH} .main-svg").first
    assert "rgb(255, 255, 255)" in (paper.get_attribute("style") or "")
    reader.page.locator("[data-scheme-switch]").click()
    expect(paper).to_have_attribute("style", re.compile(r"rgb\(20, 27, 34\)"))
    reader.page.reload()
    wait_for_figure(reader)
    expect(paper).to_have_attribute("style", re.compile(r"rgb\(20, 27, 34\)"))


@each_screen
def test_it_has_no_accessibility_fault_nor_a_scrollbar_across(
    scheme: Scheme, width: int, open_reader: OpenReader
) -> None:
    reader = open_reader(width=width, scheme=scheme)
    open_chart(reader, "share_by_window")
    reader.page.locator("details.folded summary").click()
    faults = find_faults(reader.page)
    wide = reader.page.evaluate("document.documentElement.scrollWidth")
    assert (faults, wide, reader.complaints) == ([], width, [])
