"""The list of charts: what each shows, where it stands, and how it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from dashboard.address import Selection
from dashboard.chart_contract import ChartModule
from dashboard.charts import find_charts
from docs.generator.wording import read_docstring, require, write_code, write_table
from etl import Snapshot

FILE, TITLE = "charts.md", "Charts"
ABOUT = "every chart with its id, its page and what it shows"


def write(snapshot: Snapshot) -> str:
    """Every chart, titled as for the main dossier."""
    return write_charts(find_charts(), snapshot)


def write_charts(charts: Mapping[str, ChartModule], snapshot: Snapshot) -> str:
    """The charts, in the order in which pages show them.

    Raises: UndocumentedError for a chart whose module has no words, or which has no title.
    """
    rows = []
    for chart_id, chart in charts.items():
        view = chart.select(snapshot, Selection())
        about = read_docstring(sys.modules[chart.select.__module__], of=f"chart {chart_id}")
        title = require(view.title, of=f"the title of chart {chart_id}")
        # A card holds the pages; a chart may stand on several.
        rows.append((write_code(chart_id), title, ", ".join(chart.card.pages), about))
    intro = (
        "Titles are those of the main dossier. A chart stands alone at `/embed/<id>`, and its figures are at "
        "`/api/v1/charts/<id>`. A new chart is one module in `dashboard/charts/`."
    )
    return f"{intro}\n\n{write_table(('id', 'title', 'pages', 'what it shows'), rows)}"
