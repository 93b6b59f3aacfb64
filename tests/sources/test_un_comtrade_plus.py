"""Comtrade Plus files, made up and real: every row comes back, and nothing that does not add up passes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

import etl
from etl.readers.comtrade import INDICATORS
from tests.sources.comtrade_files import AREA_OF_CODE, TradeLine, draw_lines, list_sample, write_plus
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import read_back

IMPORT = TradeLine("M", "643", "40100300.25")


def write_sample() -> bytes:
    """A file of goods in the publisher's layout."""
    return write_plus(list_sample())


def edit_cell(content: bytes, old: str, new: str) -> bytes:
    """The file with one text replaced in its last line."""
    head, _, last = content.decode("latin-1").rstrip("\r\n").rpartition("\r\n")
    assert old in last
    return f"{head}\r\n{last.replace(old, new, 1)}\r\n".encode("latin-1")


@given(draw_lines(kinds=("C", "S")))
def test_every_record_comes_back_with_its_flags(lines: list[TradeLine]) -> None:
    back = read_back(write_plus(lines))
    assert (back.layout, back.rows_read, back.rejected) == ("un_comtrade_plus", len(lines), ())
    found = {int(row["source_locator"].split(",")[0].removeprefix("line ")): row for row in back.rows}
    for number, line in enumerate(lines, start=2):
        row = found[number]
        assert row["indicator"] == INDICATORS[line.kind][line.flow]
        assert (row["ref_area"], row["counterpart_area"]) == ("IND", AREA_OF_CODE[line.partner])
        assert row["obs_value"] == float(Decimal(line.value))
        assert row["time_period"] == "-".join(part for part in (line.period[:4], line.period[4:]) if part)
        prefix = f"{line.classification}:" if line.kind == "S" else ""
        assert row["commodity"] == prefix + line.commodity
        assert f"flag {line.flag}" in row["note"]
        assert ("reported" in row["note"], "aggregated" in row["note"]) == (line.reported, not line.reported)
        assert (f"net weight {line.weight} kg" in row["note"]) == (line.weight != "0")


def test_imports_are_valued_cif_and_exports_fob() -> None:
    rows = read_back(write_sample()).rows
    valued = {(row["indicator"], row["valuation"]) for row in rows}
    assert valued == {("imports", "CIF"), ("exports", "FOB"), ("re_exports", "FOB"), ("re_imports", "CIF")}


def test_an_import_with_a_fob_value_alone_is_valued_fob() -> None:
    content = edit_cell(write_plus([IMPORT]), '"40100300.25",,', ',"40100300.25",')
    assert [row["valuation"] for row in read_back(content).rows] == ["FOB"]


def test_exports_with_a_cif_value_alone_stop_the_file() -> None:
    content = edit_cell(write_plus([TradeLine("X", "643", "7000")]), ',"7000",', '"7000",,')
    with pytest.raises(etl.ExpectationError, match="exports with a CIF value and no FOB value"):
        read_back(content)


def test_a_value_that_is_not_its_cif_form_is_quarantined() -> None:
    content = edit_cell(write_plus([IMPORT, replace(IMPORT, partner="156")]), '25","0"', '26","0"')
    assert read_back(content).reasons == [(3, "primaryValue", "value_mismatch")]


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        ('"643"', '"9999"', "partnerCode", "unknown_area"),
        ('"RUS"', '"CHN"', "partnerISO", "area_mismatch"),
        ('"Russian Federation"', '"China"', "partnerDesc", "area_mismatch"),
        ('"M","Import"', '"DX","Domestic Export"', "flowCode", "unknown_flow"),
        ('"M","Import"', '"M","Export"', "flowDesc", "flow_mismatch"),
        ('"52"', '"3"', "refMonth", "period_mismatch"),
        ('"TOTAL"', '"10121"', "cmdCode", "bad_commodity"),
        ('"H6"', '"ISIC4"', "classificationCode", "unknown_classification"),
        ('"C00"', '"TOTAL CPC"', "customsCode", "unknown_breakdown"),
        ('"0","TOTAL MOT"', '"7000","TOTAL MOT"', "motCode", "unknown_breakdown"),
        ('"true","false",', '"true","perhaps",', "isAggregate", "not_true_or_false"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_quarantined(old: str, new: str, column: str, reason: str) -> None:
    content = edit_cell(write_plus([replace(IMPORT, partner="156"), IMPORT]), old, new)
    assert read_back(content).reasons == [(3, column, reason)]


def test_parts_of_a_total_are_series_of_their_own() -> None:
    lines = [
        IMPORT,
        replace(IMPORT, customs="C01"),
        replace(IMPORT, transport="1000"),
        replace(IMPORT, second_partner="792"),
    ]
    rows = read_back(write_plus(lines)).rows
    assert sorted(row["commodity"] for row in rows) == [
        "TOTAL",
        "TOTAL/CPC:C01",
        "TOTAL/MOT:1000",
        "TOTAL/P2:TUR",
    ]


def test_partners_that_exceed_the_world_stop_the_file() -> None:
    with pytest.raises(etl.ExpectationError, match="its trade with the world is 100"):
        read_back(write_plus([replace(IMPORT, partner="0", value="100"), IMPORT]))


def test_spoilt_letters_are_refused() -> None:
    content = write_sample().decode("latin-1").encode().decode("latin-1").encode()
    with pytest.raises(etl.InputError, match="letters spoilt"):
        read_back(content)


def test_numbers_that_a_spreadsheet_shortened_are_quarantined() -> None:
    content = edit_cell(
        write_plus([replace(IMPORT, partner="156"), IMPORT]), '"40100300.25",,', '"4.01E+07",,'
    )
    assert read_back(content).reasons == [(3, "cifvalue", "digits_lost")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_copy_saved_by_a_spreadsheet_reads_the_same(separator: str) -> None:
    text = write_sample().decode("latin-1").replace('"', "")
    copy = "\ufeff" + text.replace(",", separator)
    assert [row["obs_value"] for row in read_back(copy.encode()).rows] == [
        row["obs_value"] for row in read_back(write_sample()).rows
    ]


def test_damaged_copies_give_the_right_numbers_or_a_refusal() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES


@pytest.mark.publisher_files
@pytest.mark.parametrize(
    ("name", "rows", "indicator", "area", "value"),
    [
        ("TradeData.csv", 1352, "imports", "CHN", 2715997517261.0),
        ("TradeData_Services.csv", 120, "services_imports", "DEU", 462002972391.27),
    ],
)
def test_real_downloads_are_read_whole(
    publisher_files_folder: Path, name: str, rows: int, indicator: str, area: str, value: float
) -> None:
    inspection = etl.inspect_file(publisher_files_folder / "comtrade_new" / name)
    assert (inspection.rows_read, inspection.rows_rejected, len(inspection.rows)) == (rows, 0, rows)
    (row,) = inspection.rows.filter(indicator=indicator, ref_area=area, counterpart_area="W00").to_dicts()
    assert row["obs_value"] == value
