"""Dash pages: one file each, below its prefix, with callbacks of its own and only its own libraries."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash._callback import GLOBAL_CALLBACK_LIST, GLOBAL_CALLBACK_MAP
from dash.development.base_component import ComponentRegistry
from flask.testing import FlaskClient

import dashboard.dash_pages
import etl
from dashboard.charts import find_charts
from dashboard.dash_pages import DashPageError, find_dash_pages
from dashboard.site.app import create_app

ECHO = """
from dash import Dash, Input, Output, dcc, html
from dashboard.dash_page_contract import DashContext, DashPage

PAGE = DashPage("/echo/", "Echo")


def build_layout(context: DashContext) -> html.Div:
    return html.Div([dcc.Input(id="text"), html.P(id="said")])


def register_callbacks(app: Dash, context: DashContext) -> None:
    @app.callback(Output("said", "children"), Input("text", "value"))
    def say(text: str) -> str:
        return f"{context.store.served.snapshot.snapshot_id}: {text.upper()}"
"""
# A library of components as they are installed, with one component and one script.
LIBRARY = """
from dash.development.base_component import Component, _explicitize_args

__version__ = "1.0.0"
_js_dist = [{"relative_package_path": "gauges.min.js", "namespace": "footnoted_test_gauges"}]


class Gauge(Component):
    _children_props = []
    _base_nodes = ["children"]
    _namespace = "footnoted_test_gauges"
    _type = "Gauge"

    @_explicitize_args
    def __init__(self, id=None, **kwargs):
        self._prop_names = ["id"]
        self._valid_wildcard_attributes = []
        self.available_properties = ["id"]
        self.available_wildcard_properties = []
        super().__init__(id=id)


Gauge._js_dist = _js_dist
"""
GAUGES = """
from dash import Dash, html
import footnoted_test_gauges as gauges
from dashboard.dash_page_contract import DashContext, DashPage

PAGE = DashPage("/gauges/", "Gauges")


def build_layout(context: DashContext) -> html.Div:
    return html.Div(gauges.Gauge(id="one"))


def register_callbacks(app: Dash, context: DashContext) -> None:
    pass
"""
SAY: dict[str, Any] = {
    "output": "said.children",
    "outputs": {"id": "said", "property": "children"},
    "inputs": [{"id": "text", "property": "value", "value": "hello"}],
    "changedPropIds": ["text.value"],
}
SHOW: dict[str, Any] = {
    "output": "..graph.figure...graph.style...words.children...choices.children...below.children..",
    "outputs": [
        {"id": "graph", "property": "figure"},
        {"id": "graph", "property": "style"},
        *({"id": name, "property": "children"} for name in ("words", "choices", "below")),
    ],
    "inputs": [{"id": "asked", "property": "data"}],
    "changedPropIds": ["asked.data"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose files count as Dash pages, and whose packages can be imported."""
    package = dashboard.dash_pages
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path / "dash_pages")])
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "dash_pages").mkdir()
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]
        known: Any = ComponentRegistry.registry
        if name in known:
            known.discard(name)


@pytest.fixture(scope="module")
def client(built_snapshot: etl.Snapshot) -> FlaskClient:
    """The dashboard as it is."""
    return create_app(built_snapshot).test_client()


def add_page(folder: Path, name: str, text: str) -> None:
    """One file more among the Dash pages."""
    (folder / "dash_pages" / f"{name}.py").write_text(text, encoding="utf-8")


def add_library(folder: Path) -> None:
    """A component library, as pip would install it."""
    (folder / "footnoted_test_gauges").mkdir()
    (folder / "footnoted_test_gauges" / "__init__.py").write_text(LIBRARY, encoding="utf-8")
    (folder / "footnoted_test_gauges" / "gauges.min.js").write_text("window.gauges = {};", encoding="utf-8")


def list_scripts(document: str) -> list[str]:
    """The addresses of all scripts of a document."""
    return re.findall(r'<script[^>]* src="([^"]+)"', document)


def ask_chart(client: FlaskClient, asked: object) -> Any:
    """What the callback of the Interactive page answers."""
    inputs = [{**SHOW["inputs"][0], "value": asked}]
    return client.post("/chart/_dash-update-component", json={**SHOW, "inputs": inputs})


