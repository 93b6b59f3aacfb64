"""Rows that two files of one day give: witnesses of one value, or values that contradict each other."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from etl.editions import add_files
from tests.etl.workbench import Workbench
from tests.sources.test_sipri_values import ROWS, Cells, write_table

WORLD_1991 = "arms_import_volume.W00.W00.cy.1991.sipri_values.2024-10-13"
OTHER_ROWS: dict[str, Cells] = {"India": ROWS["France"], "Japan": ROWS["Germany"]}


def write_pair(folder: Path, others: dict[str, Cells]) -> list[Path]:
    """SIPRI's tables of exports and of imports of one day, which share the world."""
    tables = {
        "exports.csv": write_table(ROWS, first="Exports by", total="Total world export"),
        "imports.csv": write_table(others, first="Recipient", total="Total world import"),
    }
    for name, content in tables.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in tables]


def test_two_files_that_agree_are_two_witnesses_of_one_row(workbench: Workbench, tmp_path: Path) -> None:
    report = add_files(write_pair(tmp_path, OTHER_ROWS), datasets=workbench.datasets)

    assert report.after.rejected == report.before.rejected
    (row,) = report.after.tables["observations"].filter(pl.col("obs_id") == WORLD_1991).to_dicts()
    assert row["obs_value"] == 398
    assert row["source_file"].endswith("exports.csv")
    assert "Also in sources/sipri_values/2024-10-13/imports.csv, line 9, column 1991." in row["note"]


def test_two_files_that_disagree_lose_that_row_alone_and_name_both_values(
    workbench: Workbench, tmp_path: Path
) -> None:
    others: dict[str, Cells] = {**OTHER_ROWS, "Japan": [401, 399, 0, 36, None]}
    report = add_files(write_pair(tmp_path, others), datasets=workbench.datasets)

    observations = report.after.tables["observations"]
    assert observations.filter(pl.col("obs_id") == WORLD_1991).is_empty()
    assert observations.filter(pl.col("obs_id") == WORLD_1991.replace("1991", "1992")).height == 1
    clashes = [entry for entry in report.after.rejected if entry.reason == "values_differ"]
    assert [entry.file.rsplit("/")[-1] for entry in clashes] == ["exports.csv", "imports.csv"]
    assert all("398.0" in entry.problem and "401.0" in entry.problem for entry in clashes)


def test_files_that_disagree_may_be_added_one_after_the_other(workbench: Workbench, tmp_path: Path) -> None:
    others: dict[str, Cells] = {**OTHER_ROWS, "Japan": [401, 399, 0, 36, None]}
    first, second = write_pair(tmp_path, others)
    add_files([first], datasets=workbench.datasets)
    add_files([second], datasets=workbench.datasets)

    quarantine = workbench.build().quarantine().collect()
    assert quarantine.filter(pl.col("reason") == "values_differ").height == 2
