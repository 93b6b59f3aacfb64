"""What surrounds every page: skip link, header, the place of the drawer, footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.attributes import name_attributes
from dashboard.number_text import say_day
from dashboard.page_contract import Page
from etl import Snapshot

NAME = "Footnoted"
LICENCE = (
    "Statistics belong to their publishers and are used under the terms that the Data page gives per source. "
    "Of documents, only figures, places and hashes are kept, never their sentences."
)


def build_site(snapshot: Snapshot) -> Any:
    """The frame, empty; callbacks fill the navigation, the page and the drawer."""
    return html.Div(
        [
            dcc.Store(id="address"),
            dcc.Store(id="screen"),
            dcc.Store(id="page-title"),
            html.Span(id="boot", hidden=True),
            html.A("Skip to the content", href="#page", className="skip-link"),
            _build_header(snapshot),
            html.Main(_build_waiting(), id="page", tabIndex=-1),
            _build_drawer(),
            _build_footer(snapshot),
        ],
        id="site",
    )


def build_navigation(pages: Sequence[Page], current: str) -> Any:
    """Links to the pages, the current one marked."""
    return html.Ul(
        [html.Li(_build_link(page, is_current=page.path == current)) for page in pages if page.in_navigation]
    )


def _build_link(page: Page, *, is_current: bool) -> Any:
    current = name_attributes({"aria-current": "page" if is_current else None})
    return html.A(page.title, href=page.path, **current)


def build_banner(asked: str, served: str) -> Any:
    """What says that a link was made on another snapshot."""
    return html.P(
        [
            "This link was made on snapshot ",
            html.Code(asked),
            "; what you see is snapshot ",
            html.Code(served),
            ". Values may have been revised in between; the evidence of each point says by whom and when.",
        ],
        className="banner",
        role="note",
    )


def _build_waiting() -> Any:
    return html.Div(
        [html.Div(className="skeleton") for _ in range(3)],
        className="waiting",
        **name_attributes({"aria-hidden": "true"}),
    )


def _build_header(snapshot: Snapshot) -> Any:
    return html.Header(
        [
            html.A(NAME, href="/", className="site-name"),
            html.Nav(id="navigation", **name_attributes({"aria-label": "Pages"})),
            html.P(
                ["Snapshot of ", html.Time(say_day(snapshot.as_of), dateTime=snapshot.as_of.isoformat())],
                className="snapshot-day",
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


def _build_drawer() -> Any:
    return html.Aside(
        [
            html.Div(
                [
                    html.Strong("Evidence", id="drawer-title"),
                    html.Button(
                        "Close",
                        type="button",
                        className="quiet",
                        **name_attributes({"data-close-drawer": "true"}),
                    ),
                ],
                className="drawer-head",
            ),
            html.Div(id="evidence", **name_attributes({"aria-live": "polite"})),
        ],
        id="drawer",
        tabIndex=-1,
        **name_attributes({"aria-labelledby": "drawer-title"}),
    )


def _build_footer(snapshot: Snapshot) -> Any:
    return html.Footer(
        [
            html.P([f"{NAME}: every figure, footnoted. Snapshot ", html.Code(snapshot.snapshot_id), "."]),
            html.P([LICENCE, " ", html.A("How verdicts are reached", href="/methods"), "."]),
        ],
        className="site-footer",
    )
