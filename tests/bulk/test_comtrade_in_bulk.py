"""UN Comtrade in bulk: breakdowns, months and flags come back; what is no trade record is set aside."""

from __future__ import annotations

from pathlib import Path

import pytest

import etl
from tests.bulk.bulk_files import convert, read_flows, read_quarantine, write_comtrade

ROW = {
    "refYear": "2022",
    "period": "2022",
    "reporterCode": "699",
    "flowCode": "M",
    "partnerCode": "643",
    "cmdCode": "270900",
    "primaryValue": "40628245249.867",
    "cifvalue": "40628245249.867",
    "netWgt": "51230000.5",
    "isNetWgtEstimated": "True",
    "legacyEstimationFlag": "4",
}


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_record_comes_back_with_its_flags(delimiter: str, tmp_path: Path) -> None:
    (flow,) = read_flows(convert(write_comtrade(tmp_path, [ROW], delimiter=delimiter))).to_dicts()
    assert (flow["reporter"], flow["partner"], flow["flow"], flow["commodity"]) == (
        "IND",
        "RUS",
        "M",
        "270900",
    )
    assert (flow["value_usd"], flow["cif_usd"], flow["fob_usd"]) == (40628245249.867, 40628245249.867, None)
    assert (flow["estimation_flag"], flow["net_weight_is_estimated"], flow["line"]) == ("4", "True", 2)


def test_breakdowns_and_months_are_flows_of_their_own(tmp_path: Path) -> None:
    months = [{**ROW, "period": f"2022{month:02d}"} for month in (4, 5)]
    transports = [{**ROW, "motCode": code} for code in ("0", "2100")]
    report = convert(write_comtrade(tmp_path, [*transports, *months]))
    flows = read_flows(report)
    assert flows["month"].to_list() == [None, None, 4, 5]
    assert flows["transport_code"].to_list() == ["0", "2100", "0", "0"]


def test_the_world_is_a_partner(tmp_path: Path) -> None:
    flows = read_flows(convert(write_comtrade(tmp_path, [{**ROW, "partnerCode": "0", "cmdCode": "TOTAL"}])))
    assert flows.row(0, named=True)["partner"] == "W00"


def test_the_old_names_are_read(tmp_path: Path) -> None:
    header = (
        "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,"
        "Reporter Code,Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,Commodity Code,Commodity,"
        "Qty Unit Code,Qty Unit,Qty,Netweight (kg),Trade Value (US$),Flag"
    )
    line = (
        "H5,2019,2019,2019,6,1,2,Export,699,India,IND,643,Russian Federation,RUS,"
        '090240,"Tea, black",8,kg,,5,7,0'
    )
    path = tmp_path / "old.csv"
    path.write_text(f"{header}\n{line}\n")
    (flow,) = read_flows(convert(path)).to_dicts()
    assert (flow["flow"], flow["commodity"], flow["value_usd"], flow["classification"]) == (
        "X",
        "090240",
        7,
        "H5",
    )


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"period": "1066"}, "period", "bad_year"),
        ({"period": "202213"}, "period", "bad_year"),
        ({"reporterCode": "13"}, "reportercode", "unknown_area"),
        ({"partnerCode": "x"}, "partnercode", "unknown_area"),
        ({"flowCode": "Z"}, "flowcode", "unknown_flow"),
        ({"cmdCode": "12345"}, "cmdcode", "not_hs"),
        ({"primaryValue": ""}, "primaryvalue", "empty_cell"),
        ({"primaryValue": "-1"}, "primaryvalue", "negative"),
        ({"primaryValue": "1,5"}, "primaryvalue", "not_a_number"),
        ({"netWgt": "inf"}, "netwgt", "not_finite"),
        ({"isNetWgtEstimated": "True;"}, "isnetwgtestimated", "unknown_flag"),
    ],
)
def test_a_bad_record_is_quarantined(
    change: dict[str, str], column: str, reason: str, tmp_path: Path
) -> None:
    report = convert(write_comtrade(tmp_path, [{**ROW, **change}, ROW]))
    (entry,) = read_quarantine(report).to_dicts()
    assert (entry["line"], entry["column"], entry["reason"]) == (2, column, reason)


def test_records_that_contradict_each_other_are_set_aside(tmp_path: Path) -> None:
    report = convert(write_comtrade(tmp_path, [ROW, {**ROW, "primaryValue": "1"}, {**ROW, "flowCode": "X"}]))
    assert report.quarantined == {"duplicate_key": 2}


def test_the_old_names_are_read_as_r_writes_them(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    header = "Classification,Period,Trade.Flow.Code,Reporter.Code,Partner.Code,Commodity.Code,Netweight..kg."
    path.write_text(f"{header},Trade.Value..US..,Flag\nH5,2019,2,699,643,090240,5,7,4\n")
    (flow,) = read_flows(convert(path)).to_dicts()
    assert (flow["flow"], flow["value_usd"], flow["net_weight_kg"], flow["estimation_flag"]) == (
        "X",
        7,
        5,
        "4",
    )


def test_na_is_an_empty_cell(tmp_path: Path) -> None:
    empty = {"partner2Code": "NA", "netWgt": "NULL", "isNetWgtEstimated": "NA", "motCode": "NA"}
    (flow,) = read_flows(convert(write_comtrade(tmp_path, [{**ROW, **empty}]))).to_dicts()
    assert [
        flow[name]
        for name in ("second_partner_code", "net_weight_kg", "net_weight_is_estimated", "transport_code")
    ] == [None] * 4


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("isNetWgtEstimated", "isNetWgtEstimate", "column isnetwgtestimate: no column of this layout"),
        ("motCode", "modCode", "of which motcode are missing"),
        ("cifvalue,fobvalue", "fobvalue,cifvalue", "cifvalue: the column stands behind fobvalue"),
        ("refYear,refMonth,period", "period,refMonth,refYear", "refyear: the column stands behind"),
    ],
)
def test_a_header_that_may_mislead_is_refused(old: str, new: str, reason: str, tmp_path: Path) -> None:
    path = write_comtrade(tmp_path, [ROW])
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(etl.InputError, match=reason):
        convert(path)


def test_a_column_of_ones_own_beside_a_whole_header_is_left_out(tmp_path: Path) -> None:
    path = write_comtrade(tmp_path, [ROW])
    header, line = path.read_text().splitlines()
    path.write_text(f"{header},myRemark\n{line},checked\n")
    assert convert(path).rows_accepted == 1
