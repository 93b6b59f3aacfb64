"""Two-way goods trade: official periods over the time they cover, outlines of others, claims and targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.labels import Extent, Label
from dashboard.plotting.time_chart import (
    TimeChart,
    build_extents,
    build_interval_extents,
    build_line_extents,
    choose_ticks,
    find_days,
    label_span,
)
from dashboard.plotting.traces import (
    CLAIM_SIZE,
    ClaimMark,
    Span,
    build_error_bars,
    draw_bars,
    draw_claim,
    draw_dots,
    draw_level,
    draw_line,
    draw_outline,
    is_supported,
)
from dashboard.theme import Theme
from dashboard.views.chart_rows import (
    CALENDAR,
    Aim,
    Row,
    build_claim_point,
    build_indicator_span,
    build_point,
    choose_best,
    choose_year_basis,
    find_aim,
    format_fills,
    format_years,
    join_subtitle,
    list_claims,
    list_observations,
    list_operands,
    mark_claim,
)
from dashboard.views.dossiers import find_dossier
from etl import ALL_COMMODITIES, Snapshot, join_words

CHART = Chart("bilateral_trade", pages=("overview", "trade"), order=20, height=400, narrow_height=420)
# Half, so that the outlines over a year are seen and the year still counts as one of the series.
COVERED_OPACITY = 0.5
# A little below a year of any kind: what is longer is whole, whatever its months add up to.
DAYS_OF_PART = 360
OVER_BAR = ("above left", "left", "above", "right")
BEFORE: tuple[str, ...] = ("left", "above left", "above", "below left")
AFTER: tuple[str, ...] = ("right", "below right", "left", "below")
OVER_OR_UNDER: tuple[str, ...] = ("above", "below")
BESIDE_PATH = ("below right", "right", "above left")


@dataclass(frozen=True)
class ViewModel:
    """Whole years, outlines of other periods, targets and where each stands, and claims."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    years: tuple[Span, ...]
    outlines: tuple[Span, ...]
    aims: tuple[Aim, ...]
    claims: tuple[ClaimMark, ...]


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """Official totals of every basis, targets, growth needed, and claims about two-way trade."""
    dossier = find_dossier(snapshot, selection)
    rows = list_observations(
        snapshot,
        indicator=["bilateral_trade", "trade_target", "trade_growth_needed"],
        ref_area=dossier.ref_area,
        counterpart_area=dossier.counterpart_area,
        commodity=ALL_COMMODITIES,
    )
    basis = choose_year_basis(row for row in rows if row["indicator"] == "bilateral_trade")
    whole = {row["source_id"] for row in rows if row["period_basis"] == basis}
    rows = [row for row in choose_best(rows) if row["obs_value"] is not None]
    trade = [row for row in rows if row["indicator"] == "bilateral_trade"]
    whole_years = [row for row in trade if row["period_basis"] == basis]
    claims = _list_dollars(snapshot, selection)
    odd = [row for row in trade if row["period_basis"] != basis and not _is_doubled(row, whole=whole)]
    others = _choose_outlines(odd, years=whole_years, claims=claims)
    targets = [row for row in rows if row["indicator"] == "trade_target"]
    growths = [row for row in rows if row["indicator"] == "trade_growth_needed"]
    years = tuple(build_indicator_span(row) for row in whole_years)
    aims = _list_aims(targets, years=years, growths=growths)
    shown = {aim.needed.row_id for aim in aims if aim.needed}
    marked = [
        (whole_years, "bar"),
        (others, "dotted outline"),
        (targets, "thick line"),
        ([row for row in growths if row["obs_id"] in shown], "dashed line"),
    ]
    points = [build_point(row, mark=mark) for kind, mark in marked for row in kind]
    return ViewModel(
        title=f"{dossier.ref_label}\u2013{dossier.counterpart_label} goods trade, as measured and as told",
        subtitle=_write_subtitle(basis, years=whole_years, others=others, claims=claims),
        points=(*points, *(build_claim_point(claim) for claim in claims)),
        years=years,
        outlines=tuple(sorted(map(build_indicator_span, others), key=_count_days, reverse=True)),
        aims=aims,
        claims=tuple(mark_claim(claim) for claim in claims),
    )


def _list_dollars(snapshot: Snapshot, selection: Selection) -> list[Row]:
    """Claims of an amount at some time; others have no place on the scales."""
    claims = list_claims(snapshot, selection, indicators=["bilateral_trade", "trade_target"])
    return [claim for claim in claims if claim["period_end"] and claim["unit_measure"] == "USD"]


