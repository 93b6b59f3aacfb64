"""SIPRI's register by delivery: real ones, ones written here and read back, and damaged ones."""

from __future__ import annotations

import base64
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import InputError, UnrecognisedFileError
from etl.intake import accept
from etl.provenance import RawFile, describe_download
from etl.sources import recognise_source
from etl.validate import Accepted
from tests.sources.damages import fuzz_file
from tests.sources.fuzz import check_damage, find_lookups, take_content

HEADER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,"
    "Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production"
)
PREAMBLE = (
    "Transfers of major conventional arms from All countries  to All countries . Deals",
    "",
    "Source: SIPRI Arms Transfers Database (c) SIPRI.",
    "Data generated: 7 Feb 2024 9:16:02 PM",
)
ROWS = (
    "101,Russia,India,Gamma-12,frigate,Ships,2011,No,1,No,2014,No,New,150,150,150,No",
    "101,Russia,India,Gamma-12,frigate,Ships,2011,No,1,No,2016,No,New,150,150,150,No",
    "102,Russia,India,Kite-3,anti-tank missile,Missiles,2010,Yes,1000,Yes,2014,No,New,0.01,0.01,12.5,Yes",
    "103,France,India,Delta,FGA aircraft,Aircraft,2012,Yes,4,No,2014,Yes,New,12.5,12.5,50,No",
    "104,unknown supplier(s),India,Pi,tank,Armoured vehicles,2013,No,10,No,2014,No,Second hand,2,0.84,8.4,No",
    "105,Ukraine,Brazil,Mu-3,APC,Armoured vehicles,2008,No,13,,2010,,New,0.25,0.25,3.25,No",
    "106,Ukraine,Brazil,Nu,APC,Armoured vehicles,2022,No,,,,,New,0.25,0.25,,No",
)
# One changed row touches four sums: of its old and its new supplier or year, and of all suppliers with each.
SUMS_OF_A_ROW = 4
VALUES = ("ref_area", "counterpart_area", "time_period", "obs_value", "obs_status")


def write_register(
    rows: tuple[str, ...] = ROWS, *, end: str = "\n", pad: str = "", asked: str = "All countries"
) -> bytes:
    """A register as the site gives it, or as a spreadsheet saves it again."""
    preamble = [line.replace("from All countries", f"from {asked}") for line in PREAMBLE]
    return "".join(f"{line}{pad}{end}" for line in (*preamble, HEADER, *rows)).encode("latin-1")


def write_answer(content: bytes) -> bytes:
    """The site's answer that holds a register."""
    return json.dumps({"bytes": base64.b64encode(content).decode()}).encode()


def write_sample() -> bytes:
    """A small register for the damage run."""
    return write_register()


def read_register(content: bytes) -> Accepted:
    """What is accepted of a register, every row of it counted."""
    raw = RawFile("register.csv", content)
    module = recognise_source(raw)
    assert module.SOURCE.product is not None
    assert module.SOURCE.find_vintage is not None
    vintage = module.SOURCE.find_vintage(raw)
    assert vintage is not None
    file = describe_download(raw, product=module.SOURCE.product, vintage=vintage)
    parsed = module.parse(file, find_lookups())
    accepted = accept(parsed, module)
    assert parsed.rows_read >= accepted.rows_rejected
    return accepted


def list_sums(content: bytes) -> dict[tuple[str, ...], tuple[float, str]]:
    """Value and status by importer, supplier and year."""
    rows = read_register(content).frame.select(VALUES).rows()
    return {row[:3]: row[3:] for row in rows}


def count_damages(cases: int, *, seed: int = 1) -> Counter[str]:
    """What became of so many damaged copies of the sample: as text and, every third, inside an answer."""
    original = take_content(write_sample())
    outcomes: Counter[str] = Counter()
    for number, damage in enumerate(fuzz_file(write_sample(), seed=seed, cases=cases)):
        content = write_answer(damage.content) if number % 3 == 0 else damage.content
        widened = replace(damage, content=content, reach=SUMS_OF_A_ROW * damage.reach, statuses=False)
        outcomes[check_damage(original, widened, check_schema=False)] += 1
    return outcomes


def test_deliveries_are_added_by_supplier_and_over_all_of_them() -> None:
    assert list_sums(write_register()) == {
        ("IND", "RUS", "2014"): (162.5, "E"),
        ("IND", "FRA", "2014"): (50.0, "E"),
        ("IND", "_X", "2014"): (8.4, "A"),
        ("IND", "W00", "2014"): (220.9, "E"),
        ("IND", "RUS", "2016"): (150.0, "A"),
        ("IND", "W00", "2016"): (150.0, "A"),
        ("BRA", "UKR", "2010"): (3.25, "A"),
        ("BRA", "W00", "2010"): (3.25, "A"),
    }


