"""Code lists: the only values that coded columns may hold, each with the words a reader sees.

`code_list` is what a list is, `measurement` has those of statistics (indicators, units, bases, statuses)
and `judgement` those of checking (verdicts, reasons, slips, hedges); `verdict_marks` makes of a verdict with
its reason what readers see. `LISTS` below has them by column;
tables are checked against it, and pages take their words from `label`.
"""

from __future__ import annotations

from etl.vocabulary.code_list import Code, CodeList, UnknownVocabularyError
from etl.vocabulary.judgement import (
    DATE_PRECISIONS,
    DEAL_STATUSES,
    HEDGES,
    KNOWN_BASES,
    MARKS,
    REASONS,
    SLIPS,
    TOPICS,
    VERDICTS,
    VINTAGE_PRECISIONS,
)
from etl.vocabulary.measurement import (
    COMPLETENESSES,
    CONFIDENCES,
    FREQUENCIES,
    INDICATORS,
    MISSING_STATUSES,
    OBS_STATUSES,
    PERIOD_BASES,
    PRICE_BASES,
    UNITS,
    VALUATIONS,
)
from etl.vocabulary.verdict_marks import VERDICT_MARKS, VerdictMark, mark_verdict

__all__ = [
    "COMPLETENESSES",
    "CONFIDENCES",
    "DATE_PRECISIONS",
    "DEAL_STATUSES",
    "FREQUENCIES",
    "HEDGES",
    "INDICATORS",
    "KNOWN_BASES",
    "LISTS",
    "MARKS",
    "MISSING_STATUSES",
    "OBS_STATUSES",
    "PERIOD_BASES",
    "PRICE_BASES",
    "REASONS",
    "SLIPS",
    "TOPICS",
    "UNITS",
    "VALUATIONS",
    "VERDICTS",
    "VERDICT_MARKS",
    "VINTAGE_PRECISIONS",
    "Code",
    "CodeList",
    "UnknownVocabularyError",
    "VerdictMark",
    "label",
    "list_codes",
    "mark_verdict",
]

LISTS = {
    codes.name: codes
    for codes in (
        INDICATORS,
        PERIOD_BASES,
        UNITS,
        VALUATIONS,
        PRICE_BASES,
        OBS_STATUSES,
        FREQUENCIES,
        HEDGES,
        VERDICTS,
        REASONS,
        MARKS,
        SLIPS,
        TOPICS,
        DEAL_STATUSES,
        DATE_PRECISIONS,
        VINTAGE_PRECISIONS,
        KNOWN_BASES,
        CONFIDENCES,
        COMPLETENESSES,
    )
}


def label(code_list: str, code: str) -> str:
    """Words for a code of a list, such as "verdict" and "not_comparable".

    Raises: UnknownVocabularyError for an unknown list or code.
    """
    return _find_list(code_list).label(code)


def list_codes(code_list: str) -> list[Code]:
    """All entries of a list, in its order.

    Raises: UnknownVocabularyError for an unknown list.
    """
    return list(_find_list(code_list))


def _find_list(name: str) -> CodeList:
    if name not in LISTS:
        raise UnknownVocabularyError(f"no code list {name!r}. Known: {', '.join(LISTS)}.")
    return LISTS[name]
