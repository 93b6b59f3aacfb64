"""One question at a time: the pause that each host is left, across programs that share a cache."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

from etl.provenance import slug

# A turn further ahead than this many pauses comes from a clock that was wrong.
MOST_TURNS = 60


def wait_turn(url: str, *, pause_seconds: float, folder: Path) -> None:
    """Sleep until the host may be asked again, and take the turn."""
    if pause_seconds <= 0:
        return
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug(urlsplit(url).netloc)}.turn"
    now = time.time()
    turn = max(now, _read_turn(path))
    if turn > now + MOST_TURNS * pause_seconds:
        turn = now
    path.write_text(f"{turn + pause_seconds:.3f}", encoding="ascii")
    time.sleep(turn - now)


def _read_turn(path: Path) -> float:
    try:
        return float(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0.0
