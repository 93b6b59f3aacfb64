"""One share through its editions: what was printed for the same window, when, and what it became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Chart, Choice, PlotlyFigure, Point
from dashboard.plotting.labels import Extent, Label, Place, build_note, move_apart
from dashboard.plotting.time_chart import TimeChart, build_line_extents, choose_ticks
from dashboard.plotting.traces import build_claim_marker, draw_dots, draw_line, write_hover
from dashboard.theme import Theme
from dashboard.typeface import measure_text
from dashboard.views.chart_rows import (
    Row,
    build_claim_point,
    build_point,
    format_edition,
    format_origin,
    format_row_period,
    format_row_value,
    join_subtitle,
    keep_one_source,
    list_claims,
    list_observations,
)
from dashboard.views.dossiers import find_dossier
from etl import Snapshot, VerdictMark, format_count, join_words, name_publisher, rank_edition

CHART = Chart("revisions", pages=("revisions",), order=15, height=340, narrow_height=340)
INDICATOR, WINDOW, ALL = "arms_import_share", "five_year_window", "all"
# Shares are printed to the whole point: on a shorter axis rounding would look like a movement.
LEAST_REACH = 6.0
END_GAP = 8
# So pale that bands of several windows can lie on each other and lines still stand out.
BAND_OPACITY = 0.17
SIDES = ("above right", "above", "above left", "below right", "below", "below left")


@dataclass(frozen=True)
class EditionMark:
    """One value: the day it came out, who or what says it, and how far its printed rounding reaches."""

    row_id: str
    day: date
    value: float
    low: float
    high: float
    value_text: str
    says: str
    hover: str
    verdict: VerdictMark | None = None


@dataclass(frozen=True)
class Ribbon:
    """The editions of one window in the order of their days, published and recomputed apart; claims."""

    window: str
    period: str
    printed: tuple[EditionMark, ...]
    recomputed: tuple[EditionMark, ...]
    claims: tuple[EditionMark, ...]

    @property
    def is_restated(self) -> bool:
        """Whether two editions print different values."""
        return len({mark.value for mark in self.printed}) > 1

    @property
    def change(self) -> str:
        """The window with its first and its newest printed value."""
        return f"{self.period} from {self.printed[0].value_text} to {self.printed[-1].value_text}"

    @property
    def marks(self) -> tuple[EditionMark, ...]:
        """Every value of the window."""
        return (*self.printed, *self.recomputed, *self.claims)

    def list_steps(self, today: date) -> list[tuple[EditionMark, date, date]]:
        """Each printed value with the days between which it was the newest."""
        ends = [after.day for _, after in pairwise(self.printed)]
        return [(mark, mark.day, end) for mark, end in zip(self.printed, [*ends, today], strict=True)]


@dataclass(frozen=True)
class ViewModel:
    """The ribbon of one window, or those of all; their lines end `today`."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    ribbons: tuple[Ribbon, ...]
    is_single: bool
    publisher: str
    today: date


def select(snapshot: Snapshot, selection: Selection) -> ViewModel:
    """The window that is asked for; without one that with most editions, or all where none has several."""
    dossier = find_dossier(snapshot, selection)
    rows, claims = _list_rows(snapshot, selection)
    every = _group_ribbons(rows, claims)
    chosen = _choose_window(every, selection)
    is_single = chosen != ALL
    ribbons = tuple(ribbon for ribbon in every if chosen in (ALL, ribbon.window))
    drawn = {mark.row_id for ribbon in ribbons for mark in (ribbon.marks if is_single else ribbon.printed)}
    scope = f"in {ribbons[0].period}, edition by edition" if is_single else "by window and edition"
    return ViewModel(
        title=f"{dossier.counterpart_possessive} share of {dossier.ref_possessive} arms imports {scope}",
        subtitle=_write_subtitle(ribbons, is_single=is_single),
        points=(
            *(_point_row(row) for row in rows if row["obs_id"] in drawn),
            *(build_claim_point(claim) for claim in claims if claim["claim_id"] in drawn),
        ),
        ribbons=ribbons if drawn else (),
        is_single=is_single,
        publisher=next((row["publisher"] for row in rows if not row["derivation"]), ""),
        today=snapshot.as_of,
    )


