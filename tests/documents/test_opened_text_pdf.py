"""PDF files are read apart from the server, as paragraphs, in bounded time and memory."""

from __future__ import annotations

import ast
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.opened_text import open_text
from etl.documents.opening import bounded_child
from etl.documents.opening.child_process import ReaderFailedError, read_apart
from etl.documents.opening.joined_lines import join_pair
from etl.documents.opening.page_lines import PageLine, join_pages
from etl.documents.opening.refusals import TextRefusedError
from tests.documents.pdf_files import Words, set_lines, write_bomb, write_pdf, write_streams

FOLDER = Path(bounded_child.__file__).parent
PARAGRAPH = [
    "India and Russia set a target of $100 billion for their trade in",
    "2030. In the fiscal year 2021-22 it was 13.1 billion, says the min-",
    "istry of commerce, and 68.7 billion later.",
]
JOINED = (
    "India and Russia set a target of $100 billion for their trade in 2030. In the fiscal year 2021-22 it "
    "was 13.1 billion, says the ministry of commerce, and 68.7 billion later."
)


def read_pdf(content: bytes) -> list[str]:
    opened = open_text(content)
    assert opened.kind == "pdf"
    return opened.text.split("\n")


def test_lines_of_a_page_become_paragraphs_and_cut_words_whole() -> None:
    lines = [*set_lines(["A heading"], size=16), *set_lines([*PARAGRAPH, "Next."], top=740)]
    opened = open_text(write_pdf(lines, title="Trade in brief"))
    assert opened.text.split("\n") == ["A heading", JOINED, "Next."]
    assert opened.title == "Trade in brief"


def test_a_title_that_a_program_made_up_is_not_taken() -> None:
    assert open_text(write_pdf(set_lines(["76"]), title="Microsoft Word - note.docx")).title is None


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    left, right = set_lines(PARAGRAPH[:2], size=8), set_lines(PARAGRAPH[2:], left=330, size=8)
    assert read_pdf(write_pdf([*left, *right])) == [JOINED]


def test_a_paragraph_goes_on_over_a_page_with_running_heads() -> None:
    first = [Words("The Trade Review 7", bottom=820), *set_lines(PARAGRAPH[:2]), *set_lines(["1"], top=40)]
    pages = [
        [
            Words("The Trade Review 8", bottom=820),
            *set_lines(PARAGRAPH[2:]),
            Words("A.", bottom=99),
            Words("2", bottom=40),
        ],
        [Words("The Trade Review 9", bottom=820), *set_lines(["B.", "C."]), Words("3", bottom=40)],
    ]
    opened = open_text(write_pdf(first, *pages))
    assert opened.text.split("\n") == [JOINED, "A.", "B.", "C."]
    assert opened.notes == ("Heads and feet of pages were left out (6 lines).",)


def test_cells_of_a_row_do_not_run_together() -> None:
    rows = [
        Words(text, left, bottom)
        for bottom, cells in ((700, ("2019-20", "10.11")), (686, ("2020-21", "8.14")))
        for text, left in zip(cells, (72, 200), strict=True)
    ]
    assert read_pdf(write_pdf(rows)) == ["2019-20\t10.11", "2020-21\t8.14"]


def test_the_raised_number_of_a_note_does_not_run_into_a_year() -> None:
    assert read_pdf(write_pdf([Words("in 2019-23"), Words("1", 123.4, 774, 6)])) == ["in 2019-23¹"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"%PDF-1.7\nnothing of use", "is damaged"),
        (write_pdf(set_lines(PARAGRAPH))[:300], "is damaged"),
        (write_pdf([]), "pages are pictures"),
        (write_pdf(), "is damaged"),
        (
            write_streams(
                b"BT (5) Tj ET",
                trailer=f" /Encrypt << /Filter /Standard /V 1 /R 2 /O ({'o' * 32}) /U ({'u' * 32}) /P -4 >>"
                f" /ID [({'1' * 16})({'1' * 16})]",
            ),
            "locked with a password",
        ),
    ],
    ids=["nonsense", "cut off", "no text", "no pages", "locked"],
)
def test_a_pdf_that_cannot_be_read_says_why(content: bytes, problem: str) -> None:
    with pytest.raises(TextRefusedError, match=problem):
        open_text(content)


def test_a_pdf_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(TextRefusedError, match="time and memory allowed"):
        open_text(write_bomb(megabytes=1_000))


def test_of_a_long_pdf_the_first_pages_are_read_and_that_is_said() -> None:
    opened = open_text(write_pdf(*[[Words(f"Page {number}")] for number in range(600)]))
    assert opened.notes == ("Only the first 500 of 600 pages were read.",)


def test_numbers_that_are_none_do_no_harm() -> None:
    wild = b"BT /F1 1e38 Tf 1e38 1e38 1e38 1e38 1e38 1e38 Tm (5 6) Tj ET BT /F1 9 Tf 9 9 Td (76) Tj ET"
    assert "76" in open_text(write_streams(wild)).text


def test_several_threads_read_at_once() -> None:
    contents = [write_pdf(set_lines([f"Text {number}"])) for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        assert [opened.text for opened in pool.map(open_text, contents)] == [
            f"Text {number}" for number in range(6)
        ]


def test_a_reader_that_runs_out_of_time_has_failed() -> None:
    with pytest.raises(ReaderFailedError):
        read_apart("pdf_lines.py", "1", "1", "1", content=b"%PDF-", cpu_seconds=5, wall_seconds=0.001)


def test_scripts_that_run_apart_import_nothing_of_the_package() -> None:
    for script in ("bounded_child.py", "pdf_lines.py", "markup_lines.py"):
        tree = ast.parse((FOLDER / script).read_text(encoding="utf-8"))
        names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
        outside = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names)
        assert outside <= {"pypdfium2", "selectolax", "markdown_it"}, script


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("the min-", "istry said", "the ministry said"),
        ("in 2009-", "13 it was", "in 2009-13 it was"),
        ("in 2009–", "13 it was", "in 2009–13 it was"),
        ("of Soviet-", "era arms", "of Soviet-era arms"),
        ("the India-", "Russia summit", "the India-Russia summit"),
        ("one way -", "and another", "one way - and another"),
        ("led by Moscow—", "said so", "led by Moscow—said so"),
        ("fell to", "36 per cent", "fell to 36 per cent"),
    ],
)
def test_what_stands_between_two_lines_is_right(left: str, right: str, joined: str) -> None:
    assert join_pair(left, right, words=frozenset({"era", "arms", "ministry"})) == joined


PLACES = st.floats(0, 900, width=16)
LINES = st.builds(
    PageLine,
    st.text("0123456789 abcAB-.–\t", min_size=1).filter(lambda text: bool(text.strip())).map(str.strip),
    PLACES,
    PLACES,
    PLACES,
    st.floats(0, 40, width=16),
)


@given(st.lists(st.lists(LINES, max_size=3), max_size=5))
def test_lines_anywhere_keep_their_digits_in_order(pages: list[list[PageLine]]) -> None:
    wanted = "".join(line.text for page in pages for line in page)
    shown = "".join(join_pages(pages).paragraphs)
    assert [sign for sign in shown if sign.isdigit()] == [sign for sign in wanted if sign.isdigit()]
