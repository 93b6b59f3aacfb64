"""What a report says of one figure, line by line, the same in every format that people read."""

from __future__ import annotations

from dataclasses import dataclass

from etl.checking.report import CheckedClaim, CheckVerdict
from etl.checking.report_words import AreaNames, describe_reading, format_newest, format_slip, format_verdict
from etl.checking.shown_text import show_on_one_line
from etl.formatting import format_day


@dataclass(frozen=True)
class ReportLine:
    """One line: its label, and words that are safe to show; `is_id` says that they are the id of a row."""

    label: str
    words: str
    is_id: bool = False


def list_lines(claim: CheckedClaim, names: AreaNames) -> list[ReportLine]:
    """How a figure was read, its verdicts now and then with their sums, and what may have slipped."""
    found, reading = claim.found, describe_reading(claim, names)
    lines = [ReportLine("In the text", f"“{reading.sentence}”"), ReportLine("Read as", str(reading))]
    if found.attributed_to:
        lines.append(ReportLine("Said by", show_on_one_line(found.attributed_to)))
    lines += [ReportLine("Inferred", show_on_one_line(words)) for words in found.readings]
    lines += _list_now(claim, claim.now)
    if claim.printing is not None:
        lines += _list_then(claim.printing, now=claim.now)
    for slip in claim.slips:
        lines.append(ReportLine("Suggestion", f"{format_slip(slip.code)}: {show_on_one_line(slip.sentence)}"))
    return lines


def _list_now(claim: CheckedClaim, now: CheckVerdict) -> list[ReportLine]:
    lines = [ReportLine("Now", format_verdict(now)), ReportLine("Why", show_on_one_line(now.explanation))]
    if now.arithmetic:
        lines.append(ReportLine("Sum", show_on_one_line(now.arithmetic)))
    newest = format_newest(claim, now)
    if newest:
        lines.append(ReportLine("Newest", newest))
    return lines + [ReportLine("Held against", row_id, is_id=True) for row_id in now.reference_ids]


def _list_then(then: CheckVerdict, *, now: CheckVerdict) -> list[ReportLine]:
    """The verdict of the day of printing: its words where it is another one, its sum where that differs."""
    lines = [ReportLine("Then", f"{format_verdict(then)}, as known on {format_day(then.as_of)}")]
    if then.verdict != now.verdict:
        lines.append(ReportLine("Why", show_on_one_line(then.explanation)))
    if then.arithmetic and then.arithmetic != now.arithmetic:
        lines.append(ReportLine("Sum", show_on_one_line(then.arithmetic)))
    return lines
