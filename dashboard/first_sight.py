"""The page in the first answer already, words and pictures, before any script has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from dash.development.base_component import Component

from dashboard.components.kept_links import walk_parts
from dashboard.components.markup import write_markup
from dashboard.gallery import Format
from dashboard.selection import SelectionError, read_selection
from dashboard.site_frame import build_site
from dashboard.wiring import NOT_FOUND, PAGE_OUTPUTS, Rooms, answer_page

# What a picture is drawn for until the browser says how wide its place is.
WIDE, BESIDE, NARROW = 1100, 580, 343
BESIDE_CLASS = "charts charts-beside"


@dataclass(frozen=True)
class FirstSight:
    """The title of a page and its HTML; `is_missing` where nothing is kept at the address."""

    title: str
    is_missing: bool
    markup: str


def write_first_sight(rooms: Rooms, *, path: str, query: str, is_phone: bool) -> FirstSight:
    """A page in its frame, as it stands until the scripts take over."""
    site = build_site(rooms.snapshot)
    answers = dict(zip(PAGE_OUTPUTS, answer_page(rooms, path=path, query=query), strict=True))
    parts: dict[str, Any] = {
        str(identity): part for part in walk_parts(site) if (identity := getattr(part, "id", None))
    }
    for (name, prop), value in answers.items():
        setattr(parts[name], prop, value)
    beside = {id(part) for pair in walk_parts(site) if _is_beside(pair) for part in walk_parts(pair)}

    def insert_picture(part: Component) -> str:
        chart_id = getattr(part, "data-chart", None)
        if chart_id is None:
            return ""
        width = NARROW if is_phone else BESIDE if id(part) in beside else WIDE
        return _draw_picture(rooms, str(chart_id), query=query, format_=Format(width, is_narrow=is_phone))

    title = str(answers["page-title", "title"])
    return FirstSight(title, title.startswith(NOT_FOUND), write_markup(site, insert=insert_picture))


def _is_beside(part: Component) -> bool:
    return getattr(part, "className", None) == BESIDE_CLASS


def _draw_picture(rooms: Rooms, chart_id: str, *, query: str, format_: Format) -> str:
    try:
        selection = read_selection(dict(parse_qsl(query)))
    except SelectionError:
        return ""
    gallery = rooms.gallery.turn_back(selection.as_of)
    return gallery.draw_picture(chart_id, selection=selection, format_=format_)
