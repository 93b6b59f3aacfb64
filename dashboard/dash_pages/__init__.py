"""One file per Dash page: a layout and callbacks, as anybody writes them who knows Dash.

Each has `PAGE` (its prefix and title), `build_layout(context)` and `register_callbacks(app, context)`, and
`find_title(place)` where it has more than one address: see `dashboard.dash_page_contract`. Each is a
`dash.Dash` of its own on the server of the site and is sent the libraries that it uses, and no others. Pages
that are read need none of this: they are in `dashboard.pages`. A whole one, which says what was typed::

    from dash import Dash, Input, Output, dcc, html
    from dashboard.dash_page_contract import DashContext, DashPage

    PAGE = DashPage("/echo/", "Echo")

    def build_layout(context: DashContext) -> html.Div:
        return html.Div([dcc.Input(id="text"), html.P(id="said")])

    def register_callbacks(app: Dash, context: DashContext) -> None:
        @app.callback(Output("said", "children"), Input("text", "value"))
        def say(text: str | None) -> str:
            return text or "nothing"
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from functools import partial
from types import ModuleType
from typing import Any

from dash._callback import GLOBAL_CALLBACK_LIST
from dash.development.base_component import ComponentRegistry

from dashboard.dash_page_contract import DashPageModule, find_own_title

OURS = __name__.split(".", maxsplit=1)[0]
# Dash keeps several libraries in its own package; others are a package each.
OF_DASH = ("dash.dcc", "dash.html", "dash.dash_table")


class DashPageError(Exception):
    """A Dash page module that cannot be used."""


def find_dash_pages() -> tuple[DashPageModule, ...]:
    """Every Dash page, by its prefix.

    Raises: DashPageError where a module lacks a part of the contract or two pages share a prefix.
    """
    found: dict[str, DashPageModule] = {}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        page = _read_module(module, name=entry.name)
        prefix = page.card.prefix
        if not (prefix.startswith("/") and prefix.endswith("/") and len(prefix) > 2):
            raise DashPageError(f"{entry.name}.py: the prefix {prefix!r} is none. Write one such as /mine/.")
        if prefix in found:
            raise DashPageError(f"{entry.name}.py: the prefix {prefix!r} is taken. Give it another.")
        found[prefix] = page
    return tuple(found[prefix] for prefix in sorted(found))


def _read_module(module: ModuleType, *, name: str) -> DashPageModule:
    missing = [part for part in ("PAGE", "build_layout", "register_callbacks") if not hasattr(module, part)]
    if missing:
        raise DashPageError(f"{name}.py lacks {', '.join(missing)}. Every file in dash_pages/ is one page.")
    if GLOBAL_CALLBACK_LIST:
        # They belong to no page, and dash would give them to whichever is asked first.
        raise DashPageError(f"{name}.py uses dash.callback. Take app.callback, within register_callbacks().")
    return DashPageModule(
        module.PAGE,
        module.build_layout,
        module.register_callbacks,
        getattr(module, "find_title", partial(find_own_title, module.PAGE)),
        frozenset(_list_libraries(module, seen=set())),
    )


def _list_libraries(module: ModuleType, *, seen: set[str]) -> Iterator[str]:
    """The component libraries that a module uses, itself or through modules of ours that it imports from."""
    seen.add(module.__name__)
    for value in list(vars(module).values()):
        name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        if not isinstance(name, str):
            continue
        yield from _find_library(name)
        source = sys.modules.get(name)
        if source and name not in seen and name.split(".", maxsplit=1)[0] == OURS:
            yield from _list_libraries(source, seen=seen)


def _find_library(name: str) -> tuple[str, ...]:
    package: Any = name.split(".", maxsplit=1)[0]
    if package == "dash":
        return tuple(library for library in OF_DASH if name == library or name.startswith(f"{library}."))
    return (package,) if package in ComponentRegistry.registry else ()
