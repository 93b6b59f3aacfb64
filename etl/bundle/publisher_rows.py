"""Publishers' rows as the datasets keep them, and reading them again: the first step to a figure."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

from etl.bundle.inputs import BundleError, Inputs
from etl.countries import load_lookups
from etl.intake import KEYS, accept
from etl.provenance import InputFile, Sidecar, find_sidecar, hash_bytes
from etl.sources import recognise_source

ROWS = "inputs/publisher_rows.csv"
SIDECARS = "inputs/sidecars/"
# Folders of the datasets without which nothing is worked out.
NEEDED_FOLDERS = ("lookups", "assumptions")
SCHEMA = {"file": pl.String, "line": pl.Int64, "text": pl.String}
HEADER = 1
# Of the reading of a few rows; the place and the hash of the whole file it has from the inputs. Since when a
# value was known other rows, witnesses and rhythms say too.
NOT_OF_THE_ROW = frozenset({"source_locator", "source_sha256", "known_from", "known_basis", "known_by"})
_LINE = re.compile(r"\bline (\d+)\b")
Row = dict[str, Any]


def collect_publisher_rows(inputs: Inputs, datasets: Path) -> dict[str, bytes]:
    """Members with the header and the rows of each CSV file that inputs were read from, and its sidecar.

    A file that is not at hand, or no longer the one that was read, has none.
    """
    places = pl.concat(
        [table.select("source_file", "source_locator") for table in (inputs.observations, inputs.deals)]
    ).unique()
    hashes = dict(inputs.sources.select("file", "sha256").iter_rows())
    members: dict[str, bytes] = {}
    rows: list[tuple[str, int, str]] = []
    for name, locators in sorted(places.group_by("source_file").agg("source_locator").iter_rows()):
        path = datasets / name
        numbers = {int(found[1]) for found in map(_LINE.search, locators) if found}
        if path.suffix == ".csv" and numbers and _is_same(path, hashes[name]):
            lines = path.read_text(encoding="utf-8-sig").splitlines()
            rows += [(name, number, lines[number - 1]) for number in sorted({HEADER, *numbers})]
            sidecar = find_sidecar(path)
            members[f"{SIDECARS}{name}{sidecar.suffix}"] = sidecar.read_bytes()
    members[ROWS] = pl.DataFrame(rows, schema=SCHEMA, orient="row").write_csv(quote_style="always").encode()
    return members


def collect_lookups(datasets: Path) -> dict[str, bytes]:
    """Members with everything in datasets/lookups/ and assumptions/: spellings, codes, what is assumed.

    Raises: BundleError where they are not at hand.
    """
    for folder in (datasets / name for name in NEEDED_FOLDERS):
        if not folder.is_dir():
            raise BundleError(f"{folder}: missing; without it nothing is worked out. Name the datasets.")
    return {
        f"inputs/{name}/{path.name}": path.read_bytes()
        for name in NEEDED_FOLDERS
        for path in sorted((datasets / name).iterdir())
    }


def unpack_lookups(members: Mapping[str, bytes], folder: Path) -> None:
    """Put the bundled lookups and assumptions where their readers look for them, in a folder."""
    for needed in NEEDED_FOLDERS:
        (folder / needed).mkdir()
        for name, content in members.items():
            if name.startswith(f"inputs/{needed}/"):
                (folder / needed / Path(name).name).write_bytes(content)


def read_again(members: Mapping[str, bytes], *, folder: Path) -> dict[str, Row]:
    """The bundled publishers' rows through the readers of their layouts, by id; `folder` holds lookups/.

    Raises: FootnotedError where they cannot be read.
    """
    try:
        rows = pl.read_csv(io.BytesIO(members[ROWS]), schema=SCHEMA)
    except (pl.exceptions.PolarsError, UnicodeDecodeError, KeyError) as error:
        raise BundleError(f"{ROWS}: cannot be read ({error}). Unpack the bundle again.") from error
    lookups = load_lookups(folder)
    found: dict[str, Row] = {}
    for name, texts in rows.group_by("file", maintain_order=True).agg("text").iter_rows():
        content = ("\n".join(texts) + "\n").encode()
        file = InputFile(name, content, _read_sidecar(members, name))
        module = recognise_source(file)
        parsed = module.parse(file, lookups)
        key = KEYS[parsed.source.table]
        found |= {row[key]: row for row in accept(parsed, module, stop=False).frame.to_dicts()}
    return found


def list_differing_columns(one: Row, other: Row) -> list[str]:
    """Columns in which two readings of a row differ, its place in the file apart."""
    return [name for name in one if name not in NOT_OF_THE_ROW and one[name] != other.get(name)]


def _read_sidecar(members: Mapping[str, bytes], name: str) -> Sidecar:
    member = f"{SIDECARS}{name}.toml"
    try:
        return Sidecar.model_validate(tomllib.loads(members[member].decode()))
    except (KeyError, ValueError, ValidationError) as error:
        raise BundleError(f"{member}: cannot be read ({error}). Unpack the bundle again.") from error


def _is_same(path: Path, sha256: str) -> bool:
    return path.is_file() and find_sidecar(path).is_file() and hash_bytes(path.read_bytes()) == sha256
