"""The Data Package is valid by frictionless, and stops being so where one byte is changed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import frictionless
import pytest

import etl
from etl.export.packing import pack_members
from etl.schemas import TABLES, describe_tables


@pytest.fixture(scope="session")
def members(exported: Path) -> dict[str, bytes]:
    """The files of the package."""
    with zipfile.ZipFile(exported / "datapackage.zip") as store:
        return {name: store.read(name) for name in store.namelist()}


@pytest.fixture(scope="session")
def descriptor(members: dict[str, bytes]) -> dict[str, Any]:
    """What the package says of itself."""
    described: dict[str, Any] = json.loads(members["datapackage.json"])
    return described


def validate(members: dict[str, bytes], folder: Path) -> frictionless.Report:
    """What frictionless says of a package of these files."""
    path = folder / "package.zip"
    path.write_bytes(pack_members(members))
    report: frictionless.Report = frictionless.Package(str(path)).validate()
    return report


def test_frictionless_finds_the_package_valid(members: dict[str, bytes], tmp_path: Path) -> None:
    report = validate(members, tmp_path)

    assert report.flatten(["type", "note"]) == []
    assert report.valid
    assert report.stats["tasks"] == len(TABLES)


def test_frictionless_finds_one_changed_byte(members: dict[str, bytes], tmp_path: Path) -> None:
    table = members["tables/deals.csv"]
    changed = {**members, "tables/deals.csv": table.replace(b"SIPRI", b"SIPRJ", 1)}

    report = validate(changed, tmp_path)

    assert [row[0] for row in report.flatten(["type"])] == ["hash-count"]


def test_frictionless_finds_a_code_that_no_list_has(
    members: dict[str, bytes], descriptor: dict[str, Any], tmp_path: Path
) -> None:
    table = members["tables/observations.csv"].replace(b",USD,", b",YEN,", 1)
    resources = [
        {name: value for name, value in resource.items() if name not in {"hash", "bytes"}}
        for resource in descriptor["resources"]
    ]
    text = json.dumps({**descriptor, "resources": resources}).encode()

    report = validate({**members, "datapackage.json": text, "tables/observations.csv": table}, tmp_path)

    assert report.flatten(["type", "fieldName"]) == [["constraint-error", "unit_measure"]]


def test_every_column_has_the_words_and_unit_of_its_schema(descriptor: dict[str, Any]) -> None:
    fields = {
        (resource["name"], field["name"]): field
        for resource in descriptor["resources"]
        for field in resource["schema"]["fields"]
    }
    for entry in describe_tables():
        field = fields[entry.table, entry.column]
        assert (field["description"], field["unit"]) == (entry.description, entry.unit)
    assert all(field["description"] and field["unit"] for field in fields.values())


def test_hashes_and_sizes_are_those_of_the_files(
    descriptor: dict[str, Any], members: dict[str, bytes]
) -> None:
    for resource in descriptor["resources"]:
        content = members[resource["path"]]
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)


def test_the_package_is_of_its_snapshot_and_names_every_file_it_was_built_from(
    descriptor: dict[str, Any], built_snapshot: etl.Snapshot
) -> None:
    assert descriptor["version"] == built_snapshot.snapshot_id
    assert descriptor["created"] == f"{built_snapshot.as_of.isoformat()}T00:00:00Z"
    names = ("file", "sha256", "licence", "redistributable", "extract")
    named = {tuple(source[name] for name in names) for source in descriptor["sources"]}
    assert named == set(built_snapshot.table("sources").select(names).iter_rows())


def test_every_field_is_held_to_what_its_column_is_checked_for(descriptor: dict[str, Any]) -> None:
    limits = {
        (resource["name"], field["name"]): field["constraints"]
        for resource in descriptor["resources"]
        for field in resource["schema"]["fields"]
    }
    for table in TABLES:
        for entry in etl.describe_columns(table):
            said = limits[table, entry.column]
            assert tuple(said.get("enum", ())) == entry.codes
            assert said.get("pattern") == entry.pattern
            assert ("required" in said) == (not entry.nullable)
    verdicts = [code.code for code in etl.list_codes("verdict")]
    assert limits["claims", "verdict"]["enum"] == limits["verdicts", "verdict"]["enum"] == verdicts
    assert limits["verdicts", "paragraph"]["minimum"] == 1
