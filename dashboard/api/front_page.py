"""The page of the API for people: every resource with its parameters, from the description itself."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from dash import html

from dashboard.api.contract import FRONT, HOME, Reply, Route
from dashboard.api.description import describe_api
from dashboard.api.problems import KINDS
from dashboard.api.requests import Asked
from dashboard.asset_files import write_asset_address
from dashboard.components.attributes import name_attributes
from dashboard.components.markup import write_markup
from dashboard.page_contract import NAME
from dashboard.theme import write_css_variables
from dashboard.typeface import write_font_rules, write_preload
from etl import Snapshot, format_count

HTML = "text/html"
STYLES = ("10-base.css", "30-tables.css")
# A list of codes longer than this is left to the description.
MOST_SHOWN = 8
EXAMPLES = (
    (
        "Russia’s share of India’s arms imports in 2019–23, every edition",
        "/observations?indicator=arms_import_share&ref_area=IND&counterpart_area=RUS&time_period=2019-23",
    ),
    (
        "The same as a file",
        "/observations?indicator=arms_import_share&ref_area=IND&counterpart_area=RUS&time_period=2019-23&format=csv",
    ),
    ("What documents print and does not hold", "/claims?verdict=contradicted&verdict=not_comparable"),
    ("What was known at the end of 2021", "/observations?indicator=bilateral_trade&as_of=2021-12-31"),
    ("The figures of a chart", "/charts/share_by_window"),
    ("The same with all that they follow from, to be worked out again", "/bundles/share_by_window"),
)
# Parameters that mean the same wherever they are: told once.
SHARED = ("as_of", "snapshot", "limit", "cursor")
OWN_STYLE = (
    "#page p{max-width:88ch;margin-bottom:8px}#page td,#page th{vertical-align:top;text-align:left}"
    "#page td:first-child{white-space:nowrap}#page h2 code{font-size:1em}#page .minor{margin-top:8px}"
    "#page li{margin-bottom:4px}"
)
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · {name}</title><link rel="icon" href="data:,"><link rel="canonical" href="{front}">
<link rel="service-desc" type="application/json" href="{home}/openapi.json">{links}
<style>{style}</style></head>
<body>{content}</body></html>"""


def build_front_route(routes: Sequence[Route]) -> Route:
    """The route of the page; `routes` may grow until it is first asked."""

    @lru_cache(maxsize=1)
    def write(snapshot: Snapshot) -> bytes:
        return _write_page(describe_api(routes, snapshot)).encode()

    def answer(asked: Asked) -> Reply:
        snapshot = asked.store.served.snapshot
        return Reply(
            write(snapshot), f"{HTML}; charset=utf-8", headers={"Content-Security-Policy": _write_policy()}
        )

    return Route(path="/", summary="The API explained to people", answer=answer, shape=None, files=(HTML,))


def _write_page(described: dict[str, Any]) -> str:
    content = [
        html.A("Skip to the content", href="#page", className="skip-link"),
        html.Header(
            [
                html.A(NAME, href="/", className="site-name"),
                html.Nav(
                    html.Ul(
                        [html.Li(html.A("Data", href="/data")), html.Li(html.A("Methods", href="/methods"))]
                    )
                ),
            ],
            className="site-header",
        ),
        html.Main(
            [
                *_build_start(described),
                _build_shared(described),
                *(_build_operation(*one) for one in _list_operations(described)),
                _build_problems(),
            ],
            id="page",
            tabIndex=-1,
        ),
    ]
    styles = "".join(f'<link rel="stylesheet" href="{write_asset_address(name)}">' for name in STYLES)
    return PAGE.format(
        name=NAME,
        front=FRONT,
        home=HOME,
        links=write_preload() + styles,
        style=_write_style(),
        content=write_markup(content),
    )


