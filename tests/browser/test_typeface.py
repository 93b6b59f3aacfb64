"""The server's measure of text is the browser's, and the font comes without moving anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.typeface import FAMILY, PICTURE_STYLE, measure_text, read_widths
from tests.browser.reader import OpenReader, Reader

pytestmark = pytest.mark.browser

LABELS = (
    *("76% 2009–13", "$68.7 bn", "−$58.9 bn", "13,856 TIV", "5,647 points", "$35 bn Apr–Dec 2022", "0.04"),
    *("Russia 72.9%", "United Kingdom", "Türkiye", "Côte d’Ivoire", "AVATAR Yo To Wa fi ffl", "1/2 “so”"),
    *("✓ supported", "≈ roughly", "↻ superseded", "≠ not comparable", "✕ contradicted", "? unresolved"),
    *(
        "by the end of 2025",
        "S-400 Triumf, SAM system",
        "← ↑ → ↓ ◆ ● ■ … × ·",
        "a\u00a0b",
        "6.7%\u2060 a year",
    ),
)
SIZES = (8.4, 10, 12, 12.5, 13, 14, 18, 22)
# Browsers hold each advance, and the type size too, in sixty-fourths of a pixel.
SLACK = 1 / 64
MEASURE = """([texts, sizes, style, family]) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("style", style);
  svg.setAttribute("font-family", family);
  document.body.append(svg);
  const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
  svg.append(text);
  return [400, 700].map((weight) => sizes.map((size) => texts.map((words) => {
    text.setAttribute("font-weight", weight);
    text.setAttribute("font-size", size);
    text.setAttribute("xml:space", "preserve");
    text.style.whiteSpace = "pre";
    text.textContent = words;
    return text.getComputedTextLength();
  })));
}"""
SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(sum), 400);
})"""


IS_IN_TIME = """() => {
  const font = performance.getEntriesByType("resource").find(({ name }) => name.includes("/fonts/"));
  return font.responseEnd <= performance.getEntriesByName("first-contentful-paint")[0].startTime;
}"""
HAS_ONE_WIDTH = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = "16px sans-serif";
  return pen.measureText("iiii").width === pen.measureText("MMMM").width;
}"""


def measure_in_browser(reader: Reader, texts: list[str], *, family: str) -> Any:
    """Lengths of each text as a browser sets it, by weight and size."""
    return reader.page.evaluate(MEASURE, [texts, list(SIZES), PICTURE_STYLE, family])


def test_the_measure_of_text_is_the_browsers(reader: Reader) -> None:
    reader.visit("/")
    texts = [*LABELS, *sorted(read_widths(bold=False))]
    wrong = []
    for bold, sizes in zip((False, True), measure_in_browser(reader, texts, family=FAMILY), strict=True):
        for size, lengths in zip(SIZES, sizes, strict=True):
            for text, length in zip(texts, lengths, strict=True):
                measured = measure_text(text, size=size, bold=bold)
                if abs(measured - length) > SLACK * (len(text) + measured / size):
                    wrong.append((text, size, bold, round(measured, 3), round(length, 3)))
    assert wrong == []


def test_another_face_is_told_from_ours(reader: Reader) -> None:
    reader.visit("/")
    regular, _ = measure_in_browser(reader, list(LABELS), family="monospace")
    apart = [abs(measure_text(text, size=SIZES[2]) - regular[2][place]) for place, text in enumerate(LABELS)]
    assert max(apart) > 100 * SLACK


@pytest.mark.parametrize("width", [1440, 375])
def test_the_font_comes_once_in_time_and_moves_nothing(open_reader: OpenReader, width: int) -> None:
    reader = open_reader(width=width)
    fonts: list[str] = []
    reader.page.on("request", lambda asked: fonts.append(asked.url) if "fonts/" in asked.url else None)
    reader.visit("/")
    shift = reader.page.evaluate(SHIFTS)
    is_loaded = reader.page.evaluate(f"document.fonts.check('12px \"{FAMILY}\"')")
    assert is_loaded
    assert len(fonts) == 1
    # A machine that is busy may paint before it has the font; what has one width for all letters moves then.
    is_in_time = reader.page.evaluate(IS_IN_TIME) and not reader.page.evaluate(HAS_ONE_WIDTH)
    assert shift == 0 or not is_in_time
    assert reader.complaints == []


def test_a_font_that_comes_late_moves_little(open_reader: OpenReader) -> None:
    reader = open_reader()
    if reader.page.evaluate(HAS_ONE_WIDTH):
        pytest.skip("nothing but letters of one width here: until ours come, words break at other places")

    def answer_late(route: Any) -> None:
        reader.page.wait_for_timeout(900)
        route.continue_()

    reader.page.route("**/fonts/*.woff2*", answer_late)
    reader.visit("/trade")
    reader.page.wait_for_function(f"document.fonts.check('12px \"{FAMILY}\"')")
    shift = reader.page.evaluate(SHIFTS)
    # A tenth is what browsers' makers call good.
    assert shift < 0.1


def test_a_saved_picture_is_set_in_our_face_wherever_it_is_opened(
    open_reader: OpenReader, address: str, tmp_path: Path
) -> None:
    reader = open_reader()
    answer = reader.page.request.get(f"{address}/download/share_by_window.svg")
    saved = tmp_path / "picture.svg"
    saved.write_bytes(answer.body())
    reader.page.goto(saved.as_uri())
    found = reader.page.evaluate(
        "async () => { await document.fonts.ready; return [...document.querySelectorAll('text')]"
        ".map((text) => [text.textContent, text.getComputedTextLength(),"
        " parseFloat(getComputedStyle(text).fontSize), getComputedStyle(text).fontWeight === '700']) }"
    )
    text, length, size, bold = max(found, key=lambda line: line[2])
    assert bold
    assert length == pytest.approx(measure_text(text, size=size, bold=bold), abs=0.5)