def offer_choices(snapshot: Snapshot, selection: Selection) -> tuple[Choice, ...]:
    """Every window, the newest first, and all of them together."""
    ribbons = _group_ribbons(*_list_rows(snapshot, selection))
    chosen = _choose_window(ribbons, selection)
    choices = [
        Choice("Window", ribbon.period, "window", ribbon.window, ribbon.window == chosen)
        for ribbon in reversed(ribbons)
    ]
    return (*choices, Choice("Window", "all", "window", ALL, chosen == ALL)) if len(choices) > 1 else ()


def _list_rows(snapshot: Snapshot, selection: Selection) -> tuple[list[Row], list[Row]]:
    """Published shares, what windows published are recomputed to, by edition; and claims about them."""
    dossier = find_dossier(snapshot, selection)
    pair = {"ref_area": dossier.ref_area, "counterpart_area": dossier.counterpart_area}
    rows = list_observations(snapshot, indicator=INDICATOR, period_basis=WINDOW, **pair)
    # An edition that nothing dates has no place along time.
    known = [row for row in rows if row["obs_value"] is not None and rank_edition(row)[0]]
    published = [row for row in known if row["derivation"] is None]
    windows = {row["time_period"] for row in published}
    recomputed = keep_one_source([row for row in known if row["derivation"] is not None])
    again = [row for row in recomputed if row["time_period"] in windows]
    claims = list_claims(snapshot, selection, indicators=[INDICATOR])
    own = [claim for claim in claims if claim["counterpart_area"] == dossier.counterpart_area]
    return [*published, *again], [claim for claim in own if claim["time_period"] in windows]


