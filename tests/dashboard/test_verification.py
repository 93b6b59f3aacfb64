"""Verifying saved charts: what they showed, and what has changed since, against snapshots built otherwise."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from typer.testing import CliRunner, Result

import etl
from dashboard.__main__ import command
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.routes.downloads import add_download_routes
from dashboard.saved_pictures import (
    EXIT_CHANGED,
    EXIT_UNCHANGED,
    EXIT_UNREADABLE,
    SavedChart,
    UnreadableFileError,
    Verification,
    VerifiedValue,
    describe_metadata,
    read_saved_chart,
    seal_metadata,
    verify_chart,
)
from dashboard.saved_pictures.chart_sheet import build_chart_metadata, draw_sheet
from dashboard.snapshot_store import SnapshotStore
from dashboard.theme import Theme
from dashboard.views.dossiers import list_dossiers
from etl.provenance import find_sidecar, seal_input
from tests.etl.workbench import Workbench, copy_datasets

FACT_SHEETS = "sipri_fact_sheets"
SHARE = "arms_import_share.IND.RUS.window.2009-13.sipri_fact_sheets"
CLAIM = "reaffirm-defence-partnership.trade-2021-22"
OTHER_TRADE = "2021-22,2021-04-01,2022-03-31,3254.68,8869.99,12124.67,0.01,A,a test,a test,2022-10,"
LATER_ROWS = """
2027-03,India,Russia,2021,2025,39,a test,2027-03,
2027-03,India,Russia,2022,2026,35,a test,2027-03,
"""

Verify = Callable[..., Result]


@pytest.fixture(scope="module")
def chart_cache(built_snapshot: etl.Snapshot) -> ChartCache:
    return ChartCache(built_snapshot)


@pytest.fixture(scope="module")
def saved(chart_cache: ChartCache, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The chart of shares as a reader has saved it."""
    path = tmp_path_factory.mktemp("saved") / "share_by_window.svg"
    path.write_text(draw_sheet(chart_cache, "share_by_window", selection=Selection()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def restated(tmp_path_factory: pytest.TempPathFactory) -> etl.Snapshot:
    """A snapshot with another share in one edition, another window in one, and another sum of trade."""
    workbench = copy_datasets(tmp_path_factory.mktemp("restated"))
    sheet = workbench.find_file(FACT_SHEETS, "2019-03-31")
    workbench.replace_line(sheet, line=2, text="2019-03,India,Russia,2009,2013,74,a test,2019-03,")
    sheet = workbench.find_file(FACT_SHEETS, "2014-03-31")
    workbench.replace_line(sheet, line=2, text="2014-03,India,Russia,2008,2012,75,a test,2014-03,")
    years = workbench.find_file("india_moc_fiscal_years")
    lines = years.read_text(encoding="utf-8").split("\n")
    (line,) = (number for number, text in enumerate(lines, start=1) if text.startswith("2021-22"))
    workbench.replace_line(years, line=line, text=OTHER_TRADE)
    return workbench.build()


@pytest.fixture(scope="module")
def continued(tmp_path_factory: pytest.TempPathFactory) -> etl.Snapshot:
    """A snapshot with one edition more: it restates a window and adds one."""
    workbench = copy_datasets(tmp_path_factory.mktemp("continued"))
    add_edition(workbench, LATER_ROWS, vintage="2027-03-08")
    return workbench.build()


def add_edition(workbench: Workbench, rows: str, *, vintage: str) -> None:
    """One more edition of the fact sheets, beside the newest there is."""
    newest = workbench.find_file(FACT_SHEETS, "2026-03-09")
    path = newest.parents[1] / vintage / newest.name
    shutil.copytree(newest.parent, path.parent)
    heading = newest.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{heading}{rows}", encoding="utf-8")
    sidecar = find_sidecar(path)
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace("2026-03-09", vintage), encoding="utf-8")
    seal_input(path)


@pytest.fixture
def verify(built_snapshot: etl.Snapshot) -> Verify:
    """Runs the command; by default against the snapshot of all tests."""

    def run(path: Path | str, *options: str, snapshot: etl.Snapshot = built_snapshot) -> Result:
        return CliRunner().invoke(
            command, ["verify", str(path), "--snapshot", str(snapshot.folder), *options]
        )

    return run


def find(verification: Verification, row_id: str) -> VerifiedValue:
    """What was found of one row."""
    (found,) = (value for value in verification.values if value.shown.row_id == row_id)
    return found


@pytest.fixture(scope="module")
def client(chart_cache: ChartCache) -> FlaskClient:
    server = Flask(__name__)
    add_download_routes(server, store=SnapshotStore(chart_cache))
    return server.test_client()


def save_table(client: FlaskClient, address: str, folder: Path) -> Path:
    """A table under the name that it is downloaded with."""
    answer = client.get(address)
    path = folder / answer.headers["Content-Disposition"].partition('filename="')[2].rstrip('"')
    path.write_bytes(answer.data)
    return path


def save_chart(chart_cache: ChartCache, chart_id: str, selection: Selection) -> SavedChart:
    """A chart as its saved picture shows it."""
    return describe_metadata(
        seal_metadata(build_chart_metadata(chart_cache, chart_id, selection=selection, theme=Theme()))
    )


def list_saved(chart_cache: ChartCache, folder: Path) -> Iterator[tuple[str, Path]]:
    """Every chart of every dossier, saved."""
    for dossier in list_dossiers(chart_cache.snapshot):
        selection = Selection(dossier=dossier.dossier_id)
        for chart in chart_cache.list_charts():
            chart_id = chart.card.chart_id
            path = folder / f"{dossier.dossier_id}.{chart_id}.svg"
            path.write_text(draw_sheet(chart_cache, chart_id, selection=selection), encoding="utf-8")
            yield chart_id, path


def test_every_saved_chart_is_unchanged_against_its_own_snapshot(
    chart_cache: ChartCache, tmp_path: Path
) -> None:
    for chart_id, path in list_saved(chart_cache, tmp_path):
        shown = read_saved_chart(path)
        assert shown.is_whole, chart_id
        verification = verify_chart(shown, chart_cache.snapshot)
        assert verification.is_unchanged, chart_id
        assert not verification.periods, chart_id


def test_the_command_says_what_was_shown_and_that_nothing_has_changed(
    verify: Verify, saved: Path, chart_cache: ChartCache
) -> None:
    result = verify(saved)

    metadata = build_chart_metadata(chart_cache, "share_by_window", selection=Selection(), theme=Theme())
    assert result.exit_code == EXIT_UNCHANGED
    for said in (
        metadata.title,
        metadata.snapshot_id,
        metadata.address,
        "whole: its seal fits",
        "Unchanged: every figure",
    ):
        assert said in result.output


@pytest.mark.parametrize(
    ("content", "words"), [(b"hello", "no SVG picture and no table"), (b"<svg/>", "no SVG picture")]
)
def test_what_cannot_be_read_is_refused_in_words(
    content: bytes, words: str, verify: Verify, tmp_path: Path
) -> None:
    path = tmp_path / "saved.svg"
    path.write_bytes(content)

    result = verify(path)
    assert result.exit_code == EXIT_UNREADABLE
    assert words in result.stderr
    assert str(path) in result.stderr
    assert words in json.loads(verify(path, "--json").stdout)["not_readable"]


def test_without_a_snapshot_there_is_nothing_to_compare_with(saved: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["verify", str(saved), "--snapshot", str(tmp_path)])

    assert result.exit_code == EXIT_UNREADABLE
    assert "footnoted build" in result.stderr


def test_the_last_line_says_that_changed_pixels_cannot_be_seen(verify: Verify, saved: Path) -> None:
    last = verify(saved).output.strip().splitlines()[-1]

    assert "Whether somebody has changed the picture cannot be told" in last


def test_figures_are_listed_where_they_are_asked_for(verify: Verify, saved: Path) -> None:
    line = "76%  Russia’s share of India’s arms imports, 2009–13 (SIPRI)"

    assert line in verify(saved, "--figures").output
    assert line not in verify(saved).output


def test_a_restated_value_is_shown_before_and_now(
    verify: Verify, saved: Path, restated: etl.Snapshot
) -> None:
    result = verify(saved, snapshot=restated)

    assert result.exit_code == EXIT_CHANGED
    assert "Russia’s share of India’s arms imports, 2009–13: 76% → 74%" in result.output
    assert find(verify_chart(read_saved_chart(saved), restated), f"{SHARE}.2019-03-31").outcome == "changed"


def test_a_value_that_is_no_longer_there_is_gone(saved: Path, restated: etl.Snapshot) -> None:
    found = find(verify_chart(read_saved_chart(saved), restated), f"{SHARE}.2014-03-31")

    assert (found.outcome, found.now) == ("gone", None)


def test_a_verdict_that_is_another_now_is_said(
    verify: Verify, chart_cache: ChartCache, restated: etl.Snapshot, tmp_path: Path
) -> None:
    path = tmp_path / "trade.svg"
    path.write_text(draw_sheet(chart_cache, "bilateral_trade", selection=Selection()), encoding="utf-8")

    found = find(verify_chart(read_saved_chart(path), restated), CLAIM)

    assert (found.outcome, found.shown.verdict) == ("same", "supported")
    assert found.is_judged_otherwise
    assert "Goods trade between India and Russia: supported → " in verify(path, snapshot=restated).output


def test_a_newer_edition_and_a_newer_period_are_found(
    verify: Verify, saved: Path, continued: etl.Snapshot
) -> None:
    verification = verify_chart(read_saved_chart(saved), continued)

    revised = find(verification, "arms_import_share.IND.RUS.window.2021-25.sipri_fact_sheets.2026-03-09")
    assert revised.outcome == "same"
    assert revised.is_revised
    assert revised.edition is not None
    assert (revised.edition.value_text, revised.edition.vintage) == ("39%", date(2027, 3, 8))
    assert [(later.period, later.value_text) for later in verification.periods] == [("2022–26", "35%")]
    result = verify(saved, snapshot=continued)
    assert result.exit_code == EXIT_CHANGED
    assert "2021–25: 40% → 39% (8 March 2027)" in result.output


def test_what_was_known_already_is_no_newer_edition(chart_cache: ChartCache) -> None:
    shown = save_chart(chart_cache, "share_by_window", Selection())

    verification = verify_chart(shown, chart_cache.snapshot)

    assert not any(value.edition for value in verification.values)


def test_a_picture_of_an_earlier_day_has_been_overtaken_by_what_came_out_since(
    chart_cache: ChartCache,
) -> None:
    day = date(2018, 12, 31)
    known = chart_cache.turn_back(day)
    shown = save_chart(known, "share_by_window", Selection(as_of=day))

    verification = verify_chart(shown, chart_cache.snapshot)

    found = find(verification, f"{SHARE}.2014-03-31")
    assert found.edition is not None
    assert (found.outcome, found.edition.value_text, found.is_revised) == ("same", "76%", True)
    assert "2021–25" in {later.period for later in verification.periods}


def test_a_tampered_record_is_said_to_be_and_counts_as_changed(
    verify: Verify, saved: Path, tmp_path: Path
) -> None:
    path = tmp_path / "tampered.svg"
    text = saved.read_text(encoding="utf-8")
    path.write_text(text.replace('"stated":"36%"', '"stated":"63%"'), encoding="utf-8")

    result = verify(path)

    assert path.read_text(encoding="utf-8") != text
    assert result.exit_code == EXIT_CHANGED
    assert "its seal does not fit, somebody has changed the record" in result.output


def test_an_older_snapshot_is_called_older(
    verify: Verify, saved: Path, continued: etl.Snapshot, tmp_path: Path
) -> None:
    path = tmp_path / "later.svg"
    path.write_text(
        draw_sheet(ChartCache(continued), "share_by_window", selection=Selection()), encoding="utf-8"
    )

    result = verify(path)

    assert "which is older than the file" in result.output
    assert "gone from the snapshot" in result.output


def test_programs_get_plain_values(verify: Verify, saved: Path, restated: etl.Snapshot) -> None:
    result = verify(saved, "--json", snapshot=restated)

    content = json.loads(result.stdout)
    (changed,) = (entry for entry in content["figures"] if entry["row_id"] == f"{SHARE}.2019-03-31")
    assert (changed["shown"], changed["now"], changed["outcome"]) == ("76%", "74%", "changed")
    assert content["unchanged"] is False
    assert content["compared_with"]["snapshot_id"] == restated.snapshot_id
    assert f"snapshot={content['shown']['snapshot_id']}" in content["shown"]["address"]


def test_a_value_that_differs_in_unseen_digits_is_shown_in_full(chart_cache: ChartCache) -> None:
    metadata = build_chart_metadata(chart_cache, "crude", selection=Selection(), theme=Theme())
    first = metadata.values[0]
    assert first.value is not None
    nearly = replace(first, value=first.value * 1.000001)
    shown = describe_metadata(seal_metadata(replace(metadata, values=(nearly, *metadata.values[1:]))))

    found = find(verify_chart(shown, chart_cache.snapshot), first.row_id)

    assert found.outcome == "changed"
    assert found.now == f"{first.value!r} (was {nearly.value!r})"


def test_a_status_that_is_another_now_counts_as_changed(chart_cache: ChartCache) -> None:
    metadata = build_chart_metadata(chart_cache, "share_by_window", selection=Selection(), theme=Theme())
    first = replace(metadata.values[0], status="P")
    shown = describe_metadata(seal_metadata(replace(metadata, values=(first, *metadata.values[1:]))))

    found = find(verify_chart(shown, chart_cache.snapshot), first.row_id)

    assert found.outcome == "changed"
    assert "status " in str(found.now)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_is_held_against_a_snapshot(
    kind: str, client: FlaskClient, verify: Verify, restated: etl.Snapshot, tmp_path: Path
) -> None:
    path = save_table(client, f"/download/share_by_window.{kind}", tmp_path)

    same, other = verify(path), verify(path, snapshot=restated)

    assert (same.exit_code, other.exit_code) == (EXIT_UNCHANGED, EXIT_CHANGED)
    assert "76% → 74%" in other.output
    assert "a table carries no seal" in other.output.splitlines()[-1]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_table_of_every_chart_is_unchanged_against_its_own_snapshot(
    kind: str, client: FlaskClient, chart_cache: ChartCache, tmp_path: Path
) -> None:
    for chart in chart_cache.list_charts():
        chart_id = chart.card.chart_id
        shown = read_saved_chart(save_table(client, f"/download/{chart_id}.{kind}", tmp_path))
        drawn = build_chart_metadata(chart_cache, chart_id, selection=Selection(), theme=Theme()).values
        assert [value.row_id for value in shown.values] == [value.row_id for value in drawn], chart_id
        assert verify_chart(shown, chart_cache.snapshot).is_unchanged, chart_id


def test_the_day_of_a_table_is_read_from_its_name(client: FlaskClient, tmp_path: Path) -> None:
    path = save_table(client, "/download/share_by_window.csv?as_of=2018-12-31", tmp_path)

    assert read_saved_chart(path).as_of == date(2018, 12, 31)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"row_id,value\nx,1\n", "a table without kind, title"),
        (b"PAR1 and nothing else", "a damaged table"),
        (b"row_id,value\nx,1,2,3\n", "a damaged table"),
    ],
)
def test_a_table_of_another_shape_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError, match=words):
        read_saved_chart(path)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("-03-31,", "-31-03,", "a value that is none"),
        ("{snapshot}", "another", "do not name one snapshot"),
    ],
)
def test_a_table_that_was_edited_by_hand_is_refused_where_it_makes_no_sense(
    before: str, after: str, words: str, client: FlaskClient, chart_cache: ChartCache, tmp_path: Path
) -> None:
    path = save_table(client, "/download/bilateral_trade.csv", tmp_path)
    text = path.read_text(encoding="utf-8")
    asked = before.replace("{snapshot}", chart_cache.snapshot.snapshot_id)
    path.write_text(text.replace(asked, after), encoding="utf-8")

    with pytest.raises(UnreadableFileError, match=words):
        read_saved_chart(path)
