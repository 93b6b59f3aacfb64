"""TradeStat answers that scraping programs kept in JSON: recognised, and refused with the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import etl
from etl.errors import InputError
from etl.provenance import RawFile
from etl.sources.india_moc_tradestat_json import matches
from tests.sources.fuzz import CASES, count_refusals, take_content

IS_REFUSED = True
PAGE = "https://tradestat.commerce.gov.in/eidb/commodity_wise_all_countries_import"


def write_answers(*, asked: str = "2024", total: float = 680215.3, page: str = PAGE) -> bytes:
    """A program's file: one answer, under the year asked for, with two fixed years."""
    block = {
        "metadata": {"source_url": page, "financial_year": asked},
        "countries": [{"sno": 1, "country": "NEPAL", "values_usd": {"y2023_2024": 1.5, "y2024_2025": None}}],
        "totals": {"india_total": {"values_usd": {"y2023_2024": 678214.7, "y2024_2025": total}}},
    }
    return json.dumps({"hsn_code": "01012100", "years": {asked: block}}, indent=2).encode()


def write_sample() -> bytes:
    """A small file of a scraping program."""
    return write_answers()


@pytest.mark.publisher_files
def test_every_real_file_is_refused_as_a_programs_relabelling(publisher_files_folder: Path) -> None:
    paths = sorted((publisher_files_folder / "india_moc" / "tradestat_json_scraped").iterdir())
    assert len(paths) == 3
    for path in paths:
        with pytest.raises(InputError, match="scraping program"):
            etl.inspect_file(path)


@pytest.mark.publisher_files
def test_the_real_import_file_is_refused_for_its_rupees(publisher_files_folder: Path) -> None:
    path = publisher_files_folder / "india_moc" / "tradestat_json_scraped" / "01012100_import.json"
    with pytest.raises(InputError, match="size of rupees in crore"):
        etl.inspect_file(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (write_answers(), "what the program asked for"),
        (write_answers(asked="2019"), "carry the years of another"),
        (write_answers(total=5720000.0), "size of rupees in crore"),
        (write_answers(total=-3.8), "growth rate stands where"),
        (write_answers(page="https://tradestat.commerce.gov.in/eidb"), "not of one direction"),
    ],
)
def test_the_refusal_says_what_is_wrong(content: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        take_content(content)


def test_other_json_is_none_of_its_business() -> None:
    for text in (b"{}", b"[1, 2]", b'{"bytes": "QUJD"}', b'{"data": [], "count": 0}', b"\xff\xfe{"):
        assert not matches(RawFile("sample", text))


def test_damaged_files_are_refused_too() -> None:
    assert sum(count_refusals(write_sample()).values()) == CASES
