"""Growing by one file breaks no test; tests/test_contributing.py tries each recipe as printed."""

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

# The tests that go over what is there, and those of the pages on which it stands.
PARTS = ("live", "charts", "svg/test_every_picture.py", "dashboard", "etl/test_build.py", "test_notebooks.py")
# What readers see of each addition, as far as it is there.
SHOW = """
import etl
from dashboard.site.app import create_app

snapshot = etl.open_snapshot()
client = create_app(snapshot).test_client()
pages = "".join(client.get(path).text for path in ("/trade", "/example_notes", "/documents"))
said = ("As known on ", "crude_again", "A note")
print(*[each for each in said if each in pages], sep="\\n")
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
    for name in ("etl", "dashboard", "footnoted", "datasets", "tests", "docs", "notebooks"):
        ignored = shutil.ignore_patterns("__pycache__", "snapshots", "texts")
        shutil.copytree(CHECKOUT / name, checkout / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(CHECKOUT / name, checkout)
    add_document(checkout / "datasets")
    add_edition(checkout / "datasets")
    charts, pages = checkout / "dashboard" / "charts", checkout / "dashboard" / "pages"
    chart = (charts / "crude.py").read_text(encoding="utf-8").replace('"crude"', '"crude_again"')
    (charts / "one_chart_more.py").write_text(chart, encoding="utf-8")
    (pages / "one_page_more.py").write_text(PAGE, encoding="utf-8")
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

    assert {"As known on ", "crude_again", "2099-03-15", "A note"} <= set(shown.splitlines())


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    PARTS,
)
def test_the_tests_of_a_grown_checkout_pass_as_they_are(part: str, grown_checkout: Path) -> None:
    run_python(grown_checkout, "-m", "pytest", f"tests/{part}", "-m", "not slow and not browser", "-x")
