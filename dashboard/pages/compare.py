"""Compare: one chart as known on two days or of two dossiers, or two claims, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dash import html

from dashboard.address import Selection
from dashboard.chart_contract import ChartModule, View
from dashboard.compare.charts import LEFT, RIGHT, build_compared_charts, build_swap
from dashboard.compare.claim_pair import build_claim_pair
from dashboard.components.choice_menu import MenuEntry, MenuGroup, build_choice_menu
from dashboard.components.compare_links import PATH, build_compare_links, write_claims_link, write_sides_link
from dashboard.page_contract import Page, PageContext
from dashboard.views.claim_pairs import (
    find_first_edition,
    find_statement,
    list_every_claim,
    list_partners,
    pair_claims,
    suggest_pairs,
)
from dashboard.views.claims import ClaimEntry
from dashboard.views.dossiers import list_dossiers
from dashboard.views.editions import list_days
from dashboard.views.sides import Side, place_side
from etl import Dossier, Snapshot, format_day

PAGE = Page(PATH, "Compare", order=9, in_navigation=False)
LEAD = (
    "One chart beside itself, as it was known on another day or for another two countries; or one printed "
    "figure beside another. Every point and value opens its source in the place of its own side."
)
FIRST_CHARTS = "overview"


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """Two charts, two claims, or what is worth comparing.

    Raises: SelectionError for a chart, a side or a claim that is not there.
    """
    if selection.chart:
        return build_compared_charts(context, selection)
    if selection.left and selection.right:
        return _build_claims(context, selection.left, selection.right)
    if selection.left or selection.right:
        return _build_partners(context, selection)
    return _build_start(context)


def _build_start(context: PageContext) -> Any:
    """What is worth comparing, as the data have it."""
    lists = [
        ("Then and now", list(_list_then_and_now(context))),
        ("Two dossiers", list(_list_beside(context))),
        ("Two printed figures", list(_list_claims(context))),
        ("Any chart, as known now and a year before", list(_list_charts(context))),
    ]
    sections = [
        html.Section([html.H2(title), html.Ul(links, className="compare-links")])
        for title, links in lists
        if links
    ]
    return html.Div([html.H1(PAGE.title), html.P(LEAD, className="lead"), *sections], className="compared")


def _list_then_and_now(context: PageContext) -> Iterator[Any]:
    """The first charts, from the day on which the oldest figure that documents print was first published."""
    for place, dossier in enumerate(list_dossiers(context.snapshot)):
        newest = Side(dossier, is_main=place == 0)
        for chart in context.chart_cache.list_charts(FIRST_CHARTS):
            now = _select(context, chart, newest)
            then = replace(newest, day=_find_first_day(context, now, newest))
            before = _select(context, chart, then)
            if now and then.day and before and before.points:
                title = now.title
                day = _format_known_day(context.snapshot, dossier, then.day)
                yield _build_link(f"{title}: as known in {day} and now", chart, then, newest)


def _find_first_day(context: PageContext, view: View | None, newest: Side) -> date | None:
    """Where no document prints a figure of the view, the first day that is known of at all."""
    ids = [point.row_id for point in view.points] if view else []
    days = [known.day for known in list_days(context.snapshot, newest.dossier)]
    return find_first_edition(context.snapshot, ids) or min(days, default=None)


def _list_beside(context: PageContext) -> Iterator[Any]:
    """The main dossier beside each other one, for the charts that both have."""
    main, *others = (
        Side(dossier, is_main=place == 0) for place, dossier in enumerate(list_dossiers(context.snapshot))
    )
    for other in others:
        for chart in context.chart_cache.list_charts():
            left, right = (_select(context, chart, side) for side in (main, other))
            if left and right and left.points and right.points:
                yield _build_link(f"{left.title} beside {right.title}", chart, main, other)


def _list_claims(context: PageContext) -> Iterator[Any]:
    for dossier in list_dossiers(context.snapshot):
        for one, other in suggest_pairs(context.snapshot, dossier.dossier_id):
            text = f"“{one.stated_as}” beside “{other.stated_as}”"
            href = write_claims_link(one.claim_id, other.claim_id)
            yield html.Li([html.A(text, href=href), html.Span(f" {other.title}", className="minor")])


def _list_charts(context: PageContext) -> Iterator[Any]:
    for place, dossier in enumerate(list_dossiers(context.snapshot)):
        newest = Side(dossier, is_main=place == 0)
        for chart in context.chart_cache.list_charts():
            view = _select(context, chart, newest)
            if view and view.points:
                yield _build_link(view.title, chart, newest, newest)


def _select(context: PageContext, chart: ChartModule, side: Side) -> View | None:
    """What a chart shows on a side; nothing where it fails."""
    selection = place_side(side, Selection(), snapshot=context.snapshot)
    return context.chart_cache.turn_back(side.day).find_view(chart.card.chart_id, selection)


def _build_link(text: str, chart: ChartModule, left: Side, right: Side) -> Any:
    return html.Li(html.A(text, href=write_sides_link(chart.card.chart_id, left=left, right=right)))


def _format_known_day(snapshot: Snapshot, dossier: Dossier, day: date) -> str:
    """A day as exactly as it is known."""
    known = [entry for entry in list_days(snapshot, dossier) if entry.day == day]
    return format_day(day, precision=known[0].precision if known else "day")


def _build_claims(context: PageContext, left: str, right: str) -> Any:
    pair = pair_claims(context.snapshot, left=left, right=right)
    first, second = pair.left.entry, pair.right.entry
    return html.Div(
        [
            html.H1(f"“{first.stated_as}” beside “{second.stated_as}”"),
            html.P(pair.sentence, className="pair-sentence"),
            html.Div(
                [
                    _build_claim_menu(context, first, second, name=LEFT),
                    _build_claim_menu(context, second, first, name=RIGHT),
                    build_swap(write_claims_link(right, left)),
                ],
                className="compare-menus",
            ),
            build_claim_pair(pair),
        ],
        className="compared",
    )


def _build_claim_menu(context: PageContext, shown: ClaimEntry, other: ClaimEntry, *, name: str) -> Any:
    """The other side's kind first, then all others."""
    partners = list_partners(context.snapshot, other.claim_id)
    rest = [entry for entry in list_every_claim(context.snapshot) if entry not in (*partners, other)]

    def list_entries(claims: Sequence[ClaimEntry]) -> tuple[MenuEntry, ...]:
        sides = [(claim.claim_id, other.claim_id) for claim in claims]
        return tuple(
            MenuEntry(
                f"“{claim.stated_as}”",
                write_claims_link(*(ids if name == LEFT else ids[::-1])),
                f"{claim.title}, {claim.period}",
                is_chosen=claim == shown,
            )
            for claim, ids in zip(claims, sides, strict=True)
        )

    groups = [("Of the same measure", list_entries(partners)), ("All others", list_entries(rest))]
    return build_choice_menu(
        name.capitalize(), f"“{shown.stated_as}”", groups=[MenuGroup(*group) for group in groups if group[1]]
    )


def _build_partners(context: PageContext, selection: Selection) -> Any:
    """One claim is given: what may stand beside it."""
    name = LEFT if selection.left else RIGHT
    statement = find_statement(context.snapshot, str(selection.left or selection.right), name=name)
    entry = statement.entry
    partners = list_partners(context.snapshot, entry.claim_id)
    others = partners or [each for each in list_every_claim(context.snapshot) if each != entry]
    kind = "of the same measure, what it disagrees with first" if partners else "that are known here"
    return html.Div(
        [
            html.H1(f"“{entry.stated_as}” beside another figure"),
            html.P(f"{entry.title}, {entry.period}: “{entry.document_title}”.", className="lead"),
            html.H2("Set it beside"),
            html.P(f"Printed figures {kind}.", className="minor"),
            build_compare_links(entry.claim_id, others) or html.P("No other claim is known here."),
        ],
        className="compared",
    )
