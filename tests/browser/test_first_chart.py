"""What counts as a chart for the measurement of pages: drawn marks, not the frame that waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.benchmarks.page_visits import DESK, open_context

pytestmark = pytest.mark.browser

WORDS = '<text y="20">100%</text>'
FRAME = '<rect width="400" height="200" fill="#eee"/>' + '<path d="M0 50H400" stroke="#ddd"/>' * 9
BARS = "".join(f'<rect x="{40 * n}" y="80" width="30" height="120" fill="#31688e"/>' for n in range(5))
CLEAR_BARS = BARS.replace("#31688e", "transparent")
CLIPS = f"<defs><clipPath id='c'>{BARS}</clipPath></defs>"
CANVAS = """<canvas width="400" height="200"></canvas><script>
const pen = document.querySelector("canvas").getContext("2d");
pen.fillStyle = "%s";
for (let at = 0; at < 400; at += 40) pen.fillRect(at, 80, 30, 120);
</script>"""
HOST = """<div></div><script>
document.querySelector("div").attachShadow({mode: "open"}).innerHTML = `%s`;
</script>"""


def draw_svg(content: str, *, size: str = "width:400px;height:200px") -> str:
    return f'<svg style="{size}">{content}</svg>'


WAITING = {
    "nothing": "",
    "a skeleton": draw_svg(BARS),
    "a frame with its grid": draw_svg(WORDS + FRAME),
    "bars without colour": draw_svg(WORDS + CLEAR_BARS),
    "bars that only clip": draw_svg(WORDS + FRAME + CLIPS),
    "an icon": draw_svg(WORDS + BARS, size="width:48px;height:48px"),
    "a hidden chart": f"<div style='opacity:0'>{draw_svg(WORDS + BARS)}</div>",
    "a canvas with grey things only": CANVAS % "#999",
}
CHARTS = {
    "bars with words": (draw_svg(WORDS + FRAME + BARS), "svg"),
    "bars with words in a shadow root": (HOST % draw_svg(WORDS + BARS), "svg"),
    "a canvas with coloured bars": (CANVAS % "#31688e", "canvas"),
}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A tab with the script that watches for charts."""
    context = open_context(browser, line=DESK)
    yield context.new_page()
    context.close()


def find_kind(page: Page, content: str) -> str | None:
    """The kind of chart the page shows some frames after it was loaded."""
    page.goto(f"data:text/html,{quote(f'<!doctype html><body>{content}')}")
    # Two frames: a chart that was there at the first would have been seen.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    kind: str | None = page.evaluate("() => footnotedBench().kind")
    return kind


@pytest.mark.parametrize("content", WAITING.values(), ids=WAITING)
def test_a_page_that_waits_shows_no_chart(page: Page, content: str) -> None:
    assert find_kind(page, content) is None


@pytest.mark.parametrize(("content", "kind"), CHARTS.values(), ids=CHARTS)
def test_drawn_marks_are_a_chart(page: Page, content: str, kind: str) -> None:
    assert find_kind(page, content) == kind


def test_a_stand_in_is_not_the_chart_that_stays(page: Page) -> None:
    page.goto(f"data:text/html,{quote(f'<!doctype html><body>{draw_svg(WORDS + BARS)}')}")
    page.wait_for_function("() => footnotedBench().chart !== null")
    first = page.evaluate("() => footnotedBench()")
    page.evaluate("() => document.querySelector('svg').style.width = '300px'")
    page.wait_for_function("first => footnotedBench().kept > first", arg=first["kept"])
    second = page.evaluate("() => footnotedBench()")
    assert first["kept"] == first["chart"] == second["chart"] < second["kept"]
