"""Tables out of a snapshot as files that other tools read."""

from __future__ import annotations

from pathlib import Path

from etl.errors import FootnotedError
from etl.schemas import TABLES
from etl.snapshot import Snapshot

FORMATS = ("csv", "parquet")


class ExportFormatError(FootnotedError):
    """A format that nothing writes."""


def export(snapshot: Snapshot, folder: Path, formats: tuple[str, ...] = ("csv",)) -> list[Path]:
    """Write every table of a snapshot to a folder, once per format, and return the files.

    Raises: ExportFormatError for a format that is neither csv nor parquet.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise ExportFormatError(f"no format {', '.join(unknown)}. Known: {', '.join(FORMATS)}.")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in TABLES:
        frame = snapshot.table(name)
        for chosen in formats:
            path = folder / f"{name}.{chosen}"
            if chosen == "csv":
                frame.write_csv(path)
            else:
                frame.write_parquet(path, compression="zstd")
            written.append(path)
    return written
