"""The charts of a page that a choice changes, each in its frame: what stays the same is not sent again.

The document of the same address would carry every chart of the page, up to half a megabyte before packing,
with pictures drawn for another width; which charts a choice changes only their views can tell.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Flask, Response, abort, request

from dashboard.address import Selection, SelectionError, read_selection, write_place
from dashboard.chart_cache import ChartCache
from dashboard.chart_contract import ChartModule
from dashboard.chart_section import build_guarded_frame
from dashboard.components.footnotes import build_source_list, collect_numbers
from dashboard.components.links import attach_place
from dashboard.components.markup import write_markup
from dashboard.page_contract import PageContext
from dashboard.snapshot_store import SnapshotStore


def add_frames_route(server: Flask, *, store: SnapshotStore) -> None:
    """Adds /frames/<page> to a server: `was` in its query is the query that the page in sight was built for.

    404 says that the page itself changes, a chart coming or going, and has to be asked for.
    """

    @server.get("/frames/<page>")
    def send_frames(page: str) -> Response:
        try:
            former = read_selection(dict(parse_qsl(request.args.get("was", ""))))
            entered = store.enter(read_selection(request.args.to_dict()))
            charts = entered.chart_cache.turn_back(entered.selection.as_of)
        except SelectionError as error:
            abort(404, str(error))
        changed = _list_changed(charts, page, former=former, selection=entered.selection)
        return Response(_write_frames(charts, changed, selection=entered.selection), mimetype="text/html")


def _list_changed(
    charts: ChartCache, page: str, *, former: Selection, selection: Selection
) -> list[ChartModule]:
    """The charts of a page that two selections draw or offer otherwise."""
    changed = []
    for chart in charts.list_charts(page):
        chart_id = chart.card.chart_id
        before, after = (charts.find_view(chart_id, each) for each in (former, selection))
        if before is None or after is None:
            # What says so stands there already.
            continue
        if bool(before.points) != bool(after.points):
            abort(404, f"{chart_id} comes or goes with this choice.")
        choices = [charts.list_choices(chart_id, each) for each in (former, selection)]
        if after.points and (before != after or choices[0] != choices[1]):
            changed.append(chart)
    return changed


def _write_frames(charts: ChartCache, changed: list[ChartModule], *, selection: Selection) -> str:
    """The frames as HTML, and after them the lines of the source list that they lead to."""
    context = PageContext(charts.snapshot, charts)
    frames = [build_guarded_frame(context, chart, selection) for chart in changed]
    used = {number for frame in frames for number in collect_numbers(frame)}
    sources = build_source_list(note for note in charts.snapshot.list_footnotes() if note.number in used)
    attach_place([frames, sources], write_place(selection))
    return write_markup([*frames, sources])
