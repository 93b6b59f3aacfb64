"""Footnote marks and the source list at the end of a page that they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import name_attributes
from etl import Footnote


def build_marks(numbers: Iterable[int], *, target: str | None = None) -> Any:
    """Marks such as [1][4], each leading to its line of the source list, in the window named `target`."""
    return html.Span(
        [
            html.A(
                f"[{number}]",
                href=f"#footnote-{number}",
                className="footnote-mark",
                target=target,
                **name_attributes({"data-footnote": str(number), "aria-label": f"Source {number}"}),
            )
            for number in numbers
        ],
        className="footnote-marks",
    )


def collect_numbers(layout: Component) -> set[int]:
    """The numbers of all marks on a page."""
    # Dash gives this method no types.
    walk: Any = layout._traverse
    marks = (getattr(part, "data-footnote", None) for part in walk() if isinstance(part, Component))
    return {int(mark) for mark in marks if mark}


def build_source_list(notes: Iterable[Footnote]) -> Any:
    """The source list of a page; nothing where the page has no marks."""
    lines = build_source_lines(notes)
    if lines is None:
        return None
    return html.Section(
        [html.H2("Sources on this page", id="sources-title"), lines],
        className="sources",
        **name_attributes({"aria-labelledby": "sources-title"}),
    )


def build_source_lines(notes: Iterable[Footnote]) -> Any:
    """The lines of a source list, where they stand under another heading; nothing where there are none."""
    lines = [_build_line(note) for note in notes]
    return html.Ul(lines, className="source-list") if lines else None


def _build_line(note: Footnote) -> Any:
    text: list[Any] = [html.Span(note.text)]
    if note.url:
        message = "publisher’s page" if note.url.startswith("http") else "its page here"
        text += [
            " ",
            html.A(message, href=note.url, **name_attributes({"aria-label": f"{message}: {note.text}"})),
        ]
    return html.Li(
        [html.Span(f"[{note.number}]", className="footnote-number"), html.Span(text)],
        id=f"footnote-{note.number}",
    )
