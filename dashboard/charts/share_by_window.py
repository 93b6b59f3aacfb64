"""The counterpart's share of arms imports by five-year window: as published, recomputed and claimed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.labels import Extent, Label
from dashboard.plotting.time_chart import TimeChart, build_series_extents, find_days, label_span
from dashboard.plotting.traces import ClaimMark, Span, draw_claim, draw_dots, draw_line, draw_series
from dashboard.theme import Theme
from dashboard.typeface import measure_text
from dashboard.views.chart_rows import (
    BREAK_IN_SERIES,
    Row,
    build_claim_point,
    build_point,
    build_span,
    format_origin,
    join_subtitle,
    keep_one_source,
    list_claims,
    list_observations,
    list_vintages,
    mark_claim,
)
from dashboard.views.dossiers import find_dossier
from etl import Snapshot, format_day, join_words, name_publisher

CHART = Chart("share_by_window", pages=("overview", "arms"), order=10, height=440, narrow_height=440)
INDICATOR = "arms_import_share"
TICKS = (0.0, 25.0, 50.0, 75.0, 100.0)
# Points above the highest value, where its words stand.
HEADROOM = 9.0
# As thick as the one point that rounding to whole per cent leaves open; a claim shows around it.
PRINTED_WIDTH, CLAIM_WIDTH = 4.0, 8.0
# Just clear of the dot on an axis of decades, and still nearer to it than to next year's.
BESIDE_DOT = timedelta(days=200)
UNDER = ("below", "below right", "below left")
OVER = ("above", "above left", "above right")
# With more windows than these their names would cover each other; so would names within so many points.
NAMED_WINDOWS = 8
NEAR_POINTS = 7.0


@dataclass(frozen=True)
class ViewModel:
    """Published editions, the newest of each window apart; older and recomputed ones by vintage; claims."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    parties: tuple[str, str]
    publisher: str
    newest_editions: tuple[Span, ...]
    older_editions: tuple[tuple[date, Span], ...]
    recomputed: tuple[tuple[date, tuple[Span, ...]], ...]
    claims: tuple[ClaimMark, ...]


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """Published and recomputed shares of the dossier's counterpart, and what documents claim of them."""
    dossier = find_dossier(snapshot, selection)
    pair = {"ref_area": dossier.ref_area, "counterpart_area": dossier.counterpart_area}
    known = [row for row in list_observations(snapshot, indicator=INDICATOR, **pair) if _is_drawn(row)]
    published = [row for row in known if row["derivation"] is None]
    rows = [*published, *keep_one_source([row for row in known if row["derivation"] is not None])]
    newest = {row["time_period"]: row for row in published}
    shown = list(newest.values())
    vintages = list_vintages(row for row in rows if row["derivation"] is not None)
    claims = [
        claim
        for claim in list_claims(snapshot, selection, indicators=[INDICATOR])
        if claim["counterpart_area"] == dossier.counterpart_area
        and claim["period_basis"] == "five_year_window"
    ]
    return ViewModel(
        title=f"{dossier.counterpart_possessive} share of {dossier.ref_possessive} arms imports",
        subtitle=_write_subtitle(published, is_restated=len(shown) < len(published), vintages=vintages),
        points=(
            *(_point_row(row, newest=newest, vintages=vintages) for row in rows),
            *(build_claim_point(claim) for claim in claims),
        ),
        parties=(dossier.ref_label, dossier.counterpart_label),
        publisher=published[-1]["publisher"] if published else "",
        newest_editions=tuple(_span_row(row) for row in shown),
        older_editions=tuple((row["vintage"], _span_row(row)) for row in published if row not in shown),
        recomputed=tuple((vintage, _span_vintage(rows, vintage)) for vintage in vintages),
        claims=tuple(mark_claim(claim) for claim in claims),
    )


# Why a bar may lie off the line, in one sentence beside both.
PARTING = (
    "bars and line part where SIPRI’s register, revised back to its first year by every edition, now adds up "
    "to another share than was printed"
)


def _write_subtitle(published: list[Row], *, is_restated: bool, vintages: list[date]) -> str:
    return join_subtitle(
        "Per cent of SIPRI trend-indicator value, a volume and not money; five-year windows"
        + (", each over its years" if published else ""),
        ("bars: as printed" + (", thin where an older edition" if is_restated else "")) if published else "",
        "line: recomputed" if vintages else "",
        PARTING if published and vintages else "",
    )


