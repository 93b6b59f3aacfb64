"""Where the datasets, the snapshots and the cache lie, and the variables that name other folders."""

from __future__ import annotations

import os
from pathlib import Path

DATASETS_VARIABLE, SNAPSHOTS_VARIABLE = "FOOTNOTED_DATASETS", "FOOTNOTED_SNAPSHOTS"
CACHE_VARIABLE, CACHE_HOME_VARIABLE = "FOOTNOTED_CACHE", "XDG_CACHE_HOME"


def find_datasets() -> Path:
    """The datasets to work on: named by FOOTNOTED_DATASETS, in the present folder, or beside this package."""
    named = os.environ.get(DATASETS_VARIABLE)
    if named:
        return Path(named)
    here = Path("datasets")
    return here if here.is_dir() else Path(__file__).parents[1] / "datasets"


def find_snapshots(datasets: Path | None = None) -> Path:
    """The folder of snapshots: named by FOOTNOTED_SNAPSHOTS, or within the datasets."""
    named = os.environ.get(SNAPSHOTS_VARIABLE)
    return Path(named) if named else (datasets or find_datasets()) / "snapshots"


def find_cache() -> Path:
    """The folder for what can be had again: named by FOOTNOTED_CACHE, or the user's cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    home = os.environ.get(CACHE_HOME_VARIABLE)
    return (Path(home) if home else Path.home() / ".cache") / "footnoted"
