"""A text with marks: each figure a button that shows its verdict and opens its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.components.attributes import name_attributes
from dashboard.components.verdict_chip import build_verdict_chip
from etl import VerdictMark


@dataclass(frozen=True)
class TextMark:
    """What a marked stretch of text opens, its verdict, the figure as recorded, and what it is about."""

    row_id: str
    verdict: VerdictMark
    stated_as: str
    subject: str


@dataclass(frozen=True)
class MarkedPart:
    """A stretch of a text; one without marks is plain."""

    text: str
    marks: tuple[TextMark, ...] = ()


def build_marked_text(paragraphs: Sequence[Sequence[MarkedPart]]) -> Any:
    """The paragraphs of a text as text, never as markup, with their marks and notes beside."""
    return html.Div([_build_paragraph(parts) for parts in paragraphs], className="marked-text")


def name_mark(row_id: str) -> str:
    """The id of a mark in the page, to link to."""
    return f"mark-{row_id.replace('.', '-')}"


def _build_paragraph(parts: Sequence[MarkedPart]) -> Any:
    notes = [_build_note(mark) for part in parts for mark in part.marks]
    content: list[Any] = [html.P([_build_part(part) for part in parts])]
    if notes:
        content.append(html.Ul(notes, className="margin-notes"))
    return html.Div(content, className="marked-paragraph")


def _build_note(mark: TextMark) -> Any:
    return html.Li(
        [html.Strong(mark.stated_as), " ", build_verdict_chip(mark.verdict), html.Br(), mark.subject]
    )


def _build_part(part: MarkedPart) -> Any:
    if not part.marks:
        return part.text
    first, *others = part.marks
    text = "; ".join(mark.verdict.label for mark in part.marks)
    content = [
        html.Span(part.text, className="figure-text"),
        _build_sign(first.verdict),
        html.Span(f" ({text})", className="visually-hidden"),
    ]
    return html.Mark(
        [_build_button(content, first), *(_build_other(mark) for mark in others)], className="figure"
    )


def _build_other(mark: TextMark) -> Any:
    """A second figure in the same words: its sign alone opens it."""
    said = f"{mark.stated_as}: {mark.verdict.label}"
    return _build_button(_build_sign(mark.verdict), mark, said=said)


def _build_button(content: Any, mark: TextMark, *, said: str | None = None) -> Any:
    return html.Button(
        content,
        type="button",
        id=name_mark(mark.row_id),
        className=f"figure-mark figure-{mark.verdict.class_name}",
        **name_attributes({"data-point": mark.row_id, "aria-label": said}),
    )


def _build_sign(mark: VerdictMark) -> Any:
    return html.Span(mark.sign, className="figure-sign", **name_attributes({"aria-hidden": "true"}))
