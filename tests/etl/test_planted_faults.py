"""Bad rows and files: each is named with file, line, value and remedy, and nothing else is lost."""

from __future__ import annotations

import pytest

import etl
from tests.etl.workbench import Workbench

TIV = ("sipri_tiv", "2026-02-12")
SHARES = ("sipri_fact_sheets", "2026-03-09")
DEALS = ("sipri_deals", "*")
FISCAL = ("india_moc_fiscal_years", "*")
MONTHS = ("india_moc_months", "*")
CALENDAR = ("un_comtrade", "*")
CRUDE = ("india_moc_crude", "*")
TARGETS = ("trade_targets", "*")

DEAL_ROW = "2025-03-13,India,Russia,{year},,{number},,Testing,tank,0,,,New,{tiv},4,0"
FISCAL_ROW = "{year},{start},{end},1,2,{total},0.01,{status},Department,Outlet,2026-01-02,"
# source, planted row, column at fault, reason
PLANTED_ROWS = [
    (TIV, "2026-02-12,register,Atlantis,2001,5.0", "supplier", "unknown_area"),
    (TIV, "2026-02-12,register,Russia,2001,-5.0", "tiv_millions", "below_floor"),
    (TIV, "2026-02-12,register,Russia,2001,five", "tiv_millions", "not_a_number"),
    (TIV, "2026-02-12,register,Russia,2001,NaN", "tiv_millions", "not_a_number"),
    (TIV, "2026-02-12,register,Russia,2001,inf", "tiv_millions", "not_a_number"),
    (TIV, "2026-02-12,register,Russia,20011,5.0", "delivery_year", "not_a_year"),
    (TIV, "2025-01-03,register,Russia,2001,5.0", "vintage", "wrong_vintage"),
    (TIV, "2026-02-12,register,Russia,2001", None, "wrong_field_count"),
    (SHARES, "2026-03,India,Atlantis,2021,2025,1,Outlet,2026-03-11,", "supplier", "unknown_area"),
    (SHARES, "2026-03,India,Italy,2021,2025,-1,Outlet,2026-03-11,", "share_percent", "below_floor"),
    (SHARES, "2026-03,India,Italy,2021,2025,101,Outlet,2026-03-11,", "share_percent", "above_ceiling"),
    (SHARES, "2026-03,India,Italy,2021,2026,1,Outlet,2026-03-11,", "window_end", "not_a_window"),
    (SHARES, "2026-03,India,Italy,2025,2021,1,Outlet,2026-03-11,", "window_end", "not_a_window"),
    (SHARES, "2026-03,India,Italy,2021,2025,about 1,Outlet,2026-03-11,", "share_percent", "not_a_number"),
    (SHARES, "2026-03,India,Italy,2021,2025,1,Outlet,last week,", "reported_on", "not_a_date"),
    (SHARES, "2026-03,India,Italy,2021,2025,Infinity,Outlet,2026-03-11,", "share_percent", "not_a_number"),
    (DEALS, DEAL_ROW.format(year=2001, number=-4, tiv=1), "number_ordered", "below_floor"),
    (DEALS, DEAL_ROW.format(year=2001, number="many", tiv=1), "number_ordered", "not_a_number"),
    (DEALS, DEAL_ROW.format(year=2001, number=4.5, tiv=1), "number_ordered", "not_whole"),
    (DEALS, DEAL_ROW.format(year=2001, number=4, tiv="NaN"), "tiv_per_unit", "not_a_number"),
    (DEALS, DEAL_ROW.format(year=201, number=4, tiv=1), "order_year", "not_a_year"),
    (
        DEALS,
        DEAL_ROW.format(year=2001, number=4, tiv=1).replace("tank", "1944"),
        "description",
        "not_a_description",
    ),
    (
        DEALS,
        DEAL_ROW.format(year=2001, number=5, tiv=1),
        "tiv_order",
        "does_not_multiply",
    ),
    (
        DEALS,
        DEAL_ROW.format(year=2001, number=4, tiv=1).replace("India", "Indias"),
        "recipient",
        "unknown_area",
    ),
    (
        FISCAL,
        FISCAL_ROW.format(year="2005-06", start="2005-04-01", end="2005-03-31", total=3, status="A"),
        "period_end",
        "bad_period",
    ),
    (
        FISCAL,
        FISCAL_ROW.format(year="2005-07", start="2005-04-01", end="2006-03-31", total=3, status="A"),
        "period_end",
        "bad_period",
    ),
    (
        FISCAL,
        FISCAL_ROW.format(year="2005-06", start="2005-04-01", end="2006-03-31", total=-3, status="A"),
        "total_usd_millions",
        "below_floor",
    ),
    (
        FISCAL,
        FISCAL_ROW.format(year="2005-06", start="2005-04-01", end="2006-03-31", total=3, status="X"),
        "obs_status",
        "unknown_status",
    ),
    (
        FISCAL,
        FISCAL_ROW.format(year="2005-06", start="1 April", end="2006-03-31", total=3, status="A"),
        "period_start",
        "not_a_date",
    ),
    (MONTHS, "2020-13,1.0,1.0", "month", "not_a_month"),
    (MONTHS, "2020-02,-1.0,1.0", "india_imports_usd_millions", "below_floor"),
    (MONTHS, "2020-02,1.0,n/a", "india_exports_usd_millions", "not_a_number"),
    (MONTHS, "2020-02,1.0,nan", "india_exports_usd_millions", "not_a_number"),
    (CALENDAR, "2021,Atlantis,import,Russia,CIF,1,UN Comtrade,", "reporter", "unknown_area"),
    (CALENDAR, "2021,India,barter,Russia,CIF,1,UN Comtrade,", "flow", "unknown_flow"),
    (CALENDAR, "2021,India,import,Russia,DDP,1,UN Comtrade,", "valuation", "unknown_valuation"),
    (CALENDAR, "2021,India,import,Russia,CIF,-1,UN Comtrade,", "value_usd_millions", "below_floor"),
    (CALENDAR, "2021,India,import,Russia,CIF,1e999,UN Comtrade,", "value_usd_millions", "not_a_number"),
    (CRUDE, "2023-24,2023-04-01,2023-03-01,2709,1,,A,Bank", "period_end", "bad_period"),
    (CRUDE, "2023-24,2023-04-01,2024-03-31,2709,-1,,A,Bank", "value_usd_millions", "below_floor"),
    (CRUDE, "2023-24,2023-04-01,2024-03-31,2709,lots,,A,Bank", "value_usd_millions", "not_a_number"),
    (TARGETS, "IND-ATL,1,2031,2024-07,Outlet,", "importer_exporter_pair", "unknown_area"),
    (TARGETS, "IND-RUS,-1,2031,2024-07,Outlet,", "target_usd_millions", "below_floor"),
    (TARGETS, "IND-RUS,1,2031,soon,Outlet,", "set_on", "not_a_date"),
]


