"""Two snapshots in one folder: one built before SIPRI's edition of March 2026 came, and the newest."""

from __future__ import annotations

import shutil
from pathlib import Path

import etl
from etl.snapshot.store import MANIFEST, read_manifest, write_manifest
from tests.conftest import DATASETS

LATE_EDITION = Path("sources", "sipri_fact_sheets", "2026-03-09")


def build_two(folder: Path) -> tuple[etl.Snapshot, etl.Snapshot]:
    """The older and the newer of two builds that are kept side by side."""
    shutil.copytree(DATASETS, folder / "before")
    shutil.rmtree(folder / "before" / LATE_EDITION)
    older = etl.build(folder / "before", folder / "snapshots")
    return older, etl.build(DATASETS, folder / "snapshots")


def rename_snapshot(folder: Path, snapshot_id: str) -> None:
    """Let the snapshot in a folder say that it is another one, sealed as if it had been built so."""
    manifest = {**read_manifest(folder), "snapshot_id": snapshot_id}
    (folder / MANIFEST).write_bytes(write_manifest(manifest))