def test_a_sum_names_its_lines_and_its_estimates() -> None:
    frame = read_register(write_register()).frame
    pair = (pl.col("counterpart_area") == "RUS") & (pl.col("time_period") == "2014")
    row = frame.filter(pair).row(0, named=True)
    assert row["source_locator"] == "lines 6; 8, column TIV delivery values"
    assert row["note"] == "the sum of 2 rows; SIPRI estimated the number or the year in 1 of 2"


def test_a_sum_of_many_rows_names_the_first_lines_and_their_number() -> None:
    rows = tuple(ROWS[0].replace("101", str(500 + number), 1) for number in range(31))
    frame = read_register(write_register((*rows, ROWS[3]))).frame
    locator = frame.filter(pl.col("counterpart_area") == "RUS")["source_locator"].item()
    assert locator == "lines 6; 7; 8; 9; 10; 11; 12; 13; ... (31 rows), column TIV delivery values"


def test_an_order_without_a_delivery_is_accepted_and_adds_nothing() -> None:
    accepted = read_register(write_register())
    assert accepted.rows_rejected == 0
    assert accepted.frame.filter(pl.col("time_period") == "2022").is_empty()


@pytest.mark.parametrize(
    ("end", "pad"), [("\r\n", ";"), ("\r\n", ""), ("\r", ""), ("\n", ",,"), ("\r\n", ";;;")]
)
def test_a_spreadsheet_may_change_line_ends_and_fill_rows_up(end: str, pad: str) -> None:
    assert list_sums(write_register(end=end, pad=pad)) == list_sums(write_register())


def test_the_sites_answer_gives_the_same_sums_as_its_text() -> None:
    assert list_sums(write_answer(write_register())) == list_sums(write_register())


@pytest.mark.parametrize("cut", [60, 400, -40, -3, -1])
def test_an_answer_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(InputError, match=r"the site's answer is damaged|no layout that is read here"):
        take_content(write_answer(write_register())[:cut])


def test_an_answer_without_a_register_is_not_recognised() -> None:
    with pytest.raises(UnrecognisedFileError):
        take_content(b'{"bytes": ""}')


def test_the_older_names_and_separator_are_known() -> None:
    header = HEADER.replace("SIPRI AT Database ID,Supplier,Recipient", "Deal ID,Seller,Buyer")
    content = write_register().replace(HEADER.encode(), header.encode())
    body = content.decode().split("\n", len(PREAMBLE))
    older = "\n".join([*body[: len(PREAMBLE)], body[-1].replace(",", ";")])
    assert list_sums(older.encode()) == list_sums(write_register())


def test_a_download_for_one_supplier_gives_no_sum_over_all() -> None:
    sums = list_sums(write_register(ROWS[:3], asked="Russia"))
    assert set(sums) == {("IND", "RUS", "2014"), ("IND", "RUS", "2016")}


def test_sums_over_all_are_doubtful_where_the_preamble_is_lost() -> None:
    content = "\n".join(("Data generated: 7 Feb 2024", HEADER, *ROWS)).encode()
    sums = list_sums(content)
    assert sums["IND", "W00", "2014"] == (220.9, "U")
    assert sums["IND", "RUS", "2014"] == (162.5, "E")


def test_sums_are_doubtful_where_every_row_is_of_one_category() -> None:
    rows = tuple(ROWS[0].replace("101", str(500 + number), 1) for number in range(12))
    assert {status for _, status in list_sums(write_register(rows)).values()} == {"U"}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (",150,150,150,", ",150,150,160,", "does_not_multiply"),
        (",2014,No,New", ",2024,No,New", "delivery_differs"),
        (",2014,No,New", ",2025,No,New", "after_edition"),
        ("Russia", "Rusia", "unknown_area"),
        ("101,", "one,", "not_a_number"),
        (",1,No,", ",1,Non,", "unknown_flag"),
        (",1,No,", ",,No,", "empty_cell"),
        (",150,No", ",,No", "empty_cell"),
    ],
)
def test_a_bad_cell_sets_its_row_aside_with_the_reason(old: str, new: str, reason: str) -> None:
    other = ROWS[1].replace(",1,No,2016", ",2,No,2024").replace("150,150,150", "150,150,300")
    accepted = read_register(write_register((ROWS[0].replace(old, new, 1), other, *ROWS[2:])))
    assert {entry.reason for entry in accepted.rejected} == {reason}


