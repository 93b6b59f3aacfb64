"""Lines, areas and markers as they are drawn, and which of them are marks."""

from typing import Any

import pytest

from dashboard.svg import UnsupportedFigureError, measure_words
from dashboard.svg.symbols import FILLED, STROKED
from dashboard.theme import LIGHT
from tests.svg.drawn import (
    SVG,
    build_bars,
    build_dots,
    build_figure,
    build_guide,
    draw_root,
    find_marks,
    find_shapes,
)

LINE = {"color": LIGHT.statistic, "width": 2}


def list_guides(figure: dict[str, Any]) -> list[dict[str, str]]:
    """The attributes of every path that opens nothing."""
    marks = next(part for part in draw_root(figure) if part.get("class") == "marks")
    return [dict(part.attrib) for part in marks if part.tag == f"{SVG}path"]


def test_a_line_goes_through_its_places_and_cannot_be_met() -> None:
    guide = list_guides(build_figure(build_guide([(0, 0), (5, 5), (10, 5)])))[0]
    assert guide["d"] == "M40,170L160,90H280"
    assert guide["pointer-events"] == "none"


def test_places_straight_between_others_are_not_said() -> None:
    guide = list_guides(build_figure(build_guide([(0, 5), (3, 5), (7, 5), (10, 5)])))[0]
    assert guide["d"] == "M40,90H280"


def test_a_gap_stays_a_gap() -> None:
    guide = list_guides(build_figure(build_guide([(0, 0), (2, 0), (4, None), (6, 10), (10, 10)])))[0]
    assert guide["d"] == "M40,170H88M184,10H280"


def test_a_line_that_goes_back_on_itself_keeps_its_turn() -> None:
    guide = list_guides(build_figure(build_guide([(0, 5), (10, 5), (5, 5)])))[0]
    assert guide["d"] == "M40,90H280H160"


@pytest.mark.parametrize(("shape", "path"), [("hv", "M40,170H280V10"), ("vh", "M40,170V10H280")])
def test_steps_have_corners(shape: str, path: str) -> None:
    line = {**LINE, "shape": shape}
    assert list_guides(build_figure(build_guide([(0, 0), (10, 10)], line=line)))[0]["d"] == path


def test_a_curve_goes_through_its_places_and_bends() -> None:
    places = [(0, 0), (2, 6), (6, 8), (10, 10)]
    path = list_guides(build_figure(build_guide(places, line={**LINE, "shape": "spline"})))[0]["d"]
    assert path.startswith("M40,170Q")
    assert [path.count(letter) for letter in "MQC"] == [1, 2, 1]
    for place in ("88,74", "184,42", "280,10"):
        assert f" {place}" in path


@pytest.mark.parametrize(
    ("dash", "width", "said"), [("dot", 1.5, "3,3"), ("dash", 4, "12,12"), ("longdashdot", 1, "15,3,3,3")]
)
def test_dashes_grow_with_the_line(dash: str, width: float, said: str) -> None:
    line = {"color": LIGHT.text, "width": width, "dash": dash}
    guide = list_guides(build_figure(build_guide([(0, 0), (10, 10)], line=line)))[0]
    assert guide["stroke-dasharray"] == said


@pytest.mark.parametrize(
    ("fill", "path"), [("tozeroy", "M40,170V90H280V170z"), ("toself", "M40,90H280z"), ("tonexty", None)]
)
def test_an_area_lies_below_its_line(fill: str, path: str | None) -> None:
    area = build_guide([(0, 5), (10, 5)], fill=fill, fillcolor="rgba(49,104,142,0.2)", line=LINE)
    figure = build_figure(build_guide([(0, 2), (10, 3)]), area)
    shapes = list_guides(figure)
    place = 0 if fill == "tonexty" else 1
    assert shapes[place]["d"] == (path or "M40,90H280L280,122L40,138z".replace("H280L280,122", "H280V122"))
    assert shapes[place]["fill-opacity"] == "0.2"
    assert len(shapes) == 3


def test_an_area_up_to_the_line_before_lies_below_that_line() -> None:
    area = build_guide([(0, 5), (10, 5)], fill="tonexty", fillcolor=LIGHT.grid)
    fills = [shape.get("fill") for shape in list_guides(build_figure(build_guide([(0, 2), (10, 3)]), area))]
    assert fills == [LIGHT.grid, None, None]


def test_an_area_needs_a_line_before_it() -> None:
    area = build_guide([(0, 5), (10, 5)], fill="tonexty", fillcolor=LIGHT.grid)
    with pytest.raises(UnsupportedFigureError, match="one before it"):
        draw_root(build_figure(area))


def test_a_line_of_one_row_is_one_mark_with_its_markers() -> None:
    trace = build_dots([(0, 5), (5, 5), (10, 5)], mode="lines+markers", line=LINE, customdata=["one"] * 3)
    marks = find_marks(draw_root(build_figure(trace)))
    assert [mark.get("data-point") for mark in marks] == ["one"]
    assert [part.tag for part in marks[0][0]] == [f"{SVG}path", *[f"{SVG}circle"] * 3]


def test_a_line_of_many_rows_only_guides_the_eye_between_their_marks() -> None:
    trace = build_dots([(0, 5), (5, 5), (10, 5)], mode="lines+markers", line=LINE)
    figure = build_figure(trace)
    assert [mark.get("data-point") for mark in find_marks(draw_root(figure))] == ["row-0", "row-1", "row-2"]
    assert list_guides(figure)[0]["d"] == "M40,90H280"


