"""Answers of Comtrade's interface: excerpts say that they are, errors and empty answers are refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.readers.comtrade import INDICATORS
from tests.sources.comtrade_files import AREA_OF_CODE, TradeLine, draw_lines, list_sample, write_answer
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import read_back

IMPORT = TradeLine("M", "643", "40100300.25")


def write_sample() -> bytes:
    """An answer in the interface's layout."""
    return write_answer(list_sample())


def change_record(content: bytes, **changes: Any) -> bytes:
    """The answer with fields of its last record changed."""
    answer = json.loads(content)
    answer["data"][-1] |= changes
    return json.dumps(answer).encode()


@given(draw_lines(kinds=("C", "S")), st.booleans())
def test_every_record_comes_back_with_its_flags(lines: list[TradeLine], described: bool) -> None:
    back = read_back(write_answer(lines, described=described))
    assert (back.layout, back.rows_read, back.rejected) == ("un_comtrade_api", len(lines), ())
    found = {row["source_locator"]: row for row in back.rows}
    for number, line in enumerate(lines, start=1):
        row = found[f"record {number}, field primaryValue"]
        assert row["indicator"] == INDICATORS[line.kind][line.flow]
        assert row["counterpart_area"] == AREA_OF_CODE[line.partner]
        assert row["obs_value"] == float(Decimal(line.value))
        assert row["commodity"].removeprefix(f"{line.classification}:") == line.commodity
        assert f"flag {line.flag}" in row["note"]


def test_numbers_are_taken_as_printed() -> None:
    content = write_answer([IMPORT]).replace(b"40100300.25", b"732000000000.125")
    assert read_back(content).rows[0]["obs_value"] == 732000000000.125


def test_an_excerpt_says_so_in_every_row() -> None:
    rows = read_back(write_answer([IMPORT], count=212)).rows
    assert "partial: 1 of 212 rows" in rows[0]["note"]


def test_a_full_answer_says_that_there_may_be_more() -> None:
    lines = [
        TradeLine("X", "643", "1", period=f"{year}{month:02d}")
        for year in range(1980, 2022)
        for month in range(1, 13)
    ]
    rows = read_back(write_answer(lines[:500])).rows
    assert all("500 rows, the most that one answer holds" in row["note"] for row in rows)


@pytest.mark.parametrize("wrapper", [{"url": "https://example.org", "status_code": 200}, {}])
def test_a_wrapped_answer_reads_the_same(wrapper: dict[str, Any]) -> None:
    answer = json.loads(write_sample())
    inside = json.dumps({**wrapper, "answer": answer}).encode()
    beside = json.dumps({**wrapper, **answer}).encode()
    bare = json.dumps(answer["data"]).encode()
    values = [[row["obs_value"] for row in read_back(content).rows] for content in (inside, beside, bare)]
    assert values == [[row["obs_value"] for row in read_back(write_sample()).rows]] * 3


@pytest.mark.parametrize(
    "content",
    [
        b'{"elapsedTime": "0.1 secs", "count": 0, "data": [], "error": "maxRecords out of range"}',
        b'{"statusCode": 429, "message": "maxRecords out of range"}',
        b'{"elapsedTime": "0", "count": 0, "data": null, "error": {"message": "maxRecords out of range"}}',
    ],
)
def test_an_error_is_refused_in_the_interface_s_own_words(content: bytes) -> None:
    with pytest.raises(etl.InputError, match="refused the question: maxRecords out of range"):
        read_back(content)


def test_an_empty_answer_is_refused() -> None:
    with pytest.raises(etl.InputError, match="an answer without records"):
        read_back(write_answer([]))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (write_answer([IMPORT])[:-40], "not complete JSON"),
        (write_answer([IMPORT]).replace(b"40100300.25", b"NaN"), "NaN is no number"),
        (write_answer([IMPORT]).replace(b'"fobvalue"', b'"cifvalue"'), "cifvalue stands twice"),
        (write_answer([IMPORT], count="many"), "the count of records is no number"),
        (write_answer([IMPORT], data={"error": "none"}), "no list of records"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(etl.InputError, match=problem):
        read_back(content)


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"primaryValue": 5}, "primaryValue", "value_mismatch"),
        ({"primaryValue": -5, "cifvalue": -5}, "primaryValue", "below_floor"),
        ({"partnerCode": None}, "partnerCode", "empty_cell"),
        ({"period": "2023"}, "refYear", "period_mismatch"),
        ({"legacyEstimationFlag": 9}, "legacyEstimationFlag", "unknown_flag"),
        ({"flowCode": "MIP", "flowDesc": None}, "flowCode", "unknown_flow"),
        ({"typeCode": "S"}, "classificationCode", "unknown_classification"),
    ],
)
def test_a_field_that_cannot_be_meant_is_quarantined(
    changes: dict[str, Any], column: str, reason: str
) -> None:
    lines = [TradeLine("M", "156", "8"), IMPORT]
    assert read_back(change_record(write_answer(lines), **changes)).reasons == [(2, column, reason)]


def test_a_value_that_is_null_is_missing_and_not_zero() -> None:
    content = change_record(write_answer([IMPORT]), primaryValue=None, cifvalue=None)
    assert [(row["obs_value"], row["obs_status"]) for row in read_back(content).rows] == [(None, "M")]


def test_damaged_copies_give_the_right_numbers_or_a_refusal() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES


@pytest.mark.publisher_files
@pytest.mark.parametrize(
    ("name", "rows", "note"),
    [
        ("horses_import_2022.json", 3, None),
        ("india_exports_2022_annual_EXCERPT.json", 2, None),
        ("india_imports_2022_annual_EXCERPT-3-of-212.json", 3, "partial: 3 of 212 rows"),
        ("tea_export_2023_partial.json", 15, "partial: 15 of 258 rows"),
    ],
)
def test_real_answers_are_read_whole(
    publisher_files_folder: Path, name: str, rows: int, note: str | None
) -> None:
    inspection = etl.inspect_file(publisher_files_folder / "comtrade_new" / name)
    assert (inspection.rows_read, inspection.rows_rejected, len(inspection.rows)) == (rows, 0, rows)
    assert all(("partial" in text) == bool(note) and (note or "") in text for text in inspection.rows["note"])


@pytest.mark.publisher_files
def test_the_excerpt_of_india_s_imports_has_its_golden_numbers(publisher_files_folder: Path) -> None:
    path = publisher_files_folder / "comtrade_new" / "india_imports_2022_annual_EXCERPT-3-of-212.json"
    values = {row["counterpart_area"]: row["obs_value"] for row in etl.inspect_file(path).rows.to_dicts()}
    assert values == {"W00": 732565993392.928, "RUS": 40628245249.867, "SAU": 46188427139.485}


@pytest.mark.publisher_files
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("empty.json", "an answer without records"),
        ("error_envelope.json", "Comtrade refused the question"),
        ("comtrade-partner-areas.csv", "a list of UN Comtrade's areas"),
    ],
)
def test_files_without_statistics_are_refused(publisher_files_folder: Path, name: str, problem: str) -> None:
    with pytest.raises(etl.InputError, match=problem):
        etl.inspect_file(publisher_files_folder / "comtrade_new" / name)