def test_a_row_set_aside_makes_the_sums_it_may_belong_to_doubtful_and_no_others() -> None:
    sums = list_sums(write_register((ROWS[0].replace("150,150,150", "150,150,160"), *ROWS[1:])))
    doubtful = {key for key, (_, status) in sums.items() if status == "U"}
    assert doubtful == {("IND", "RUS", "2014"), ("IND", "W00", "2014")}


def test_a_row_whose_supplier_cannot_be_read_makes_that_year_doubtful_for_all_suppliers() -> None:
    sums = list_sums(write_register((ROWS[0].replace("Russia", "Rxssia"), *ROWS[1:])))
    doubtful = {key for key, (_, status) in sums.items() if status == "U"}
    assert doubtful == {key for key in sums if key[0] == "IND" and key[2] == "2014"}


def test_a_row_that_cannot_be_read_at_all_makes_every_sum_doubtful() -> None:
    sums = list_sums(write_register((*ROWS, "107,Ukraine,Bra")))
    assert {status for _, status in sums.values()} == {"U"}


def test_rows_of_one_deal_that_name_other_parties_are_all_set_aside() -> None:
    accepted = read_register(write_register((ROWS[0].replace("Russia", "France"), *ROWS[1:])))
    assert [(entry.line, entry.reason) for entry in accepted.rejected] == [
        (6, "deal_differs"),
        (7, "deal_differs"),
    ]


def test_a_row_that_stands_twice_counts_once() -> None:
    content = write_register((*ROWS, ROWS[0]))
    assert [entry.problem for entry in read_register(content).rejected] == ["the same as line 6"]
    assert list_sums(content) == list_sums(write_register())


@dataclass(frozen=True)
class Written:
    """One delivery as a test makes it up."""

    parties: tuple[str, str]
    year: int
    number: int
    hundredths: int
    flags: tuple[bool, bool]

    def write(self, deal: int) -> str:
        """Its row in the register."""
        number, year = ("Yes" if flag else "No" for flag in self.flags)
        unit, volume = Decimal(self.hundredths) / 100, Decimal(self.number * self.hundredths) / 100
        told = (
            f"{deal},{self.parties[1]},{self.parties[0]},Xi,tank,Ships,{self.year},No,{self.number},{number}"
        )
        return f"{told},{self.year},{year},New,{unit},{unit},{volume},No"


AREAS = {"India": "IND", "Russia": "RUS", "Soviet Union": "SUN", "unknown supplier(s)": "_X"}
deliveries = st.builds(
    Written,
    parties=st.permutations(tuple(AREAS)).map(lambda names: (names[0], names[1])),
    year=st.integers(1950, 2024),
    number=st.integers(1, 5000),
    hundredths=st.integers(0, 99_999),
    flags=st.tuples(st.booleans(), st.booleans()),
)


@given(st.lists(deliveries, min_size=1, max_size=9))
def test_a_register_written_in_the_layout_is_read_back_whole(written: list[Written]) -> None:
    rows = tuple(entry.write(deal) for deal, entry in enumerate(written, start=1))
    expected: dict[tuple[str, ...], int] = defaultdict(int)
    estimated: dict[tuple[str, ...], bool] = defaultdict(bool)
    for entry in written:
        importer, supplier = (AREAS[name] for name in entry.parties)
        for key in ((importer, supplier, str(entry.year)), (importer, "W00", str(entry.year))):
            expected[key] += entry.number * entry.hundredths
            estimated[key] |= any(entry.flags)
    assert list_sums(write_register(rows)) == {
        key: (hundredths / 100, "E" if estimated[key] else "A") for key, hundredths in expected.items()
    }


def test_damage_gives_right_sums_or_a_refusal() -> None:
    counts = count_damages(100)
    assert counts["refused"] > 0
    assert counts["quarantined"] > 0


def test_an_armed_group_that_no_lookup_has_counts_in_the_total_without_a_name() -> None:
    rows = (ROWS[0].replace("Russia", "Example Brigades*"), *ROWS[2:])
    frame = read_register(write_register(rows)).frame.filter(pl.col("time_period") == "2014")
    found = {row["counterpart_area"]: row for row in frame.to_dicts() if row["ref_area"] == "IND"}
    assert found["_X"]["obs_value"] == 158.4
    assert "Supplier printed as 'Example Brigades*'" in found["_X"]["note"]
    assert found["W00"]["obs_value"] == 158.4 + 12.5 + 50


def test_a_delivery_before_its_order_is_set_aside() -> None:
    rows = (ROWS[0].replace("No,2014,No", "No,2001,No"), *ROWS[1:])
    assert [entry.reason for entry in read_register(write_register(rows)).rejected] == [
        "delivered_before_order"
    ]
