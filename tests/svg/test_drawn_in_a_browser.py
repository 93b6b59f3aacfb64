"""Every picture as a browser sets it: no words over words, none cut off, every mark to be met."""

import html
import json
import re
import subprocess
from itertools import chain
from pathlib import Path

import pytest

from dashboard.svg import MarkName, draw_svg
from dashboard.theme import LIGHT, write_css_variables
from dashboard.typeface import write_font_inside
from tests.svg.drawn import Case, build_dots, build_figure

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--virtual-time-budget=60000",
]
PAGE = """<!doctype html><meta charset="utf-8">
<style>{css} body {{ margin: 0 }} svg {{ display: block }}</style>
<div id="stages">{stages}</div><pre id="found"></pre><script>
const SLACK = 1.5;
const isCut = (box, whole) => box.left < whole.left - SLACK || box.right > whole.right + SLACK
  || box.top < whole.top - SLACK || box.bottom > whole.bottom + SLACK;
const meet = (one, other) => one.left < other.right - SLACK && other.left < one.right - SLACK
  && one.top < other.bottom - 2 * SLACK && other.top < one.bottom - 2 * SLACK;
const measure = (text) => ({{words: text.textContent, box: text.getBoundingClientRect()}});
const readWords = (stage, found) => {{
  const whole = stage.querySelector("svg").getBoundingClientRect();
  const texts = [...stage.querySelectorAll("text")].filter((text) => text.textContent.trim()).map(measure);
  texts.forEach(({{words, box}}, place) => {{
    if (isCut(box, whole)) found.push(`${{stage.dataset.name}}: cut: ${{words}}`);
    texts.slice(place + 1).filter((other) => meet(box, other.box)).forEach((other) => {{
      found.push(`${{stage.dataset.name}}: over each other: ${{words}} / ${{other.words}}`);
    }});
  }});
  return texts.length;
}};
// A line is met up to 7 px beside it, which its box leaves out.
const BESIDE = 6;
// A mark is met where the topmost thing under some place of it is its own.
const listHits = (id, stage) => [...stage.querySelectorAll(`[data-point="${{CSS.escape(id)}}"] .hit`)];
const isMet = (id, stage) => listHits(id, stage).some((hit) => {{
  const box = hit.getBoundingClientRect();
  for (let across = 0; across <= 16; across += 1) {{
    for (let down = 0; down <= 16; down += 1) {{
      const x = box.left - BESIDE + (box.width + 2 * BESIDE) * across / 16;
      const y = box.top - BESIDE + (box.height + 2 * BESIDE) * down / 16;
      const there = document.elementFromPoint(x, y);
      if (there?.closest("[data-point]")?.dataset.point === id) return true;
    }}
  }}
  return false;
}});
const readMarks = (stage, found) => {{
  stage.scrollIntoView();
  const ids = [...stage.querySelectorAll('[role="button"]')].filter((mark) => mark.querySelector(".hit"));
  ids.map((mark) => mark.dataset.point).filter((id) => !isMet(id, stage)).forEach((id) => {{
    found.push(`${{stage.dataset.name}}: not met: ${{id}}`);
  }});
  return ids.length;
}};
document.fonts.ready.then(() => {{
  const found = [];
  const stages = [...document.getElementById("stages").children];
  const words = stages.reduce((sum, stage) => sum + readWords(stage, found), 0);
  const walked = stages.filter((stage) => stage.dataset.met);
  const marks = walked.reduce((sum, stage) => sum + readMarks(stage, found), 0);
  document.getElementById("found").textContent = JSON.stringify({{words, marks, found}});
}});
</script>"""


def measure_in_browser(stages: list[str], *, chromium_path: Path, folder: Path) -> dict[str, object]:
    """What the browser found in a page of pictures."""
    page = folder / "pictures.html"
    page.write_text(
        PAGE.format(css=write_font_inside() + write_css_variables(), stages="".join(stages)), encoding="utf-8"
    )
    size = "--window-size=1400,7000"
    command = [str(chromium_path), *FLAGS, size, "--dump-dom", page.as_uri()]
    drawn = subprocess.run(command, capture_output=True, text=True, check=True, timeout=180).stdout
    match = re.search(r'<pre id="found">(.*?)</pre>', drawn, re.DOTALL)
    assert match, "the browser drew nothing"
    found: dict[str, object] = json.loads(html.unescape(match[1]))
    return found


def build_stage(svg: str, name: str, *, is_met: bool) -> str:
    return f'<div data-name="{html.escape(name)}"{" data-met=1" if is_met else ""}>{svg}</div>'


@pytest.mark.browser
def test_words_are_whole_and_apart_and_every_mark_is_met(
    light_cases: dict[str, list[Case]], chromium_path: Path, tmp_path: Path
) -> None:
    # Bars of a stack may be thinner than a pixel, and are then met in the table only.
    stages = [
        build_stage(
            case.draw(palette=case.theme.palette),
            case.name,
            is_met=case.width in (343, 1100) and case.chart.card.chart_id != "arms_by_supplier",
        )
        for case in chain.from_iterable(light_cases.values())
    ]
    result = measure_in_browser(stages, chromium_path=chromium_path, folder=tmp_path)
    assert result["found"] == []
    assert isinstance(result["words"], int)
    assert result["words"] > 10 * len(stages)
    assert isinstance(result["marks"], int)
    assert result["marks"] > 500


@pytest.mark.browser
def test_the_browser_finds_words_over_words_cut_words_and_marks_that_are_covered(
    chromium_path: Path, tmp_path: Path
) -> None:
    note = {"x": 5, "y": 5, "showarrow": False, "font": {"size": 12, "color": LIGHT.text}}
    notes = [{**note, "text": "one"}, {**note, "text": "two"}, {**note, "text": "far", "x": 10, "xshift": 30}]
    figure = build_figure(build_dots([(2, 2)]), annotations=notes)
    svg = draw_svg(figure, width=300, names={"row-0": MarkName("a dot", "2020")})
    cover = '<div style="position: absolute; width: 300px; height: 200px; margin-top: -200px"></div>'
    stage = build_stage(f"{svg}{cover}", "this one", is_met=True)
    result = measure_in_browser([stage], chromium_path=chromium_path, folder=tmp_path)
    assert result["found"] == [
        "this one: over each other: one / two",
        "this one: cut: far",
        "this one: not met: row-0",
    ]