def test_a_line_without_markers_can_be_met_at_every_row() -> None:
    root = draw_root(build_figure(build_dots([(2, 5), (8, 5)], mode="lines", line=LINE)))
    assert [mark.get("role") for mark in find_marks(root)] == ["button", "button"]
    assert len(find_shapes(root, "hit")) == 2


def test_a_guide_opens_nothing_however_it_is_marked() -> None:
    trace = build_dots([(0, 5), (5, 5)], hoverinfo="skip")
    root = draw_root(build_figure(trace))
    assert find_marks(root) == []
    assert [part.get("pointer-events") for part in root.iter(f"{SVG}circle")] == ["none", "none"]


def test_a_row_drawn_twice_speaks_once() -> None:
    traces = [build_dots([(2, 5)]), build_dots([(8, 5)])]
    roles = [
        (mark.get("role"), mark.get("aria-hidden")) for mark in find_marks(draw_root(build_figure(*traces)))
    ]
    assert roles == [("button", None), (None, "true")]


def test_bars_lie_below_lines_in_whatever_order_they_come() -> None:
    root = draw_root(build_figure(build_dots([(2, 5)], customdata=["dot"]), build_bars([5])))
    assert [mark.get("data-point") for mark in find_marks(root)] == ["row-0", "dot"]


@pytest.mark.parametrize(
    "symbol", ["circle", *FILLED, *STROKED, "circle-open", "diamond-open", "line-ns-open"]
)
def test_every_symbol_is_drawn_around_its_place(symbol: str) -> None:
    outline = {"color": LIGHT.text, "width": 1.5}
    marker = {"symbol": symbol, "size": 10, "color": LIGHT.claim, "line": outline}
    shape = find_shapes(draw_root(build_figure(build_dots([(5, 5)], marker=marker))))[0]
    is_filled = symbol not in STROKED and not symbol.endswith("-open")
    assert (shape.get("fill") == LIGHT.claim) == is_filled
    assert shape.get("stroke") == (LIGHT.claim if symbol.endswith("-open") else LIGHT.text)


def test_a_marker_without_a_size_is_not_drawn_beside_those_that_have_one() -> None:
    marker = {"size": [0, 9, 0], "color": LIGHT.claim}
    trace = build_dots([(0, 5), (5, 5), (9, 5)], mode="lines+markers", line=LINE, marker=marker)
    root = draw_root(build_figure({**trace, "customdata": ["one"] * 3}))
    assert len(list(root.iter(f"{SVG}circle"))) == 2  # what is seen of the middle one, and what is met


def test_what_lies_beyond_the_axes_is_left_out_unless_it_may_stand_there() -> None:
    places = [(5, 5), (12, 5)]
    inside = find_marks(draw_root(build_figure(build_dots(places))))
    everywhere = find_marks(draw_root(build_figure(build_dots(places, cliponaxis=False))))
    assert (len(inside), len(everywhere)) == (1, 2)


def test_a_line_is_cut_at_the_plot_only_where_it_goes_beyond() -> None:
    within, beyond = list_guides(
        build_figure(build_guide([(0, 0), (10, 10)]), build_guide([(0, 0), (10, 20)]))
    )
    assert "clip-path" not in within
    assert beyond["clip-path"].startswith("url(#")


@pytest.mark.parametrize(
    ("position", "side", "pixel"),
    [("middle right", "left", 166), ("middle left", "right", 154), ("top center", "bottom", 84)],
)
def test_words_stand_beside_their_marker(position: str, side: str, pixel: float) -> None:
    trace = build_dots([(5, 5)], mode="markers+text", text=["five!"], textposition=position)
    box = dict(measure_words(build_figure(trace), width=300))["five!"]
    assert getattr(box, side) == pytest.approx(pixel)


@pytest.mark.parametrize(
    "changes",
    [
        {"mode": "lines+arrows"},
        {"marker": {"symbol": "star", "size": 9, "color": "#fff"}},
        {"marker": {"symbol": "line-ew", "size": 9}},
        {"mode": "lines"},
        {"mode": "lines", "line": {"color": "#fff", "shape": "hvh"}},
        {"mode": "lines", "line": {"color": "#fff", "dash": "2px"}},
        {"mode": "lines", "line": LINE, "connectgaps": True},
        {"mode": "lines", "line": LINE, "fill": "tonextx"},
        {"mode": "lines", "line": LINE, "fill": "tozeroy"},
        {"mode": "text", "text": ["a", "b"], "textposition": "somewhere"},
        {"customdata": ["one"]},
        {"customdata": None},
        {"customdata": ["one", 2]},
        {"showlegend": True},
        {"type": "scattergl"},
        {"selectedpoints": [0]},
        {"xaxis": "x9"},
        {"y": [1]},
    ],
    ids=str,
)
def test_what_is_not_drawn_of_lines_is_refused(changes: dict[str, Any]) -> None:
    trace = build_dots([(1, 1), (2, 3)], **changes)
    figure = build_figure({key: value for key, value in trace.items() if value is not None})
    with pytest.raises(UnsupportedFigureError, match=r"data\[0\]|layout\.xaxis9"):
        draw_root(figure)
