"""Notebooks: each is stored as it runs now, uses the public door alone, and finds what publishers say.

The numbers that a notebook must print are worked out here from the files in tests/data/ by other means.
"""

from __future__ import annotations

import ast
import csv
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import etl
from docs.generator.notebooks import UnstorableOutputError, run_notebook, settle_outputs
from tests.conftest import CHECKOUT, DATASETS

NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
REGISTER = "sipri_tiv/2026-02-12/tiv_to_india_by_supplier.csv"


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file under tests/data/sources."""
    with (DATASETS / "sources" / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def read_cells(path: Path, *, kind: str) -> list[dict[str, Any]]:
    """The cells of a notebook that are code, or those that are markdown."""
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == kind]


def read_code(path: Path) -> str:
    """All code of a notebook."""
    return "\n".join("".join(cell["source"]) for cell in read_cells(path, kind="code"))


def read_printed(path: Path) -> str:
    """What a notebook is stored to have printed."""
    outputs = [output for cell in read_cells(path, kind="code") for output in cell["outputs"]]
    return "".join("".join(output.get("text", ())) for output in outputs)


def list_outputs(text: str) -> dict[str, Any]:
    """The outputs of a notebook by its cells."""
    return {cell["id"]: (cell["source"], cell.get("outputs")) for cell in json.loads(text)["cells"]}


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
    for path in sorted((DATASETS / "sources" / "sipri_fact_sheets").glob("*/published_shares.csv")):
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


def print_text(text: str, *, name: str = "stdout") -> dict[str, Any]:
    """An output as a kernel sends it."""
    return {"output_type": "stream", "name": name, "text": text}


def show(**forms: str) -> dict[str, Any]:
    """What a cell ends with, in its forms; with a count, as a kernel sends it."""
    named = {form.replace("_", "/"): text for form, text in forms.items()}
    return {"output_type": "execute_result", "execution_count": 7, "metadata": {"took": 3}, "data": named}


def settle(*outputs: dict[str, Any]) -> list[dict[str, Any]]:
    """Outputs as a cell of a notebook would store them."""
    return settle_outputs(outputs, where="sample.ipynb, cell-01", places=["/home/reader/checkout"])


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
def test_a_notebook_ends_with_what_was_found_and_how_sure_it_is(path: Path) -> None:
    text = "".join(read_cells(path, kind="markdown")[-1]["source"])
    assert "## The answer" in text
    assert "How sure is this?" in text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_with_what_the_publishers_figures_say(path: Path) -> None:
    printed = read_printed(path)

    assert [words for words in FOUND[path.stem]() if words not in printed] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_as_it_runs_now(path: Path, built_snapshot: etl.Snapshot) -> None:
    stored = path.read_text(encoding="utf-8")
    fresh = run_notebook(path, snapshots=built_snapshot.folder.parent)

    assert list_outputs(stored) == list_outputs(fresh), "run: make docs"
    assert stored == fresh, "run: make docs"


# The id of a snapshot is a hash of its files: another release of a library writes the same rows otherwise.
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_notebook_is_stored_with_the_id_of_a_snapshot(path: Path) -> None:
    assert re.findall(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{10}", path.read_text(encoding="utf-8")) == []


def test_what_was_printed_in_pieces_is_stored_as_one() -> None:
    assert settle(print_text("one "), print_text("two")) == [print_text("one two")]


def test_an_output_is_stored_without_its_count_its_timings_and_its_style() -> None:
    (stored,) = settle(show(text_plain="1", text_html="<div><style>\n.x {}\n</style>\n<table></table></div>"))

    assert stored["execution_count"] is None
    assert stored["metadata"] == {}
    assert stored["data"] == {"text/plain": "1", "text/html": "<div><table></table></div>"}


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (print_text("careful", name="stderr"), "careful"),
        (show(image_png="iVBOR"), "image/png"),
        ({"output_type": "display_data", "data": {"text/plain": "1"}}, "display_data"),
        (print_text("read /home/reader/checkout/notebooks/a.csv"), "/home/reader/checkout"),
        (show(text_plain="Path('/home/reader/checkout')"), "/home/reader/checkout"),
    ],
)
def test_an_output_of_one_machine_or_one_run_is_refused(output: dict[str, Any], words: str) -> None:
    with pytest.raises(UnstorableOutputError, match=words) as refused:
        settle(output)

    assert "sample.ipynb, cell-01" in str(refused.value)
