"""SIPRI's register as rich text: ones written here and read back, and damaged ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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

HEAD = (
    r"{\rtf1\mac\deff2 {\fonttbl{\f20\froman Times;}}{\stylesheet{\s4 \f20 \snext4 AT tab format;}}"
    "\n"
    r"\pard\plain \s3\sa400 \f20\fs40 Transfers of major weapons: Deals for 1950 to 2022\par "
    "\n"
    r"{\b Note: \b0 The \'d4No. delivered\'d5 column is of all deliveries.\par \b Information generated:\b0  "
    r"18 February 2024\par \par }"
    "\n"
    r"{\b \tab \tab \tab \tab  \tab Year(s)\tab \tab \line Supplier/\tab \tab No.\tab Weapon\tab Weapon"
    r"\tab Year\tab of\tab No. \tab \line \tab recipient (R)\tab ordered\tab designation\tab description"
    "\n"
    r"\tab of order\tab delivery\tab delivered\tab Comments\par }\pard\plain \s6 \tab \par "
)
RULE = "\\par\\pard\\plain \\s6\\brdrt \\tab \\par \n\\pard \\s2\\fi-9060 "
ROWS = {
    "Belgium": (("Jordan", "81", "Gamma-12", "AA gun", "(2004)", "2005", "81", "Second-hand"),),
    "Russia": (
        ("India", "(4)", "Delta", "SAM system", "2011", "2014-2016", "(2)", "For M\\'9fller; Part of a deal"),
        ("", "2", "Delta", "SAM system", "2012", "2014;2016", "2", ""),
        ("Brazil", "", "Kite-3", "portable SAM", "2020", "", "", "Status uncertain"),
    ),
    "Soviet Union": (("Viet Nam", "(12)", "Lambda", "mobile SAM system", "(1977)", "1978", "(12)", ""),),
}
Rows = Mapping[str, tuple[tuple[str, ...], ...]]
# Orders for one weapon in one year are numbered among themselves: one more or less moves the others' numbers.
LIKE_ORDERS = 2


def write_register(rows: Rows, *, head: str = HEAD, role: str = "R") -> bytes:
    """A register as the old site wrote it."""
    tables = []
    for name, orders in rows.items():
        lines = [f"{{\\b {name}}}"]
        for number, (party, *cells) in enumerate(orders):
            first = f"{{\\b {role}:}} {party}" if number == 0 else f"{{\\b     }} {party}"
            lines.append("\\tab ".join([first if party else "{\\b     } \\tab", *cells]))
        tables.append("\\par".join(lines))
    return (head + RULE.join(tables) + "\\par}\n").encode("ascii")


def write_sample() -> bytes:
    """A small register for the damage run."""
    return write_register(ROWS)


def read_register(content: bytes) -> tuple[pl.DataFrame, list[tuple[int, str]]]:
    """The deals of a register, and paragraph and reason of the rows refused."""
    raw = RawFile("register.rtf", content)
    module = recognise_source(raw)
    assert module.SOURCE.product is not None
    assert module.SOURCE.find_vintage is not None
    vintage = module.SOURCE.find_vintage(raw)
    assert vintage is not None
    file = describe_download(raw, product=module.SOURCE.product, vintage=vintage)
    parsed = module.parse(file, find_lookups())
    assert parsed.rows_read == len(parsed.records) + len(parsed.rejected)
    deals = pl.DataFrame(parsed.records, infer_schema_length=None).sort("line")
    return deals, [(entry.line, entry.reason) for entry in parsed.rejected]


def count_damages(cases: int, *, seed: int = 1) -> Counter[str]:
    """What became of so many damaged copies of the sample."""
    original = take_content(write_sample())
    damages = fuzz_file(write_sample(), seed=seed, cases=cases)
    return Counter(
        check_damage(original, replace(damage, reach=damage.reach + LIKE_ORDERS), check_schema=False)
        for damage in damages
    )


def test_parentheses_mark_what_is_uncertain_and_a_blank_party_is_the_one_above() -> None:
    deals, rejected = read_register(write_sample())
    names = ("importer", "supplier", "order_year", "order_year_uncertain", "number_ordered")
    assert rejected == []
    assert deals.select(*names, "number_ordered_uncertain", "number_delivered_uncertain").rows() == [
        ("JOR", "BEL", 2004, True, 81, False, False),
        ("IND", "RUS", 2011, False, 4, True, True),
        ("IND", "RUS", 2012, False, 2, False, False),
        ("BRA", "RUS", 2020, False, None, False, False),
        ("VNM", "SUN", 1977, True, 12, True, True),
    ]


def test_a_span_of_years_is_every_year_of_it_and_letters_are_of_the_charset_named() -> None:
    deals, _ = read_register(write_sample())
    assert deals["delivery_years"].to_list()[1:4] == ["2014; 2015; 2016", "2014; 2016", None]
    assert deals["note"][1] == "For M\u00fcller; Part of a deal"
    assert deals["status"].to_list() == ["delivered", "part_delivered", "delivered", "ordered", "delivered"]


def test_a_register_by_recipient_has_suppliers_below() -> None:
    head = HEAD.replace("Supplier/", "Recipient/").replace("recipient (R)", "supplier (S)")
    deals, _ = read_register(write_register(ROWS, head=head, role="S"))
    assert deals.select("importer", "supplier").row(0) == ("BEL", "JOR")


def test_a_licence_is_said_in_the_note() -> None:
    deals, _ = read_register(write_register({"Russia": ROWS["Russia"][:1]}, role="L"))
    assert deals["note"].item().endswith("Produced under licence")


@pytest.mark.parametrize("cut", [-2, -40, -300])
def test_a_register_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(InputError, match="cut off"):
        take_content(write_sample()[:cut])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("(2004)", "(2004", "not_a_number"),
        ("(2004)", "(2034)", "not_a_year"),
        ("tab 81", "tab many", "not_a_number"),
        ("Jordan", "Jordam", "unknown_area"),
        ("AA gun", "1944", "not_a_description"),
        ("tab 2005", "tab 1995", "delivered_before_order"),
        ("tab 2005", "tab 2005-2004", "not_years"),
        ("Gamma-12\\tab ", "Gamma-12 ", "wrong_field_count"),
        ("Belgium", "Belgiun", "unknown_area"),
    ],
)
def test_a_bad_cell_sets_its_row_aside_with_the_reason(old: str, new: str, reason: str) -> None:
    content = write_sample().replace(old.encode(), new.encode(), 1)
    deals, rejected = read_register(content)
    assert (deals.height, [entry[1] for entry in rejected]) == (4, [reason])


def test_a_description_of_no_known_category_keeps_its_row_and_is_marked() -> None:
    deals, rejected = read_register(write_sample().replace(b"AA gun", b"AA pistol", 1))
    assert (rejected, deals["category"][0]) == ([], None)
    assert deals["note"][0] == "Second-hand; no weapon category is known for 'AA pistol'"


def test_rows_below_a_party_that_was_lost_are_not_given_to_the_one_before() -> None:
    content = write_sample().replace(b"{\\b Russia}\\par", b"", 1)
    deals, rejected = read_register(content)
    assert deals["supplier"].to_list() == ["BEL", "SUN"]
    assert [reason for _, reason in rejected] == ["empty_cell"] * 3


@dataclass(frozen=True)
class Written:
    """One order as a test makes it up."""

    party: str
    designation: str
    year: int
    counts: tuple[int | None, int | None]
    flags: tuple[bool, bool, bool]
    waits: list[int]

    @property
    def years(self) -> list[int]:
        """Years of delivery: none before the order, none after the register."""
        return sorted({min(self.year + wait, 2024) for wait in self.waits})

    def write(self) -> tuple[str, ...]:
        """Its cells in the register."""
        year, ordered, delivered = (
            "" if count is None else f"({count})" if flag else str(count)
            for count, flag in zip((self.year, *self.counts), self.flags, strict=True)
        )
        years = ";".join(map(str, self.years))
        return (self.party, ordered, self.designation, "SAM system", year, years, delivered, "")

    def expect(self) -> tuple[object, ...]:
        """What must be read of it."""
        flags = [
            flag and count is not None
            for flag, count in zip(self.flags, (self.year, *self.counts), strict=True)
        ]
        years = "; ".join(map(str, self.years)) or None
        return (AREAS[self.party], self.designation, self.year, *self.counts, *flags, years)


AREAS = {"India": "IND", "Viet Nam": "VNM", "Brazil": "BRA"}
COLUMNS = ("importer", "designation", "order_year", "number_ordered", "number_delivered")
FLAGS = ("order_year_uncertain", "number_ordered_uncertain", "number_delivered_uncertain")
counts = st.none() | st.integers(0, 9999)
orders = st.builds(
    Written,
    party=st.sampled_from(sorted(AREAS)),
    designation=st.text("abcXYZ019-/() ", min_size=1, max_size=12).map(str.strip).filter(bool),
    year=st.integers(1950, 2024),
    counts=st.tuples(counts, counts),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    waits=st.lists(st.integers(0, 30), max_size=4),
)


@given(st.lists(orders, min_size=1, max_size=8))
def test_a_register_written_in_the_layout_is_read_back_whole(written: list[Written]) -> None:
    deals, rejected = read_register(write_register({"Russia": tuple(order.write() for order in written)}))
    assert rejected == []
    read = deals.select(*COLUMNS, *FLAGS, "delivery_years").rows()
    assert read == [order.expect() for order in written]


def test_damage_gives_right_deals_or_a_refusal() -> None:
    outcomes = count_damages(100)
    assert outcomes["refused"] > 0
    assert outcomes["quarantined"] > 0
