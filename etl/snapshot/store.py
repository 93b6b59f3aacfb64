"""Snapshots on disk: written to a folder of their own, moved into place whole, never changed afterwards."""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from etl.errors import SnapshotError
from etl.schemas import TABLES
from etl.whole_files import hold_folder, say_access, write_whole

NEWEST = "newest"
# Of the newest snapshot, a hash of all that it follows from; a manifest stays as its first build wrote it.
ORIGIN = "made-from"
MANIFEST = "manifest.json"
# Of the manifest itself: the hash of all that it says.
SEAL = "sha256"
FORMAT = 1
# Of folders that are being written, and of the damaged ones that they take the place of.
SCRATCH, REPLACED = ".building-", "-replaced"
HASH_DIGITS = 10


def publish_snapshot(
    tables: dict[str, pl.DataFrame],
    *,
    out: Path,
    as_of: date,
    inputs: dict[str, str],
    made_from: str,
    findings: tuple[str, ...],
    measures: dict[str, float | None],
) -> Path:
    """Write the tables as a snapshot under `out`, make it the newest, and return its folder.

    The id is the snapshot's day and a hash of its tables, so the same inputs give the same snapshot; one that
    is already there and whole is left as it is. A build that is killed leaves the newest pointer where it
    was, and what it wrote goes with the next one. `made_from` is a hash of all that the tables follow from.
    Raises: FileAccessError where `out` cannot be written to; BusyFolderError where another build is at it.
    """
    with say_access(out):
        out.mkdir(parents=True, exist_ok=True)
    with hold_folder(out):
        with _open_scratch(out) as scratch:
            hashes = {name: _write_table(tables[name], scratch / f"{name}.parquet") for name in TABLES}
            snapshot_id = name_snapshot(as_of.isoformat(), hashes)
            manifest = {
                "format": FORMAT,
                "snapshot_id": snapshot_id,
                "as_of": as_of.isoformat(),
                "tables": {name: {"rows": tables[name].height, "sha256": hashes[name]} for name in TABLES},
                "inputs": inputs,
                "findings": list(findings),
                **_describe_build(),
                **measures,
            }
            write_whole(scratch / MANIFEST, write_manifest(manifest))
            with say_access(out / snapshot_id):
                _move_into_place(scratch, out / snapshot_id)
        write_whole(out / ORIGIN, f"{snapshot_id} {made_from}\n".encode())
        write_whole(out / NEWEST, f"{snapshot_id}\n".encode())
    return out / snapshot_id


def find_newest(out: Path) -> Path:
    """The folder of the newest snapshot under `out`.

    Raises: SnapshotError where there is none, or what names it does not.
    """
    pointer = out / NEWEST
    if not pointer.exists():
        raise SnapshotError(f"{out}: no snapshot. Run: footnoted build")
    name = _read(pointer).decode("utf-8", "replace").strip()
    if not name or Path(name).name != name or not (out / name).is_dir():
        raise SnapshotError(
            f"{pointer}: names no snapshot that is there (found {name[:60]!r}). Build again: footnoted build"
        )
    return out / name


def name_snapshot(as_of: str, hashes: Mapping[str, str]) -> str:
    """The id of a snapshot: its day and a hash of its tables, given by their own."""
    together = "".join(hashes[name] for name in sorted(hashes))
    return f"{as_of}-{hashlib.sha256(together.encode()).hexdigest()[:HASH_DIGITS]}"


def write_manifest(manifest: Mapping[str, Any]) -> bytes:
    """A manifest as its file, with the hash that seals it."""
    return (json.dumps({**manifest, SEAL: _hash_manifest(manifest)}, indent=2) + "\n").encode()