def _is_drawn(row: Row) -> bool:
    is_window = row["period_basis"] == "five_year_window" and row["obs_value"] is not None
    return is_window and row["obs_status"] != BREAK_IN_SERIES


def _span_row(row: Row) -> Span:
    return build_span(row, name_publisher(row), format_origin(row))


def _span_vintage(rows: list[Row], vintage: date) -> tuple[Span, ...]:
    return tuple(_span_row(row) for row in rows if row["derivation"] and row["vintage"] == vintage)


def _point_row(row: Row, *, newest: dict[str, Row], vintages: list[date]) -> Point:
    if row["derivation"]:
        mark = "newest register: dot" if row["vintage"] == vintages[-1] else "older register: small dot"
        return build_point(row, series=f"recomputed, register of {format_day(row['vintage'])}", mark=mark)
    mark = "newest edition" if row is newest[row["time_period"]] else "older edition: thin"
    return build_point(row, series=f"published, edition of {row['vintage']:%B %Y}", mark=mark)


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """Segments over their years, the recomputed series through their middles, claims in amber on top."""
    palette, chart = theme.palette, _build_chart(view, theme)
    traces: list[dict[str, Any]] = [_draw_band(mark, theme) for mark in view.claims]
    for _, spans in view.recomputed[:-1]:
        marker = {"color": palette.other_vintage, "size": 3}
        traces.append(draw_series(spans, color=palette.other_vintage, width=1.0, marker=marker))
    traces += [_draw_segment(span, color=palette.other_vintage, width=1.5) for _, span in view.older_editions]
    for _, spans in view.recomputed[-1:]:
        marker = {"color": palette.statistic, "size": 4}
        traces.append(draw_series(spans, color=palette.statistic, width=1.25, marker=marker))
    for span in view.newest_editions:
        traces.append(_draw_segment(span, color=palette.statistic, width=PRINTED_WIDTH))
    # At both ends only: the middle belongs to the recomputed share, the length to the edition below.
    traces += [draw_claim(mark, days=[mark.span.start, mark.span.stop], theme=theme) for mark in view.claims]
    return chart.build_figure(traces, labels=_list_labels(view, theme), around=_list_extents(view))


def describe(view: ViewModel) -> str:
    """The first and the newest published share, the newest recomputed one, every claim with its verdict."""
    importer, supplier = view.parties
    if not view.points:
        return f"No share of {supplier} in the arms imports of {importer} is known here."
    parts = []
    if view.newest_editions:
        first, last = view.newest_editions[0], view.newest_editions[-1]
        shares = [f"at {span.value_text} for {span.period}" for span in dict.fromkeys((first, last))]
        parts.append(f"{view.publisher} puts it {join_words(shares)}")
    for vintage, spans in view.recomputed[-1:]:
        newest = f"{spans[-1].value_text} for {spans[-1].period}"
        parts.append(f"recomputed from the register of {vintage:%B %Y} it is {newest}")
    claims = [(mark.span, mark.verdict.label) for mark in view.claims]
    parts += [f"a claim of {span.value_text} for {span.period} is {verdict}" for span, verdict in claims]
    return f"{view.title}: {'; '.join(parts)}."


def _build_chart(view: ViewModel, theme: Theme) -> TimeChart:
    spans = [*_list_segments(view), *(mark.span for mark in view.claims)]
    for _, series in view.recomputed:
        spans += series
    return TimeChart(
        theme,
        CHART.find_height(theme),
        days=find_days(spans, after=60),
        values=(0.0, max(span.value for span in spans) + HEADROOM),
        ticks=TICKS,
        write_tick=lambda tick: f"{tick:.0f}%",
        # The newest edition has its label beyond its end.
        right=14 + max([0, *(round(measure_text(span.period)) for span in view.newest_editions[-1:])]),
    )


def _draw_band(mark: ClaimMark, theme: Theme) -> dict[str, Any]:
    days, levels = [mark.span.start, mark.span.stop], [mark.span.value] * 2
    return draw_line(days, levels, color=theme.palette.claim, width=CLAIM_WIDTH)


def _draw_segment(span: Span, *, color: str, width: float) -> dict[str, Any]:
    """Corners in the middle of every year, so that a pointer anywhere on the segment finds it."""
    middles = [date(year, 7, 2) for year in range(span.start.year, span.end.year + 1)]
    places = [(day, span.value) for day in (span.start, *middles, span.stop)]
    line = {"color": color, "width": width}
    return draw_dots(places, opens=[span] * len(places), marker={}, mode="lines", line=line)


