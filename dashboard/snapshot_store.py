"""The snapshots that are kept beside the one that is served, opened when a pinned link asks for one."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from typing import Literal

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache

CACHED_STORES = 4
SNAPSHOT_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{10}")


class UnknownSnapshotError(KeyError):
    """A snapshot that is not kept here."""


@dataclass(frozen=True)
class Entered:
    """The chart cache that an address leads into, and what is left to select there.

    `state` says whether the address names another snapshot that is kept, one that is not, or none but the
    served; only a kept one stays in the selection, for every link to lead on inside it.
    """

    chart_cache: ChartCache
    selection: Selection
    state: Literal["served", "kept", "absent"]


class SnapshotStore:
    """Chart caches by snapshot id: the served one, and others that lie in the same folder."""

    def __init__(self, served: ChartCache) -> None:
        self.served = served
        self._cached: OrderedDict[str, ChartCache] = OrderedDict()
        self._lock = Lock()

    def find(self, snapshot_id: str | None) -> ChartCache:
        """The chart cache of a snapshot, or of the served one where none is asked for.

        Raises: UnknownSnapshotError where it is not kept, or was built by a version that reads otherwise.
        """
        if snapshot_id in (None, self.served.snapshot.snapshot_id):
            return self.served
        asked = str(snapshot_id)
        with self._lock:
            if asked not in self._cached:
                self._cached[asked] = ChartCache(self._open(asked))
            self._cached.move_to_end(asked)
            while len(self._cached) > CACHED_STORES:
                self._cached.popitem(last=False)
            return self._cached[asked]

    def enter(self, selection: Selection) -> Entered:
        """Where a page of this selection is built: in the snapshot that it names, where that is kept."""
        unnamed = replace(selection, snapshot=None)
        try:
            chart_cache = self.find(selection.snapshot)
        except UnknownSnapshotError:
            return Entered(self.served, unnamed, "absent")
        if chart_cache is self.served:
            return Entered(chart_cache, unnamed, "served")
        return Entered(chart_cache, selection, "kept")

    def _open(self, snapshot_id: str) -> etl.Snapshot:
        message = f"Snapshot {snapshot_id[:40]} is not kept here."
        # Checked before it becomes part of a path.
        if not SNAPSHOT_ID.fullmatch(snapshot_id):
            raise UnknownSnapshotError(message)
        try:
            return etl.open_snapshot(self.served.snapshot.folder.parent / snapshot_id)
        except etl.SnapshotError as error:
            raise UnknownSnapshotError(message) from error
