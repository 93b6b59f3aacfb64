"""Recipes: every block of Python and SQL runs as it is printed and gives the same number; addresses answer.

R is not run here: that what its blocks ask for and name is there is all that is held of them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import duckdb
import polars as pl
import pytest

import etl
from tests.served_dashboard import serve

CHECKOUT = Path(__file__).parents[1]
PAGE = (CHECKOUT / "docs" / "recipes.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8050"
PAGES = ("README.md", "docs/recipes.md", "docs/SERVING.md")
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
    with serve(built_snapshot) as address:
        yield address


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


def list_curled() -> list[str]:
    """Every address of the site that the pages have a reader ask for with curl."""
    texts = "".join((CHECKOUT / page).read_text(encoding="utf-8") for page in PAGES)
    return re.findall(r"curl '(?:http://)?(?:localhost|127\.0\.0\.1):8050(/[^']*)'", texts)


def test_what_the_pages_ask_for_with_curl_is_answered(server_address: str) -> None:
    curled = list_curled()
    assert curled
    for path in curled:
        with urlopen(server_address + path) as answer:
            assert answer.read(), path


def test_what_a_recipe_in_r_names_is_there(exported: Path, server_address: str) -> None:
    from_file, from_api = (code for _, code in find_blocks("r"))
    asked = "".join(re.findall(r'"([^"]+)"', from_api.partition("paste0(")[2].partition(")\n")[0]))
    (file,) = re.findall(r'read_parquet\("([^"]+)"', from_file)
    kept = from_file.partition("select(")[2].partition(")")[0].replace(",", " ").split()
    columns = {*kept, *re.findall(r"\w+(?= == )|(?<=is\.na\()\w+|(?<=slice_max\()\w+", from_file)}
    with urlopen(asked.replace(ADDRESS, server_address)) as answer:
        served = pl.read_csv(answer.read())

    assert len(columns) > 10
    assert columns <= set(pl.read_parquet(exported / file).columns)
    assert {"commodity", "time_period"} <= set(served.columns)
    assert round(served.sort("vintage")["obs_value"][-1], 2) == SHARE
