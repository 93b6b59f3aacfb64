"""Writing a bundle: the fewest inputs from which its figures and verdicts follow, tried before packing."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from etl.bundle.check_report import write_read_me, write_report_json, write_report_text
from etl.bundle.closure import find_claims, find_references, widen_inputs
from etl.bundle.inputs import BundleError, Inputs
from etl.bundle.publisher_rows import (
    collect_lookups,
    collect_publisher_rows,
    list_differing_columns,
    read_again,
    unpack_lookups,
)
from etl.bundle.recomputing import ID_COLUMNS, hash_row
from etl.bundle.reproduction import KIND, MANIFEST, find_versions, hash_manifest, reproduce_members
from etl.errors import FootnotedError
from etl.export import build_collection, pack_members, write_rows
from etl.folders import find_datasets
from etl.provenance import hash_bytes
from etl.snapshot import Snapshot
from etl.whole_files import write_whole

SCRIPT = "reproduce.py"
# 40 bits tell the bundles of one reader's folder apart in a name that can be read out.
SHORT_HASH = 10
# Differences have mostly one cause, which the first few show.
SHOWN_DIFFERENCES = 5


@dataclass(frozen=True)
class BundleSubject:
    """What a bundle is about: rows, the claims that go with them, and a title."""

    snapshot: Snapshot
    row_ids: tuple[str, ...]
    claim_ids: tuple[str, ...]
    title: str

    @property
    def verdicts(self) -> pl.DataFrame:
        """The verdicts on its claims."""
        verdicts = self.snapshot.table("verdicts")
        return verdicts.filter(pl.col("claim_id").is_in(list(self.claim_ids)))

    def pick(self, table: str) -> pl.DataFrame:
        """Its rows of one table."""
        column = ID_COLUMNS[table]
        return self.snapshot.table(table).filter(pl.col(column).is_in(list(self.row_ids)))


def write_bundle(
    snapshot: Snapshot,
    row_ids: Sequence[str],
    target: Path | BinaryIO,
    *,
    title: str | None = None,
    datasets: Path | None = None,
) -> None:
    """Write the evidence of some rows (figures of a chart, or a claim) as a zip that can prove itself.

    The claims that are held against one of the rows go with them. `datasets` gives the publishers' rows; the
    same snapshot, rows and datasets give the same bytes.
    Raises: UnknownRowError where no row has one of the ids; BundleError where there is none, or what the
    snapshot says does not follow from its own rows.
    """
    content = build_bundle(snapshot, row_ids, title=title, datasets=datasets)
    if isinstance(target, Path):
        write_whole(target, content)
    else:
        target.write(content)


def build_bundle(
    snapshot: Snapshot, row_ids: Sequence[str], *, title: str | None = None, datasets: Path | None = None
) -> bytes:
    """As `write_bundle`, the zip itself."""
    ids = tuple(dict.fromkeys(row_ids))
    if not ids:
        raise BundleError("a bundle of no rows. Name a claim or an observation.")
    claim_ids, name = tuple(find_claims(snapshot, ids)), title or _name_rows(snapshot, ids)
    ids = tuple(dict.fromkeys([*ids, *find_references(snapshot, ids)]))
    subject = BundleSubject(snapshot, ids, claim_ids, name)
    folder = datasets or find_datasets()
    fixed = {**_write_figures(subject), **_write_words(subject), **collect_lookups(folder)}
    differences: tuple[object, ...] = ()
    for inputs in widen_inputs(snapshot, ids, subject.claim_ids):
        members = _assemble(subject, inputs, fixed=fixed, datasets=folder)
        differences = reproduce_members(members).differences
        if not differences:
            return pack_members(members)
    shown = "; ".join(map(str, differences[:SHOWN_DIFFERENCES]))
    raise BundleError(
        f"what snapshot {snapshot.snapshot_id} says does not follow from its own rows: {shown}. "
        "Build the snapshot again with this version."
    )


def _assemble(
    subject: BundleSubject, inputs: Inputs, *, fixed: Mapping[str, bytes], datasets: Path
) -> dict[str, bytes]:
    members = {
        **fixed,
        **inputs.take_members(),
        **collect_publisher_rows(inputs, datasets),
        "README.md": write_read_me(
            subject.snapshot,
            inputs,
            title=subject.title,
            figures=len(subject.row_ids),
            verdicts=subject.verdicts.height,
        ),
    }
    manifest = _describe(subject, members, again=_list_readable(members, inputs))
    members[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    return members


def _describe(subject: BundleSubject, members: Mapping[str, bytes], *, again: list[str]) -> dict[str, Any]:
    rows = {row[column]: row for name, column in ID_COLUMNS.items() for row in subject.pick(name).to_dicts()}
    manifest: dict[str, Any] = {
        "kind": KIND,
        "title": subject.title,
        "snapshot_id": subject.snapshot.snapshot_id,
        "as_of": subject.snapshot.as_of.isoformat(),
        "versions": find_versions(),
        "figures": {row_id: hash_row(rows[row_id]) for row_id in subject.row_ids},
        "verdicts": [
            [row["claim_id"], row["occasion"], hash_row(row)] for row in subject.verdicts.to_dicts()
        ],
        "read_again": again,
        "members": {name: hash_bytes(members[name]) for name in sorted(members)},
    }
    return manifest | {"sha256": hash_manifest(manifest)}


def _list_readable(members: Mapping[str, bytes], inputs: Inputs) -> list[str]:
    """Input rows that the publishers' rows give again, which a corrected one or one of a workbook is not."""
    with tempfile.TemporaryDirectory() as scratch:
        unpack_lookups(members, Path(scratch))
        try:
            found = read_again(members, folder=Path(scratch))
        except FootnotedError:
            return []
    known = {
        **{row["obs_id"]: row for row in inputs.observations.to_dicts()},
        **{row["deal_id"]: row for row in inputs.deals.to_dicts()},
    }
    both = sorted(set(found) & set(known))
    return [row_id for row_id in both if not list_differing_columns(found[row_id], known[row_id])]


