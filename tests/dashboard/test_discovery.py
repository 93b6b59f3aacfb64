"""A chart or a page costs one new file: what is put into the folder is found."""

from __future__ import annotations

from pathlib import Path

import pytest

import etl
from dashboard.chart_cache import ChartCache
from dashboard.charts import ChartError, find_charts
from dashboard.pages import PageError, find_pages
from dashboard.site.page_answers import SiteContext
from tests.contributing import read_example
from tests.dashboard.page_parts import open_page

CHART = read_example("A chart", folder="dashboard/charts")
PAGE = read_example("A page", folder="dashboard/pages")
CHART_ID, PATH = "example_exports", "/example_notes"


def test_a_new_chart_is_one_file(added: Path, built_snapshot: etl.Snapshot) -> None:
    (added / "dashboard.charts" / "extra_chart.py").write_text(CHART, encoding="utf-8")
    assert CHART_ID in find_charts()
    site_context = SiteContext(built_snapshot, ChartCache(built_snapshot), find_pages())
    layout = open_page(site_context, "/trade").layout
    assert CHART_ID in str(layout)


def test_a_new_page_is_one_file(added: Path, built_snapshot: etl.Snapshot) -> None:
    (added / "dashboard.pages" / "extra_page.py").write_text(PAGE, encoding="utf-8")
    site_context = SiteContext(built_snapshot, ChartCache(built_snapshot), find_pages())
    page = open_page(site_context, PATH)
    layout, title = page.layout, page.title
    assert "As known on " in str(layout)
    assert title == "Notes · Footnoted"


def test_of_two_charts_with_one_id_the_first_has_it(added: Path) -> None:
    taken = next(iter(find_charts()))
    (added / "dashboard.charts" / "twin_chart.py").write_text(
        CHART.replace(CHART_ID, taken), encoding="utf-8"
    )
    charts = find_charts()
    assert charts[taken].fault is None
    assert isinstance(charts["twin_chart"].fault, ChartError)
    assert taken in str(charts["twin_chart"].fault)


def test_two_pages_at_one_address_are_refused(added: Path) -> None:
    (added / "dashboard.pages" / "twin_page.py").write_text(PAGE.replace(PATH, "/arms"), encoding="utf-8")
    with pytest.raises(PageError, match="/arms"):
        find_pages()


def test_a_file_that_is_no_chart_says_what_it_lacks(added: Path) -> None:
    (added / "dashboard.charts" / "half_chart.py").write_text("CHART = None\n", encoding="utf-8")
    fault = find_charts()["half_chart"].fault
    assert isinstance(fault, ChartError)
    assert "half_chart.py lacks select, draw, describe" in str(fault)
