"""Charts that plotly.js draws, each one new file: lazily, nothing moves, every mark opens its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Error, expect

import dashboard.charts
import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.report import write_report
from tests.browser.axe import find_faults
from tests.browser.reader import OpenReader, Reader
from tests.browser.test_interactive import open_chart
from tests.plotted_charts import COUNTS, name_chart, plant
from tests.served_dashboard import serve

pytestmark = pytest.mark.browser

# The middle of everything that plotly has drawn for a point, in the order of the figure.
FIND_MARKS = """(frame) => {
  const graph = document.querySelector(`${frame} .js-plotly-plot`);
  const named = ".treemaplayer .slice:not(:first-child), .sankey-link, .barpolar .point, .barlayer .point";
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  const marks = [...graph.querySelectorAll(named)].map((mark) => middle(mark.getBoundingClientRect()));
  const [trace] = graph._fullData;
  if (trace.type !== "heatmap") return marks;
  const { xaxis, yaxis } = graph._fullLayout;
  const { x, y } = graph.getBoundingClientRect();
  const find = (axis, start, place) => start + axis._offset + axis.c2p(place);
  return trace.z.flatMap((row, up) => row.map((_, across) => [find(xaxis, x, across), find(yaxis, y, up)]));
}"""
IS_SETTLED = """(frame) => {
  const graph = document.querySelector(`${frame} .js-plotly-plot`);
  const { width } = graph.parentElement.getBoundingClientRect();
  return Math.abs(graph._fullLayout.width - width) < 2 && !graph._transitioning;
}"""
# In a report the address may be kept beside that of the file.
READ_POINT = """() => {
  const shown = document.documentElement.hasAttribute("data-drawer");
  return shown && new URLSearchParams(location.search).get("point");
}"""
KINDS = ("heatmap", "treemap", "sankey", "stacked")


@pytest.fixture(scope="module")
def planted(
    built_snapshot: etl.Snapshot, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, ChartCache]]:
    """A dashboard with charts of its own files more, and its charts."""
    folder = tmp_path_factory.mktemp("charts")
    plant(folder, *COUNTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dashboard.charts, "__path__", [*dashboard.charts.__path__, str(folder)])
        with serve(built_snapshot) as address:
            yield address, ChartCache(built_snapshot)


def bring(reader: Reader, kind: str) -> None:
    """Scrolls to a chart and waits until it is drawn."""
    reader.page.locator(f"#{name_chart(kind)}").scroll_into_view_if_needed()
    reader.page.wait_for_selector(f"#{name_chart(kind)} .plot-stage[data-plotted]")


def list_rows(charts: ChartCache, kind: str) -> set[str]:
    """The rows that a chart draws."""
    return {point.row_id for point in charts.select_view(name_chart(kind), Selection()).points}


def open_marks(reader: Reader, frame: str) -> list[str]:
    """A real click on every mark, and the row whose evidence it opened."""
    opened = []
    for place in range(len(reader.page.evaluate(FIND_MARKS, frame))):
        # The evidence takes room beside the chart, and gives it back.
        reader.page.wait_for_function(IS_SETTLED, arg=frame)
        x, y = reader.page.evaluate(FIND_MARKS, frame)[place]
        row_id = click_mark(reader, x, y)
        if row_id:
            reader.wait_for_evidence(row_id)
            opened.append(row_id)
            reader.page.keyboard.press("Escape")
            reader.wait_for_closed_drawer()
    return opened


def click_mark(reader: Reader, x: float, y: float) -> str | None:
    """The row that a click opens; None where it opens none, as on the part of a treemap that is a sum."""
    # Plotly looks at a pointer now and then, and a click counts only where it has seen one.
    for place in (x - 1, x):
        reader.page.mouse.move(place, y)
        reader.page.wait_for_timeout(150)
    reader.page.mouse.click(x, y)
    with suppress(Error):
        reader.page.wait_for_function(READ_POINT, timeout=2_000)
    row_id: str | None = reader.page.evaluate(READ_POINT)
    return row_id


@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_opens_its_evidence_by_a_click(
    kind: str, open_reader: OpenReader, planted: tuple[str, ChartCache]
) -> None:
    address, charts = planted
    reader = open_reader(address=address)
    reader.page.goto(f"{address}/embed/{name_chart(kind)}")
    bring(reader, kind)
    opened = open_marks(reader, f"#{name_chart(kind)}")
    complaints = reader.complaints
    assert set(opened) == list_rows(charts, kind)
    assert complaints == []


def test_plotly_comes_once_when_a_chart_comes_near_and_nothing_moves(
    open_reader: OpenReader, planted: tuple[str, ChartCache]
) -> None:
    address, _ = planted
    reader = open_reader(address=address)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.goto(f"{address}/arms")
    reader.page.wait_for_selector(".stage svg")
    assert [url for url in asked if "plot" in url] == []
    reader.page.goto(f"{address}/trade")
    reader.page.wait_for_selector(".plot-stage", state="attached")
    assert [url for url in asked if "plotly" in url or "/figure/" in url] == []
    high = reader.page.evaluate("document.documentElement.scrollHeight")
    for kind in COUNTS:
        bring(reader, kind)
    assert reader.page.evaluate("document.documentElement.scrollHeight") == high
    scripts = [url for url in asked if "plotly" in url]
    own = [url for url in asked if not url.startswith((address, "data:"))]
    assert len(scripts) == 1
    assert (own, [url for url in asked if "_dash" in url], reader.complaints) == ([], [], [])
    reader.page.locator("[data-scheme-switch]").click()
    paper = reader.page.locator(f"#{name_chart('stacked')} .main-svg").first
    expect(paper).to_have_attribute("style", re.compile(r"rgb\(20, 27, 34\)"))
    assert find_faults(reader.page) == []


def test_the_table_below_opens_the_same_by_keyboard(
    open_reader: OpenReader, planted: tuple[str, ChartCache]
) -> None:
    address, charts = planted
    reader = open_reader(address=address, width=375)
    reader.page.goto(f"{address}/embed/{name_chart('treemap')}")
    bring(reader, "treemap")
    reader.page.locator("details.folded summary").focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("details.folded tbody .opener")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Tab")
    row_id = reader.page.evaluate("document.activeElement.dataset.point")
    reader.page.keyboard.press("Enter")
    reader.wait_for_evidence(row_id)
    wide = reader.page.evaluate("document.documentElement.scrollWidth")
    assert row_id in list_rows(charts, "treemap")
    assert wide == 375


def test_without_scripts_there_is_the_table(browser: Browser, planted: tuple[str, ChartCache]) -> None:
    address, _ = planted
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/embed/{name_chart('sankey')}")
    expect(page.locator(".plain-table tbody tr")).to_have_count(COUNTS["sankey"])
    expect(page.locator(".plain-table p")).to_be_visible()
    expect(page.locator(".plot-stage")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("form", ["SVG", "PNG"])
def test_the_picture_is_saved_as_it_is_seen_with_its_title(
    form: str, open_reader: OpenReader, planted: tuple[str, ChartCache]
) -> None:
    address, _ = planted
    reader = open_reader(address=address)
    reader.page.goto(f"{address}/embed/{name_chart('heatmap')}")
    bring(reader, "heatmap")
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name=re.compile(f"as {form}$")).click()
    saved: Download = waiting.value
    content = Path(saved.path()).read_bytes()
    complaints = reader.complaints
    assert saved.suggested_filename == f"{name_chart('heatmap')}.{form.lower()}"
    if form == "PNG":
        assert content.startswith(b"\x89PNG")
    else:
        assert b"Exports as a heatmap" in content
        assert b"UN Comtrade" in content
    assert complaints == []


def test_a_report_draws_them_from_disk_and_prints_their_tables(
    open_reader: OpenReader, planted: tuple[str, ChartCache], tmp_path: Path
) -> None:
    _, charts = planted
    path = tmp_path / "report.html"
    path.write_text(write_report(charts, selection=Selection()), encoding="utf-8")
    reader = open_reader(address="")
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.goto(path.as_uri())
    bring(reader, "treemap")
    opened = open_marks(reader, f"#{name_chart('treemap')}")
    reader.page.emulate_media(media="print")
    shown = [
        reader.page.locator(f"#{name_chart('treemap')} {part}").is_visible()
        for part in (".plain-table", ".plot-stage")
    ]
    complaints = reader.complaints
    assert set(opened) == list_rows(charts, "treemap")
    assert shown == [True, False]
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


@pytest.mark.parametrize("kind", ["heatmap", "sankey"])
def test_their_page_to_work_on_opens_every_mark(
    kind: str, open_reader: OpenReader, planted: tuple[str, ChartCache]
) -> None:
    address, charts = planted
    reader = open_reader(address=address)
    open_chart(reader, name_chart(kind))
    opened = open_marks(reader, "#graph")
    complaints = reader.complaints
    assert set(opened) == list_rows(charts, kind)
    assert complaints == []
