"""Every download at hand added, the undated first or last: what a dated edition serves stays as it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from etl.editions import add_files
from etl.errors import FootnotedError
from etl.intake import inspect_file
from etl.pipeline import run_steps
from etl.provenance import find_sidecar
from etl.reconcile.known_days import IS_DATED
from tests.conftest import DATASETS
from tests.etl.workbench import copy_datasets

THING = (
    *("indicator", "ref_area", "counterpart_area", "commodity", "period_basis"),
    *("period_start", "period_end", "unit_measure", "valuation", "price_basis"),
)


def list_downloads(folder: Path, target: Path) -> Iterator[tuple[Path, bool]]:
    """Copies of the downloads that can be added, one of each content, and whether a day is known of each."""
    seen: set[bytes] = set()
    for number, path in enumerate(sorted(path for path in folder.rglob("*") if path.is_file())):
        # Files of one name and of one day would go to one place: each copy has a name of its own.
        copy = Path(shutil.copy2(path, target / f"{number}-{path.name}"))
        try:
            sidecar = inspect_file(copy, datasets=DATASETS).file.sidecar
        except FootnotedError:
            continue
        if find_sidecar(copy).exists() or copy.read_bytes() in seen:
            continue
        seen.add(copy.read_bytes())
        yield copy, sidecar.vintage_precision != "assumed"


def choose_served(datasets: Path) -> pl.DataFrame:
    """The value that is served of each thing: of a dated edition, then printed, then the newest.

    Columns: what it is a value of, `obs_id`, `obs_value`, and whether its edition has a day.
    """
    table = run_steps(datasets).tables["observations"].filter(pl.col("obs_value").is_not_null())
    ordered = table.sort(IS_DATED, pl.col("derivation").is_null(), "vintage", "obs_id")
    served = ordered.unique(THING, keep="last", maintain_order=True).sort(THING)
    return served.select(*THING, "obs_id", "obs_value", IS_DATED.alias("is_dated"))


@pytest.mark.slow
def test_no_value_that_a_dated_edition_serves_changes_whatever_comes_first(
    publisher_files_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "downloads").mkdir()
    downloads = dict(list_downloads(publisher_files_folder, tmp_path / "downloads"))
    dated, undated = ([path for path, known in downloads.items() if known is each] for each in (True, False))
    assert dated
    assert undated

    first, last = copy_datasets(tmp_path / "first").datasets, copy_datasets(tmp_path / "last").datasets
    add_files(dated, datasets=first)
    before = choose_served(first).filter("is_dated")
    add_files(undated, datasets=first)
    add_files(undated, datasets=last)
    add_files(dated, datasets=last)
    after, other = choose_served(first), choose_served(last)

    moved = before.join(after, on=[*THING, "obs_id", "obs_value"], how="anti", nulls_equal=True)
    assert moved.height == 0, moved
    assert after.equals(other)