def _list_aims(targets: list[Row], *, years: tuple[Span, ...], growths: list[Row]) -> tuple[Aim, ...]:
    needed = {tuple(list_operands(row)): build_indicator_span(row) for row in growths}
    return tuple(find_aim(build_indicator_span(row), years=years, needed=needed) for row in targets)


def _is_doubled(row: Row, *, whole: set[str]) -> bool:
    """Calendar years by a source that has the fiscal years, drawn anyway, would only hide those."""
    return row["period_basis"] == CALENDAR and row["source_id"] in whole


def _choose_outlines(rows: list[Row], *, years: list[Row], claims: list[Row]) -> list[Row]:
    """Periods beside the whole years that say more than those: of a claim that they miss, or newer ones."""
    newest = max((row["period_end"] for row in years), default=date.min)
    missed = {claim["period_end"].year for claim in claims if not is_supported(claim["mark"])}
    return [
        row
        for row in rows
        if row["period_end"] > newest or {row["period_start"].year, row["period_end"].year} & missed
    ]


def _count_days(span: Span) -> int:
    return (span.stop - span.start).days


def _write_subtitle(basis: str, *, years: list[Row], others: list[Row], claims: list[Row]) -> str:
    has_years = any(row["period_basis"] == CALENDAR for row in others)
    return join_subtitle(
        "US dollars, exports and imports added",
        f"bars: {format_years(basis)}" if years else "",
        format_fills(years),
        f"dotted: {'calendar year or ' if has_years else ''}part of a year" if others else "",
        "amber: what documents say" if claims else "",
    )


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """Bars, then outlines from wide to narrow, targets and the path to the last of them, claims on top."""
    palette = theme.palette
    spans = [*view.years, *view.outlines, *(aim.target for aim in view.aims)]
    spans += [mark.span for mark in view.claims]
    top = max(span.value for span in spans)
    chart = TimeChart(
        theme,
        CHART.find_height(theme),
        days=find_days(spans, after=_find_room(view)),
        values=(0.0, top * 1.12),
        ticks=choose_ticks(0.0, top, count=4),
        write_tick=lambda tick: etl.format_value(tick, "USD"),
    )
    traces = [_draw_years(view, theme)]
    traces += [draw_outline(span, color=palette.text) for span in view.outlines]
    traces += [trace for aim in view.aims for trace in _draw_aim(aim, theme)]
    least = chart.measure_pixels(CLAIM_SIZE)
    for mark in view.claims:
        bars = build_error_bars([mark.span], color=palette.claim, least=least)
        traces.append(draw_claim(mark, days=[_pin_claim(mark, view)], theme=theme) | {"error_y": bars})
    allowed = build_interval_extents([mark.span for mark in view.claims], least=least)
    around = [*_list_extents(view), *allowed]
    return chart.build_figure(traces, labels=_list_labels(view, theme), around=around, barmode="overlay")


def _find_room(view: ViewModel) -> int:
    """Days that the axis runs on: the words of a passed target stand over the middle of its line."""
    return 400 if any(aim.passed for aim in view.aims[-1:]) else 150


def describe(view: ViewModel) -> str:
    """The latest whole year, every claim with its verdict, the targets and the growth needed."""
    if not view.points:
        return f"{view.title}: no totals are known here."
    parts = [f"{_describe_latest(view)} (the latest whole year)"] if view.years else []
    parts += [_format_claim(mark) for mark in view.claims]
    for aim in view.aims:
        parts.append(f"a {aim.say()}")
        if aim.needed:
            parts.append(f"growth of {aim.needed.value_text} a year needed to reach it")
    return f"{view.title}: {join_words(parts)}."


def _describe_latest(view: ViewModel) -> str:
    """The latest year, and the one before it where that was the highest."""
    *earlier, latest = view.years
    words = f"{latest.value_text} in {latest.period}"
    is_turn = len(earlier) > 1 and earlier[-1].value > max(
        latest.value, *(span.value for span in earlier[:-1])
    )
    return f"{words}, down from {earlier[-1].value_text} in {earlier[-1].period}" if is_turn else words


def _format_claim(mark: ClaimMark) -> str:
    """A claim with its verdict; "by the end of 2022" needs no preposition before it."""
    period = mark.span.period
    when = period if period.startswith("by ") else f"for {period}"
    return f"{mark.span.value_text} claimed {when} ({mark.verdict.label})"


def _draw_years(view: ViewModel, theme: Theme) -> dict[str, Any]:
    """A year whose parts are drawn as well is lighter, so that their outlines stand out on it."""
    bars = draw_bars(view.years, colors=[theme.palette.statistic] * len(view.years), theme=theme)
    covered = [
        any(year.start <= part.start and part.end <= year.end for part in view.outlines)
        for year in view.years
    ]
    bars["marker"]["opacity"] = [COVERED_OPACITY if each else 1 for each in covered]
    return bars


