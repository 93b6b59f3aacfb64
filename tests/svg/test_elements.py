"""SVG as text: escaped, short, and in the page's colours."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.svg import UnsupportedFigureError
from dashboard.svg.elements import CONTROL, Ink, split_color, write_element, write_number, write_path
from dashboard.svg.elements import escape as escape_text
from dashboard.svg.words import read_markup
from dashboard.theme import DARK, LIGHT, Palette, name_colors, write_css_variables

texts = st.text(st.characters(codec="utf-8"))


@given(texts)
def test_any_text_is_read_back_from_an_element_and_from_an_attribute(text: str) -> None:
    said = CONTROL.sub("", text)
    root = ET.fromstring(write_element("text", {"aria-label": escape_text(text)}, escape_text(text)))
    # XML reads every end of a line as one, and any blank in an attribute as a space.
    assert (root.text or "") == said.replace("\r\n", "\n").replace("\r", "\n")
    assert root.get("aria-label", "").split() == said.split()


@given(texts.filter(lambda text: "<" not in text and "&" not in text))
def test_text_without_markup_says_itself(text: str) -> None:
    lines = read_markup(text)
    assert "".join(run.text for line in lines for run in line) == text.replace("\n", " ")


@given(st.floats(-1e6, 1e6))
def test_a_number_is_short_and_right_to_a_hundredth(number: float) -> None:
    text = write_number(number)
    assert abs(float(text) - number) <= 0.005 + 1e-9
    assert "e" not in text
    assert len(text.partition(".")[2]) <= 2
    assert text != "-0"
    assert not text.endswith(".")


def test_a_path_says_level_and_upright_lines_shortly() -> None:
    corners = [(1.0, 2.0), (3.0, 2.0), (3.0, 5.004), (1.5, 6.0)]
    assert write_path(corners) == "M1,2H3V5L1.5,6"
    assert write_path(corners[:3], closed=True) == "M1,2H3V5z"


@pytest.mark.parametrize(
    ("color", "plain", "opacity"),
    [
        ("#ABC", "#abc", 1.0),
        ("rgb(255, 0, 16)", "#ff0010", 1.0),
        ("rgba(49,104,142,0.25)", "#31688e", 0.25),
        ("rgba(0,0,0,0)", "#000000", 0.0),
        ("transparent", "none", 0.0),
    ],
)
def test_a_colour_is_split_from_its_opacity(color: str, plain: str, opacity: float) -> None:
    assert split_color(color) == (plain, opacity)


@pytest.mark.parametrize("color", ["", "#12345", "hsl(1,2%,3%)", 'red"onload="', "url(#a)"])
def test_what_is_no_colour_is_refused(color: str) -> None:
    with pytest.raises(UnsupportedFigureError, match="colour"):
        split_color(color)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=("light", "dark"))
def test_every_colour_of_a_palette_has_a_variable_that_holds_it(palette: Palette) -> None:
    css = write_css_variables()
    for names in name_colors(palette):
        colors = {
            color
            for value in vars(palette).values()
            for color in (value.values() if isinstance(value, dict) else [value])
        }
        assert set(names) == colors
        assert all(f"{name}:{color};" in f"{css.replace('}', ';')}" for color, name in names.items())


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=("light", "dark"))
def test_words_and_marks_of_a_claim_keep_their_own_variables(palette: Palette) -> None:
    ink = Ink(*name_colors(palette))
    assert ink.paint(palette.claim) == {"fill": "var(--claim)"}
    assert ink.paint(palette.claim_text, words=True) == {"fill": "var(--claim-text)"}


def test_a_tint_of_a_palette_colour_follows_the_page_too() -> None:
    ink = Ink(*name_colors(LIGHT))
    painted = ink.paint("rgba(49, 104, 142, 0.2)", part="stroke")
    assert painted == {"stroke": "var(--statistic)", "stroke-opacity": "0.2"}
