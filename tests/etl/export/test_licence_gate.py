"""A source that may not be passed on leaves as citation and derived values only, and says so."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import polars as pl
import pytest

import etl
from etl.bundle.closure import find_claims, widen_inputs
from etl.export.licence_gate import VALUES
from etl.provenance import find_sidecar
from etl.sources import find_sources
from tests.etl.workbench import Workbench, copy_datasets

LICENCE = "invented terms: not to be passed on"


def guard_source(workbench: Workbench, source_id: str, vintage: str = "*") -> Path:
    """Take away the leave to pass a source's rows on, and return its file."""
    path = workbench.find_file(source_id, vintage)
    sidecar = find_sidecar(path)
    text = sidecar.read_text(encoding="utf-8").replace("extract = true\n", "")
    text = re.sub(r'(?m)^licence = ".*"$', f'licence = "{LICENCE}"', text)
    sidecar.write_text(text.replace("redistributable = true", "redistributable = false"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> etl.Snapshot:
    """A snapshot in which two sources that may leave may not."""
    workbench = copy_datasets(tmp_path_factory.mktemp("guarded"))
    for source_id in ("trade_targets", "sipri_deals"):
        guard_source(workbench, source_id)
    return workbench.build()


def pick_rows(snapshot: etl.Snapshot, table: str = "observations") -> pl.DataFrame:
    """The rows of the guarded source."""
    return snapshot.table(table).filter(pl.col("source_id") == "trade_targets")


def test_own_rows_of_a_guarded_source_leave_without_values(guarded: etl.Snapshot) -> None:
    before = pick_rows(guarded).filter(pl.col("derivation").is_null())
    left = (
        etl.Release(guarded).table("observations").filter(pl.col("obs_id").is_in(before["obs_id"].to_list()))
    )

    assert before["obs_value"].null_count() == 0
    assert left.height == before.height
    assert left.select(VALUES["observations"]).null_count().row(0) == (left.height,) * 3
    assert set(left["obs_status"]) == {"Q"}
    assert all(LICENCE in note and "published by" in note for note in left["note"])
    assert not left["redistributable"].any()


def test_what_was_worked_out_from_them_stays(guarded: etl.Snapshot) -> None:
    before = guarded.table("observations").filter(pl.col("derivation").is_not_null())
    left = etl.Release(guarded).table("observations")

    assert left.filter(pl.col("derivation").is_not_null())["obs_value"].equals(before["obs_value"])


@pytest.mark.parametrize("leave", ["redistributable", "extract"])
def test_rows_of_free_sources_and_of_extracts_stay_as_they_are(
    leave: str, built_snapshot: etl.Snapshot
) -> None:
    free = built_snapshot.table("sources").filter(leave)["file"].to_list()
    before = built_snapshot.table("observations").filter(pl.col("source_file").is_in(free))
    left = etl.Release(built_snapshot).table("observations")

    kept = left.filter(pl.col("source_file").is_in(free)).select(before.columns)
    assert before.height > 0
    assert kept.equals(before)


def test_of_the_embedded_data_only_the_totals_of_un_comtrade_are_withheld(
    built_snapshot: etl.Snapshot,
) -> None:
    withheld = {entry.source_id: entry.rows for entry in etl.Release(built_snapshot).withheld}

    assert withheld == {"un_comtrade": 3}


def test_a_snapshot_from_before_extracts_were_told_apart_keeps_them_back(
    built_snapshot: etl.Snapshot,
) -> None:
    older = etl.open_snapshot(built_snapshot.folder)
    older._tables["sources"] = built_snapshot.table("sources").drop("extract")

    release = etl.Release(older)

    assert "sipri_tiv" in {entry.source_id for entry in release.withheld}
    assert not release.table("sources")["extract"].any()
    assert older.find_rows(["arms_import_share.IND.RUS.window.2019-23.sipri_fact_sheets.2024-03-11"])[
        "redistributable"
    ].to_list() == [False]


@pytest.mark.parametrize("table", ["claims", "verdicts", "milestones", "documents", "disagreements"])
def test_what_documents_say_stays_as_it_is(table: str, built_snapshot: etl.Snapshot) -> None:
    before = built_snapshot.table(table)

    assert etl.Release(built_snapshot).table(table).select(before.columns).equals(before)


def test_no_file_of_an_export_holds_a_withheld_value(guarded: etl.Snapshot, tmp_path: Path) -> None:
    own = pick_rows(guarded).filter(pl.col("derivation").is_null())["obs_id"].to_list()
    etl.export(guarded, tmp_path, ("csv", "datapackage", "sdmx-csv"))

    with zipfile.ZipFile(tmp_path / "datapackage.zip") as store:
        packed = store.read("tables/observations.csv").decode()
    texts = {
        "obs_value": [(tmp_path / "observations.csv").read_text(encoding="utf-8"), packed],
        "OBS_VALUE": [(tmp_path / "observations.sdmx.csv").read_text(encoding="utf-8")],
    }
    for column, written in texts.items():
        for text in written:
            rows = [
                row
                for row in csv.DictReader(io.StringIO(text))
                if row.get("obs_id", row.get("OBS_ID")) in own
            ]
            assert len(rows) == len(own)
            assert {row[column] for row in rows} == {""}


def test_deals_of_a_guarded_register_leave_as_a_list_of_orders(guarded: etl.Snapshot) -> None:
    before = guarded.table("deals")
    left = etl.Release(guarded).table("deals")

    assert before["number_ordered"].null_count() < before.height
    assert left.select(VALUES["deals"]).null_count().row(0) == (left.height,) * len(VALUES["deals"])
    assert left["designation"].equals(before["designation"])


def test_rows_set_aside_of_a_guarded_file_leave_without_their_text(workbench: Workbench) -> None:
    path = guard_source(workbench, "sipri_tiv", "2026-02-12")
    workbench.append_line(path, "2026-02-12,a product,Atlantis,2020,12345.67")
    snapshot = workbench.build()

    (row,) = etl.Release(snapshot).table("quarantine").to_dicts()
    (open_row,) = etl.Release(snapshot, include_restricted=True).table("quarantine").to_dicts()

    assert "12345.67" in open_row["row_text"]
    assert "12345.67" not in json.dumps(row, default=str)
    assert row["line"] == open_row["line"]


def test_the_readme_and_the_manifest_name_what_was_withheld(guarded: etl.Snapshot, tmp_path: Path) -> None:
    etl.export(guarded, tmp_path, ("csv",))

    withheld = json.loads((tmp_path / "export.json").read_text(encoding="utf-8"))["withheld"]
    (entry,) = (entry for entry in withheld if entry["source_id"] == "trade_targets")
    read_me = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert entry["rows"] == pick_rows(guarded).filter(pl.col("derivation").is_null()).height
    assert f"{entry['rows']} rows ({LICENCE})" in read_me


def test_restricted_values_leave_only_when_they_are_asked_for(
    built_snapshot: etl.Snapshot, tmp_path: Path
) -> None:
    etl.export(built_snapshot, tmp_path, ("parquet",), include_restricted=True)

    rows = pl.read_parquet(tmp_path / "observations.parquet")
    whole = built_snapshot.table("observations")
    assert rows.select(whole.columns).equals(whole)
    assert "Ask their publishers" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_every_row_of_the_main_tables_says_where_it_is_from(release: etl.Release) -> None:
    for name in ("observations", "deals", "claims", "verdicts", "milestones"):
        rows = release.table(name)
        assert rows.select("licence", "redistributable", "snapshot_id").null_count().row(0) == (0, 0, 0)
        place = "source_locator" if "source_locator" in rows.columns else "paragraph"
        assert rows[place].null_count() == 0


def test_a_bundle_that_needs_more_rows_takes_none_of_a_guarded_source_beside_those_it_quotes(
    guarded: etl.Snapshot,
) -> None:
    observations = guarded.table("observations")
    (counted,) = observations.filter(indicator="units_ordered", time_period="2001", commodity="T-90S")[
        "obs_id"
    ]
    (target,) = observations.filter(indicator="trade_target").head(1)["obs_id"]
    asked = [counted, target]

    fewest, *wider = widen_inputs(guarded, asked, find_claims(guarded, asked))

    assert 0 < fewest.deals.height < guarded.table("deals").height
    for inputs in wider:
        assert inputs.deals.equals(fewest.deals)
        assert pick_of(inputs.observations).equals(pick_of(fewest.observations))
    assert wider[-1].observations.height > 100 * fewest.observations.height


def pick_of(observations: pl.DataFrame) -> pl.DataFrame:
    """The rows of the guarded source among some."""
    return observations.filter(pl.col("source_id") == "trade_targets")


def test_a_bundle_says_which_of_its_rows_may_not_be_passed_on_as_a_table(guarded: etl.Snapshot) -> None:
    (target,) = guarded.table("observations").filter(indicator="trade_target").head(1)["obs_id"]

    with zipfile.ZipFile(io.BytesIO(etl.build_bundle(guarded, [target]))) as store:
        read_me = store.read("README.md").decode()
        rows = pl.read_csv(store.read("figures/figures.csv"))

    assert f"{LICENCE}. Tables of it may not be passed on" in read_me
    assert not rows.filter(row_id=target)["redistributable"].item()


def test_every_licence_is_in_words_that_need_no_other_file(built_snapshot: etl.Snapshot) -> None:
    told = [
        *built_snapshot.table("sources")["licence"],
        *(module.SOURCE.product.licence for module in find_sources().values() if module.SOURCE.product),
    ]

    assert len(told) > 20
    assert [words for words in told if re.search(r"\.md|datasets/|README", words)] == []
