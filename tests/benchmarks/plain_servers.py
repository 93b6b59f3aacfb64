"""Servers to compare with, on the same server program: answers without work, and one callback of Dash."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
from granian import Granian
from granian.constants import HTTPModes, Interfaces

WORKERS = 2


def make_nothing() -> Callable[..., Any]:
    """Answers with as many bytes as the query says, made once."""
    bodies: dict[int, bytes] = {}

    async def answer(scope: dict[str, Any], _receive: object, send: Callable[..., Any]) -> None:
        size = int(scope["query_string"] or b"0")
        body = bodies.setdefault(size, b"x" * size)
        headers = [(b"content-type", b"text/html"), (b"content-length", str(size).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


def make_dash() -> Any:
    """The smallest Dash app that draws a line of trade by a callback."""
    app = Dash("plain")
    app.layout = html.Div([dcc.Dropdown(["IND", "RUS"], "IND", id="area"), dcc.Graph(id="chart")])

    @app.callback(Output("chart", "figure"), Input("area", "value"))
    def draw(area: str) -> go.Figure:
        years = list(range(1991, 2026))
        return go.Figure(go.Scatter(x=years, y=[year % 17 for year in years], name=area))

    return app.server


KINDS: dict[str, tuple[Interfaces, Callable[..., Any]]] = {
    "nothing": (Interfaces.ASGI, make_nothing),
    "dash": (Interfaces.WSGI, make_dash),
}

if __name__ == "__main__":
    kind, port = sys.argv[1:]
    interface, loader = KINDS[kind]
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        kind,
        address="127.0.0.1",
        port=int(port),
        interface=interface,
        workers=WORKERS,
        http=HTTPModes.http1,
        websockets=False,
    )
    server.serve(target_loader=loader, wrap_loader=False)
