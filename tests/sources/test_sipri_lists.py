"""SIPRI's lists without a series are refused, saying why."""

from __future__ import annotations

from pathlib import Path

import pytest

import etl
from etl.errors import InputError
from tests.sources.fuzz import CASES, count_refusals

IS_REFUSED = True
CODES = b'"country_code","country_label"\n"","All"\n"QQQ","Atlantis"\n'
DEALS = (
    b"buyercod,sellercod,desig2,desc,nrdel,buyer,seller,tivunit,tivorder,tivdel\r"
    b"IND,RUS,Type-1,Tank,3,India,Russia,2,6,6\r"
)


def write_samples() -> tuple[bytes, ...]:
    """Both lists, for the damage run."""
    return CODES, DEALS


@pytest.mark.parametrize(
    ("content", "reason"),
    [(CODES, "country codes"), (DEALS, "without a year"), (b"\xef\xbb\xbf" + CODES, "codes")],
)
def test_a_list_without_a_series_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=reason):
        etl.inspect_file(path)


@pytest.mark.publisher_files
@pytest.mark.parametrize("name", ["sipri-arms-by-seller-2010.csv", "sipri_country_list.csv"])
def test_the_real_lists_are_refused(publisher_files_folder: Path, name: str) -> None:
    with pytest.raises(InputError, match="no figure"):
        etl.inspect_file(publisher_files_folder / "sipri_tiv_old" / name)


@pytest.mark.parametrize("content", write_samples())
def test_damaged_lists_are_refused_too(content: bytes) -> None:
    assert sum(count_refusals(content).values()) == CASES
