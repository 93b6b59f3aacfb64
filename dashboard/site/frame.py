"""What surrounds every page: skip link, header with its menus, the place of the drawer, footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dash import html

from dashboard.address import Selection, write_address, write_place, write_query
from dashboard.api.contract import HOME as API
from dashboard.components.attributes import name_attributes
from dashboard.components.evidence_drawer import build_drawer
from dashboard.page_contract import LICENCE, NAME, Page
from dashboard.views.editions import KnownDay
from etl import Dossier, Snapshot, format_day, join_words

SWAPS = name_attributes({"data-swaps": "true"})


@dataclass(frozen=True)
class Standpoint:
    """Where a reader stands: on which page, in which dossier, on which day, and where else to stand.

    `limit` is the day that limits what is shown; none where the newest is shown.
    """

    path: str
    selection: Selection
    dossier: Dossier
    dossiers: tuple[Dossier, ...]
    newest: date
    limit: date | None
    days: tuple[KnownDay, ...]


@dataclass(frozen=True)
class Surroundings:
    """What changes around a page with the page: navigation, menus, the reader's place, the snapshot."""

    navigation: Any
    menus: Any
    place: Mapping[str, str]
    snapshot_id: str


def build_site(content: Any, surroundings: Surroundings) -> Any:
    """A page in its frame.

    What another page changes has an id and `data-swaps`: the browser takes these parts from its document.
    """
    return html.Div(
        [
            html.A("Skip to the content", href="#page", className="skip-link"),
            _build_header(surroundings),
            html.Main(content, id="page", tabIndex=-1, **SWAPS),
            build_drawer(),
            _build_footer(surroundings),
        ],
        id="site",
    )


def build_navigation(pages: Sequence[Page], current: str, *, place: Mapping[str, str]) -> Any:
    """Links to the pages, the current one marked; each keeps the reader's place."""
    links = [
        _build_link(
            page.title, write_address(page.path, place), mark="page" if page.path == current else None
        )
        for page in pages
        if page.in_navigation
    ]
    return html.Ul([html.Li(link) for link in links])


def build_menus(standpoint: Standpoint) -> list[Any]:
    """Two menus of links: the dossiers, where there are several, and the days."""
    menus = [_build_day_menu(standpoint)]
    if len(standpoint.dossiers) > 1:
        menus.insert(0, _build_dossier_menu(standpoint))
    return menus


def _build_link(text: Any, href: str, *, mark: str | None) -> Any:
    return html.A(text, href=href, **name_attributes({"aria-current": mark}))


def _build_dossier_menu(standpoint: Standpoint) -> Any:
    links = []
    for place, dossier in enumerate(standpoint.dossiers):
        # The main dossier comes first and needs no name in the address.
        chosen = Selection(
            dossier=dossier.dossier_id if place else None,
            as_of=standpoint.selection.as_of,
            snapshot=standpoint.selection.snapshot,
        )
        mark = "true" if dossier == standpoint.dossier else None
        links.append(
            _build_link(dossier.title, write_address(standpoint.path, write_place(chosen)), mark=mark)
        )
    return _build_menu("Dossier", standpoint.dossier.title, links=links)


def _build_day_menu(standpoint: Standpoint) -> Any:
    newest, limit = standpoint.newest, standpoint.limit
    links = [_link_day(standpoint, None, f"Newest: {format_day(newest)}", "", is_chosen=limit is None)]
    links += [
        _link_day(
            standpoint,
            known.day,
            format_day(known.day, precision=known.precision),
            join_words(known.news),
            is_chosen=known.day == limit,
        )
        for known in standpoint.days
        if known.day < newest
    ]
    class_name = "snapshot-day earlier-day" if limit else "snapshot-day"
    return _build_menu(
        "Show what was known on", f"As of {format_day(limit or newest)}", links=links, class_name=class_name
    )


def _link_day(standpoint: Standpoint, day: date | None, name: str, news: str, *, is_chosen: bool) -> Any:
    text = [html.Span(name), html.Span(news, className="minor")] if news else html.Span(name)
    return _build_link(text, _write_day(standpoint, day), mark="true" if is_chosen else None)


