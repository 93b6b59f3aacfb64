"""The importer's arms imports, by supplier and year, in one vintage of the register."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.address import Selection
from dashboard.chart_contract import Chart, Choice, PlotlyFigure, Point
from dashboard.plotting.labels import build_note
from dashboard.plotting.time_chart import TimeChart, choose_ticks, find_days
from dashboard.plotting.traces import Span, draw_bars, pick_supplier_color
from dashboard.theme import LIGHT, Theme
from dashboard.typeface import measure_text
from dashboard.views.chart_rows import (
    Row,
    build_point,
    build_span,
    format_edition,
    join_subtitle,
    keep_one_source,
    list_observations,
    list_vintages,
    prefer_dated,
)
from dashboard.views.dossiers import find_dossier
from dashboard.views.supplier_windows import name_areas
from etl import WORLD, Snapshot

CHART = Chart("arms_by_supplier", pages=("arms",), order=20, height=420, narrow_height=460)
OTHERS = "other suppliers"
# So near to an end of the axis words about a year stand inward from it.
EDGE_YEARS = 4
KEY_LINE = 20
KEY_SQUARE = 18


@dataclass(frozen=True)
class Segment:
    """One supplier's deliveries in one year and what lies below them in the stack."""

    span: Span
    supplier: str
    base: float


@dataclass(frozen=True)
class KeyEntry:
    """One colour of the chart: whose it is, and the volume of all years together."""

    supplier: str | None
    name: str
    total: float


