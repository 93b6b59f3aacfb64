"""An export is made of formats that are found by themselves, and is the same bytes whenever it is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl
from etl.__main__ import app
from etl.export import formats
from etl.provenance import hash_bytes
from tests.conftest import CHECKOUT

EVERY = (
    "import sys, etl; from pathlib import Path; "
    "etl.export(etl.open_snapshot(Path(sys.argv[1])), Path(sys.argv[2]), etl.EXPORT_FORMATS)"
)


def test_every_module_of_the_folder_is_a_format_with_a_file_of_its_own(exported: Path) -> None:
    modules = [path for path in Path(str(formats.__file__)).parent.glob("*.py") if path.stem != "__init__"]
    suffixes = [entry.suffix for entry in etl.list_formats()]

    assert len(modules) == len(etl.EXPORT_FORMATS) == len(set(suffixes))
    for entry in etl.list_formats():
        assert any(path.name.endswith(f".{entry.suffix}") for path in exported.iterdir())


def test_another_process_writes_the_same_bytes(
    exported: Path, built_snapshot: etl.Snapshot, tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONHASHSEED": "7", "TZ": "Asia/Kolkata"}
    arguments = [sys.executable, "-c", EVERY, str(built_snapshot.folder), str(tmp_path)]

    subprocess.run(arguments, check=True, env=environment, cwd=tmp_path)

    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(written) == {path.name for path in exported.iterdir()}
    differing = [name for name, content in written.items() if content != (exported / name).read_bytes()]
    assert differing == []


def test_the_manifest_names_every_file_with_its_hash(exported: Path) -> None:
    manifest = json.loads((exported / "export.json").read_text(encoding="utf-8"))

    listed = {file["name"]: file["sha256"] for file in manifest["files"]}
    found = {path.name: hash_bytes(path.read_bytes()) for path in exported.iterdir()}
    assert listed == {name: sha for name, sha in found.items() if name not in {"export.json", "README.md"}}


def test_an_unknown_format_writes_nothing(built_snapshot: etl.Snapshot, tmp_path: Path) -> None:
    with pytest.raises(etl.ExportFormatError, match=r"no format 'tablet'\. Known: "):
        etl.export(built_snapshot, tmp_path / "out", ("csv", "tablet"))

    assert not (tmp_path / "out").exists()


def test_a_format_of_the_whole_has_no_single_rows(built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(etl.ExportFormatError, match="bibtex is of a whole snapshot"):
        etl.write_rows(built_snapshot.table("claims"), "bibtex")


def test_a_table_that_a_format_does_not_hold_is_refused(release: etl.Release) -> None:
    with pytest.raises(etl.ExportFormatError, match="sdmx-csv holds no table 'claims'"):
        etl.write_format(release, "sdmx-csv", table="claims")


def test_the_command_says_what_it_withheld(built_snapshot: etl.Snapshot, tmp_path: Path) -> None:
    arguments = ["export", "--to", str(tmp_path), "--snapshot", str(built_snapshot.folder)]

    kept = CliRunner().invoke(app, [*arguments, "--format", "claims-jsonl"])
    opened = CliRunner().invoke(app, [*arguments, "--format", "bibtex", "--include-restricted"])

    assert (kept.exit_code, opened.exit_code) == (0, 0)
    assert "withheld     3 values of UN Comtrade" in kept.output
    assert "withheld" not in opened.output
    assert (tmp_path / "claims.jsonl").exists()


def test_as_of_a_day_only_what_was_known_then_leaves(built_snapshot: etl.Snapshot) -> None:
    day = min(built_snapshot.table("documents")["published_on"])
    then = etl.Release(etl.open_snapshot(built_snapshot.folder, as_of=day))

    lines = etl.write_format(then, "claims-jsonl").content.decode().splitlines()

    assert 0 < len(lines) < built_snapshot.table("claims").height
    assert max(then.table("observations")["vintage"]) <= day
