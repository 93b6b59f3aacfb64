"""Two-way goods trade: official periods over the time they cover, outlines of others, claims and targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.intervals import build_error_bars, build_interval_extents, measure_least
from dashboard.plotting.labels import Canvas, Extent, Label, list_widths, place_labels
from dashboard.plotting.targets import Aim, draw_aim, find_aim
from dashboard.plotting.traces import (
    BOTTOM_MARGIN,
    CLAIM_SIZE,
    ClaimMark,
    Span,
    build_empty_figure,
    build_extents,
    build_line_extents,
    build_margin,
    build_time_axis,
    build_value_axis,
    choose_ticks,
    draw_bars,
    draw_claim,
    draw_outline,
    fit_left_margin,
)
from dashboard.theme import VERDICT_GLYPHS, Theme, build_layout
from dashboard.views.chart_rows import (
    CALENDAR,
    Row,
    build_claim_point,
    build_point,
    build_span,
    choose_best,
    choose_year_basis,
    format_looks,
    format_years,
    list_claims,
    list_observations,
    list_operands,
    mark_claim,
)
from dashboard.views.dossiers import find_dossier
from etl import Snapshot, join_words

CHART = Chart("bilateral_trade", pages=("overview", "trade"), order=20, height=400, narrow_height=420)
COVERED_OPACITY = 0.5
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
    )
    basis = choose_year_basis(row for row in rows if row["indicator"] == "bilateral_trade")
    whole = {row["source_id"] for row in rows if row["period_basis"] == basis}
    rows = [row for row in choose_best(rows) if row["obs_value"] is not None]
    trade = [row for row in rows if row["indicator"] == "bilateral_trade"]
    whole_years = [row for row in trade if row["period_basis"] == basis]
    others = [row for row in trade if row["period_basis"] != basis and not _is_doubled(row, whole=whole)]
    targets = [row for row in rows if row["indicator"] == "trade_target"]
    growths = [row for row in rows if row["indicator"] == "trade_growth_needed"]
    years = tuple(_span_row(row) for row in whole_years)
    aims = _list_aims(targets, years=years, growths=growths)
    shown = {aim.needed.row_id for aim in aims if aim.needed}
    claims = _list_dollars(snapshot, selection)
    marked = [
        (whole_years, "bar"),
        (others, "dotted outline"),
        (targets, "thick line"),
        ([row for row in growths if row["obs_id"] in shown], "dashed line"),
    ]
    points = [_point_row(row, mark=mark) for kind, mark in marked for row in kind]
    return ViewModel(
        title=f"{dossier.ref_label}\u2013{dossier.counterpart_label} goods trade, as measured and as told",
        subtitle=_write_subtitle(basis, years=whole_years, others=others, claims=claims),
        points=(*points, *(build_claim_point(claim) for claim in claims)),
        years=years,
        outlines=tuple(sorted((_span_row(row) for row in others), key=_count_days, reverse=True)),
        aims=aims,
        claims=tuple(mark_claim(claim) for claim in claims),
    )


def _list_dollars(snapshot: Snapshot, selection: Selection) -> list[Row]:
    """Claims of an amount at some time; others have no place on the scales."""
    claims = list_claims(snapshot, selection, indicators=["bilateral_trade", "trade_target"])
    return [claim for claim in claims if claim["period_end"] and claim["unit_measure"] == "USD"]


def _list_aims(targets: list[Row], *, years: tuple[Span, ...], growths: list[Row]) -> tuple[Aim, ...]:
    needed = {tuple(list_operands(row)): _span_row(row) for row in growths}
    return tuple(find_aim(_span_row(row), years=years, needed=needed) for row in targets)


def _is_doubled(row: Row, *, whole: set[str]) -> bool:
    """Calendar years by a source that has the fiscal years, drawn anyway, would only hide those."""
    return row["period_basis"] == CALENDAR and row["source_id"] in whole


def _count_days(span: Span) -> int:
    return (span.stop - span.start).days


def _write_subtitle(basis: str, *, years: list[Row], others: list[Row], claims: list[Row]) -> str:
    parts = ["US dollars, exports and imports added"]
    parts += [
        words for words in (f"bars: {format_years(basis)}" if years else "", format_looks(years)) if words
    ]
    if others:
        has_years = any(row["period_basis"] == CALENDAR for row in others)
        parts.append(f"dotted: {'calendar year or ' if has_years else ''}part of a year")
    if claims:
        parts.append("amber: what documents say")
    return "; ".join(parts)


def _point_row(row: Row, *, mark: str) -> Point:
    return build_point(row, series=etl.label("indicator", row["indicator"]), mark=mark)


def _span_row(row: Row) -> Span:
    return build_span(row, etl.label("indicator", row["indicator"]), row["publisher"])


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """Bars, then outlines from wide to narrow, targets and the path to the last of them, claims on top."""
    if not view.points:
        return build_empty_figure(describe(view), theme=theme)
    palette = theme.palette
    spans = [*view.years, *view.outlines, *(aim.target for aim in view.aims)]
    spans += [mark.span for mark in view.claims]
    top = max(span.value for span in spans)
    ticks = choose_ticks(0.0, top, count=4)
    texts = [etl.format_value(tick, "USD") for tick in ticks]
    canvas = Canvas(
        height=CHART.narrow_height if theme.narrow else CHART.height,
        margin=(fit_left_margin(texts), 16, 10, BOTTOM_MARGIN),
        x_range=(min(span.start for span in spans), max(span.stop for span in spans) + _find_room(view)),
        y_range=(0.0, top * 1.12),
        widths=list_widths(theme),
    )
    traces = [_draw_years(view, theme)]
    traces += [draw_outline(span, color=palette.text) for span in view.outlines]
    traces += [trace for aim in view.aims for trace in draw_aim(aim, theme)]
    least = measure_least(canvas, pixels=CLAIM_SIZE)
    for mark in view.claims:
        bars = build_error_bars([mark.span], color=palette.claim, least=least)
        traces.append(draw_claim(mark, days=[_pin_claim(mark, view)], theme=theme) | {"error_y": bars})
    allowed = build_interval_extents([mark.span for mark in view.claims], least=least)
    layout = build_layout(
        theme,
        height=canvas.height,
        margin=build_margin(canvas),
        barmode="overlay",
        xaxis=build_time_axis(canvas, narrow=theme.narrow),
        yaxis=build_value_axis(canvas, ticks=ticks, texts=texts),
        annotations=place_labels(canvas, _list_labels(view, theme), around=[*_list_extents(view), *allowed]),
    )
    return {"data": traces, "layout": layout}


def _find_room(view: ViewModel) -> timedelta:
    """How far the axis runs on: the words of a passed target stand over the middle of its line."""
    return timedelta(days=400 if any(aim.passed for aim in view.aims[-1:]) else 150)


def describe(view: ViewModel) -> str:
    """The latest whole year, every claim with its verdict, the targets and the growth needed."""
    if not view.points:
        return f"{view.title}: no totals are known here."
    parts = [f"{span.value_text} in {span.period} (the latest whole year)" for span in view.years[-1:]]
    parts += [_format_claim(mark) for mark in view.claims]
    for aim in view.aims:
        parts.append(f"a {aim.say()}")
        if aim.needed:
            parts.append(f"growth of {aim.needed.value_text} a year needed to reach it")
    return f"{view.title}: {join_words(parts)}."


def _format_claim(mark: ClaimMark) -> str:
    """A claim with its verdict; "by the end of 2022" needs no preposition before it."""
    period = mark.span.period
    when = period if period.startswith("by ") else f"for {period}"
    return f"{mark.span.value_text} claimed {when} ({mark.verdict_text})"


def _draw_years(view: ViewModel, theme: Theme) -> dict[str, Any]:
    """A year whose parts are drawn as well is lighter, so that their outlines stand out on it."""
    bars = draw_bars(view.years, colors=[theme.palette.statistic] * len(view.years), theme=theme)
    covered = [
        any(year.start <= part.start and part.end <= year.end for part in view.outlines)
        for year in view.years
    ]
    bars["marker"]["opacity"] = [COVERED_OPACITY if each else 1 for each in covered]
    return bars


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
    claims = sorted(view.claims, key=lambda mark: mark.verdict == "supported")
    labels = [_label_claim(mark, view, theme) for mark in claims if not _is_target(mark, view)]
    for span in view.years[-1:]:
        place = (span.middle, span.value)
        labels.append(Label(*place, palette.statistic, span.value_text, below=span.period, sides=OVER_BAR))
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
    bold = f"{mark.span.value_text} {VERDICT_GLYPHS[mark.verdict]}"
    doubt = mark.verdict != "supported"
    text = mark.span.period + (f", {mark.verdict_text}" if doubt else "")
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
    lines = [Extent(span.start, span.stop, span.value * 0.99, span.value * 1.01) for span in levels]
    ways = [extent for aim in view.aims for extent in build_line_extents(aim.path)]
    return [*bars, *ways, *dots, *lines]
