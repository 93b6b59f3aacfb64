"""Bars as they are drawn: where they begin and end, their gaps, outlines, hatching and words."""

import re
from typing import Any

import pytest

from dashboard.svg import UnsupportedFigureError, measure_words
from dashboard.theme import LIGHT
from dashboard.typeface import Box
from tests.svg.drawn import SVG, build_bars, build_figure, draw_root, find_marks, find_shapes, list_texts

GAP = {"color": LIGHT.statistic, "line": {"color": LIGHT.paper, "width": 1}}


def read_box(path: str) -> Box:
    """The rectangle that M, H, V and z draw."""
    match = re.fullmatch(r"M([\d.]+),([\d.]+)H([\d.]+)V([\d.]+)H([\d.]+)z", path)
    assert match, path
    left, top, right, bottom, _ = map(float, match.groups())
    return Box(left, top, right, bottom)


def draw_boxes(*traces: dict[str, Any], **layout: Any) -> list[Box]:
    shapes = find_shapes(draw_root(build_figure(*traces, **layout)))
    return [read_box(shape.get("d", "")) for shape in shapes]


def test_a_bar_runs_from_zero_to_its_value_over_its_own_width() -> None:
    # 24 pixels a unit across, 16 down; zero lies at 170.
    assert draw_boxes(build_bars([5, 10])) == [Box(40, 90, 64, 170), Box(64, 10, 88, 170)]


def test_a_bar_hangs_from_zero_where_its_value_is_less() -> None:
    assert draw_boxes(build_bars([-5]), yaxis={"range": [-10, 10]}) == [Box(40, 90, 64, 130)]


def test_a_bar_stands_on_its_base() -> None:
    bars = build_bars([2, -3], base=[4, 9])
    assert draw_boxes(bars) == [Box(40, 74, 64, 106), Box(64, 26, 88, 74)]


def test_a_level_bar_runs_to_the_right() -> None:
    bars = build_bars([0, 1], x=[5, 10], y=[0, 1], orientation="h")
    assert draw_boxes(bars) == [Box(40, 154, 160, 170), Box(40, 138, 280, 154)]


def test_a_bar_of_no_value_is_not_drawn_and_one_of_zero_can_still_be_met() -> None:
    root = draw_root(build_figure(build_bars([None, 0])))
    assert [mark.get("data-point") for mark in find_marks(root)] == ["row-1"]
    met = read_box(find_shapes(root, "hit")[0].get("d", ""))
    assert met.bottom - met.top == 8


def test_a_line_in_the_colour_of_the_paper_is_a_gap_beside_neighbours_and_none_at_zero() -> None:
    first, second = draw_boxes(build_bars([5, 10], marker=GAP))
    assert (first.left, first.right, second.left) == (40, 63, 64)
    assert first.bottom == second.bottom == 170


def test_bars_on_top_of_each_other_keep_a_gap_at_the_foot_of_the_upper_one() -> None:
    lower, upper = draw_boxes(build_bars([5, 2], x=[0, 0], base=[0, 5], marker=GAP))
    assert lower.top == 90
    assert upper.bottom == 89


def test_a_value_too_small_to_see_is_still_a_pixel() -> None:
    assert [box.bottom - box.top for box in draw_boxes(build_bars([0.001]))] == [1]


def test_an_outline_stays_within_the_bar_and_its_inside_is_met() -> None:
    marker = {"color": "rgba(0,0,0,0)", "line": {"color": LIGHT.statistic, "width": 2}}
    shape = find_shapes(draw_root(build_figure(build_bars([5], marker=marker))))[0]
    assert read_box(shape.get("d", "")) == Box(41, 91, 63, 169)
    assert shape.get("fill") is None
    assert (shape.get("stroke"), shape.get("stroke-width")) == (LIGHT.statistic, "2")
    assert shape.get("pointer-events") == "all"


def test_a_hatched_bar_is_filled_with_lines_of_its_colour() -> None:
    pattern = {"shape": ["", "/"], "fillmode": "replace", "size": 6, "solidity": 0.3}
    root = draw_root(build_figure(build_bars([5, 5], marker={"color": LIGHT.statistic, "pattern": pattern})))
    plain, hatched = find_shapes(root)
    definition = next(iter(root.iter(f"{SVG}pattern")))
    assert plain.get("fill") == LIGHT.statistic
    assert hatched.get("fill") == f"url(#{definition.get('id')})"
    assert definition.get("patternTransform") == "rotate(45)"
    assert (definition[0].get("stroke"), definition[0].get("stroke-width")) == (LIGHT.statistic, "1.8")


