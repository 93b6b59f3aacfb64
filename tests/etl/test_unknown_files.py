"""A file that no layout has: its owner learns what it looks like, what it lacks and what is read instead."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import UnrecognisedFileError
from etl.provenance import RawFile
from etl.sources import find_sources, recognise_source
from etl.unknown_files import describe_unknown

SOURCES = [module.SOURCE for module in find_sources().values()]
MOST_LINES = 12


def refuse(name: str, content: bytes) -> str:
    """The message about a file that no layout has."""
    with pytest.raises(UnrecognisedFileError) as refused:
        recognise_source(RawFile(name, content))
    return str(refused.value)


def test_a_table_of_nobody_is_told_by_its_columns() -> None:
    message = refuse("sales.csv", b"shop;pears;plums\nA;1;2\n")
    assert "columns are parted by semicolons, with “shop”, “pears”, “plums”" in message
    assert "Nearest" not in message
    assert "World Bank" in message


def test_the_nearest_layout_is_named_with_what_is_missing() -> None:
    message = refuse("trade.csv", b"Classification,Trade Flow Code,Reporter Code,Year\nH4,1,699,2018\n")
    assert "Nearest is un_comtrade_web" in message
    assert "lacks “Partner Code”, “Trade Value (US$)”" in message
    assert "Of United Nations Statistics Division these are read:" in message


def test_names_that_a_statistical_program_rewrote_are_known_again() -> None:
    message = refuse("trade.csv", b"Classification,Trade.Flow.Code,Reporter.Code,Year\nH4,1,699,2018\n")
    assert "Nearest is un_comtrade_web" in message


def test_a_publisher_that_is_named_has_its_downloads_listed() -> None:
    message = refuse("list.csv", b"Source: SIPRI Yearbook\nrank,name\n1,India\n")
    assert "Of SIPRI these are read:" in message
    assert "refused" not in message


def test_years_make_no_table_anybodys() -> None:
    assert "Nearest" not in refuse("rain.csv", b"station,1990,1991,1992\nA,1,2,3\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b"%PDF-1.7\n", "a PDF document"),
        (gzip.compress(b"a,b\n", mtime=0), "unpack it"),
        (b'{"rows": []}', "JSON, with “rows”"),
        (b"<html><body><p>Trade</p></body></html>", "a web page"),
        ("Trade\nrose\n".encode("utf-16"), "text without columns, in UTF-16"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(content: bytes, words: str) -> None:
    assert words in refuse("file", content)


def test_an_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "a,b\n")
    assert "unpack it" in refuse("a.zip", (tmp_path / "a.zip").read_bytes())


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_the_message_is_a_dozen_printable_lines_at_most(content: bytes) -> None:
    problem, remedy = describe_unknown(RawFile("file.csv", content), SOURCES)
    lines = f"{problem}\n{remedy}".split("\n")
    assert len(lines) <= MOST_LINES
    assert all(line.isprintable() for line in lines)


def test_the_header_is_named_though_a_row_below_has_more_commas() -> None:
    content = b"Code,Name,Comments,From,To\n4,Alpha,no,1962,2061\n9,Beta, nes,Beta, nes,1,2\n5,Gamma,no,1,2\n"
    assert "\u201cCode\u201d, \u201cName\u201d" in refuse("file", content)
