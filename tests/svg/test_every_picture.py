"""What holds for the picture of every chart, whatever it shows."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

import pytest

import etl
from dashboard.address import Selection
from dashboard.charts import find_charts
from dashboard.svg import UnsupportedFigureError, draw_svg
from dashboard.theme import DARK, LIGHT, Palette, Theme, write_css_variables
from tests.svg.drawn import Case, find_marks, list_views, name_points

CHARTS = find_charts()
every_chart = pytest.mark.parametrize("chart_id", CHARTS)


def list_ids(svg: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', svg)


def list_colors(palette: Palette) -> Iterator[str]:
    for value in vars(palette).values():
        yield from value.values() if isinstance(value, dict) else [value]


@every_chart
def test_every_point_is_one_button_with_its_name(light_cases: dict[str, list[Case]], chart_id: str) -> None:
    for case in light_cases[chart_id]:
        marks = find_marks(case.root)
        buttons = [mark for mark in marks if mark.get("role") == "button"]
        assert Counter(mark.get("data-point") for mark in buttons) == Counter(
            point.row_id for point in case.view.points
        ), case.name
        names = name_points(case.view)
        for mark in buttons:
            name = names[mark.get("data-point", "")]
            said = (mark.get("aria-label"), mark.get("data-period"), mark.get("tabindex"))
            assert said == (name.words, name.period, "-1")
        for mark in marks:
            assert mark.get("role") == "button" or mark.get("aria-hidden") == "true"


@every_chart
def test_a_row_is_named_where_it_is_first_seen(light_cases: dict[str, list[Case]], chart_id: str) -> None:
    for case in light_cases[chart_id]:
        named: set[str | None] = set()
        for mark in find_marks(case.root):
            is_seen = any(part.get("class") == "shape" for part in mark)
            assert not is_seen or (mark.get("role") == "button") == (mark.get("data-point") not in named)
            named |= {mark.get("data-point")} if is_seen else set()


@every_chart
def test_the_same_figure_gives_the_same_bytes(cases: dict[str, list[Case]], chart_id: str) -> None:
    case = cases[chart_id][0]
    assert case.draw(palette=LIGHT) == case.draw(palette=LIGHT)


@every_chart
def test_a_picture_names_no_palette_colour_where_the_page_has_a_variable(
    cases: dict[str, list[Case]], chart_id: str
) -> None:
    variables = set(re.findall(r"(--[a-z-]+):", write_css_variables()))
    for case in cases[chart_id]:
        palette = case.theme.palette
        svg = case.draw(palette=palette)
        assert not [color for color in list_colors(palette) if color in svg], case.name
        assert set(re.findall(r"var\((--[a-z-]+)\)", svg)) <= variables


@every_chart
def test_a_picture_for_a_file_names_its_colours_themselves(
    cases: dict[str, list[Case]], chart_id: str
) -> None:
    for case in cases[chart_id]:
        assert "var(" not in case.svg
        assert f'fill="{case.theme.palette.paper}"' in case.svg


@every_chart
def test_a_picture_has_no_native_tooltip_no_script_and_no_role_of_its_own(
    light_cases: dict[str, list[Case]], chart_id: str
) -> None:
    for case in light_cases[chart_id]:
        assert "role" not in case.root.attrib
        tags = {part.tag.rpartition("}")[2] for part in case.root.iter()}
        assert tags <= {"svg", "g", "path", "rect", "circle", "text", "tspan", "defs", "clipPath", "pattern"}


@every_chart
def test_a_picture_is_as_wide_as_asked_and_as_high_as_its_figure(
    light_cases: dict[str, list[Case]], chart_id: str
) -> None:
    for case in light_cases[chart_id]:
        root, height = case.root, case.figure["layout"]["height"]
        assert (root.get("width"), root.get("height")) == (str(case.width), str(height))
        assert root.get("viewBox") == f"0 0 {case.width} {height}"


def test_ids_of_different_pictures_never_meet(light_cases: dict[str, list[Case]]) -> None:
    owners: dict[str, str] = {}
    for case in chain.from_iterable(light_cases.values()):
        ids = list_ids(case.svg)
        assert len(set(ids)) == len(ids)
        assert set(re.findall(r"url\(#([^)]+)\)", case.svg)) == set(ids)
        for name in ids:
            assert owners.setdefault(name, case.svg) == case.svg, case.name


def test_the_largest_picture_stays_small(built_snapshot: etl.Snapshot) -> None:
    chart = CHARTS["arms_by_supplier"]
    view = chart.select(built_snapshot, Selection())
    svg = draw_svg(chart.draw(view, Theme()), width=1100, names=name_points(view), palette=LIGHT)
    names = sum(len(row_id) + len(name.words) for row_id, name in name_points(view).items())
    assert len(view.points) == 317
    assert len(svg) - names < 65_000


def test_a_mark_without_a_name_is_refused(built_snapshot: etl.Snapshot) -> None:
    chart = CHARTS["crude"]
    view = chart.select(built_snapshot, Selection())
    names = name_points(view)
    missing = view.points[0].row_id
    del names[missing]
    with pytest.raises(UnsupportedFigureError, match=re.escape(missing)):
        draw_svg(chart.draw(view, Theme()), width=760, names=names)


def test_what_is_drawn_in_one_scheme_follows_the_page_into_the_other(built_snapshot: etl.Snapshot) -> None:
    """Drawn by either palette, a picture refers to the same variables."""
    for chart in CHARTS.values():
        for view in list_views(built_snapshot, chart):
            light, dark = (
                draw_svg(chart.draw(view, Theme(scheme)), width=760, names=name_points(view), palette=palette)
                for scheme, palette in (("light", LIGHT), ("dark", DARK))
            )
            assert re.findall(r"var\((--[a-z-]+)\)", light) == re.findall(r"var\((--[a-z-]+)\)", dark)
