"""The frame of every chart: words above, a stage the keyboard can walk, sources and a table below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard.address import TimeRange, write_interactive_link
from dashboard.chart_contract import Chart, Choice, Point, View
from dashboard.components.attributes import name_attributes
from dashboard.components.citation_panel import build_citation_fold
from dashboard.components.footnotes import build_marks
from dashboard.components.row_table import PlainRow, build_folded_table
from dashboard.components.share_panel import Shared, build_share_fold
from dashboard.number_text import keep_together
from etl import format_count, format_day

KIND_NAMES = {"csv": "CSV", "parquet": "Parquet", "xlsx": "XLSX", "svg": "SVG"}
# The part of the page Data that lists the rows set aside.
QUARANTINE = "quarantine"
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
class FrameContent:
    """All that stands in one chart's frame."""

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

    @property
    def frame_id(self) -> str:
        """The id of the frame in its page."""
        chart_id = self.card.chart_id
        return f"{chart_id}-{self.side.name}" if self.side else chart_id

    @property
    def name(self) -> str:
        """The title, and the side where there are two of the same."""
        return f"{self.view.title}, {self.side.text}" if self.side else self.view.title


@dataclass(frozen=True)
class FailedChart:
    """What is known of a chart that failed: what is said of it, and its points where it has any."""

    frame_id: str
    title: str
    sentence: str
    points: tuple[Point, ...] = ()


def build_chart_frame(content: FrameContent) -> Any:
    """One chart, ready for a page."""
    frame_id, side = content.frame_id, content.side
    return html.Figure(
        [
            html.Figcaption(
                [
                    html.H2(_build_title(content), className="chart-title", id=f"{frame_id}-title"),
                    html.P(content.view.subtitle, className="chart-subtitle"),
                    html.P(build_finding(content), className="chart-finding", id=f"{frame_id}-description"),
                    *([_build_zoom(content.zoom)] if content.can_zoom else []),
                ]
            ),
            *_build_choices(content.choices),
            _build_stage(content),
            _build_foot(content),
        ],
        className="chart",
        id=frame_id,
        **name_attributes(
            {
                "data-side": side.name if side else None,
                "data-place": side.place if side else None,
            }
        ),
    )


def build_failed_frame(failed: FailedChart, *, number_footnotes: Callable[[str], Iterable[int]]) -> Any:
    """What stands in the place of a chart that failed, with the table of its points where it has any."""
    frame_id, title, points = failed.frame_id, failed.title, failed.points
    return html.Figure(
        [
            html.Figcaption(
                [
                    html.H2(title, className="chart-title", id=f"{frame_id}-title"),
                    html.P(failed.sentence, className="chart-finding", role="note"),
                ]
            ),
            *([_build_table(title, points, number_footnotes=number_footnotes)] if points else []),
        ],
        className="chart chart-failed",
        id=frame_id,
    )


def _build_foot(content: FrameContent) -> Any:
    if not content.view.points:
        # Nothing is drawn: there is nothing to list or to take along.
        return html.Div(_build_compare(content), className="chart-foot")
    folds = [*_build_folds(content), *_build_compare(content), _build_interactive(content)]
    along = html.Div([build_downloads(content), build_twin(content), *folds], className="take-along")
    return html.Div([build_source_line(content), along], className="chart-foot")


def _build_title(content: FrameContent) -> list[Any]:
    if content.side is None:
        # Here links lead that name a chart whose place this one has taken.
        return [*(html.Span(id=former) for former in content.card.former_ids), content.view.title]
    # A line of its own to see, and a pause to hear.
    pause = html.Span(": ", className="visually-hidden")
    return [html.Span([content.side.text, pause], className="chart-side"), content.view.title]


def build_finding(content: FrameContent) -> list[Any]:
    """The description; the title that it begins with stands above it, and is here to be heard only."""
    title = f"{content.view.title}: "
    if not content.description.startswith(title):
        return [keep_together(content.description)]
    rest = content.description.removeprefix(title)
    return [html.Span(title, className="visually-hidden"), keep_together(f"{rest[:1].upper()}{rest[1:]}")]


def _build_zoom(zoom: TimeRange | None) -> Any:
    """What says that a part of the time is shown; empty, and filled by the browser, where it is all of it."""
    said = ZOOM_WORDS.format(start=format_day(zoom.start), stop=format_day(zoom.stop)) if zoom else ""
    return html.P(said, className="chart-zoom", **name_attributes({"data-words": ZOOM_WORDS}))


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


