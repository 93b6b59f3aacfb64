"""Charts: what each shows, as numbers with their sources, and as a plotly figure for those who want it."""

from __future__ import annotations

import logging
from typing import Any

import polars as pl
from polars.exceptions import ColumnNotFoundError

import etl
from dashboard.address import Selection
from dashboard.api.contract import (
    HOME,
    PLAIN_FORMAT,
    Reply,
    Route,
    build_format,
    describe_envelope,
    list_formats,
    send_rows,
    write_envelope,
    write_json,
)
from dashboard.api.parameters import FlagValue, Parameter, TextValue
from dashboard.api.problems import ProblemError, quote_briefly
from dashboard.api.requests import DRAWN_DOSSIER, NARROWING, PLACE, Asked, read_selection, refuse_unoffered
from dashboard.api.schemas import DRAWN, FLAT, Schema, close_object, describe_row
from dashboard.chart_cache import UnknownChartError
from dashboard.chart_contract import ChartFaultError, ChartModule
from dashboard.charts import find_charts
from dashboard.theme import Theme
from etl import Snapshot

LOG = logging.getLogger(__name__)
CHART_ID = Parameter(
    "chart_id",
    TextValue("the id of a chart", exemplify=lambda _snapshot: list(find_charts())),
    "id of a chart, see /charts",
    place="path",
)
FORMATS = list_formats()
FORMAT = build_format(FORMATS, "json where it is not given; the others are files of the points.")
FIGURE = Parameter("figure", FlagValue(), "true: also the plotly figure that draws it, in JSON.")
WORDS: Schema = {
    "chart_id": {"type": "string", "description": "id of the chart"},
    "title": {"type": "string"},
    "subtitle": {"type": "string", "description": "unit, periods and signs"},
    "description": {"type": "string", "description": "the chart in one sentence"},
    "pages": {"type": "array", "items": {"type": "string"}, "description": "pages it stands on"},
}


def _list_charts(asked: Asked) -> Reply:
    selection = read_selection(asked)
    charts = [_list_chart(asked, chart, selection) for chart in asked.day.list_charts()]
    return write_envelope(asked, write_json(charts))


def _list_chart(asked: Asked, chart: ChartModule, selection: Selection) -> dict[str, Any]:
    """A chart in the list; one that fails says so where others describe themselves."""
    chart_id = chart.card.chart_id
    url = f"{asked.host}{HOME}/charts/{chart_id}"
    try:
        points = asked.day.select_view(chart_id, selection).points
        return {**_describe(asked, chart_id, selection), "points": len(points), "url": url}
    except ChartFaultError as error:
        if isinstance(error.__cause__, etl.SnapshotError | ColumnNotFoundError):
            raise
        LOG.error("chart %s could not be listed", chart_id, exc_info=error)
        words = {"title": chart.usual_title, "subtitle": "", "description": str(error)}
        return {"chart_id": chart_id, **words, "pages": list(chart.card.pages), "points": 0, "url": url}


def _answer_chart(asked: Asked) -> Reply:
    chart_id = asked.values["chart_id"]
    try:
        asked.day.find_chart(chart_id)
    except UnknownChartError as error:
        message = f"There is no chart {quote_briefly(chart_id)}."
        raise ProblemError("unknown-chart", message, known=find_charts()) from error
    selection = read_selection(asked)
    refuse_unoffered(asked, chart_id, selection)
    points = _list_points(asked, chart_id, selection)
    chosen = asked.values.get("format", PLAIN_FORMAT)
    if chosen != PLAIN_FORMAT:
        one = next(one for one in FORMATS if one.name == chosen)
        return send_rows(asked, points, chosen=one, stem=chart_id)
    choices = [
        {
            "group": one.group,
            "label": one.label,
            "parameter": one.field,
            "value": one.value,
            "chosen": one.is_chosen,
        }
        for one in asked.day.list_choices(chart_id, selection)
    ]
    figure = None
    if asked.values.get("figure"):
        figure = asked.day.draw_figure(chart_id, selection=selection, theme=Theme())
    content = {**_describe(asked, chart_id, selection), "choices": choices, "figure": figure}
    head = write_json(content)
    return write_envelope(asked, head[:-1] + b', "points": ' + points.write_json().encode() + b"}")


def _describe(asked: Asked, chart_id: str, selection: Selection) -> dict[str, Any]:
    chart = asked.day.find_chart(chart_id)
    view = asked.day.select_view(chart_id, selection)
    return {
        "chart_id": chart.card.chart_id,
        "title": view.title,
        "subtitle": view.subtitle,
        "description": asked.day.describe(chart_id, selection),
        "pages": list(chart.card.pages),
    }


def _list_points(asked: Asked, chart_id: str, selection: Selection) -> pl.DataFrame:
    """What the chart draws, in its order, each point with the flat row behind it."""
    points = asked.day.select_view(chart_id, selection).points
    drawn = pl.DataFrame(
        [(point.row_id, point.series, point.period, point.value_text, point.mark) for point in points],
        schema=["row_id", *(column.name for column in DRAWN)],
        schema_overrides=dict.fromkeys(("row_id", *(column.name for column in DRAWN)), pl.String),
        orient="row",
    )
    rows = asked.snapshot.find_rows(list(dict.fromkeys(point.row_id for point in points)))
    joined = drawn.join(rows, on="row_id", how="left", maintain_order="left")
    return joined.select([column.name for column in (*DRAWN, *FLAT)])


def _describe_list(_snapshot: Snapshot) -> Schema:
    more = {
        "points": {"type": "integer", "minimum": 0, "description": "how many points it draws"},
        "url": {"type": "string", "format": "uri", "description": "address of its figures"},
    }
    chart = close_object({**WORDS, **more}, description="one chart")
    return describe_envelope({"type": "array", "items": chart}, of="Charts")


def _describe_chart(_snapshot: Snapshot) -> Schema:
    choice = close_object(
        {
            "group": {"type": "string"},
            "label": {"type": "string"},
            "parameter": {"type": "string", "description": "the parameter that makes this choice"},
            "value": {"type": ["string", "null"], "description": "its value; null: leave it out"},
            "chosen": {"type": "boolean"},
        },
        description="one thing to see instead",
    )
    point = describe_row((*DRAWN, *FLAT), description="one point, and the row behind it with its source")
    figure = {"type": ["object", "null"], "description": "plotly's data and layout, where it is asked for"}
    properties = {
        **WORDS,
        "choices": {"type": "array", "items": choice},
        "figure": figure,
        "points": {"type": "array", "items": point},
    }
    return describe_envelope(close_object(properties, description="one chart"), of="The figures of a chart")


ROUTES = (
    Route(
        path="/charts",
        summary="Charts: what each shows, in words",
        answer=_list_charts,
        shape=_describe_list,
        parameters=(DRAWN_DOSSIER, *PLACE),
    ),
    Route(
        path="/charts/{chart_id}",
        summary="A chart's figures: every point as a number, with its source",
        answer=_answer_chart,
        shape=_describe_chart,
        parameters=(CHART_ID, DRAWN_DOSSIER, *NARROWING, FIGURE, *PLACE, FORMAT),
        files=tuple(one.plain_type for one in FORMATS),
    ),
)
