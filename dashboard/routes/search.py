"""The route that searches: one dossier on one day, a bounded answer to any text, and nothing kept of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any

from flask import Flask, Response, request

from dashboard.address import Selection, SelectionError, read_selection, write_address, write_place
from dashboard.chart_cache import CACHED_DAYS, ChartCache
from dashboard.chart_contract import ChartModule, Point, View
from dashboard.pages import find_pages
from dashboard.search.index import EXACT, Matches, SearchEntry, SearchIndex
from dashboard.search.rows import list_common_entries, list_dossier_entries, write_point
from dashboard.search.terms import MOST_CHARACTERS
from dashboard.views.dossiers import find_dossier, find_limit, list_dossiers
from etl import Dossier, VerdictMark, format_count, format_day, join_words

LOG = logging.getLogger(__name__)
PATH = "/search.json"
SHOWN, SHOWN_ALONE = 8, 60
CACHED_INDEXES, MOST_OTHERS = 16, 8
OVERVIEW = "overview"
# In the order of equally good answers: heading, and the noun that counts one and several.
KINDS = {
    "charts": ("Charts", "chart", "charts"),
    "claims": ("Claims", "claim", "claims"),
    "deals": ("Deals", "deal", "deals"),
    "series": ("Series", "series", "series"),
    "figures": ("Figures drawn", "figure drawn", "figures drawn"),
    "documents": ("Documents", "document", "documents"),
    "milestones": ("Milestones", "milestone", "milestones"),
    "pages": ("Pages", "page", "pages"),
    "dossiers": ("Dossiers", "dossier", "dossiers"),
}
# Where a reader may start: the first entries of these kinds, and of claims one of each verdict but this one.
STARTS = {"charts": 2, "series": 1, "deals": 1, "documents": 1, "milestones": 1}
UNJUDGED = "unresolved"
NO_WORDS = "There is no letter or figure to look for. "
Answer = dict[str, Any]


@dataclass(frozen=True)
class _Place:
    """What is searched: a dossier, with the charts and rows of a day."""

    chart_cache: ChartCache
    selection: Selection
    dossier: Dossier
    index: SearchIndex


def add_search_route(server: Flask, *, chart_cache: ChartCache) -> None:
    """Adds the route to a server."""
    lock = Lock()
    build_common = lru_cache(maxsize=CACHED_DAYS)(_build_common)
    build = lru_cache(maxsize=CACHED_INDEXES)(_build_index)

    def find_place(selection: Selection) -> _Place:
        day = chart_cache.turn_back(selection.as_of)
        dossier = find_dossier(day.snapshot, selection)
        # One index at a time: whoever asks for the same one meanwhile waits for it.
        with lock:
            index = build(day, dossier, build_common(day))
        return _Place(day, selection, dossier, index)

    @server.get(PATH)
    def answer_search() -> Response:
        """What a dossier has for `q`; with `kind`, more of one kind alone."""
        query, kind = request.args.get("q", ""), request.args.get("kind")
        asked = {name: request.args.get(name, "") for name in ("dossier", "as_of")}
        if kind is not None and kind not in KINDS:
            return _send(
                {"refused": f"kind={kind!r} is not searched. Known: {', '.join(KINDS)}."}, status=404
            )
        try:
            place = find_place(read_selection(asked))
        except SelectionError as error:
            return _send({"refused": str(error)}, status=404)
        return _send(_answer(place, query, kind=kind, find_place=find_place))


def _answer(
    place: _Place, query: str, *, kind: str | None, find_place: Callable[[Selection], _Place]
) -> Answer:
    """What the dossier has; else what another one has; else what the dossier has one letter away."""
    most = SHOWN_ALONE if kind else SHOWN
    found = place.index.find(query, most=most)
    if not found.chunks:
        return _offer_starts(place, NO_WORDS if query.strip() else "")
    note = f" Only the first {MOST_CHARACTERS} characters were read." if len(query) > MOST_CHARACTERS else ""
    if found.groups:
        return _write_answer(place, found.groups, kind=kind, note=note)
    dossiers = [each for each in list_dossiers(place.chart_cache.snapshot) if each != place.dossier]
    others = [
        find_place(replace(place.selection, dossier=each.dossier_id)) for each in dossiers[:MOST_OTHERS]
    ]
    for other in others:
        elsewhere = other.index.find(query, most=most, is_alone=True)
        if elsewhere.groups:
            text = f"Nothing in {place.dossier.title}; this is in {other.dossier.title}. "
            return _write_answer(other, elsewhere.groups, lead=text, kind=kind, note=note)
    near = place.index.find_near(query, most=most)
    if near.groups:
        taken = [
            f"“{word}” is found nowhere and read as “{near_word}”"
            for word, near_word in near.corrected.items()
        ]
        return _write_answer(place, near.groups, lead=f"{join_words(taken)}. ", kind=kind, note=note)
    also = f"; also in {'; '.join(other.dossier.title for other in others)}" if others else ""
    searched = f"Searched in {_format_place(place)}: {_format_contents(place)}{also}."
    return {"status": f"Nothing found for “{found.asked}”. {searched}{note}", "groups": []}


def _offer_starts(place: _Place, text: str) -> Answer:
    """What can be searched, and entries to begin with."""
    groups = [_write_group(place, group) for group in _choose_starts(place.index)]
    contents = f"{text}Search in {_format_place(place)}: {_format_contents(place)}."
    return {"status": f"{contents} Some to start with:" if groups else contents, "groups": groups}


def _choose_starts(index: SearchIndex) -> list[Matches]:
    """The first entries of kinds that a reader may know nothing of, and of claims one of each verdict."""
    claims = {entry.verdict.code: entry for entry in reversed(index.entries["claims"]) if entry.verdict}
    judged = tuple(entry for code, entry in claims.items() if code != UNJUDGED)
    firsts = {kind: index.entries[kind][:number] for kind, number in STARTS.items()}
    starts = {"charts": firsts.pop("charts"), "claims": judged, **firsts}
    return [Matches(kind, len(group), EXACT, group) for kind, group in starts.items() if group]


def _write_answer(
    place: _Place, groups: Iterable[Matches], *, kind: str | None, lead: str = "", note: str = ""
) -> Answer:
    shown = [group for group in groups if kind in (None, group.kind)]
    counts = [_format_number(group.kind, group.total) for group in shown]
    total = format_count(sum(group.total for group in shown), "result")
    status = f"{lead}{total}{': ' if counts else ''}{join_words(counts)}.{note}"
    return {"status": status, "groups": [_write_group(place, group) for group in shown]}


def _write_group(place: _Place, group: Matches) -> Answer:
    more = group.total - len(group.entries)
    return {
        "kind": group.kind,
        "heading": KINDS[group.kind][0],
        "total": group.total,
        "more": f"{more:,} more" if more else "",
        "entries": _write_entries(place, group.entries),
    }


def _write_entries(place: _Place, entries: Iterable[SearchEntry]) -> list[Answer]:
    kept = write_place(place.selection)
    return [
        {
            **{name: getattr(entry, name) for name in ("title", "value", "period", "detail")},
            "verdict": _write_verdict(entry.verdict) if entry.verdict else None,
            "footnotes": _number_sources(place.chart_cache, entry.cited),
            "href": write_address(entry.href, kept),
        }
        for entry in entries
    ]


def _write_verdict(mark: VerdictMark) -> dict[str, str]:
    return {"glyph": mark.sign, "word": mark.label, "look": mark.class_name}


def _number_sources(chart_cache: ChartCache, cited: str) -> list[int]:
    documents = [note.number for note in chart_cache.snapshot.list_footnotes() if note.key == cited]
    return documents if documents or not cited else list(chart_cache.number_footnotes(cited))


def _format_contents(place: _Place) -> str:
    counts = place.index.count_entries()
    return join_words([_format_number(kind, number) for kind, number in counts.items() if number])


def _format_number(kind: str, number: int) -> str:
    _, one, many = KINDS[kind]
    return format_count(number, one, many=many)


def _format_place(place: _Place) -> str:
    limit = find_limit(place.chart_cache.snapshot)
    return f"{place.dossier.title}{f', as known on {format_day(limit)}' if limit else ''}"


def _build_common(chart_cache: ChartCache) -> SearchIndex:
    """What is found in every dossier, since it belongs to none."""
    return SearchIndex(list_common_entries(chart_cache.snapshot, list_dossiers(chart_cache.snapshot)))


def _build_index(chart_cache: ChartCache, dossier: Dossier, common: SearchIndex) -> SearchIndex:
    """Everything that is found in a dossier: its charts and rows, the pages, all dossiers."""
    dossiers = list_dossiers(chart_cache.snapshot)
    # Pages ask for the main dossier without its name: the same views are kept.
    selection = Selection(dossier=None if dossier == dossiers[0] else dossier.dossier_id)
    views = _list_views(chart_cache, selection)
    points: dict[str, tuple[str, Point]] = {}
    for address, (_, view) in views.items():
        for point in view.points:
            points.setdefault(point.row_id, (address, point))
    drawn = {row_id: address for row_id, (address, _) in points.items()}
    entries = list_dossier_entries(chart_cache.snapshot, dossier, drawn=drawn)
    stated = {entry.cited for kind in ("claims", "deals", "milestones") for entry in entries[kind]}
    entries |= {
        "charts": [
            SearchEntry(view.title, address, words=(_describe(chart, view),), detail=view.subtitle)
            for address, (chart, view) in views.items()
        ],
        "figures": [
            _build_figure(point, address, title=chart_cache.snapshot.evidence(row_id).title)
            for row_id, (address, point) in points.items()
            if row_id not in stated
        ],
        "pages": [SearchEntry(page.card.title, page.card.path) for page in find_pages()],
        "dossiers": [
            SearchEntry(each.title, f"/?dossier={each.dossier_id}", detail=each.summary) for each in dossiers
        ],
    }
    ordered = {kind: entries[kind] for kind in KINDS}
    return SearchIndex(ordered, for_figures=frozenset({"figures"}), beside=common)


def _list_views(chart_cache: ChartCache, selection: Selection) -> dict[str, tuple[ChartModule, View]]:
    """The charts that have something to draw, each by its address on the page of its subject."""
    paths = {page.card.path.strip("/") or OVERVIEW: page.card.path for page in find_pages()}
    views = {}
    for chart in chart_cache.list_charts():
        page = min((page for page in chart.card.pages if page in paths), key=OVERVIEW.__eq__, default=None)
        view = chart_cache.find_view(chart.card.chart_id, selection)
        if page and view and view.points:
            views[f"{paths[page]}#{chart.card.chart_id}"] = (chart, view)
    return views


def _describe(chart: ChartModule, view: View) -> str:
    """A chart in one sentence; nothing where it fails at that, which the log then says."""
    try:
        return str(chart.describe(view))
    except Exception:
        LOG.exception("chart %s could not be described", chart.card.chart_id)
        return ""


def _build_figure(point: Point, address: str, *, title: str) -> SearchEntry:
    return SearchEntry(
        title,
        write_point(address, point.row_id),
        names=(point.value_text,),
        value=point.value_text,
        period=point.period,
        detail="; ".join(part for part in (point.series, point.mark) if part),
        cited=point.row_id,
    )


def _send(content: Answer, *, status: int = 200) -> Response:
    return Response(
        json.dumps(content, ensure_ascii=True),
        status=status,
        mimetype="application/json",
        headers={"Cache-Control": "no-store"},
    )
