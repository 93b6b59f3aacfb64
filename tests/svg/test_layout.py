"""What lies behind and above the marks: grids, axis lines, shapes, and what a layout may not ask for."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest

from dashboard.svg import UnsupportedFigureError, draw_svg
from dashboard.theme import LIGHT
from tests.svg.drawn import SVG, build_dots, build_figure, draw_root


def find_layer(figure: dict[str, Any], name: str) -> list[Element]:
    return [
        part for layer in draw_root(figure) if layer.get("class") == name for part in layer.iter(f"{SVG}path")
    ]


def shape(**changes: Any) -> dict[str, Any]:
    area = {"type": "rect", "x0": 2, "x1": 4, "y0": 1, "y1": 3, "fillcolor": LIGHT.grid, "line": {"width": 0}}
    return build_figure(build_dots([]), shapes=[{**area, **changes}])


def test_hairlines_lie_in_the_middle_of_a_row_of_pixels() -> None:
    vertical, level = find_layer(build_figure(build_dots([])), "axes")
    assert vertical.get("d") == "M40.5,10V170M160.5,10V170M280.5,10V170"
    assert level.get("d") == "M40,170.5H280M40,90.5H280M40,10.5H280"
    assert vertical.get("stroke") == "#e6e9ed"


def test_every_panel_of_an_axis_has_its_grid() -> None:
    figure = build_figure(
        build_dots([(1, 1)]),
        build_dots([(1, 1)], xaxis="x2", customdata=["other"]),
        xaxis={"domain": [0, 0.4], "tickvals": []},
        xaxis2={"domain": [0.6, 1], "range": [0, 10], "tickvals": []},
        yaxis={"tickvals": [5]},
    )
    assert find_layer(figure, "axes")[0].get("d") == "M40,90.5H136M184,90.5H280"


def test_an_axis_line_and_its_ticks_are_drawn_where_they_are_asked_for() -> None:
    axis = {"showgrid": False, "linecolor": LIGHT.rule, "ticks": "outside", "ticklen": 4}
    line, ticks = find_layer(build_figure(build_dots([]), xaxis=axis, yaxis={"showgrid": False}), "axes")
    assert line.get("d") == "M40,170.5H280"
    assert ticks.get("d") == "M40.5,170v4M160.5,170v4M280.5,170v4"


def test_a_line_at_zero_has_its_own_colour() -> None:
    axis = {"range": [-10, 10], "tickvals": [], "zeroline": True, "zerolinecolor": LIGHT.secondary}
    lines = find_layer(build_figure(build_dots([]), yaxis=axis, xaxis={"showgrid": False}), "axes")
    assert [(line.get("d"), line.get("stroke")) for line in lines] == [("M40,90.5H280", LIGHT.secondary)]


@pytest.mark.parametrize(("layer", "place"), [("below", "below"), ("above", "above"), (None, "above")])
def test_a_shape_lies_below_or_above_the_marks(layer: str | None, place: str) -> None:
    parts = find_layer(shape(**({"layer": layer} if layer else {})), place)
    assert [(part.get("d"), part.get("fill")) for part in parts] == [("M88,122H136V154H88z", LIGHT.grid)]


def test_a_shape_may_refer_to_the_paper_and_to_a_domain() -> None:
    band = shape(yref="paper", y0=0, y1=1)
    line = {"color": LIGHT.text, "width": 1, "dash": "dot"}
    rule = shape(type="line", yref="y domain", y0=0, y1=1, x0=5, x1=5, line=line, fillcolor=None)
    assert find_layer(band, "above")[0].get("d") == "M88,10H136V170H88z"
    drawn = find_layer(rule, "above")[0]
    assert (drawn.get("d"), drawn.get("stroke-dasharray")) == ("M160,170V10", "3,3")


def test_a_shape_on_axes_ends_where_they_end() -> None:
    assert "clip-path" in find_layer(shape(x1=40), "above")[0].attrib
    assert "clip-path" not in find_layer(shape(), "above")[0].attrib


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "circle"},
        {"type": "path", "path": "M0,0"},
        {"layer": "between"},
        {"label": {"text": "x"}},
        {"line": {"width": 1}},
        {"type": "line", "line": {"width": 0}},
        {"x0": None},
        {"xsizemode": "pixel"},
    ],
    ids=str,
)
def test_what_is_not_drawn_of_shapes_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedFigureError, match=r"layout\.shapes\[0\]"):
        draw_root(shape(**changes))


@pytest.mark.parametrize(
    "layout",
    [
        {"showlegend": True},
        {"images": []},
        {"barmode": "stack"},
        {"height": None},
        {"margin": {"l": None}},
        {"font": {"color": None}},
        {"sliders": []},
        {"template": {}},
    ],
    ids=str,
)
def test_what_is_not_drawn_of_a_layout_is_refused(layout: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedFigureError, match="layout"):
        draw_root(build_figure(build_dots([]), **layout))


def test_a_figure_of_frames_is_refused() -> None:
    with pytest.raises(UnsupportedFigureError, match=r"figure\.frames"):
        draw_svg({**build_figure(), "frames": []}, width=300, names={})
