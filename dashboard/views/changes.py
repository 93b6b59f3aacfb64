"""What a snapshot brought against the one before it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import etl
from dashboard.views.claims import mark_row
from etl import Snapshot, SnapshotChanges, VerdictMark, format_day

# A reader goes through the largest; `footnoted diff` lists all.
MOST_SHOWN = 100
CACHED_PAIRS = 32


@dataclass(frozen=True)
class EditionChange:
    """A publisher's file that came, was replaced or is gone."""

    change: str
    publisher: str
    product: str
    day_text: str
    file: str


@dataclass(frozen=True)
class FigureChange:
    """A value that its publisher's newest data give otherwise than before; `row_id` is the newer one."""

    row_id: str
    title: str
    period: str
    origin: str
    before: str
    after: str
    change_text: str


@dataclass(frozen=True)
class VerdictChange:
    """A claim whose verdict turned, with what it was and what it is."""

    claim_id: str
    stated_as: str
    title: str
    before: VerdictMark
    after: VerdictMark
    explanation: str


@dataclass(frozen=True)
class ClaimChange:
    """A claim that came, or is gone; only one that came can be opened."""

    change: str
    claim_id: str
    stated_as: str
    document_id: str


@dataclass(frozen=True)
class Step:
    """One snapshot against the one before it; `hidden` is how many figures are not listed."""

    before_id: str
    after_id: str
    built_at: str
    counts: tuple[str, ...]
    editions: tuple[EditionChange, ...]
    figures: tuple[FigureChange, ...]
    hidden: int
    verdicts: tuple[VerdictChange, ...]
    claims: tuple[ClaimChange, ...]

    @property
    def summary(self) -> str:
        """All counts in one sentence, or that nothing changed."""
        return f"{', '.join(self.counts)}." if self.counts else "Nothing changed."


def list_steps(snapshot: Snapshot, *, most: int) -> list[Step]:
    """The last steps that led to a snapshot, the newest first, of those kept beside it."""
    whole = etl.open_snapshot(snapshot.folder)
    kept = [one.folder for one in (whole, *etl.list_earlier_snapshots(whole))]
    return [_describe_step(before, after) for after, before in pairwise(kept[: most + 1])]


@lru_cache(maxsize=CACHED_PAIRS)
def _describe_step(before_folder: Path, after_folder: Path) -> Step:
    """One step; snapshots never change, so that it is described once."""
    before, after = etl.open_snapshot(before_folder), etl.open_snapshot(after_folder)
    changes = etl.compare_snapshots(before, after)
    return Step(
        before.snapshot_id,
        after.snapshot_id,
        str(after.manifest["built_at"]),
        tuple(changes.list_counts()),
        tuple(_build_edition(row) for row in changes.editions.to_dicts()),
        tuple(_build_figure(after, row) for row in changes.figures.head(MOST_SHOWN).to_dicts()),
        max(0, changes.figures.height - MOST_SHOWN),
        tuple(_build_verdict(after, row) for row in changes.verdicts.to_dicts()),
        _list_claims(changes),
    )


def _build_edition(row: dict[str, Any]) -> EditionChange:
    day = format_day(row["vintage"], precision=row["vintage_precision"])
    return EditionChange(row["change"], row["publisher"], row["product"], day, row["file"])


def _build_figure(after: Snapshot, row: dict[str, Any]) -> FigureChange:
    evidence = after.evidence(row["obs_id"])
    unit = row["unit_measure"]
    worked_out = "worked out from its data, " if row["is_recomputed"] else ""
    days = f"{format_day(row['vintage_before'])} and {format_day(row['vintage_after'])}"
    return FigureChange(
        row["obs_id"],
        evidence.title,
        evidence.period,
        f"{row['publisher']}, {worked_out}{days}",
        etl.format_value(row["value_before"], unit),
        etl.format_value(row["value_after"], unit),
        _format_change(row),
    )


def _format_change(row: dict[str, Any]) -> str:
    """A change in proportion; of a percentage in points, for a percentage of one is read as points."""
    if row["unit_measure"].startswith("PERCENT"):
        text = f"{row['difference']:+.1f} points"
    else:
        text = "" if row["change_percent"] is None else f"{row['change_percent']:+.1f}%"
    return text.replace("-", "\u2212")


def _build_verdict(after: Snapshot, row: dict[str, Any]) -> VerdictChange:
    was = {name: row[f"{name}_before"] for name in ("verdict", "reason", "reference_value")}
    return VerdictChange(
        row["claim_id"],
        row["stated_as"],
        after.evidence(row["claim_id"]).title,
        mark_row(was, unit=row["unit_measure"]),
        mark_row(row, unit=row["unit_measure"]),
        row["explanation"],
    )


def _list_claims(changes: SnapshotChanges) -> tuple[ClaimChange, ...]:
    columns = ("change", "claim_id", "stated_as", "document_id")
    return tuple(ClaimChange(*row) for row in changes.claims.select(columns).iter_rows())
