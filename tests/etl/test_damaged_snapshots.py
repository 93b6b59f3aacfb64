"""Damaged snapshots: refused where they are served, in a sentence, and healed by building again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import etl
from dashboard.__main__ import command
from dashboard.site.app import create_app
from etl.provenance import hash_bytes
from etl.snapshot.store import MANIFEST, NEWEST, read_manifest, write_manifest
from tests.conftest import DATASETS


@pytest.fixture
def snapshots(built_snapshot: etl.Snapshot, tmp_path: Path) -> Path:
    """A folder of snapshots with one in it, which is named the newest."""
    shutil.copytree(built_snapshot.folder, tmp_path / built_snapshot.snapshot_id)
    (tmp_path / NEWEST).write_text(built_snapshot.snapshot_id, encoding="utf-8")
    return tmp_path


def find_folder(snapshots: Path) -> Path:
    """The one snapshot."""
    (manifest,) = snapshots.glob(f"*/{MANIFEST}")
    return manifest.parent


def lose_table(snapshots: Path) -> None:
    (find_folder(snapshots) / "areas.parquet").unlink()


def cut_table(snapshots: Path) -> None:
    path = find_folder(snapshots) / "areas.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def flip_byte(snapshots: Path) -> None:
    path = find_folder(snapshots) / "observations.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def edit_manifest(snapshots: Path) -> None:
    path = find_folder(snapshots) / MANIFEST
    manifest = json.loads(path.read_bytes())
    path.write_text(json.dumps({**manifest, "findings": ["all is well"]}), encoding="utf-8")


def edit_unsealed_manifest(snapshots: Path) -> None:
    path = find_folder(snapshots) / MANIFEST
    manifest = json.loads(path.read_bytes())
    del manifest["sha256"]
    path.write_text(json.dumps({**manifest, "as_of": "2031-01-01"}), encoding="utf-8")


def write_noise(snapshots: Path) -> None:
    (find_folder(snapshots) / MANIFEST).write_bytes(b"\xff\xfe\x00")


def write_other_json(snapshots: Path) -> None:
    (find_folder(snapshots) / MANIFEST).write_text("[]", encoding="utf-8")


def change_columns(snapshots: Path) -> None:
    folder = find_folder(snapshots)
    path = folder / "milestones.parquet"
    pl.read_parquet(path).rename({"title": "name"}).write_parquet(path)
    manifest = read_manifest(folder)
    manifest["tables"]["milestones"]["sha256"] = hash_bytes(path.read_bytes())
    (folder / MANIFEST).write_bytes(write_manifest(manifest))


def empty_folder(snapshots: Path) -> None:
    shutil.rmtree(find_folder(snapshots))
    (snapshots / NEWEST).unlink()


def empty_pointer(snapshots: Path) -> None:
    (snapshots / NEWEST).write_bytes(b"")


DAMAGES: dict[Callable[[Path], None], str] = {
    lose_table: "areas.parquet: missing",
    cut_table: "areas.parquet: changed since it was built",
    flip_byte: "observations.parquet: changed since it was built",
    edit_manifest: "manifest.json: changed since it was built",
    edit_unsealed_manifest: "manifest.json: changed since it was built",
    write_noise: "manifest.json: not a manifest",
    write_other_json: "manifest.json: not a manifest",
    change_columns: "milestones.parquet: built by another version",
    empty_folder: "no snapshot. Run: footnoted build",
    empty_pointer: "newest: names no snapshot that is there",
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_snapshot_is_not_served(damage: Callable[[Path], None], snapshots: Path) -> None:
    damage(snapshots)

    result = CliRunner().invoke(command, ["serve", "--snapshot", str(snapshots)])

    assert result.exit_code == 2
    assert DAMAGES[damage] in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("damage", [lose_table, cut_table, flip_byte, change_columns])
def test_an_application_over_a_damaged_snapshot_is_never_ready(
    damage: Callable[[Path], None], snapshots: Path
) -> None:
    damage(snapshots)

    answer = create_app(etl.open_snapshot(snapshots)).test_client().get("/readyz")

    assert answer.status_code == 503
    assert DAMAGES[damage] in answer.text


@pytest.mark.parametrize("damage", [lose_table, flip_byte, edit_manifest, write_noise])
def test_building_again_heals_a_damaged_snapshot(damage: Callable[[Path], None], snapshots: Path) -> None:
    damage(snapshots)

    etl.build(DATASETS, snapshots).check_files()

    # The snapshot, which is the newest, and what it was made from: nothing is left of the damaged one.
    assert len(list(snapshots.iterdir())) == 3
    assert not list(snapshots.glob(".*"))
