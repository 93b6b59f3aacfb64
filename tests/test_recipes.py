"""Recipes: every block of Python and SQL on the page runs as it is printed, and gives the same number."""

from __future__ import annotations

import csv
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import duckdb
import pytest
from werkzeug.serving import make_server

import etl
from dashboard.site.app import create_app

CHECKOUT = Path(__file__).parents[1]
PAGE = (CHECKOUT / "docs" / "recipes.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8050"
TABLES = {"## DuckDB", "## pandas", "## Polars", "## etl itself"}
# 5,015 / 13,856 in the register of February 2026.
SHARE = 36.19


def find_blocks(language: str) -> list[tuple[str, str]]:
    """The blocks of a language, each with the heading it stands under."""
    found: list[tuple[str, str]] = []
    for part in re.split(r"^(?=## )", PAGE, flags=re.MULTILINE):
        heading = part.partition("\n")[0]
        found += [(heading, code) for code in re.findall(rf"```{language}\n(.*?)```", part, flags=re.DOTALL)]
    return found


PYTHON, SQL = find_blocks("python"), find_blocks("sql")


@pytest.fixture(scope="module")
def exported(built_snapshot: etl.Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the tables lie as the page has them written."""
    folder = tmp_path_factory.mktemp("recipes")
    etl.export(built_snapshot, folder / "tables", ("csv", "parquet"))
    return folder


@pytest.fixture(scope="module")
def server_address(built_snapshot: etl.Snapshot) -> Iterator[str]:
    """The address of a running dashboard."""
    server = make_server("127.0.0.1", 0, create_app(built_snapshot), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def test_the_page_has_a_recipe_for_each_tool() -> None:
    assert {heading for heading, _ in [*PYTHON, *SQL]} == TABLES
    assert "## R" in PAGE
    assert "## Excel and LibreOffice" in PAGE


@pytest.mark.parametrize(
    ("heading", "code"), PYTHON, ids=[f"{number}-{heading[3:]}" for number, (heading, _) in enumerate(PYTHON)]
)
def test_a_recipe_in_python_gives_the_share(
    heading: str,
    code: str,
    exported: Path,
    server_address: str,
    built_snapshot: etl.Snapshot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(exported)
    monkeypatch.setenv("FOOTNOTED_SNAPSHOTS", str(built_snapshot.folder.parent))
    names: dict[str, Any] = {}

    exec(compile(code.replace(ADDRESS, server_address), heading, "exec"), names)

    assert round(float(names["value"]), 2) == SHARE


def test_the_first_query_gives_the_share_with_its_source(
    exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(exported)

    found = duckdb.execute(SQL[0][1])
    row = dict(zip([column[0] for column in found.description], found.fetchall()[0], strict=True))

    assert round(row["obs_value"], 2) == SHARE
    assert row["source_file"].startswith("sources/sipri_tiv/")
    assert row["derivation"].startswith("share_of_total(")
    assert "SIPRI terms" in row["licence"]


def test_the_second_query_gives_the_operands_whose_ratio_is_the_share(
    exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(exported)

    part, whole = (row[1] for row in duckdb.execute(SQL[1][1]).fetchall())

    assert round(part / whole * 100, 2) == SHARE


def test_files_and_the_api_have_every_column_that_the_page_keeps(exported: Path, server_address: str) -> None:
    table = PAGE.partition("| column | says |")[2].partition("\n\n")[0]
    kept = {
        name for line in table.splitlines()[2:] for name in re.findall(r"`([a-z_]+)`", line.split("|")[1])
    }
    with (exported / "tables" / "observations.csv").open(encoding="utf-8") as lines:
        in_file = set(next(csv.reader(lines)))
    with urlopen(f"{server_address}/api/v1/observations?limit=1&format=csv") as answer:
        in_answer = set(next(csv.reader([answer.readline().decode("utf-8")])))

    assert len(kept) == 10
    assert kept <= in_file & in_answer
