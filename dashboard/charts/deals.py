"""Arms orders from the counterpart: from the year of the order to the last delivery, and how much came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Chart, Choice, PlotlyFigure, Point
from dashboard.plotting.labels import Place, build_note, list_widths
from dashboard.plotting.traces import (
    build_empty_figure,
    build_row_axis,
    draw_dots,
    draw_line,
    place_rows,
    write_hover,
)
from dashboard.theme import Theme, build_layout
from dashboard.typeface import LABEL_SIZE, measure_text, wrap_text
from dashboard.views.dossiers import find_dossier
from etl import Snapshot, format_count, format_day

CHART = Chart("deals", pages=("arms",), order=30, height=1100, narrow_height=1940)
LARGEST = 30
UNFINISHED_FROM = 2000
ALL = "all"
DELIVERED = "delivered"
NAME_WIDTH, NARROW_LEFT, NAME_LINE = 226, 14, 17
AXIS_PADDING = 1.2
TOP, BOTTOM, ROW_PADDING = 30, 28, 7
COUNT_GAP = 18
COUNT_INDENT = "\u00a0\u00a0"
YEAR_STEPS = (1, 2, 5, 10, 20, 50)
TICK_ROOM = 36


@dataclass(frozen=True)
class Row:
    """One deal: its years, its counts in words, and whether it is finished."""

    row_id: str
    name: str
    ordered_in: int
    ordered_uncertain: bool
    last_delivery: int | None
    counts: str
    finished: bool
    hover: str


@dataclass(frozen=True)
class ViewModel:
    """Deals from the latest order down; `register_year` is the last year the register speaks of."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    rows: tuple[Row, ...]
    register_year: int
    whole: int
    unfinished: int


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """The largest deals by volume and every unfinished one of this century, or all of them."""
    dossier = find_dossier(snapshot, selection)
    deals = snapshot.deals(importer=dossier.ref_area, supplier=dossier.counterpart_area)
    deals = _keep_newest_register(deals)
    ranked = deals.sort("tiv_order", "deal_id", descending=[True, False], nulls_last=True).collect()
    is_open = (pl.col("status") != DELIVERED) & (pl.col("order_year") >= UNFINISHED_FROM)
    largest = ranked.head(LARGEST)["deal_id"].to_list()
    shown = ranked if selection.show == ALL else ranked.filter(is_open | pl.col("deal_id").is_in(largest))
    chosen = shown.sort(
        "order_year", "tiv_order", "deal_id", descending=[True, True, False], nulls_last=True
    ).to_dicts()
    registers = sorted({deal["vintage"] for deal in chosen})
    return ViewModel(
        title=f"{dossier.ref_possessive} arms orders from {dossier.counterpart_label} and their delivery",
        subtitle=_write_subtitle(chosen, whole=ranked.height),
        points=tuple(_point_deal(deal) for deal in chosen),
        rows=tuple(_read_deal(deal) for deal in chosen),
        register_year=registers[-1].year if registers else 0,
        whole=ranked.height,
        unfinished=ranked.filter(pl.col("status") != DELIVERED).height,
    )


def _write_subtitle(chosen: list[dict[str, Any]], *, whole: int) -> str:
    unit = "Weapons delivered of those ordered, from the order to the last delivery"
    if not chosen:
        return unit
    largest = f"the {LARGEST} largest orders by volume and all unfinished since {UNFINISHED_FROM}"
    which = "all orders" if len(chosen) == whole else largest
    register = f"SIPRI register of {format_day(chosen[0]['vintage'])}"
    return f"{unit}; {which}; {register}; hollow: not complete; ?: SIPRI is unsure"


def _keep_newest_register(deals: pl.LazyFrame) -> pl.LazyFrame:
    """The deals of one register: the newest, and of two files of the same day the one with most deals."""
    registers = deals.group_by("vintage", "source_id").len().sort("vintage", "len", "source_id").collect()
    if registers.is_empty():
        return deals
    vintage, source_id, _ = registers.row(-1)
    return deals.filter((pl.col("vintage") == vintage) & (pl.col("source_id") == source_id))


