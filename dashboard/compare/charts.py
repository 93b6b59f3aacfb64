"""One chart twice: on two days, of two dossiers, or both; each side opens its points in its own place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard.address import Selection, SelectionError, TimeRange, find_page_path, write_place, write_query
from dashboard.chart_cache import UnknownChartError
from dashboard.chart_contract import ChartFaultError, ChartModule, Choice, PlotlyFigure, Point, View
from dashboard.chart_section import BESIDE, Sides, read_frame, write_choice
from dashboard.compare.difference_table import build_differences
from dashboard.compare.differences import DrawnSide, compare_drawn
from dashboard.compare.scales import draw_whole, format_scales, share_scales, write_beside
from dashboard.components.attributes import name_attributes
from dashboard.components.chart_frame import FrameSide, build_chart_frame
from dashboard.components.choice_menu import MenuEntry, MenuGroup, build_choice_menu
from dashboard.components.compare_links import PATH
from dashboard.page_contract import PageContext
from dashboard.plotting.shared_scales import Scales, read_scales, unite_scales
from dashboard.views.dossiers import list_dossiers
from dashboard.views.editions import list_days
from dashboard.views.sides import Side, format_side, place_side, read_side, step_back, write_side
from etl import format_day, join_words

LEFT, RIGHT = "left", "right"
# Editions are chosen by the days of the sides.
OWN_FIELDS = ("vintage",)


@dataclass(frozen=True)
class _Half:
    """One side of two charts: what it shows, and the snapshot, charts and selection that draw it.

    It has no view where the chart fails, which its frame then says.
    """

    side: Side
    context: PageContext
    selection: Selection
    view: View | None

    @property
    def points(self) -> tuple[Point, ...]:
        """What it draws; nothing where the chart fails."""
        return self.view.points if self.view else ()


def build_compared_charts(context: PageContext, selection: Selection) -> Any:
    """Heading, menus, both frames, and what differs.

    Raises: SelectionError for a chart or a side that is not there.
    """
    chart = _find_chart(context, str(selection.chart))
    sides, hint = _choose_sides(context, selection)
    left, right = (_open_half(context, chart, side, selection) for side in sides)
    chosen = replace(selection, left=write_side(left.side), right=write_side(right.side))
    figures = [_draw_half(half, chart) for half in (left, right)]
    shared = unite_scales(*(read_scales(figure) if figure else None for figure in figures))
    drawn = [DrawnSide(half.context.snapshot, half.side.dossier, half.points) for half in (left, right)]
    text = [_name_side(half, left, right) for half in (left, right)]
    is_whole = all(half.view for half in (left, right))
    return html.Div(
        [
            html.H1(_format_heading(chart, left, right)),
            _build_menus(context, chart, chosen, halves=(left, right)),
            html.P(hint, className="banner", role="note") if hint else None,
            _build_scale_note(figures, shared=shared),
            _build_frames(
                context, chart, halves=(left, right), text=text, is_shared=bool(shared), span=selection.span
            ),
            build_differences(compare_drawn(*drawn), left=text[0], right=text[1]) if is_whole else None,
        ],
        className="compared",
        # Its links say both sides, which its address may leave out.
        **name_attributes({"data-stands-for": write_query(replace(chosen, point=None))}),
    )


def _find_chart(context: PageContext, chart_id: str) -> ChartModule:
    try:
        return context.chart_cache.find_chart(chart_id)
    except UnknownChartError as error:
        known = ", ".join(chart.card.chart_id for chart in context.chart_cache.list_charts())
        raise SelectionError(f"chart={chart_id!r} is not one. Known: {known}.") from error


def _choose_sides(context: PageContext, selection: Selection) -> tuple[tuple[Side, Side], str]:
    """Both sides of the address; where they are the same, the left steps back a year, as a hint says."""
    snapshot = context.snapshot
    left = read_side(selection.left, name=LEFT, snapshot=snapshot)
    right = read_side(selection.right, name=RIGHT, snapshot=snapshot)
    if left != right:
        return (left, right), ""
    earlier = step_back(right, snapshot=snapshot)
    if earlier is None:
        return (left, right), "Both sides are the same: choose another day or dossier for one of them."
    return (earlier, right), "No other side is chosen: the left shows what was known a year before."


def _build_scale_note(figures: Sequence[PlotlyFigure | None], *, shared: Scales | None) -> Any:
    left, right = figures
    text = format_scales(left, right, shared=shared) if left and right else ""
    return html.P(text, className="minor scale-note")


def _open_half(context: PageContext, chart: ChartModule, side: Side, selection: Selection) -> _Half:
    placed = place_side(side, replace(selection, span=None), snapshot=context.snapshot)
    chart_cache = context.chart_cache.turn_back(side.day)
    view = chart_cache.find_view(chart.card.chart_id, placed)
    return _Half(side, PageContext(chart_cache.snapshot, chart_cache, context.is_phone), placed, view)


def _draw_half(half: _Half, chart: ChartModule) -> PlotlyFigure | None:
    """The figure of a side; none where the chart fails, which is said in its place."""
    try:
        cache, chart_id = half.context.chart_cache, chart.card.chart_id
        return draw_whole(cache, chart_id, selection=half.selection, is_narrow=False)
    except ChartFaultError:
        return None


def _build_frames(
    context: PageContext,
    chart: ChartModule,
    *,
    halves: tuple[_Half, _Half],
    text: Sequence[str],
    is_shared: bool,
    span: TimeRange | None,
) -> Any:
    """Both frames beside each other; where they share their scales, each knows the other's place."""
    besides = [write_beside(other.selection) if is_shared else None for other in reversed(halves)]
    sides = [
        FrameSide(name, said, _write_half(chart, half), beside)
        for half, name, said, beside in zip(halves, (LEFT, RIGHT), text, besides, strict=True)
    ]
    frames = [
        _build_half(context, chart, half, side=side, span=span)
        for half, side in zip(halves, sides, strict=True)
    ]
    return html.Div(frames, className="charts charts-beside")


