"""Parsed sentences: each with everything that was found in it, before anything is tied together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from etl.countries import AreaBook
from etl.documents.lexicon import Lexicon
from etl.documents.prose.binding import Scene, SceneBuilder
from etl.documents.prose.measures import ARMS, Cue, CueFinder
from etl.documents.prose.party_mentions import PartyFinder, PartyMention
from etl.documents.prose.period_choice import SAME
from etl.documents.prose.period_mentions import WINDOW, PeriodFinder, PeriodMention
from etl.documents.prose.quantities import QuantityFinder
from etl.documents.prose.quantity_forms import COUNT, VOLUME
from etl.documents.prose.sentences import Places, Sentence
from etl.vocabulary.series_codes import WORLD

ARMS_VOLUME = "arms_import_volume"
_LISTED = re.compile(r"\s*(?:[-*\u2022\u2023]|\d{1,2}[.)])\s")
_LEAD_IN = re.compile(r":[*_ ]*$")


@dataclass(frozen=True)
class ParsedSentence:
    """One sentence with everything that was found in it; places count from its start.

    `leads_in` says that it holds for what stands under it: a heading, or a line that ends in a colon.
    `is_listed` says that it is a line of a list.
    """

    sentence: Sentence
    scene: Scene
    periods: tuple[PeriodMention, ...]
    parties: tuple[PartyMention, ...]
    cues: tuple[Cue, ...]
    leads_in: bool
    is_listed: bool
    begins_with_pronoun: bool = False
    worlds: tuple[PartyMention, ...] = ()
    has_goods: bool = False

    @cached_property
    def speaks_of_arms(self) -> bool:
        """Whether anything in it is about arms."""
        has_cue = any(cue.code in {ARMS, ARMS_VOLUME} for cue in self.cues)
        return has_cue or any(one.kind == VOLUME for one in self.scene.quantities)

    @property
    def has_window(self) -> bool:
        """Whether it speaks of five years together, as statistics of arms do."""
        return any(one.period is not None and one.period.basis == WINDOW for one in self.periods)

    @property
    def says_same(self) -> bool:
        """Whether it speaks of "the same period"."""
        return any(one.kind == SAME for one in self.periods)

    @property
    def flow(self) -> str | None:
        """The flow that it names first."""
        return next((cue.code for cue in self.cues if cue.code in {"exports", "imports"}), None)


class SentenceParser:
    """Finds figures, periods, parties and measures in sentences."""

    def __init__(self, lexicon: Lexicon, areas: AreaBook, *, cues: CueFinder) -> None:
        self._quantities = QuantityFinder(lexicon)
        self._periods = PeriodFinder(lexicon)
        self._parties = PartyFinder(lexicon, areas)
        self._cues = cues
        self._scenes = SceneBuilder(lexicon)
        self._masks = lexicon.compile_each("masks", "patterns")
        pronouns = lexicon.join_phrases("pronouns", "parties")
        self._worlds = lexicon.compile_phrases("groups", "world")
        self._goods = lexicon.compile_phrases("groups", "goods")
        self._pronouns = lexicon.compile(rf"\W*{pronouns}(?!\w)", used="pronouns.parties")

    def parse(self, sentence: Sentence, *, published_on: date | None) -> ParsedSentence:
        """Everything that a sentence holds."""
        plain = sentence.plain
        masked = [match.span() for pattern in self._masks for match in pattern.finditer(plain)]
        # Periods before figures: "2009-13" is no number, and "by 2030" no amount.
        dated = self._periods.find(plain, published_on=published_on, taken=masked)
        # A bare year may be a number after all ("2,000 systems", "1950 tanks"), so it gives way to a figure.
        firm = [(one.start, one.end) for one in dated if one.kind != "year"]
        quantities = self._quantities.find(plain, taken=[(0, sentence.lead), *masked, *firm])
        # A period inside a figure was its number.
        read = Places(len(plain), ((one.start, one.end) for one in quantities))
        # A currency's country is no party; the noun of a count may well be a cue.
        money = [(one.start, one.end) for one in quantities if one.kind != COUNT]
        leads_in = sentence.is_heading or _LEAD_IN.search(plain) is not None
        # What is measured matters where there are figures, here or below.
        cues = self._cues.find(plain, taken=money) if quantities or leads_in or sentence.is_last else []
        return ParsedSentence(
            sentence,
            self._scenes.build(plain, quantities),
            tuple(one for one in dated if read.is_free(one.start, one.end)),
            tuple(self._parties.find(plain, taken=money)),
            tuple(cues),
            leads_in,
            _LISTED.match(plain) is not None,
            self._pronouns.match(plain) is not None,
            tuple(PartyMention(*one.span(), WORLD, frozenset()) for one in self._worlds.finditer(plain)),
            self._goods.search(plain) is not None,
        )
