"""Growing by one file: source, edition, document, chart and page each cost one and no edit elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.provenance import find_sidecar, hash_bytes, seal_input
from tests.conftest import CHECKOUT, SHARED
from tests.dashboard.test_discovery import PAGE
from tests.etl.workbench import Workbench

SWAPS = '''
"""A layout nobody has heard of, for a test."""

from etl.countries import Lookups
from etl.periods import build_calendar_year
from etl.provenance import InputFile, RawFile
from etl.reading import Record, InputRow, read_header
from etl.source_contract import (
    Expected, Parsed, FileReading, Series, Source, build_observation, parse_rows, read_area, read_year,
)

COLUMNS = ("year", "seller", "buyer", "dollars")
SOURCE = Source("swap_of_goods", "A layout for a test", "observations", COLUMNS)
EXPECTED = Expected(rows_min=1, rows_max=10)


def matches(file: RawFile) -> bool:
    return read_header(file) == SOURCE.columns


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    def build(row: InputRow) -> list[Record]:
        seller, buyer = (read_area(row, name, lookups) for name in ("seller", "buyer"))
        series = Series("exports", seller, buyer, "USD", "FOB")
        period = build_calendar_year(read_year(row, "year"))
        reading = FileReading(row.read_number("dollars"), "dollars")
        return [build_observation(file, row, series=series, period=period, reading=reading)]

    return parse_rows(file, SOURCE, build)
'''
SIDECAR = """
source_id = "swaps"
vintage = "2025-05-01"
vintage_precision = "day"
vintage_basis = "A test."
publisher = "Nobody"
product = "Swaps"
url = ""
retrieved_on = ""
licence = "free"
redistributable = true
sha256 = ""
note = ""
"""
# The tests that go over what is there, and those of the pages on which it stands.
PARTS = ("live", "charts", "svg/test_every_picture.py", "dashboard", "etl/test_build.py", "test_notebooks.py")
# What readers see of each addition, as far as it is there.
SHOW = """
import etl
from dashboard.site.app import create_app

snapshot = etl.open_snapshot()
client = create_app(snapshot).server.test_client()
pages = "".join(client.get(path).text for path in ("/trade", "/extra", "/documents"))
print(*[words for words in ("An extra page", "crude_again", "A note") if words in pages], sep="\\n")
print(snapshot.as_of)
"""
DOCUMENT = """
[document]
title = "A note"
title_basis = "stated"
publisher = "A desk"
published_on = "2026-01-15"
published_on_precision = "day"
published_on_basis = "stated"
language = "en"
kind = "article"
text_sha256 = "{zeros}"

[[claims]]
claim_id = "a-note.share"
indicator = "arms_import_share"
ref_area = "IND"
counterpart_area = "RUS"
commodity = "TOTAL"
time_period = "2009-13"
period_start = "2009-01-01"
period_end = "2013-12-31"
period_basis = "five_year_window"
value = 75
unit_measure = "PERCENT"
hedge = "exact"
stated_as = "75%"
paragraph = 1
char_start = 0
char_end = 3
quote_sha256 = "{quote}"
paragraph_sha256 = "{zeros}"
topic = "arms"
"""


def add_document(datasets: Path) -> None:
    """A document with one claim."""
    path = datasets / "dossiers" / "india_russia" / "documents" / "a-note.toml"
    path.write_text(DOCUMENT.format(zeros="0" * 64, quote=hash_bytes(b"75%")), encoding="utf-8")


def add_edition(datasets: Path) -> None:
    """A fact sheet of a later year with the numbers of an earlier one."""
    old = datasets / "sources" / "sipri_fact_sheets" / "2026-03-09" / "published_shares.csv"
    new = old.parents[1] / "2099-03-15" / old.name
    new.parent.mkdir()
    new.write_text(old.read_text(encoding="utf-8").replace("2026-03,", "2099-03,"), encoding="utf-8")
    sidecar = find_sidecar(old).read_text(encoding="utf-8").replace("2026-03-09", "2099-03-15")
    find_sidecar(new).write_text(sidecar, encoding="utf-8")
    seal_input(new)


@pytest.fixture
def grown_checkout(tmp_path: Path) -> Path:
    """The checkout with a document, an edition, a chart and a page more."""
    checkout = tmp_path / "checkout"
    for name in ("etl", "dashboard", "datasets", "tests", "docs", "notebooks"):
        ignored = shutil.ignore_patterns("__pycache__", "snapshots", "texts")
        shutil.copytree(CHECKOUT / name, checkout / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(CHECKOUT / name, checkout)
    add_document(checkout / "datasets")
    add_edition(checkout / "datasets")
    charts, pages = checkout / "dashboard" / "charts", checkout / "dashboard" / "pages"
    chart = (charts / "crude.py").read_text(encoding="utf-8").replace('"crude"', '"crude_again"')
    (charts / "one_chart_more.py").write_text(chart, encoding="utf-8")
    (pages / "one_page_more.py").write_text(PAGE.format(path="/extra"), encoding="utf-8")
    return checkout


def run_python(checkout: Path, *arguments: str) -> str:
    """What a program says that runs in a checkout of its own, where it succeeds."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTED_")}
    environment.update(PYTHONPATH=str(checkout), FOOTNOTED_SHARED=str(SHARED.resolve()))
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_document_is_one_file_and_its_claims_are_judged(workbench: Workbench) -> None:
    add_document(workbench.datasets)

    verdict = workbench.build().verdicts(claim_id="a-note.share", occasion="snapshot").collect()

    assert verdict["verdict"].item() == "superseded"
    assert verdict["reason"].item() == "restated_by_publisher"


def test_an_edition_is_one_file_with_its_sidecar(workbench: Workbench) -> None:
    add_edition(workbench.datasets)

    assert workbench.build().as_of.isoformat() == "2099-03-15"


def test_a_grown_checkout_builds_and_shows_what_was_added(grown_checkout: Path) -> None:
    run_python(grown_checkout, "-m", "etl", "build")

    shown = run_python(grown_checkout, "-c", SHOW)

    assert {"An extra page", "crude_again", "2099-03-15", "A note"} <= set(shown.splitlines())


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    ["live", "charts", "svg/test_every_picture.py", "dashboard", "etl/test_build.py", "test_notebooks.py"],
)
def test_the_tests_of_a_grown_checkout_pass_as_they_are(part: str, grown_checkout: Path) -> None:
    run_python(grown_checkout, "-m", "pytest", f"tests/{part}", "-m", "not slow and not browser", "-x")


def test_a_source_is_one_module_that_is_picked_up_by_itself(workbench: Workbench, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(CHECKOUT / "etl", checkout / "etl", ignore=shutil.ignore_patterns("__pycache__"))
    (checkout / "etl" / "sources" / "swap_of_goods.py").write_text(SWAPS, encoding="utf-8")
    path = workbench.datasets / "sources" / "swaps" / "2025-05-01" / "swaps.csv"
    path.parent.mkdir(parents=True)
    find_sidecar(path).write_text(SIDECAR.strip() + "\n", encoding="utf-8")
    workbench.write_bytes(path, b"year,seller,buyer,dollars\n2024,India,Russia,5\n")

    command = [
        sys.executable,
        "-m",
        "etl",
        "build",
        "--datasets",
        str(workbench.datasets),
        "--out",
        str(workbench.out),
    ]
    result = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    assert "23 files" in result.stdout
