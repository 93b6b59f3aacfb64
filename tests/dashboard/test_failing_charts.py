"""A chart that fails, however it does, says so in its place and takes nothing else down."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import etl
from dashboard.address import Selection
from dashboard.chart_contract import ChartFaultError
from dashboard.charts import find_charts
from dashboard.site.app import create_app
from tests.contributing import read_example
from tests.dashboard.test_dash_pages import ask_chart

CHART = read_example("A chart", folder="dashboard/charts")
CHART_ID, TITLE = "example_exports", "India’s exports to Russia"
FAILS = "    raise ValueError('a slip in a chart')"
DRAW = "draw_whole = draw\n\ndef draw(view, theme):\n    figure = draw_whole(view, theme)\n"
SELECT = "from dataclasses import replace\nselect_whole = select\n\ndef select(snapshot, selection):\n"
# What takes the place of what the chart has, and the class of what then goes wrong.
SLIPS = {
    "import": ("raise RuntimeError('a slip in a chart')", "RuntimeError"),
    "exit": ("import sys\nsys.exit('a slip in a chart')", "SystemExit"),
    "missing module": ("import a_module_that_is_nowhere", "ModuleNotFoundError"),
    "syntax": ("def (:", "SyntaxError"),
    "no describe": ("del describe", "ChartError"),
    "card": ("CHART = 'example_exports'", "ChartError"),
    "select": (f"def select(snapshot, selection):\n{FAILS}", "ValueError"),
    "select none": ("def select(snapshot, selection):\n    return None", "TypeError"),
    "endless select": (
        "def select(snapshot, selection):\n    return select(snapshot, selection)",
        "RecursionError",
    ),
    "points": (
        f"{SELECT}    return replace(select_whole(snapshot, selection), points=('a', 'b'))",
        "TypeError",
    ),
    "evidence": (
        f"{SELECT}    view = select_whole(snapshot, selection)\n"
        "    return replace(view, points=(replace(view.points[0], row_id='nowhere'),))",
        "UnknownRowError",
    ),
    "draw": (f"def draw(view, theme):\n{FAILS}", "ValueError"),
    "draw none": ("def draw(view, theme):\n    return None", "FigureError"),
    "draw text": ("def draw(view, theme):\n    return {'data': 'bars', 'layout': {}}", "FigureError"),
    "no traces": (f"{DRAW}    return {{**figure, 'data': []}}", "FigureError"),
    "only nan": (
        f"{DRAW}    trace = figure['data'][0]\n"
        "    nan = [float('nan')] * len(trace['y'])\n"
        "    return {**figure, 'data': [{**trace, 'y': nan}]}",
        "FigureError",
    ),
    "describe": (f"def describe(view):\n{FAILS}", "ValueError"),
    "describe none": ("def describe(view):\n    return None", "TypeError"),
    "offer_choices": (f"def offer_choices(snapshot, selection):\n{FAILS}", "ValueError"),
    "choices none": ("def offer_choices(snapshot, selection):\n    return None", "TypeError"),
    "choices text": ("def offer_choices(snapshot, selection):\n    return ('all',)", "TypeError"),
}
# Of these nothing but the file's text is known.
UNREAD = ("import", "exit", "missing module", "syntax", "no describe", "card")
SENTENCE = re.compile(r"“([^”]+)” could not be drawn \((\w+)\); the server’s log says why\.")
# What a picture does without.
BESIDE_PICTURE = ("describe", "describe none", "offer_choices", "choices none", "choices text")
FAULTS = list(SLIPS)


@pytest.fixture(scope="module")
def whole(built_snapshot: etl.Snapshot) -> str:
    """The page of trade without the chart that fails."""
    return create_app(built_snapshot).test_client().get("/trade").text


def plant(folder: Path, slip: str) -> None:
    """A chart of its own file, as a maintainer would add it, with a slip."""
    (folder / "dashboard.charts" / "extra_chart.py").write_text(f"{CHART}\n\n{slip}\n", encoding="utf-8")


def check_said(text: str, *, error: str, title: str) -> None:
    """It is said once which chart failed and how, and nothing of where."""
    assert SENTENCE.findall(text) == [(title, error)]
    assert [word for word in ("Traceback", "extra_chart.py", "a slip in a chart") if word in text] == []


@pytest.mark.parametrize("kind", FAULTS)
def test_it_says_in_its_place_what_failed_and_the_rest_is_whole(
    kind: str, added: Path, built_snapshot: etl.Snapshot, whole: str, caplog: pytest.LogCaptureFixture
) -> None:
    slip, error = SLIPS[kind]
    plant(added, slip)
    client, title = create_app(built_snapshot).test_client(), name_chart(kind)

    page = client.get("/trade")
    assert page.status_code == 200
    check_said(page.text, error=error, title=title)
    assert page.text.count('<svg class="picture"') == whole.count('<svg class="picture"')
    assert page.text.count('class="folded"') >= whole.count('class="folded"')
    assert [text in caplog.text for text in ("Traceback", error, CHART_ID)] == [True] * 3

    embed = client.get(f"/embed/{CHART_ID}")
    assert embed.status_code == 500
    check_said(embed.text, error=error, title=title)

    asked = {"pathname": f"/chart/{CHART_ID}", "search": "", "scheme": "light", "narrow": False}
    interactive = ask_chart(client, asked)
    assert interactive.status_code == 200
    check_said(json.dumps(interactive.get_json(), ensure_ascii=False), error=error, title=title)

    if kind not in BESIDE_PICTURE:
        picture = client.get(f"/picture/{CHART_ID}.svg")
        assert picture.status_code == 500
        check_said(picture.text, error=error, title=title)


@pytest.mark.parametrize("kind", ["import", "evidence", "draw", "describe"])
def test_everything_else_goes_on(kind: str, added: Path, built_snapshot: etl.Snapshot) -> None:
    slip, error = SLIPS[kind]
    plant(added, slip)
    client, title = create_app(built_snapshot).test_client(), name_chart(kind)
    for path in ("/", "/compare", "/search.json?q=trade", "/api/v1/charts", f"/chart/{CHART_ID}"):
        assert client.get(path).status_code == 200, path
    for path in (f"/compare?chart={CHART_ID}&left=@2024-12-31", "/report/india_russia.html"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert set(SENTENCE.findall(answer.text)) == {(title, error)}


def test_a_module_that_fails_is_tried_once(added: Path, caplog: pytest.LogCaptureFixture) -> None:
    plant(added, SLIPS["import"][0])
    faults = [find_charts()[CHART_ID].fault for _ in range(3)]
    assert len(set(map(id, faults))) == 1
    assert caplog.text.count("could not be imported") == 1


def test_a_fault_that_is_raised_again_and_again_holds_one_traceback(
    added: Path, built_snapshot: etl.Snapshot
) -> None:
    plant(added, SLIPS["import"][0])
    chart = find_charts()[CHART_ID]

    def count_frames() -> int:
        with pytest.raises(ChartFaultError) as raised:
            chart.select(built_snapshot, Selection())
        assert raised.value.__cause__ is chart.fault
        return len(raised.traceback)

    assert len({count_frames() for _ in range(3)}) == 1


def test_a_single_value_that_is_no_number_is_a_gap(added: Path, built_snapshot: etl.Snapshot) -> None:
    plant(added, f"{DRAW}    figure['data'][0]['y'][0] = float('nan')\n    return figure")
    answer = create_app(built_snapshot).test_client().get("/trade")
    assert SENTENCE.findall(answer.text) == []
    assert f'id="{CHART_ID}"' in answer.text
    _, _, frame = answer.text.partition(f'id="{CHART_ID}"')
    picture, _, _ = frame.partition("</svg>")
    assert re.search(r"\bnan\b", picture, re.IGNORECASE) is None


def name_chart(kind: str) -> str:
    """The title of the failing chart, as far as it is known."""
    is_known = kind not in UNREAD and not kind.startswith(("select", "endless", "points", "evidence"))
    return TITLE if is_known else "Example exports"