def test_a_new_dash_page_with_a_callback_is_one_file(folder: Path, built_snapshot: etl.Snapshot) -> None:
    add_page(folder, "echo", ECHO)
    client = create_app(built_snapshot).test_client()

    page = client.get("/echo/")
    layout = client.get("/echo/_dash-layout").get_json()
    answer = client.post("/echo/_dash-update-component", json=SAY)

    assert page.status_code == 200
    assert "<title>Echo · Footnoted</title>" in page.text
    assert 'id="navigation"' in page.text
    assert [part["props"]["id"] for part in layout["props"]["children"]] == ["text", "said"]
    said = answer.get_json()["response"]["said"]["children"]
    assert said == f"{built_snapshot.snapshot_id}: HELLO"


def test_a_page_of_one_address_has_nothing_below_it(folder: Path, built_snapshot: etl.Snapshot) -> None:
    add_page(folder, "echo", ECHO)
    answer = create_app(built_snapshot).test_client().get("/echo/more")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_a_page_loads_the_libraries_that_it_uses_and_no_others(
    folder: Path, built_snapshot: etl.Snapshot
) -> None:
    add_library(folder)
    add_page(folder, "gauges", GAUGES)
    client = create_app(built_snapshot).test_client()

    of_gauges, of_charts = (list_scripts(client.get(path).text) for path in ("/gauges/", "/chart/slope"))

    (script,) = [address for address in of_gauges if "footnoted_test_gauges" in address]
    assert client.get(script).text == "window.gauges = {};"
    assert [address for address in of_charts if "footnoted_test_gauges" in address] == []
    assert [address for address in of_gauges if "/dash/dcc/" in address] == []
    assert [address for address in of_charts if "/dash/dcc/" in address] != []
    assert [address for address in [*of_charts, *of_gauges] if "dash_table" in address] == []


def test_dash_answers_below_the_prefixes_of_its_pages_and_nowhere_else(built_snapshot: etl.Snapshot) -> None:
    server = create_app(built_snapshot)
    prefixes = tuple(page.card.prefix for page in find_dash_pages())
    rules = [
        rule.rule for rule in server.url_map.iter_rules() if "dash" in rule.rule or "reload" in rule.rule
    ]
    assert rules != []
    assert [rule for rule in rules if not rule.startswith(prefixes)] == []


@pytest.mark.parametrize("chart_id", list(find_charts()))
def test_every_chart_has_a_page_of_its_own(chart_id: str, client: FlaskClient) -> None:
    answer = client.get(f"/chart/{chart_id}")
    assert answer.status_code == 200
    assert "react-entry-point" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/chart/",
        "/chart/nothing",
        "/chart/slope/more",
        "/chart/slope?as_of=never",
        "/chart/slope?as_of=1900-01-01",
    ],
)
def test_what_does_not_exist_is_not_found(path: str, client: FlaskClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "react-entry-point" not in answer.text


def test_the_menus_of_a_chart_lead_to_the_same_chart_on_other_days(client: FlaskClient) -> None:
    assert 'href="/chart/slope?as_of=' in client.get("/chart/slope").text


@pytest.mark.parametrize("path", ["/chart/slope", "/"])
def test_every_script_within_a_document_is_allowed_by_its_hash(path: str, client: FlaskClient) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    run = [
        text
        for kind, text in re.findall(r"<script(?![^>]*src=)([^>]*)>(.*?)</script>", answer.text, re.DOTALL)
        if "json" not in kind
    ]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in run]
    assert run != []
    assert [hash_ for hash_ in hashes if f"'sha256-{hash_}'" not in policy] == []
    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert "http" not in policy


def test_nothing_comes_from_another_host(client: FlaskClient) -> None:
    assert [address for address in list_scripts(client.get("/chart/slope").text) if address[0] != "/"] == []