def _draw_aim(aim: Aim, theme: Theme) -> list[dict[str, Any]]:
    """The target as a line at its date, and the way there: dashed, it is a calculation and not a series.

    The ring in its middle opens the growth needed.
    """
    level, color = draw_level(aim.target, color=theme.palette.text), theme.palette.secondary
    if aim.needed is None:
        return [level]
    line = draw_line([day for day, _ in aim.path], [value for _, value in aim.path], color=color)
    line["line"].update({"dash": "dash", "width": 1.5, "shape": "spline"})
    marker = {"size": 8, "color": theme.palette.paper, "opacity": 1, "line": {"color": color, "width": 1.5}}
    return [line, draw_dots(aim.path[1:2], opens=[aim.needed], marker=marker), level]


def _is_target(mark: ClaimMark, view: ViewModel) -> bool:
    return any(
        span.value == mark.span.value and span.end == mark.span.end
        for span in (aim.target for aim in view.aims)
    )


def _pin_claim(mark: ClaimMark, view: ViewModel) -> date:
    """In the middle of its period; a claim that repeats a target at the end of the target's line."""
    return mark.span.stop if _is_target(mark, view) else mark.span.middle


def _list_labels(view: ViewModel, theme: Theme) -> list[Label]:
    palette = theme.palette
    # Claims in doubt first: they are what readers come for, and need the room.
    claims = sorted(view.claims, key=lambda mark: is_supported(mark.verdict))
    labels = [_label_claim(mark, view, theme) for mark in claims if not _is_target(mark, view)]
    labels += [label_span(span, color=palette.statistic, sides=OVER_BAR) for span in view.years[-1:]]
    labels += [_label_target(aim, view, theme) for aim in view.aims]
    for aim in view.aims:
        if aim.needed:
            text = f"{aim.needed.value_text} a year"
            labels.append(
                Label(*aim.path[1], palette.secondary, plain=text, below="needed", sides=BESIDE_PATH)
            )
    return [*labels, *(_label_outline(span, theme) for span in view.outlines if not theme.narrow)]


def _label_target(aim: Aim, view: ViewModel, theme: Theme) -> Label:
    """The last one before its line, where the way to it comes from; on a phone no word that it is passed."""
    span, color = aim.target, theme.palette.text
    passed = "passed" if aim.passed and not theme.narrow else ""
    day, sides = (span.start, BEFORE) if aim is view.aims[-1] else (span.stop, AFTER)
    if aim.passed and aim is view.aims[-1]:
        day, sides = span.middle, OVER_OR_UNDER
    return Label(day, span.value, color, span.value_text, passed, below=aim.name, sides=sides)


def _label_outline(span: Span, theme: Theme) -> Label:
    """Which part of a year it is: the sums a claim could have meant, side by side."""
    at, whole = (span.start, span.value), "calendar " if _count_days(span) > DAYS_OF_PART else ""
    text = f"{span.value_text} {whole}{span.period}"
    return Label(*at, theme.palette.secondary, plain=text, sides=("left",), reach=40, optional=True)


def _label_claim(mark: ClaimMark, view: ViewModel, theme: Theme) -> Label:
    """On one line left of its pin, on two after the last bar; on a phone a doubt is told by its sign only."""
    bold = f"{mark.span.value_text} {mark.verdict.sign}"
    doubt = not is_supported(mark.verdict)
    text = mark.span.period + (f", {mark.verdict.label}" if doubt else "")
    if theme.narrow:
        text = mark.span.period.replace("the end of", "end")
    place, color = (mark.span.middle, mark.span.value), theme.palette.claim_text
    if any(mark.span.middle > span.start for span in view.years[-1:]):
        return Label(*place, color, bold, below=text, sides=AFTER)
    if doubt and theme.narrow:
        return Label(*place, color, bold, below=text, sides=BEFORE)
    return Label(*place, color, bold, text, sides=BEFORE)


def _list_extents(view: ViewModel) -> list[Extent]:
    bars = build_extents([*view.years, *view.outlines])
    around, near = timedelta(days=70), 0.02
    pins = [(_pin_claim(mark, view), mark.span.value) for mark in view.claims]
    dots = [Extent(day - around, day + around, value * (1 - near), value * (1 + near)) for day, value in pins]
    levels = [aim.target for aim in view.aims]
    lines = [
        Extent(span.start, span.stop, span.value * 0.99, span.value * 1.01, level=span.value)
        for span in levels
    ]
    ways = [extent for aim in view.aims for extent in build_line_extents(aim.path)]
    return [*bars, *ways, *dots, *lines]
