"""A checked text as the reader gets it back: counts, the text with marks, and the figures listed."""

from __future__ import annotations

from typing import Any

from dash import html

import etl
from dashboard.components.attributes import name_attributes
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.number_text import format_bytes
from etl import CheckedClaim, CheckReport, Snapshot, TextPart, VerdictMark, format_count, format_day

REPORT_FILES = (("html", "HTML"), ("markdown", "Markdown"), ("json", "JSON"))


def build_checked_text(report: CheckReport, *, snapshot: Snapshot) -> Any:
    """The whole answer to a text."""
    return html.Div(
        [
            _build_summary(report),
            html.Div(
                [
                    _build_section("The text", "checked-text", _build_paragraphs(report)),
                    _build_section("The figures", "checked-figures", _build_figures(report, snapshot)),
                ],
                className="checked-columns",
            ),
        ],
        className="checked",
    )


def format_outcome(report: CheckReport) -> str:
    """The outcome in one line, for those who hear the page."""
    counts = [f"{number} {mark.label}" for mark, number in _list_counts(report)]
    if not counts:
        return "No figure was found that can be judged."
    return f"{format_count(len(report.claims), 'figure')} found: {', '.join(counts)}."


def _list_counts(report: CheckReport) -> list[tuple[VerdictMark, int]]:
    return [(etl.VERDICT_MARKS[code], number) for code, number in report.count_marks().items() if number]


def _build_summary(report: CheckReport) -> Any:
    found = format_count(len(report.claims), "figure") if report.claims else "No figure"
    chips = [
        html.Li([html.Strong(f"{number}"), " ", build_verdict_chip(mark)])
        for mark, number in _list_counts(report)
    ]
    size = format_bytes(len(report.text.encode("utf-8", "replace")))
    kind = f"{etl.show_on_one_line(report.title)}: " if report.title else ""
    day = (
        f"The text is of {format_day(report.published_on)}; each figure is judged for that day too."
        if report.published_on
        else "The day of the text is not known, so figures are judged for today only. A date above adds that."
    )
    return html.Section(
        [
            html.H2(f"{found} found and judged", id="checked-title", tabIndex=-1),
            html.Ul(chips, className="checked-counts") if chips else None,
            html.P(
                f"{kind}{size} of {report.kind}. {day} "
                f"Judged by what was known on {format_day(report.as_of)}.",
                className="minor",
            ),
            *[html.P(etl.show_on_one_line(note), className="minor") for note in report.notes],
            _build_report_buttons(),
        ],
        **name_attributes({"aria-labelledby": "checked-title"}),
    )


def _build_report_buttons() -> Any:
    files = [
        html.Button(
            text,
            type="button",
            className="quiet",
            **name_attributes(
                {"data-check-download": format_name, "aria-label": f"Download report as {text}"}
            ),
        )
        for format_name, text in REPORT_FILES
    ]
    copy = html.Button(
        "Copy report", type="button", className="quiet", **name_attributes({"data-check-copy": "markdown"})
    )
    return html.P([copy, html.Span("Download report", className="minor"), *files], className="check-buttons")


def _build_section(title: str, section_id: str, content: Any) -> Any:
    return html.Section(
        [html.H3(title, id=f"{section_id}-title"), content],
        id=section_id,
        **name_attributes({"aria-labelledby": f"{section_id}-title"}),
    )


def _build_paragraphs(report: CheckReport) -> Any:
    return html.Div(
        [
            html.P([_build_part(part) for part in paragraph.parts])
            for paragraph in etl.mark_text(report.text, report.claims)
        ],
        className="checked-paragraphs",
    )


def _build_part(part: TextPart) -> Any:
    if not part.claims:
        return part.text
    first = part.claims[0]
    text = "; ".join(claim.now.mark.label for claim in part.claims)
    others = [_build_other(claim) for claim in part.claims[1:]]
    return html.Mark([_build_mark(first, part.text, text), *others], className="figure")


def _build_mark(claim: CheckedClaim, text: str, message: str) -> Any:
    return html.Button(
        [
            html.Span(text, className="figure-text"),
            _build_sign(claim.now.mark),
            html.Span(f" ({message})", className="visually-hidden"),
        ],
        type="button",
        id=f"mark-{claim.claim_id}",
        className=f"figure-mark figure-{claim.now.mark.class_name}",
        **name_attributes({"data-point": claim.claim_id}),
    )


def _build_other(claim: CheckedClaim) -> Any:
    """A second reading of the same words: its sign alone opens it."""
    text = f"{etl.show_on_one_line(claim.found.stated_as)}: {claim.now.mark.label}"
    return html.Button(
        _build_sign(claim.now.mark),
        type="button",
        className=f"figure-mark figure-{claim.now.mark.class_name}",
        **name_attributes({"data-point": claim.claim_id, "aria-label": text}),
    )


def _build_sign(mark: VerdictMark) -> Any:
    return html.Span(mark.sign, className="figure-sign", **name_attributes({"aria-hidden": "true"}))


def _build_figures(report: CheckReport, snapshot: Snapshot) -> Any:
    if not report.claims:
        return html.P(
            "Nothing in this text was recognised as a figure about trade or arms. That says nothing of "
            "whether the text is right."
        )
    return html.Ol([_build_figure(claim, snapshot) for claim in report.claims], className="checked-list")


def _build_figure(claim: CheckedClaim, snapshot: Snapshot) -> Any:
    reading = etl.describe_claim(claim, snapshot=snapshot)
    opener = html.Button(
        f"“{reading.stated_as}”",
        type="button",
        className="opener",
        **name_attributes({"data-point": claim.claim_id}),
    )
    then = claim.printing
    lines = [
        html.P([opener, " ", build_verdict_chip(claim.now.mark)]),
        html.P(f"{reading.subject}, {reading.period}", className="minor"),
        html.P(etl.show_on_one_line(claim.now.arithmetic or claim.now.explanation)),
    ]
    if then is not None and then.mark != claim.now.mark:
        day = f"When printed, {format_day(then.as_of)}: "
        lines.append(html.P([day, build_verdict_chip(then.mark)], className="minor"))
    if claim.slips:
        slip = etl.show_on_one_line(claim.slips[0].sentence)
        lines.append(html.P([html.Strong("Perhaps a slip: "), slip]))
    return html.Li(lines)
