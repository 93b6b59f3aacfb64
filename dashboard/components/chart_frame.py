"""The frame of every chart: words above, a stage the keyboard can walk, sources and a table below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import html
from markupsafe import Markup

from dashboard.address import TimeRange, write_interactive_link
from dashboard.asset_files import write_plotly_address
from dashboard.chart_contract import Chart, Choice, Point, View
from dashboard.components.attributes import name_attributes
from dashboard.components.citation_panel import build_citation_fold
from dashboard.components.footnotes import build_marks
from dashboard.components.row_table import PlainRow, build_fold, write_rows
from dashboard.components.share_panel import Shared, build_share_fold
from dashboard.number_text import keep_together
from etl import format_count, format_day

KIND_NAMES = {"csv": "CSV", "parquet": "Parquet", "xlsx": "XLSX", "svg": "SVG"}
# The part of the page Data that lists the rows set aside.
QUARANTINE = "quarantine"
Heading = Callable[..., Any]
TABLE_COLUMNS = ("Value", "Series", "Period", "Drawn as")
TABLE_ONLY = "Table only: this chart is drawn by a script, on a screen."
PLOT_KEYS = "The table below lists them, and each of its lines opens its evidence."
NO_PICTURE = Markup()
KEYS = "Arrow keys move between points, Home and End to the first and last, Enter opens the evidence."
ZOOM_WORDS = (
    "Zoomed to {start} to {stop}. Files hold the figures of this time, table and bundle those of the whole."
)
ZOOM_KEYS = "Plus zooms in on a point, minus zooms out, zero shows the whole time."


@dataclass(frozen=True)
class FrameSide:
    """One of two frames of the same chart: "left" or "right", and in words what it shows.

    `place` is the query of the place in which its evidence is read; `beside` names the other side, where
    both pictures share their scales.
    """

    name: str
    text: str
    place: str
    beside: str | None = None


@dataclass(frozen=True)
class ChartFrame:
    """All that a chart's frame is put together of, for a page, an embed, a report, a page to work on.

    `picture` is what the server has drawn, where it was asked to; what it does not draw (`is_plotted`),
    plotly.js does in the browser. `link_target` is that of links that stay in the frame.
    """

    card: Chart
    view: View
    heights: tuple[int, int]
    can_zoom: bool
    description: str
    sources: Sequence[tuple[int, str]]
    number_footnotes: Callable[[str], Iterable[int]]
    page_path: str
    query: str
    snapshot_id: str
    rows_missing: int = 0
    data_page: str = "/data"
    choices: Sequence[tuple[Choice, str]] = ()
    compare: str = ""
    zoom: TimeRange | None = None
    side: FrameSide | None = None
    picture: Markup = NO_PICTURE
    is_plotted: bool = False
    link_target: str | None = None

    @property
    def frame_id(self) -> str:
        """The id of the frame in its page."""
        chart_id = self.card.chart_id
        return f"{chart_id}-{self.side.name}" if self.side else chart_id

    @property
    def name(self) -> str:
        """The title, and the side where there are two of the same."""
        return f"{self.view.title}, {self.side.text}" if self.side else self.view.title

    @property
    def points(self) -> tuple[Point, ...]:
        """What opens evidence."""
        return self.view.points


@dataclass(frozen=True)
class FailedChart:
    """What is known of a chart that failed: what is said of it, and its points where it has any."""

    frame_id: str
    name: str
    sentence: str
    number_footnotes: Callable[[str], Iterable[int]]
    points: tuple[Point, ...] = ()


def build_chart_frame(frame: ChartFrame | FailedChart) -> Any:
    """One chart as pages have it."""
    if isinstance(frame, FailedChart):
        return build_failed_frame(frame)
    return html.Figure(
        [
            build_caption(frame),
            *build_choices(frame),
            build_stage(frame),
            _build_foot(frame),
        ],
        className="chart",
        id=frame.frame_id,
        **name_attributes(
            {
                "data-side": frame.side.name if frame.side else None,
                "data-place": frame.side.place if frame.side else None,
            }
        ),
    )


def build_failed_frame(failed: FailedChart, *, heading: Heading = html.H2) -> Any:
    """What stands in the place of a chart that failed, with the table of its points where it has any."""
    caption = [
        heading(failed.name, className="chart-title", id=f"{failed.frame_id}-title"),
        html.P(failed.sentence, className="chart-finding", role="note"),
    ]
    table = [build_table_twin(failed)] if failed.points else []
    return html.Figure([html.Figcaption(caption), *table], className="chart chart-failed", id=failed.frame_id)


def build_caption(frame: ChartFrame, *, heading: Heading = html.H2) -> Any:
    """The words above a picture; `heading` is of the level that the title has there."""
    frame_id = frame.frame_id
    return html.Figcaption(
        [
            heading(_build_title(frame), className="chart-title", id=f"{frame_id}-title"),
            html.P(frame.view.subtitle, className="chart-subtitle"),
            html.P(build_finding(frame), className="chart-finding", id=f"{frame_id}-description"),
            *([_build_zoom(frame.zoom)] if frame.can_zoom else []),
        ]
    )


def _build_foot(frame: ChartFrame) -> Any:
    if not frame.points:
        # Nothing is drawn: there is nothing to list or to take along.
        return html.Div(_build_compare(frame), className="chart-foot")
    return build_foot(frame, [*_build_compare(frame), _build_interactive(frame)])


def build_foot(frame: ChartFrame, more: Sequence[Any] = ()) -> Any:
    """What stands below a picture: its sources, and everything to take along, `more` at its end."""
    along = [build_downloads(frame), build_table_twin(frame), *_build_folds(frame), *more]
    return html.Div(
        [build_source_line(frame), html.Div(along, className="take-along")], className="chart-foot"
    )


def _build_title(frame: ChartFrame) -> list[Any]:
    if frame.side is None:
        # Here links lead that name a chart whose place this one has taken.
        return [*(html.Span(id=former) for former in frame.card.former_ids), frame.view.title]
    # A line of its own to see, and a pause to hear.
    pause = html.Span(": ", className="visually-hidden")
    return [html.Span([frame.side.text, pause], className="chart-side"), frame.view.title]


def build_finding(frame: ChartFrame) -> list[Any]:
    """The description; the title that it begins with stands above it, and is here to be heard only."""
    title = f"{frame.view.title}: "
    if not frame.description.startswith(title):
        return [keep_together(frame.description)]
    rest = frame.description.removeprefix(title)
    return [html.Span(title, className="visually-hidden"), keep_together(f"{rest[:1].upper()}{rest[1:]}")]


def _build_zoom(zoom: TimeRange | None) -> Any:
    """What says that a part of the time is shown; empty, and filled by the browser, where it is all of it."""
    said = ZOOM_WORDS.format(start=format_day(zoom.start), stop=format_day(zoom.stop)) if zoom else ""
    return html.P(said, className="chart-zoom", **name_attributes({"data-words": ZOOM_WORDS}))


def build_choices(frame: ChartFrame) -> list[Any]:
    """What may be shown instead, as links."""
    groups: dict[str, list[Any]] = {}
    for choice, href in frame.choices:
        chosen = name_attributes({"aria-current": "true" if choice.is_chosen else None})
        groups.setdefault(choice.group, []).append(
            html.Li(html.A(choice.label, href=href, className="choice", target=frame.link_target, **chosen))
        )
    return [
        html.Nav(
            html.Div([html.Span(group, className="filter-name"), html.Ul(links)], className="filter"),
            className="filters",
            **name_attributes({"aria-label": group}),
        )
        for group, links in groups.items()
    ]


def build_stage(frame: ChartFrame, *, is_served: bool = True) -> Any:
    """The place of the picture, as high as it will be, so that nothing moves when it comes.

    In a file that stands alone (`is_served`) nothing is asked for.
    """
    if frame.is_plotted:
        return _build_plot_stage(frame, is_served=is_served)
    zooms = frame.can_zoom and is_served
    return html.Div(
        [frame.picture] if frame.picture else [],
        className="stage",
        role="group",
        style=_write_heights(frame),
        **name_attributes(
            {
                "data-chart": frame.frame_id,
                "data-picture-of": _write_asked("picture", frame, kind="svg") if is_served else None,
                "data-zooms": "true" if zooms else None,
                **_name_stage(frame, f"{KEYS} {ZOOM_KEYS}" if zooms else KEYS),
            }
        ),
    )


def _build_plot_stage(frame: ChartFrame, *, is_served: bool) -> Any:
    """The place of what plotly.js draws when it comes near; without scripts and on paper, a table."""
    stage = html.Div(
        [],
        className="plot-stage",
        role="group",
        tabIndex=-1,
        style=_write_heights(frame),
        **name_attributes(
            {
                "data-chart": frame.frame_id,
                "data-plot-of": _write_asked("figure", frame, kind="json") if is_served else "",
                "data-script": write_plotly_address() if is_served else None,
                **_name_stage(frame, PLOT_KEYS),
            }
        ),
    )
    return html.Div([stage, _build_plain_table(frame)], className="plotted")


def _build_plain_table(frame: ChartFrame) -> Any:
    """What is drawn, for those who have neither scripts nor a screen."""
    heads = [html.Th(name, scope="col") for name in TABLE_COLUMNS]
    lines = [html.Tr([html.Td(text) for text in _list_cells(point)]) for point in frame.points]
    caption = html.Caption(f"{frame.name}: table only", className="visually-hidden")
    table = html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(lines)], className="rows")
    return html.Div([html.P(TABLE_ONLY), table], className="plain-table")


def _write_heights(frame: ChartFrame) -> dict[str, str]:
    wide, narrow = frame.heights
    return {"--high": f"{wide}px", "--high-narrow": f"{narrow}px"}


def _write_asked(route: str, frame: ChartFrame, *, kind: str) -> str:
    beside = urlencode({"beside": frame.side.beside}) if frame.side and frame.side.beside else ""
    asked = "&".join(filter(None, (f"v={frame.snapshot_id}", frame.query, beside)))
    return f"/{route}/{frame.card.chart_id}.{kind}?{asked}"


def _name_stage(frame: ChartFrame, keys: str) -> dict[str, str]:
    return {
        "aria-roledescription": "chart",
        "aria-label": f"{frame.name}: {format_count(len(frame.points), 'point')}. {keys}",
        "aria-describedby": f"{frame.frame_id}-description",
    }


def build_source_line(frame: ChartFrame) -> Any:
    """The sources of what is drawn, each with its number in the page's source list."""
    parts = [
        html.Span([build_marks([number], target=frame.link_target), "\u00a0", name], className="source-name")
        for number, name in frame.sources
    ]
    return html.P(["Sources: ", *parts, *_build_missing(frame)], className="source-line")


