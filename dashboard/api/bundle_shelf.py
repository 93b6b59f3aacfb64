"""Evidence bundles that were asked for last: each is built once, and whoever asks meanwhile waits for it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

import etl
from etl import Snapshot

# Of some 100 kB each.
CACHED_BUNDLES = 32
Key = tuple[str, date, tuple[str, ...], str | None]


@dataclass
class _Entry:
    lock: Lock = field(default_factory=Lock)
    content: bytes | None = None
    refusal: etl.BundleError | None = None


class BundleShelf:
    """Bundles by snapshot, day and rows; of more than are kept, the one longest unasked for is forgotten."""

    def __init__(self, *, cached: int = CACHED_BUNDLES) -> None:
        self._cached = cached
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()
        self._lock = Lock()

    def find(self, snapshot: Snapshot, row_ids: tuple[str, ...], *, title: str | None = None) -> bytes:
        """The bundle of some rows of a snapshot.

        Raises: UnknownRowError; BundleError where there is no row, or what the snapshot says does not follow
        from its rows here.
        """
        key = (snapshot.snapshot_id, snapshot.as_of, row_ids, title)
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            while len(self._entries) > self._cached:
                self._entries.popitem(last=False)
        with entry.lock:
            if entry.refusal is not None:
                raise entry.refusal
            if entry.content is None:
                entry.content = _build(entry, snapshot, row_ids, title=title)
            return entry.content

    def __len__(self) -> int:
        """How many bundles are remembered."""
        return len(self._entries)


def _build(entry: _Entry, snapshot: Snapshot, row_ids: tuple[str, ...], *, title: str | None) -> bytes:
    try:
        return etl.build_bundle(snapshot, row_ids, title=title)
    except etl.BundleError as error:
        # Finding out that there is none costs the most.
        entry.refusal = error
        raise
