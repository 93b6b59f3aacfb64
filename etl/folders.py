"""Where the datasets and the snapshots lie, and the variables that name other folders."""

from __future__ import annotations

import os
from pathlib import Path

DATASETS_VARIABLE, SNAPSHOTS_VARIABLE = "FOOTNOTED_DATASETS", "FOOTNOTED_SNAPSHOTS"


def find_datasets() -> Path:
    """The datasets to work on: named by FOOTNOTED_DATASETS, in the present folder, or beside this package."""
    named = os.environ.get(DATASETS_VARIABLE)
    if named:
        return Path(named)
    here = Path("datasets")
    return here if here.is_dir() else Path(__file__).parents[1] / "datasets"


def find_snapshots() -> Path:
    """The folder of snapshots: named by FOOTNOTED_SNAPSHOTS, or within the datasets."""
    named = os.environ.get(SNAPSHOTS_VARIABLE)
    return Path(named) if named else find_datasets() / "snapshots"
