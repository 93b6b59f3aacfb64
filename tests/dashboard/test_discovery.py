"""A chart or a page costs one new file: what is put into the folder is found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard.charts
import dashboard.pages
import etl
from dashboard.chart_cache import ChartCache
from dashboard.charts import ChartError, find_charts
from dashboard.pages import PageError, find_pages
from dashboard.site.page_answers import SiteContext, build_page

CHART = """
from dataclasses import dataclass
from dashboard.chart_contract import Chart, Point

CHART = Chart("{chart_id}", pages=("overview",), order=99, height=200, narrow_height=200)


@dataclass(frozen=True)
class ViewModel:
    title: str
    subtitle: str
    points: tuple[Point, ...]


def select(snapshot, selection):
    claim_id = snapshot.claims().collect()["claim_id"][0]
    return ViewModel("One claim more", "as a test", (Point(claim_id, "claim", "now", "one", "dot"),))


def draw(view, theme):
    return {{"data": [{{"x": [1], "y": [1], "customdata": [view.points[0].row_id]}}], "layout": {{}}}}


def describe(view):
    return view.title
"""
PAGE = """
from dash import html
from dashboard.page_contract import Page

PAGE = Page("{path}", "Extra", order=50)


def build_layout(context, *, selection, rest):
    return html.Div(html.H1("An extra page"))
"""


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose files count as charts and as pages."""
    for package in (dashboard.charts, dashboard.pages):
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path / package.__name__)])
        (tmp_path / package.__name__).mkdir()
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_a_new_chart_is_one_file(added: Path, built_snapshot: etl.Snapshot) -> None:
    (added / "dashboard.charts" / "extra_chart.py").write_text(
        CHART.format(chart_id="extra"), encoding="utf-8"
    )
    assert "extra" in find_charts()
    site_context = SiteContext(built_snapshot, ChartCache(built_snapshot), find_pages())
    layout, _, _ = build_page(site_context, path="/", query="")
    assert "One claim more" in str(layout)


def test_a_new_page_is_one_file(added: Path, built_snapshot: etl.Snapshot) -> None:
    (added / "dashboard.pages" / "extra_page.py").write_text(PAGE.format(path="/extra"), encoding="utf-8")
    site_context = SiteContext(built_snapshot, ChartCache(built_snapshot), find_pages())
    layout, title, _ = build_page(site_context, path="/extra", query="")
    assert "An extra page" in str(layout)
    assert title == "Extra · Footnoted"


def test_two_charts_with_one_id_are_refused(added: Path) -> None:
    taken = next(iter(find_charts()))
    (added / "dashboard.charts" / "twin_chart.py").write_text(CHART.format(chart_id=taken), encoding="utf-8")
    with pytest.raises(ChartError, match=taken):
        find_charts()


def test_two_pages_at_one_address_are_refused(added: Path) -> None:
    (added / "dashboard.pages" / "twin_page.py").write_text(PAGE.format(path="/arms"), encoding="utf-8")
    with pytest.raises(PageError, match="/arms"):
        find_pages()


def test_a_file_that_is_no_chart_is_refused(added: Path) -> None:
    (added / "dashboard.charts" / "half_chart.py").write_text("CHART = None\n", encoding="utf-8")
    with pytest.raises(ChartError, match=r"half_chart\.py lacks select, draw, describe"):
        find_charts()