def test_a_library_is_sent_packed_and_known_again(client: FlaskClient) -> None:
    path = "/chart/_dash-component-suites/plotly/package_data/plotly.min.js"
    client.get("/chart/slope")
    first = client.get(path, headers={"Accept-Encoding": "br"})
    again = client.get(path, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert first.headers["Content-Encoding"] == "br"
    assert len(first.data) < 1_400_000
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["plotly/__init__.py", "dash/dash.py", "etl/__init__.py", "dash/../dash.py"])
def test_no_other_file_of_a_package_is_sent(path: str, client: FlaskClient) -> None:
    client.get("/chart/slope")
    assert client.get(f"/chart/_dash-component-suites/{path}").status_code == 404


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        7,
        {"output": "said.children"},
        {**SHOW, "output": "nothing.children"},
        {**SHOW, "output": {"id": 1}},
        {**SHOW, "inputs": "asked"},
        {**SHOW, "inputs": []},
        {**SHOW, "inputs": [{"id": "asked"}]},
        {**SHOW, "inputs": [*SHOW["inputs"], *SHOW["inputs"]]},
        {**SHOW, "outputs": None},
        {**SHOW, "outputs": [{"id": "graph"}]},
        {**SHOW, "outputs": 3},
        {**SHOW, "changedPropIds": 5},
        {**SHOW, "state": {"a": 1}},
    ],
)
def test_a_malformed_request_is_refused_without_a_traceback(
    payload: object, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        answer = client.post("/chart/_dash-update-component", json=payload)
    # What dash takes although it asked otherwise, changes nothing.
    assert answer.status_code in {200, 204, 400}
    assert "Traceback" not in answer.text
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize(("text", "status"), [("{", 400), ("[" * 100_000, 400), ("\x00", 400)])
def test_what_is_no_json_is_refused(text: str, status: int, client: FlaskClient) -> None:
    answer = client.post("/chart/_dash-update-component", data=text, content_type="application/json")
    assert answer.status_code == status


@pytest.mark.parametrize(
    "asked",
    [
        "text",
        [],
        {},
        {"pathname": 5, "search": None},
        {"pathname": "/elsewhere", "search": ""},
        {"pathname": "/chart/nothing", "search": ""},
        {"pathname": "/chart/slope", "search": "as_of=never"},
        {"pathname": "/chart/slope", "search": "window=\ud800&dossier=nowhere"},
        {"pathname": "/chart/slope", "search": "", "scheme": {"a": []}, "narrow": "yes"},
    ],
)
def test_whatever_the_browser_asks_for_is_answered(asked: object, client: FlaskClient) -> None:
    assert ask_chart(client, asked).status_code in {200, 204}


def test_a_callback_that_fails_is_a_fault_of_the_server(
    folder: Path, built_snapshot: etl.Snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    add_page(folder, "echo", ECHO)
    client = create_app(built_snapshot).test_client()
    answer = client.post(
        "/echo/_dash-update-component", json={**SAY, "inputs": [{**SAY["inputs"][0], "value": 5}]}
    )
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "AttributeError in say" in caplog.text


def test_the_chart_of_an_address_comes_with_its_choices_and_words(client: FlaskClient) -> None:
    asked = {"pathname": "/chart/slope", "search": "window=2000-04", "scheme": "dark", "narrow": False}
    shown = ask_chart(client, asked).get_json()["response"]
    assert "2000–04" in str(shown["words"])
    assert shown["graph"]["figure"]["layout"]["paper_bgcolor"] == "#141b22"
    assert "data-table" in str(shown["below"])
    links = re.findall(r"'href': '([^']+)'", str(shown["choices"]))
    assert "?window=2009-13" in links
    assert "?window=2000-04" not in links


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ECHO.replace("def register_callbacks", "def register"), "lacks register_callbacks"),
        (ECHO.replace('"/echo/"', '"/chart/"'), "'/chart/' is taken"),
        (ECHO.replace('"/echo/"', '"/"'), "'/' is none"),
        (ECHO.replace('"/echo/"', '"echo"'), "'echo' is none"),
        (
            ECHO
            + '\nfrom dash import callback\ncallback(Output("said", "title"), Input("text", "value"))(str)\n',
            "Take app.callback",
        ),
    ],
)
def test_a_module_that_cannot_be_used_is_refused_by_name(text: str, said: str, folder: Path) -> None:
    add_page(folder, "echo", text)
    try:
        with pytest.raises(DashPageError, match=re.escape(said)):
            find_dash_pages()
    finally:
        GLOBAL_CALLBACK_LIST.clear()
        GLOBAL_CALLBACK_MAP.clear()
