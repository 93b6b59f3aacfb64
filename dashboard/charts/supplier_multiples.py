"""The share of each of the largest suppliers through the windows: a small panel each, all on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboard.address import Selection
from dashboard.chart_contract import Chart, PlotlyFigure, Point
from dashboard.plotting.labels import build_note, list_widths
from dashboard.plotting.time_chart import choose_ticks, choose_years, find_days, fit_left_margin
from dashboard.plotting.traces import Span, draw_level, draw_line, draw_series
from dashboard.theme import Theme, build_layout
from dashboard.typeface import wrap_text
from dashboard.views.chart_rows import (
    Row,
    build_point,
    build_span,
    format_edition,
    format_origin,
    format_row_period,
    join_subtitle,
    keep_one_source,
    list_observations,
)
from dashboard.views.dossiers import find_dossier
from dashboard.views.supplier_windows import (
    choose_register,
    count_suppliers,
    keep_unbroken,
    name_areas,
    rank_suppliers,
)
from etl import Snapshot, format_day, join_words, name_publisher

CHART = Chart("supplier_multiples", pages=("arms",), order=14, height=430, narrow_height=690)
INDICATOR, WINDOW = "arms_import_share", "five_year_window"
# With the panel that counts the others they fill four columns of two, or two of four.
PANELS, LEAST_PANELS = 7, 2
COLUMNS, NARROW_COLUMNS = 4, 2
TOP, RIGHT, BOTTOM = 42, 12, 24
# Rows of panels are so many pixels high and so far apart, for a title and the years; columns by the width.
PANEL, NARROW_PANEL, ROW_GAP = 150, 100, 62
COLUMN_GAP, NARROW_COLUMN_GAP = 0.04, 0.07
NOTE_RISE, YEAR_ROOM = 20, 36
# Little above the highest, for panels are low; three ticks are what their height can hold in words.
HEADROOM, TICKS = 1.06, 3
TINT = 0.16


@dataclass(frozen=True)
class Panel:
    """One supplier: its share in each window of a register, and what editions print, by window."""

    supplier: str
    name: str
    spans: tuple[Span, ...]
    editions: tuple[Span, ...]

    @property
    def newest(self) -> Span:
        """The share of the latest window, printed or recomputed."""
        return max((*self.spans, *self.editions), key=lambda span: span.end)

    @property
    def runs(self) -> list[list[Span]]:
        """Windows that follow each other; between runs nothing was delivered for five years."""
        runs = [[self.spans[0]]]
        for before, after in pairwise(self.spans):
            if after.start.year - before.start.year > 1:
                runs.append([])
            runs[-1].append(after)
        return runs


@dataclass(frozen=True)
class ViewModel:
    """Panels from the largest supplier down, and in words how many others there are."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    panels: tuple[Panel, ...]
    others: str


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """The largest suppliers of one register, the chosen or the newest, all its windows together."""
    dossier = find_dossier(snapshot, selection)
    rows = list_observations(snapshot, indicator=INDICATOR, ref_area=dossier.ref_area, period_basis=WINDOW)
    register = keep_unbroken(keep_one_source(choose_register(rows, vintage=selection.vintage)))
    printed = {
        (row["counterpart_area"], row["time_period"]): row
        for row in rows
        if row["derivation"] is None and row["obs_value"] is not None
    }
    names, ranked = name_areas(snapshot), rank_suppliers(register)
    drawn = ranked[:PANELS] if len(ranked) >= LEAST_PANELS else []
    own = [row for row in register if row["counterpart_area"] in drawn]
    editions = [row for (code, _), row in printed.items() if code in drawn]
    return ViewModel(
        title=f"{dossier.ref_possessive} arms suppliers, one by one",
        subtitle=_write_subtitle(own, editions=editions),
        points=(
            *(build_point(row, series=_name_series(row, names), mark="line: recomputed") for row in own),
            *(
                build_point(row, series=_name_series(row, names), mark="bar over its years: printed")
                for row in editions
            ),
        ),
        panels=tuple(_build_panel(code, names[code], own, editions) for code in drawn),
        others=_format_others([row for row in register if row["counterpart_area"] in ranked[PANELS:]], names),
    )