def _list_labels(view: ViewModel, theme: Theme) -> list[Label]:
    palette = theme.palette
    # The newest edition first: it has one place only, which the words of a claim can leave free.
    labels = [
        label_span(span, color=palette.statistic, at=span.stop, sides=("right",))
        for span in view.newest_editions[-1:]
    ]
    claimed, color = [mark.span for mark in view.claims], palette.claim_text
    labels += [Label(span.middle, span.value, color, span.value_text, span.period) for span in claimed]
    labels += _label_restated(view, theme)
    for vintage, spans in view.recomputed[-1:]:
        place, register = spans[len(spans) // 8], f"register of {vintage:%b %Y}"
        first, below = ("recomputed", "") if theme.narrow else ("recomputed,", register)
        at = (place.middle, place.value)
        labels.append(Label(*at, palette.statistic, plain=first, below=below, sides=OVER + UNDER))
    if _is_sparse(view):
        return [*labels, *(_label_window(span, view, theme) for span in reversed(view.newest_editions[:-1]))]
    for span in view.newest_editions[:1]:
        text = "" if theme.narrow else f"{view.publisher}\u2019s figures, by edition"
        at = (span.middle, span.value)
        labels.append(Label(*at, palette.statistic, span.value_text, span.period, text, sides=OVER))
    return [*labels, *(_label_end(span, theme) for span in reversed(view.newest_editions[1:-1]))]


def _label_restated(view: ViewModel, theme: Theme) -> list[Label]:
    """What an older edition printed for a window that a document cites, where that was another value."""
    cited = {(mark.span.start, mark.span.end): mark.span.value for mark in view.claims}
    return [
        Label(
            span.start + BESIDE_DOT,
            span.value,
            theme.palette.secondary,
            span.value_text,
            below=f"edition of {vintage.year}",
            sides=("below left", *UNDER),
        )
        for vintage, span in view.older_editions
        if cited.get((span.start, span.end), span.value) != span.value
    ]


def _label_end(span: Span, theme: Theme) -> Label:
    at, color = (span.stop, span.value), theme.palette.statistic
    return Label(*at, color, plain=span.value_text, sides=("right",), reach=9, optional=True)


def _list_segments(view: ViewModel) -> list[Span]:
    return [*view.newest_editions, *(span for _, span in view.older_editions)]


def _is_sparse(view: ViewModel) -> bool:
    """Whether there is room for the name of every window."""
    return not view.recomputed and len(view.newest_editions) <= NAMED_WINDOWS


def _label_window(span: Span, view: ViewModel, theme: Theme) -> Label:
    """Over or under the longest part of a window that no other one lies next to."""
    parts = {side: _find_clear_years(span, view, sign=sign) for side, sign in (("above", 1), ("below", -1))}
    side = max(parts, key=lambda name: len(parts[name]))
    years = parts[side] or [span.middle.year]
    middle = date(years[0], 1, 1) + (date(years[-1] + 1, 1, 1) - date(years[0], 1, 1)) // 2
    words, sides = (span.value_text, span.period), (side, f"{side} right", f"{side} left")
    return Label(middle, span.value, theme.palette.statistic, *words, sides=sides, optional=True)


def _find_clear_years(span: Span, view: ViewModel, *, sign: int) -> list[int]:
    """The longest run of years of a window with nothing close above (sign 1) or below it (-1)."""
    near = [each for each in view.newest_editions if 0 < sign * (each.value - span.value) < NEAR_POINTS]
    runs: list[list[int]] = [[]]
    for year in range(span.start.year, span.end.year + 1):
        if any(each.start.year <= year <= each.end.year for each in near):
            runs.append([])
        else:
            runs[-1].append(year)
    return max(runs, key=len)


def _list_extents(view: ViewModel) -> list[Extent]:
    spans = [*_list_segments(view), *(mark.span for mark in view.claims)]
    extents = [
        Extent(span.start, span.stop, span.value - 0.8, span.value + 0.8, level=span.value) for span in spans
    ]
    # Words may stand on the thin lines of older registers, but not on that of the newest.
    for _, series in view.recomputed[-1:]:
        extents += build_series_extents(series)
    return extents
