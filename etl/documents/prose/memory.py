"""Memory: what a text has said so far, for sentences that lean on the ones before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from etl.documents.prose.indicators import find_last_weapon
from etl.documents.prose.measures import TARGET
from etl.documents.prose.origins import HEADING, Origin, carry
from etl.documents.prose.parsed_sentences import ParsedSentence
from etl.documents.prose.roles import PartyMemory
from etl.periods import Period

# Blocks of text over which a measure that is not named again is taken as the one named last. Paragraphs of
# news are one or two sentences: three of them keep to one subject (tuning texts).
SAME_SUBJECT = 3
ARMS_FAMILY, TRADE_FAMILY = "arms", "trade"


@dataclass
class Remembered:
    """A period or a measure, the block of text that it was said in and the sentence's first character."""

    block: int
    at: int = 0
    period: Period | None = None
    code: str | None = None
    is_heading: bool = False

    def find_origin(self, here: int) -> Origin:
        """How what is remembered comes to the sentence that begins at a character."""
        return carry(self.at, here=here, place=HEADING if self.is_heading else "")


@dataclass
class TextMemory:
    """The parties, periods, measures and weapons of a text up to the present sentence."""

    parties: PartyMemory
    published_on: date | None = None
    periods: dict[str, Remembered] = field(default_factory=dict)
    measures: dict[str, Remembered] = field(default_factory=dict)
    heading: Remembered | None = None
    weapon: str | None = None
    last_period: Remembered | None = None
    last_measure: Remembered | None = None
    lead: Remembered | None = None
    # Of what the percentage before was a part, and in which sentence.
    share_of: str | None = None
    share_at: int = -1
    # The present sentence: its block and its first character.
    block: int = 0
    at: int = 0

    @property
    def last_code(self) -> str | None:
        """What the figure before measured."""
        return None if self.last_measure is None else self.last_measure.code

    def recall_period(self, family: str) -> Remembered | None:
        """The period last spoken of in the same block, or in the line that heads it."""
        known = self.periods.get(family)
        # A period holds within its paragraph: the next may well speak of another year.
        if known is not None and known.block == self.block:
            return known
        return self.heading if self.heading is not None and self.heading.period is not None else None

    def recall_measure(self, kind: str, *, is_listed: bool = False) -> Remembered | None:
        """What figures of a kind last measured, in this block or the one before.

        A line of a list is of what the sentence above the list names.
        """
        known = self.measures.get(kind)
        # Unless a line of the list has named another measure since.
        if is_listed and self.lead is not None and (known is None or known.block <= self.lead.block):
            return self.lead
        if known is not None and self.block - known.block <= SAME_SUBJECT:
            return known
        return self.heading if self.heading is not None and self.heading.code is not None else None

    def keep_measure(self, code: str | None, *, kind: str, origin: Origin) -> None:
        """What a figure of a kind measured, and where that was said."""
        at = self.at if origin.at is None else origin.at
        self.last_measure = Remembered(self.block, at, code=code, is_heading=origin.is_of_heading)
        self.measures[kind] = self.last_measure

    def keep_period(self, period: Period, *, family: str) -> None:
        """A period that a figure was given for."""
        self.last_period = self.periods[family] = Remembered(self.block, self.at, period=period)

    def open_sentence(self, parsed: ParsedSentence) -> None:
        """What a sentence says for others: the one period of a sentence without figures, or a heading."""
        stated = list(dict.fromkeys(one.period for one in parsed.periods if one.period is not None))
        has_figures, block = bool(parsed.scene.quantities), parsed.sentence.block
        if block - self.block > SAME_SUBJECT:
            self.last_measure = None
        self.block, self.at = block, parsed.sentence.start
        # Two periods in one sentence leave open which of them the next sentence means.
        if len(stated) == 1 and not has_figures:
            for family in (ARMS_FAMILY, TRADE_FAMILY):
                self.keep_period(stated[0], family=family)
        codes = [cue.code for cue in parsed.cues if cue.code != TARGET]
        if not parsed.is_listed and not has_figures:
            self.lead = Remembered(block, self.at, code=codes[0]) if codes else None
        # A heading with a figure of its own is a headline and heads nothing.
        if not parsed.leads_in or (parsed.sentence.is_heading and has_figures):
            return
        self.heading = Remembered(
            block,
            self.at,
            period=stated[0] if len(stated) == 1 else None,
            code=codes[0] if codes else None,
            is_heading=True,
        )

    def close_sentence(self, parsed: ParsedSentence) -> None:
        """The parties and the weapon that a sentence leaves to the next."""
        areas = list(dict.fromkeys(mention.area for mention in parsed.parties))
        self.parties.named_at.update(dict.fromkeys(areas, self.at))
        # A supplier is what later sentences call "it"; the importer is remembered apart.
        subjects = [one.area for one in parsed.parties if "importer_after" not in one.roles]
        self.parties.last_party = subjects[-1] if subjects else self.parties.last_party
        if len(areas) == 2:
            self.parties.pair = (areas[0], areas[1])
        for mention in parsed.parties:
            if "importer_after" in mention.roles:
                self.parties.importer = mention.area
        self.weapon = find_last_weapon(parsed.scene.plain) or self.weapon
