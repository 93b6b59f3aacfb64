"""One file per chart; a new file is found without an edit elsewhere.

Each has `CHART`, `select` (a snapshot and a selection to a view model), `draw` (that and a theme to a
plotly figure), `describe` (that to a sentence) and maybe `offer_choices`: see `dashboard.chart_contract`.
They share rows through `dashboard.views` and marks through `dashboard.plotting`, and never import each
other. CONTRIBUTING.md has a whole one to start from.
"""

from __future__ import annotations

import importlib
import pkgutil

from dashboard.chart_contract import ChartModule, offer_nothing


class ChartError(Exception):
    """A chart module that cannot be used."""


def find_charts() -> dict[str, ChartModule]:
    """Every chart by its id, in the order in which pages show them.

    Raises: ChartError where a module lacks a part of the contract or two charts share an id.
    """
    found: dict[str, ChartModule] = {}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        missing = [part for part in ("CHART", "select", "draw", "describe") if not hasattr(module, part)]
        if missing:
            raise ChartError(
                f"{entry.name}.py lacks {', '.join(missing)}. Every file in charts/ is one chart."
            )
        offer_choices = getattr(module, "offer_choices", offer_nothing)
        chart = ChartModule(module.CHART, module.select, module.draw, module.describe, offer_choices)
        if chart.card.chart_id in found:
            raise ChartError(
                f"{entry.name}.py: the chart id {chart.card.chart_id!r} is taken. Give it another."
            )
        found[chart.card.chart_id] = chart
    return dict(sorted(found.items(), key=lambda pair: (pair[1].card.order, pair[0])))
