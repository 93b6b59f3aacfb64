"""Saved files: a record goes in and comes out the same, and whatever is wrong with a file is said."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.picture_records import (
    LARGEST_FILE,
    NoRecordError,
    RecordError,
    UnreadablePictureError,
    put_in_png,
    put_in_svg,
    read_picture,
    read_sealed,
    write_sealed,
)
from dashboard.picture_records.png_files import Chunk, list_chunks, read_from_png, write_text_chunk
from dashboard.picture_records.record import write_canonically
from dashboard.picture_records.svg_files import read_from_svg
from tests.dashboard.picture_files import END, HEADER, PIXEL, SMALL, join_chunks, write_png

PLAIN_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><g/></svg>'

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**60), 2**60)
specifications = st.dictionaries(
    texts, st.recursive(numbers | texts | st.none() | st.booleans(), st.lists), max_size=3
)
chunk_names = st.sampled_from([b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"pHYs", b"gAMA", b"tIME", b"prVt"])
others = st.lists(st.builds(Chunk, chunk_names, st.binary(max_size=40)), max_size=4)


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

    for read in (
        read_sealed(write_sealed(made)),
        read_from_svg(put_in_svg(PLAIN_SVG, made).encode()),
        read_from_png(put_in_png(write_png(), made)),
    ):
        assert read.record == made
        assert read.is_whole


@given(before=others, after=others)
def test_chunks_of_other_programs_do_not_matter(before: list[Chunk], after: list[Chunk]) -> None:
    own, *rest = list_chunks(put_in_png(write_png(), SMALL))

    read = read_from_png(join_chunks((own, *before, *rest[:-1], *after, END)))

    assert read.record == SMALL


@given(st.binary(max_size=300))
def test_bytes_that_are_no_picture_are_refused_in_words(content: bytes) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"<svg"):
        with pytest.raises(UnreadablePictureError):
            (read_from_svg if start == b"<svg" else read_from_png)(start + content)


@given(place=st.integers(0, 5000), bit=st.integers(0, 7))
def test_a_png_with_one_bit_turned_is_never_read_as_whole(place: int, bit: int) -> None:
    content = bytearray(put_in_png(write_png(), SMALL))
    content[place % len(content)] ^= 1 << bit

    with pytest.raises(UnreadablePictureError):
        read_from_png(bytes(content))


@given(st.integers(0, 5000))
def test_a_png_that_ends_early_is_refused(length: int) -> None:
    content = put_in_png(write_png(), SMALL)

    with pytest.raises(UnreadablePictureError, match=r"ends too early|no PNG"):
        read_from_png(content[: length % len(content)])


def test_a_picture_without_a_record_says_so() -> None:
    for read, content in ((read_from_png, write_png()), (read_from_svg, PLAIN_SVG.encode())):
        with pytest.raises(NoRecordError, match="an editor or a website took the record out"):
            read(content)


def test_two_records_in_one_picture_are_refused() -> None:
    twice = put_in_png(put_in_png(write_png(), SMALL), replace(SMALL, title="Another"))
    both = put_in_svg(put_in_svg(PLAIN_SVG, SMALL), SMALL)

    for read, content in ((read_from_png, twice), (read_from_svg, both.encode())):
        with pytest.raises(UnreadablePictureError, match="2 records"):
            read(content)


def test_a_record_that_unpacks_to_more_than_any_of_ours_is_refused() -> None:
    bomb = write_text_chunk("footnoted", " " * 40_000_000, is_compressed=True)

    with pytest.raises(UnreadablePictureError, match="more than 8,000,000 characters"):
        read_from_png(write_png(bomb))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"footnoted", "chunk of its record is damaged"),
        (b"footnoted\0\2\0\0\0{}", "chunk of its record is damaged"),
        (b"footnoted\0\1\0\0\0not packed", "cannot be unpacked"),
        (b"footnoted\0\1\0\0\0" + zlib.compress(b"{}" * 99)[:-9], "cannot be unpacked"),
        (b"footnoted\0\0\0\0\0\xff\xfe", "holds no text"),
    ],
)
def test_a_damaged_chunk_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(UnreadablePictureError, match=words):
        read_from_png(write_png(Chunk(b"iTXt", body)))


def test_a_record_that_a_browser_could_not_pack_is_read_too() -> None:
    plain = write_text_chunk("footnoted", write_sealed(SMALL), is_compressed=False)

    assert read_from_png(write_png(plain)).record == SMALL


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "code: Field required"),
        ("[", "the whole"),
        ('{"code":1,"seal":"","record":{}}', "valid string"),
        (write_sealed(SMALL).replace('"format":1', '"format":2'), "format 2; this version reads 1"),
        (write_sealed(SMALL).replace('"title"', '"titel"'), "record.title: Field required"),
        (write_sealed(SMALL).replace('"2026-01-01"', '"New Year"'), "record.as_of"),
        ("[" * 100_000, "damaged"),
        (" " * 8_000_001, "more than 8,000,000 characters"),
    ],
)
def test_a_record_of_another_shape_is_refused_in_words(content: str, words: str) -> None:
    with pytest.raises(RecordError, match=words):
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
def test_a_record_that_was_changed_does_not_fit_its_code_or_seal(change: tuple[str, str]) -> None:
    sealed = read_sealed(write_sealed(SMALL).replace(*change))

    assert not sealed.is_whole


def test_an_svg_that_declares_a_document_type_is_refused_before_it_grows() -> None:
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY l0 "ha">{laughs}]>{PLAIN_SVG.replace("<g/>", "<g>&l11;</g>")}'

    with pytest.raises(UnreadablePictureError, match="declares a document type"):
        read_from_svg(bomb.encode())


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
    with pytest.raises(UnreadablePictureError, match=words):
        read_from_svg(content.encode())


def test_a_record_counts_only_where_it_belongs() -> None:
    metadata = re.sub(r".*(<metadata>.*</metadata>).*", r"\1", put_in_svg(PLAIN_SVG, SMALL))
    hidden = PLAIN_SVG.replace("<g/>", f"<g>{metadata}</g>")

    with pytest.raises(NoRecordError):
        read_from_svg(hidden.encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xd8\xff\xe0 jpeg", "a JPEG picture, which carries no record"),
        (b"%PDF-1.7", "a PDF file"),
        (b"hello", "neither a PNG nor an SVG"),
        (b"", "neither a PNG nor an SVG"),
    ],
)
def test_a_file_of_another_kind_is_named(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "saved.png"
    path.write_bytes(content)

    with pytest.raises(UnreadablePictureError, match=words):
        read_picture(path)


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.write(join_chunks((HEADER, PIXEL)))
        file.truncate(50_000_000)

    with pytest.raises(UnreadablePictureError, match=f"larger than {LARGEST_FILE // 1_000_000} MB"):
        read_picture(path)


def test_a_file_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePictureError, match="No such file"):
        read_picture(tmp_path / "nothing.svg")