def offer_choices(_snapshot: Snapshot, selection: Selection) -> tuple[Choice, ...]:
    """The main deals, or all of them."""
    shows_all = selection.show == ALL
    return (
        Choice("Orders", "largest and unfinished", "show", None, not shows_all),
        Choice("Orders", "all", "show", ALL, shows_all),
    )


def _name_deal(deal: dict[str, Any]) -> str:
    same = deal["designation"] == deal["description"]
    return str(deal["designation"] if same else f"{deal['designation']}, {deal['description']}")


def _count_units(number: int | None, *, uncertain: bool) -> str:
    return "unknown" if number is None else f"{number:,}{'?' if uncertain else ''}"


def _format_counts(deal: dict[str, Any]) -> str:
    delivered = _count_units(deal["number_delivered"], uncertain=deal["number_delivered_uncertain"])
    ordered = _count_units(deal["number_ordered"], uncertain=deal["number_ordered_uncertain"])
    return f"{delivered} of {ordered}"


def _find_last_delivery(deal: dict[str, Any]) -> int | None:
    years = [int(year) for year in (deal["delivery_years"] or "").split(";") if year.strip()]
    return max(years, default=None)


def _format_years(deal: dict[str, Any]) -> str:
    last = _find_last_delivery(deal)
    ordered = f"{deal['order_year']}{'?' if deal['order_year_uncertain'] else ''}"
    return f"ordered {ordered}, " + (f"last delivery {last}" if last else "no delivery")


def _point_deal(deal: dict[str, Any]) -> Point:
    finished = deal["status"] == DELIVERED
    mark = "filled: delivered" if finished else f"hollow: {etl.label('deal status', deal['status'])}"
    return Point(deal["deal_id"], _name_deal(deal), _format_years(deal), _format_counts(deal), mark)


def _read_deal(deal: dict[str, Any]) -> Row:
    volume = (
        "" if deal["tiv_order"] is None else f"{etl.format_value(deal['tiv_order'], 'TIV_MILLIONS')} ordered"
    )
    status = etl.label("deal status", deal["status"])
    return Row(
        row_id=deal["deal_id"],
        name=_name_deal(deal),
        ordered_in=deal["order_year"],
        ordered_uncertain=deal["order_year_uncertain"],
        last_delivery=_find_last_delivery(deal),
        counts=_format_counts(deal),
        finished=deal["status"] == DELIVERED,
        hover=write_hover(_format_counts(deal), _name_deal(deal), _format_years(deal), status, volume),
    )


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A row per deal: its name, its years, and at the right how many came of how many."""
    if not view.rows:
        return build_empty_figure(describe(view), theme=theme)
    names = [[row.name] if theme.narrow else wrap_text(row.name, width=NAME_WIDTH) for row in view.rows]
    # On a phone a name stands above its line and not beside it.
    padding = ROW_PADDING + (NAME_LINE + 5 if theme.narrow else 0)
    places, height = place_rows(names, padding=padding)
    tracks = [place + NAME_LINE / 2 for place in places] if theme.narrow else places
    right = round(max(measure_text(row.counts, bold=True) for row in view.rows)) + COUNT_GAP + 4
    years = (min(row.ordered_in for row in view.rows), max(view.register_year, *map(_find_last, view.rows)))
    rows = build_row_axis(theme, texts=names, places=places, height=height)
    left = NARROW_LEFT if theme.narrow else NAME_WIDTH + 12
    layout = build_layout(
        theme,
        height=round(height) + TOP + BOTTOM,
        margin={"l": left, "r": right, "t": TOP, "b": BOTTOM},
        xaxis=_build_axis(years, room=list_widths(theme)[0] - left - right),
        yaxis={**rows, "showgrid": False, "showticklabels": not theme.narrow},
        annotations=[_head_counts(theme, right=right)],
    )
    traces = [*_draw_spans(view, tracks, theme=theme), *_draw_ends(view, tracks, theme=theme)]
    counts = [COUNT_INDENT + (row.counts if row.finished else f"<b>{row.counts}</b>") for row in view.rows]
    traces.append(_write_words(counts, x=years[1] + AXIS_PADDING, ys=tracks, theme=theme))
    if theme.narrow:
        above = [place - NAME_LINE / 2 for place in places]
        traces.append(
            _write_words([row.name for row in view.rows], x=years[0] - AXIS_PADDING, ys=above, theme=theme)
        )
    return {"data": traces, "layout": layout}


def describe(view: ViewModel) -> str:
    """How many deals there are, how many are not complete, and the oldest and the largest open one."""
    if not view.rows:
        return f"{view.title}: no deals are known here."
    open_rows = [row for row in view.rows if not row.finished]
    ending = f"; the latest of these is {open_rows[0].name}, {open_rows[0].counts}" if open_rows else ""
    return (
        f"{view.title}: {format_count(view.whole, 'order')} in the register, {view.unfinished} of them "
        f"not fully delivered{ending}. {format_count(len(view.rows), 'order')} drawn."
    )


def _draw_spans(view: ViewModel, places: list[float], *, theme: Theme) -> list[dict[str, Any]]:
    """Thin lines from order to last delivery; dotted on to the register's year where some are to come."""
    palette = theme.palette
    traces = []
    for row, y in zip(view.rows, places, strict=True):
        reached = _find_last(row)
        traces.append(draw_line([row.ordered_in, reached], [y, y], color=palette.statistic, width=2))
        if not row.finished:
            traces.append(
                draw_line([reached, view.register_year], [y, y], color=palette.statistic, width=2, dash="dot")
            )
    return traces


