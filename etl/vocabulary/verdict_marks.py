"""Marks: what a reader sees of a verdict with its reason, a sign and a word, in every output alike."""

from __future__ import annotations

from dataclasses import dataclass, replace

from etl.vocabulary.judgement import MARKS, REASONS, VERDICTS

# A verdict is never a colour alone: its sign stands with its word.
_SIGNS = {
    "supported": "\u2713",
    "supported_roughly": "\u2248",
    "superseded": "\u21bb",
    "not_comparable": "\u2260",
    "contradicted": "\u2715",
    "unresolved": "?",
}


@dataclass(frozen=True)
class VerdictMark:
    """The code by which figures are counted, filtered and coloured, its sign and its words."""

    code: str
    sign: str
    label: str

    def __str__(self) -> str:
        return f"{self.sign} {self.label}"

    @property
    def class_name(self) -> str:
        """The code as style sheets have it."""
        return self.code.replace("_", "-")


VERDICT_MARKS = {entry.code: VerdictMark(entry.code, _SIGNS[entry.code], entry.label) for entry in MARKS}


def mark_verdict(verdict: str, reason: str, *, now: str = "") -> VerdictMark:
    """The mark of a verdict with its reason; `now` is the newest value where a print has been overtaken.

    Raises: UnknownVocabularyError for a verdict or reason that is not listed.
    """
    entry = REASONS.entry(reason)
    VERDICTS.entry(verdict)
    if verdict == "supported" and entry.meaning in VERDICT_MARKS:
        return VERDICT_MARKS[entry.meaning]
    mark = VERDICT_MARKS[verdict]
    # The publisher printed nothing else: what differs is a sum of ours, and the words may not say more.
    if reason == "recomputed_since":
        return replace(mark, label=f"as printed, now {now}" if now else entry.label)
    return mark
