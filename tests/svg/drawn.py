"""Every chart as a picture: what is drawn of it, and plain figures to change one thing of."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import etl
from dashboard.address import Selection
from dashboard.chart_contract import ChartModule, View
from dashboard.plotting.labels import NARROW_WIDTHS, WIDE_WIDTHS
from dashboard.svg import MarkName, draw_svg
from dashboard.theme import LIGHT, Theme

SVG = "{http://www.w3.org/2000/svg}"
# What is asked for, and the day: each has figures of another number and spread.
SELECTIONS = (
    (Selection(), None),
    (Selection(dossier="pakistan_china"), None),
    (Selection(show="all", window="all"), date(2022, 12, 31)),
    (Selection(window="2016-20"), None),
)
WIDTHS = (*((width, False) for width in (*WIDE_WIDTHS, 760)), *((width, True) for width in NARROW_WIDTHS))


@dataclass(frozen=True)
class Case:
    """One view of one chart at one width, drawn by its chart, and what it is called in a failure."""

    name: str
    chart: ChartModule
    view: View
    theme: Theme
    width: int
    figure: dict[str, Any]

    @cached_property
    def svg(self) -> str:
        """The picture in a file of its own."""
        return self.draw()

    @cached_property
    def root(self) -> ET.Element:
        """It, read as XML."""
        return ET.fromstring(self.svg)

    def draw(self, **changes: Any) -> str:
        """The picture."""
        return draw_svg(self.figure, width=self.width, names=name_points(self.view), **changes)


def list_views(snapshot: etl.Snapshot, chart: ChartModule) -> dict[View, str]:
    """The different views that the selections give of a chart, and what each is called."""
    views: dict[View, str] = {}
    for selection, day in SELECTIONS:
        known = etl.open_snapshot(snapshot.folder, as_of=day)
        text = f"{chart.card.chart_id}, {selection.dossier or 'first dossier'}, {day or 'newest'}"
        views.setdefault(chart.select(known, selection), text)
    return views


def list_cases(snapshot: etl.Snapshot, chart: ChartModule) -> list[Case]:
    """Every view of a chart at every width in either scheme; one figure serves all widths of a theme."""
    cases = []
    for view, words in list_views(snapshot, chart).items():
        for theme in (Theme(scheme, narrow) for scheme in ("light", "dark") for narrow in (False, True)):
            figure = chart.draw(view, theme)
            cases += [
                Case(f"{words}, {theme.scheme}, {width} px", chart, view, theme, width, figure)
                for width, is_narrow in WIDTHS
                if is_narrow == theme.narrow
            ]
    return cases


def name_points(view: View) -> dict[str, MarkName]:
    """What each mark of a view says."""
    return {
        point.row_id: MarkName(f"{point.value_text}, {point.period}, {point.series}", point.period)
        for point in view.points
    }


def build_figure(*traces: dict[str, Any], **layout: Any) -> dict[str, Any]:
    """A figure 300 by 200 with round margins, its axes from 0 to 10."""
    axis = {"range": [0, 10], "tickvals": [0, 5, 10], "gridcolor": "#e6e9ed", "zeroline": False}
    usual: dict[str, Any] = {
        "height": 200,
        "margin": {"l": 40, "r": 20, "t": 10, "b": 30},
        "font": {"size": 12, "color": LIGHT.text},
        "paper_bgcolor": LIGHT.paper,
        "xaxis": axis,
        "yaxis": axis,
    }
    changed = {
        key: {**usual[key], **value} if key in usual and isinstance(value, dict) else value
        for key, value in layout.items()
    }
    return {"data": list(traces), "layout": {**usual, **changed}}


def build_bars(values: list[Any], **changes: Any) -> dict[str, Any]:
    """A bar a unit, each of its own row."""
    places = list(range(len(values)))
    rows = [f"row-{place}" for place in places]
    marker = {"color": LIGHT.statistic}
    return {
        "type": "bar",
        "x": places,
        "y": values,
        "customdata": rows,
        "marker": marker,
        "offset": 0,
        "width": 1,
        **changes,
    }


def build_dots(places: list[tuple[Any, Any]], **changes: Any) -> dict[str, Any]:
    """A dot a place, each of its own row."""
    rows = [f"row-{place}" for place in range(len(places))]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "customdata": rows,
        "marker": {"color": LIGHT.claim, "size": 8},
        **changes,
    }


def build_guide(places: list[tuple[Any, Any]], **changes: Any) -> dict[str, Any]:
    """A line that opens nothing."""
    line = {"color": LIGHT.text, "width": 1}
    trace = build_dots(places, mode="lines", line=line, hoverinfo="skip")
    return {**{key: value for key, value in trace.items() if key not in ("customdata", "marker")}, **changes}


def draw_root(figure: dict[str, Any], *, width: int = 300, **changes: Any) -> ET.Element:
    """The picture of a small figure, read as XML; rows are named by their ids."""
    rows = {row for trace in figure["data"] for row in trace.get("customdata", ())}
    names = {row: MarkName(f"the mark of {row}", "2020") for row in rows}
    return ET.fromstring(draw_svg(figure, width=width, names=names, **changes))


def find_marks(root: ET.Element) -> list[ET.Element]:
    """Every mark in its order."""
    return [each for each in root.iter(f"{SVG}g") if each.get("class") == "mark"]


def find_shapes(root: ET.Element, kind: str = "shape") -> list[ET.Element]:
    """Everything seen of marks, or met of them."""
    return [each for each in root.iter() if each.get("class") == kind]


def list_texts(root: ET.Element) -> list[str]:
    """All words of a picture, each text in one piece."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
