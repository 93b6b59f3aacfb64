"""BACI's code lists: known for what they are, checked, and refused with what to do with them."""

from __future__ import annotations

from pathlib import Path

import pytest

import etl
from tests.sources.read_back import read_back

FILES = {
    "country_codes_V202301.csv": "a list of 238 areas: ",
    "country_codes_V202301_resaved_by_R.csv": "a list of 238 areas: ",
    "product_codes_HS92_V202301_EXCEL-LEADING-ZERO-LOST.csv": "a list of 5021 products, 347 of them without",
}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (
            b"country_code,country_name,country_iso2,country_iso3\r\n699,India,IN,IND\r\n",
            "a list of 1 areas: ",
        ),
        (b"country_code;country_name;country_iso3\n13,Nowhere,;NWH\n", "no numeric code|fields"),
        (b"country_code,country_name,country_iso3\n13,Nowhere,NWH\n", "1 areas, 1 of them unknown here"),
        (b'"","code","description"\n"1","010121","Horses"\n', "a list of 1 products: "),
        (b"\xef\xbb\xbfcode;description\n10121;Horses\n270900;Oils\n", "2 products, 1 of them without"),
        (b"code,description\n10121,Horses\n010129,Others\n", "other codes have kept their leading zero"),
    ],
)
def test_a_list_is_refused_as_one(content: bytes, found: str) -> None:
    with pytest.raises(etl.InputError, match=found):
        read_back(content)


@pytest.mark.publisher_files
@pytest.mark.parametrize("name", FILES)
def test_cepiis_own_lists_are_read_and_refused(name: str, publisher_files_folder: Path) -> None:
    with pytest.raises(etl.InputError, match=FILES[name]):
        etl.inspect_file(publisher_files_folder / "baci" / name)