def _name_series(row: Row, names: dict[str, str]) -> str:
    origin = "recomputed, register of" if row["derivation"] else "published, edition of"
    return f"arms from {names[row['counterpart_area']]}, {origin} {format_edition(row)}"


def _build_panel(code: str, name: str, register: list[Row], editions: list[Row]) -> Panel:
    spans, printed = (
        tuple(_span_row(row) for row in rows if row["counterpart_area"] == code)
        for rows in (register, editions)
    )
    return Panel(code, name, spans, printed)


def _span_row(row: Row) -> Span:
    return build_span(row, name_publisher(row), format_origin(row))


def _format_others(rows: list[Row], names: dict[str, str]) -> str:
    """How many suppliers have no panel, and the largest share that any of them had in a window."""
    if not rows:
        return ""
    largest = max(rows, key=lambda row: (row["obs_value"], row["obs_id"]))
    count = count_suppliers((row["counterpart_area"] for row in rows), one="other supplier")
    name, value_text = names[largest["counterpart_area"]], build_span(largest).value_text
    return f"not drawn: {count}, at most {value_text} ({name}, {format_row_period(largest)})"


def _write_subtitle(register: list[Row], *, editions: list[Row]) -> str:
    day = format_day(register[-1]["vintage"]) if register else ""
    return join_subtitle(
        "Per cent of SIPRI trend-indicator value, a volume and not money; five-year windows",
        f"line: register of {day}, at the middle of each window" if register else "",
        "thin bars: SIPRI\u2019s own figures, over their years" if editions else "",
    )


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A panel per supplier: its line over a tint, its printed figures, above it its name and newest share."""
    grid = _build_grid(view, theme)
    pairs = list(zip(view.panels, grid.cells, strict=False))
    layout = build_layout(
        theme,
        height=grid.height,
        margin={"l": grid.left, "r": RIGHT, "t": TOP, "b": BOTTOM},
        annotations=[_name_panel(panel, view, cell=cell, theme=theme) for panel, cell in pairs],
    )
    if view.others:
        layout["annotations"].append(_note_others(view.others, grid, theme))
    scales = _build_scales(view, room=grid.cell_width)
    base = {name: layout.pop(name) for name in scales}
    traces = []
    for place, (panel, cell) in enumerate(pairs):
        shown = {"xaxis": place + grid.columns >= len(pairs), "yaxis": cell.left == 0.0}
        for name, scale in scales.items():
            spot = {**cell.write_axis(name), "showticklabels": shown[name]}
            layout[f"{name}{cell.ending}"] = {**base[name], **scale, **spot}
        axes = {"xaxis": f"x{cell.ending}", "yaxis": f"y{cell.ending}"}
        traces += [{**trace, **axes} for trace in _draw_panel(panel, theme)]
    return {"data": traces, "layout": layout}


def describe(view: ViewModel) -> str:
    """The newest share of every supplier that has a panel, and how many have none."""
    if not view.panels:
        return f"{view.title}: no register that gives two suppliers is known here."
    newest = [f"{panel.name} {panel.newest.value_text} in {panel.newest.period}" for panel in view.panels]
    others = f"; {view.others}" if view.others else ""
    return f"{view.title}: the newest share of each is {join_words(newest)}{others}."


@dataclass(frozen=True)
class SupplierCell:
    """The place of one panel in parts of the plotting area, and what plotly adds to the names of its axes."""

    ending: str
    left: float
    right: float
    bottom: float
    top: float

    def write_axis(self, name: str) -> dict[str, Any]:
        """Where an axis of this panel lies, and by which other it stands."""
        if name == "xaxis":
            return {"domain": [self.left, self.right], "anchor": f"y{self.ending}"}
        return {"domain": [self.bottom, self.top], "anchor": f"x{self.ending}"}


@dataclass(frozen=True)
class Grid:
    """The places of all panels, row by row, and the pixels that the narrowest of them has."""

    columns: int
    cells: tuple[SupplierCell, ...]
    left: int
    height: int
    cell_width: float


def _build_grid(view: ViewModel, theme: Theme) -> Grid:
    count = len(view.panels) + bool(view.others)
    columns = min(count, NARROW_COLUMNS if theme.narrow else COLUMNS)
    across, down = NARROW_COLUMN_GAP if theme.narrow else COLUMN_GAP, NARROW_PANEL if theme.narrow else PANEL
    rows, width = -(-count // columns), (1 - across * (columns - 1)) / columns
    inner = rows * down + (rows - 1) * ROW_GAP
    left = fit_left_margin(["75%"])
    cells = []
    for place in range(count):
        row, column = divmod(place, columns)
        start, top = column * (width + across), 1 - row * (down + ROW_GAP) / inner
        ends = (start, min(1.0, start + width), max(0.0, top - down / inner), top)
        cells.append(SupplierCell(str(place + 1) if place else "", *ends))
    room = (list_widths(theme)[0] - left - RIGHT) * width
    return Grid(columns, tuple(cells), left, TOP + inner + BOTTOM, room)


def _build_scales(view: ViewModel, *, room: float) -> dict[str, dict[str, Any]]:
    """The years and the shares that every panel has alike."""
    spans = [span for panel in view.panels for span in (*panel.spans, *panel.editions)]
    days = find_days(spans)
    top = max(span.value for span in spans) * HEADROOM
    years, ticks = choose_years(*days, narrow=True), choose_ticks(0.0, top, count=TICKS)
    while len(years) * YEAR_ROOM > room:
        years = years[::2]
    time = {
        "type": "date",
        "range": [day.isoformat() for day in days],
        "tickvals": [year.isoformat() for year in years],
        "ticktext": [str(year.year) for year in years],
    }
    share = {
        "range": [0.0, top],
        "tickvals": ticks,
        "ticktext": [f"{tick:.0f}%" for tick in ticks],
        "rangemode": "normal",
    }
    return {"xaxis": {**time, "ticks": "outside", "ticklen": 4}, "yaxis": share}


def _draw_panel(panel: Panel, theme: Theme) -> list[dict[str, Any]]:
    palette, traces = theme.palette, []
    color = palette.suppliers.get(panel.supplier, palette.secondary)
    for run in panel.runs:
        days, levels = [span.middle for span in run], [span.value for span in run]
        area = draw_line([days[0], *days, days[-1]], [0.0, *levels, 0.0], color=color, width=0)
        traces.append({**area, "fill": "toself", "fillcolor": color, "opacity": TINT})
    traces += [draw_level(span, color=color, width=1.25) for span in panel.editions]
    marker = {"color": color, "size": 4, "opacity": 1}
    traces += [draw_series(run, color=color, width=2, marker=marker) for run in panel.runs]
    return traces


def _name_panel(panel: Panel, view: ViewModel, *, cell: SupplierCell, theme: Theme) -> dict[str, Any]:
    newest = panel.newest
    latest = max(span.end for each in view.panels for span in each.spans)
    ended = "last " if newest.end < latest else ""
    text = f"<b>{panel.name}</b><br>{ended}<b>{newest.value_text}</b> {newest.period}"
    return {**_pin(text, cell, color=theme.palette.text), "yanchor": "bottom", "yshift": 4}


def _note_others(text: str, grid: Grid, theme: Theme) -> dict[str, Any]:
    lines = wrap_text(text[0].upper() + text[1:], width=grid.cell_width)
    note = _pin("<br>".join(lines), grid.cells[-1], color=theme.palette.secondary)
    return {**note, "yanchor": "top", "yshift": NOTE_RISE}


def _pin(text: str, cell: SupplierCell, *, color: str) -> dict[str, Any]:
    place = {"x": cell.left, "y": cell.top, "xref": "paper", "yref": "paper", "xanchor": "left"}
    return {**build_note(text, color=color), **place, "align": "left"}
