"""A report as Markdown in which nothing of the checked text is markup."""

from __future__ import annotations

import re

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

# What opens a mark of Markdown anywhere in a line; the last two are what GitHub turns into links.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~!$@&^]|:(?=//)|(?<=www)\.", re.IGNORECASE)


def write_markdown(report: CheckReport, names: AreaNames) -> str:
    """The counts, then every figure in the order of the text, then what was not checked."""
    title = escape_markdown(report.title) if report.title else "Figures checked"
    counts = [
        f"{VERDICT_SIGNS[verdict]} {number} {VERDICTS.label(verdict)}"
        for verdict, number in count_claims(report)
    ]
    blocks = [f"# {title}", f"{format_total(report)}{': ' if counts else ''}{' · '.join(counts)}."]
    blocks += [escape_markdown(format_days(report)), f"Snapshot `{report.snapshot_id}`."]
    for claim in report.claims:
        blocks += _write_claim(claim, names)
    blocks.append("## What was not checked")
    blocks.append("\n".join(f"- {escape_markdown(words)}" for words in (*report.notes, *LIMITS)))
    return "\n\n".join(blocks) + "\n"


def escape_markdown(text: str) -> str:
    """A text on one line in which no character is markup."""
    return _MARKUP.sub(r"\\\g<0>", show_on_one_line(text))


def _write_claim(claim: CheckedClaim, names: AreaNames) -> list[str]:
    found = claim.found
    verdict = f"{VERDICT_SIGNS[claim.now.verdict]} {VERDICTS.label(claim.now.verdict)}"
    items = [
        f"- {line.label}: {f'`{line.words}`' if line.is_id else escape_markdown(line.words)}"
        for line in list_lines(claim, names)
    ]
    place = f"Paragraph {found.paragraph}, characters {found.char_start} to {found.char_end}"
    return [f"## {verdict}: “{escape_markdown(found.stated_as)}”", f"{place}.", "\n".join(items)]