def test_hatching_over_a_colour_shows_both() -> None:
    pattern = {"shape": "x", "fillmode": "overlay", "fgcolor": LIGHT.text}
    root = draw_root(build_figure(build_bars([5], marker={"color": LIGHT.statistic, "pattern": pattern})))
    below, above = find_shapes(root)[0]
    assert below.get("fill") == LIGHT.statistic
    assert str(above.get("fill")).startswith("url(#")


def test_bars_with_names_share_the_axis_with_gaps_between() -> None:
    bars = build_bars([5, 5], x=["one", "two"], offset=None, width=None)
    first, second = draw_boxes(bars, xaxis={"range": None, "tickvals": None}, bargap=0.5)
    assert (first.left, first.right) == (70, 130)
    assert (second.left, second.right) == (190, 250)


def test_a_bar_beyond_the_range_is_cut_at_the_plot_and_one_out_of_sight_is_left_out() -> None:
    root = draw_root(build_figure(build_bars([20, 5, 5], x=[0, 9.5, 30])))
    assert [mark.get("data-point") for mark in find_marks(root)] == ["row-0", "row-1"]
    clips = [shape.get("clip-path") for shape in find_shapes(root)]
    box = next(iter(root.iter(f"{SVG}clipPath")))[0]
    assert clips[0] == clips[1] is not None
    assert [box.get(side) for side in ("x", "y", "width", "height")] == ["40", "10", "240", "160"]


def test_intervals_stand_on_bars_and_none_where_both_sides_are_zero() -> None:
    error = {"type": "data", "symmetric": False, "array": [2, 0], "arrayminus": [1, 0], "color": LIGHT.text}
    root = draw_root(build_figure(build_bars([5, 5], error_y={**error, "thickness": 1.5, "width": 0})))
    whole, plain = find_shapes(root)
    assert [part.get("d") for part in whole][1] == "M52,106V58"
    assert whole[1].get("stroke-width") == "1.5"
    assert plain.tag == f"{SVG}path"


def test_level_intervals_have_caps() -> None:
    error = {"type": "data", "array": [1], "color": LIGHT.text, "width": 3}
    root = draw_root(build_figure(build_bars([0], x=[5], y=[0], orientation="h", error_x=error)))
    assert find_shapes(root)[0][1].get("d") == "M136,162H184M136,159v6M184,159v6"


@pytest.mark.parametrize(
    ("changes", "side", "pixel"),
    [
        ({"textposition": "outside"}, "bottom", 86),
        ({"textposition": "inside", "insidetextanchor": "end"}, "top", 94),
        ({"textposition": "inside", "insidetextanchor": "start"}, "bottom", 166),
    ],
)
def test_words_stand_on_a_bar_or_in_it(changes: dict[str, Any], side: str, pixel: float) -> None:
    figure = build_figure(
        build_bars([5], text=["five"], textfont={"size": 12, "color": LIGHT.text}, **changes)
    )
    box = dict(measure_words(figure, width=300))["five"]
    assert getattr(box, side) == pytest.approx(pixel)
    assert (box.left + box.right) / 2 == pytest.approx(52)
    assert "five" in list_texts(draw_root(figure))


def test_words_under_a_bar_that_hangs_stand_below_it() -> None:
    bars = build_bars([-5], text=["minus"], textposition="outside")
    box = dict(measure_words(build_figure(bars, yaxis={"range": [-10, 10]}), width=300))["minus"]
    assert box.top == pytest.approx(134)


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ["a"], "textposition": "auto"},
        {"marker": {"color": "#fff", "pattern": {"shape": "."}}},
        {"marker": {"color": "#fff", "pattern": {"shape": "/", "bgcolor": "#fff"}}},
        {"marker": {"color": "#fff", "colorscale": "Blues"}},
        {"marker": {}},
        {"orientation": "d"},
        {"texttemplate": "%{y}"},
        {"base": [1, 2]},
        {"width": None},
        {"error_y": {"type": "percent", "array": [1], "color": "#fff"}},
    ],
    ids=str,
)
def test_what_is_not_drawn_of_bars_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedFigureError, match=r"data\[0\]"):
        draw_root(build_figure(build_bars([5], **changes)))


@pytest.mark.parametrize("mode", ["stack", "relative"])
def test_bars_that_plotly_would_stack_are_refused(mode: str) -> None:
    with pytest.raises(UnsupportedFigureError, match="barmode"):
        draw_root(build_figure(build_bars([5]), barmode=mode))
