"""One file per chart; a new file is found without an edit elsewhere.

Each has `CHART`, `select` (a snapshot and a selection to a view model), `draw` (that and a theme to a
plotly figure), `describe` (that to a sentence) and maybe `offer_choices`: see `dashboard.chart_contract`.
They share rows through `dashboard.views` and marks through `dashboard.plotting`, and never import each
other. A file that cannot be used is a chart that says so on its pages. CONTRIBUTING.md has a whole one to
start from.
"""

from __future__ import annotations

import ast
import importlib
import logging
import pkgutil
import re
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib.machinery import FileFinder
from itertools import accumulate
from pathlib import Path
from typing import Any

from dashboard.chart_contract import Chart, ChartModule, build_faulty_chart, offer_nothing

LOG = logging.getLogger(__name__)
PARTS = ("CHART", "select", "draw", "describe")
CARD = re.compile(r"^CHART\b[^=\n]*=\s*(?=Chart\()", re.MULTILINE)
CHART_ID = re.compile(r"[a-z][a-z0-9_-]*")
# Where a chart stands, and how high, whose file does not say so where it can be read.
FIRST_PAGE, LAST, HEIGHT = "overview", 1_000, 280


class ChartError(Exception):
    """A chart module that lacks a part of the contract, or whose id another chart has."""


def find_charts() -> dict[str, ChartModule]:
    """Every chart by its id, in the order in which pages show them.

    One whose module fails, lacks a part of the contract or takes the id of another has a `fault`.
    """
    found: dict[str, ChartModule] = {}
    for entry in pkgutil.iter_modules(__path__):
        folder = entry.module_finder.path if isinstance(entry.module_finder, FileFinder) else ""
        chart = _read_module(entry.name, Path(folder, f"{entry.name}.py"))
        if chart.card.chart_id in found:
            message = f"{entry.name}.py: the chart id {chart.card.chart_id!r} is taken. Give it another."
            chart = build_faulty_chart(_place_card(chart.card, entry.name), ChartError(message))
        found.setdefault(chart.card.chart_id, chart)
    return dict(sorted(found.items(), key=lambda pair: (pair[1].card.order, pair[0])))


def _place_card(card: Chart, chart_id: str) -> Chart:
    return replace(card, chart_id=chart_id, former_ids=())


def _read_module(name: str, path: Path) -> ChartModule:
    module = _import_module(name, path)
    if isinstance(module, BaseException):
        return build_faulty_chart(_read_card(path), module)
    missing = [part for part in PARTS if not hasattr(module, part)]
    if missing:
        message = f"{name}.py lacks {', '.join(missing)}. Every file in charts/ is one chart."
        return build_faulty_chart(_read_card(path), ChartError(message))
    if not _is_card(module.CHART):
        message = f"{name}.py: CHART is no Chart with an id of small letters and the pages it stands on."
        return build_faulty_chart(_read_card(path), ChartError(message))
    offer_choices = getattr(module, "offer_choices", offer_nothing)
    return ChartModule(module.CHART, module.select, module.draw, module.describe, offer_choices)


@lru_cache(maxsize=256)
def _import_module(name: str, path: Path) -> Any:
    """A module, or what it raised; one that fails is not tried again, and logged once."""
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except (Exception, SystemExit) as error:
        LOG.exception("chart module %s could not be imported", path.name)
        return error


def _is_card(card: Any) -> bool:
    return (
        isinstance(card, Chart)
        # Its types are a maintainer's promise.
        and CHART_ID.fullmatch(str(card.chart_id)) is not None
        and type(card.pages) is tuple
        and len(card.pages) > 0
        and all(isinstance(page, str) for page in card.pages)
        and all(isinstance(number, int) for number in (card.order, card.height, card.narrow_height))
    )


def _read_card(path: Path) -> Chart:
    """The card of a file that cannot be imported, as far as its text says it: there the chart is missed."""
    usual = Chart(path.stem, (FIRST_PAGE,), LAST, HEIGHT, HEIGHT)
    card = replace(usual, **_read_literals(path))
    return card if _is_card(card) else usual


def _read_literals(path: Path) -> dict[str, Any]:
    """What is written out in the call of Chart(), whatever else the file holds."""
    text = path.read_text(encoding="utf-8", errors="replace")
    start = CARD.search(text)
    for code in accumulate(text[start.end() :].splitlines(keepends=True)) if start else ():
        with suppress(SyntaxError, ValueError):
            call = ast.parse(code.strip(), mode="eval").body
            return dict(_list_literals(call)) if isinstance(call, ast.Call) else {}
    return {}


def _list_literals(call: ast.Call) -> list[tuple[str, Any]]:
    names = [field for field in Chart.__dataclass_fields__ if field != "former_ids"]
    given = [*zip(names, call.args, strict=False), *((str(each.arg), each.value) for each in call.keywords)]
    found = []
    for name, value in given:
        with suppress(ValueError):
            found += [(name, ast.literal_eval(value))] if name in names else []
    return found
