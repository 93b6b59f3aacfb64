"""Pages of India's export and import data bank, read with every number in its place or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.errors import ExpectationError, InputError
from tests.sources.eidb_pages import Amounts, Page, write_new_page, write_old_page
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import read_back

MILLION = 1_000_000
CHAPTERS: tuple[tuple[tuple[str, ...], Amounts], ...] = tuple(
    ((code, name), (first and Decimal(first), second and Decimal(second)))
    for code, name, first, second in (
        ("02", "MEAT AND EDIBLE MEAT OFFAL.", Decimal("11.44"), Decimal("12.60")),
        ("09", "COFFEE, TEA, MATE AND SPICES.", Decimal("141.07"), Decimal("139.92")),
        ("22", "BEVERAGES, SPIRITS AND VINEGAR.", None, Decimal("0.03")),
        ("27", "MINERAL FUELS AND OILS.", Decimal("1903.06"), Decimal("1377.15")),
        ("30", "PHARMACEUTICAL PRODUCTS", Decimal("467.26"), Decimal("486.08")),
        ("43", "FURSKINS AND ARTIFICIAL FUR.", Decimal("0.00"), Decimal("0.01")),
        ("84", "NUCLEAR REACTORS, BOILERS.", Decimal("222.38"), Decimal("306.46")),
        ("97", "WORKS OF ART AND ANTIQUES.", Decimal("0.19"), None),
    )
)
CHINA = Page(CHAPTERS)
SUPPLIERS = Page(
    tuple(
        ((name,), amounts)
        for name, amounts in (
            ("IRAQ", (Decimal("17615.21"), Decimal("22372.49"))),
            ("RUSSIA", (Decimal("1169.30"), Decimal("1180.91"))),
            ("U S A", (Decimal("744.83"), Decimal("3588.91"))),
            ("CONGO P REP", (Decimal("104.15"), None)),
        )
    ),
    title="Import :: Commodity wise all countries",
    about="Commodity: 2709 PETROLEUM OILS, CRUDE &nbsp; Unit: TON",
    labels=("Country / Region",),
    india=(Decimal("465580.99"), Decimal("514078.42")),
    dated="Dated: 27 Jan 2026",
)


def write_sample() -> bytes:
    """A small page of the old site."""
    return write_old_page(CHINA)


def read_page(folder: Path, content: bytes) -> etl.Inspection:
    """A page from a file whose name says nothing."""
    path = folder / "download"
    path.write_bytes(content)
    return etl.inspect_file(path)


def find_value(rows: pl.DataFrame, **wanted: str) -> float | None:
    """The one value that has these columns."""
    (value,) = rows.filter(**wanted)["obs_value"].to_list()
    return None if value is None else float(value)


@pytest.mark.publisher_files
@pytest.mark.parametrize(
    ("name", "wanted", "millions"),
    [
        (
            "2008-10IndChinaExport.asp",
            {"counterpart_area": "CHN", "commodity": "TOTAL", "time_period": "2009-10"},
            11617.88,
        ),
        (
            "2008-10IndChinaExport.asp",
            {"counterpart_area": "W00", "commodity": "TOTAL", "time_period": "2008-09"},
            185295.36,
        ),
        (
            "2008-10IndChinaImport.asp",
            {"counterpart_area": "CHN", "commodity": "98", "time_period": "2009-10"},
            2107.46,
        ),
        (
            "2017-18IndChinaExport.asp",
            {"counterpart_area": "CHN", "commodity": "TOTAL", "time_period": "2018-19"},
            16752.20,
        ),
        (
            "2017-19IndChinaImport.asp",
            {"counterpart_area": "CHN", "commodity": "TOTAL", "time_period": "2017-18"},
            76380.70,
        ),
        (
            "2012-14IndiaImports.asp",
            {"counterpart_area": "W00", "commodity": "TOTAL", "time_period": "2013-14"},
            450199.79,
        ),
        ("2017-18.asp", {"indicator": "exports", "commodity": "TOTAL", "time_period": "2018-19"}, 330078.09),
        ("2018-19.asp", {"indicator": "imports", "commodity": "99", "time_period": "2018-19"}, 50.68),
    ],
)
def test_real_pages_give_the_numbers_they_print(
    publisher_files_folder: Path, name: str, wanted: dict[str, str], millions: float
) -> None:
    taken = etl.inspect_file(publisher_files_folder / "india_moc" / "eidb_old_asp" / name)
    assert find_value(taken.rows, **wanted) == pytest.approx(millions * MILLION, abs=1)


@pytest.mark.publisher_files
def test_every_row_of_the_real_pages_is_accepted(publisher_files_folder: Path) -> None:
    for path in sorted((publisher_files_folder / "india_moc" / "eidb_old_asp").iterdir()):
        taken = etl.inspect_file(path)
        assert (taken.source.layout, taken.rows_rejected) == ("india_moc_eidb", 0), path.name
        assert taken.rows_read in range(99, 102), path.name


def test_a_page_is_known_whatever_its_file_is_called(tmp_path: Path) -> None:
    taken = read_page(tmp_path, write_sample())
    assert taken.source.layout == "india_moc_eidb"
    assert taken.rows_read == len(CHAPTERS) + 3
    assert taken.rows_rejected == 0


def test_an_empty_cell_gives_no_value_and_a_printed_zero_does(tmp_path: Path) -> None:
    rows = read_page(tmp_path, write_sample()).rows
    assert find_value(rows, commodity="43", time_period="2017-18") == 0
    assert rows.filter(commodity="97", time_period="2018-19").is_empty()


def test_totals_belong_to_the_country_of_the_page_and_to_india(tmp_path: Path) -> None:
    rows = read_page(tmp_path, write_sample()).rows.filter(commodity="TOTAL", time_period="2017-18")
    assert dict(rows.select("counterpart_area", "obs_value").iter_rows()) == {
        "RUS": 2745.40 * MILLION,
        "W00": 303526.16 * MILLION,
    }


def test_the_day_of_the_page_is_read_day_first(tmp_path: Path) -> None:
    assert read_page(tmp_path, write_sample()).file.sidecar.vintage == date(2020, 6, 24)
    assert read_page(tmp_path, write_new_page(SUPPLIERS)).file.sidecar.vintage == date(2026, 1, 27)


@pytest.mark.parametrize(
    ("unit", "currency", "scale"),
    [
        ("US $ Million", "USD", 1e6),
        ("Rs. Lacs", "INR", 1e5),
        ("Rs Crore", "INR", 1e7),
        ("₹ Crores", "INR", 1e7),
    ],
)
def test_the_unit_of_the_page_decides_between_rupees_and_dollars(
    tmp_path: Path, unit: str, currency: str, scale: float
) -> None:
    rows = read_page(tmp_path, write_new_page(replace(CHINA, unit=unit))).rows
    assert set(rows["unit_measure"]) == {currency}
    assert find_value(rows, commodity="02", time_period="2017-18") == pytest.approx(11.44 * scale)


@pytest.mark.parametrize("unit", ["", "Quantity", "US $ Billion", "US $ Million, Values in Rs. Crore"])
def test_a_page_without_one_known_unit_is_refused(tmp_path: Path, unit: str) -> None:
    with pytest.raises(InputError, match="unit of the values"):
        read_page(tmp_path, write_old_page(replace(CHINA, unit=unit)))


def test_a_title_that_its_footers_deny_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="both exports and imports"):
        read_page(tmp_path, write_old_page(replace(CHINA, india_label="India's Total Import")))


def test_a_page_that_states_no_direction_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither exports nor imports"):
        read_page(tmp_path, write_old_page(replace(CHINA, title="Country-wise")))


def test_a_page_of_a_country_that_is_not_known_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Nearest: Russia"):
        read_page(tmp_path, write_old_page(replace(CHINA, about="Country: RUSSYA")))


def test_an_amount_that_its_growth_denies_is_quarantined(tmp_path: Path) -> None:
    content = write_sample().replace(b"306.46", b"309.46")
    with pytest.raises(ExpectationError, match="parts that add up"):
        read_page(tmp_path, content)
    taken = read_page(tmp_path, content.replace(b"486.08", b"483.08"))
    assert {entry.reason for entry in taken.rejected} == {"growth_disagrees"}
    assert taken.rows_rejected == 2


def test_a_page_with_a_row_missing_is_refused(tmp_path: Path) -> None:
    page = replace(CHINA, entries=CHAPTERS[:3] + CHAPTERS[4:])
    content = write_old_page(page).replace(b"4.\r\n", b"5.\r\n", 1)
    with pytest.raises(ExpectationError, match="no row 4"):
        read_page(tmp_path, content)


def test_a_page_cut_before_its_totals_is_refused(tmp_path: Path) -> None:
    content = write_sample()
    with pytest.raises(InputError, match="before its totals"):
        read_page(tmp_path, content[: content.index(b"Total\r\n")])


def test_headings_that_exchange_their_years_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExpectationError, match="year before"):
        read_page(tmp_path, write_old_page(replace(CHINA, years=("2018-2019", "2017-2018"))))


def test_a_part_of_a_year_is_provisional_and_keeps_its_months(tmp_path: Path) -> None:
    page = replace(CHINA, years=("2021-2022(Apr-Aug)", "2022-2023(Apr-Aug)"))
    rows = read_page(tmp_path, write_old_page(page)).rows
    assert set(rows["period_basis"]) == {"part_year"}
    assert set(rows["obs_status"]) == {"P"}
    assert set(rows["time_period"]) == {"2021-04/2021-08", "2022-04/2022-08"}


def test_the_countries_of_one_commodity_are_its_suppliers_with_their_quantities(tmp_path: Path) -> None:
    quantities = [("40,000", "45,000"), ("2,600", "2,500"), ("1,700", "7,000"), ("250", "")]
    rows = read_page(tmp_path, write_new_page(SUPPLIERS, quantities=quantities)).rows
    russia = rows.filter(counterpart_area="RUS", time_period="2018-19")
    assert russia.select("indicator", "commodity", "valuation", "note").row(0) == (
        "crude_oil_imports",
        "2709",
        "CIF",
        "quantity 2,500 TON",
    )
    assert find_value(rows, commodity="2709", counterpart_area="W00", time_period="2017-18") == pytest.approx(
        19633.49 * MILLION
    )
    assert find_value(rows, commodity="TOTAL", time_period="2018-19") == pytest.approx(514078.42 * MILLION)


def test_months_and_running_months_of_the_monthly_bank_are_read(tmp_path: Path) -> None:
    rows = read_page(
        tmp_path, write_new_page(replace(SUPPLIERS, years=("May-2024 (R)", "May-2025 (P)")))
    ).rows
    assert set(rows["time_period"]) == {"2024-05", "2025-05"}
    assert rows.filter(time_period="2025-05")["obs_status"].to_list() == ["P"] * 5
    assert "revised" in rows.filter(time_period="2024-05")["note"][0]


def test_an_unknown_country_in_a_list_is_quarantined_with_its_row(tmp_path: Path) -> None:
    content = write_new_page(SUPPLIERS).replace(b"CONGO P REP", b"CONGGO P REP")
    (rejected,) = read_page(tmp_path, content).rejected
    assert rejected.reason == "unknown_area"
    assert "CONGO P REP" in rejected.problem


def test_a_heading_that_is_not_understood_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="heading that is not understood"):
        read_page(tmp_path, write_sample().replace(b">Commodity<", b">Tariff<"))


@st.composite
def draw_pages(draw: st.DrawFn) -> Page:
    """Pages of made-up chapters, some amounts missing."""
    amount = st.none() | st.integers(0, 9_999_999).map(lambda cents: Decimal(cents) / 100)
    codes = draw(st.lists(st.integers(1, 99), min_size=1, max_size=12, unique=True))
    entries = tuple(
        ((f"{code:02d}", f"GOODS OF CHAPTER {code}"), draw(st.tuples(amount, amount)))
        for code in sorted(codes)
    )
    first = draw(st.integers(1997, 2030))
    return replace(
        CHINA,
        entries=entries,
        title=draw(st.sampled_from(["Import :: Country-wise all commodities", CHINA.title])),
        years=(f"{first}-{first + 1}", f"{first + 1}-{first + 2}"),
        india=(Decimal("3000000.00"), Decimal("3300000.00")),
    )


@given(page=draw_pages(), new_site=st.booleans())
def test_what_is_written_as_a_page_is_read_back_whole(page: Page, new_site: bool) -> None:
    taken = read_back(write_new_page(page) if new_site else write_old_page(page))
    spans = [f"{year[:4]}-{year[-2:]}" for year in page.years]
    expected = {
        (label[0], span): float(amount * MILLION)
        for label, amounts in page.entries
        for span, amount in zip(spans, amounts, strict=True)
        if amount is not None
    }
    found = {
        (row["commodity"], row["time_period"]): row["obs_value"]
        for row in taken.rows
        if row["commodity"] != "TOTAL"
    }
    assert found == expected
    assert {row["indicator"] for row in taken.rows} == {f"{page.title[:6].lower()}s"}


def test_damaged_pages_are_refused_or_read_right() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES
