"""How to take a chart along: a link to it as it is now, and the code that puts it on another site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import html

from dashboard.components.attributes import name_attributes

# The most that title and words take above a picture at 320 pixels, the narrowest screen: no axis is cut off
# where the page that the frame stands in lets no script tell it the height.
WORDS_HEIGHT = 500


@dataclass(frozen=True)
class Shared:
    """What is shared: one chart as a selection shows it, on the page where it stands.

    `height` is that of its picture, in pixels, where it is highest.
    """

    chart_id: str
    title: str
    page_path: str
    query: str
    snapshot_id: str
    height: int


def build_share_fold(shared: Shared) -> Any:
    """A fold with a permanent link, and with code for a frame: pinned to this snapshot, or live."""
    asked = dict(parse_qsl(shared.query))
    pinned = urlencode({**asked, "snapshot": shared.snapshot_id})
    asked.pop("snapshot", None)
    live = f"?{urlencode(asked)}" if asked else ""
    embed = f"/embed/{shared.chart_id}"
    entries = [
        _build_entry("Link to this view", "data-copy-path", f"{shared.page_path}?{pinned}#{shared.chart_id}"),
        _build_entry("Embed, live", "data-copy-frame", f"{embed}{live}", shared=shared, opens=True),
        _build_entry(
            "Embed, this snapshot", "data-copy-frame", f"{embed}?{pinned}", shared=shared, opens=True
        ),
    ]
    return html.Details(
        [
            html.Summary("Share", **name_attributes({"aria-label": f"Share “{shared.title}”"})),
            html.Ul(entries, className="citation-forms"),
        ],
        className="cite",
    )


def _build_entry(
    name: str, kind: str, path: str, *, shared: Shared | None = None, opens: bool = False
) -> Any:
    named = {kind: path, "aria-label": f"Copy: {name}"}
    if shared:
        named |= {"data-title": shared.title, "data-height": str(shared.height + WORDS_HEIGHT)}
    parts: list[Any] = [
        html.Span(name, className="form-name"),
        html.Button("Copy", type="button", className="quiet", **name_attributes(named)),
    ]
    if opens:
        parts.append(html.A("Preview", href=path, target="_blank", **name_attributes({"rel": "noopener"})))
    return html.Li(parts)
