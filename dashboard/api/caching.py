"""Caching: an answer's tag is known from its question and snapshot alone, before anything is read."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import etl
from dashboard.chart_cache import ChartCache

LIVE = "public, max-age=0, must-revalidate"
PINNED = "public, max-age=31536000, immutable"
NEVER = "no-store"
HOUSE = (Path(__file__).parents[1], Path(etl.__file__).parent)
LIBRARIES = ("plotly", "polars", "xlsxwriter")
TAG_BYTES = 20


def write_tag(chart_cache: ChartCache, *, as_of: date | None, question: tuple[object, ...]) -> str:
    """The strong tag of an answer: the code, the snapshot, the day, and what was asked; no table is read."""
    snapshot = chart_cache.snapshot
    day = min(as_of or snapshot.as_of, snapshot.as_of)
    told_by = [hash_code(), snapshot.snapshot_id, day.isoformat(), question]
    return hashlib.blake2b(json.dumps(told_by).encode(), digest_size=TAG_BYTES).hexdigest()


def find_match(tag: str, known: str) -> str | None:
    """What a client that knows some tags (If-None-Match) has of an answer; None where it has none.

    Compressed answers have the tag with the method after a colon, which is then part of what the client has.
    """
    for entry in known.split(","):
        quoted = entry.strip().removeprefix("W/")
        if quoted.startswith('"') and quoted.strip('"').partition(":")[0] == tag:
            return quoted.strip('"')
    return None


@lru_cache(maxsize=1)
def hash_code() -> str:
    """A hash of the code that writes the answers: another version may write the same rows otherwise."""
    told = hashlib.sha256(repr([(name, version(name)) for name in LIBRARIES]).encode())
    for folder in HOUSE:
        for path in sorted(folder.rglob("*.py")):
            told.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return told.hexdigest()
