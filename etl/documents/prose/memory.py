"""Memory: what a text has said so far, for sentences that lean on the ones before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from etl.documents.prose.roles import PartyMemory
from etl.periods import Period


# Blocks of text over which a measure that is not named again is taken as the one named last.
SAME_SUBJECT = 3


@dataclass
class Remembered:
    """A period or a measure and the block of text that it was said in."""

    block: int
    is_heading: bool
    period: Period | None = None
    code: str | None = None


@dataclass
class TextMemory:
    """The parties, periods, measures and weapons of a text up to the present sentence."""

    parties: PartyMemory
    published_on: date | None = None
    periods: dict[str, Remembered] = field(default_factory=dict)
    measures: dict[str, Remembered] = field(default_factory=dict)
    heading: Remembered | None = None
    weapon: str | None = None
    last_period: Period | None = None

    def recall_period(self, family: str, block: int) -> Period | None:
        """The period last spoken of in the same block, or in the line that heads it."""
        known = self.periods.get(family)
        if known is not None and known.block == block:
            return known.period
        return self.heading.period if self.heading is not None else None

    def recall_measure(self, kind: str, block: int) -> str | None:
        """What figures of a kind last measured, in this block or the one before."""
        known = self.measures.get(kind)
        if known is not None and block - known.block <= SAME_SUBJECT:
            return known.code
        return self.heading.code if self.heading is not None else None

    def keep_heading(self, *, block: int, period: Period | None, code: str | None) -> None:
        """A heading or a line that ends in a colon holds for what stands under it."""
        self.heading = Remembered(block, True, period, code)
