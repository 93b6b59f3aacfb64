"""One chart to work on: the figure that pages draw as a picture, with plotly's legend, zoom and pointing.

The address holds the whole state; what is chosen on the page is a link, so that Back steps through it.
"""

from __future__ import annotations

import logging
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.exceptions import PreventUpdate

from dashboard.address import Selection, SelectionError
from dashboard.chart_cache import ChartCache, UnknownChartError
from dashboard.chart_contract import ChartFaultError, ChartModule, PlotlyFigure, Point
from dashboard.chart_section import read_frame
from dashboard.components.attributes import name_attributes
from dashboard.components.chart_frame import (
    ChartFrame,
    FailedChart,
    build_downloads,
    build_failed_frame,
    build_finding,
    build_source_line,
    build_table_twin,
)
from dashboard.components.footnotes import build_source_list
from dashboard.components.links import attach_place
from dashboard.dash_page_contract import DashContext, DashPage, Place
from dashboard.page_contract import PageContext, UnknownPageError
from dashboard.plotting.interactive import HoverText, make_interactive
from dashboard.theme import Theme

PAGE = DashPage("/chart/", "Interactive chart")
HINT = (
    "Drag over the chart to zoom, double-click to see all of it. A click on an entry of the legend hides its "
    "series, a double click shows it alone. A click on a point opens its evidence, as each line of the table "
    "does."
)
# No button that sends the figure elsewhere, and none that saves a picture without its sources.
CONFIG: Any = {
    "displaylogo": False,
    "displayModeBar": True,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["toImage", "select2d", "lasso2d", "autoScale2d"],
    "modeBarButtonsToAdd": ["hoverclosest", "hovercompare"],
}
# Figure, its style, words, choices, and what stands below.
Shown = tuple[PlotlyFigure, dict[str, str], Any, Any, Any]
LOG = logging.getLogger(__name__)
HIDDEN = {"display": "none"}
NOTHING: dict[str, Any] = {"data": [], "layout": {}}


def find_title(place: Place) -> str:
    """The title of the chart that an address names.

    Raises: UnknownPageError where there is no such chart.
    """
    chart = _find_chart(place)
    view = place.chart_cache.find_view(chart.card.chart_id, place.selection)
    return view.title if view else chart.usual_title


def build_layout(_context: DashContext) -> Any:
    """The parts that the callbacks fill, whatever the chart."""
    return html.Div(
        [
            # It tells of addresses and writes none: what is written to it would be pushed a second time.
            dcc.Location(id="address", refresh=False),
            dcc.Store(id="asked"),
            html.Div(id="words"),
            html.Div(id="choices"),
            html.Div(
                [
                    html.Button("Full screen", id="full", type="button", className="quiet"),
                    dcc.Graph(id="graph", figure=NOTHING, config=CONFIG, responsive=True),
                ],
                id="plot",
                className="plot",
                role="group",
                tabIndex=-1,
                **name_attributes({"aria-label": "Chart", "aria-describedby": "hint"}),
            ),
            html.P(HINT, id="hint", className="minor"),
            html.Div(id="below"),
        ],
        className="chart-alone",
    )


