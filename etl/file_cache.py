"""Files read before: accepted rows on disk, by the file, its sidecar, the lookups and the code that read it.

One entry a file: a SHA-256 of what follows, a line of JSON, and the rows as Parquet. An entry that is cut or
changed is not believed, and read anew; the folder may be emptied at any time. Where it cannot be written to,
every file is read each time.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from etl.code_hash import CodeHasher, open_code
from etl.countries import Lookups
from etl.folders import find_cache
from etl.intake import ReadFile, RecognisedFile, read_input
from etl.provenance import Coverage, InputFile, hash_bytes
from etl.reading import Rejected
from etl.sources import recognise_source
from etl.validate import Accepted

# Of 300,000 observations and 100,000 orders some 10 MB are kept: room for many editions and several trees.
MOST_BYTES = 512 * 1024 * 1024
SUFFIX = ".rows"
# What every reading runs besides: the second is started as a program of its own, so that nothing imports it.
ALSO_READS = ("etl.intake", "etl.readers.helper_process")


class FileCache:
    """The files that were read with these lookups; `folder` is made when there is something to put there."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        datasets: Path,
        code: CodeHasher | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.folder = folder or find_cache() / "read"
        self.code = code or open_code()
        self.most_bytes = most_bytes
        self._package = self.code.hash_package()
        self._lookups = _hash_folder(datasets / "lookups")

    def read(
        self, file: InputFile, *, lookups: Lookups, recognised: RecognisedFile | None = None
    ) -> ReadFile:
        """A file's accepted rows, read now where the same code has not read the same file before.

        Raises: what reading raises; such a file is not kept.
        """
        path = self.folder / f"{self._name(file)}{SUFFIX}"
        entry = _open_entry(path)
        if entry is not None and entry[0]["package"] == self._package:
            # The oldest used go first: see `trim`.
            with suppress(OSError):
                os.utime(path)
            return _restore(file, *entry)
        found = recognised or RecognisedFile(file, recognise_source(file))
        code = self.code.hash_modules(found.module.__name__, *ALSO_READS)
        # Other code has changed: what recognises the file was asked again, and what reads it is the same.
        if entry is not None and (entry[0]["layout"], entry[0]["code"]) == (found.module.SOURCE.layout, code):
            read = _restore(file, *entry)
        else:
            read = read_input(found, lookups)
        _store(path, read, {"package": self._package, "code": code})
        return read

    def trim(self) -> None:
        """Remove the entries that were not used for longest, beyond the size that the folder may have."""
        kept = 0
        with suppress(OSError):
            entries = [(path.stat(), path) for path in self.folder.iterdir()]
            for status, path in sorted(entries, key=lambda entry: entry[0].st_mtime, reverse=True):
                kept += status.st_size
                if kept > self.most_bytes:
                    path.unlink(missing_ok=True)

    def _name(self, file: InputFile) -> str:
        known = [file.name, file.sha256, file.sidecar.model_dump_json(), self._lookups]
        return hash_bytes("\n".join(known).encode())


def _hash_folder(folder: Path) -> str:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return hash_bytes(
        "\n".join(f"{path.relative_to(folder)} {hash_bytes(path.read_bytes())}" for path in files).encode()
    )


def _open_entry(path: Path) -> tuple[dict[str, Any], bytes] | None:
    """What an entry says of its rows, and the rows; None where there is none, or it is damaged."""
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest().encode() != digest:
        return None
    told, _, rows = content.partition(b"\n")
    described: dict[str, Any] = json.loads(told)
    return described, rows


def _restore(file: InputFile, told: dict[str, Any], rows: bytes) -> ReadFile:
    frame = pl.read_parquet(io.BytesIO(rows))
    rejected = tuple(Rejected(**entry) for entry in told["rejected"])
    return ReadFile(
        file,
        told["layout"],
        told["rows_read"],
        Coverage(**told["coverage"]),
        Accepted(
            told["table"], file.name, frame.drop("line"), frame["line"], rejected, told["rows_rejected"]
        ),
    )


def _store(path: Path, read: ReadFile, code: dict[str, str]) -> None:
    accepted, rows = read.accepted, io.BytesIO()
    accepted.frame.with_columns(line=accepted.lines).write_parquet(rows, compression="lz4", statistics=False)
    told = {
        **code,
        "layout": read.layout,
        "rows_read": read.rows_read,
        "coverage": asdict(read.coverage),
        "table": accepted.table,
        "rows_rejected": accepted.rows_rejected,
        "rejected": [asdict(entry) for entry in accepted.rejected],
    }
    content = json.dumps(told).encode() + b"\n" + rows.getvalue()
    pending = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        pending.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        pending.replace(path)
    with suppress(OSError):
        pending.unlink(missing_ok=True)
