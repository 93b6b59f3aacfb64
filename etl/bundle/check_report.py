"""What a bundle says of its rows to a reader: sums of figures, verdicts on claims, terms of sources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from etl.bundle.inputs import Inputs
from etl.snapshot import Evidence, Snapshot

OCCASIONS = {"printing": "On the day of printing", "snapshot": "As of the snapshot"}


def write_report_json(snapshot: Snapshot, row_ids: Sequence[str], claim_ids: Sequence[str]) -> bytes:
    """Figures with their workings and claims with their judgements, as JSON."""
    content = {
        "snapshot_id": snapshot.snapshot_id,
        "as_of": snapshot.as_of.isoformat(),
        "figures": [_describe(snapshot.evidence(row_id)) for row_id in row_ids],
        "claims": [_describe(snapshot.evidence(claim_id)) for claim_id in claim_ids],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def write_report_text(
    snapshot: Snapshot, row_ids: Sequence[str], claim_ids: Sequence[str], *, title: str
) -> bytes:
    """The same for a reader, as Markdown."""
    lines = [f"# {title}", "", f"Snapshot {snapshot.snapshot_id}, as known on {snapshot.as_of}.", ""]
    if claim_ids:
        lines += ["## Claims", ""]
        for claim_id in claim_ids:
            lines += _write_claim(snapshot.evidence(claim_id))
    lines += ["## Figures", ""]
    for row_id in row_ids:
        lines += _write_figure(snapshot.evidence(row_id))
    return ("\n".join(lines) + "\n").encode()


def write_read_me(snapshot: Snapshot, inputs: Inputs, *, title: str, figures: int, verdicts: int) -> bytes:
    """What the bundle is, how to rebuild it, and the terms of the figures in it."""
    terms = inputs.sources.sort("source_id", "vintage", "file")
    terms = terms.unique(["source_id", "licence"], keep="last", maintain_order=True)
    lines = [
        f"# {title}",
        "",
        f"Of Footnoted, snapshot {snapshot.snapshot_id}, with all that they follow from: figures {figures}, "
        f"verdicts {verdicts}.",
        "",
        "To rebuild them without the network, with the package installed (`pip install footnoted`, or a "
        "checkout on PYTHONPATH):",
        "",
        "    python reproduce.py",
        "",
        "It reads the publishers' rows again, derives every figure, judges every claim, and compares each "
        "with `manifest.json`. Exit codes: 0 all are the same, 1 something differs, 2 it cannot run.",
        "",
        "- `figures/`: the figures with their sources in one table, and as the snapshot's tables have them",
        "- `inputs/`: the rows they are worked out from, the publishers' rows as kept, sidecars, lookups and "
        "assumptions",
        "- `report/`: sums and verdicts in words; `annotations/`: the claims at their places",
        "- `citations/`: how to cite it all",
        "",
        "## Terms",
        "",
        "Figures stay under the terms of those who published them; here they are quoted, so that what was "
        "worked out from them can be checked. Records and notes are under the MIT licence.",
        "",
        *(_write_terms(row) for row in terms.to_dicts()),
    ]
    return ("\n".join(lines) + "\n").encode()


def _write_terms(source: dict[str, Any]) -> str:
    terms = f"- {source['publisher']}, {source['product']}: {source['licence']}"
    if source["redistributable"] or source["extract"]:
        return terms
    return f"{terms}. Tables of it may not be passed on: only rows that the figures follow from are here"


def _describe(evidence: Evidence) -> dict[str, Any]:
    parts = asdict(evidence)
    return {name: value for name, value in parts.items() if name not in {"reference", "footnotes"}}


def _write_claim(evidence: Evidence) -> list[str]:
    lines = [f"### {evidence.headline}: {evidence.title}, {evidence.period}", "", evidence.citation, ""]
    for entry in evidence.judgements:
        lines += [
            f"- {OCCASIONS[entry.occasion]} ({entry.as_of}): **{entry.mark.label}**. "
            f"{entry.explanation} `{entry.arithmetic}`",
            *(f"  - {one.label}: {one.value_text} (`{one.row_id}`)" for one in entry.references),
        ]
    return [*lines, ""]


def _write_figure(evidence: Evidence) -> list[str]:
    lines = [f"### {evidence.title}, {evidence.period}: {evidence.headline}", "", f"`{evidence.row_id}`", ""]
    lines += [f"- {line.label}: {line.text}" for line in evidence.says]
    lines += [f"- {working.rule}: `{working.sum_text}`" for working in evidence.workings]
    return [*lines, ""]
