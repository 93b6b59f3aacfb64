"""Writing files: rows of one table, one format of a snapshot, or a folder of all that is asked for."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from etl.export.format_contract import ExportFormat, ExportFormatError, RowsFormat, WholeFormat
from etl.export.formats import find_format, find_formats
from etl.export.formulas import UNDO_RULE
from etl.export.read_me import write_read_me
from etl.export.release import Release
from etl.provenance import hash_bytes
from etl.schemas import TABLES
from etl.snapshot import Snapshot
from etl.whole_files import hold_folder, say_access, write_whole

MANIFEST, READ_ME = "export.json", "README.md"


@dataclass(frozen=True)
class ExportedFile:
    """One file for taking away."""

    name: str
    media_type: str
    content: bytes


def list_formats() -> tuple[ExportFormat, ...]:
    """Every format there is."""
    return tuple(module.FORMAT for module in find_formats().values())


def write_rows(rows: pl.DataFrame, format_name: str) -> bytes:
    """Rows of one table, or of a chart, as a file; text that a spreadsheet would run is defused.

    Raises: ExportFormatError for a format that nothing writes, or that writes no single rows, or whose
    table has other columns.
    """
    module = find_format(format_name)
    if isinstance(module, RowsFormat):
        return module.write_rows(rows)
    known = ", ".join(one.name for one in list_formats() if one.stem is None)
    raise ExportFormatError(f"{format_name} is of a whole snapshot. Formats of rows: {known}.")


def write_format(release: Release, format_name: str, *, table: str | None = None) -> ExportedFile:
    """One file of a release: a table of it, or, in a format of the whole, all that format holds.

    Raises: ExportFormatError for a format that nothing writes, or that does not hold the table.
    """
    module = find_format(format_name)
    chosen = module.FORMAT
    if isinstance(module, WholeFormat):
        return ExportedFile(chosen.name_file(), chosen.media_type, module.write_release(release))
    if table is None or not chosen.holds(table):
        held = ", ".join(chosen.tables or TABLES)
        raise ExportFormatError(f"{format_name} holds no table {table!r}. It holds: {held}.")
    content = write_rows(release.table(table), format_name)
    return ExportedFile(chosen.name_file(table), chosen.media_type, content)


def export(
    snapshot: Snapshot,
    folder: Path,
    formats: tuple[str, ...] = ("csv",),
    *,
    include_restricted: bool = False,
) -> list[Path]:
    """Write a snapshot to a folder, once per format, with a README and a manifest; return the files of it.

    Rows of sources that may not be passed on leave without their values, unless `include_restricted`.
    Raises: ExportFormatError for a format that nothing writes; nothing is written then.
    """
    release = Release(snapshot, include_restricted=include_restricted)
    chosen = [find_format(name).FORMAT for name in dict.fromkeys(formats)]
    files = [
        write_format(release, one.name, table=table)
        for one in chosen
        for table in (TABLES if one.stem is None else (None,))
        if table is None or one.holds(table)
    ]
    about = [
        ExportedFile(READ_ME, "text/markdown", write_read_me(release).encode()),
        ExportedFile(MANIFEST, "application/json", write_manifest(release, files)),
    ]
    with say_access(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with hold_folder(folder):
        # The manifest last: where it fits the files, all of them are of one export.
        for file in (*files, *about):
            write_whole(folder / file.name, file.content)
    return [folder / file.name for file in files]


def write_manifest(release: Release, files: list[ExportedFile]) -> bytes:
    """What an export holds: its files with their hashes, the snapshot, and whose values were withheld."""
    content = {
        "snapshot_id": release.snapshot.snapshot_id,
        "as_of": release.snapshot.as_of.isoformat(),
        "citation": release.snapshot.cite().text,
        "undo_in_csv": UNDO_RULE,
        "withheld": [asdict(entry) for entry in release.withheld],
        "files": [
            {"name": file.name, "bytes": len(file.content), "sha256": hash_bytes(file.content)}
            for file in files
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