def _group_ribbons(rows: Iterable[Row], claims: Iterable[Row]) -> list[Ribbon]:
    """One ribbon per window that observations are of, the oldest window first; rows come in their order."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["time_period"]].append(row)
    cited: dict[str, list[EditionMark]] = defaultdict(list)
    for claim in claims:
        cited[claim["time_period"]].append(_mark_claim(claim))
    return [
        Ribbon(
            window,
            format_row_period(group[0]),
            tuple(_mark_row(row) for row in group if not row["derivation"]),
            tuple(_mark_row(row) for row in group if row["derivation"]),
            tuple(cited[window]),
        )
        for window, group in sorted(groups.items())
    ]


def _mark_row(row: Row) -> EditionMark:
    value, value_text, edition = row["obs_value"], format_row_value(row), format_edition(row)
    low, high = (value if end is None else end for end in (row["obs_low"], row["obs_high"]))
    hover = write_hover(value_text, format_row_period(row), name_publisher(row), format_origin(row))
    return EditionMark(row["obs_id"], row["vintage"], value, low, high, value_text, edition, hover)


def _mark_claim(claim: Row) -> EditionMark:
    value, verdict = claim["value"], claim["mark"]
    value_text = etl.format_value(value, claim["unit_measure"])
    said = f"stated by {claim['document_title']}"
    hover = write_hover(value_text, format_row_period(claim), said, str(verdict))
    place = (claim["claim_id"], claim["published_on"], value, value, value)
    return EditionMark(*place, value_text, claim["document_name"], hover, verdict)


def _choose_window(ribbons: list[Ribbon], selection: Selection) -> str:
    if selection.window == ALL or selection.window in {ribbon.window for ribbon in ribbons}:
        return str(selection.window)
    several = [ribbon for ribbon in ribbons if len(ribbon.printed) + len(ribbon.recomputed) > 1]
    ranked = sorted(several, key=lambda each: (len(each.printed), bool(each.claims), each.window))
    return ranked[-1].window if ranked else ALL


def _point_row(row: Row) -> Point:
    if row["derivation"]:
        series = f"recomputed, register of {format_edition(row)}"
        return build_point(row, series=series, mark="small dot on a thin line")
    return build_point(row, series=f"published, edition of {format_edition(row)}", mark="dot on a step")


def _write_subtitle(ribbons: tuple[Ribbon, ...], *, is_single: bool) -> str:
    has_again = is_single and any(ribbon.recomputed for ribbon in ribbons)
    has_claims = is_single and any(ribbon.claims for ribbon in ribbons)
    return join_subtitle(
        "Per cent of SIPRI trend-indicator value, from the day an edition came out",
        "shaded: what its rounding allows" if is_single else "",
        "thin: recomputed from the register" if has_again else "",
        "amber: what documents print" if has_claims else "",
        "the scale does not start at zero",
    )


def draw(view: ViewModel, theme: Theme) -> PlotlyFigure:
    """A step line per window with a dot per edition; for a single one its rounding, and claims on top."""
    chart = _build_chart(view, theme)
    traces = [trace for ribbon in view.ribbons for trace in _draw_ribbon(ribbon, view, theme=theme)]
    if not view.is_single:
        return chart.build_figure(traces, notes=_write_ends(chart, view))
    single = view.ribbons[0]
    labels, around = _list_labels(single, theme), _list_extents(single, view)
    return chart.build_figure(traces, labels=labels, around=around)


def describe(view: ViewModel) -> str:
    """What each edition printed, what it is recomputed to, who cites it; of all windows, which changed."""
    if not view.ribbons:
        return f"{view.title}: no edition is known here."
    if not view.is_single:
        days = {mark.day for ribbon in view.ribbons for mark in ribbon.printed}
        counts = f"{format_count(len(view.ribbons), 'window')} in {format_count(len(days), 'edition')}"
        changes = [ribbon.change for ribbon in view.ribbons if ribbon.is_restated]
        return f"{view.title}: {counts}; " + (
            f"restated: {join_words(changes)}." if changes else "none restated."
        )
    ribbon = view.ribbons[0]
    printed = [f"{mark.value_text} ({mark.says})" for mark in ribbon.printed]
    parts = [f"{view.publisher} printed {join_words(printed)}"]
    parts += [
        f"{mark.value_text} recomputed from the register of {mark.says}" for mark in ribbon.recomputed[-1:]
    ]
    parts += [
        f"a claim of {each.value_text} is {each.verdict.label}" for each in ribbon.claims if each.verdict
    ]
    return f"{view.title}: {'; '.join(parts)}."


def _build_chart(view: ViewModel, theme: Theme) -> TimeChart:
    marks = [mark for each in view.ribbons for mark in (each.marks if view.is_single else each.printed)]
    low, high = min(mark.low for mark in marks), max(mark.high for mark in marks)
    pad = max(LEAST_REACH - (high - low), (high - low) * 0.2) / 2
    values = (max(0.0, low - pad), high + pad)
    first = min(mark.day for mark in marks)
    # A thirtieth of the time shown, or a month: no mark is cut at the frame, and little width is lost.
    edge = timedelta(days=max(30, (view.today - first).days // 30))
    ends = [] if view.is_single else [measure_text(_write_end(ribbon), bold=True) for ribbon in view.ribbons]
    return TimeChart(
        theme,
        CHART.find_height(theme),
        days=(first - edge, view.today + edge),
        values=values,
        ticks=choose_ticks(*values, count=5),
        write_tick=lambda tick: etl.format_value(tick, "PERCENT"),
        top=12,
        right=16 if view.is_single else round(max(ends)) + END_GAP + 6,
    )


def _draw_ribbon(ribbon: Ribbon, view: ViewModel, *, theme: Theme) -> list[dict[str, Any]]:
    palette, newest = theme.palette, max(mark.day for each in view.ribbons for mark in each.printed)
    is_current = view.is_single or ribbon.is_restated or any(mark.day == newest for mark in ribbon.printed)
    color = palette.statistic if is_current else palette.other_vintage
    steps = ribbon.list_steps(view.today)
    corners = [(day, mark.value) for mark, start, end in steps for day in (start, end)]
    line = draw_line([x for x, _ in corners], [y for _, y in corners], color=color, width=2)
    places = [(mark.day, mark.value) for mark in ribbon.printed]
    dots = draw_dots(places, opens=ribbon.printed, marker={"size": 8, "color": color})
    if not view.is_single:
        return [line, dots]
    bands = [
        _draw_band([(start, mark.low), (end, mark.low)], [(start, mark.high), (end, mark.high)], color=color)
        for mark, start, end in steps
        if mark.high > mark.low
    ]
    again = [_draw_recomputed(ribbon.recomputed, theme)] if ribbon.recomputed else []
    return [*bands, *again, line, dots, *(_draw_claim(one, theme) for one in ribbon.claims)]


def _draw_band(
    lows: Sequence[tuple[Place, float]], highs: Sequence[tuple[Place, float]], *, color: str
) -> dict[str, Any]:
    """The area between a line of least and a line of greatest values, light enough to see what lies in it."""
    outline = [*lows, *reversed(highs)]
    area = draw_line([x for x, _ in outline], [y for _, y in outline], color=color, width=0)
    return {**area, "fill": "toself", "fillcolor": color, "opacity": BAND_OPACITY}


def _draw_recomputed(marks: tuple[EditionMark, ...], theme: Theme) -> dict[str, Any]:
    places, color = [(mark.day, mark.value) for mark in marks], {"color": theme.palette.other_vintage}
    fill: dict[str, Any] = {
        "marker": {**color, "size": 6},
        "mode": "lines+markers",
        "line": {**color, "width": 1.25},
    }
    return draw_dots(places, opens=marks, **fill)


def _draw_claim(mark: EditionMark, theme: Theme) -> dict[str, Any]:
    marker = build_claim_marker(mark.verdict, theme) if mark.verdict else {}
    return draw_dots([(mark.day, mark.value)], opens=[mark], marker=marker)


def _list_labels(ribbon: Ribbon, theme: Theme) -> list[Label]:
    palette = theme.palette
    named = [
        (mark, palette.claim_text, f"{mark.value_text} {mark.verdict.sign if mark.verdict else ''}", "")
        for mark in ribbon.claims
    ]
    named += [(mark, palette.statistic, mark.value_text, "") for mark in ribbon.printed]
    named += [
        (mark, palette.secondary, "", f"{mark.value_text} recomputed") for mark in ribbon.recomputed[:1]
    ]
    return [
        Label(mark.day, mark.value, color, bold, plain, mark.says, sides=SIDES)
        for mark, color, bold, plain in named
    ]


def _list_extents(ribbon: Ribbon, view: ViewModel) -> list[Extent]:
    steps = ribbon.list_steps(view.today)
    bands = [Extent(start, end, mark.low, mark.high) for mark, start, end in steps]
    return [*bands, *build_line_extents([(mark.day, mark.value) for mark in ribbon.recomputed])]


def _write_end(ribbon: Ribbon) -> str:
    return f"{ribbon.printed[-1].value_text} {ribbon.period}"


def _write_ends(chart: TimeChart, view: ViewModel) -> list[dict[str, Any]]:
    """The newest value and the name of every window at the end of its line, moved apart where they meet."""
    ribbons = sorted(view.ribbons, key=lambda each: (-each.printed[-1].value, each.window))
    canvas = chart.canvas
    wanted = [
        canvas.locate(view.today, each.printed[-1].value, width=canvas.widths[0])[1] for each in ribbons
    ]
    notes = []
    for ribbon, here, there in zip(ribbons, wanted, move_apart(wanted), strict=True):
        text = f"<b>{ribbon.printed[-1].value_text}</b> {ribbon.period}"
        note = {
            **build_note(text, color=chart.theme.palette.text),
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
        }
        place = {
            "y": ribbon.printed[-1].value,
            "yanchor": "middle",
            "xshift": END_GAP,
            "yshift": here - there,
        }
        notes.append({**note, **place})
    return notes
