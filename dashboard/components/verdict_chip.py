"""A verdict as a reader sees it: glyph, word and colour together, never a colour alone."""

from __future__ import annotations

from typing import Any

from dash import html

import etl
from dashboard.components.attributes import name_attributes
from dashboard.theme import VERDICT_GLYPHS


def build_verdict_chip(verdict: str) -> Any:
    """The chip of a verdict.

    Raises: KeyError for a verdict that has no glyph.
    """
    glyph = html.Span(VERDICT_GLYPHS[verdict], className="glyph", **name_attributes({"aria-hidden": "true"}))
    return html.Span(
        [glyph, html.Span(etl.label("verdict", verdict))], className=f"chip chip-{verdict.replace('_', '-')}"
    )
