"""The evidence that a page fetches for a point is that of its row, for every point of every chart."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.charts import find_charts
from dashboard.views.dossiers import list_dossiers


def list_points(snapshot: etl.Snapshot, chart_id: str) -> set[str]:
    """The rows that a chart draws in any dossier, as it stands on its page."""
    chart_cache = ChartCache(snapshot)
    chosen = [Selection(dossier=dossier.dossier_id) for dossier in list_dossiers(snapshot)]
    return {point.row_id for each in chosen for point in chart_cache.select_view(chart_id, each).points}


@pytest.mark.parametrize("chart_id", sorted(find_charts()))
def test_every_point_of_a_chart_is_answered_with_its_own_evidence(
    chart_id: str, client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    points = list_points(built_snapshot, chart_id)
    assert points
    for row_id in sorted(points):
        drawer = client.get(f"/evidence/{quote(row_id, safe='')}.html?page=/arms").text
        evidence = built_snapshot.evidence(row_id)
        assert f'data-shown="{escape(row_id)}"' in drawer
        said = [evidence.headline, *(line.text for line in evidence.says)]
        assert [words for words in said if escape(words) not in drawer] == []
