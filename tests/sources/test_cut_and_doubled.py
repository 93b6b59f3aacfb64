"""Files that stopped early, or hold their rows twice: the harm is found, and the whole file is whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import InputError
from etl.reading import looks_cut
from tests.sources.read_back import read_back
from tests.sources.test_sipri_register_deals import HEADER, PREAMBLE, ROWS, write_register

MONTHS = (
    "Date,Country,Import_Value,Export_Value\n2011-01-01,RUSSIA,183.35,87.04\n2011-02-01,RUSSIA,211.82,78.75"
)
# Orders that differ, as many as a register of one pair has.
MANY = tuple(f"India,Russia,{1950 + at},,{at + 1},,Mu-{at},tank,0,,,New,,1,{at + 1},0" for at in range(70))


@pytest.mark.parametrize("lost", [1, 2, 3, 4, 5])
def test_a_number_cut_at_the_end_of_a_file_sets_its_row_aside(lost: int) -> None:
    back = read_back(MONTHS[:-lost].encode())
    assert back.reasons == [(3, "export_value", "cut_short")]
    assert [row["obs_value"] for row in back.rows] == [183.35e6, 87.04e6]


def test_a_file_without_a_last_line_end_may_be_whole() -> None:
    assert read_back(MONTHS.encode()).reasons == []
    assert read_back(f"{MONTHS}\n".encode()).reasons == []


@pytest.mark.parametrize(
    ("cell", "others", "is_cut"),
    [
        ("7", ["87.04", "12.50"], True),
        ("78.7", ["87.04", "12.5", "1.25", "2.75", "3.75"], True),
        ("78.7", ["87.04", "12.5", "1.5"], False),
        ("23", ["2310", "1240", "4447"], True),
        ("231", ["2310", "12", "4447"], False),
        ("23", ["2310", "1240"], False),
        ("58", ["58%", "42%"], True),
        ("Niger", ["Nigeria", "Nepal"], True),
        ("Niger", ["Nigeria", "Niger"], False),
        ("", ["1", "2"], True),
        ("", ["1", ""], False),
        ("No", ["Yes", "No"], False),
    ],
)
def test_a_cell_is_held_against_those_above_it(cell: str, others: list[str], is_cut: bool) -> None:
    assert looks_cut(cell, others) is is_cut


@given(st.lists(st.integers(100, 99_999), min_size=1, max_size=8), st.data())
def test_no_cut_leaves_another_number_where_all_have_two_decimals(
    numbers: list[int], data: st.DataObject
) -> None:
    others = [f"{number / 100:.2f}" for number in numbers]
    last = data.draw(st.sampled_from(others))
    kept = data.draw(st.integers(0, len(last) - 1))
    assert looks_cut(last[:kept], others)
    assert not looks_cut(last, others)


def test_a_register_with_every_row_twice_is_read_once() -> None:
    for rows in (MANY * 2, tuple(row for row in MANY for _ in range(2))):
        back = read_back(write_register(rows))
        assert len(back.rows) == len(MANY)
        assert {reason for _, _, reason in back.reasons} == {"duplicate_key"}


def test_a_register_behind_itself_is_read_once_with_or_without_its_head() -> None:
    whole = write_register(MANY)
    back = read_back(whole * 2)
    assert len(back.rows) == len(MANY)
    assert {reason for _, _, reason in back.reasons} == {"duplicate_key", "header_again"}
    headed = write_register((*MANY, HEADER, *MANY))
    assert len(read_back(headed).rows) == len(MANY)


def test_two_orders_alike_stay_two_and_two_rows_in_a_row_do_not() -> None:
    alike = read_back(write_register((*MANY, MANY[3])))
    assert (len(alike.rows), alike.reasons) == (len(MANY) + 1, [])
    many = tuple(row.replace("Mu-", f"Nu-{part}-") for part in range(12) for row in MANY)
    spread = read_back(write_register((*many, many[0], many[30], many[9], many[70])))
    assert spread.reasons == []
    doubled = read_back(write_register((*many, many[3], many[4])))
    assert [reason for _, _, reason in doubled.reasons] == ["duplicate_key"] * 2


def test_a_header_that_stands_again_is_one_finding() -> None:
    lines = MONTHS.split("\n")
    back = read_back("\n".join([lines[0], lines[1], lines[0], lines[2], ""]).encode())
    assert back.reasons == [(3, None, "header_again")]
    assert len(back.rows) == 4


def test_cells_that_moved_by_one_do_not_multiply() -> None:
    cells = ROWS[0].split(",")
    moved = ",".join([*cells[:13], "", *cells[13:15]])
    assert [reason for _, _, reason in read_back(write_register((moved, *ROWS[1:]))).reasons] == [
        "does_not_multiply"
    ]


def test_lines_above_a_register_are_no_rows_of_it() -> None:
    content = "".join(f"{line}\n" for line in (*PREAMBLE, HEADER, *MANY, PREAMBLE[0])).encode()
    assert [reason for _, _, reason in read_back(content).reasons] == ["header_again"]


def test_a_quote_that_never_closes_is_refused() -> None:
    with pytest.raises(InputError, match="broken quoting"):
        read_back(f'{MONTHS[:-5]}"78.7'.encode())
