"""What routes share: the selection of a request, the charts of its day, and a name for what is sent."""

from __future__ import annotations

from flask import request

from dashboard.address import Selection, SelectionError, read_selection
from dashboard.chart_cache import ChartCache, UnknownChartError
from dashboard.snapshot_store import SnapshotStore, UnknownSnapshotError
from dashboard.views.dossiers import find_limit
from etl import Snapshot

# What an address may ask for that is not here; the first argument of each is the message for its reader.
NOT_HERE = (SelectionError, UnknownChartError, UnknownSnapshotError)


def read_day(store: SnapshotStore) -> tuple[Selection, ChartCache]:
    """What the request's query selects, and the charts of the day and the snapshot it names.

    Raises: SelectionError for a date that is none, or before everything; UnknownSnapshotError.
    """
    selection = read_selection(request.args.to_dict())
    return selection, store.find(selection.snapshot).turn_back(selection.as_of)


def name_file(snapshot: Snapshot, *parts: str) -> str:
    """The name, without its suffix, of a file: `parts`, its snapshot, and the day where one limits that."""
    day = find_limit(snapshot)
    return ".".join([*parts, snapshot.snapshot_id, *([f"as-of-{day.isoformat()}"] if day else [])])
