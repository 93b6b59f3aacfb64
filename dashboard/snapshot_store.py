"""The snapshots that are kept beside the one that is served, opened when a pinned link asks for one."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from typing import Literal

import etl
from dashboard.address import Selection
from dashboard.chart_cache import Gallery

KEPT_GALLERIES = 4
SNAPSHOT_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{10}")


class UnknownSnapshotError(KeyError):
    """A snapshot that is not kept here."""


@dataclass(frozen=True)
class Entered:
    """The gallery that an address leads into, and what is left to select there.

    `state` says whether the address names another snapshot that is kept, one that is not, or none but the
    served; only a kept one stays in the selection, for every link to lead on inside it.
    """

    gallery: Gallery
    selection: Selection
    state: Literal["served", "kept", "absent"]


class Archive:
    """Galleries by snapshot id: the served one, and others that lie in the same folder."""

    def __init__(self, served: Gallery) -> None:
        self.served = served
        self._kept: OrderedDict[str, Gallery] = OrderedDict()
        self._lock = Lock()

    def find(self, snapshot_id: str | None) -> Gallery:
        """The gallery of a snapshot, or of the served one where none is asked for.

        Raises: UnknownSnapshotError where it is not kept, or was built by a version that reads otherwise.
        """
        if snapshot_id in (None, self.served.snapshot.snapshot_id):
            return self.served
        asked = str(snapshot_id)
        with self._lock:
            if asked not in self._kept:
                self._kept[asked] = Gallery(self._open(asked))
            self._kept.move_to_end(asked)
            while len(self._kept) > KEPT_GALLERIES:
                self._kept.popitem(last=False)
            return self._kept[asked]

    def enter(self, selection: Selection) -> Entered:
        """Where a page of this selection is built: in the snapshot that it names, where that is kept."""
        unnamed = replace(selection, snapshot=None)
        try:
            gallery = self.find(selection.snapshot)
        except UnknownSnapshotError:
            return Entered(self.served, unnamed, "absent")
        if gallery is self.served:
            return Entered(gallery, unnamed, "served")
        return Entered(gallery, selection, "kept")

    def _open(self, snapshot_id: str) -> etl.Snapshot:
        words = f"Snapshot {snapshot_id[:40]} is not kept here."
        # Checked before it becomes part of a path.
        if not SNAPSHOT_ID.fullmatch(snapshot_id):
            raise UnknownSnapshotError(words)
        try:
            return etl.open_snapshot(self.served.snapshot.folder.parent / snapshot_id)
        except etl.SnapshotError as error:
            raise UnknownSnapshotError(words) from error
