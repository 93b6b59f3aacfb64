"""What one snapshot brought against another, as tables, in lines and as JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl
from etl.__main__ import app
from tests.conftest import DATASETS
from tests.stored_snapshots import build_two

CLAIM = "business-standard-2025-12-05.share-2019-23"
SHARES = Path("sources", "sipri_fact_sheets", "2024-03-11")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[etl.Snapshot, etl.Snapshot]:
    """A snapshot without the edition of March 2026, and one with it."""
    return build_two(tmp_path_factory.mktemp("two"))


def test_an_edition_that_came_is_named_with_the_file_it_came_in(
    two: tuple[etl.Snapshot, etl.Snapshot],
) -> None:
    editions = etl.compare_snapshots(*two).editions
    assert editions.select("change", "publisher", "file").rows() == [
        ("added", "SIPRI", "sources/sipri_fact_sheets/2026-03-09/published_shares.csv")
    ]


def test_figures_restated_stand_in_the_order_of_their_change(
    two: tuple[etl.Snapshot, etl.Snapshot],
) -> None:
    figures = etl.compare_snapshots(*two).figures
    restated = figures.filter(
        indicator="arms_import_share", counterpart_area="RUS", time_period="2016-20", is_recomputed=False
    )
    assert restated.select("value_before", "value_after").rows() == [(49.0, 51.0)]
    sizes = figures["change_percent"].drop_nulls().abs().to_list()
    assert sizes == sorted(sizes, reverse=True)


def test_the_same_step_backwards_is_an_edition_gone(two: tuple[etl.Snapshot, etl.Snapshot]) -> None:
    older, newer = two
    back = etl.compare_snapshots(newer, older)
    assert back.editions["change"].to_list() == ["gone"]
    assert "1 edition gone" in back.list_counts()


def test_between_equal_snapshots_nothing_changed(two: tuple[etl.Snapshot, etl.Snapshot]) -> None:
    changes = etl.compare_snapshots(two[1], two[1])
    assert changes.is_empty
    assert changes.list_counts() == []


def test_a_verdict_that_turned_and_claims_that_came_are_named(tmp_path: Path) -> None:
    shutil.copytree(DATASETS, tmp_path / "data")
    dossier = tmp_path / "data" / "dossiers" / "india_russia"
    left_out = "crf-23rd-annual-summit"
    record = dossier / "documents" / f"{left_out}.toml"
    kept = record.read_text(encoding="utf-8")
    milestones = (dossier / "milestones.csv").read_text(encoding="utf-8")
    record.unlink()
    lines = [line for line in milestones.splitlines() if left_out not in line]
    (dossier / "milestones.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.rmtree(tmp_path / "data" / "sources" / "sipri_tiv")
    older = etl.build(tmp_path / "data", tmp_path / "out")
    record.write_text(kept, encoding="utf-8")
    (dossier / "milestones.csv").write_text(milestones, encoding="utf-8")
    shutil.rmtree(tmp_path / "data" / SHARES)
    newer = etl.build(tmp_path / "data", tmp_path / "out")

    changes = etl.compare_snapshots(older, newer)
    assert set(changes.claims["document_id"]) == {left_out}
    turned = changes.verdicts.filter(claim_id=CLAIM)
    assert turned.select("verdict_before").item() == "supported"
    assert turned.select("verdict").item() != "supported"


def test_the_snapshots_built_before_one_are_found_beside_it(two: tuple[etl.Snapshot, etl.Snapshot]) -> None:
    older, newer = two
    built = {one.snapshot_id: one.manifest["built_at"] for one in two}
    found = [one.snapshot_id for one in etl.list_earlier_snapshots(newer)]
    # Two builds within one second stand in the order of their ids.
    assert found == [older.snapshot_id] or built[older.snapshot_id] == built[newer.snapshot_id]


def test_the_command_compares_snapshots_by_id_or_by_folder(two: tuple[etl.Snapshot, etl.Snapshot]) -> None:
    older, newer = two
    by_id = ["diff", older.snapshot_id, newer.snapshot_id, "--out", str(older.folder.parent)]
    by_folder = ["diff", str(older.folder), str(newer.folder)]
    outputs = [CliRunner().invoke(app, words) for words in (by_id, by_folder)]
    assert [one.exit_code for one in outputs] == [0, 0]
    assert outputs[0].stdout == outputs[1].stdout
    lines = outputs[0].stdout.splitlines()
    assert lines[0] == f"{older.snapshot_id} -> {newer.snapshot_id}"
    assert "1 edition added" in lines[1]
    assert any("2016\u201320" in line and "49% -> 51%" in line for line in lines)


def test_the_command_says_that_nothing_changed(two: tuple[etl.Snapshot, etl.Snapshot]) -> None:
    folder = str(two[0].folder)
    assert "nothing changed" in CliRunner().invoke(app, ["diff", folder, folder]).stdout


def test_the_command_gives_the_same_as_json(two: tuple[etl.Snapshot, etl.Snapshot]) -> None:
    output = CliRunner().invoke(app, ["diff", *(str(one.folder) for one in two), "--json"])
    content = json.loads(output.stdout)
    assert (content["before"], content["after"]) == tuple(one.snapshot_id for one in two)
    assert [row["change"] for row in content["editions"]] == ["added"]
    assert len(content["figures"]) == etl.compare_snapshots(*two).figures.height