def test_every_bad_row_is_quarantined_with_its_place_and_value_and_nothing_else_is_lost(
    workbench: Workbench, built_snapshot: etl.Snapshot
) -> None:
    planted = {}
    for source, row, column, reason in PLANTED_ROWS:
        path = workbench.find_file(*source)
        file = path.relative_to(workbench.datasets).as_posix()
        planted[file, workbench.append_line(path, row)] = (row, column, reason)

    snapshot = workbench.build()

    entries = snapshot.quarantine().collect().to_dicts()
    found = {(entry["file"], entry["line"]): (entry["column"], entry["reason"]) for entry in entries}
    assert found == {place: (column, reason) for place, (_, column, reason) in planted.items()}
    assert len(entries) == len(planted)
    for entry in entries:
        row, column, _ = planted[entry["file"], entry["line"]]
        assert entry["remedy"], row
        assert column is None or entry["value"] in row
    read = built_snapshot.observations(derivation=None).collect().height
    assert snapshot.observations(derivation=None).collect().height == read
    assert snapshot.table("deals").height == built_snapshot.table("deals").height


def test_the_same_row_twice_keeps_the_first_and_names_the_second(workbench: Workbench) -> None:
    path = workbench.find_file(*SHARES)
    line = workbench.append_line(path, path.read_text(encoding="utf-8").split("\n")[1])

    snapshot = workbench.build()

    (entry,) = snapshot.quarantine().collect().to_dicts()
    assert (entry["line"], entry["reason"]) == (line, "duplicate_key")


def test_two_values_for_one_series_and_period_are_both_set_aside(workbench: Workbench) -> None:
    path = workbench.find_file(*SHARES)
    first = path.read_text(encoding="utf-8").split("\n")[1]
    cells = first.split(",")
    cells[5] = "71"
    line = workbench.append_line(path, ",".join(cells))

    snapshot = workbench.build()

    assert sorted(snapshot.quarantine().collect()["line"]) == [2, line]