def _write_figures(subject: BundleSubject) -> dict[str, bytes]:
    flat = subject.snapshot.find_rows(list(subject.row_ids))
    tables = {**{name: subject.pick(name) for name in ID_COLUMNS}, "verdicts": subject.verdicts}
    return {
        "figures/figures.csv": write_rows(flat, "csv"),
        "figures/figures.parquet": write_rows(flat, "parquet"),
        **{f"figures/{name}.csv": write_rows(rows, "csv") for name, rows in tables.items()},
    }


def _write_words(subject: BundleSubject) -> dict[str, bytes]:
    snapshot, ids, claim_ids = subject.snapshot, subject.row_ids, subject.claim_ids
    claims = snapshot.table("claims").filter(pl.col("claim_id").is_in(list(claim_ids)))
    annotations = build_collection(
        claims,
        documents=snapshot.table("documents"),
        verdicts=subject.verdicts,
        base=f"urn:footnoted:{snapshot.snapshot_id}:",
        label=subject.title,
    )
    number = f"bundle-{hash_bytes(';'.join(ids).encode())[:SHORT_HASH]}"
    references = [
        snapshot.cite_rows(list(ids), number=number, title=subject.title),
        *(snapshot.cite_document(document) for document in sorted(set(claims["document_id"]))),
    ]
    items = [item for reference in references for item in json.loads(reference.csl)]
    return {
        "annotations/annotations.jsonld": _write_json(annotations),
        "citations/references.csl.json": _write_json(items),
        "citations/references.bib": "\n".join(reference.bibtex for reference in references).encode(),
        "citations/references.txt": "".join(f"{reference.text}\n" for reference in references).encode(),
        "report/check_report.json": write_report_json(snapshot, ids, claim_ids),
        "report/check_report.md": write_report_text(snapshot, ids, claim_ids, title=subject.title),
        SCRIPT: Path(__file__).with_name(SCRIPT).read_bytes(),
    }


def _name_rows(snapshot: Snapshot, row_ids: Sequence[str]) -> str:
    first = snapshot.evidence(row_ids[0])
    name = f"{first.title}, {first.period}"
    return name if len(row_ids) == 1 else f"{name}, and {len(row_ids) - 1} more"


def _write_json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
