"""Arms orders: how much of each has come and how much is pending, in units; open ones, or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.address import Selection
from dashboard.chart_contract import Chart, Choice, PlotlyFigure, Point
from dashboard.plotting.labels import build_note
from dashboard.plotting.traces import (
    CLEAR,
    HOVER,
    build_claim_marker,
    draw_dots,
    draw_line,
    write_hover,
)
from dashboard.theme import Theme, build_layout
from dashboard.typeface import LABEL_SIZE, LINE_HEIGHT, measure_text
from dashboard.views.arms_orders import (
    PART,
    SAID,
    ArmsOrder,
    Printed,
    list_orders,
    match_claims,
    read_printed,
)
from dashboard.views.chart_rows import build_claim_point, join_subtitle, list_claims, mark_claim
from dashboard.views.dossiers import find_dossier
from etl import Snapshot, format_count, join_words

CHART = Chart(
    "deals_progress",
    pages=("arms",),
    order=25,
    height=900,
    narrow_height=1575,
    former_ids=("deals",),
)
ALL = "all"
LINE = LABEL_SIZE * LINE_HEIGHT
BAR, PRINTED_BAR, GAP, NARROW_GAP = 14.0, 2, 13.0, 13.0
COUNTS_GAP, MARGIN, NARROW_RIGHT = 12, 4, 8
# Room for the outlines at both ends.
EDGE = 0.004
# Plainly paler than a sure number beside it, and still a bar on either ground.
PALE = 0.4


@dataclass(frozen=True)
class Progress:
    """One order and what documents print of it."""

    order: ArmsOrder
    printed: tuple[Printed, ...]

    @property
    def row_id(self) -> str:
        """The order's own row."""
        return self.order.row_id

    @property
    def hover(self) -> str:
        """Its counts, its years, its size, and what the register is not sure of."""
        order = self.order
        details = (order.format_years(), order.format_status(), order.format_volume(), *_format_doubts(order))
        return write_hover(order.format_counts(), order.name, *details)


@dataclass(frozen=True)
class ViewModel:
    """Orders that documents speak of, then the others, each from the largest down."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    rows: tuple[Progress, ...]
    whole: int


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """Unfinished orders of the newest register and any that documents count, or every order."""
    dossier = find_dossier(snapshot, selection)
    orders = list_orders(snapshot, dossier)
    claims = match_claims(orders, list_claims(snapshot, selection, indicators=list(SAID)))
    every = [Progress(order, read_printed(claims.get(order.row_id, []), mark=mark_claim)) for order in orders]
    shows_all = selection.show == ALL
    shown = [row for row in every if shows_all or row.printed or not row.order.is_finished]
    rows = sorted(shown, key=lambda row: not row.printed)
    drawn = {mark.span.row_id for row in rows for each in row.printed for _, mark in each.marks}
    return ViewModel(
        title=f"{dossier.ref_possessive} {'' if shows_all else 'open '}arms orders from "
        f"{dossier.counterpart_label}: delivered and pending",
        subtitle=_write_subtitle(rows),
        points=(
            *(_point_order(row.order) for row in rows),
            *(
                build_claim_point(claim)
                for found in claims.values()
                for claim in found
                if claim["claim_id"] in drawn
            ),
        ),
        rows=tuple(rows),
        whole=len(orders),
    )


def offer_choices(_snapshot: Snapshot, selection: Selection) -> tuple[Choice, ...]:
    """The open orders, or all of them."""
    shows_all = selection.show == ALL
    return (
        Choice("Orders", "open", "show", None, not shows_all),
        Choice("Orders", "all", "show", ALL, shows_all),
    )


def _write_subtitle(rows: list[Progress]) -> str:
    register = rows[0].order.register if rows else ""
    return join_subtitle(
        "Weapons as SIPRI counts them, each order as one bar; filled: delivered; outlined: pending",
        "?, pale or dotted: SIPRI is unsure" if any(row.order.doubts for row in rows) else "",
        "amber: what documents print, in their own units" if any(row.printed for row in rows) else "",
        f"largest volume first; {register}" if rows else "",
    )


def _point_order(order: ArmsOrder) -> Point:
    parts = ["bar: filled as far as delivered", *_format_doubts(order)]
    return Point(order.row_id, order.name, order.format_years(), order.format_counts(), "; ".join(parts))


def _format_doubts(order: ArmsOrder) -> list[str]:
    return [f"SIPRI is unsure: {join_words(order.doubts)}"] if order.doubts else []


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A bar per order under its name and years, and beside it (on a phone below) its counts."""
    tracks, height = _place_tracks(view, theme)
    right = NARROW_RIGHT if theme.narrow else COUNTS_GAP + MARGIN + round(_measure_counts(view))
    hidden: dict[str, Any] = {"visible": False, "showgrid": False, "rangemode": "normal"}
    layout = build_layout(
        theme,
        height=round(height) + MARGIN,
        margin={"l": MARGIN, "r": right, "t": MARGIN, "b": 0},
        barmode="overlay",
        xaxis={**hidden, "range": [-EDGE, 1 + EDGE]},
        yaxis={**hidden, "range": [height, 0]},
        annotations=[note for track in tracks for note in _write_track(track, theme)],
    )
    orders = [track for track in tracks if track.printed is None]
    traces = [
        *_draw_delivered(orders, theme),
        _draw_pending(orders, theme),
        *(trace for track in orders for trace in _draw_doubts(track, theme)),
        *(trace for track in tracks for trace in _draw_printed(track, theme)),
    ]
    return {"data": traces, "layout": layout}