def _build_start(described: dict[str, Any]) -> list[Any]:
    paragraphs = [part for part in described["info"]["description"].split("\n\n") if part.strip()]
    examples = [
        html.Li([text, ": ", html.A(html.Code(f"{HOME}{path}", className="long"), href=f"{HOME}{path}")])
        for text, path in EXAMPLES
    ]
    contents = [
        html.Li(html.A(f"{method} {path}", href=f"#{operation['operationId']}"))
        for path, method, operation in _list_operations(described)
    ]
    description = html.A("openapi.json", href=f"{HOME}/openapi.json")
    return [
        html.H1("API"),
        html.P(paragraphs[0], className="lead"),
        html.Nav(html.Ul(contents), className="contents", **name_attributes({"aria-label": "Resources"})),
        *(html.P(_mark_code(part)) for part in paragraphs[1:]),
        html.P(["For programs: ", description, " (OpenAPI 3.1)."]),
        html.Section([html.H2("Begin with"), html.Ul(examples)]),
    ]


def _build_shared(described: dict[str, Any]) -> Any:
    parameters = {
        one["name"]: one
        for _, _, operation in _list_operations(described)
        for one in operation["parameters"]
        if one["name"] in SHARED
    }
    return html.Section(
        [html.H2("Parameters of most resources"), _build_parameters([parameters[name] for name in SHARED])]
    )


def _list_operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Path, method and operation by path; the page itself comes last."""
    paths = sorted(described["paths"].items(), key=lambda pair: (pair[0] == "/", pair[0]))
    return [
        (path, method.upper(), operation) for path, methods in paths for method, operation in methods.items()
    ]


def _build_operation(path: str, method: str, operation: dict[str, Any]) -> Any:
    parts: list[Any] = [
        html.H2([f"{method} ", html.Code(f"{HOME}{path}", className="long")], id=operation["operationId"]),
        html.P(f"{operation['summary']}."),
    ]
    if "description" in operation:
        parts.append(html.P(_mark_code(operation["description"])))
    own = [one for one in operation["parameters"] if one["name"] not in SHARED]
    shared = [one["name"] for one in operation["parameters"] if one["name"] in SHARED]
    if own:
        parts.append(_build_parameters(own))
    also = f"Also {', '.join(shared)}. " if shared else ""
    types = ", ".join(operation["responses"]["200"]["content"])
    answers = ", ".join(operation["responses"])
    parts.append(html.P(f"{also}Answers {answers}; as {types}.", className="minor long"))
    return html.Section(parts)


def _build_parameters(parameters: Sequence[dict[str, Any]]) -> Any:
    return _build_table(("Parameter", "Values", "Meaning"), [_list_cells(one) for one in parameters])


def _list_cells(parameter: dict[str, Any]) -> list[Any]:
    schema = parameter["schema"]
    values = _format_values(schema.get("items", schema))
    return [html.Code(parameter["name"]), values, _mark_code(parameter["description"])]


def _format_values(schema: dict[str, Any]) -> str:
    codes = schema.get("enum", ())
    if codes:
        shown = ", ".join(str(code) for code in codes[:MOST_SHOWN])
        more = len(codes) - MOST_SHOWN
        return f"{shown}, and {format_count(more, 'other')}" if more > 0 else shown
    if schema["type"] == "integer":
        return f"{schema['minimum']:,} to {schema['maximum']:,}"
    text: str = {"boolean": "true, false"}.get(schema["type"], schema.get("format", "text"))
    return text


def _build_problems() -> Any:
    rows = [
        [html.Code(name, id=name), str(kind.status), f"{kind.title}: {kind.meaning}"]
        for name, kind in KINDS.items()
    ]
    text = "What cannot be answered gets application/problem+json (RFC 9457), whose type is one of these."
    return html.Section(
        [html.H2("Problems"), html.P(text), _build_table(("Type", "Status", "Meaning"), rows)]
    )


def _build_table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> Any:
    titles = html.Thead(html.Tr([html.Th(text) for text in head]))
    lines = html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows])
    return html.Div(html.Table([titles, lines], className="rows"), className="table-box")


def _mark_code(text: str) -> list[Any]:
    return [html.Code(part) if place % 2 else part for place, part in enumerate(text.split("`"))]


@lru_cache(maxsize=1)
def _write_style() -> str:
    return write_font_rules() + write_css_variables() + OWN_STYLE


@lru_cache(maxsize=1)
def _write_policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_write_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'self' 'sha256-{digest}'; img-src data:; "
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
