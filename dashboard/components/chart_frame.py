"""The frame of every chart: words above, a stage the keyboard can walk, sources and a table below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard.chart_contract import Chart, Choice, PlotlyFigure, View
from dashboard.components.attributes import name_attributes
from dashboard.components.footnotes import build_marks
from dashboard.components.row_table import PlainRow, build_folded_table
from dashboard.number_text import say_count
from dashboard.theme import Theme

GRAPH_CONFIG: Any = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "doubleClick": False,
    "scrollZoom": False,
}
KEYS = "Arrow keys move between points, Home and End to the first and last, Enter opens the evidence."


@dataclass(frozen=True)
class FrameContent:
    """All that stands in one chart's frame."""

    card: Chart
    view: View
    figure: PlotlyFigure
    description: str
    sources: Sequence[tuple[int, str]]
    number_footnotes: Callable[[str], Iterable[int]]
    query: str
    snapshot_id: str
    choices: Sequence[tuple[Choice, str]] = ()


def build_chart_frame(content: FrameContent, theme: Theme) -> Any:
    """One chart, ready for a page."""
    chart_id = content.card.chart_id
    sources = " · ".join(name for _, name in content.sources)
    return html.Figure(
        [
            html.Figcaption(
                [
                    html.H2(content.view.title, className="chart-title", id=f"{chart_id}-title"),
                    html.P(content.view.subtitle, className="chart-subtitle"),
                    html.P(content.description, className="chart-finding", id=f"{chart_id}-description"),
                ]
            ),
            *_build_choices(content.choices),
            _build_stage(content, theme),
            html.P(
                "",
                className="spoken visually-hidden",
                role="status",
                **name_attributes({"aria-live": "polite"}),
            ),
            html.Div([_build_source_line(content), _build_downloads(content)], className="chart-foot"),
            _build_twin(content),
        ],
        className="chart",
        id=chart_id,
        **name_attributes(
            {
                "data-title": content.view.title,
                "data-subtitle": content.view.subtitle,
                "data-sources": f"Sources: {sources}. Snapshot {content.snapshot_id}.",
            }
        ),
    )


def choose_height(card: Chart, theme: Theme, figure: PlotlyFigure) -> dict[str, str]:
    """The style that gives a chart its height on this screen, so that nothing moves when it is drawn."""
    usual = card.narrow_height if theme.narrow else card.height
    return {"height": f"{figure['layout'].get('height', usual)}px"}


def _build_choices(choices: Sequence[tuple[Choice, str]]) -> list[Any]:
    groups: dict[str, list[Any]] = {}
    for choice, href in choices:
        chosen = name_attributes({"aria-current": "true" if choice.is_chosen else None})
        groups.setdefault(choice.group, []).append(
            html.Li(html.A(choice.label, href=href, className="choice", **chosen))
        )
    return [
        html.Nav(
            html.Div([html.Span(group, className="filter-name"), html.Ul(links)], className="filter"),
            className="filters",
            **name_attributes({"aria-label": group}),
        )
        for group, links in groups.items()
    ]


def _build_stage(content: FrameContent, theme: Theme) -> Any:
    chart_id = content.card.chart_id
    return html.Div(
        dcc.Graph(
            id={"type": "graph", "chart": chart_id},
            figure=content.figure,
            config=GRAPH_CONFIG,
            responsive=True,
            style=choose_height(content.card, theme, content.figure),
        ),
        className="stage",
        role="application",
        tabIndex=0,
        **name_attributes(
            {
                "aria-roledescription": "chart",
                "aria-label": f"{content.view.title}: {say_count(len(content.view.points), 'point')}. {KEYS}",
                "aria-describedby": f"{chart_id}-description",
            }
        ),
    )


def _build_source_line(content: FrameContent) -> Any:
    parts = [
        html.Span([build_marks([number]), " ", name], className="source-name")
        for number, name in content.sources
    ]
    return html.P(["Sources: ", *parts], className="source-line")


def _build_downloads(content: FrameContent) -> Any:
    chart_id, title = content.card.chart_id, content.view.title
    ending = f"?{content.query}" if content.query else ""
    files = [
        html.A(
            kind.upper(),
            href=f"/download/{chart_id}.{kind}{ending}",
            **name_attributes({"aria-label": f"{kind.upper()} of “{title}”"}),
        )
        for kind in ("csv", "parquet")
    ]
    pictures = [
        html.Button(
            kind.upper(),
            type="button",
            className="quiet",
            **name_attributes({"data-picture": kind, "aria-label": f"{kind.upper()} picture of “{title}”"}),
        )
        for kind in ("png", "svg")
    ]
    return html.P(["Download ", *files, *pictures], className="downloads")


def _build_twin(content: FrameContent) -> Any:
    points = content.view.points
    return build_folded_table(
        f"Table of the {say_count(len(points), 'point')} drawn",
        columns=("Value", "Series", "Period", "Drawn as"),
        rows=[
            PlainRow(
                (point.value_text, point.series, point.period, point.mark),
                opens=point.row_id,
                sources=tuple(content.number_footnotes(point.row_id)),
            )
            for point in points
        ],
        caption=f"{content.view.title}: the points as a table",
    )
