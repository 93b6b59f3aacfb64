"""A bundle holds all that its rows follow from, and no more than may be quoted."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import etl
from etl.__main__ import app
from etl.bundle.reproduction import read_members, reproduce_members
from etl.export import pack_members
from tests.conftest import DATASETS
from tests.etl.bundles import SHARE, unpack_bundle

RECOMPUTED = "arms_import_share.IND.RUS.window.2019-23.sipri_tiv.2026-02-12"


@pytest.fixture(scope="module")
def members(built_snapshot: etl.Snapshot) -> dict[str, bytes]:
    """The files of the bundle of one claim."""
    return unpack_bundle(built_snapshot, [SHARE])


def test_a_claim_of_every_verdict_and_reason_has_a_bundle_that_holds(built_snapshot: etl.Snapshot) -> None:
    verdicts = built_snapshot.table("verdicts")
    for claim_id in verdicts.unique(["verdict", "reason"], maintain_order=True)["claim_id"].unique():
        found = reproduce_members(unpack_bundle(built_snapshot, [claim_id]))
        assert (found.is_same, found.verdicts >= 2) == (True, True), claim_id


def test_every_kind_of_derived_figure_is_rebuilt(built_snapshot: etl.Snapshot) -> None:
    derived = built_snapshot.table("observations").filter(pl.col("derivation").is_not_null())
    rules = derived.with_columns(rule=pl.col("derivation").str.split("(").list.first())
    ids = rules.group_by("rule", maintain_order=True).agg(pl.col("obs_id").last())["obs_id"].to_list()

    found = reproduce_members(unpack_bundle(built_snapshot, ids))

    assert len(ids) > 10
    assert (found.figures, found.is_same) == (len(ids), True)


def test_orders_and_events_go_with_their_sources(built_snapshot: etl.Snapshot) -> None:
    deal = built_snapshot.table("deals")["deal_id"][0]
    event = built_snapshot.table("milestones")["milestone_id"][0]

    members = unpack_bundle(built_snapshot, [deal, event])

    rows = pl.read_csv(members["figures/figures.csv"])
    assert json.loads(members["manifest.json"])["read_again"] == [deal]
    assert rows["row_id"].to_list() == [deal, event]
    assert rows["licence"].null_count() == 0


def test_the_same_rows_give_the_same_bytes(built_snapshot: etl.Snapshot) -> None:
    packed = [
        etl.build_bundle(snapshot, [SHARE], datasets=DATASETS)
        for snapshot in (built_snapshot, etl.open_snapshot(built_snapshot.folder))
    ]

    assert packed[0] == packed[1]


def test_a_bundle_of_an_earlier_day_knows_no_more_than_that_day(built_snapshot: etl.Snapshot) -> None:
    claim_id = "reaffirm-defence-partnership.trade-2021-22"
    day = built_snapshot.evidence(claim_id).judgements[0].as_of
    then = etl.open_snapshot(built_snapshot.folder, as_of=day)

    members = unpack_bundle(then, [claim_id])

    rows = pl.read_csv(members["inputs/observations.csv"], try_parse_dates=True)
    manifest = json.loads(members["manifest.json"])
    assert manifest["as_of"] == day.isoformat()
    assert max(rows["vintage"]) <= day


def test_without_the_publishers_files_the_rows_that_were_read_still_give_the_figures(
    built_snapshot: etl.Snapshot, tmp_path: Path
) -> None:
    for name in ("lookups", "assumptions"):
        shutil.copytree(DATASETS / name, tmp_path / name)

    found = reproduce_members(unpack_bundle(built_snapshot, [SHARE], datasets=tmp_path))

    assert (found.is_same, found.rows_read_again) == (True, 0)


def test_publishers_rows_are_those_of_the_datasets_with_their_lines(members: dict[str, bytes]) -> None:
    rows = pl.read_csv(io.BytesIO(members["inputs/publisher_rows.csv"]))
    for file, line, text in rows.iter_rows():
        kept = (DATASETS / file).read_text(encoding="utf-8").splitlines()
        assert kept[line - 1] == text
        assert f"inputs/sidecars/{file}.toml" in members


def test_no_text_of_a_document_is_in_it_but_the_figure_as_printed(members: dict[str, bytes]) -> None:
    annotations = json.loads(members["annotations/annotations.jsonld"])
    selectors = [item["target"]["selector"] for item in annotations["first"]["items"]]
    assert [quote["exact"] for quote, _ in selectors] == ["36 per cent"]
    assert all(set(quote) == {"type", "exact"} for quote, _ in selectors)


def test_nothing_and_unknown_rows_are_refused(built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(etl.BundleError, match="no rows"):
        etl.build_bundle(built_snapshot, [])
    with pytest.raises(etl.UnknownRowError, match=r"no\.such\.row"):
        etl.build_bundle(built_snapshot, ["no.such.row"])


def test_a_snapshot_that_does_not_follow_from_its_rows_is_refused(built_snapshot: etl.Snapshot) -> None:
    other = etl.Snapshot(built_snapshot.folder)
    shifted = pl.when(pl.col("obs_id") == RECOMPUTED).then(99.0).otherwise(pl.col("obs_value"))
    other._tables["observations"] = built_snapshot.table("observations").with_columns(obs_value=shifted)

    with pytest.raises(etl.BundleError, match=f"figure {RECOMPUTED}: obs_value is 36.19"):
        etl.build_bundle(other, [RECOMPUTED], datasets=DATASETS)


def test_the_command_writes_a_bundle(built_snapshot: etl.Snapshot, tmp_path: Path) -> None:
    target = tmp_path / "evidence" / "share.zip"
    options = ["--to", str(target), "--title", "The share", "--snapshot", str(built_snapshot.folder)]

    done = CliRunner().invoke(app, ["bundle", SHARE, *options, "--datasets", str(DATASETS)])

    assert done.exit_code == 0, done.output
    found = etl.reproduce_bundle(target)
    assert (found.title, found.is_same) == ("The share", True)
    assert read_members(target).keys() == zipfile.ZipFile(target).NameToInfo.keys()


def test_what_is_no_bundle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.zip"
    path.write_bytes(b"notes")
    other = tmp_path / "other.zip"
    other.write_bytes(pack_members({"manifest.json": b'{"kind": "something else"}'}))

    with pytest.raises(etl.BundleError, match=r"notes\.zip: no bundle"):
        etl.reproduce_bundle(path)
    with pytest.raises(etl.BundleError, match="a bundle of the kind 'something else'"):
        etl.reproduce_bundle(other)