def _build_half(
    context: PageContext, chart: ChartModule, half: _Half, *, side: FrameSide, span: TimeRange | None
) -> Any:
    page_numbers = {note.key: note.number for note in context.snapshot.list_footnotes()}
    numbers = {note.number: page_numbers[note.key] for note in half.context.snapshot.list_footnotes()}
    scales = _share_scales(context, chart, half, beside=side.beside)
    sides = Sides(side, numbers, scales=scales, span=span)
    return build_chart_frame(read_frame(half.context, chart, half.selection, sides=sides, width=BESIDE))


def _write_half(chart: ChartModule, half: _Half) -> str:
    """The place in which the evidence of a side is read."""
    return urlencode({"page": find_page_path(chart.card.pages), **write_place(half.selection)})


def _share_scales(
    context: PageContext, chart: ChartModule, half: _Half, *, beside: str | None
) -> Scales | None:
    """The scales of both pictures on the reader's screen; none where they cannot share any."""
    try:
        return share_scales(
            context.chart_cache,
            chart.card.chart_id,
            selection=half.selection,
            beside=beside,
            is_narrow=context.is_phone is True,
        )
    except ChartFaultError:
        return None


def _name_side(half: _Half, left: _Half, right: _Half) -> str:
    """What tells a side from the other: its day, its dossier, or both."""
    day = format_side(half.side, snapshot=half.context.snapshot)
    if left.side.dossier == right.side.dossier:
        return f"{day[:1].upper()}{day[1:]}"
    is_one_day = left.side.day == right.side.day
    return half.side.dossier.title if is_one_day else f"{half.side.dossier.title}, {day}"


def _format_heading(chart: ChartModule, left: _Half, right: _Half) -> str:
    titles = [half.view.title if half.view else chart.usual_title for half in (left, right)]
    days = [format_side(half.side, snapshot=half.context.snapshot) for half in (left, right)]
    if titles[0] == titles[1]:
        return f"{titles[1]}: {days[0]} and {days[1].removeprefix('as known ')}"
    if left.side.day == right.side.day:
        return f"{titles[0]} beside {titles[1]}"
    return f"{titles[0]}, {days[0]}, beside {titles[1]}, {days[1]}"