def register_callbacks(app: Dash, context: DashContext) -> None:
    """What happens: an address or a scheme asks for a figure and its words, a click opens evidence."""
    # Dash gives this method no types.
    in_browser: Any = app.clientside_callback
    in_browser(
        ClientsideFunction("chart", "ask"),
        Output("asked", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
        State("asked", "data"),
    )
    in_browser(ClientsideFunction("chart", "openEvidence"), Input("graph", "clickData"))
    in_browser(ClientsideFunction("chart", "fillScreen"), Input("full", "n_clicks"))
    in_browser(ClientsideFunction("chart", "settle"), Input("words", "children"))

    @app.callback(
        Output("graph", "figure"),
        Output("graph", "style"),
        Output("words", "children"),
        Output("choices", "children"),
        Output("below", "children"),
        Input("asked", "data"),
    )
    def show(asked: Any) -> Shown:
        if not isinstance(asked, dict):
            raise PreventUpdate
        theme = Theme(
            "dark" if asked.get("scheme") == "dark" else "light", narrow=asked.get("narrow") is True
        )
        try:
            place = context.enter(asked.get("pathname"), asked.get("search"))
            return _show_guarded(_find_chart(place), place, theme=theme)
        except (SelectionError, UnknownPageError) as error:
            return _show_notice(html.P(str(error)))


def _find_chart(place: Place) -> ChartModule:
    try:
        return place.chart_cache.find_chart(place.rest)
    except UnknownChartError as error:
        raise UnknownPageError(str(error.args[0])) from error


def _show_guarded(chart: ChartModule, place: Place, *, theme: Theme) -> Shown:
    """A chart, or where it fails what says so, with the table of its points if there is one."""
    chart_cache, selection = place.chart_cache, place.selection
    context = PageContext(chart_cache.snapshot, chart_cache)
    frame = read_frame(context, chart, selection, pinned=selection.snapshot)
    if isinstance(frame, FailedChart):
        return _show_notice(build_failed_frame(frame))
    try:
        figure = draw_interactive(chart_cache, chart.card.chart_id, selection, theme=theme)
    except ChartFaultError as error:
        LOG.exception("chart %s could not be drawn to work on", chart.card.chart_id)
        return _show_notice(html.P(str(error)))
    return _show_chart(frame, place, figure=figure)


def _show_notice(text: Any) -> Shown:
    return NOTHING, HIDDEN, [html.H1("This chart cannot be shown"), text], None, None


def _show_chart(frame: ChartFrame, place: Place, *, figure: PlotlyFigure) -> Shown:
    selection = place.selection
    below = _build_below(frame, place.chart_cache)
    attach_place(below, {"snapshot": selection.snapshot} if selection.snapshot else {})
    # Its place has its height, for the full screen to have another.
    style = {"height": f"{figure['layout'].pop('height')}px"}
    return figure, style, _build_words(frame), _build_choices(frame), below


def draw_interactive(
    chart_cache: ChartCache, chart_id: str, selection: Selection, *, theme: Theme
) -> PlotlyFigure:
    """The figure of a chart, with a legend and the words of its points."""
    figure = chart_cache.draw_figure(chart_id, selection=selection, theme=theme)
    points = chart_cache.select_view(chart_id, selection).points
    texts = {point.row_id: _say(point) for point in reversed(points)}
    return make_interactive(figure, texts, theme=theme)


def _say(point: Point) -> HoverText:
    rest = ", ".join(part for part in (point.period, point.series, point.mark) if part)
    return HoverText(point.series, point.value_text, rest)


def _build_words(frame: ChartFrame) -> Any:
    query = f"?{frame.query}" if frame.query else ""
    back = f"{frame.page_path}{query}#{frame.card.chart_id}"
    kept = name_attributes({"data-keeps-span": "true"})
    return [
        html.P(html.A("As a picture on its page", href=back, **kept)),
        html.H1(frame.view.title),
        html.P(frame.view.subtitle, className="chart-subtitle"),
        html.P(build_finding(frame), className="chart-finding"),
    ]


def _build_choices(frame: ChartFrame) -> Any:
    groups: dict[str, list[Any]] = {}
    for choice, href in frame.choices:
        chosen = html.Span(choice.label, className="choice", **name_attributes({"aria-current": "true"}))
        link = dcc.Link(choice.label, href=href, className="choice")
        groups.setdefault(choice.group, []).append(html.Li(chosen if choice.is_chosen else link))
    return [
        html.Nav(
            html.Div([html.Span(group, className="filter-name"), html.Ul(links)], className="filter"),
            className="filters",
            **name_attributes({"aria-label": group}),
        )
        for group, links in groups.items()
    ]


def _build_below(frame: ChartFrame, chart_cache: ChartCache) -> list[Any]:
    """Where the figures are from, as files, and as a table whose every line opens its evidence."""
    if not frame.view.points:
        return []
    foot = html.Div([build_source_line(frame), build_downloads(frame)], className="chart-foot")
    # Its lines are one component: a thousand cells, each a component, keep dash busy for half a minute.
    parts = [foot, build_table_twin(frame)]
    used = {number for number, _ in frame.sources}
    notes = [note for note in chart_cache.snapshot.list_footnotes() if note.number in used]
    return [*parts, build_source_list(notes)]
