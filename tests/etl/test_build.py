"""What a build gives: the tables, the same bytes each time, and a snapshot that nothing disturbs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import etl
from etl.schemas import TABLES
from tests.conftest import DATASETS
from tests.etl.workbench import Workbench


def test_every_row_read_is_accepted_or_quarantined(built_snapshot: etl.Snapshot) -> None:
    sources = built_snapshot.sources().collect().to_dicts()

    assert all(row["rows_read"] == row["rows_accepted"] + row["rows_quarantined"] for row in sources)
    assert sum(row["rows_accepted"] for row in sources) == 1362


def test_two_builds_of_the_same_inputs_have_the_same_bytes(tmp_path: Path) -> None:
    first = etl.build(DATASETS, tmp_path / "first")
    second = etl.build(DATASETS, tmp_path / "second")

    for name in TABLES:
        one, other = (snapshot.folder / f"{name}.parquet" for snapshot in (first, second))
        assert one.read_bytes() == other.read_bytes(), name
    assert first.snapshot_id == second.snapshot_id


def test_a_snapshot_that_is_already_there_is_left_as_it_is(tmp_path: Path) -> None:
    first = etl.build(DATASETS, tmp_path)
    manifest = (first.folder / "manifest.json").read_bytes()

    etl.build(DATASETS, tmp_path)

    assert (first.folder / "manifest.json").read_bytes() == manifest


def test_the_manifest_names_every_input_with_its_hash_and_every_table_with_its_rows(
    built_snapshot: etl.Snapshot,
) -> None:
    manifest = json.loads((built_snapshot.folder / "manifest.json").read_text(encoding="utf-8"))

    hashes = {row["file"]: row["sha256"] for row in built_snapshot.sources().collect().to_dicts()}
    assert hashes.items() <= manifest["inputs"].items()
    assert "lookups/areas.csv" in manifest["inputs"]
    assert manifest["tables"]["claims"]["rows"] == built_snapshot.table("claims").height


def test_the_snapshots_day_is_its_newest_input_and_never_the_clock(built_snapshot: etl.Snapshot) -> None:
    newest = built_snapshot.table("observations")["vintage"].max()

    assert built_snapshot.as_of == newest


def test_a_build_killed_half_way_leaves_no_trace_in_the_newest_pointer(workbench: Workbench) -> None:
    good = workbench.build()
    (workbench.out / ".building-left-behind").mkdir()

    assert etl.open_snapshot(workbench.out).snapshot_id == good.snapshot_id


def test_a_changed_table_is_refused(workbench: Workbench) -> None:
    snapshot = workbench.build()
    path = snapshot.folder / "claims.parquet"
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(etl.SnapshotError, match="changed since it was built"):
        etl.open_snapshot(workbench.out).claims()


def test_opening_where_nothing_was_built_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(etl.SnapshotError, match="Run: footnoted build"):
        etl.open_snapshot(tmp_path)


def test_a_filter_on_a_column_that_is_not_there_is_refused(built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(etl.SnapshotError, match="no column colour"):
        built_snapshot.observations(colour="red")


def test_every_table_leaves_as_csv_and_parquet(built_snapshot: etl.Snapshot, tmp_path: Path) -> None:
    written = etl.export(built_snapshot, tmp_path, ("csv", "parquet"))

    assert {path.name for path in written} == {
        f"{name}.{kind}" for name in TABLES for kind in ("csv", "parquet")
    }
    assert all(path.stat().st_size for path in written)


def test_one_publishers_file_is_read_on_its_own(workbench: Workbench) -> None:
    observations = etl.read_file(workbench.find_file("un_comtrade"), datasets=workbench.datasets)

    world = observations.filter(counterpart_area="W00")
    assert world["obs_value"].to_list() == [732565993392.928]


def test_notebooks_judge_again_as_the_build_did(built_snapshot: etl.Snapshot) -> None:
    verdicts = etl.judge(
        built_snapshot.table("claims"), built_snapshot.table("observations"), built_snapshot.as_of
    )

    before = built_snapshot.verdicts(occasion="snapshot").collect().sort("claim_id")
    assert verdicts.sort("claim_id")["verdict"].to_list() == before["verdict"].to_list()
