"""Memory: what a text has said so far, for sentences that lean on the ones before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from etl.documents.prose.indicators import find_last_weapon
from etl.documents.prose.measures import TARGET
from etl.documents.prose.parsed_sentences import ParsedSentence
from etl.documents.prose.roles import PartyMemory
from etl.periods import Period

# Blocks of text over which a measure that is not named again is taken as the one named last. Paragraphs of
# news are one or two sentences: three of them keep to one subject (tuning texts).
SAME_SUBJECT = 3
ARMS_FAMILY, TRADE_FAMILY = "arms", "trade"


@dataclass
class Remembered:
    """A period or a measure and the block of text that it was said in."""

    block: int
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
    last_code: str | None = None
    lead: Remembered | None = None
    _last_block: int = 0

    def recall_period(self, family: str, block: int) -> Period | None:
        """The period last spoken of in the same block, or in the line that heads it."""
        known = self.periods.get(family)
        # A period holds within its paragraph: the next may well speak of another year.
        if known is not None and known.block == block:
            return known.period
        return self.heading.period if self.heading is not None else None

    def recall_measure(self, kind: str, block: int, *, is_listed: bool = False) -> str | None:
        """What figures of a kind last measured, in this block or the one before.

        A line of a list is of what the sentence above the list names.
        """
        known = self.measures.get(kind)
        # Unless a line of the list has named another measure since.
        if is_listed and self.lead is not None and (known is None or known.block <= self.lead.block):
            return self.lead.code
        if known is not None and block - known.block <= SAME_SUBJECT:
            return known.code
        return self.heading.code if self.heading is not None else None

    def keep_measure(self, code: str | None, *, kind: str, block: int) -> None:
        """What a figure of a kind measured."""
        self.measures[kind] = Remembered(block, code=code)
        self.last_code = code

    def keep_period(self, period: Period, *, family: str, block: int) -> None:
        """A period that a figure was given for."""
        self.periods[family] = Remembered(block, period=period)
        self.last_period = period

    def open_sentence(self, parsed: ParsedSentence) -> None:
        """What a sentence says for others: the one period of a sentence without figures, or a heading."""
        stated = list(dict.fromkeys(one.period for one in parsed.periods if one.period is not None))
        has_figures, block = bool(parsed.scene.quantities), parsed.sentence.block
        if block - self._last_block > SAME_SUBJECT:
            self.last_code = None
        self._last_block = block
        # Two periods in one sentence leave open which of them the next sentence means.
        if len(stated) == 1 and not has_figures:
            for family in (ARMS_FAMILY, TRADE_FAMILY):
                self.keep_period(stated[0], family=family, block=block)
        codes = [cue.code for cue in parsed.cues if cue.code != TARGET]
        if not parsed.is_listed and not has_figures:
            self.lead = Remembered(block, code=codes[0]) if codes else None
        # A heading with a figure of its own is a headline and heads nothing.
        if not parsed.leads_in or (parsed.sentence.is_heading and has_figures):
            return
        self.heading = Remembered(
            block, period=stated[0] if len(stated) == 1 else None, code=codes[0] if codes else None
        )

    def close_sentence(self, parsed: ParsedSentence) -> None:
        """The parties and the weapon that a sentence leaves to the next."""
        areas = list(dict.fromkeys(mention.area for mention in parsed.parties))
        # A supplier is what later sentences call "it"; the importer is remembered apart.
        subjects = [one.area for one in parsed.parties if "importer_after" not in one.roles]
        self.parties.last_party = subjects[-1] if subjects else self.parties.last_party
        if len(areas) == 2:
            self.parties.pair = (areas[0], areas[1])
        for mention in parsed.parties:
            if "importer_after" in mention.roles:
                self.parties.importer = mention.area
        self.weapon = find_last_weapon(parsed.scene.plain) or self.weapon
