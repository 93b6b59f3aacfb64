"""Files of Comtrade's old site, as downloaded and as other programs saved them: every number and flag."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from tests.sources.comtrade_files import AREA_OF_CODE, TradeLine, draw_lines, list_sample, write_web
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import read_back

EXPORT = TradeLine("X", "643", "2900456", classification="H5", period="2018")
INDICATORS = {"M": "imports", "X": "exports", "RX": "re_exports", "RM": "re_imports"}


def write_sample() -> bytes:
    """A file in the old site's layout."""
    return write_web([replace(line, classification="H5") for line in list_sample()])


@given(draw_lines(), st.booleans())
def test_every_row_comes_back_with_its_flag(lines: list[TradeLine], saved_by_r: bool) -> None:
    back = read_back(write_web(lines, saved_by_r=saved_by_r))
    assert (back.layout, back.rows_read, back.rejected) == ("un_comtrade_web", len(lines), ())
    found = {int(row["source_locator"].split(",")[0].removeprefix("line ")): row for row in back.rows}
    for number, line in enumerate(lines, start=2):
        row = found[number]
        assert row["indicator"] == INDICATORS[line.flow]
        assert row["counterpart_area"] == AREA_OF_CODE[line.partner]
        assert (row["commodity"], row["obs_value"]) == (line.commodity, float(Decimal(line.value)))
        assert f"flag {line.flag}" in row["note"]


def test_a_leading_zero_that_was_lost_is_restored_and_noted() -> None:
    (row,) = read_back(write_web([replace(EXPORT, commodity="0902")], saved_by_r=True)).rows
    assert row["commodity"] == "0902"
    assert "leading zero of the commodity restored" in row["note"]


def test_codes_of_other_classifications_carry_its_name() -> None:
    (row,) = read_back(write_web([replace(EXPORT, commodity="67911", classification="S4")])).rows
    assert row["commodity"] == "S4:67911"


def test_a_flag_speaks_of_quantity_and_weight_and_not_of_the_value() -> None:
    line = replace(EXPORT, commodity="090240", quantity="700", weight="700", flag="6")
    (row,) = read_back(write_web([line])).rows
    assert row["obs_status"] == "A"
    assert "quantity 700 Weight in kilograms (estimated); net weight 700 kg (estimated)" in row["note"]


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        (",643,", ",6430,", "Partner Code", "unknown_area"),
        (",RUS,", ",CHN,", "Partner ISO", "area_mismatch"),
        (",2,Export,", ",5,Export,", "Trade Flow Code", "unknown_flow"),
        (",2,Export,", ",1,Export,", "Trade Flow", "flow_mismatch"),
        ("H5,2018,2018,2018", "H5,2018,2017,2018", "Year", "period_mismatch"),
        (",2900456,", ",2 900 456,", "Trade Value (US$)", "not_a_number"),
        (",2900456,,,", ",2900456,,2900455,", "Trade Value (US$)", "value_mismatch"),
        (",TOTAL,", ",1,", "Commodity Code", "bad_commodity"),
        ("2900456,,,0", "2900456,,,3", "Flag", "unknown_flag"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_quarantined(old: str, new: str, column: str, reason: str) -> None:
    text = write_web([EXPORT]).decode()
    assert old in text
    other = write_web([replace(EXPORT, partner="156")]).decode().split("\r\n")[1]
    back = read_back(f"{text.replace(old, new)}{other}\r\n".encode())
    assert back.reasons == [(2, column, reason)]


@pytest.mark.parametrize(
    ("number", "name", "iso", "area"),
    [
        ("58", "Belgium-Luxembourg", "BEL", "XBL"),
        ("711", "So. African Customs Union", "ZAF", "XSC"),
        ("736", "Fmr Sudan", "SDN", "XFS"),
        ("280", "Fmr Fed. Rep. of Germany", "DEU", "XFG"),
    ],
)
def test_beside_a_former_state_the_code_of_a_successor_may_stand(
    number: str, name: str, iso: str, area: str
) -> None:
    text = write_web([EXPORT]).decode().replace(",643,Russian Federation,RUS,", f",{number},{name},{iso},")
    assert [row["counterpart_area"] for row in read_back(text.encode()).rows] == [area]
    other = text.replace(f",{name},", ",,")
    assert read_back(f"{other}{text.splitlines()[1]}\r\n".encode()).reasons == [
        (2, "Partner ISO", "area_mismatch")
    ]


def test_a_row_that_was_cut_short_is_quarantined() -> None:
    content = write_web([EXPORT, replace(EXPORT, partner="156")])
    assert read_back(content[:-12]).reasons == [(3, None, "wrong_field_count")]


def test_columns_in_another_order_are_refused() -> None:
    swapped = write_sample().replace(b"Netweight (kg),Gross weight (kg),Trade Value (US$)", b"@", 1)
    content = swapped.replace(b"@", b"Trade Value (US$),Gross weight (kg),Netweight (kg)", 1)
    with pytest.raises(etl.InputError, match="not in Comtrade's order"):
        read_back(content)


def test_empty_columns_at_line_ends_are_no_columns() -> None:
    content = write_sample().replace(b"\r\n", b",,\r\n")
    assert [row["obs_value"] for row in read_back(content).rows] == [
        row["obs_value"] for row in read_back(write_sample()).rows
    ]


def test_damaged_copies_give_the_right_numbers_or_a_refusal() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES


@pytest.mark.publisher_files
@pytest.mark.parametrize(
    ("name", "rows", "partner", "commodity", "period", "value"),
    [
        ("2015-2019 Total World Exports.csv", 718, "W00", "TOTAL", "2018", 884504496),
        ("IndChina Export 81-99.csv", 18, "CHN", "84", "2018", 827309805),
        ("IndChina Import 1-20.csv", 18, "CHN", "01", "2018", 156),
        ("India_iron_raw_export_2018.csv", 3992, "W00", "S4:27861", "2018", 52536408),
        ("India_iron_raw_import_2018.csv", 1633, "W00", "S4:27861", "2018", 10972),
    ],
)
def test_real_downloads_are_read_whole(  # one row of each, as a reader of the file finds it
    publisher_files_folder: Path, name: str, rows: int, partner: str, commodity: str, period: str, value: int
) -> None:
    inspection = etl.inspect_file(publisher_files_folder / "comtrade_old" / name)
    assert (inspection.rows_read, inspection.rows_rejected, len(inspection.rows)) == (rows, 0, rows)
    reporter = "AFG" if name.startswith("2015") else "IND"
    (row,) = inspection.rows.filter(
        ref_area=reporter, counterpart_area=partner, commodity=commodity, time_period=period
    ).to_dicts()
    assert row["obs_value"] == value