def _build_missing(frame: ChartFrame) -> list[Any]:
    """How many rows of the sources are not among what is drawn, with the way to them."""
    rows, were = frame.rows_missing, "was" if frame.rows_missing == 1 else "were"
    if not rows:
        return []
    text = f"{format_count(rows, 'row')} of these files {were} set aside"
    link = html.A(text, href=f"{frame.data_page}#{QUARANTINE}")
    return [html.Span([link, " and not drawn."], className="rows-missing")]


def build_downloads(frame: ChartFrame) -> Any:
    """Links to what is drawn as files."""
    chart_id, title = frame.card.chart_id, frame.name
    ending = f"?{frame.query}" if frame.query else ""
    kinds = [kind for kind in KIND_NAMES if kind != "svg" or not frame.is_plotted]
    files = [
        html.A(
            KIND_NAMES[kind],
            href=f"/download/{chart_id}.{kind}{ending}",
            **name_attributes(
                {
                    "aria-label": f"{KIND_NAMES[kind]} of “{title}”",
                    "data-keeps-span": "true",
                }
            ),
        )
        for kind in kinds
    ]
    bundle = html.A(
        "Bundle",
        href=f"/download/{chart_id}.bundle{ending}",
        **name_attributes({"aria-label": f"Evidence bundle of “{title}”"}),
    )
    return html.P(["Download ", *files, bundle], className="downloads")


