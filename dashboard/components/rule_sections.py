"""The rules of judging, each with its example: verdicts and their reasons, their order, likely slips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

import etl
from dashboard.components.attributes import name_attributes
from dashboard.components.row_table import Column, TableRow, build_opener, build_table
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.views.rule_examples import RuleExample
from etl import VerdictMark, format_day, join_words

RULES = {
    "supported": "The newest data agree with the figure, to the last digit that is printed.",
    "supported_roughly": (
        "The newest data agree with an amount less exactly than it is printed: as a round number, or with "
        "its last digit cut. The verdict is supported; it is marked, counted and exported apart."
    ),
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
        "The reference for the same period and the same kind of period lies in the range that the last "
        "printed digit and the hedge allow: 36 per cent allows 35.5 to 36.5, and 40 per cent 39.5 to 40.5. "
        "Where publishers differ, the newest data of one of them are enough."
    ),
    "within_last_nonzero_digit": (
        "An amount that ends in zeros, read at its last non-zero digit: 70 billion may stand for all that "
        "rounds to it, from 65 to 75. A percentage is never read so."
    ),
    "last_digit_cut": (
        "The digits that an amount leaves out were dropped instead of rounded: 9.86 billion for 9.86999. "
        "The slip is named; the amount is no other."
    ),
    "restated_by_publisher": (
        "An edition that was out by then has it; the same publisher has since printed another value for the "
        "same period, outside the range."
    ),
    "recomputed_since": (
        "It is as the publisher printed it, and the publisher has printed nothing else since; its newest "
        "data add up to another value. Printed and worked out count alike by their day, but what is worked "
        "out here is never called restated by the publisher."
    ),
    "newer_period_published": (
        "The text speaks of its present, without a period, and fits a period that was the newest once. A "
        "newer one says otherwise."
    ),
    "period_basis_differs": (
        "Figures are known only for other periods or other kinds of period, and none that could be meant "
        "agrees."
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
    "References for the same period, kind of period and unit. The newest data of each publisher decide by "
    "their day, printed or worked out from its register; older editions tell whether it was once right.",
    "A total “reached by” a date with no start: whole years that end in that year can support it. Nothing "
    "contradicts it, because the text does not say what it counts.",
    "A figure without a period: the newest whole period decides, older ones tell whether it was once so. "
    "A period that was not over when the figure was printed cannot support it.",
    "Other periods in the same unit: the difference is named.",
    "The same thing in another unit: set beside the figure, not against it.",
    "Nothing: unresolved, with what was looked for.",
    "At the end, an edition of the very month of the text counts as out, since its day is not known; and a "
    "contradiction becomes unresolved where an edition that came out later agrees.",
)
SLIP_COLUMNS = ("Slip", "What it means", "Example", "What is said of it")


def build_verdict_rules(examples: Mapping[str, RuleExample]) -> Any:
    """A section for each mark of a verdict, and in it each of its reasons with an example."""
    return html.Div([_build_mark(mark, examples) for mark in etl.VERDICT_MARKS.values()])


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


def _build_mark(mark: VerdictMark, examples: Mapping[str, RuleExample]) -> Any:
    # A reason's entry says in its meaning which mark it gives.
    reasons = [entry for entry in etl.list_codes("reason") if entry.meaning == mark.code]
    return html.Section(
        [
            html.H3(build_verdict_chip(mark)),
            html.P(RULES[mark.code]),
            html.Div(
                [_build_reason(entry, examples.get(entry.code)) for entry in reasons], className="rules"
            ),
        ],
        className="rule",
        **name_attributes({"aria-label": mark.label}),
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
