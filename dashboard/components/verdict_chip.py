"""A verdict as a reader sees it: glyph, word and colour together, never a colour alone."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.attributes import name_attributes
from etl import VerdictMark


def build_verdict_chip(mark: VerdictMark) -> Any:
    """The chip of a verdict."""
    glyph = html.Span(mark.sign, className="glyph", **name_attributes({"aria-hidden": "true"}))
    return html.Span([glyph, html.Span(mark.label)], className=f"chip chip-{mark.class_name}")
