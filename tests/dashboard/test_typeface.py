"""The shipped font: it has every character that our own wording writes, and goes where it is needed."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.asset_files import write_asset_address
from dashboard.typeface import FONT_FILE, FONT_NAME, measure_text, read_widths
from etl import VERDICT_MARKS

CHECKOUT = Path(__file__).parents[2]
# They name the characters of files and texts of others, to read or to make them safe, and write none of them.
READING = (
    "etl/documents",
    "etl/readers",
    "etl/checking/reports/shown_text.py",
    "etl/export/formulas.py",
    "etl/sources/sipri_register_rtf.py",
)
# A character escaped in a style or a script: \25be, \u2026.
ESCAPED = re.compile(r"\\u?([0-9a-fA-F]{4})\b")
# Signs of control and format, breaks between lines and codes that are no characters are never drawn.
UNDRAWN = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"})
LARGEST_FONT = 40_000


def list_written() -> Iterator[tuple[str, str]]:
    """Each text that our own code writes, with its file."""
    for folder in ("etl", "dashboard"):
        for path in sorted((CHECKOUT / folder).rglob("*.py")):
            name = path.relative_to(CHECKOUT).as_posix()
            if not name.startswith(READING):
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield name, node.value
    for path in sorted((CHECKOUT / "dashboard").rglob("*")):
        if path.suffix in (".css", ".js"):
            text = path.read_text(encoding="utf-8")
            yield path.name, ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def test_the_font_has_every_character_that_our_own_wording_writes() -> None:
    known = read_widths(bold=False)
    lacking = {
        (f"U+{ord(character):04X}", character, name)
        for name, text in list_written()
        for character in text
        if character not in known and unicodedata.category(character) not in UNDRAWN
    }
    assert lacking == set()


def test_the_search_for_our_characters_finds_signs_in_code_styles_and_scripts() -> None:
    written = {character for _, text in list_written() for character in text}
    # A verdict's mark, the triangle of a menu, and the arrows of the search.
    assert {*(mark.sign for mark in VERDICT_MARKS.values()), "▾", "↑", "↓"} <= written


@pytest.mark.parametrize("bold", [False, True])
def test_figures_are_of_one_width_and_no_wider_than_the_font_says(bold: bool) -> None:
    widths = {measure_text(figure, bold=bold) for figure in "0123456789"}
    assert len(widths) == 1
    assert measure_text("2021–25", size=24, bold=bold) == pytest.approx(
        2 * measure_text("2021–25", bold=bold)
    )
    assert measure_text("x", bold=True) > measure_text("x")


def test_letters_that_the_font_lacks_have_a_width_and_signs_of_format_have_none() -> None:
    assert measure_text("łódź") > measure_text("l")
    assert measure_text("印度", size=10) == pytest.approx(20)
    assert measure_text("a\u2060b\u0301") == pytest.approx(measure_text("ab"))


def test_the_font_is_small_and_cached_for_as_long_as_its_address_lasts(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    preload = re.search(r'<link rel="preload" href="([^"]+)" as="font" type="font/woff2" crossorigin>', page)
    assert preload
    assert preload[1] == write_asset_address(FONT_NAME)
    assert page.count(preload[1]) == 2
    answer = client.get(preload[1])
    assert answer.data == FONT_FILE.read_bytes()
    assert len(answer.data) < LARGEST_FONT
    assert answer.mimetype == "font/woff2"
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert client.get(write_asset_address("fonts/OFL.txt")).status_code == 200


@pytest.mark.parametrize("path", ["/", "/embed/share_by_window", "/api/v1/"])
def test_pages_embeds_and_the_api_name_the_font_and_may_load_it(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert f'src:url("{write_asset_address(FONT_NAME)}")' in answer.get_data(as_text=True)
    policy = answer.headers["Content-Security-Policy"]
    rule = "font-src 'self'" if "font-src" in policy else "default-src 'self'"
    assert rule in policy


def test_saved_pictures_carry_the_font_inside(client: FlaskClient) -> None:
    sheet = client.get("/download/share_by_window.svg").get_data(as_text=True)
    assert sheet.count("@font-face") == 1
    assert 'url("data:font/woff2;base64,' in sheet
