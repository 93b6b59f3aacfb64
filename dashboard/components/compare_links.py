"""Ways to the comparison of two charts or of two claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard.address import Selection
from dashboard.views.claims import ClaimEntry
from dashboard.views.sides import Side, write_side

PATH = "/compare"
CHOSEN = ("window", "show")


def write_compare_link(chart_id: str, selection: Selection) -> str:
    """The address that sets a chart beside itself as it was known a year before.

    Like every link it keeps the day that is shown, see keep_place(): the year counts back from that.
    """
    dossier = selection.dossier or ""
    asked = {"chart": chart_id, "left": dossier, "right": dossier}
    asked |= {name: getattr(selection, name) or "" for name in CHOSEN}
    return f"{PATH}?{urlencode({name: text for name, text in asked.items() if text})}"


def write_sides_link(chart_id: str, *, left: Side, right: Side) -> str:
    """The address that sets two sides of a chart beside each other."""
    asked = {"chart": chart_id, "left": write_side(left), "right": write_side(right)}
    return f"{PATH}?{urlencode({name: text for name, text in asked.items() if text})}"


def write_claims_link(left: str, right: str | None = None) -> str:
    """The address that sets two claims beside each other, or offers claims to set beside one."""
    return f"{PATH}?{urlencode({'left': left, **({'right': right} if right else {})})}"


def build_compare_links(claim_id: str, partners: Sequence[ClaimEntry]) -> Any:
    """What a claim may be set beside, each as a link; nothing where there is no other of its kind."""
    if not partners:
        return None
    return html.Ul(
        [
            html.Li(
                [
                    html.A(f"“{partner.stated_as}”", href=write_claims_link(claim_id, partner.claim_id)),
                    html.Span(f" {partner.title}, {partner.period}", className="minor"),
                ]
            )
            for partner in partners
        ],
        className="compare-links",
    )
