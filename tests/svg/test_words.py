"""Words in pictures: their markup, their places, and the lines that lead from them."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from dashboard.svg import UnsupportedFigureError, measure_words
from dashboard.svg.elements import Ink
from dashboard.svg.words import Run, StyledText, read_markup
from dashboard.theme import LIGHT
from dashboard.typeface import Box
from tests.svg.drawn import SVG, build_dots, build_figure, build_guide, draw_root, list_texts

FONT = {"size": 12, "color": LIGHT.text}


def annotate(text: str = "here", **changes: Any) -> dict[str, Any]:
    """A figure with one annotation in the middle of its axes, at (160, 90)."""
    note = {"text": text, "x": 5, "y": 5, "showarrow": False, "font": FONT, **changes}
    return build_figure(build_dots([]), annotations=[note])


def find_box(figure: dict[str, Any], text: str = "here") -> Box:
    return dict(measure_words(figure, width=300))[text]


def write_words(text: str, **changes: Any) -> ET.Element:
    looks: dict[str, Any] = {"across": "left", "down": "top", "color": LIGHT.text, **changes}
    return ET.fromstring(StyledText(read_markup(text), 10, 20, **looks).write(Ink()))


def test_markup_is_read_into_runs_and_lines() -> None:
    lines = read_markup("<b>76%</b> in <i>2013</i><br>CO<sub>2</sub>")
    assert lines == (
        (Run("76%", bold=True), Run(" in "), Run("2013", italic=True)),
        (Run("CO"), Run("2", shift="sub")),
    )


def test_a_span_gives_its_words_a_colour() -> None:
    assert read_markup('<span style="color:#b3423a">■</span> Russia')[0][0] == Run("■", color="#b3423a")


def test_markup_within_markup_keeps_both_looks() -> None:
    assert read_markup("<b>a<i>b</i></b>")[0] == (Run("a", bold=True), Run("b", bold=True, italic=True))


def test_entities_are_read_and_bare_signs_stay() -> None:
    assert read_markup("AT&amp;T &lt; 5&nbsp;% & 3 < 4")[0][0].text == "AT&T < 5\u00a0% & 3 < 4"


@pytest.mark.parametrize(
    "text",
    [
        "<a href='x'>y</a>",
        "<b>open",
        "closed</b>",
        "<b><i>crossed</b></i>",
        "<span style='font-size:40px'>x</span>",
        "<b onclick='x'>y</b>",
        "<script>x</script>",
    ],
)
def test_other_markup_is_refused(text: str) -> None:
    with pytest.raises(UnsupportedFigureError, match="the text"):
        read_markup(text)


def test_words_of_one_line_are_one_element() -> None:
    text = write_words("<b>76%</b>")
    assert (text.text, text.get("font-weight"), text.get("text-anchor")) == ("76%", "700", None)


def test_lines_stand_below_each_other() -> None:
    first, second = write_words("one<br>two", down="middle")
    assert float(second.get("y", 0)) - float(first.get("y", 0)) == pytest.approx(12 * 1.3)
    assert (first.get("x"), second.get("x")) == ("10", "10")


def test_a_lowered_figure_is_smaller_and_what_follows_is_back_on_the_line() -> None:
    text = write_words("CO<sub>2</sub>e")
    lowered, after = text
    assert lowered.get("font-size") == "8.4"
    assert float(lowered.get("dy", 0)) == -float(after.get("dy", 0)) == 3


@pytest.mark.parametrize(
    "anchors",
    [("left", "top"), ("right", "bottom"), ("center", "middle")],
    ids=("corner", "other corner", "middle"),
)
def test_words_are_held_by_the_side_that_is_asked_for(anchors: tuple[str, str]) -> None:
    found = find_box(annotate(xanchor=anchors[0], yanchor=anchors[1]))
    sides = {"left": found.left, "right": found.right, "center": (found.left + found.right) / 2}
    levels = {"top": found.top, "bottom": found.bottom, "middle": (found.top + found.bottom) / 2}
    assert sides[anchors[0]] == pytest.approx(160)
    assert levels[anchors[1]] == pytest.approx(90)


def test_a_shift_moves_words_to_the_right_and_up() -> None:
    plain, moved = find_box(annotate()), find_box(annotate(xshift=7, yshift=5))
    assert (moved.left - plain.left, moved.top - plain.top) == pytest.approx((7, -5))


@pytest.mark.parametrize(
    ("place", "pixel"),
    [
        ({"x": 1, "y": 1, "xref": "paper", "yref": "paper"}, (280, 10)),
        ({"x": 0, "y": 0, "xref": "x domain", "yref": "y domain"}, (40, 170)),
        ({"x": 2.5, "y": 0.5, "yref": "paper"}, (100, 90)),
    ],
    ids=("paper", "domain", "axis and paper"),
)
def test_words_stand_where_what_they_refer_to_is(place: dict[str, Any], pixel: tuple[float, float]) -> None:
    found = find_box(annotate(xanchor="left", yanchor="top", **place))
    assert (found.left, found.top) == pytest.approx(pixel)


def test_words_that_say_no_side_lean_inwards_on_the_paper() -> None:
    at = {"xref": "paper", "yref": "paper"}
    left, right = find_box(annotate(x=0, y=0, **at)), find_box(annotate(x=1, y=1, **at))
    assert (left.left, left.bottom) == pytest.approx((40, 170))
    assert (right.right, right.top) == pytest.approx((280, 10))


def test_words_on_a_second_pair_of_axes_stand_there() -> None:
    figure = annotate(xref="x2", yref="y2", xanchor="left", yanchor="top")
    figure["layout"]["xaxis"] |= {"domain": [0, 0.5]}
    figure["layout"]["xaxis2"] = {"domain": [0.5, 1], "anchor": "y2", "range": [0, 10], "tickvals": []}
    figure["layout"]["yaxis2"] = {"anchor": "x2", "range": [0, 10], "tickvals": []}
    assert find_box(figure).left == pytest.approx(220)


def find_leader(figure: dict[str, Any]) -> list[float]:
    words = next(part for part in draw_root(figure) if part.get("class") == "words")
    path = next(iter(words.iter(f"{SVG}path"))).get("d", "")
    return [float(number) for number in path.removeprefix("M").replace("L", ",").split(",")]


def test_a_line_leads_from_the_edge_of_the_words_to_just_before_their_place() -> None:
    note: dict[str, Any] = {
        "showarrow": True,
        "arrowhead": 0,
        "ax": 0,
        "ay": -40,
        "standoff": 5,
        "yanchor": "bottom",
    }
    assert find_leader(annotate(**note)) == pytest.approx([160, 50, 160, 85])


def test_a_level_line_stays_clear_of_the_letters() -> None:
    note: dict[str, Any] = {
        "showarrow": True,
        "arrowhead": 0,
        "ax": -40,
        "ay": 0,
        "xanchor": "right",
        "yanchor": "middle",
    }
    assert find_leader(annotate(**note)) == pytest.approx([123, 90, 160, 90])


def test_a_line_from_the_middle_of_words_begins_at_their_edge() -> None:
    figure = annotate(showarrow=True, arrowhead=0, ax=0, ay=-40)
    assert find_leader(figure)[1] == pytest.approx(find_box(figure).bottom, abs=0.01)


def test_words_keep_what_runs_behind_them_off_unless_they_are_in_the_colour_of_the_paper() -> None:
    figure = annotate("dark")
    light = {
        **figure["layout"]["annotations"][0],
        "text": "light",
        "y": 2,
        "font": {**FONT, "color": LIGHT.paper},
    }
    figure["layout"]["annotations"].append(light)
    words = next(part for part in draw_root(figure) if part.get("class") == "words")
    halo = next(part for part in words if part.tag == f"{SVG}g")
    assert halo.get("paint-order") == "stroke"
    assert list_texts(halo) == ["dark"]
    assert set(list_texts(words)) == {"dark", "light"}


def test_words_on_a_ground_of_another_colour_have_it_behind_them() -> None:
    root = draw_root(annotate(bgcolor=LIGHT.surface))
    grounds = [rect for rect in root.iter(f"{SVG}rect") if rect.get("fill") == LIGHT.surface]
    assert len(grounds) == 1


def test_ticks_say_what_they_are_told_or_write_their_numbers() -> None:
    figure = build_figure(
        build_dots([]),
        xaxis={"ticktext": ["<b>none</b>", "five", "ten"]},
        yaxis={"tickvals": [0, 2.5, 10], "tickformat": ".1f"},
    )
    assert list_texts(draw_root(figure)) == ["0.0", "2.5", "10.0", "none", "five", "ten"]


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("d", 2020, "2020"),
        (",d", 12000, "12,000"),
        ("$,.0f", 1500, "$1,500"),
        (".0%", 0.25, "25%"),
        ("", -2.5, "\u22122.5"),
    ],
)
def test_numbers_on_ticks_follow_their_format(form: str, value: float, text: str) -> None:
    axis = {"range": [value - 1, value + 1], "tickvals": [value], "tickformat": form}
    figure = build_figure(build_dots([]), xaxis=axis, yaxis={"tickvals": []})
    assert list_texts(draw_root(figure)) == [text]


def test_ticks_beyond_the_axis_are_left_out() -> None:
    figure = build_figure(build_dots([]), xaxis={"tickvals": [-5, 5, 15]}, yaxis={"showticklabels": False})
    assert list_texts(draw_root(figure)) == ["5"]


def test_ticks_at_the_top_or_at_the_right_stand_outside_there() -> None:
    figure = build_figure(build_dots([]), xaxis={"side": "top"}, yaxis={"side": "right"})
    boxes = dict(measure_words(figure, width=300))
    assert boxes["5"].left > 280 or boxes["5"].bottom < 10
    tops = [box for text, box in measure_words(figure, width=300)]
    assert sum(box.bottom <= 10 for box in tops) == 3
    assert sum(box.left >= 280 for box in tops) == 3


def test_an_axis_that_is_not_visible_shows_nothing() -> None:
    figure = build_figure(build_dots([]), xaxis={"visible": False}, yaxis={"visible": False})
    root = draw_root(figure)
    assert list_texts(root) == []
    assert not [part for part in root if part.get("class") == "axes"]


@pytest.mark.parametrize(
    "changes",
    [
        {"showarrow": True, "arrowhead": 2},
        {"xref": "container"},
        {"xref": "y"},
        {"xref": "x7"},
        {"textangle": 90},
        {"font": {"size": 12, "color": LIGHT.text, "family": "Comic Sans"}},
        {"borderwidth": 1, "bordercolor": LIGHT.text},
        {"x": None},
    ],
    ids=str,
)
def test_what_is_not_drawn_of_annotations_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedFigureError, match=r"layout\.annotations\[0\]"):
        draw_root(annotate(**changes))


@pytest.mark.parametrize(
    "axis",
    [
        {"tickvals": None},
        {"ticktext": ["one"]},
        {"tickformat": "~s"},
        {"gridcolor": None},
        {"ticks": "outside"},
        {"side": "left"},
        {"title": {"text": "years"}},
        {"zeroline": True},
        {"tickfont": {"size": 12, "family": "Comic Sans"}},
    ],
    ids=str,
)
def test_what_is_not_drawn_of_an_axis_is_refused(axis: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedFigureError, match=r"layout\.xaxis"):
        draw_root(build_figure(build_dots([]), xaxis=axis))


def test_words_on_a_tinted_area_have_no_border_in_the_colour_of_the_paper() -> None:
    area = {"fill": "toself", "fillcolor": LIGHT.grid, "line": {"width": 0, "color": LIGHT.grid}}
    places = [(2, 2), (8, 2), (8, 8), (2, 8)]
    figure = annotate("on it")
    beside = {**figure["layout"]["annotations"][0], "text": "beside it", "y": 9.5}
    figure["layout"]["annotations"].append(beside)
    figure["data"].append(build_guide(places, **area))
    words = next(part for part in draw_root(figure) if part.get("class") == "words")
    halo = next(part for part in words if part.tag == f"{SVG}g")
    assert list_texts(halo) == ["beside it"]
