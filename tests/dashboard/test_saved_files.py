"""Saved files: a record goes in and comes out the same, and whatever is wrong with a file is said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.saved_pictures import ImageMetadata, UnreadableFileError, read_saved_chart, read_svg
from dashboard.saved_pictures.image_metadata import read_sealed, write_canonically, write_sealed
from dashboard.saved_pictures.saved_files import LARGEST_FILE
from dashboard.saved_pictures.sheet import write_metadata

SMALL = ImageMetadata(
    format=1,
    chart_id="a_chart",
    title="A chart",
    subtitle="Per cent",
    description="It rises.",
    sources=("An office",),
    snapshot_id="2026-01-01-0123456789",
    as_of=date(2026, 1, 1),
    address="/trade",
    values=(),
    specification={},
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**60), 2**60)
specifications = st.dictionaries(
    texts, st.recursive(numbers | texts | st.none() | st.booleans(), st.lists), max_size=3
)


def write_svg(*metadata: str) -> str:
    """A picture of nothing with what stands in it about itself."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{"".join(metadata)}<g/></svg>'


PLAIN_SVG = write_svg()


@given(title=texts, description=texts, specification=specifications)
@example(
    title="\ufffe\uffff\x00\x7f\x85\u2028\r\n ]]> &amp; <b>",
    description="",
    specification={"a": [1, 1.0, 1e300]},
)
def test_any_words_and_any_specification_survive(
    title: str, description: str, specification: dict[str, object]
) -> None:
    plain = json.loads(write_canonically(specification))
    made = replace(SMALL, title=title, description=description, specification=plain)

    for read in (read_sealed(write_sealed(made)), read_svg(write_svg(write_metadata(made)).encode())):
        assert read.record == made
        assert read.is_whole


@given(st.binary(max_size=300))
def test_bytes_that_are_no_picture_are_refused_in_words(content: bytes) -> None:
    for start in (b"", b"<svg"):
        with pytest.raises(UnreadableFileError):
            read_svg(start + content)


def test_a_picture_without_a_record_says_so() -> None:
    with pytest.raises(UnreadableFileError, match="an editor or a website took the record out"):
        read_svg(PLAIN_SVG.encode())


def test_two_records_in_one_picture_are_refused() -> None:
    twice = write_svg(write_metadata(SMALL), write_metadata(replace(SMALL, title="Another")))

    with pytest.raises(UnreadableFileError, match="2 records"):
        read_svg(twice.encode())


def test_what_stands_beside_a_record_does_not_count() -> None:
    beside = write_sealed(SMALL).replace('{"record"', '{"note":"kept","record"', 1)

    assert read_sealed(beside).record == SMALL
    assert read_sealed(beside).is_whole


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "seal: Field required"),
        ("[", "the whole"),
        ('{"seal":1,"record":{}}', "valid string"),
        (write_sealed(SMALL).replace('"format":1', '"format":2'), "format 2; this version reads 1"),
        (write_sealed(SMALL).replace('"title"', '"titel"'), "record.title: Field required"),
        (write_sealed(SMALL).replace('"2026-01-01"', '"New Year"'), "record.as_of"),
        ("[" * 100_000, "damaged"),
        (" " * 8_000_001, "more than 8,000,000 characters"),
    ],
)
def test_a_record_of_another_shape_is_refused_in_words(content: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        read_sealed(content)


@pytest.mark.parametrize(
    "change",
    [
        ("A chart", "Another chart"),
        ("An office", "Another office"),
        ("2026-01-01-0123456789", "2026-01-01-9876543210"),
        ("/trade", "/arms"),
        ('"specification":{}', '"specification":{"data":[]}'),
    ],
)
def test_a_record_that_was_changed_does_not_fit_its_seal(change: tuple[str, str]) -> None:
    sealed = read_sealed(write_sealed(SMALL).replace(*change))

    assert not sealed.is_whole


def test_an_svg_that_declares_a_document_type_is_refused_before_it_grows() -> None:
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY l0 "ha">{laughs}]>{PLAIN_SVG.replace("<g/>", "<g>&l11;</g>")}'

    with pytest.raises(UnreadableFileError, match="declares a document type"):
        read_svg(bomb.encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<svg><g></svg>", "not well-formed"),
        ("<html/>", "no SVG picture"),
        ("<svg xmlns='urn:other'/>", "no SVG picture"),
        (PLAIN_SVG.replace("<g/>", "<g>" * 300 + "</g>" * 300), "nested more than 200 deep"),
        (PLAIN_SVG.replace("<g/>", "&undefined;"), "not well-formed"),
    ],
)
def test_an_svg_that_is_none_is_refused(content: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        read_svg(content.encode())


def test_a_record_counts_only_where_it_belongs() -> None:
    hidden = PLAIN_SVG.replace("<g/>", f"<g>{write_metadata(SMALL)}</g>")

    with pytest.raises(UnreadableFileError, match="carries no record"):
        read_svg(hidden.encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture, which carries no record; save the chart as SVG"),
        (b"\xff\xd8\xff\xe0 jpeg", "a JPEG picture, which carries no record"),
        (b"%PDF-1.7", "a PDF file"),
        (b"hello", "no SVG picture and no table"),
        (b"", "no SVG picture and no table"),
    ],
)
def test_a_file_of_another_kind_is_named(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "saved.svg"
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError, match=words):
        read_saved_chart(path)


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.svg"
    with path.open("wb") as file:
        file.write(b"<svg>")
        file.truncate(50_000_000)

    with pytest.raises(UnreadableFileError, match=f"larger than {LARGEST_FILE // 1_000_000} MB"):
        read_saved_chart(path)


def test_a_file_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="No such file"):
        read_saved_chart(tmp_path / "nothing.svg")
