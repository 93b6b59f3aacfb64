"""Texts of every kind are opened as plain paragraphs, or refused with what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.documents.opened_text import OpenedText, open_pasted, open_text, open_text_file
from etl.documents.opening.refusals import (
    LARGEST_PAGE_BYTES,
    LARGEST_PDF_BYTES,
    LARGEST_TEXT_BYTES,
    TextRefusedError,
)

PARAGRAPHS = "Trade grew to US$ 13 billion in 2021-22.\n\nThe share fell to 36%.\n"


def list_digits(text: str) -> list[str]:
    return [sign for sign in text if sign in "0123456789"]


def test_a_plain_text_is_returned_as_it_is() -> None:
    opened = open_text(PARAGRAPHS.encode())
    assert (opened.text, opened.kind, opened.title, opened.published_on) == (PARAGRAPHS, "text", None, None)
    assert opened.notes == ()


def test_line_ends_of_other_systems_stay_for_they_are_part_of_the_text_that_was_hashed() -> None:
    assert open_text(b"First line.\r\nSecond line.\r\n").text == "First line.\r\nSecond line.\r\n"


def open_or_refuse(content: bytes, *, kind: str | None = None) -> OpenedText | TextRefusedError:
    try:
        return open_text(content, kind=kind)
    except TextRefusedError as error:
        return error


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_opened_or_refused_and_nothing_else(content: bytes) -> None:
    found = open_or_refuse(content, kind="text")
    assert found.remedy if isinstance(found, TextRefusedError) else found.text.strip()


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(
        [b"", b"%PDF-1.7\n", b"<html>", b"<p>", b"---\n", b"# A\n**b**\n", b"\xff\xfe", b"PK\x03\x04"]
    ),
    st.binary(max_size=200),
)
def test_damaged_files_of_every_kind_are_opened_or_refused_and_nothing_else(head: bytes, rest: bytes) -> None:
    found = open_or_refuse(head + rest)
    assert found.remedy if isinstance(found, TextRefusedError) else found.text.strip()


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_no_digit_of_a_plain_text_is_lost_and_the_text_is_utf8(text: str) -> None:
    found = open_or_refuse(text.encode(), kind="text")
    if isinstance(found, TextRefusedError):
        assert not text.strip() or not text.isprintable()
    else:
        assert list_digits(found.text) == list_digits(text)
        assert found.text.encode()


@given(st.text(alphabet="0123456789.,%$ abcdefghij-\n", min_size=1, max_size=2_000))
def test_joining_broken_lines_changes_nothing_but_white_space(text: str) -> None:
    if text.strip():
        assert "".join(open_text(text.encode(), kind="text").text.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("\ufeff76 per cent".encode(), "76 per cent"),
        ("76 – per cent".encode("utf-16"), "76 – per cent"),
        ("£5 – and 76".encode("cp1252"), "£5 – and 76"),
        ("<html><meta charset='windows-1251'><p>Россия: 76".encode("cp1251"), "Россия: 76"),
    ],
    ids=["utf-8 with a mark", "utf-16", "windows-1252", "as the page declares"],
)
def test_texts_are_read_in_their_encoding(content: bytes, words: str) -> None:
    assert open_text(content).text == words


def test_a_text_that_is_not_utf8_says_how_it_was_read() -> None:
    assert open_text("£5".encode("cp1252")).notes == ("The text is not UTF-8 and was read as windows-1252.",)


def test_marks_that_turn_or_hide_text_are_taken_out_and_counted() -> None:
    opened = open_text("\u202e67\u202c per cent, 7\u200b6, \x07bell".encode())
    assert opened.text == "67 per cent, 76,  bell"
    assert opened.notes == (
        "One control character was replaced by a space.",
        "2 direction marks were removed.",
        "One character without width was removed.",
    )


def test_joiners_of_indian_scripts_stay() -> None:
    assert open_text("क्\u200dष 7\u200d6".encode()).text == "क्\u200dष 76"


def test_the_name_decides_between_markdown_and_plain_text() -> None:
    content = b"# Heading\n\n**76** per cent\n"
    assert open_text(content, name="a.txt").text == content.decode()
    assert open_text(content, name="a.md").text == "Heading\n76 per cent"
    assert open_text(content).kind == "markdown"


def test_a_name_does_not_make_a_text_a_page_or_a_pdf() -> None:
    assert open_text(b"76 per cent", name="a.pdf").kind == "text"
    assert open_text(b"76 per cent", name="a.html").kind == "text"


def test_a_stray_asterisk_does_not_make_a_text_markdown() -> None:
    assert open_text(b"The share* fell.\n* provisional\n").kind == "text"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "holds no text"),
        (b" \n\t\n", "holds no text"),
        ("\u200b\u2060".encode(), "holds no text"),
        (b"a\x00b", "no text has"),
        (b"\xff\xfea", "UTF-16"),
        (b"\x01\x02\x03\x04 abc", "control characters"),
        (b"\x89PNG\r\n\x1a\n0000", "PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG picture"),
        (b"PK\x03\x04....word/document.xml", "Word document"),
        (b"PK\x03\x04....xl/workbook.xml", "Excel workbook"),
        (b"PK\x03\x04....readings", "ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "older office document"),
        (b"{\\rtf1 76 per cent}", "rich text"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (b"\x7fELF\x02", "program"),
    ],
)
def test_what_is_no_text_is_refused_for_what_it_is(content: bytes, problem: str) -> None:
    with pytest.raises(TextRefusedError, match=problem):
        open_text(content)


@pytest.mark.parametrize(
    "content",
    [
        b"7" * 10_000_000,
        b"7" * (LARGEST_TEXT_BYTES + 1),
        b"<p>" + b"7" * LARGEST_PAGE_BYTES,
        b"%PDF-1.7" + b"7" * LARGEST_PDF_BYTES,
    ],
    ids=["ten megabytes of digits", "text", "page", "pdf"],
)
def test_what_is_too_large_is_refused_with_the_limits(content: bytes) -> None:
    with pytest.raises(TextRefusedError, match=r"MB, and at most 2 MB .* 5 MB .* 20 MB"):
        open_text(content)


def test_two_megabytes_of_digits_on_one_line_are_one_paragraph() -> None:
    assert len(open_text(b"7" * LARGEST_TEXT_BYTES).text) == LARGEST_TEXT_BYTES


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(TextRefusedError, match="no reader for the kind 'docx'"):
        open_text(b"76", kind="docx")


def test_lines_broken_at_a_width_are_paragraphs_again() -> None:
    wrapped = (
        "Russia's share of Indian arms imports fell from 76 per cent in\n"
        "2009-13 to 36 per cent in 2019-23, the institute said in a fact\n"
        "sheet on Monday, while France more than tripled its own share to\n"
        "33 per cent.\n"
        "\n"
        "Another paragraph.\n"
    )
    opened = open_text(wrapped.encode())
    assert opened.text.splitlines()[0].endswith("its own share to 33 per cent.")
    assert "Another paragraph." in opened.text.splitlines()
    assert opened.notes == ("Lines broken at 64 characters were joined into paragraphs.",)


@pytest.mark.parametrize(
    "text",
    [
        "Trade was 8.1 billion dollars in 2020-21, the ministry said.\n"
        "Exports were 2.7 billion dollars in that same fiscal year.\n"
        "Imports were 5.5 billion dollars in that same fiscal year.\n"
        "Balance was -2.8 billion dollars in that same fiscal year.\n",
        "2019-20  10.11  2.39  the earlier of these years shown here\n"
        "2020-21   8.14  2.66  the later of the years that are shown\n",
        "- Russia supplied 36 per cent of the arms that India imported\n"
        "- France supplied 33 per cent of the arms that India imported\n",
    ],
    ids=["a sentence a line", "columns", "list"],
)
def test_lines_that_stand_alone_stay_alone(text: str) -> None:
    assert open_text(text.encode()).text == text


def test_pasted_characters_are_opened_without_a_file() -> None:
    assert open_pasted("76 per cent \ud800").text == "76 per cent ?"
    assert open_pasted("<p>76 <b>per</b> cent").text == "76 per cent"


def test_a_file_is_opened_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("---\ntitle: 'A note'\ndate: 2024-03-11\n---\n76 per *cent*\n", encoding="utf-8")
    opened = open_text_file(path)
    assert (opened.text, opened.title) == ("76 per cent", "A note")
    assert opened.published_on == date(2024, 3, 11)


def test_a_path_without_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TextRefusedError, match="is no file"):
        open_text_file(tmp_path)
