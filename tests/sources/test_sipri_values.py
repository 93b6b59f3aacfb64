"""SIPRI's values of the new site: the real one, ones written here and read back, and damaged ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.errors import ExpectationError, InputError
from tests.sources.fuzz import CASES, Taken, count_outcomes, take_content

NAMES = {
    "France": "FRA",
    "Germany": "DEU",
    "Soviet Union": "SUN",
    "Turkiye": "TUR",
    "unknown supplier(s)": "_X",
}
Cells = list[int | None]
ROWS: dict[str, Cells] = {
    "Germany": [398, 399, 0, 36, None],
    "France": [None, 6, 2116, 11, None],
    "Soviet Union": [None, None, None, None, None],
}


def write_table(
    rows: dict[str, Cells],
    *,
    first: str = "Supplier",
    total: str = "Total exports to India",
    year: int = 1991,
) -> bytes:
    """A table as the new site writes it, with sums and percentages that are right."""
    width = max(len(cells) for cells in rows.values())
    span = f"{year}-{year + width - 1}"
    columns = [[cells[at] for cells in rows.values()] for at in range(width)]
    sums = [add_cells(column) for column in columns]
    whole = sum(cell or 0 for cell in sums)
    lines = [
        "Volume of transfers",
        "Figures are in millions.",
        "Source: SIPRI Arms Transfers Database (c) SIPRI.",
        "Data generated: 13 Oct 2024 12:33:29 PM",
        "",
        ",".join([first, *(str(year + at) for at in range(width)), span, "Percentage"])
        + ",Sum total years,Percentage of total",
        *(write_line(name, cells, whole=whole) for name, cells in rows.items()),
        ",".join([total, *map(write_cell, sums), write_cell(whole), "100%", write_cell(whole), ""]),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def write_line(name: str, cells: Cells, *, whole: int) -> str:
    """One row with its sums and percentages: whole ones from ten per cent on, as the site rounds them."""
    added = sum(cell or 0 for cell in cells)
    percent = 100 * added / whole if whole else 0
    share = f"{percent:.0f}%" if percent >= 10 else f"{percent:.1f}%"
    return ",".join([name, *map(write_cell, cells), write_cell(added), share, write_cell(added), share])


def write_sample() -> bytes:
    """A small table for the damage run."""
    return write_table(ROWS)


def add_cells(cells: Cells) -> int | None:
    """The sum, or nothing where nothing was delivered."""
    known = [cell for cell in cells if cell is not None]
    return sum(known) if known else None


def write_cell(cell: int | None) -> str:
    """Zero has a space behind it on this site."""
    return "" if cell is None else f"{cell} " if cell == 0 else str(cell)


def list_values(taken: Taken) -> dict[tuple[str, str, str, str], float]:
    """Values by importer, supplier, commodity and year."""
    return {
        (str(key[1]), str(key[2]), str(key[3]), str(key[5])): float(str(dict(entry.content)["obs_value"]))
        for key, entry in taken.entries.items()
    }


@pytest.mark.parametrize(
    ("first", "total", "expected"),
    [
        ("Supplier", "Total exports to India", ("IND", "DEU")),
        ("Supplier", "Total world export", ("W00", "DEU")),
        ("Exports by", "Total world export", ("W00", "DEU")),
        ("Recipient", "Total world import", ("DEU", "W00")),
        ("Recipient", "Total imports from India", ("DEU", "IND")),
        ("Recipient", "Total exports from India", ("DEU", "IND")),
    ],
)
def test_the_first_cell_and_the_last_row_say_who_is_who(
    first: str, total: str, expected: tuple[str, str]
) -> None:
    values = list_values(take_content(write_table(ROWS, first=first, total=total)))
    assert values[(*expected, "TOTAL", "1991")] == 398
    assert values[(*expected, "TOTAL", "1993")] == 0


@pytest.mark.parametrize(
    "write",
    [
        lambda share: f"{Decimal(share):.2f}%",
        lambda share: f"{Decimal(share):.1f}%".replace(".", ","),
        lambda share: f"{Decimal(share):.3f} %",
        lambda share: f"{Decimal(share):.2f}\u00a0%",
        lambda share: str(Decimal(share) / 100),
    ],
    ids=["two decimals", "decimal comma", "three decimals and a blank", "hard space", "fraction"],
)
def test_percentages_are_the_same_however_a_spreadsheet_writes_them(write: Callable[[str], str]) -> None:
    plain = write_sample().decode()
    sign = ";" if "," in write("6.5") else ","
    text = re.sub(r"([\d.]+)%", lambda match: write(match[1]), plain.replace(",", sign))
    assert text != plain
    assert list_values(take_content(text.encode())) == list_values(take_content(plain.encode()))


def test_a_percentage_of_another_row_still_sets_its_row_aside() -> None:
    wrong = write_sample().decode().replace("28%", "82.00%")
    assert wrong != write_sample().decode()
    assert take_content(wrong.encode()).rows_rejected == 1


def test_a_category_that_sipri_adds_is_kept_among_known_ones_and_an_area_is_not() -> None:
    rows = {"Aircraft": ROWS["Germany"], "Air-defence systems": ROWS["France"], "Kites": ROWS["France"]}
    values = list_values(take_content(write_table(rows, first="")))
    assert {key[2] for key in values} == {"Aircraft", "Air defence systems", "Kites", "TOTAL"}
    assert (
        take_content(
            write_table({**rows, "Ships": ROWS["France"], "Norway": ROWS["France"]}, first="")
        ).rows_rejected
        == 1
    )


def test_a_year_that_is_not_out_yet_gives_no_rows() -> None:
    assert {key[5] for key in take_content(write_sample()).entries} == {"1991", "1992", "1993", "1994"}


def test_weapon_categories_become_commodities() -> None:
    rows: dict[str, Cells] = {"Aircraft": [398, 0], "Anti-submarine warfare weapons": [None, 12]}
    values = list_values(take_content(write_table(rows, first="", total="Total exports to India")))
    assert values["IND", "W00", "Aircraft", "1991"] == 398
    assert values["IND", "W00", "TOTAL", "1992"] == 12


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        (b"399,0 ,36,,833,28%,833,28%", b"399,0 ,36,,933,28%,933,28%", "Sum total years"),
        (b"399,0 ,36,,833,28%,833,28%", b"399,0 ,36,,933,28%,833,28%", "1991-1995"),
        (b"399,0 ,36,,833,28%,833,28%", b"399,0 ,36,,833,28%,833,88%", "Percentage of total"),
        (b"399,0 ,36,,833,28%,833,28%", b"399,0 ,36,,833,,833,n/a", "Percentage of total"),
    ],
)
def test_a_row_whose_sums_or_shares_are_wrong_is_quarantined(
    tmp_path: Path, old: bytes, new: bytes, column: str
) -> None:
    path = tmp_path / "values.csv"
    assert old in write_sample()
    path.write_bytes(write_sample().replace(old, new))
    inspection = etl.inspect_file(path)
    assert [(entry.line, entry.column, entry.reason) for entry in inspection.rejected] == [
        (7, column, "does_not_add_up")
    ]
    assert inspection.rows_read == 4


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"Total exports to India", b"Total", "one total row"),
        (b"Total exports to India", b"Total exports", "one total row|who stands on the other side"),
        (b"Total exports to India", b"Total exports from India", "who stands on the other side"),
        (b"Total exports to India", b"Total exports to Atlantis", "names no known area"),
        (b"1991,1992", b"1992,1991", "out of order"),
        (b"France,,6,2116,11,,2133,72%,2133,72%\n", b"", "years that do not"),
    ],
)
def test_a_table_that_cannot_be_told_is_refused_with_the_reason(old: bytes, new: bytes, reason: str) -> None:
    sample = write_sample()
    assert old in sample
    with pytest.raises((InputError, ExpectationError), match=reason):
        take_content(sample.replace(old, new))


cells = st.lists(st.one_of(st.none(), st.integers(0, 4000)), min_size=3, max_size=3)


@given(st.dictionaries(st.sampled_from(sorted(NAMES)), cells, min_size=1))
def test_a_table_written_in_the_layout_is_read_back_whole(rows: dict[str, Cells]) -> None:
    values = list_values(take_content(write_table(rows), check_schema=False))
    expected = {
        ("IND", NAMES[name], "TOTAL", str(1991 + at)): cell
        for name, row in rows.items()
        for at, cell in enumerate(row)
        if cell is not None
    }
    assert {key: value for key, value in values.items() if key[1] != "W00"} == expected


def test_damage_gives_right_numbers_or_a_refusal() -> None:
    counts = count_outcomes(write_sample())
    assert sum(counts.values()) == CASES
    assert counts["refused"] > 0


@pytest.mark.publisher_files
def test_every_row_of_the_real_file_is_accepted_and_its_numbers_are_right(
    publisher_files_folder: Path,
) -> None:
    path = publisher_files_folder / "sipri_tiv_new" / "import-export-values_1950-2024.csv"
    inspection = etl.inspect_file(path)
    assert inspection.source.layout == "sipri_values"
    assert (inspection.rows_read, inspection.rows_rejected) == (262, 0)
    assert inspection.file.sidecar.vintage.isoformat() == "2024-10-13"
    values = {(row["ref_area"], row["time_period"]): row["obs_value"] for row in inspection.rows.to_dicts()}
    assert (values["IND", "1950"], values["IND", "2022"], values["W00", "2023"]) == (141, 2582, 29104)
    india = inspection.rows.filter(pl.col("ref_area") == "IND")
    assert india["obs_value"].to_list()[:3] == [141, 277, 104]
    assert abs(sum(india["obs_value"].to_list()) - 134469) <= 40
    assert set(inspection.rows["counterpart_area"]) == {"W00"}
