"""Rebuilds the figures and verdicts of the bundle that this file lies in, without the network.

Needs Python 3.11 or newer and the package `footnoted`: `pip install footnoted`, or a checkout on PYTHONPATH.
Run: python reproduce.py. Exit codes: 0 everything is the same, 1 something differs, 2 it cannot be done.
"""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path

# As diff ends: a script can tell a difference from a failure to compare.
SAME, DIFFERS, IMPOSSIBLE = 0, 1, 2


def main(folder: Path) -> int:
    """Rebuild the bundle in a folder and say what differs."""
    try:
        etl = importlib.import_module("etl")
        found = etl.reproduce_bundle(folder)
    except ImportError as error:
        print(f"cannot run: {error}. Install the package: pip install footnoted", file=sys.stderr)
        return IMPOSSIBLE
    except Exception:
        # Python's own exit code for an error would be the one for a difference.
        logging.exception("cannot run")
        return IMPOSSIBLE
    print(f"{found.title} (snapshot {found.snapshot_id})")
    if found.is_same:
        print(f"{_count(found.figures, 'figure')}, {_count(found.verdicts, 'verdict')}: the same")
        return SAME
    for difference in found.differences:
        print(f"differs  {difference}")
    return DIFFERS


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