@dataclass(frozen=True)
class ViewModel:
    """Segments in the order of the stack, the counterpart lowest, and the key in the same order."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    importer: str
    counterpart: str
    vintage: date | None
    segments: tuple[Segment, ...]
    key: tuple[KeyEntry, ...]


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """Deliveries of one vintage by supplier: the chosen one, or the newest."""
    dossier = find_dossier(snapshot, selection)
    rows = _list_deliveries(snapshot, selection)
    vintages = list_vintages(rows)
    vintage = selection.vintage if selection.vintage in vintages or not vintages else vintages[-1]
    rows = [row for row in rows if row["vintage"] == vintage]
    names, order = name_areas(snapshot), _order_suppliers(rows, first=dossier.counterpart_area)
    return ViewModel(
        title=f"Arms delivered to {dossier.ref_label}, by supplier",
        subtitle=_write_subtitle(rows),
        points=tuple(
            _point_row(row, name=names[row["counterpart_area"]], counterpart=dossier.counterpart_area)
            for row in rows
        ),
        importer=dossier.ref_label,
        vintage=vintage,
        counterpart=dossier.counterpart_area,
        segments=tuple(_stack_rows(rows, order=order, names=names)),
        key=tuple(_build_key(rows, order=order, names=names, counterpart=dossier.counterpart_area)),
    )


def _write_subtitle(rows: list[Row]) -> str:
    unit = "Million SIPRI trend-indicator values (TIV), a volume of arms and never money"
    if not rows:
        return unit
    years = f"calendar years {rows[0]['period_start'].year}\u2013{rows[-1]['period_end'].year}"
    register = f"{years}, register of {format_edition(rows[0])}"
    return join_subtitle(unit, register, "in the key: all years together")


def offer_choices(snapshot: Snapshot, selection: Selection) -> tuple[Choice, ...]:
    """The editions of the register that can be drawn instead, the newest first."""
    rows = _list_deliveries(snapshot, selection)
    vintages = list_vintages(rows)
    drawn = selection.vintage if selection.vintage in vintages or not vintages else vintages[-1]
    named = {row["vintage"]: format_edition(row) for row in rows}
    return tuple(
        Choice("Edition", named[vintage], "vintage", vintage.isoformat(), vintage == drawn)
        for vintage in reversed(vintages)
    )


def _list_deliveries(snapshot: Snapshot, selection: Selection) -> list[Row]:
    importer = find_dossier(snapshot, selection).ref_area
    series = {"indicator": "arms_import_volume", "ref_area": importer, "period_basis": "calendar_year"}
    rows = list_observations(snapshot, **series)
    delivered = [row for row in rows if row["counterpart_area"] != WORLD and row["obs_value"]]
    return keep_one_source(prefer_dated(delivered))


def _order_suppliers(rows: list[Row], *, first: str) -> list[str]:
    """Suppliers from the bottom up: the counterpart, those with a colour, the others, each by volume."""
    totals: dict[str, float] = defaultdict(float)
    for row in rows:
        totals[row["counterpart_area"]] += row["obs_value"]
    return sorted(totals, key=lambda code: (code != first, code not in LIGHT.suppliers, -totals[code], code))


def _is_coloured(code: str | None, *, counterpart: str) -> bool:
    return code == counterpart or code in LIGHT.suppliers


def _stack_rows(rows: list[Row], *, order: list[str], names: dict[str, str]) -> list[Segment]:
    heights: dict[date, float] = defaultdict(float)
    segments = []
    for row in sorted(rows, key=lambda row: (row["period_start"], order.index(row["counterpart_area"]))):
        code, start = row["counterpart_area"], row["period_start"]
        span = build_span(row, f"from {names[code]}")
        segments.append(Segment(span, code, heights[start]))
        heights[start] += row["obs_value"]
    return segments


def _build_key(
    rows: list[Row], *, order: list[str], names: dict[str, str], counterpart: str
) -> list[KeyEntry]:
    totals: dict[str, float] = defaultdict(float)
    for row in rows:
        totals[row["counterpart_area"]] += row["obs_value"]
    coloured = [code for code in order if _is_coloured(code, counterpart=counterpart)]
    others = [code for code in order if code not in coloured]
    entries = [KeyEntry(code, names[code], totals[code]) for code in coloured]
    if others:
        entries.append(KeyEntry(None, f"{len(others)} {OTHERS}", sum(totals[code] for code in others)))
    return entries


def _point_row(row: Row, *, name: str, counterpart: str) -> Point:
    fixed = _is_coloured(row["counterpart_area"], counterpart=counterpart)
    return build_point(
        row, series=f"arms from {name}", mark="own colour" if fixed else "grey: other suppliers"
    )


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """One bar a year, cut into suppliers; the key beside it (on a phone above) in the order of the stack."""
    spans = [segment.span for segment in view.segments]
    bars = draw_bars(
        spans,
        colors=[_pick_color(segment.supplier, view, theme) for segment in view.segments],
        theme=theme,
        base=[segment.base for segment in view.segments],
    )
    bars["marker"]["line"]["width"] = 0.75
    top = max(segment.base + segment.span.value for segment in view.segments)
    widest = max(measure_text(_write_entry(entry)) for entry in view.key)
    chart = TimeChart(
        theme,
        CHART.find_height(theme),
        days=find_days(spans),
        values=(0.0, top * 1.1),
        ticks=choose_ticks(0.0, top, count=5),
        write_tick=lambda tick: f"{tick:,.0f}",
        top=14 + (KEY_LINE * _count_key_rows(view) if theme.narrow else 0),
        right=14 if theme.narrow else round(widest + KEY_SQUARE) + 18,
    )
    notes = [*_write_key(view, theme), _write_peak(view, theme)]
    return chart.build_figure([bars], notes=notes, barmode="overlay")


def describe(view: ViewModel) -> str:
    """The greatest suppliers of all years together, and the year with most deliveries."""
    if not view.segments:
        return f"No deliveries of arms to {view.importer} by supplier are known here."
    whole = sum(entry.total for entry in view.key)
    leaders = sorted((entry for entry in view.key if entry.supplier), key=lambda entry: -entry.total)[:3]
    shares = ", ".join(f"{entry.name} {entry.total / whole:.0%}" for entry in leaders)
    totals, peak = _find_peak(view)
    return (
        f"{view.title}: of {whole:,.0f} million TIV in {min(totals)}\u2013{max(totals)}, {shares}; "
        f"the peak was {totals[peak]:,.0f} million TIV in {peak}."
    )


def _find_peak(view: ViewModel) -> tuple[dict[int, float], int]:
    """The volume of every year, and the year with most."""
    totals: dict[int, float] = defaultdict(float)
    for segment in view.segments:
        totals[segment.span.start.year] += segment.span.value
    return totals, max(totals, key=lambda year: totals[year])


def _write_peak(view: ViewModel, theme: Theme) -> dict[str, Any]:
    totals, peak = _find_peak(view)
    note = build_note(f"<b>{totals[peak]:,.0f}</b> in {peak}", color=theme.palette.text)
    place = {"x": date(peak, 7, 2).isoformat(), "y": totals[peak], "yanchor": "bottom", "yshift": 3}
    first, last = view.segments[0].span.start.year, view.segments[-1].span.start.year
    side = "left" if peak - first < EDGE_YEARS else "right" if last - peak < EDGE_YEARS else "center"
    return {**note, **place, "xanchor": side}


def _pick_color(supplier: str | None, view: ViewModel, theme: Theme) -> str:
    return pick_supplier_color(supplier or "", counterpart=view.counterpart, palette=theme.palette)


def _write_entry(entry: KeyEntry) -> str:
    return f"{entry.name} {entry.total:,.0f}"


def _count_key_rows(view: ViewModel) -> int:
    return (len(view.key) + 1) // 2


def _write_key(view: ViewModel, theme: Theme) -> list[dict[str, Any]]:
    entries = view.key if theme.narrow else view.key[::-1]
    rows = _count_key_rows(view)
    annotations = []
    for place, entry in enumerate(entries):
        column, row = divmod(place, rows) if theme.narrow else (0, place)
        square = f'<span style="color:{_pick_color(entry.supplier, view, theme)}">\u25a0</span>'
        across = {"x": column * 0.5, "xshift": 0} if theme.narrow else {"x": 1, "xshift": 14}
        down = KEY_LINE * (rows - row) + 4 if theme.narrow else -KEY_LINE * row
        annotations.append(
            {
                **build_note(f"{square} {_write_entry(entry)}", color=theme.palette.text),
                **across,
                "y": 1,
                "yshift": down,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "top",
            }
        )
    return annotations