def _draw_ends(view: ViewModel, places: list[float], *, theme: Theme) -> list[dict[str, Any]]:
    """The order as a tick, a hollow dot where its year is uncertain; the last delivery as a dot."""
    palette, whole = theme.palette, {"cliponaxis": False}
    outline = {"color": palette.statistic, "width": 2}
    start = {
        "symbol": ["circle" if row.ordered_uncertain else "line-ns" for row in view.rows],
        "size": [6 if row.ordered_uncertain else 9 for row in view.rows],
        "color": palette.paper,
        "opacity": 1,
        "line": outline,
    }
    fills = [palette.statistic if row.finished else palette.paper for row in view.rows]
    end = {"symbol": "circle", "size": 10, "color": fills, "opacity": 1, "line": outline}
    ordered: list[tuple[Place, float]] = [
        (row.ordered_in, y) for row, y in zip(view.rows, places, strict=True)
    ]
    reached: list[tuple[Place, float]] = [
        (_find_end(row, view), y) for row, y in zip(view.rows, places, strict=True)
    ]
    return [
        draw_dots(ordered, opens=view.rows, marker=start, **whole),
        draw_dots(reached, opens=view.rows, marker=end, **whole),
    ]


def _find_last(row: Row) -> int:
    return row.last_delivery or row.ordered_in


def _find_end(row: Row, view: ViewModel) -> int:
    return _find_last(row) if row.finished else view.register_year


def _write_words(words: list[str], *, x: float, ys: list[float], theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x] * len(words),
        "y": ys,
        "text": words,
        "textposition": "middle right",
        "textfont": {"size": LABEL_SIZE, "color": theme.palette.text},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _build_axis(years: tuple[int, int], *, room: float) -> dict[str, Any]:
    first, last = years
    step = next(step for step in YEAR_STEPS if (last - first) / step * TICK_ROOM <= room)
    return {
        "range": [first - AXIS_PADDING, last + AXIS_PADDING],
        "tickvals": [year for year in range(first, last + 1) if year % step == 0],
        "tickformat": "d",
        "showgrid": True,
    }


def _head_counts(theme: Theme, *, right: int) -> dict[str, Any]:
    place = {"x": 1, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "bottom"}
    return {**build_note("delivered of ordered", color=theme.palette.secondary), **place, "xshift": right}
