"""Every larger supplier's share of the importer's arms in two windows that share no year: then and now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.address import Selection
from dashboard.chart_contract import Chart, Choice, PlotlyFigure, Point
from dashboard.plotting.labels import Canvas, build_note, list_widths, move_apart
from dashboard.plotting.time_chart import build_margin
from dashboard.plotting.traces import Span, draw_dots, draw_line, pick_supplier_color
from dashboard.theme import Theme, build_layout
from dashboard.typeface import LABEL_SIZE, LINE_HEIGHT, measure_text
from dashboard.views.chart_rows import (
    Row,
    build_point,
    build_span,
    format_row_period,
    join_subtitle,
    keep_one_source,
    list_claims,
    list_observations,
)
from dashboard.views.dossiers import find_dossier
from dashboard.views.supplier_windows import (
    choose_pair,
    choose_register,
    count_suppliers,
    group_suppliers,
    keep_unbroken,
    list_windows,
    name_areas,
    offer_starts,
)
from etl import Snapshot, format_day, join_words

CHART = Chart("slope", pages=("arms",), order=12, height=480, narrow_height=424)
INDICATOR, WINDOW = "arms_import_share", "five_year_window"
# Shares under one per cent would crowd the foot of the chart; the
# subtitle counts them. One line compares nothing.
LEAST_SHARE, LEAST_LINES = 1.0, 2
NONE = "none"
TOP, BOTTOM, HEADROOM = 26, 48, 1.03
# Names stand so far from their marks; those that had to move are led to them.
LEAD, STANDOFF, MOVED = 30, 7, 3
INDENT = "\u00a0"
# As many as one sentence can name with both their values.
MOVERS = 3
# On a phone, in pixels: a row of words and its track, the heading over all rows, and the room around them.
LINE = LABEL_SIZE * LINE_HEIGHT
HEADING, TRACK, ROW = 24.0, 8.0, 40.0
EDGE, OUTWARDS, COLUMN_GAP = 10, 8, 16
# What was is a ring so wide that what is shows within it, a dot, where little has changed.
THEN_SIZE, NOW_SIZE = 11.0, 7.0
SIGNS = ("\u25cb", "\u25cf")


@dataclass(frozen=True)
class SlopeLine:
    """One supplier's share at both ends; an end without deliveries has no row and no mark."""

    supplier: str
    name: str
    ends: tuple[Span | None, Span | None]

    def measure(self, end: int) -> float:
        """The share at one end; where nothing came it is nought."""
        span = self.ends[end]
        return span.value if span else 0.0

    def say(self, end: int) -> str:
        """The share at one end in words, with a decimal even where it is a nought: all stand in a column."""
        span = self.ends[end]
        return f"{span.value:.1f}%" if span else NONE


@dataclass(frozen=True)
class ViewModel:
    """Lines by their share in the last window, and the two windows in words."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    counterpart: str
    periods: tuple[str, ...]
    lines: tuple[SlopeLine, ...]


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """Shares of one register in its first window (or the one chosen) and in its last."""
    dossier = find_dossier(snapshot, selection)
    rows = _list_shares(snapshot, selection)
    pair = choose_pair(list_windows(rows), first=selection.window)
    names, suppliers = name_areas(snapshot), group_suppliers(rows, windows=pair)
    larger = {code: ends for code, ends in suppliers.items() if _is_larger(ends)}
    if len(larger) < LEAST_LINES:
        pair, larger = [], {}
    lines = [_build_line(code, ends, name=names[code]) for code, ends in larger.items()]
    scope = " and ".join(format_row_period(row) for row in pair) or "first and last window"
    return ViewModel(
        title=f"Suppliers\u2019 shares of {dossier.ref_possessive} arms imports, {scope}",
        subtitle=_write_subtitle(
            pair,
            smaller=sorted(suppliers.keys() - larger.keys()),
            has_dotted=any(None in line.ends for line in lines),
        ),
        points=tuple(
            build_point(row, series=f"arms from {names[code]}", mark="end of a line")
            for code, ends in larger.items()
            for row in ends
            if row is not None
        ),
        counterpart=dossier.counterpart_area,
        periods=tuple(format_row_period(row) for row in pair),
        lines=tuple(sorted(lines, key=lambda line: (-line.measure(1), -line.measure(0), line.name))),
    )


def offer_choices(snapshot: Snapshot, selection: Selection) -> tuple[Choice, ...]:
    """First windows: the earliest, those in steps of five years back from the last, those of documents."""
    windows = list_windows(_list_shares(snapshot, selection))
    named = {claim["time_period"] for claim in list_claims(snapshot, selection, indicators=[INDICATOR])}
    first = choose_pair(windows, first=selection.window)[:1]
    return tuple(
        Choice("First window", format_row_period(row), "window", row["time_period"], row in first)
        for row in offer_starts(windows, named=named)
    )


def _list_shares(snapshot: Snapshot, selection: Selection) -> list[Row]:
    importer = find_dossier(snapshot, selection).ref_area
    rows = list_observations(snapshot, indicator=INDICATOR, ref_area=importer, period_basis=WINDOW)
    return keep_unbroken(keep_one_source(choose_register(rows, vintage=selection.vintage)))


def _is_larger(ends: list[Row | None]) -> bool:
    return any(row is not None and row["obs_value"] >= LEAST_SHARE for row in ends)


def _build_line(code: str, ends: list[Row | None], *, name: str) -> SlopeLine:
    first, last = (row and build_span(row, f"from {name}") for row in ends)
    return SlopeLine(code, name, (first or None, last or None))


def _write_subtitle(pair: list[Row], *, smaller: list[str], has_dotted: bool) -> str:
    count = count_suppliers(smaller, one="supplier")
    return join_subtitle(
        "Per cent of SIPRI trend-indicator value, a volume and not money; five years together",
        f"SIPRI register of {format_day(pair[1]['vintage'])}" if pair else "",
        f"not drawn: {count}, under {LEAST_SHARE:.0f}% at both ends" if pair and smaller else "",
        "dotted: no deliveries at the other end" if has_dotted else "",
    )


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A line per supplier from the first window to the last; on a phone a list with a line in each row."""
    return _draw_list(view, theme) if theme.narrow else _draw_slopes(view, theme)


