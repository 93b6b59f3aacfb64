"""What tests of pictures may ask for."""

from __future__ import annotations

import pytest

import etl
from dashboard.charts import find_charts
from tests.svg.drawn import Case, list_cases


@pytest.fixture(scope="session")
def cases(built_snapshot: etl.Snapshot) -> dict[str, list[Case]]:
    """Every view of each chart at every width in either scheme, by chart."""
    return {chart_id: list_cases(built_snapshot, chart) for chart_id, chart in find_charts().items()}


@pytest.fixture(scope="session")
def light_cases(cases: dict[str, list[Case]]) -> dict[str, list[Case]]:
    """Those in light colours: schemes differ in colours alone, which tests of colours hold."""
    return {
        chart_id: [case for case in found if case.theme.scheme == "light"]
        for chart_id, found in cases.items()
    }
