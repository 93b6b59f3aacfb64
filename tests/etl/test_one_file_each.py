"""Growing by one file: a source, an edition and a document each cost one and no edit elsewhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from etl.provenance import find_sidecar, hash_bytes
from tests.conftest import CHECKOUT
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


def test_a_document_is_one_file_and_its_claims_are_judged(workbench: Workbench) -> None:
    path = workbench.datasets / "dossiers" / "india_russia" / "documents" / "a-note.toml"
    path.write_text(DOCUMENT.format(zeros="0" * 64, quote=hash_bytes(b"75%")), encoding="utf-8")

    verdict = workbench.build().verdicts(claim_id="a-note.share", occasion="snapshot").collect()

    assert verdict["verdict"].item() == "superseded"
    assert verdict["reason"].item() == "restated_by_publisher"


def test_an_edition_is_one_file_with_its_sidecar(workbench: Workbench) -> None:
    old = workbench.find_file("sipri_fact_sheets", "2026-03-09")
    new = old.parents[1] / "2027-03-15" / old.name
    new.parent.mkdir()
    new.write_text(old.read_text(encoding="utf-8").replace("2026-03,", "2027-03,"), encoding="utf-8")
    sidecar = find_sidecar(old).read_text(encoding="utf-8").replace("2026-03-09", "2027-03-15")
    find_sidecar(new).write_text(sidecar, encoding="utf-8")
    workbench.write_bytes(new, new.read_bytes())

    snapshot = workbench.build()

    assert snapshot.as_of.isoformat() == "2027-03-15"


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
