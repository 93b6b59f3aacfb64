"""The compiled facts beside the checkout, read as plain CSV: nothing of the project's own reading."""

from __future__ import annotations

import csv
from pathlib import Path

Fact = dict[str, str]


def read_facts(folder: Path, name: str) -> list[Fact]:
    """The rows of one file of facts."""
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
