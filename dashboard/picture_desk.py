"""The route that gives a chart as a sheet to print: an SVG with its words, its record and its short code.

It takes a selection, a `scheme` and a `width` in its query. A PNG is made of the sheet by the browser.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, Response, abort, request

from dashboard.archive import Archive, UnknownSnapshotError
from dashboard.gallery import Gallery, UnknownChartError
from dashboard.permanent_links import write_chart_link
from dashboard.picture_records import PictureRecord, build_record, compose_sheet
from dashboard.picture_records.sheet import NARROW_BELOW, SHEET_WIDTH, measure_inside
from dashboard.pictures import MarkName, draw_picture
from dashboard.selection import Selection, SelectionError, find_limit, read_selection
from dashboard.theme import SCHEMES, Theme

NARROWEST, WIDEST = 360, 2400
USUAL_SCHEME = "light"


def add_picture_routes(server: Flask, *, archive: Archive) -> None:
    """Adds /download/<chart>.svg to a server."""

    @server.get("/download/<chart_id>.svg")
    def send_sheet(chart_id: str) -> Response:
        width, scheme = _read_width(), _read_scheme()
        try:
            selection = read_selection(request.args.to_dict())
            gallery = archive.find(selection.snapshot).turn_back(selection.as_of)
            sheet = draw_sheet(gallery, chart_id, selection=selection, scheme=scheme, width=width)
        except (UnknownChartError, UnknownSnapshotError, SelectionError) as error:
            abort(404, str(error.args[0]))
        name = ".".join([chart_id, gallery.snapshot.snapshot_id, *_name_day(gallery)])
        disposition = f'attachment; filename="{name}.svg"'
        return Response(sheet, mimetype="image/svg+xml", headers={"Content-Disposition": disposition})


def draw_sheet(
    gallery: Gallery,
    chart_id: str,
    *,
    selection: Selection,
    scheme: str = USUAL_SCHEME,
    width: int = SHEET_WIDTH,
) -> str:
    """A chart as one SVG file that says what it is.

    Raises: UnknownChartError where there is no such chart; SelectionError for what cannot be selected.
    """
    theme = Theme(scheme, narrow=width < NARROW_BELOW)
    record = record_chart(gallery, chart_id, selection=selection, theme=theme)
    points = gallery.select_view(chart_id, selection).points
    names = {
        point.row_id: MarkName(
            ", ".join(part for part in (point.value_text, point.period, point.series, point.mark) if part),
            point.period,
        )
        for point in reversed(points)
    }
    figure = gallery.draw_figure(chart_id, selection=selection, theme=theme)
    picture = draw_picture(figure, width=measure_inside(width), names=names)
    return compose_sheet(picture, record, palette=theme.palette, width=width)


def record_chart(
    gallery: Gallery, chart_id: str, *, selection: Selection, theme: Theme | None = None
) -> PictureRecord:
    """The record of a chart as a selection and a theme draw it; without a theme it has no specification.

    Raises: UnknownChartError where there is no such chart; SelectionError for what cannot be selected.
    """
    snapshot = gallery.snapshot
    specification = gallery.draw_figure(chart_id, selection=selection, theme=theme) if theme else {}
    chosen = selection if find_limit(snapshot) else replace(selection, as_of=None)
    return build_record(
        chart_id,
        view=gallery.select_view(chart_id, selection),
        description=gallery.describe(chart_id, selection),
        sources=[name for _, name in gallery.list_sources(chart_id, selection)],
        snapshot=snapshot,
        address=write_chart_link(gallery.find_chart(chart_id).card, chosen, snapshot_id=snapshot.snapshot_id),
        specification=specification,
        span=selection.span if gallery.can_zoom(chart_id, selection) else None,
    )


def _name_day(gallery: Gallery) -> list[str]:
    day = find_limit(gallery.snapshot)
    return [f"as-of-{day.isoformat()}"] if day else []


def _read_width() -> int:
    text = request.args.get("width", str(SHEET_WIDTH))
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(WIDEST)):
        abort(400, f"width={text[:20]!r} is not a number of pixels from {NARROWEST} to {WIDEST}.")
    return min(max(int(text), NARROWEST), WIDEST)


def _read_scheme() -> str:
    scheme = request.args.get("scheme", USUAL_SCHEME)
    if scheme not in SCHEMES:
        abort(400, f"scheme={scheme[:20]!r} is not one. Known: {', '.join(SCHEMES)}.")
    return scheme