def _write_day(standpoint: Standpoint, day: date | None) -> str:
    """The address of another day, or of the newest: what else is chosen on the page stays."""
    query = write_query(replace(standpoint.selection, as_of=day, point=None))
    return f"{standpoint.path}?{query}" if query else standpoint.path


def _build_menu(purpose: str, shown: str, *, links: Sequence[Any], class_name: str = "") -> Any:
    return html.Details(
        [
            html.Summary([html.Span(f"{purpose}: ", className="visually-hidden"), shown]),
            html.Nav(
                html.Ul([html.Li(link) for link in links]),
                className="menu-list",
                **name_attributes({"aria-label": purpose}),
            ),
        ],
        className=f"menu {class_name}".strip(),
    )


def build_day_banner(standpoint: Standpoint) -> Any:
    """What says that an earlier day is shown, with the way back to the newest."""
    if standpoint.limit is None:
        later = standpoint.selection.as_of and standpoint.selection.as_of > standpoint.newest
        text = f"Nothing later than {format_day(standpoint.newest)} is known here: the newest is shown."
        return html.P(text, className="banner", role="note") if later else None
    return html.P(
        [
            html.Strong(f"As known on {format_day(standpoint.limit)}. "),
            "Editions and documents that came out later are left out, and claims are judged as of that day. ",
            html.A("Show the newest", href=_write_day(standpoint, None)),
        ],
        className="banner",
        role="note",
    )


def build_pinned_banner(snapshot: Snapshot, *, newest: str) -> Any:
    """What says that a snapshot is shown as it was kept, with the way to the newest."""
    return html.P(
        [
            html.Strong("As it was kept. "),
            "You see snapshot ",
            html.Code(snapshot.snapshot_id),
            f" of {format_day(snapshot.as_of)}, as the link has it; values may have been revised since. ",
            html.A("Show the newest snapshot", href=newest),
        ],
        className="banner",
        role="note",
        **name_attributes({"data-kept": snapshot.snapshot_id}),
    )


def build_absent_banner(asked: str, served: str) -> Any:
    """What says that the snapshot of a link is not to be had."""
    return html.P(
        [
            "This link was made on snapshot ",
            html.Code(asked),
            ", which is not kept here; what you see is snapshot ",
            html.Code(served),
            ". Values may have been revised in between; the evidence of each point says by whom and when.",
        ],
        className="banner",
        role="note",
    )


def _build_header(surroundings: Surroundings) -> Any:
    home = write_address("/", surroundings.place)
    return html.Header(
        [
            html.A(NAME, href=home, className="site-name", id="site-name", **SWAPS),
            html.Nav(
                surroundings.navigation,
                id="navigation",
                **SWAPS,
                **name_attributes({"aria-label": "Pages"}),
            ),
            html.Div(surroundings.menus, id="menus", className="menus", **SWAPS),
            html.Button(
                ["Search", html.Kbd("/", **name_attributes({"aria-hidden": "true"}))],
                type="button",
                className="quiet search-button",
                **name_attributes(
                    {"data-open-search": "true", "aria-haspopup": "dialog", "aria-keyshortcuts": "/"}
                ),
            ),
            html.Button(
                "Dark",
                type="button",
                id="scheme",
                className="quiet",
                **name_attributes({"data-scheme-switch": "true"}),
            ),
        ],
        className="site-header",
    )


def _build_footer(surroundings: Surroundings) -> Any:
    methods = write_address("/methods", surroundings.place)
    return html.Footer(
        [
            html.P(
                [
                    f"{NAME}: every figure, footnoted. Snapshot ",
                    html.Code(surroundings.snapshot_id, id="footer-snapshot"),
                    ".",
                ]
            ),
            html.P(
                [
                    LICENCE,
                    " ",
                    html.A("How verdicts are reached", href=methods, id="footer-methods"),
                    ". ",
                    html.A("The same as an API", href=API),
                    ".",
                ]
            ),
        ],
        className="site-footer",
        id="footer",
        **SWAPS,
    )
