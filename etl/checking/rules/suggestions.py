"""Suggestions: one likely slip with the observation that suggests it, and what it makes of a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from etl.checking.reports.report import Slip
from etl.judge.arithmetic import write_allowed, write_reference
from etl.judge.references import Claim, Reference, SeriesBook
from etl.judge.rulings import Ruling
from etl.judge.wording import join_sentences

# A reader weighs three; by PLAUSIBILITY whatever comes after them is the likelier chance.
MOST_SLIPS = 3
# From the likeliest slip of a pen to the one that is soonest found by chance.
PLAUSIBILITY = (
    "tiv_as_dollars",
    "rupees_as_dollars",
    "fiscal_year_as_calendar_year",
    "calendar_year_as_fiscal_year",
    "part_year_as_year",
    "year_as_part_year",
    "other_measure",
    "truncated",
    "wrong_scale",
    "wrong_window",
    "wrong_year",
    "digit_lost",
    "other_party",
)
# Slips of label or unit alone: the figure itself is right, so it is not comparable and never contradicted.
RIGHT_FIGURES = {
    "tiv_as_dollars": "wrong_unit",
    "rupees_as_dollars": "wrong_unit",
    "fiscal_year_as_calendar_year": "wrong_period_label",
    "calendar_year_as_fiscal_year": "wrong_period_label",
    "part_year_as_year": "part_year",
    "year_as_part_year": "wrong_period_label",
}


@dataclass(frozen=True)
class Suggestion:
    """What a figure may be instead."""

    code: str
    sentence: str
    reference: Reference

    @property
    def slip(self) -> Slip:
        """The suggestion as a report shows it."""
        return Slip(self.code, self.sentence, (self.reference.obs_id,))


def rank_suggestions(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """The likeliest suggestions, one of each kind."""
    first: dict[str, Suggestion] = {}
    for one in sorted(suggestions, key=lambda one: PLAUSIBILITY.index(one.code)):
        first.setdefault(one.code, one)
    return list(first.values())[:MOST_SLIPS]


def soften_ruling(
    ruling: Ruling, suggestions: Sequence[Suggestion], *, claim: Claim, book: SeriesBook
) -> Ruling:
    """The ruling once slips are known: what is right but for its label or unit is not contradicted."""
    for one in suggestions:
        reason = RIGHT_FIGURES.get(one.code)
        if reason and ruling.verdict in {"contradicted", "unresolved"}:
            found = write_reference(one.reference, book=book, claim=claim)
            return replace(
                ruling,
                verdict="not_comparable",
                reason=reason,
                reference=one.reference,
                references=(one.reference, *ruling.references),
                explanation=join_sentences(
                    one.sentence, ruling.explanation if ruling.verdict == "contradicted" else ""
                ),
                arithmetic=f"{found}; {write_allowed(claim)}",
            )
    return ruling
