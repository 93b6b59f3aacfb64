"""A short code alone finds its picture; what cannot be read is refused in words."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl
from dashboard.__main__ import command
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.picture_records.chart_sheet import draw_sheet, record_chart
from dashboard.verification import NOT_READABLE, UNCHANGED, find_picture
from tests.dashboard.picture_files import write_png
from tests.dashboard.verifying import run_verify


@pytest.fixture(scope="module")
def chart_cache(built_snapshot: etl.Snapshot) -> ChartCache:
    return ChartCache(built_snapshot)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "neither a PNG nor an SVG"),
        (write_png(), "carries no record"),
        (write_png()[:40], "ends too early"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    content: bytes, words: str, built_snapshot: etl.Snapshot, tmp_path: Path
) -> None:
    path = tmp_path / "saved.png"
    path.write_bytes(content)

    result = run_verify(path, snapshot=built_snapshot)
    assert result.exit_code == NOT_READABLE
    assert words in result.stderr
    assert str(path) in result.stderr
    assert words in json.loads(run_verify(path, "--json", snapshot=built_snapshot).stdout)["not_readable"]


def test_without_a_snapshot_there_is_nothing_to_compare_with(chart_cache: ChartCache, tmp_path: Path) -> None:
    saved = tmp_path / "crude.svg"
    saved.write_text(draw_sheet(chart_cache, "crude", selection=Selection()), encoding="utf-8")

    result = CliRunner().invoke(command, ["verify", str(saved), "--snapshot", str(tmp_path)])

    assert result.exit_code == NOT_READABLE
    assert "python -m etl build" in result.stderr


def test_a_code_alone_finds_its_picture(chart_cache: ChartCache) -> None:
    chosen = Selection(vintage=date(2022, 4, 22))
    for selection in (Selection(), chosen):
        record = record_chart(chart_cache, "arms_by_supplier", selection=selection)
        result = run_verify(record.code.lower(), snapshot=chart_cache.snapshot)
        assert result.exit_code == UNCHANGED
        assert record.title in result.output
        assert find_picture(record.code, chart_cache).values == record.values


@pytest.mark.parametrize(
    ("code", "words"), [("FN-00000000", "no chart of snapshot"), ("FN-00000001", "mistyped")]
)
def test_a_code_that_no_chart_has_is_refused(code: str, words: str, built_snapshot: etl.Snapshot) -> None:
    result = run_verify(code, snapshot=built_snapshot)

    assert result.exit_code == NOT_READABLE
    assert words in result.stderr