def _build_menus(
    context: PageContext, chart: ChartModule, chosen: Selection, *, halves: tuple[_Half, _Half]
) -> Any:
    left, right = halves
    swapped = replace(chosen, left=chosen.right, right=chosen.left)
    return html.Div(
        [
            _build_chart_menu(context, chart, chosen, halves=halves),
            _build_side_menu(context, chosen, left, name=LEFT),
            _build_side_menu(context, chosen, right, name=RIGHT),
            *_build_choice_menus(chart, chosen, halves=halves),
            build_swap(_write_address(swapped)),
        ],
        className="compare-menus",
    )


def build_swap(href: str) -> Any:
    """The link that exchanges the sides, also one that was chosen just before and is on its way."""
    return html.A("Swap sides", href=href, className="choice", **name_attributes({"data-exchanges": "true"}))


def _build_chart_menu(
    context: PageContext, chart: ChartModule, chosen: Selection, *, halves: tuple[_Half, _Half]
) -> Any:
    """Every chart that has something to draw on a side, as it is known on the page's day."""
    places = [replace(half.selection, as_of=chosen.as_of) for half in halves]
    entries = []
    for other in context.chart_cache.list_charts():
        found = [context.chart_cache.find_view(other.card.chart_id, place) for place in places]
        views = [view for view in found if view]
        if any(view.points for view in views):
            href = _write_address(replace(chosen, chart=other.card.chart_id, window=None, show=None))
            title = next(view.title for view in reversed(views) if view.points)
            entries.append(MenuEntry(title, href, is_chosen=other == chart))
    shown = next((entry.text for entry in entries if entry.is_chosen), chart.usual_title)
    return build_choice_menu("Chart", shown, groups=[MenuGroup("", tuple(entries))])


def _build_side_menu(context: PageContext, chosen: Selection, half: _Half, *, name: str) -> Any:
    """Every dossier on every day that something became known about it."""
    snapshot = context.snapshot
    groups = []
    for place, dossier in enumerate(list_dossiers(snapshot)):
        newest = Side(dossier, is_main=place == 0)
        entries = [
            _write_entry(chosen, newest, half, name=name, day="Newest", news=format_day(snapshot.as_of))
        ]
        for known in list_days(snapshot, dossier):
            if known.day < snapshot.as_of:
                day, news = format_day(known.day, precision=known.precision), join_words(known.news)
                side = replace(newest, day=known.day)
                entries.append(_write_entry(chosen, side, half, name=name, day=day, news=news))
        groups.append(MenuGroup(dossier.title, tuple(entries)))
    day = format_day(half.side.day) if half.side.day else "newest"
    return build_choice_menu(name.capitalize(), f"{half.side.dossier.title}, {day}", groups=groups)


def _write_entry(chosen: Selection, side: Side, half: _Half, *, name: str, day: str, news: str) -> MenuEntry:
    changes: dict[str, Any] = {name: write_side(side)}
    return MenuEntry(day, _write_address(replace(chosen, **changes)), news, is_chosen=side == half.side)


def _build_choice_menus(chart: ChartModule, chosen: Selection, *, halves: tuple[_Half, _Half]) -> list[Any]:
    """What the chart lets a reader choose, for both sides together."""
    offered: dict[tuple[str, str], list[Choice]] = {}
    for half in halves:
        for choice in _list_choices(half, chart):
            if choice.field not in OWN_FIELDS:
                offered.setdefault((choice.group, choice.label), []).append(choice)
    menus = []
    for group in dict.fromkeys(name for name, _ in offered):
        choices = {label: same for (name, label), same in offered.items() if name == group}
        entries = tuple(
            MenuEntry(label, write_choice(chosen, same[0]), is_chosen=any(each.is_chosen for each in same))
            for label, same in choices.items()
        )
        shown = " and ".join(entry.text for entry in entries if entry.is_chosen)
        menus.append(build_choice_menu(group, shown, groups=[MenuGroup("", entries)]))
    return menus


def _list_choices(half: _Half, chart: ChartModule) -> tuple[Choice, ...]:
    try:
        return half.context.chart_cache.list_choices(chart.card.chart_id, half.selection)
    except ChartFaultError:
        # The frame of that side says so.
        return ()


def _write_address(selection: Selection) -> str:
    query = write_query(replace(selection, point=None, snapshot=None))
    return f"{PATH}?{query}" if query else PATH
