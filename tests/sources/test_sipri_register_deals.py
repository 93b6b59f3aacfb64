"""SIPRI's register by order: real ones, ones written here and read back, and damaged ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import InputError
from etl.provenance import RawFile, describe_download
from etl.sources import recognise_source
from tests.sources.damages import fuzz_file
from tests.sources.fuzz import check_damage, find_lookups, take_content

HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
    "Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,"
    "SIPRI TIV of delivered weapons"
)
PREAMBLE = (
    "Transfers of major conventional arms from All countries  to All countries . Deals with deliveries made",
    "A '?' in a column says that the cell before it is uncertain.",
    "",
    "Source: SIPRI Arms Transfers Database (c) SIPRI.",
    "Data generated: 7 Feb 2024 10:02:49 AM",
)
ROWS = (
    "India,Russia,2011,,4,,Gamma-12,frigate,2,,2014; 2016,New,For guards; B\u00e4r engines,150,600,300",
    "India,France,2012,?,24,?,Delta,FGA aircraft,24,?,2014; 2015; 2016,Second hand,,12.5,300,300",
    "India,France,2012,?,24,?,Delta,FGA aircraft,20,?,2014; 2015,Second hand,Second order,12.5,300,250",
    "Brazil,Soviet Union,1987,?,1000,,Kite-3,anti-tank missile,1000,?,1989; 1991,New,,0.01,12.5,12.5",
    "Brazil,unknown supplier(s),2023,,,,Lambda,tank,0,,,New,,2.1,0,0",
    "India,Spain,2008,,14,,Mu-3,APC,13,?,2010; 2012,Second hand but modernized,Part of a set,0.25,3.5,3.25",
)
# Orders for one weapon in one year are numbered among themselves: one more or less moves the others' numbers.
LIKE_ORDERS = 2
# Two columns of question marks in each other's place are the same table: nothing in it says otherwise.
ALIKE = {f"columns {one} and {two} swapped" for one in (4, 6, 10) for two in (4, 6, 10)}


def write_register(rows: tuple[str, ...] = ROWS, *, end: str = "\n", pad: str = "") -> bytes:
    """A register as the site gives it, or as a spreadsheet saves it again."""
    return "".join(f"{line}{pad}{end}" for line in (*PREAMBLE, HEADER, *rows)).encode("latin-1")


def write_sample() -> bytes:
    """A small register for the damage run."""
    return write_register()


def read_deals(content: bytes) -> pl.DataFrame:
    """The deals of a register, none of its rows refused."""
    deals, rejected = read_register(content)
    assert rejected == []
    return deals


def read_register(content: bytes) -> tuple[pl.DataFrame, list[tuple[int, str]]]:
    """The deals of a register, and line and reason of the rows refused."""
    raw = RawFile("register.csv", content)
    module = recognise_source(raw)
    assert module.SOURCE.product is not None
    assert module.SOURCE.find_vintage is not None
    vintage = module.SOURCE.find_vintage(raw)
    assert vintage is not None
    file = describe_download(raw, product=module.SOURCE.product, vintage=vintage)
    parsed = module.parse(file, find_lookups())
    deals = pl.DataFrame(parsed.records, infer_schema_length=None).sort("line")
    assert parsed.rows_read == len(parsed.records) + len(parsed.rejected)
    return deals, [(entry.line, entry.reason) for entry in parsed.rejected]


def count_damages(cases: int, *, seed: int = 1) -> Counter[str]:
    """What became of so many damaged copies of the sample."""
    original = take_content(write_sample())
    damages = (
        entry for entry in fuzz_file(write_sample(), seed=seed, cases=cases) if entry.kind not in ALIKE
    )
    return Counter(
        check_damage(original, replace(damage, reach=damage.reach + LIKE_ORDERS), check_schema=False)
        for damage in damages
    )


def test_a_question_mark_stays_with_the_cell_before_it() -> None:
    deals = read_deals(write_register())
    flags = deals.select("order_year_uncertain", "number_ordered_uncertain", "number_delivered_uncertain")
    assert flags.rows()[:4] == [
        (False, False, False),
        (True, True, True),
        (True, True, True),
        (True, False, True),
    ]


def test_an_empty_number_ordered_is_unknown_and_so_is_the_volume_of_the_order() -> None:
    row = read_deals(write_register()).row(4, named=True)
    assert (row["number_ordered"], row["tiv_order"], row["number_delivered"]) == (None, None, 0)
    assert (row["tiv_delivered"], row["delivery_years"], row["status"]) == (0.0, None, "ordered")


def test_a_record_broken_in_its_comments_is_rejoined_with_its_lines_named() -> None:
    broken = ROWS[5].replace("Part of a set", "Part of \na set")
    row = read_deals(write_register((*ROWS[:5], broken))).row(5, named=True)
    assert row["note"] == "Part of a set"
    assert row["source_locator"] == "line 12, rejoined with the lines to 13"


@pytest.mark.parametrize(("end", "pad"), [("\r\n", ""), ("\r", ""), ("\n", ";;;"), ("\r\n", ",,,,")])
def test_a_spreadsheet_may_change_line_ends_and_fill_rows_up(end: str, pad: str) -> None:
    broken = ROWS[5].replace("Part of a set", f"Part of {pad}{end}a set")
    plain = read_deals(write_register())
    changed = read_deals(write_register((*ROWS[:5], broken), end=end, pad=pad))
    left_out = ("source_sha256", "source_locator", "line")
    assert changed.drop(left_out).equals(plain.drop(left_out))


def test_a_broken_record_is_rejoined_where_a_spreadsheet_filled_both_halves_up() -> None:
    head, tail = ROWS[5].replace("Part of a set", "Part of|a set").split("|")
    rows = (*ROWS[:5], f"{head},,,", f"{tail}{',' * 12}")
    assert read_deals(write_register(rows)).row(5, named=True)["note"] == "Part of a set"


def test_a_register_in_utf8_with_a_byte_order_mark_and_without_preamble_is_read() -> None:
    content = "\ufeff" + "\n".join((HEADER, *ROWS))
    taken = take_content(content.encode())
    assert taken.layout == "sipri_register_deals"
    assert (len(taken.entries), taken.rows_rejected) == (len(ROWS) - 1, 1), (
        "one is later than the day assumed"
    )


def test_letters_lost_in_a_change_of_encoding_are_quarantined() -> None:
    content = write_register().decode("latin-1").encode().decode("latin-1").encode()
    assert read_register(content)[1] == [(7, "damaged_text")]


def test_renamed_columns_are_found_by_their_place() -> None:
    renamed = HEADER.replace("SIPRI TIV per unit", "Volume each").replace("Comments", "Remarks")
    content = write_register().replace(HEADER.encode(), renamed.encode())
    assert read_deals(content)["tiv_per_unit"].to_list()[:2] == [150.0, 12.5]


def test_a_register_that_lost_its_question_marks_is_refused() -> None:
    header = HEADER.replace(", ,", ",")
    rows = [
        ",".join(cells[:3] + cells[4:5] + cells[6:9] + cells[10:])
        for row in ROWS
        if (cells := row.split(","))
    ]
    with pytest.raises(InputError, match=r"columns are missing.*of the year of order"):
        take_content("\n".join((header, *rows)).encode())


def test_names_that_changed_places_are_refused() -> None:
    swapped = HEADER.replace("Recipient,Supplier", "Supplier,Recipient")
    with pytest.raises(InputError, match="another order"):
        take_content(write_register().replace(HEADER.encode(), swapped.encode()))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (",600,", ",640,", "does_not_multiply"),
        (",2011,", ",2031,", "after_edition"),
        ("2014; 2016", "2014; 2026", "not_years"),
        ("2014; 2016", "2016; 2014", "not_years"),
        ("frigate", "1944", "not_a_description"),
        ("Gamma-12,frigate", "frigate,Gamma-12", "not_a_description"),
        ("2014; 2016", "2008; 2016", "delivered_before_order"),
        ("India,Russia", "Indja,Russia", "unknown_area"),
        (",New,", ",Nev,", "unknown_condition"),
        (",4,,", ",4,!,", "unknown_flag"),
        (",4,,", ",-4,,", "below_floor"),
        (",4,,", ",four,,", "not_a_number"),
    ],
)
def test_a_bad_cell_sets_its_row_aside_with_the_reason(old: str, new: str, reason: str) -> None:
    content = write_register((ROWS[0].replace(old, new, 1), *ROWS[1:]))
    assert read_register(content)[1] == [(7, reason)]


def test_a_description_not_seen_before_gets_the_category_of_its_kind() -> None:
    content = write_register((ROWS[0].replace("frigate", "experimental patrol boat"), *ROWS[1:]))
    assert read_deals(content)["category"][0] == "Ships"


def test_a_description_of_no_known_category_keeps_its_row_and_is_marked() -> None:
    row = read_deals(write_register((ROWS[0].replace("frigate", "phlogiston"), *ROWS[1:]))).row(0, named=True)
    assert (row["category"], row["description"], row["tiv_delivered"]) == (None, "phlogiston", 300.0)
    assert row["note"] == "For guards; B\u00e4r engines; no weapon category is known for 'phlogiston'"


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("surface-to-air missile system", "Air defence systems"),
        ("truck-mounted surface-to-air missile system", "Air defence systems"),
        ("naval surface-to-air missile system", "Naval weapons"),
        ("portable surface-to-air missile", "Missiles"),
        ("aircraft electro-optical system", "Sensors"),
        ("armoured personnel carrier", "Armoured vehicles"),
    ],
)
def test_words_that_sipri_spells_out_have_the_category_of_its_abbreviations(
    words: str, category: str
) -> None:
    content = write_register((ROWS[0].replace("frigate", words), *ROWS[1:]))
    assert read_deals(content)["category"][0] == category


def test_a_delivery_a_year_before_its_order_stays_and_is_marked() -> None:
    content = write_register((ROWS[0].replace("2014; 2016", "2010; 2016"), *ROWS[1:]))
    row = read_deals(content).row(0, named=True)
    assert row["delivery_years"] == "2010; 2016"
    assert row["note"].endswith("printed with a delivery in 2010, before the order of 2011")


def test_an_armed_group_that_no_lookup_has_keeps_its_order_without_a_name() -> None:
    content = write_register((ROWS[0].replace("India,", "Example Brigades (Elsewhere)*,"), *ROWS[1:]))
    row = read_deals(content).row(0, named=True)
    assert (row["importer"], row["tiv_delivered"]) == ("_X", 300.0)
    assert "Recipient printed as 'Example Brigades (Elsewhere)*'" in row["note"]


def test_a_download_for_some_years_says_so_and_calls_no_order_unfinished() -> None:
    content = write_register().replace(b"Deals with", b"For year range '2012' to '2014'. Deals with", 1)
    row = read_deals(content).row(0, named=True)
    assert (row["status"], row["note"].partition("; the register")[2]) == (
        "unknown",
        " counts deliveries of 2012 to 2014 only",
    )


def test_ids_do_not_depend_on_the_order_of_the_rows() -> None:
    forth, back = read_deals(write_register()), read_deals(write_register(tuple(reversed(ROWS))))
    content = ["deal_id", "note", "number_delivered"]
    assert forth.select(content).sort("deal_id").equals(back.select(content).sort("deal_id"))


def test_orders_alike_in_every_cell_are_two_deals_and_say_so() -> None:
    deals = read_deals(write_register((*ROWS, ROWS[0])))
    assert deals["deal_id"].n_unique() == len(ROWS) + 1
    assert deals["source_locator"].to_list()[-1] == "line 13, alike in every cell with line 7"


AREAS = {"India": "IND", "Russia": "RUS", "Soviet Union": "SUN", "Brazil": "BRA", "Viet Nam": "VNM"}
words = st.text("abcdef XYZ-/()'\u00e9\u00f6", min_size=1, max_size=12).map(str.strip).filter(bool)


@dataclass(frozen=True)
class Written:
    """One order as a test makes it up."""

    parties: tuple[str, ...]
    designation: str
    years: list[int]
    ordered: int | None
    delivered: int
    hundredths: int
    flags: tuple[bool, ...]
    note: str | None

    def write(self) -> str:
        """Its row in the register."""
        signs = ["?" if flag else "" for flag in self.flags]
        years = [] if self.delivered == 0 else self.years
        cells: list[object] = [
            *self.parties[:2],
            self.years[0],
            signs[0],
            self.ordered,
            signs[1],
            self.designation,
            "tank",
        ]
        cells += [
            self.delivered,
            signs[2],
            "; ".join(map(str, years)),
            "New",
            self.note,
            self.hundredths / 100,
        ]
        cells += [f"{(self.ordered or 0) * self.hundredths / 100:.2f}"]
        cells += [f"{self.delivered * self.hundredths / 100:.2f}"]
        return ",".join("" if cell is None else str(cell) for cell in cells)

    def expect(self) -> dict[str, object]:
        """What must be read of it."""
        return {
            "importer": AREAS[self.parties[0]],
            "supplier": AREAS[self.parties[1]],
            "designation": self.designation,
            "order_year": self.years[0],
            "order_year_uncertain": self.flags[0],
            "number_ordered": self.ordered,
            "number_ordered_uncertain": self.flags[1],
            "number_delivered": self.delivered,
            "number_delivered_uncertain": self.flags[2],
            "delivery_years": "; ".join(map(str, self.years)) if self.delivered else None,
            "tiv_per_unit": self.hundredths / 100,
            "tiv_delivered": self.delivered * self.hundredths / 100,
            "note": self.note,
        }


orders = st.builds(
    Written,
    parties=st.permutations(tuple(AREAS)).map(tuple),
    designation=words,
    years=st.lists(st.integers(1950, 2024), min_size=1, max_size=4, unique=True).map(sorted),
    ordered=st.none() | st.integers(0, 5000),
    delivered=st.integers(0, 5000),
    hundredths=st.integers(1, 99_999),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    note=st.none() | words,
)


@given(st.lists(orders, min_size=1, max_size=8))
def test_a_register_written_in_the_layout_is_read_back_whole(written: list[Written]) -> None:
    deals = read_deals(write_register(tuple(order.write() for order in written)))
    read = deals.select(list(written[0].expect())).with_columns(pl.col("tiv_delivered").round(2)).to_dicts()
    assert read == [
        order.expect() | {"tiv_delivered": round(order.delivered * order.hundredths / 100, 2)}
        for order in written
    ]


def test_damage_gives_right_deals_or_a_refusal() -> None:
    counts = count_damages(100)
    assert counts["refused"] > 0
    assert counts["quarantined"] > 0
