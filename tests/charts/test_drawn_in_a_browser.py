"""Every chart as a browser draws it: no words over words and none cut off, at every width."""

import html
import itertools
import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import plotly
import pytest

import etl
from dashboard.charts import find_charts
from dashboard.labels import NARROW_WIDTHS, WIDE_WIDTHS
from dashboard.selection import Selection
from dashboard.theme import Theme

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--timeout=60000"]
# What is asked for, and the day: each has figures of another number and spread.
SELECTIONS = (
    (Selection(), None),
    (Selection(dossier="pakistan_china"), None),
    (Selection(window="all"), date(2022, 12, 31)),
    (Selection(window="2016-20"), None),
)
CASES = [*((width, False) for width in (*WIDE_WIDTHS, 760)), *((width, True) for width in NARROW_WIDTHS)]
PAGE = """<body style="margin:0"><div id="stage"></div><pre id="found"></pre>
<script src="{plotly}"></script><script>
const cases = {cases};
const SLACK = 1.5;
const WORDS = ".annotation-text-g, .xtick text, .ytick text, .textpoint text";
const isCut = (box, whole) => box.left < whole.left - SLACK || box.right > whole.right + SLACK
  || box.top < whole.top - SLACK || box.bottom > whole.bottom + SLACK;
const meet = (one, other) => one.left < other.right - SLACK && other.left < one.right - SLACK
  && one.top < other.bottom - 2 * SLACK && other.top < one.bottom - 2 * SLACK;
const measure = (text) => ({{words: text.textContent, box: text.getBoundingClientRect()}});
(async () => {{
  const found = [];
  const stage = document.getElementById("stage");
  for (const each of cases) {{
    stage.style.width = each.layout.width + "px";
    await Plotly.newPlot(stage, each.data, each.layout, {{displayModeBar: false}});
    const whole = stage.querySelector(".main-svg").getBoundingClientRect();
    const texts = [...stage.querySelectorAll(WORDS)].filter((text) => text.textContent.trim()).map(measure);
    texts.forEach(({{words, box}}, place) => {{
      if (isCut(box, whole)) found.push(`${{each.name}}: cut: ${{words}}`);
      texts.slice(place + 1).filter((other) => meet(box, other.box)).forEach((other) => {{
        found.push(`${{each.name}}: over each other: ${{words}} / ${{other.words}}`);
      }});
    }});
    Plotly.purge(stage);
  }}
  document.getElementById("found").textContent = JSON.stringify({{drawn: cases.length, found}});
}})();
</script></body>"""


def list_cases(snapshot: etl.Snapshot) -> list[dict[str, Any]]:
    """Every chart that a selection changes, at every width, with what it is called in a failure."""
    cases = []
    for name, chart in find_charts().items():
        views: dict[Any, str] = {}
        for selection, day in SELECTIONS:
            known = etl.open_snapshot(snapshot.folder, as_of=day)
            views.setdefault(chart.select(known, selection), f"{name}, {selection.dossier}, {day}")
        for (view, words), (width, narrow) in itertools.product(views.items(), CASES):
            figure = chart.draw(view, Theme("dark" if narrow else "light", narrow))
            height = figure["layout"].get("height", chart.card.height)
            layout = {**figure["layout"], "width": width, "height": height}
            cases.append({"name": f"{words} at {width} px", "data": figure["data"], "layout": layout})
    return cases


@pytest.mark.browser
def test_no_words_are_cut_off_or_over_each_other(
    built_snapshot: etl.Snapshot, chromium_path: Path, tmp_path: Path
) -> None:
    cases = list_cases(built_snapshot)
    page = tmp_path / "charts.html"
    page.write_text(PAGE.format(plotly=PLOTLY.as_uri(), cases=json.dumps(cases)), encoding="utf-8")
    command = [str(chromium_path), *FLAGS, "--virtual-time-budget=60000", "--dump-dom", page.as_uri()]
    drawn = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    match = re.search(r'<pre id="found">(.*?)</pre>', drawn, re.DOTALL)
    assert match, "the browser drew nothing"
    result = json.loads(html.unescape(match[1]))
    assert result["drawn"] == len(cases)
    assert result["found"] == []