def _draw_slopes(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """The suppliers' names and shares beside both ends of their lines."""
    canvas = _build_canvas(view, theme)
    axes = [draw_line([x, x], [0.0, canvas.y_range[1]], color=theme.palette.grid) for x in (0.0, 1.0)]
    # The counterpart last: it lies over the others.
    ordered = sorted(view.lines, key=lambda line: line.supplier == view.counterpart)
    traces = [trace for line in ordered for trace in _draw_slope(line, view, theme=theme)]
    hidden = {"visible": False, "showgrid": False}
    layout = build_layout(
        theme,
        height=canvas.height,
        margin=build_margin(canvas),
        xaxis={**hidden, "range": list(canvas.x_range)},
        yaxis={**hidden, "range": list(canvas.y_range), "rangemode": "normal"},
        annotations=[
            *(
                _head_end(period, end=end, canvas=canvas, theme=theme)
                for end, period in enumerate(view.periods)
            ),
            *(note for end in (0, 1) for note in _name_ends(view, end=end, canvas=canvas, theme=theme)),
        ],
    )
    return {"data": [*axes, *traces], "layout": layout}


def describe(view: ViewModel) -> str:
    """The suppliers whose share changed most, from what to what."""
    if not view.lines:
        return f"{view.title}: no register that gives two suppliers in two separate windows is known here."
    movers = sorted(view.lines, key=lambda line: -abs(line.measure(1) - line.measure(0)))[:MOVERS]
    # No verb: "United States" would need an article before one.
    changes = [f"{line.name} from {line.say(0)} to {line.say(1)}" for line in movers]
    return f"{view.title}: the largest changes are {join_words(changes)}."


def _build_canvas(view: ViewModel, theme: Theme) -> Canvas:
    left, right = (
        LEAD + 4 + round(max(_measure_end(line, end=end) for line in view.lines)) for end in (0, 1)
    )
    top = max(line.measure(end) for line in view.lines for end in (0, 1))
    return Canvas(
        height=CHART.find_height(theme),
        margin=(left, right, TOP, BOTTOM),
        x_range=(0.0, 1.0),
        y_range=(0.0, top * HEADROOM),
        widths=list_widths(theme),
    )


def _measure_end(line: SlopeLine, *, end: int) -> float:
    return measure_text(f"{INDENT}{line.name} ") + measure_text(line.say(end), bold=True)


def _draw_slope(line: SlopeLine, view: ViewModel, *, theme: Theme) -> list[dict[str, Any]]:
    """A line between two marks; dotted, with one mark, where nothing came at the other end."""
    is_main = line.supplier == view.counterpart
    color = pick_supplier_color(line.supplier, counterpart=view.counterpart, palette=theme.palette)
    ends = [(float(x), span) for x, span in enumerate(line.ends) if span is not None]
    fill: dict[str, Any] = {
        "mode": "lines+markers",
        "line": {"color": color, "width": 3.5 if is_main else 2.0},
        "marker": {"color": color, "size": 10 if is_main else 7, "opacity": 1},
        "cliponaxis": False,
    }
    dots = draw_dots([(x, span.value) for x, span in ends], opens=[span for _, span in ends], **fill)
    if len(ends) > 1:
        return [dots]
    heights = [line.measure(0), line.measure(1)]
    return [draw_line([0.0, 1.0], heights, color=color, width=1.5, dash="dot"), dots]


def _head_end(period: str, *, end: int, canvas: Canvas, theme: Theme) -> dict[str, Any]:
    note = build_note(f"<b>{period}</b>", color=theme.palette.text)
    return {**note, "x": end, "y": canvas.y_range[1], "yanchor": "bottom", "yshift": 4}


def _name_ends(view: ViewModel, *, end: int, canvas: Canvas, theme: Theme) -> list[dict[str, Any]]:
    """Names and shares beside one end, moved apart where they would meet, none below the figure."""
    delivered = [line for line in view.lines if line.ends[end]]
    lines = sorted(delivered, key=lambda line: (-line.measure(end), -line.measure(1 - end), line.name))
    width = canvas.widths[0]
    wanted = [canvas.locate(float(end), line.measure(end), width=width)[1] for line in lines]
    places = _keep_above(move_apart(wanted), lowest=canvas.height - LABEL_SIZE)
    return [
        _name_end(line, end=end, down=there - here, theme=theme)
        for line, here, there in zip(lines, wanted, places, strict=True)
    ]


def _keep_above(places: list[float], *, lowest: float) -> list[float]:
    """The places, those that would lie below the lowest pushed up, and those above them as far as needed."""
    kept: list[float] = []
    for place in reversed(places):
        kept.append(min(place, lowest))
        lowest = kept[-1] - LABEL_SIZE * LINE_HEIGHT
    return kept[::-1]


def _name_end(line: SlopeLine, *, end: int, down: float, theme: Theme) -> dict[str, Any]:
    palette, lead = theme.palette, LEAD if end else -LEAD
    share = f"<b>{line.say(end)}</b>"
    text = f"{share} {line.name}" if end else f"{line.name} {share}"
    note = {
        **build_note(INDENT + text if end else text + INDENT, color=palette.text),
        "x": end,
        "y": line.measure(end),
        "xanchor": "left" if end else "right",
        "align": "left" if end else "right",
        "yanchor": "middle",
    }
    if abs(down) <= MOVED:
        return {**note, "xshift": lead, "yshift": -down}
    arrow = {"arrowhead": 0, "arrowwidth": 1, "arrowcolor": palette.other_supplier, "standoff": STANDOFF}
    return {**note, "showarrow": True, "ax": lead, "ay": down, **arrow}


def _draw_list(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A row per supplier: its name and both shares in words, below them a line from then to now."""
    height = HEADING + ROW * len(view.lines)
    top = max(line.measure(end) for line in view.lines for end in (0, 1))
    hidden: dict[str, Any] = {"visible": False, "showgrid": False, "rangemode": "normal"}
    rows = [(line, HEADING + ROW * place) for place, line in enumerate(view.lines)]
    layout = build_layout(
        theme,
        height=round(height),
        margin={"l": EDGE, "r": EDGE, "t": 0, "b": 0},
        xaxis={**hidden, "range": [0.0, top]},
        yaxis={**hidden, "range": [height, 0.0]},
        annotations=_write_list(view, rows, theme=theme),
    )
    traces = [
        trace for line, y in rows for trace in _draw_row(line, view, y=y + LINE + TRACK, top=top, theme=theme)
    ]
    return {"data": traces, "layout": layout}


def _write_list(
    view: ViewModel, rows: list[tuple[SlopeLine, float]], *, theme: Theme
) -> list[dict[str, Any]]:
    """The names at the left; at the right both shares, each in a column under the mark and years it is of."""
    heads = [f"{sign} {period}" for sign, period in zip(SIGNS, view.periods, strict=True)]
    wide = max(measure_text(text, bold=True) for text in (heads[1], *(line.say(1) for line, _ in rows)))
    palette, shifts = theme.palette, (OUTWARDS - round(wide) - COLUMN_GAP, OUTWARDS)
    notes = []
    for y, name, shares in [
        (0.0, "", heads),
        *((y, line.name, [line.say(0), f"<b>{line.say(1)}</b>"]) for line, y in rows),
    ]:
        place = {"xref": "paper", "yanchor": "middle", "y": y + LINE / 2}
        if name:
            left = {"x": 0, "xanchor": "left", "xshift": -OUTWARDS}
            notes.append({**build_note(name, color=palette.text), **place, **left})
        color = palette.text if name else palette.secondary
        for share, shift in zip(shares, shifts, strict=True):
            right = {"x": 1, "xanchor": "right", "xshift": shift}
            notes.append({**build_note(share, color=color), **place, **right})
    return notes


def _draw_row(
    line: SlopeLine, view: ViewModel, *, y: float, top: float, theme: Theme
) -> list[dict[str, Any]]:
    """A track from nought to the largest share, and on it a line from a ring (then) to a dot (now)."""
    palette, is_main = theme.palette, line.supplier == view.counterpart
    color = pick_supplier_color(line.supplier, counterpart=view.counterpart, palette=palette)
    look = {"width": 3.5 if is_main else 2.0} if all(line.ends) else {"width": 1.5, "dash": "dot"}
    traces = [
        draw_line([0.0, top], [y, y], color=palette.grid),
        draw_line([line.measure(0), line.measure(1)], [y, y], color=color, **look),
    ]
    for span, size, fill in zip(line.ends, (THEN_SIZE, NOW_SIZE), (palette.paper, color), strict=True):
        if span is not None:
            marker = {"color": fill, "size": size, "opacity": 1, "line": {"color": color, "width": 1.5}}
            traces.append(draw_dots([(span.value, y)], opens=[span], marker=marker))
    return [{**trace, "cliponaxis": False} for trace in traces]
