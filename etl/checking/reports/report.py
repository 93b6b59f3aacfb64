"""Reports: what checking a text gave, figure by figure, then and now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from etl.documents.prose import FoundClaim
from etl.vocabulary import SLIPS, VERDICT_MARKS, VERDICTS, VerdictMark, mark_verdict


@dataclass(frozen=True)
class Slip:
    """A likely slip: what the printed figure may be instead, with the observations that say so."""

    code: str
    sentence: str
    reference_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        SLIPS.entry(self.code)


@dataclass(frozen=True)
class MatchedSeries:
    """The series of a snapshot that a found claim was held against, and the unit it was held in."""

    indicator: str
    ref_area: str
    counterpart_area: str
    commodity: str
    unit_measure: str


@dataclass(frozen=True)
class CheckVerdict:
    """One verdict as of a day, in words and sums.

    `newest_period` and `newest_value` are what the newest period of the series has, in the unit of `matched`;
    `now_text` is the value of the reference, as a reader says it.
    """

    verdict: str
    reason: str
    as_of: date
    explanation: str
    arithmetic: str
    reference_ids: tuple[str, ...]
    newest_period: str | None
    newest_value: float | None
    now_text: str = ""

    def __post_init__(self) -> None:
        VERDICTS.entry(self.verdict)

    @property
    def mark(self) -> VerdictMark:
        """What a reader sees of it."""
        return mark_verdict(self.verdict, self.reason, now=self.now_text)


@dataclass(frozen=True)
class CheckedClaim:
    """One figure of a text, judged.

    `interval_low` and `interval_high` are what print and hedge allow; an open end is None, both are None
    where the print could not be read. `printing` is the verdict as known on the day the text came out, None
    where that day is unknown. `slips` are likely slips, best first. `matched` is None where nothing matched.
    """

    claim_id: str
    found: FoundClaim
    interval_low: float | None
    interval_high: float | None
    printing: CheckVerdict | None
    now: CheckVerdict
    slips: tuple[Slip, ...]
    matched: MatchedSeries | None = None


@dataclass(frozen=True)
class CheckReport:
    """A text and everything that was found in it, in the order of the text."""

    text: str
    kind: str
    title: str | None
    published_on: date | None
    as_of: date
    snapshot_id: str
    claims: tuple[CheckedClaim, ...]
    notes: tuple[str, ...]
    seconds: float

    def count_marks(self) -> dict[str, int]:
        """How many claims have each mark as of now, every mark among them, in the list's order."""
        counted = Counter(claim.now.mark.code for claim in self.claims)
        return {code: counted[code] for code in VERDICT_MARKS}
