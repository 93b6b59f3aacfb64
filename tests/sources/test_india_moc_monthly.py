"""Monthly files of India's Department of Commerce with both directions side by side."""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.errors import InputError
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import read_back

MILLION = 1_000_000
NAMES = ("RUSSIA", "CHINA P RP", "U S A", "U ARAB EMTS", "KOREA RP", "COTE D' IVOIRE")
ROWS = (
    ("2007-01-01", "AFGHANISTAN TIS", "0.48", "22.22"),
    ("2007-01-01", "ALBANIA", "", "0.34"),
    ("2007-01-01", "RUSSIA", "251.14", "79.05"),
    ("2007-02-01", "CHINA P RP", "1579.55", "702.3"),
    ("2007-02-01", "RUSSIA", "0.0", ""),
    ("2007-12-01", "U S A", "1044.67", "1905.01"),
)


def write_months(
    rows: tuple[tuple[str, ...], ...] = ROWS, *, header: str = "Date,Country,Import_Value,Export_Value"
) -> bytes:
    """A file in the publisher's layout."""
    lines = [header, *(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def write_sample() -> bytes:
    """A small monthly file."""
    return write_months()


def read_months(folder: Path, content: bytes) -> etl.Inspection:
    """A monthly file whose name says nothing."""
    path = folder / "download"
    path.write_bytes(content)
    return etl.inspect_file(path)


@pytest.mark.publisher_files
def test_the_real_file_sums_to_the_fiscal_years_that_were_published(publisher_files_folder: Path) -> None:
    path = publisher_files_folder / "india_moc" / "monthly_country" / "Year-Country-Value.csv"
    taken = etl.inspect_file(path)
    assert (taken.rows_read, taken.rows_rejected) == (34107, 0)
    russia = taken.rows.filter(counterpart_area="RUS")
    for first, millions in ((2017, 10686.86), (2018, 8229.90)):
        year = russia.filter(pl.col("period_start").is_between(date(first, 4, 1), date(first + 1, 3, 1)))
        assert year.height == 24
        assert year["obs_value"].sum() == pytest.approx(millions * MILLION, abs=1)


def test_imports_are_cif_and_exports_fob_in_single_dollars(tmp_path: Path) -> None:
    taken = read_months(tmp_path, write_sample())
    assert taken.source.layout == "india_moc_monthly"
    assert (taken.rows_read, taken.rows_rejected, taken.rows.height) == (6, 0, 10)
    russia = taken.rows.filter(counterpart_area="RUS", time_period="2007-01").sort("indicator")
    assert russia.select("indicator", "valuation", "obs_value").rows() == [
        ("exports", "FOB", 79_050_000),
        ("imports", "CIF", 251_140_000),
    ]


def test_an_empty_cell_is_no_value_and_a_zero_is_one(tmp_path: Path) -> None:
    february = read_months(tmp_path, write_sample()).rows.filter(
        counterpart_area="RUS", time_period="2007-02"
    )
    assert february.select("indicator", "obs_value").rows() == [("imports", 0.0)]


@pytest.mark.parametrize(
    "pattern", ["{month}/1/{year}", "1/{month}/{year}", "{month:02d}-01-{year}", "{year}-{month:02d}"]
)
def test_the_order_of_day_and_month_is_told_from_the_whole_file(tmp_path: Path, pattern: str) -> None:
    rows = tuple(
        (pattern.format(month=month, year=2019), "RUSSIA", f"{month}.5", "1.0") for month in range(1, 13)
    )
    found = read_months(tmp_path, write_months(rows)).rows.filter(indicator="imports").sort("period_start")
    assert found["time_period"].to_list() == [f"2019-{month:02d}" for month in range(1, 13)]
    assert found["obs_value"].to_list() == [(month + 0.5) * MILLION for month in range(1, 13)]


def test_last_days_of_months_are_months_too(tmp_path: Path) -> None:
    rows = tuple(
        (f"{calendar.monthrange(2019, m)[1]}/{m}/2019", "RUSSIA", "1.0", "1.0") for m in range(1, 13)
    )
    assert read_months(tmp_path, write_months(rows)).rows["time_period"].n_unique() == 12


def test_dates_of_which_some_are_day_first_and_some_month_first_are_refused(tmp_path: Path) -> None:
    rows = (("1/4/2019", "RUSSIA", "1.0", "1.0"), ("5/1/2019", "RUSSIA", "1.0", "1.0"))
    with pytest.raises(InputError, match="which part is the day"):
        read_months(tmp_path, write_months(rows))


def test_a_date_inside_a_month_is_quarantined_with_its_line(tmp_path: Path) -> None:
    (rejected,) = read_months(tmp_path, write_sample().replace(b"2007-12-01", b"2007-12-11")).rejected
    assert (rejected.line, rejected.reason) == (7, "not_a_month")


def test_an_unknown_country_is_quarantined_with_the_nearest(tmp_path: Path) -> None:
    (rejected,) = read_months(tmp_path, write_sample().replace(b"ALBANIA", b"ALBAMIA")).rejected
    assert rejected.reason == "unknown_area"
    assert "ALBANIA" in rejected.problem or "Albania" in rejected.problem


def test_thousands_may_be_separated(tmp_path: Path) -> None:
    rows = read_months(tmp_path, write_sample().replace(b"1579.55", b'"1,579.55"')).rows
    assert rows.filter(counterpart_area="CHN", indicator="imports")["obs_value"].to_list() == [1_579_550_000]


def test_a_decimal_comma_is_no_number(tmp_path: Path) -> None:
    content = write_sample().replace(b",", b";").replace(b"251.14", b"251,14")
    (rejected,) = read_months(tmp_path, content).rejected
    assert (rejected.value, rejected.reason) == ("251,14", "not_a_number")


def test_a_copy_saved_by_another_program_reads_the_same(tmp_path: Path) -> None:
    plain = read_months(tmp_path, write_sample()).rows
    lines = write_months(header="Country,Date,Import Value,Export Value").decode().splitlines()
    swapped = [lines[0]] + [
        ",".join(cells[place] for place in (1, 0, 2, 3)) for cells in (line.split(",") for line in lines[1:])
    ]
    copy = "\ufeff" + "\r\n".join(f"{line.replace(',', ';')};" for line in swapped)
    other = read_months(tmp_path, copy.encode()).rows
    columns = ["indicator", "counterpart_area", "time_period", "obs_value"]
    assert plain.select(columns).sort(columns).equals(other.select(columns).sort(columns))


def test_directions_in_another_order_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="exports stand before imports"):
        read_months(tmp_path, write_months(header="Date,Country,Export_Value,Import_Value"))


def test_a_column_too_many_is_refused(tmp_path: Path) -> None:
    content = write_months(
        header="Date,Country,Import_Value,Export_Value,Unit", rows=tuple((*row, "INR") for row in ROWS)
    )
    with pytest.raises(InputError, match="columns of another layout"):
        read_months(tmp_path, content)


CELL = st.none() | st.integers(0, 99_999_999).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")


@given(
    cells=st.dictionaries(
        st.tuples(st.sampled_from(NAMES), st.integers(1997, 2030), st.integers(1, 12)),
        st.tuples(CELL, CELL),
        min_size=1,
        max_size=20,
    ).filter(lambda found: any(pair != (None, None) for pair in found.values()))
)
def test_what_is_written_by_month_is_read_back_whole(
    cells: dict[tuple[str, int, int], tuple[str | None, str | None]],
) -> None:
    rows = tuple(
        (f"{year}-{month:02d}-01", name, bought or "", sold or "")
        for (name, year, month), (bought, sold) in cells.items()
    )
    taken = read_back(write_months(rows))
    expected = sorted(
        (flow, f"{year}-{month:02d}", round(float(text) * MILLION))
        for (_, year, month), pair in cells.items()
        for flow, text in zip(("imports", "exports"), pair, strict=True)
        if text is not None
    )
    found = sorted((row["indicator"], row["time_period"], round(row["obs_value"])) for row in taken.rows)
    assert found == expected
    assert taken.rows_read == len(cells)


def test_damaged_monthly_files_are_refused_or_read_right() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES


def test_a_comma_among_plain_numbers_is_not_taken_for_one_that_parts_thousands() -> None:
    rows = (*ROWS, ("2007-02-01", "KOREA RP", "585,848", "1.25"))
    assert read_back(write_months(rows)).reasons == [(8, "import_value", "text_among_numbers")]
    grouped = read_back(write_months((("2007-01-01", "RUSSIA", "1,903.06", "465,580"),)))
    assert grouped.rows[1]["obs_value"] == 465_580e6


def test_a_thousandfold_month_is_doubted_and_stays() -> None:
    rows = tuple((f"2011-{month:02d}-01", "RUSSIA", "251.14", "79.05") for month in range(1, 8))
    jumped = (*rows[:3], ("2011-04-01", "RUSSIA", "251140.00", "79.05"), *rows[4:])
    (doubted,) = [row for row in read_back(write_months(jumped)).rows if row["obs_status"] == "U"]
    assert doubted["obs_value"] == 251_140e6
    assert "about a thousand times off" in doubted["note"]
