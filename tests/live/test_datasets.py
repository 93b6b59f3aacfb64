"""What is shipped in datasets/: it builds without findings and holds the figures that it was filled from."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl
from dashboard.address import Selection
from dashboard.charts import find_charts
from dashboard.pages import find_pages
from dashboard.site.app import create_app
from dashboard.theme import Theme
from etl.__main__ import app
from tests.conftest import CHECKOUT, LIVE_DATASETS

# The day on which README.md was written.
README_DAY = date(2026, 3, 9)


def test_every_input_is_accepted_without_a_finding() -> None:
    result = CliRunner().invoke(app, ["validate", "--datasets", str(LIVE_DATASETS)])

    assert result.exit_code == 0, result.output


def test_every_file_says_whose_it_is_and_on_what_terms(live_snapshot: etl.Snapshot) -> None:
    rows = live_snapshot.sources().collect().to_dicts()

    assert [row["file"] for row in rows if not (row["publisher"] and row["licence"])] == []


@pytest.mark.parametrize(
    ("window", "vintage", "percent"),
    [("2009-13", date(2022, 4, 22), 76.12), ("2019-23", date(2026, 2, 12), 36.19)],
)
def test_the_registers_give_the_known_shares(
    live_snapshot: etl.Snapshot, window: str, vintage: date, percent: float
) -> None:
    share = live_snapshot.observations(
        indicator="arms_import_share",
        counterpart_area="RUS",
        time_period=window,
        source_id="sipri_tiv",
        vintage=vintage,
    ).collect()

    assert round(share["obs_value"].item(), 2) == percent


def test_every_sum_in_the_readme_is_worked_out_so(live_snapshot: etl.Snapshot) -> None:
    known = etl.open_snapshot(live_snapshot.folder, as_of=README_DAY)
    workings = " ".join(known.verdicts().collect()["arithmetic"].drop_nulls())
    sums = re.findall(r"\d+ / \d+ = [\d.]+%", (CHECKOUT / "README.md").read_text(encoding="utf-8"))

    assert sums
    assert [one for one in sums if one not in workings] == []


def test_every_page_is_answered(live_snapshot: etl.Snapshot) -> None:
    client = create_app(live_snapshot).test_client()

    paths = [page.card.path for page in find_pages() if page.card.in_navigation]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.parametrize("chart_id", find_charts())
def test_a_chart_has_something_to_show(chart_id: str, live_snapshot: etl.Snapshot) -> None:
    chart = find_charts()[chart_id]
    view = chart.select(live_snapshot, Selection())

    assert view.points
    assert chart.draw(view, Theme("light", False))["data"]


@pytest.mark.parametrize(
    ("facts_file", "columns"),
    [
        ("sipri_tiv_to_india_by_supplier.csv", ("vintage", "supplier", "delivery_year", "tiv_millions")),
        ("sipri_published_supplier_shares.csv", ("edition", "supplier", "window_start", "share_percent")),
        ("sipri_deals_russia_to_india.csv", ("order_year", "designation", "number_ordered", "tiv_order")),
        (
            "india_russia_trade_by_fiscal_year.csv",
            ("fiscal_year", "total_usd_millions", "origin", "reported_on"),
        ),
        ("moc_monthly_trade_with_russia.csv", ("month", "india_imports_usd_millions")),
        (
            "india_russia_trade_by_calendar_year.csv",
            ("year", "reporter", "flow", "value_usd_millions", "origin"),
        ),
        (
            "india_crude_imports_from_russia_by_fiscal_year.csv",
            ("fiscal_year", "value_usd_millions", "origin"),
        ),
        ("trade_targets.csv", ("target_usd_millions", "by_year", "as_reported_by")),
    ],
)
def test_every_compiled_fact_is_carried_once(
    facts_folder: Path, facts_file: str, columns: tuple[str, ...]
) -> None:
    def read(path: Path) -> list[tuple[str, ...]]:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if not set(columns) <= set(reader.fieldnames or ()):
                return []
            return [tuple(row[name].strip() for name in columns) for row in reader]

    carried = Counter(row for path in (LIVE_DATASETS / "sources").rglob("*.csv") for row in read(path))
    facts = Counter(read(facts_folder / facts_file))
    assert facts
    assert {row: carried[row] for row in facts} == facts