def _build_compare(frame: ChartFrame) -> list[Any]:
    if not frame.compare:
        return []
    said = name_attributes({"aria-label": f"Compare “{frame.name}”"})
    return [html.A("Compare", href=frame.compare, className="compare-link", **said)]


def _build_interactive(frame: ChartFrame) -> Any:
    """The way to the same chart as a page to work on, which is a document of its own: no page is swapped."""
    return html.A(
        "Interactive",
        href=write_interactive_link(frame.card.chart_id, frame.query),
        className="compare-link",
        **name_attributes({"aria-label": f"Interactive: “{frame.name}”", "data-keeps-span": "true"}),
    )


def _build_folds(frame: ChartFrame) -> list[Any]:
    chart_id, title = frame.card.chart_id, frame.name
    shared = Shared(
        chart_id=chart_id,
        title=title,
        page_path=frame.page_path,
        query=frame.query,
        snapshot_id=frame.snapshot_id,
        height=max(frame.heights),
    )
    return [
        build_citation_fold("chart", chart_id, query=frame.query, title=title),
        build_share_fold(shared),
    ]


def build_table_twin(frame: ChartFrame | FailedChart, *, is_served: bool = True) -> Any:
    """What is drawn as a table, each line of which opens its evidence.

    In a file that stands alone (`is_served`) its lines lie packed, by the id of the frame.
    """
    text = write_table(frame) if is_served else None
    return build_fold(
        f"Table of {len(frame.points):,}",
        text=text,
        attributes={"data-table-of": None if is_served else frame.frame_id},
    )


def write_table(frame: ChartFrame | FailedChart) -> str:
    """The lines of a chart's table, as the browser builds them."""
    rows = [
        PlainRow(_list_cells(point), opens=point.row_id, sources=tuple(frame.number_footnotes(point.row_id)))
        for point in frame.points
    ]
    return write_rows(columns=TABLE_COLUMNS, rows=rows, caption=f"{frame.name}: the points as a table")


def _list_cells(point: Point) -> tuple[str, ...]:
    return (point.value_text, point.series, point.period, point.mark)
