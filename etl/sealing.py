"""Sidecars of files that are put among the datasets by hand: sealed anew, or begun where there is none.

What the file itself says is filled in; everything else is left blank, and a build refuses a blank.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.errors import InputError, UnrecognisedFileError
from etl.provenance import (
    RawFile,
    describe_download,
    find_blanks,
    find_sidecar,
    format_sidecar,
    seal_input,
)
from etl.sources import recognise_source
from etl.whole_files import write_whole

# What each blank asks for, in the order of a sidecar's keys.
ASKED = {
    "source_id": "the folder below sources/ that the file belongs to",
    "vintage": "the day this edition came out, as 2026-03-09",
    "vintage_precision": "day | month | assumed",
    "vintage_basis": "one sentence: why this day",
    "known_basis": "printed | witness | calendar | assumed",
    "publisher": "who made the figures",
    "product": "what the publisher calls it",
    "url": "the publisher's public page; may stay empty",
    "retrieved_on": "may stay empty",
    "licence": "on what terms, in short",
    "redistributable": "true only where anyone may pass the figures on; else false",
    "note": "may stay empty",
}
_MAY_STAY_EMPTY = ("url", "retrieved_on", "note")


@dataclass(frozen=True)
class Seal:
    """A file's sidecar as it now is: the hash in it, whether it was begun, and the keys still blank."""

    sha256: str
    is_begun: bool
    blanks: tuple[str, ...]


def seal_file(path: Path) -> Seal:
    """Write the file's present hash into its sidecar, or begin a sidecar where the file has none.

    Raises: InputError where there is no such file, or its sidecar has no single sha256 line.
    """
    if not path.is_file():
        raise InputError(str(path), problem="no such file", remedy="Check the path.")
    sidecar = find_sidecar(path)
    is_begun = not sidecar.exists()
    if is_begun:
        begin_sidecar(path)
    return Seal(seal_input(path), is_begun, find_blanks(sidecar))


def begin_sidecar(path: Path) -> None:
    """Write a sidecar with what the file itself says, and blanks for the rest.

    A publisher's own layout says whose it is; of a compiled file only a column `vintage` says anything.
    """
    raw = RawFile(path.name, path.read_bytes())
    try:
        source = recognise_source(raw).SOURCE
    except UnrecognisedFileError:
        source = None
    if source is not None and source.product is not None:
        printed = source.find_vintage(raw) if source.find_vintage else None
        if printed is not None:
            described = describe_download(raw, product=source.product, vintage=printed)
            write_whole(find_sidecar(path), format_sidecar(described.sidecar))
            return
        product = source.product
        said: dict[str, str] = {
            "source_id": product.source_id,
            "publisher": product.publisher,
            "product": product.product,
            "url": product.url,
            "licence": product.licence,
            "redistributable": str(product.redistributable).lower(),
        }
    else:
        said = _read_day(raw)
    find_sidecar(path).write_text(_write_skeleton(said, sha256=raw.sha256), encoding="utf-8")


def _read_day(file: RawFile) -> dict[str, str]:
    """The day that every row of a compiled file prints, where its column is called vintage."""
    try:
        rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
        (day,) = {str(row["vintage"]) for row in rows}
        date.fromisoformat(day)
    except (UnicodeDecodeError, csv.Error, KeyError, ValueError):
        return {}
    return {"vintage": day, "vintage_basis": "Every row prints it.", "known_basis": "printed"}


def _write_skeleton(said: dict[str, str], *, sha256: str) -> str:
    lines = [
        "# Fill in what is blank, then run footnoted seal again; datasets/README.md says what each means."
    ]
    for key, asked in ASKED.items():
        value = said.get(key, "")
        bare = value in {"true", "false"}
        shown = value if bare else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        blank = "" if value or key in _MAY_STAY_EMPTY else "fill in: "
        lines.append(f"{key} = {shown}" + ("" if value else f"  # {blank}{asked}"))
    lines.append(f'sha256 = "{sha256}"')
    return "\n".join(lines) + "\n"