def find_made_from(out: Path, made_from: str) -> Path | None:
    """The newest snapshot under `out` where it is whole and was made from just this, else None."""
    try:
        folder = find_newest(out)
        if (out / ORIGIN).read_text(encoding="utf-8").split() != [folder.name, made_from]:
            return None
        check_snapshot(folder)
    except (SnapshotError, OSError, UnicodeDecodeError):
        return None
    return folder


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a snapshot.

    Raises: SnapshotError where it is missing, of another format, or not as it was written.
    """
    path = folder / MANIFEST
    if not path.exists():
        raise SnapshotError(f"{folder}: no {MANIFEST}, so this is no snapshot. Run: footnoted build")
    try:
        manifest: dict[str, Any] = json.loads(_read(path))
        found = manifest.get("format")
    except (ValueError, RecursionError, AttributeError) as error:
        raise SnapshotError(f"{path}: not a manifest ({error}). Build again: footnoted build") from error
    if found != FORMAT:
        raise SnapshotError(f"{path}: format {found!r}, this version reads {FORMAT}. Build again.")
    if not _is_sealed(manifest):
        raise SnapshotError(f"{path}: changed since it was built. A snapshot is never edited; build again.")
    return manifest


def check_snapshot(folder: Path) -> None:
    """Hold every file of a snapshot to its manifest, and its tables' columns to those that are read here.

    Raises: SnapshotError naming the first file that is missing, changed, or of another version.
    """
    for name, entry in read_manifest(folder)["tables"].items():
        path = folder / f"{name}.parquet"
        content = _read_sealed(path, sha256=entry["sha256"])
        if name not in TABLES:
            continue
        held = _complete_days(pl.DataFrame(schema=pl.read_parquet_schema(io.BytesIO(content)))).schema
        lacking = [column for column, kind in TABLES[name].list_columns().items() if held.get(column) != kind]
        if lacking:
            raise SnapshotError(
                f"{path}: built by another version, for which {lacking[0]} is none of its columns or of "
                "another kind. Build again: footnoted build"
            )


def read_table(folder: Path, name: str, *, sha256: str) -> pl.DataFrame:
    """One table of a snapshot, its bytes checked against the manifest.

    Raises: SnapshotError where the file is missing or changed.
    """
    return _complete_days(pl.read_parquet(_read_sealed(folder / f"{name}.parquet", sha256=sha256)))


def _read_sealed(path: Path, *, sha256: str) -> bytes:
    if not path.exists():
        raise SnapshotError(f"{path}: missing. Build again: footnoted build")
    content = _read(path)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SnapshotError(f"{path}: changed since it was built. A snapshot is never edited; build again.")
    return content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SnapshotError(f"{path}: cannot be read: {error.strerror}.") from error


def _hash_manifest(manifest: Mapping[str, Any]) -> str:
    sealed = {name: entry for name, entry in manifest.items() if name != SEAL}
    return hashlib.sha256(json.dumps(sealed, sort_keys=True).encode()).hexdigest()


def _is_sealed(manifest: dict[str, Any]) -> bool:
    """Whether a manifest is the one that was written."""
    if SEAL in manifest:
        return bool(manifest[SEAL] == _hash_manifest(manifest))
    # From before there were seals: its id still covers its day and its tables.
    try:
        hashes = {name: entry["sha256"] for name, entry in manifest["tables"].items()}
        return bool(manifest["snapshot_id"] == name_snapshot(manifest["as_of"], hashes))
    except (KeyError, TypeError, AttributeError):
        return False


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
    packed = io.BytesIO()
    frame.write_parquet(packed, compression="zstd", statistics=True)
    write_whole(path, packed.getvalue())
    return hashlib.sha256(packed.getvalue()).hexdigest()


def _describe_build() -> dict[str, Any]:
    """What a manifest says of the build itself: the versions of what wrote the tables, and the time."""
    return {
        "versions": {name: version(name) for name in ("polars", "pandera")},
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


@contextmanager
def _open_scratch(out: Path) -> Iterator[Path]:
    """A folder to write a snapshot in, gone afterwards; what killed builds have left is gone before."""
    # Nobody else is writing now.
    for left in out.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    scratch = out / f"{SCRATCH}{secrets.token_hex(4)}"
    try:
        with say_access(out):
            scratch.mkdir()
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _move_into_place(scratch: Path, target: Path) -> None:
    """Give a snapshot its name, unless it is there already and whole."""
    if target.exists():
        try:
            check_snapshot(target)
        except SnapshotError:
            # The same tables under a name of their own: whoever has the damaged ones open keeps them.
            target.rename(scratch.with_name(f"{scratch.name}{REPLACED}"))
        else:
            return
    scratch.rename(target)
    shutil.rmtree(scratch.with_name(f"{scratch.name}{REPLACED}"), ignore_errors=True)
