"""Files that were read before: the bytes of a build from nothing, and never what other code gave."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import etl
from etl.code_hash import CodeHasher
from etl.countries import load_lookups
from etl.file_cache import FileCache
from etl.intake import ReadFile
from etl.pipeline import find_unchanged
from etl.provenance import open_inputs
from etl.schemas import TABLES
from tests.conftest import CHECKOUT, DATASETS
from tests.etl.workbench import Workbench

REGISTER = CHECKOUT / "etl" / "sources" / "sipri_deals.py"


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A copy of the package, whose lines a test may change."""
    folder = tmp_path / "etl"
    shutil.copytree(CHECKOUT / "etl", folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache in which nothing is yet."""
    monkeypatch.setenv("FOOTNOTED_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "read"


def read_all(cache: FileCache) -> list[ReadFile]:
    lookups = load_lookups(DATASETS)
    return [cache.read(file, lookups=lookups) for file in open_inputs(DATASETS)]


def hash_entries(folder: Path) -> dict[str, tuple[str, str]]:
    """What each entry says of the code that made it, by its layout."""
    told = [json.loads(path.read_bytes().split(b"\n")[1]) for path in folder.glob("*.rows")]
    return {entry["layout"]: (entry["package"], entry["code"]) for entry in told}


def list_tables(snapshot: etl.Snapshot) -> dict[str, bytes]:
    return {name: (snapshot.folder / f"{name}.parquet").read_bytes() for name in TABLES}


def test_a_build_from_what_was_read_before_has_the_bytes_of_one_from_nothing(
    tmp_path: Path, cache_folder: Path
) -> None:
    from_nothing = etl.build(DATASETS, tmp_path / "first")
    assert len(list(cache_folder.iterdir())) == len(open_inputs(DATASETS))

    from_cache = etl.build(DATASETS, tmp_path / "second")

    assert list_tables(from_nothing) == list_tables(from_cache)


@pytest.mark.parametrize("kept_bytes", [0, 1, 65, -9])
def test_an_entry_that_is_cut_is_read_anew(tmp_path: Path, cache_folder: Path, kept_bytes: int) -> None:
    first = etl.build(DATASETS, tmp_path / "first")
    for path in cache_folder.iterdir():
        path.write_bytes(path.read_bytes()[:kept_bytes])

    second = etl.build(DATASETS, tmp_path / "second")

    assert list_tables(first) == list_tables(second)


def test_an_entry_whose_rows_were_changed_by_hand_is_not_believed(tmp_path: Path, cache_folder: Path) -> None:
    etl.build(DATASETS, tmp_path / "first")
    for path in cache_folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b'"rows_read": ', b'"rows_read": 1'))

    second = etl.build(DATASETS, tmp_path / "second")

    assert sum(second.table("sources")["rows_read"]) == 1362


def test_a_changed_line_of_a_readers_code_drops_what_it_read_and_no_other(
    code: Path, cache_folder: Path
) -> None:
    read_all(FileCache(datasets=DATASETS, code=CodeHasher(code)))
    before = hash_entries(cache_folder)
    changed = code / "sources" / REGISTER.name
    changed.write_text(changed.read_text(encoding="utf-8") + "\nONE_MORE = 1\n", encoding="utf-8")

    read_all(FileCache(datasets=DATASETS, code=CodeHasher(code)))

    after = hash_entries(cache_folder)
    assert {layout for layout in after if after[layout][0] == before[layout][0]} == set()
    assert {layout for layout in after if after[layout][1] != before[layout][1]} == {"sipri_deals"}


def test_a_changed_line_below_the_readers_drops_all_that_rests_on_it(code: Path) -> None:
    names = ("etl.sources.sipri_deals", "etl.sources.trade_targets")
    before = [CodeHasher(code).hash_modules(name) for name in names]
    reading = code / "reading.py"
    reading.write_text(reading.read_text(encoding="utf-8") + "\nONE_MORE = 1\n", encoding="utf-8")

    after = [CodeHasher(code).hash_modules(name) for name in names]

    assert [one != other for one, other in zip(before, after, strict=True)] == [True, True]


def test_other_lookups_and_another_sidecar_are_another_file(workbench: Workbench, cache_folder: Path) -> None:
    workbench.build()
    held = len(list(cache_folder.iterdir()))
    sidecar = next((workbench.datasets / "sources").rglob("*.toml"))
    sidecar.write_text(
        sidecar.read_text(encoding="utf-8").replace('note = "', 'note = "Seen. '), encoding="utf-8"
    )

    workbench.build()
    assert len(list(cache_folder.iterdir())) == held + 1

    names = workbench.datasets / "lookups" / "area_names.csv"
    names.write_text(names.read_text(encoding="utf-8") + "Bharat of the test,IND,none\n", encoding="utf-8")
    workbench.build()
    assert len(list(cache_folder.iterdir())) == 2 * held + 1


def test_the_cache_keeps_what_was_used_last_within_its_size(cache_folder: Path) -> None:
    read_all(FileCache(datasets=DATASETS))
    sizes = sorted(path.stat().st_size for path in cache_folder.iterdir())

    FileCache(datasets=DATASETS, most_bytes=sizes[-1] + sizes[-2]).trim()

    assert 0 < sum(path.stat().st_size for path in cache_folder.iterdir()) <= sizes[-1] + sizes[-2]


def test_a_cache_that_cannot_be_written_to_is_done_without(tmp_path: Path, cache_folder: Path) -> None:
    cache_folder.parent.write_text("a file where the folder would be", encoding="utf-8")

    assert etl.build(DATASETS, tmp_path / "out").table("observations").height > 0


def test_a_build_with_nothing_changed_reads_nothing_again(workbench: Workbench) -> None:
    first = workbench.build()

    found = find_unchanged(workbench.datasets, workbench.out)

    assert found is not None
    report, snapshot = found
    assert snapshot == first
    assert dict(report.rows) == {name: first.table(name).height for name in TABLES}
    assert [str(entry) for entry in report.rejected] == []


def test_a_changed_input_or_a_damaged_table_is_built_again(workbench: Workbench) -> None:
    first = workbench.build()
    table = first.folder / "claims.parquet"
    whole = table.read_bytes()
    table.write_bytes(whole[:-1])
    assert find_unchanged(workbench.datasets, workbench.out) is None

    table.write_bytes(whole)
    assert find_unchanged(workbench.datasets, workbench.out) is not None

    (workbench.datasets / "texts").mkdir(exist_ok=True)
    (workbench.datasets / "texts" / "new.txt").write_text("A text that was not there.", encoding="utf-8")
    assert find_unchanged(workbench.datasets, workbench.out) is None
