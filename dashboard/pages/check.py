"""Check: a text of the reader's own, with every figure held against the statistics."""

from __future__ import annotations

from typing import Any

from dash import html

import etl
from dashboard.address import Selection
from dashboard.components.attributes import name_attributes
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.page_contract import Page, PageContext

PAGE = Page("/check", "Check", order=5)
FILE_KINDS = ".txt,.text,.md,.markdown,.html,.htm,.pdf"
EXAMPLE_DAY = "2025-12-05"
EXAMPLE = (
    "India is buying fewer of its weapons in Russia and far more of its oil.\n\n"
    "Russia supplied 76 per cent of India's arms imports in 2009-13 and 36 per cent in 2019-23, according "
    "to SIPRI. For 2016-20 its share was 49 per cent.\n\n"
    "Trade went the other way. Two-way trade between India and Russia was $3.12 billion in fiscal 2021-22 "
    "and $68.7 billion in 2024-25. It stood at $27 billion by the end of 2022. The two governments aim for "
    "$100 billion by 2030."
)
KEPT = (
    "Nothing is kept. The text goes to this server alone, is read in its memory, and is dropped with the "
    "answer: it is not stored, not logged, and not sent to anybody else. Closing the tab forgets it here too."
)


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """The form, the place of the answer, and what is read, not read and kept."""
    return html.Div(
        [
            html.H1(PAGE.title),
            html.P(
                "Paste a text, and every figure in it that can be judged comes back with its verdict, the "
                "sum behind it, and the rows it was held against.",
                className="lead",
            ),
            _build_form(),
            html.P("", id="check-status", className="check-status", role="status"),
            html.Div(id="check-answer"),
            _build_statement(),
        ],
        className="check-page",
    )


def _build_form() -> Any:
    """The form; its date and file inputs are put into their places by the browser, for dash has none."""
    return html.Form(
        [
            html.Label("Text", htmlFor="check-text", className="check-label"),
            html.Textarea(
                id="check-text",
                rows=10,
                spellCheck="false",
                placeholder="Paste a text here, or drop a file",
                autoComplete="off",
                **name_attributes({"aria-describedby": "check-kept"}),
            ),
            html.P(KEPT, id="check-kept", className="minor"),
            html.Div(
                [
                    html.Div(id="check-file-place", className="check-field"),
                    html.Div(id="check-day-place", className="check-field"),
                ],
                className="check-fields",
            ),
            _build_buttons(),
        ],
        id="check-form",
        **name_attributes(
            {
                "data-kinds": FILE_KINDS,
                "data-largest-text": str(etl.TEXT_LIMITS.text_bytes),
                "data-largest-file": str(etl.TEXT_LIMITS.file_bytes),
            }
        ),
    )


def _build_buttons() -> Any:
    return html.P(
        [
            html.Button("Check", type="submit", className="check-submit"),
            html.Button(
                "Try an example",
                type="button",
                className="quiet",
                **name_attributes({"data-example": EXAMPLE, "data-day": EXAMPLE_DAY}),
            ),
            html.Button(
                "Clear",
                type="button",
                className="quiet",
                **name_attributes({"data-check-clear": "true"}),
            ),
        ],
        className="check-buttons",
    )


def _build_statement() -> Any:
    marks = [
        html.Li(
            [
                build_verdict_chip(etl.VERDICT_MARKS[entry.code]),
                " ",
                html.Span(entry.meaning),
            ]
        )
        for entry in etl.list_codes("mark")
    ]
    return html.Section(
        [
            html.H2("What is read, and what is not", id="check-limits-title"),
            html.Div(
                [
                    html.Ul([html.Li(text) for text in etl.CHECK_LIMITS], className="check-limits"),
                    html.Ul(marks, className="check-limits check-verdicts"),
                ],
                className="check-columns",
            ),
            html.P(html.A("How verdicts are reached", href="/methods"), className="minor"),
        ],
        **name_attributes({"aria-labelledby": "check-limits-title"}),
    )