def test_a_wrong_encoding_stops_the_build_and_names_the_line(workbench: Workbench) -> None:
    path = workbench.find_file(*SHARES)
    rows = path.read_bytes().split(b"\n")
    rows[2] = rows[2].replace(b"India", b"Ind\xedia", 1)
    workbench.write_bytes(path, b"\n".join(rows))

    with pytest.raises(
        etl.InputError, match=r"published_shares\.csv, line 3: not UTF-8.*Save the file as UTF-8"
    ):
        workbench.build()


def test_a_file_cut_in_the_middle_of_its_rows_stops_the_build(workbench: Workbench) -> None:
    path = workbench.find_file(*TIV)
    lines = path.read_bytes().split(b"\n")
    workbench.write_bytes(path, b"\n".join(lines[: len(lines) // 3]))

    with pytest.raises(
        etl.ExpectationError, match=r"tiv_to_india_by_supplier\.csv: expected .* found .* Restore the file"
    ):
        workbench.build()


def test_a_file_cut_inside_a_quoted_cell_stops_the_build_and_names_the_line(workbench: Workbench) -> None:
    path = workbench.find_file(*TIV)
    content = path.read_bytes()
    workbench.write_bytes(path, content[: content.index(b',"', len(content) // 2) + 2])

    with pytest.raises(etl.InputError, match=r"line \d+: broken quoting"):
        workbench.build()


def test_an_empty_file_stops_the_build(workbench: Workbench) -> None:
    path = workbench.find_file(*MONTHS)
    workbench.write_bytes(path, b"")

    with pytest.raises(etl.UnrecognisedFileError, match=r"trade_by_month\.csv"):
        workbench.build()


def test_suppliers_that_do_not_add_up_to_the_total_stop_the_build_with_the_year(workbench: Workbench) -> None:
    path = workbench.find_file(*TIV)
    lines = path.read_text(encoding="utf-8").split("\n")
    number = next(index for index, line in enumerate(lines, start=1) if ",Russia,2010," in line)
    workbench.replace_line(path, line=number, text="2026-02-12,register,Russia,2010,1")

    with pytest.raises(etl.ExpectationError, match="suppliers of 2010 add up to"):
        workbench.build()


def test_a_file_changed_after_it_was_sealed_stops_the_build_and_names_its_bad_rows(
    workbench: Workbench,
) -> None:
    path = workbench.find_file(*TIV)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("2026-02-12,register,Atlantis,2001,5.0\n")
    line = path.read_text(encoding="utf-8").count("\n")

    with pytest.raises(
        etl.InputError, match=rf"(?s)line {line}, column supplier: .*Atlantis.*footnoted seal"
    ):
        workbench.build()


def test_a_stopped_build_leaves_the_last_good_snapshot(workbench: Workbench) -> None:
    good = workbench.build()
    workbench.write_bytes(workbench.find_file(*MONTHS), b"month\n")

    with pytest.raises(etl.FootnotedError):
        workbench.build()

    assert etl.open_snapshot(workbench.out).snapshot_id == good.snapshot_id


def test_a_row_set_aside_keeps_its_vintage_out_of_recomputed_shares(workbench: Workbench) -> None:
    workbench.append_line(workbench.find_file(*TIV), "2026-02-12,register,Atlantis,2001,5.0")

    snapshot = workbench.build()

    shares = snapshot.observations(indicator="arms_import_share", source_id="sipri_tiv").collect()
    assert {str(vintage) for vintage in shares["vintage"].unique()} == {"2022-04-22", "2025-01-03"}
    assert "nothing is derived from this file" in snapshot.manifest["findings"][0]


def test_a_missing_sidecar_stops_the_build(workbench: Workbench) -> None:
    path = workbench.find_file(*MONTHS)
    path.with_name(path.name + ".toml").unlink()

    with pytest.raises(etl.InputError, match=r"trade_by_month\.csv: no sidecar"):
        workbench.build()


def test_a_sidecar_without_its_file_stops_the_build(workbench: Workbench) -> None:
    workbench.find_file(*MONTHS).unlink()

    with pytest.raises(etl.InputError, match="a sidecar without its file"):
        workbench.build()


def test_a_file_that_no_source_recognises_stops_the_build(workbench: Workbench) -> None:
    workbench.write_bytes(workbench.find_file(*TARGETS), b"pair,dollars\nIND-RUS,1\n")

    with pytest.raises(etl.UnrecognisedFileError, match="no layout that is read here"):
        workbench.build()
