"""Snapshots on disk: written to a folder of their own, moved into place whole, never changed afterwards."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from etl.errors import SnapshotError
from etl.schemas import TABLES

NEWEST = "newest"
MANIFEST = "manifest.json"
FORMAT = 1
HASH_DIGITS = 10


def publish_snapshot(
    tables: dict[str, pl.DataFrame],
    *,
    out: Path,
    as_of: date,
    inputs: dict[str, str],
    findings: tuple[str, ...],
    measures: dict[str, float | None],
) -> Path:
    """Write the tables as a snapshot under `out`, make it the newest, and return its folder.

    The id is the snapshot's day and a hash of its tables, so the same inputs give the same snapshot; one that
    is already there is left as it is. A build that is killed leaves the newest pointer where it was.
    """
    out.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
    try:
        hashes = {name: _write_table(tables[name], scratch / f"{name}.parquet") for name in TABLES}
        snapshot_id = f"{as_of.isoformat()}-{_hash_all(hashes)}"
        manifest = {
            "format": FORMAT,
            "snapshot_id": snapshot_id,
            "as_of": as_of.isoformat(),
            "tables": {name: {"rows": tables[name].height, "sha256": hashes[name]} for name in TABLES},
            "inputs": inputs,
            "findings": list(findings),
            "versions": {name: version(name) for name in ("polars", "pandera")},
            "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
            **measures,
        }
        (scratch / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        scratch.chmod(0o755)
        _move_into_place(scratch, out / snapshot_id)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    _point_newest(out, snapshot_id)
    return out / snapshot_id


def find_newest(out: Path) -> Path:
    """The folder of the newest snapshot under `out`.

    Raises: SnapshotError where there is none.
    """
    pointer = out / NEWEST
    if not pointer.exists():
        raise SnapshotError(f"{out}: no snapshot. Run: footnoted build")
    return out / pointer.read_text(encoding="utf-8").strip()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a snapshot.

    Raises: SnapshotError where it is missing or of another format.
    """
    path = folder / MANIFEST
    if not path.exists():
        raise SnapshotError(f"{folder}: no {MANIFEST}, so this is no snapshot. Run: footnoted build")
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise SnapshotError(f"{path}: not JSON ({error}). Build again: footnoted build") from error
    if manifest.get("format") != FORMAT:
        raise SnapshotError(
            f"{path}: format {manifest.get('format')!r}, this version reads {FORMAT}. Build again."
        )
    return manifest


def read_table(folder: Path, name: str, *, sha256: str) -> pl.DataFrame:
    """One table of a snapshot, its bytes checked against the manifest.

    Raises: SnapshotError where the file is missing or changed.
    """
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise SnapshotError(f"{path}: missing. Build again: footnoted build")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SnapshotError(f"{path}: changed since it was built. A snapshot is never edited; build again.")
    return _complete_days(pl.read_parquet(content))


def _complete_days(table: pl.DataFrame) -> pl.DataFrame:
    """A table of a snapshot from before days of knowledge: each edition's own day, taken as printed."""
    if "layout" in table.columns and "covers_suppliers" not in table.columns:
        # Then every file was taken for whole.
        return table.with_columns(
            pl.lit("all").alias(name) for name in ("covers_suppliers", "covers_recipients")
        )
    if "vintage" not in table.columns or "known_basis" in table.columns:
        return table
    columns = {
        "vintage_precision": pl.lit("day"),
        "known_from": pl.col("vintage"),
        "known_basis": pl.lit("printed"),
        "known_by": pl.lit(None, pl.String),
    }
    return table.with_columns(
        column.alias(name) for name, column in columns.items() if name not in table.columns
    )


def _write_table(frame: pl.DataFrame, path: Path) -> str:
    frame.write_parquet(path, compression="zstd", statistics=True)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hash_all(hashes: dict[str, str]) -> str:
    return hashlib.sha256("".join(hashes[name] for name in sorted(hashes)).encode()).hexdigest()[:HASH_DIGITS]


def _move_into_place(scratch: Path, target: Path) -> None:
    if target.exists():
        return
    try:
        scratch.rename(target)
    except OSError:
        if not target.exists():
            raise


def _point_newest(out: Path, snapshot_id: str) -> None:
    pending = out / f".{NEWEST}-{os.getpid()}"
    pending.write_text(snapshot_id + "\n", encoding="utf-8")
    pending.replace(out / NEWEST)
