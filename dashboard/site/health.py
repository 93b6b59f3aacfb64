"""Whether the server is alive, and whether it can serve its snapshot."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response

from etl import Snapshot, SnapshotError

READY_PATH = "/readyz"
MANIFEST = "manifest.json"
CHANGED = (
    "The files of snapshot {snapshot_id} have changed since they were opened: {changed}. A snapshot is never "
    "written again; restore its folder and start the server anew."
)


def add_health_routes(server: Flask, *, snapshot: Snapshot) -> None:
    """Adds /readyz to a server: 200 while the files of the snapshot are those that were opened, else 503.

    Damaged ones are never ready, whatever else is answered. /healthz, beside it, asks for nothing.
    """
    opened = _measure_files(snapshot.folder)
    damage = _find_damage(snapshot)

    @server.get(READY_PATH)
    def answer_ready() -> Response:
        found = _measure_files(snapshot.folder)
        changed = sorted(name for name in opened.keys() | found.keys() if opened.get(name) != found.get(name))
        headers = {"Cache-Control": "no-store"}
        if changed or damage:
            changes = CHANGED.format(snapshot_id=snapshot.snapshot_id, changed=", ".join(changed))
            text = changes if changed else damage
            return Response(f"{text}\n", HTTPStatus.SERVICE_UNAVAILABLE, headers, mimetype="text/plain")
        return Response(f"ready: {snapshot.snapshot_id}\n", headers=headers, mimetype="text/plain")


def _find_damage(snapshot: Snapshot) -> str:
    """What is wrong with the files of a snapshot as they are opened, in a sentence, or nothing."""
    try:
        snapshot.check_files()
    except SnapshotError as error:
        return str(error)
    return ""


def _measure_files(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file of a snapshot; nothing where its folder cannot be read."""
    try:
        return {path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.iterdir()}
    except OSError:
        return {}
