"""What a conversion did, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from etl.bulk.layouts import BulkLayout
from etl.bulk.parts import TextPartition

MANIFEST, QUARANTINE = "manifest.json", "quarantine.csv"


@dataclass(frozen=True)
class BulkReport:
    """One bulk file converted: rows read are rows accepted and rows quarantined, always.

    `quarantined` counts rows by reason, `notes` say what was done to rows that were accepted. The most memory
    that the process has held so far is None where the system does not tell.
    """

    file: str
    layout: str
    title: str
    out: Path
    rows_read: int
    rows_accepted: int
    quarantined: Mapping[str, int]
    years: tuple[int, ...]
    files: tuple[TextPartition, ...]
    was_sorted: bool
    codes_restored: int
    notes: tuple[str, ...]
    seconds: float
    peak_memory_mib: float | None = field(default=None)

    @property
    def rows_quarantined(self) -> int:
        """Rows set aside."""
        return sum(self.quarantined.values())

    def __str__(self) -> str:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in self.quarantined.items())
        years = str(self.years[0]) if len(self.years) == 1 else f"{self.years[0]} to {self.years[-1]}"
        memory = "" if self.peak_memory_mib is None else f", peak memory {self.peak_memory_mib:,.0f} MiB"
        aside = f"{self.rows_quarantined:,} set aside" + (
            f" ({reasons}; see {QUARANTINE})" if reasons else ""
        )
        lines = [
            f"{self.file}: {self.title} ({self.layout})",
            f"  {self.rows_read:,} rows read = {self.rows_accepted:,} accepted + {aside}",
            f"  {years}, {len(self.files)} files, {self.seconds:.1f} s{memory}",
            *(f"  {note}" for note in self.notes),
        ]
        return "\n".join(lines)


def write_records(out: Path, *, report: BulkReport, layout: BulkLayout, quarantine: pl.DataFrame) -> None:
    """The manifest and the rows set aside, beside the parts; nothing in them depends on the clock."""
    manifest = {
        "file": report.file,
        "layout": report.layout,
        "title": report.title,
        "rows_read": report.rows_read,
        "rows_accepted": report.rows_accepted,
        "rows_quarantined": report.rows_quarantined,
        "quarantined": dict(report.quarantined),
        "years": list(report.years),
        "notes": list(report.notes),
        "files": [{"name": part.name, "rows": part.rows} for part in report.files],
        "columns": {
            name: {"type": str(column.dtype), "unit": column.unit, "description": column.description}
            for name, column in layout.columns.items()
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (out / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
    quarantine.write_csv(out / QUARANTINE)
