"""A report for a terminal: wrapped lines, each verdict with its sign and its word, no colour needed."""

from __future__ import annotations

import textwrap

from etl.checking.report import CheckedClaim, CheckReport
from etl.checking.report_lines import list_lines
from etl.checking.report_words import (
    LIMITS,
    VERDICT_SIGNS,
    AreaNames,
    count_claims,
    format_days,
    format_total,
)
from etl.checking.shown_text import show_on_one_line
from etl.vocabulary import VERDICTS

WIDTH = 88
LABEL_WIDTH = 14
LONGEST_ID = 120


def write_text(report: CheckReport, names: AreaNames) -> str:
    """The counts, then every figure in the order of the text, then what was not checked."""
    title = f"“{show_on_one_line(report.title)}”" if report.title else "Text without a title"
    lines = [
        *_wrap(title),
        *_wrap(f"{format_total(report)}."),
        *_list_counts(report),
        *_wrap(format_days(report)),
    ]
    lines += _wrap(f"Snapshot {report.snapshot_id}.")
    for claim in report.claims:
        lines += ["", *_write_claim(claim, names)]
    lines += ["", "What was not checked"]
    for words in (*report.notes, *LIMITS):
        lines += _wrap(show_on_one_line(words), first="  - ", others="    ")
    return "\n".join(lines) + "\n"


def _list_counts(report: CheckReport) -> list[str]:
    return [
        f"  {VERDICT_SIGNS[verdict]} {number} {VERDICTS.label(verdict)}"
        for verdict, number in count_claims(report)
    ]


def _write_claim(claim: CheckedClaim, names: AreaNames) -> list[str]:
    found = claim.found
    place = f"paragraph {found.paragraph}, characters {found.char_start} to {found.char_end}"
    heading = f"{VERDICT_SIGNS[claim.now.verdict]} {VERDICTS.label(claim.now.verdict).upper()}"
    lines = _wrap(f"{heading}: “{show_on_one_line(found.stated_as)}” ({place})")
    before = ""
    for line in list_lines(claim, names):
        lines += _label(line.label if line.label != before else "", line.words)
        before = line.label
    return lines


def _label(name: str, text: str) -> list[str]:
    margin = " " * (LABEL_WIDTH + 2)
    return _wrap(text, first=f"  {name:<{LABEL_WIDTH}}", others=margin)


def _wrap(text: str, *, first: str = "", others: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        width=WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_on_hyphens=False,
        # An id is of use in one piece only.
        break_long_words=len(text) > LONGEST_ID,
    )
