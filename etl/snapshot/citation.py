"""Citations of single rows, as text and as BibTeX."""

from __future__ import annotations

import re


def write_citation(
    *, row_id: str, snapshot_id: str, title: str, sources: list[str], headline: str, period: str
) -> str:
    """One row as a reference list would print it."""
    origin = " ".join(sources)
    return f"{title}, {period}: {headline}. Source: {origin} Footnoted, snapshot {snapshot_id}, {row_id}."


def write_bibtex(*, row_id: str, snapshot_id: str, title: str, sources: list[str]) -> str:
    """One row as a BibTeX entry."""
    key = re.sub(r"[^A-Za-z0-9]+", "-", row_id)
    fields = {
        "title": f"{{{_escape(title)}}}",
        "author": "{{Footnoted}}",
        "year": f"{{{snapshot_id[:4]}}}",
        "note": f"{{Snapshot {snapshot_id}, row {_escape(row_id)}. {_escape(' '.join(sources))}}}",
    }
    body = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
    return f"@misc{{{key},\n{body}\n}}"


def _escape(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
