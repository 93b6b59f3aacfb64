"""A report as text for a terminal, as Markdown, as a page of HTML, or as JSON."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from importlib import import_module
from typing import Any

from etl.checking.reports.html_format import write_html
from etl.checking.reports.report import CheckedClaim, CheckReport
from etl.checking.reports.shown_text import show_on_one_line
from etl.checking.reports.wording import (
    LIMITS,
    AreaNames,
    count_claims,
    format_days,
    format_total,
    list_lines,
    list_names,
)
from etl.errors import FootnotedError
from etl.snapshot import Snapshot

# A line that eyes still follow; labels take 14 and two blanks of it.
WIDTH = 88
LABEL_WIDTH = 14
# Room above the ids of this project, yet a text without a blank does not run out of the page for ever.
LONGEST_ID = 120
# What opens a mark of Markdown anywhere in a line; the last two are what GitHub turns into links.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~!$@&^]|:(?=//)|(?<=www)\.", re.IGNORECASE)


class ReportFormatError(FootnotedError):
    """A format in which no report can be written."""


def write_report(report: CheckReport, format_name: str, *, snapshot: Snapshot | None = None) -> str:
    """A report in one of FORMATS; `snapshot` gives areas their names, without it their codes stand.

    Raises: ReportFormatError for an unknown format.
    """
    if format_name not in _WRITERS:
        raise ReportFormatError(f"no report in the format {format_name!r}. Use one of {', '.join(FORMATS)}.")
    return _WRITERS[format_name](report, list_names(snapshot))


def write_text(report: CheckReport, names: AreaNames) -> str:
    """For a terminal: wrapped lines, each verdict with its sign and its word, no colour needed."""
    title = f"“{show_on_one_line(report.title)}”" if report.title else "Text without a title"
    counts = [f"  {mark.sign} {number} {mark.label}" for mark, number in count_claims(report)]
    lines = [*_wrap(title), *_wrap(f"{format_total(report)}."), *counts, *_wrap(format_days(report))]
    lines += _wrap(f"Snapshot {report.snapshot_id}.")
    for claim in report.claims:
        lines += ["", *_write_claim_in_text(claim, names)]
    lines += ["", "What was not checked"]
    for text in (*report.notes, *LIMITS):
        lines += _wrap(show_on_one_line(text), first="  - ", others="    ")
    return "\n".join(lines) + "\n"


def write_markdown(report: CheckReport, names: AreaNames) -> str:
    """In Markdown, where nothing of the checked text is markup."""
    title = escape_markdown(report.title) if report.title else "Figures checked"
    counts = [f"{mark.sign} {number} {mark.label}" for mark, number in count_claims(report)]
    blocks = [f"# {title}", f"{format_total(report)}{': ' if counts else ''}{' · '.join(counts)}."]
    blocks += [escape_markdown(format_days(report)), f"Snapshot `{report.snapshot_id}`."]
    for claim in report.claims:
        blocks += _write_claim_in_markdown(claim, names)
    blocks.append("## What was not checked")
    blocks.append("\n".join(f"- {escape_markdown(words)}" for words in (*report.notes, *LIMITS)))
    return "\n\n".join(blocks) + "\n"


def describe_check_report() -> dict[str, Any]:
    """The JSON Schema of a report in JSON, from the models that it is written from."""
    schema: dict[str, Any] = _load_json_format().describe_json()
    return schema


def _load_json_format() -> Any:
    # Its models need pydantic, which is loaded for this one format, and not by importing etl.
    return import_module("etl.checking.reports.json_format")


def _write_json(report: CheckReport, names: AreaNames) -> str:
    written: str = _load_json_format().write_json(report, names)
    return written


_WRITERS: dict[str, Callable[[CheckReport, AreaNames], str]] = {
    "text": write_text,
    "json": _write_json,
    "html": write_html,
    "markdown": write_markdown,
}
FORMATS = tuple(_WRITERS)


def escape_markdown(text: str) -> str:
    """A text on one line in which no character is markup."""
    return _MARKUP.sub(r"\\\g<0>", show_on_one_line(text))


def _write_claim_in_text(claim: CheckedClaim, names: AreaNames) -> list[str]:
    found = claim.found
    place = f"paragraph {found.paragraph}, characters {found.char_start} to {found.char_end}"
    heading = f"{claim.now.mark.sign} {claim.now.mark.label.upper()}"
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


def _write_claim_in_markdown(claim: CheckedClaim, names: AreaNames) -> list[str]:
    found = claim.found
    items = [
        f"- {line.label}: {f'`{line.words}`' if line.is_id else escape_markdown(line.words)}"
        for line in list_lines(claim, names)
    ]
    place = f"Paragraph {found.paragraph}, characters {found.char_start} to {found.char_end}"
    return [
        f"## {escape_markdown(str(claim.now.mark))}: “{escape_markdown(found.stated_as)}”",
        f"{place}.",
        "\n".join(items),
    ]