def _build_stage(content: FrameContent) -> Any:
    """The place of the picture, as high as it will be, so that nothing moves when it comes."""
    chart_id, (wide, narrow) = content.card.chart_id, content.heights
    keys = f"{KEYS} {ZOOM_KEYS}" if content.can_zoom else KEYS
    beside = urlencode({"beside": content.side.beside}) if content.side and content.side.beside else ""
    asked = "&".join(filter(None, (f"v={content.snapshot_id}", content.query, beside)))
    return html.Div(
        [],
        className="stage",
        role="group",
        style={"--high": f"{wide}px", "--high-narrow": f"{narrow}px"},
        **name_attributes(
            {
                "data-chart": content.frame_id,
                "data-picture-of": f"/picture/{chart_id}.svg?{asked}",
                "data-zooms": "true" if content.can_zoom else None,
                "aria-roledescription": "chart",
                "aria-label": f"{content.name}: {format_count(len(content.view.points), 'point')}. {keys}",
                "aria-describedby": f"{content.frame_id}-description",
            }
        ),
    )


def build_source_line(content: FrameContent) -> Any:
    """The sources of what is drawn, each with its number in the page's source list."""
    parts = [
        html.Span([build_marks([number]), "\u00a0", name], className="source-name")
        for number, name in content.sources
    ]
    return html.P(["Sources: ", *parts, *_build_missing(content)], className="source-line")


def _build_missing(content: FrameContent) -> list[Any]:
    """How many rows of the sources are not among what is drawn, with the way to them."""
    rows, were = content.rows_missing, "was" if content.rows_missing == 1 else "were"
    if not rows:
        return []
    text = f"{format_count(rows, 'row')} of these files {were} set aside"
    link = html.A(text, href=f"{content.data_page}#{QUARANTINE}")
    return [html.Span([link, " and not drawn."], className="rows-missing")]


def build_downloads(content: FrameContent) -> Any:
    """Links to what is drawn as files."""
    chart_id, title = content.card.chart_id, content.name
    ending = f"?{content.query}" if content.query else ""
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
        for kind in KIND_NAMES
    ]
    bundle = html.A(
        "Bundle",
        href=f"/download/{chart_id}.bundle{ending}",
        **name_attributes({"aria-label": f"Evidence bundle of “{title}”"}),
    )
    return html.P(["Download ", *files, bundle], className="downloads")


def _build_compare(content: FrameContent) -> list[Any]:
    if not content.compare:
        return []
    said = name_attributes({"aria-label": f"Compare “{content.name}”"})
    return [html.A("Compare", href=content.compare, className="compare-link", **said)]


def _build_interactive(content: FrameContent) -> Any:
    """The way to the same chart as a page to work on, which is a document of its own: no page is swapped."""
    return html.A(
        "Interactive",
        href=write_interactive_link(content.card.chart_id, content.query),
        className="compare-link",
        **name_attributes({"aria-label": f"Interactive: “{content.name}”", "data-keeps-span": "true"}),
    )


def _build_folds(content: FrameContent) -> list[Any]:
    chart_id, title = content.card.chart_id, content.name
    shared = Shared(
        chart_id=chart_id,
        title=title,
        page_path=content.page_path,
        query=content.query,
        snapshot_id=content.snapshot_id,
        height=max(content.heights),
    )
    return [
        build_citation_fold("chart", chart_id, query=content.query, title=title),
        build_share_fold(shared),
    ]


def build_twin(content: FrameContent) -> Any:
    """What is drawn as a table, each line of which opens its evidence."""
    return _build_table(content.name, content.view.points, number_footnotes=content.number_footnotes)


def _build_table(
    name: str, points: Sequence[Point], *, number_footnotes: Callable[[str], Iterable[int]]
) -> Any:
    return build_folded_table(
        f"Table of {len(points):,}",
        columns=("Value", "Series", "Period", "Drawn as"),
        rows=[
            PlainRow(
                (point.value_text, point.series, point.period, point.mark),
                opens=point.row_id,
                sources=tuple(number_footnotes(point.row_id)),
            )
            for point in points
        ],
        caption=f"{name}: the points as a table",
    )
