"""Notebooks: each runs from top to bottom, uses the public door alone, and finds what publishers say.

The numbers that a notebook must print are worked out here from the files in datasets/ by other means.
"""

from __future__ import annotations

import ast
import csv
import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import etl

CHECKOUT = Path(__file__).parents[1]
NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
REGISTER = "sipri_tiv/2026-02-12/tiv_to_india_by_supplier.csv"
MOST_SECONDS = 60


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file under datasets/sources."""
    with (CHECKOUT / "datasets" / "sources" / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def read_code(path: Path) -> str:
    """All code cells of a notebook."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def sum_deliveries(first: int, last: int) -> dict[str, float]:
    """Volumes by supplier over some years, the total among them."""
    volumes: dict[str, float] = {}
    for row in read_rows(REGISTER):
        if first <= int(row["delivery_year"]) <= last:
            supplier = row["supplier"]
            volumes[supplier] = volumes.get(supplier, 0.0) + float(row["tiv_millions"])
    return volumes


def find_share() -> list[str]:
    """Russia's share in 2019-23, and what SIPRI printed last."""
    volumes = sum_deliveries(2019, 2023)
    share = volumes["Russia"] / volumes["Total"] * 100
    printed = next(
        row["share_percent"]
        for row in read_rows("sipri_fact_sheets/2026-03-09/published_shares.csv")
        if (row["recipient"], row["supplier"], row["window_start"]) == ("India", "Russia", "2021")
    )
    return [f"{volumes['Russia']:,.0f} / {volumes['Total']:,.2f} = {share:.1f}%", f"2021-25: {printed}%"]


def find_trade() -> list[str]:
    """Fiscal 2024-25 in billions, calendar 2022, and the three verdicts."""
    years = {
        row["fiscal_year"]: row
        for row in read_rows("india_moc_fiscal_years/2026-01-21/trade_by_fiscal_year.csv")
    }
    comtrade = read_rows("un_comtrade/2023-01-31/trade_by_calendar_year.csv")
    calendar = sum(float(row["value_usd_millions"]) for row in comtrade if row["partner"] == "Russia")
    return [
        f"{float(years['2024-25']['total_usd_millions']) / 1000:.1f} bn in fiscal 2024-25",
        f"${calendar / 1000:.1f} bn  calendar 2022",
        "US\u202f$27 billion: not_comparable",
        "$70 billion: supported",
    ]


def find_gaps() -> list[str]:
    """How many years the seller counts more in, and the gap of 2012 with its assumed freight."""
    bought: dict[str, float] = {}
    for row in read_rows("india_moc_months/2020-02-29/trade_by_month.csv"):
        year = row["month"][:4]
        bought[year] = bought.get(year, 0.0) + float(row["india_imports_usd_millions"] or "nan")
    sold = {
        row["year"]: float(row["value_usd_millions"])
        for row in read_rows("imf_dots/2024-03-10/trade_by_calendar_year.csv")
        if (row["reporter"], row["partner"], row["flow"]) == ("Russia", "India", "export")
    }
    years = [year for year in map(str, range(2009, 2020)) if year in sold]
    more = [year for year in years if sold[year] > bought[year]]
    return [
        f"The seller counts more in {len(more)} of {len(years)} years",
        f"part of \u2212${sold['2012'] - bought['2012']:,.2f} m = not available",
        f"6 / 106 = ${bought['2012'] * 6 / 106:.2f} m",
        f"{len(years)} of {len(years)} gaps are the sum of their parts",
    ]


def find_concentration() -> list[str]:
    """The index of the first and the last window that the notebook compares."""
    points = []
    for first, last in ((2009, 2013), (2019, 2023)):
        volumes = sum_deliveries(first, last)
        total = volumes.pop("Total")
        points.append(sum((volume / total * 100) ** 2 for volume in volumes.values()))
    return [f"From {points[0]:,.0f} to {points[1]:,.0f} points; the intervals do not touch"]


def find_revisions() -> list[str]:
    """Every share of Russia that was printed more than once, in the order of its editions."""
    printed: dict[str, list[str]] = {}
    for path in sorted(
        (CHECKOUT / "datasets" / "sources" / "sipri_fact_sheets").glob("*/published_shares.csv")
    ):
        for row in read_rows(f"sipri_fact_sheets/{path.parent.name}/{path.name}"):
            if (row["recipient"], row["supplier"]) == ("India", "Russia"):
                window = f"{row['window_start']}-{row['window_end'][2:]}"
                printed.setdefault(window, []).append(row["share_percent"])
    again = {window: shares for window, shares in printed.items() if len(shares) > 1}
    return [
        f"{len(again)} windows were printed more than once",
        *(f"{window}   {' → '.join(shares)}" for window, shares in again.items()),
        "then supported, now superseded",
    ]


def find_sample() -> list[str]:
    """What the sample of the last notebook was written to show."""
    return [
        "4 rows read, 1 set aside",
        "line 9, 'Rusia'",
        "sample.2020 is supported",
        "sample.2021 is contradicted",
        "sample.2023 is unresolved",
    ]


FOUND: dict[str, Callable[[], list[str]]] = {
    "01_russia_share_of_indian_arms_imports": find_share,
    "02_is_it_27_billion": find_trade,
    "03_why_two_counts_of_one_flow_differ": find_gaps,
    "04_how_few_suppliers": find_concentration,
    "05_what_editions_change": find_revisions,
    "06_adding_your_own_file": find_sample,
}


@cache
def run(path: Path, snapshots: str) -> str:
    """What a notebook prints when it is run from top to bottom."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    environment = {
        **os.environ,
        "FOOTNOTED_SNAPSHOTS": snapshots,
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")]),
    }
    NotebookClient(notebook, timeout=MOST_SECONDS, resources=resources).execute(env=environment)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.get("text", "") for output in outputs)


def test_every_notebook_has_something_to_find() -> None:
    assert set(FOUND) == {path.stem for path in NOTEBOOKS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_imports_nothing_but_etl_and_the_standard_library(path: Path) -> None:
    tree = ast.parse(read_code(path))

    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    } | {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "etl" in imported
    assert imported - {"etl"} <= sys.stdlib_module_names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]

    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_ends_with_what_was_found_and_how_sure_it_is(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]

    words = "".join([cell for cell in cells if cell["cell_type"] == "markdown"][-1]["source"])
    assert "## The answer" in words
    assert "How sure is this?" in words


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_finds_what_the_publishers_figures_say(path: Path, built_snapshot: etl.Snapshot) -> None:
    printed = run(path, str(built_snapshot.folder.parent))

    assert [words for words in FOUND[path.stem]() if words not in printed] == []
