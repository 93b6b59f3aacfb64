"""The rules of judging, each with its example: verdicts and their reasons, their order, likely slips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

import etl
from dashboard.components.attributes import name_attributes
from dashboard.components.row_table import Column, TableRow, build_opener, build_table
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.theme import VERDICT_GLYPHS
from dashboard.views.rule_examples import RuleExample
from etl import format_day, join_words

RULES = {
    "supported": "What is known agrees with the figure, as exactly as it was printed.",
    "superseded": "It was true by the editions, or for the newest period, of an earlier day; now it is not.",
    "not_comparable": (
        "There is something to hold it against, but of another stretch of time, another valuation or "
        "another unit, and the difference matters. The difference is named; nothing is called wrong."
    ),
    "contradicted": "The same thing, for the same stretch of time, is another number in every edition.",
    "unresolved": "There is nothing to hold the figure against. The explanation says what was looked for.",
}
REASONS = {
    "within_printed_precision": (
        "The reference for the same period and the same kind of period lies in the range that the printed "
        "figure and its hedge allow. Where publishers differ, one of their newest editions is enough."
    ),
    "restated_by_publisher": (
        "An edition that was out by then has it; the same publisher has since given the same period a value "
        "outside the range. What is worked out from newer data does not restate what was printed."
    ),
    "newer_period_published": (
        "The text speaks of its present, without a period, and fits a period that was the newest once. A "
        "newer one says otherwise."
    ),
    "period_basis_differs": (
        "Official figures are known only for other periods or other kinds of period, and none that could be "
        "meant agrees."
    ),
    "part_year": "It is the value of some months, printed for a year; or the text itself means some months.",
    "wrong_period_label": (
        "A neighbouring period has the value to its last printed digit: a fiscal year printed as a calendar "
        "year, or a window of another length. The label is wrong, not the figure."
    ),
    "wrong_unit": "The same thing is known in another unit only. Both stand side by side, unconverted.",
    "valuation_differs": (
        "It is what the other side reports of the flow. Buyers count with freight and insurance (CIF), "
        "sellers without (FOB)."
    ),
    "outside_printed_precision": (
        "Same period, same kind of period, same unit, outside the range in every edition known, and no "
        "neighbouring period has it."
    ),
    "no_reference": (
        "The snapshot holds no such series, or nothing of it was out on the day. An edition that came out "
        "later is named, and takes nothing back."
    ),
}
ORDER = (
    "References for the same period, kind of period and unit. The newest edition of each publisher decides; "
    "older ones tell whether the figure was once right.",
    "A total “reached by” a date with no start: whole years that end in that year can support it. Nothing "
    "contradicts it, because the text does not say what it counts.",
    "A figure without a period: the newest whole period decides, older ones tell whether it was once so.",
    "Other periods in the same unit: the difference is named.",
    "The same thing in another unit: set beside the figure, not against it.",
    "Nothing: unresolved, with what was looked for.",
    "At the end, an edition of the very month of the text counts as out, since its day is not known; and a "
    "contradiction becomes unresolved where an edition that came out later agrees.",
)
SLIP_COLUMNS = ("Slip", "What it means", "Example", "What is said of it")


def build_verdict_rules(examples: Mapping[str, RuleExample]) -> Any:
    """A section for each verdict, and in it each of its reasons with an example."""
    return html.Div([_build_verdict(verdict, examples) for verdict in VERDICT_GLYPHS])


def build_order() -> Any:
    """The order in which the rules are tried."""
    return html.Ol([html.Li(text) for text in ORDER], className="rule-order")


def build_slips(examples: Mapping[str, RuleExample]) -> Any:
    """Every likely slip: those with a sentence that shows it and what is said of that, then the others."""
    slips = etl.list_codes("slip")
    rows = [
        TableRow((entry.label, entry.meaning, *_build_slip(examples[entry.code])))
        for entry in slips
        if entry.code in examples
    ]
    others = [entry.label for entry in slips if entry.code not in examples]
    parts = []
    if rows:
        columns = [Column(name) for name in SLIP_COLUMNS]
        parts.append(build_table(columns, rows=rows, caption="Likely slips, each with an example"))
    if others:
        parts.append(
            html.P(
                f"Looked for too, without an example in the data of this dossier: {join_words(others)}.",
                className="minor",
            )
        )
    return html.Div(parts)


def _build_verdict(verdict: str, examples: Mapping[str, RuleExample]) -> Any:
    # A reason's entry says in its meaning which verdict it gives.
    reasons = [entry for entry in etl.list_codes("reason") if entry.meaning == verdict]
    return html.Section(
        [
            html.H3(build_verdict_chip(verdict)),
            html.P(RULES[verdict]),
            html.Div(
                [_build_reason(entry, examples.get(entry.code)) for entry in reasons], className="rules"
            ),
        ],
        className="rule",
        **name_attributes({"aria-label": etl.label("verdict", verdict)}),
    )


def _build_reason(entry: Any, example: RuleExample | None) -> Any:
    return html.Div(
        [
            html.P([html.Strong(f"{entry.label[:1].upper()}{entry.label[1:]}. "), REASONS[entry.code]]),
            _build_example(example),
        ],
        className="reason",
        id=f"reason-{entry.code.replace('_', '-')}",
    )


def _build_example(example: RuleExample | None) -> Any:
    if example is None:
        return html.P("The data of this dossier give no example.", className="minor")
    day = format_day(example.published_on)
    if example.sentence is None:
        parts = ["Printed: ", build_opener(example.stated_as, example.opens), f", {example.about}."]
    else:
        opener = build_opener(example.sentence, example.opens)
        parts = ["Written for this page, as if printed on ", f"{day}: ", opener]
    return html.Div(
        [html.P(parts), html.P(example.explanation), html.P(example.arithmetic, className="sum")],
        className="example",
    )


def _build_slip(example: RuleExample) -> tuple[Any, Any]:
    return build_opener(example.sentence or example.stated_as, example.opens), example.explanation
