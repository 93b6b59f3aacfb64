"""Files that a spreadsheet has saved again read as the publisher's own do, or are set aside."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.readers.decimal_commas import write_decimal_points
from tests.sources import test_sipri_register_deals, test_sipri_values, test_world_bank_wdi
from tests.sources.read_back import read_back
from tests.sources.spreadsheet_saves import save_with_decimal_commas, save_with_groups

OF_THE_FILE = {
    "source_file",
    "source_sha256",
    "obs_id",
    "deal_id",
    "vintage",
    "vintage_precision",
    "known_from",
    "known_basis",
}


def read_figures(content: bytes) -> list[dict[str, Any]]:
    """What a file says, without what it is called and dated; nothing of it set aside."""
    read = read_back(content)
    assert read.rejected == ()
    return [{name: value for name, value in row.items() if name not in OF_THE_FILE} for row in read.rows]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (test_sipri_register_deals.write_sample(), "latin-1"),
        (test_world_bank_wdi.write_sample(), "utf-8-sig"),
        (test_world_bank_wdi.write_wdi({"IND": ["27.667", "0.5", "1234.25"]}, preamble=False), "utf-8-sig"),
    ],
    ids=["register", "World Bank", "World Bank without its preamble"],
)
def test_a_file_with_decimal_commas_says_what_it_said_with_points(content: bytes, encoding: str) -> None:
    saved = save_with_decimal_commas(content, encoding=encoding)
    assert saved.count(b";") > content.count(b";")
    assert read_figures(saved) == read_figures(content)


def test_volumes_with_commas_between_thousands_are_what_they_were_without() -> None:
    content = test_sipri_values.write_table({"France": [1204, 6, 2116], "Germany": [398, 1399, 0]})
    saved = save_with_groups(content)
    assert b'"1,204"' in saved
    assert read_figures(saved) == read_figures(content)


def test_groups_that_do_not_add_up_are_no_thousands() -> None:
    content = save_with_groups(test_sipri_values.write_table({"France": [1204, 6], "Germany": [398, 1399]}))
    with pytest.raises(Exception, match="rows that add up to the total row"):
        read_back(content.replace(b'"1,204"', b"1.204", 1))


@given(st.lists(st.decimals(-(10**6), 10**6, places=2, allow_nan=False), min_size=1))
def test_every_number_comes_back_from_decimal_commas(numbers: list[Decimal]) -> None:
    rows = [[f"{number:f}".replace(".", ",")] for number in numbers]
    assert write_decimal_points(rows, delimiter=";") == [[f"{number:f}"] for number in numbers]


@pytest.mark.parametrize(
    ("cells", "delimiter"),
    [
        (["1,234", "5,678"], ";"),
        (["8,5", "8.5"], ";"),
        (["8,5", "12.75"], "\t"),
        (["8,5", "9,25"], ","),
        (["27", "1.234"], ";"),
    ],
    ids=["may be groups", "both signs", "both signs, tabs", "parted by commas", "no comma at all"],
)
def test_cells_stay_as_they_are_where_the_decimal_sign_is_not_sure(cells: list[str], delimiter: str) -> None:
    assert write_decimal_points([cells], delimiter=delimiter) == [cells]


def test_points_between_groups_go_where_commas_are_decimal() -> None:
    rows = [["1.234,5", "2.345.678", "77", "Q1.234"]]
    assert write_decimal_points(rows, delimiter=";") == [["1234.5", "2345678", "77", "Q1.234"]]