def describe(view: ViewModel) -> str:
    """How many orders are open, what has come of the first and of the largest, and how many are unsure."""
    still_open = [row.order for row in view.rows if not row.order.is_finished]
    if not still_open:
        known = (
            f"none of {format_count(view.whole, 'order')} is open"
            if view.whole
            else "no orders are known here"
        )
        return f"{view.title}: {known}."
    largest = max(still_open, key=lambda order: order.volume or 0.0)
    named = [f"{order.name}, {order.format_counts()}" for order in dict.fromkeys((still_open[0], largest))]
    unsure = sum(1 for order in still_open if order.ordered.is_unsure or order.delivered.is_unsure)
    doubt = f"; SIPRI is unsure of a number in {unsure}" if unsure else ""
    held = PART if still_open[0].is_of_part else "the register"
    counted = f"{len(still_open)} of {format_count(view.whole, 'order')} in {held} are not complete"
    return f"{view.title}: {counted}, among them {'; '.join(named)}{doubt}."


@dataclass(frozen=True)
class OrderTrack:
    """One bar with its words: an order, or what a document prints of it; y is counted in pixels downwards."""

    row: Progress
    printed: Printed | None
    top: float
    is_narrow: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of words above the bar."""
        if self.printed is not None:
            return (self.printed.speaker, self.printed.verdicts)
        order = self.row.order
        return (order.name, order.format_years())

    @property
    def counts(self) -> str:
        """The words beside the bar, or below it."""
        return self.row.order.format_counts() if self.printed is None else self.printed.words

    @property
    def middle(self) -> float:
        """The middle of the bar."""
        return self.top + LINE * (len(self.lines) if self.is_narrow else 1) + BAR / 2 + 2

    @property
    def bottom(self) -> float:
        """Where the next one may start."""
        below = LINE + 2 if self.is_narrow else 0.0
        return self.middle + BAR / 2 + below + (NARROW_GAP if self.is_narrow else GAP)


def _place_tracks(view: ViewModel, theme: Theme) -> tuple[list[OrderTrack], float]:
    tracks: list[OrderTrack] = []
    for row in view.rows:
        for printed in (None, *row.printed):
            top = tracks[-1].bottom if tracks else 0.0
            tracks.append(OrderTrack(row, printed, top, theme.narrow))
    return tracks, tracks[-1].bottom


def _measure_counts(view: ViewModel) -> float:
    words = [row.order.format_counts() for row in view.rows]
    words += [printed.words for row in view.rows for printed in row.printed]
    return max(measure_text(each) for each in words)


def _write_track(track: OrderTrack, theme: Theme) -> list[dict[str, Any]]:
    """The words above a bar, on a phone in two lines, and its counts."""
    palette, first = theme.palette, track.top + LINE / 2
    color = palette.text if track.printed is None else palette.claim_text
    name, rest = track.lines
    if track.printed is None:
        name = f"<b>{track.row.order.designation}</b>{name.removeprefix(track.row.order.designation)}"
        rest = f'<span style="color:{palette.secondary}">{rest}</span>'
    lines = (name, rest) if theme.narrow else (f"{name} \u00b7 {rest}",)
    left = {"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "middle"}
    notes = [
        {**build_note(line, color=color), **left, "y": first + place * LINE}
        for place, line in enumerate(lines)
    ]
    if theme.narrow:
        below = {**left, "y": track.middle + BAR / 2 + 2 + LINE / 2}
        return [*notes, {**build_note(track.counts, color=color), **below}]
    beside = {**left, "x": 1, "xshift": COUNTS_GAP, "y": track.middle}
    return [*notes, {**build_note(track.counts, color=color), **beside}]


def _draw_delivered(tracks: list[OrderTrack], theme: Theme) -> list[dict[str, Any]]:
    """What has come, filled; pale where its number is unsure."""
    traces = []
    for is_unsure, opacity in ((False, 1.0), (True, PALE)):
        some = [
            track
            for track in tracks
            if track.row.order.share and track.row.order.delivered.is_unsure == is_unsure
        ]
        color = theme.palette.statistic
        if some:
            bars = _draw_bars(some, starts=[0.0] * len(some), ends=[track.row.order.share for track in some])
            traces.append({**bars, "opacity": opacity, "marker": {"color": color, "line": {"width": 0}}})
    return traces


def _draw_pending(tracks: list[OrderTrack], theme: Theme) -> dict[str, Any]:
    """What is still to come, outlined; where a number is unsure a dotted outline is drawn apart."""
    some = [track for track in tracks if track.row.order.share < 1.0]
    widths = [0.0 if _is_dotted(track.row.order) else 1.5 for track in some]
    line = {"color": theme.palette.statistic, "width": widths}
    bars = _draw_bars(some, starts=[track.row.order.share for track in some], ends=[1.0] * len(some))
    return {**bars, "marker": {"color": CLEAR, "line": line}}


def _draw_bars(tracks: list[OrderTrack], *, starts: list[float], ends: list[float]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [end - start for start, end in zip(starts, ends, strict=True)],
        "base": starts,
        "y": [track.middle for track in tracks],
        "width": [BAR] * len(tracks),
        "customdata": [track.row.row_id for track in tracks],
        "hovertext": [track.row.hover for track in tracks],
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }


def _is_dotted(order: ArmsOrder) -> bool:
    return order.ordered.is_unsure or order.delivered.is_unsure or order.ordered.number is None


def _draw_doubts(track: OrderTrack, theme: Theme) -> list[dict[str, Any]]:
    """The dotted outline of what is pending of an unsure order; open at its end where that is unknown."""
    order = track.row.order
    if not _is_dotted(order) or order.share == 1.0:
        return []
    top, bottom = track.middle - BAR / 2, track.middle + BAR / 2
    corners = [(1.0, top), (order.share, top), (order.share, bottom), (1.0, bottom)]
    if order.ordered.number is not None:
        corners.append(corners[0])
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    line = draw_line(xs, ys, color=theme.palette.statistic, width=1.5, dash="dot")
    return [{**line, "cliponaxis": False}]


def _draw_printed(track: OrderTrack, theme: Theme) -> list[dict[str, Any]]:
    """What a document prints: a line as long as the order it counts, and a mark at each of its figures."""
    if track.printed is None:
        return []
    palette, y = theme.palette, track.middle
    traces = [{**draw_line([0.0, 1.0], [y, y], color=palette.claim, width=PRINTED_BAR), "cliponaxis": False}]
    for place, mark in track.printed.marks:
        marker = build_claim_marker(mark.verdict, theme)
        traces.append(draw_dots([(place, y)], opens=[mark.span], marker=marker, cliponaxis=False))
    return traces
