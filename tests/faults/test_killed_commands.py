"""Commands killed at each of their changes to the disk: nothing is lost, and the next run needs no hand."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from etl.provenance import open_inputs
from etl.snapshot import open_snapshot
from tests.conftest import CHECKOUT, DATASETS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills forked processes"),
]
PROGRAM = Path(__file__).with_name("killed_command.py")
EDITION = Path("sources", "sipri_fact_sheets", "2019-03-31")
SAID = ("--set", "reporter=India", "--set", "commodity=2709", "--set", "unit=US Dollar thousand")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the smallest datasets that build, and a file to add."""
    datasets = tmp_path / "whole" / "datasets"
    for name in ("lookups", "assumptions", "corrections"):
        shutil.copytree(DATASETS / name, datasets / name)
    shutil.copytree(DATASETS / EDITION, datasets / EDITION)
    text = "Exporters\tImported value in 2023\nRussian Federation\t48\n"
    (tmp_path / "suppliers.txt").write_text(text, encoding="utf-8")
    return tmp_path


def kill_at_each_step(folder: Path, *command: str) -> list[Path]:
    """The copies in which a command was killed at one step each and ran again, well; the last was not."""
    ran = subprocess.run(
        [sys.executable, PROGRAM, folder, *command],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "POLARS_MAX_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    ended = [tuple(map(int, line.split())) for line in ran.stdout.splitlines()]
    assert ended, ran.stderr
    assert [again for _, _, again in ended] == [0] * len(ended), ran.stderr
    assert ended[-1][1] == 0
    return [folder / str(number) for number, _, _ in ended]


def list_contents(folder: Path) -> dict[str, str]:
    """Every file and folder below a folder, hidden ones too, with the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_add_killed_at_any_step_ends_with_the_file_and_its_sidecar(folder: Path) -> None:
    copies = kill_at_each_step(
        folder, "add", str(folder / "suppliers.txt"), *SAID, "--datasets", "{}/datasets"
    )

    assert len(copies) > 8
    wanted = list_contents(copies[-1] / "datasets")
    assert len(wanted) == len(list_contents(folder / "whole" / "datasets")) + 2
    for copy in copies:
        assert list_contents(copy / "datasets") == wanted
        assert all(file.is_sealed for file in open_inputs(copy / "datasets"))


def test_build_killed_at_any_step_ends_with_one_whole_snapshot(folder: Path) -> None:
    copies = kill_at_each_step(folder, "build", "--datasets", "{}/datasets")

    assert len(copies) > 20
    names = {open_snapshot(copy / "datasets" / "snapshots").snapshot_id for copy in copies}
    assert len(names) == 1
    for copy in copies:
        snapshots = copy / "datasets" / "snapshots"
        open_snapshot(snapshots).check_files()
        assert {path.name for path in snapshots.iterdir()} == {*names, "newest", "made-from"}


def test_export_killed_at_any_step_ends_with_every_file_of_its_manifest(folder: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "etl", "build", "--datasets", str(folder / "whole" / "datasets")],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr

    copies = kill_at_each_step(folder, "export", "--snapshot", "{}/datasets/snapshots", "--to", "{}/export")

    for copy in copies:
        listed = {
            file["name"]: file["sha256"]
            for file in json.loads((copy / "export" / "export.json").read_bytes())["files"]
        }
        found = list_contents(copy / "export")
        assert listed.items() <= found.items()
        assert found.keys() == {*listed, "export.json", "README.md"}


def test_convert_killed_at_any_step_ends_with_the_whole_conversion(folder: Path) -> None:
    text = "t,i,j,k,v,q\n2022,699,643,270900,12.5,3\n2022,699,156,270900,2.25,1\n"
    (folder / "BACI_HS92_Y2022_V202401.csv").write_text(text, encoding="utf-8")
    command = ("convert", str(folder / "BACI_HS92_Y2022_V202401.csv"), "--datasets", str(DATASETS))

    copies = kill_at_each_step(folder, *command, "--to", "{}/parts")

    for copy in copies:
        rows = pl.read_parquet(copy / "parts" / "year=2022" / "*.parquet")
        assert rows.height == 2
        assert not list(copy.glob(".*"))
