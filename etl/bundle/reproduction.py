"""Holding a bundle to its word: its bytes by its manifest, its figures and verdicts by working them out."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import polars as pl

from etl.bundle.inputs import BundleError, Inputs, read_inputs, read_table
from etl.bundle.publisher_rows import list_differing_columns, read_again, unpack_lookups
from etl.bundle.recomputing import ID_COLUMNS, Recomputed, Row, drop_broken_intervals, hash_row, recompute
from etl.errors import FootnotedError
from etl.provenance import hash_bytes

MANIFEST = "manifest.json"
KIND = "footnoted-evidence-bundle/1"
# As many signs as the evidence of a figure shows (HASH_SHOWN in etl/snapshot/lines.py).
SHORT_HASH = 12
# What a changed byte can lead to, once it is known that one was changed.
UNREADABLE = (FootnotedError, ValueError, LookupError, ArithmeticError, TypeError, pl.exceptions.PolarsError)


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the bundle says: what it is, and how it differs."""

    what: str
    how: str

    def __str__(self) -> str:
        return f"{self.what}: {self.how}"


@dataclass(frozen=True)
class Reproduction:
    """What rebuilding a bundle gave."""

    title: str
    snapshot_id: str
    figures: int
    verdicts: int
    rows_read_again: int
    differences: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether everything is as the bundle says."""
        return not self.differences


def reproduce_bundle(path: Path) -> Reproduction:
    """Rebuild the figures and verdicts of a bundle, packed or unpacked, from its inputs.

    Raises: BundleError where there is no bundle that could be read; FootnotedError where its files are as
    they were and yet cannot be worked with, as by another version of this package.
    """
    return reproduce_members(read_members(path))


def read_members(path: Path) -> dict[str, bytes]:
    """The members of a bundle, from its zip or from the folder it was unpacked to.

    Raises: BundleError where there is neither.
    """
    if path.is_dir():
        files = (entry for entry in sorted(path.rglob("*")) if entry.is_file())
        return {entry.relative_to(path).as_posix(): entry.read_bytes() for entry in files}
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        raise BundleError(f"{path}: no bundle ({error}). Take it away again.") from error


def reproduce_members(members: Mapping[str, bytes]) -> Reproduction:
    """As `reproduce_bundle`, of members at hand."""
    manifest = read_manifest(members)
    changed, found = list(_compare_files(members, manifest)), list[Difference]()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        unpack_lookups(members, folder)
        try:
            inputs = read_inputs(members)
            found += list(_compare_readings(members, manifest, inputs, folder=folder))
            loose = replace(inputs, observations=drop_broken_intervals(inputs.observations))
            recomputed = recompute(loose, as_of=date.fromisoformat(manifest["as_of"]), folder=folder)
            found += _compare_figures(members, manifest, recomputed)
            found += _compare_verdicts(members, manifest, recomputed)
        except UNREADABLE as error:
            if not changed:
                raise
            found.append(Difference("recomputation", f"not possible with the changed input: {error}"))
    if found and not changed:
        found.append(_name_versions(manifest))
    return Reproduction(
        manifest["title"],
        manifest["snapshot_id"],
        len(manifest["figures"]),
        len(manifest["verdicts"]),
        len(manifest["read_again"]),
        (*changed, *found),
    )


def read_manifest(members: Mapping[str, bytes]) -> dict[str, Any]:
    """The manifest of a bundle.

    Raises: BundleError where it is missing, damaged, or of another kind.
    """
    try:
        manifest: dict[str, Any] = json.loads(members[MANIFEST])
        kind = manifest["kind"]
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(f"{MANIFEST}: missing or damaged. Unpack the bundle again.") from error
    if kind != KIND:
        raise BundleError(f"{MANIFEST}: a bundle of the kind {kind!r}; this version reads {KIND}.")
    return manifest


def hash_manifest(manifest: Mapping[str, Any]) -> str:
    """SHA-256 of all a manifest says beside this hash."""
    said = {name: value for name, value in manifest.items() if name != "sha256"}
    return hash_bytes(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())


def find_versions() -> dict[str, str]:
    """The versions that a recomputation hangs on."""
    try:
        own = version("footnoted")
    except PackageNotFoundError:
        own = "a checkout"
    return {"footnoted": own, "polars": version("polars")}


def _compare_files(members: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[Difference]:
    if hash_manifest(manifest) != manifest.get("sha256"):
        yield Difference(f"file {MANIFEST}", "does not have the SHA-256 it gives itself")
    for name, expected in manifest["members"].items():
        if name not in members:
            yield Difference(f"file {name}", "missing")
        elif (found := hash_bytes(members[name])) != expected:
            yield Difference(f"file {name}", f"SHA-256 {_shorten(found)}, was {_shorten(expected)}")


def _compare_readings(
    members: Mapping[str, bytes], manifest: Mapping[str, Any], inputs: Inputs, *, folder: Path
) -> Iterator[Difference]:
    rows = read_again(members, folder=folder)
    taken = {
        **{row["obs_id"]: row for row in inputs.observations.to_dicts()},
        **{row["deal_id"]: row for row in inputs.deals.to_dicts()},
    }
    for row_id in manifest["read_again"]:
        row, used = rows.get(row_id), taken.get(row_id)
        what = f"publisher's row of {row_id}"
        if row is None or used is None:
            yield Difference(what, "not among the inputs" if row else "not there when it is read again")
        elif columns := list_differing_columns(row, used):
            said = "; ".join(
                f"{name} is {row[name]!s} there and {used[name]!s} in the inputs" for name in columns
            )
            yield Difference(what, said)


def _compare_figures(
    members: Mapping[str, bytes], manifest: Mapping[str, Any], recomputed: Recomputed
) -> Iterator[Difference]:
    for row_id, expected in manifest["figures"].items():
        row = recomputed.rows.get(row_id)
        if row is None:
            yield Difference(f"figure {row_id}", "does not follow from the inputs")
        elif hash_row(row) != expected:
            known = _find_expected(members, row_id)
            yield Difference(f"figure {row_id}", _format_changes(known, row, list(row)))


def _compare_verdicts(
    members: Mapping[str, bytes], manifest: Mapping[str, Any], recomputed: Recomputed
) -> Iterator[Difference]:
    known = {
        (row["claim_id"], row["occasion"]): row
        for row in read_table(members, "verdicts", folder="figures").to_dicts()
    }
    for claim_id, occasion, expected in manifest["verdicts"]:
        row = recomputed.verdicts.get((claim_id, occasion))
        what = f"verdict on {claim_id}, day of the {occasion}"
        if row is None:
            yield Difference(what, "does not follow from the inputs")
        elif hash_row(row) != expected:
            yield Difference(what, _format_changes(known.get((claim_id, occasion), {}), row, list(row)))


def _find_expected(members: Mapping[str, bytes], row_id: str) -> Row:
    for table, column in ID_COLUMNS.items():
        rows = read_table(members, table, folder="figures")
        for row in rows.filter(rows[column] == row_id).to_dicts():
            return row
    return {}


def _format_changes(known: Row, row: Row, columns: list[str]) -> str:
    changed = [name for name in columns if known.get(name) != row[name]]
    said = [f"{name} is {row[name]!s}, was {known.get(name)!s}" for name in changed]
    return "; ".join(said) or "another SHA-256"


def _name_versions(manifest: Mapping[str, Any]) -> Difference:
    made, here = manifest["versions"], find_versions()
    said = ", ".join(f"{name} {made.get(name)} then and {number} here" for name, number in here.items())
    return Difference("versions", f"no file was changed, so a rule may have been: {said}")


def _shorten(sha256: str) -> str:
    return sha256[:SHORT_HASH]
