"""Comtrade Plus with chosen columns, CSV and workbook: what is left out is found elsewhere, or asked."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from tests.sources.comtrade_files import AREA_OF_CODE, TradeLine, build_record
from tests.sources.sheet_cells import read_sheets
from tests.sources.workbooks import Cell, write_workbook

LINES = [
    TradeLine("X", "643", "2900456.25", commodity="710812", commodity_name="Gold, unwrought", period="2021"),
    TradeLine("X", "643", "3100.5", commodity="710812", commodity_name="Gold, unwrought", period="2022"),
    TradeLine("X", "384", "812", commodity="270900", commodity_name="Petroleum oils crude"),
    TradeLine("RX", "251", "1200", commodity="270900", commodity_name="Petroleum oils crude"),
]
INDICATORS = {"X": "exports", "RX": "re_exports"}
WHO = ("Code", "ISO", "Desc")
YEARS = {"frequency": "yearly"}


def write_chosen(columns: list[str], lines: list[TradeLine] = LINES, *, as_workbook: bool = False) -> bytes:
    """A download with these columns alone; a workbook keeps codes and years as numbers."""
    records = [[build_record(line)[name] for name in columns] for line in lines]
    if not as_workbook:
        stream = io.StringIO()
        csv.writer(stream).writerows([columns, *records])
        return stream.getvalue().encode("latin-1")
    numbered: list[list[Cell]] = [[_store(cell) for cell in record] for record in records]
    return write_workbook({"TradeData": [[*columns], *numbered]})


def _store(cell: object) -> Cell:
    if cell is None or isinstance(cell, float):
        return cell
    return int(str(cell)) if str(cell).isdigit() else str(cell)


def read_chosen(folder: Path, content: bytes, **stated: str) -> etl.Inspection:
    """The download, with what was said of it."""
    path = folder / "TradeData"
    path.write_bytes(content)
    return etl.inspect_file(path, stated=stated)


chosen = st.tuples(
    st.sampled_from(WHO[1:]).map(lambda kind: [f"reporter{kind}"]),
    st.sets(st.sampled_from(WHO), min_size=1).map(lambda kinds: [f"partner{kind}" for kind in sorted(kinds)]),
    st.sampled_from([["flowCode"], ["flowDesc"], ["flowCode", "flowDesc"]]),
    st.sampled_from([["period"], ["refYear", "refMonth"], ["refYear", "freqCode"], ["period", "refMonth"]]),
    st.sampled_from([["primaryValue"], ["fobvalue"], ["cifvalue", "fobvalue"], ["primaryValue", "fobvalue"]]),
    st.sampled_from([["cmdCode"], ["cmdCode", "cmdDesc"], ["cmdCode", "aggrLevel", "classificationCode"]]),
).flatmap(lambda groups: st.permutations([name for group in groups for name in group]))


@given(chosen, st.booleans())
def test_any_columns_that_say_enough_give_the_same_trade(
    tmp_path_factory: pytest.TempPathFactory, columns: list[str], as_workbook: bool
) -> None:
    folder = tmp_path_factory.mktemp("chosen")

    inspection = read_chosen(folder, write_chosen(columns, as_workbook=as_workbook))

    assert (inspection.source.layout, inspection.rejected) == ("un_comtrade_plus", ())
    names = (
        "indicator",
        "ref_area",
        "counterpart_area",
        "commodity",
        "time_period",
        "obs_value",
        "valuation",
    )
    assert set(inspection.rows.select(names).rows()) == {
        (
            INDICATORS[line.flow],
            "IND",
            AREA_OF_CODE[line.partner],
            line.commodity,
            line.period,
            float(line.value),
            "FOB",
        )
        for line in LINES
    }


def test_what_no_column_says_is_asked_all_at_once(tmp_path: Path) -> None:
    tea = [TradeLine("X", "643", "7", commodity="0902", commodity_name="Tea")]
    content = write_chosen(["refYear", "reporterISO", "partnerISO", "flowDesc", "cmdCode", "fobvalue"], tea)

    with pytest.raises(
        etl.InputError, match=r"classification and frequency.*--set classification=\.\.\. --set"
    ):
        read_chosen(tmp_path, content)
    (row,) = read_chosen(tmp_path, content, classification="HS", frequency="yearly").rows.to_dicts()

    assert (row["commodity"], row["time_period"], row["obs_value"]) == ("0902", "2022", 7)
    with pytest.raises(etl.InputError, match="no column of months"):
        read_chosen(tmp_path, content, classification="HS", frequency="monthly")
    with pytest.raises(etl.InputError, match="no classification"):
        read_chosen(tmp_path, content, classification="harmonised", frequency="yearly")


def test_a_year_is_a_month_where_the_month_is_printed(tmp_path: Path) -> None:
    lines = [TradeLine("X", "643", "7", period="202203"), TradeLine("X", "643", "9", period="202212")]
    columns = ["refYear", "refMonth", "reporterISO", "partnerISO", "flowCode", "cmdCode", "fobvalue"]
    content = write_chosen(columns, lines)

    rows = read_chosen(tmp_path, content).rows

    assert set(rows["time_period"]) == {"2022-03", "2022-12"}


@pytest.mark.parametrize("codes", [("02", "0902", "090240"), ("71", "7108", "710812")])
def test_a_workbook_gets_back_the_zeros_it_took_from_the_codes(
    tmp_path: Path, codes: tuple[str, ...]
) -> None:
    lines = [TradeLine("X", "643", "7", commodity=code, commodity_name="Goods") for code in codes]
    columns = ["period", "reporterISO", "partnerISO", "flowCode", "cmdCode", "cmdDesc", "fobvalue"]
    content = write_chosen(columns, lines, as_workbook=True)

    rows = read_chosen(tmp_path, content, classification="HS").rows

    assert set(rows["commodity"]) == set(codes)


def test_a_short_code_is_set_aside_where_other_codes_have_kept_their_zeros(tmp_path: Path) -> None:
    columns: list[Cell] = ["period", "reporterISO", "partnerISO", "flowCode", "cmdCode", "fobvalue"]
    rows: list[list[Cell]] = [[2022, "IND", "RUS", "X", code, 7] for code in ("02", "2")]

    inspection = read_chosen(tmp_path, write_workbook({"TradeData": [columns, *rows]}), classification="HS")

    assert [(entry.line, entry.reason) for entry in inspection.rejected] == [(3, "bad_commodity")]


def test_a_part_of_a_total_whose_code_was_left_out_is_refused(tmp_path: Path) -> None:
    columns = ["period", "reporterISO", "partnerISO", "flowCode", "cmdCode", "fobvalue", "motDesc"]
    lines = [*LINES, TradeLine("X", "643", "1", transport="1000")]

    assert read_chosen(tmp_path, write_chosen(columns)).rejected == ()
    with pytest.raises(etl.InputError, match="line 6 is a part of a total, and column motCode is not there"):
        read_chosen(tmp_path, write_chosen(columns, lines))


@pytest.mark.publisher_files
def test_every_cell_of_a_real_workbook_is_read(publisher_files_folder: Path) -> None:
    path = publisher_files_folder / "comtrade_new" / "TradeData_as_workbook.xlsx"

    inspection = etl.inspect_file(path, stated={"classification": "HS", "frequency": "yearly"})

    ((sheet, cells),) = read_sheets(path).items()
    lines = {int(place[1:]) for place in cells} - {1}
    printed = {
        f"sheet {sheet}, row {line}, column fobvalue": (
            cells[f"C{line}"],
            cells[f"A{line}"],
            f"{int(cells[f'I{line}']):02d}",
            float(cells[f"K{line}"]),
        )
        for line in lines
    }
    rows = {row["source_locator"]: row for row in inspection.rows.to_dicts()}
    names = ("ref_area", "time_period", "commodity", "obs_value")
    assert (inspection.rows_rejected, set(inspection.rows["indicator"])) == (0, {"exports"})
    assert {place: tuple(row[name] for name in names) for place, row in rows.items()} == printed
