"""The reader of prose: every figure of a text with what it measures, of whom, when, and how it is hedged."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from etl.countries import AreaBook
from etl.documents.lexicon import Lexicon, flatten
from etl.documents.passages import split_paragraphs
from etl.documents.prose.figures import FigureReader
from etl.documents.prose.found import FoundClaim, Parties
from etl.documents.prose.measures import CueFinder
from etl.documents.prose.memory import TextMemory
from etl.documents.prose.origins import CARRIED, STATED, Origin, Origins
from etl.documents.prose.parsed_sentences import ParsedSentence, SentenceParser
from etl.documents.prose.period_builders import PRESENT
from etl.documents.prose.roles import PartyMemory
from etl.documents.prose.sentences import SentenceSplitter
from etl.periods import Period


class ProseReader:
    """Reads figures out of prose with one lexicon and one book of areas; made once, used for many texts."""

    def __init__(self, *, lexicon: Lexicon, areas: AreaBook) -> None:
        self._lexicon, self._areas = lexicon, areas
        self._institutions = {
            area: lexicon.compile_each("institutions", area) for area in lexicon.entries["institutions"]
        }
        cues = CueFinder(lexicon)
        self._splitter = SentenceSplitter(lexicon)
        self._parser = SentenceParser(lexicon, areas, cues=cues)
        self._figures = FigureReader(lexicon, cues=cues)

    def read(
        self,
        text: str,
        *,
        published_on: date | None = None,
        homes: Sequence[Parties] = (),
        given: Parties | None = None,
    ) -> list[FoundClaim]:
        """Every figure that a text states, in its order.

        `published_on` resolves "last year"; `homes` are the relationships that a text may be about, consulted
        where it names one side and leaves the other to the reader. `given` is the one that it is known to be
        about, also where it names neither.
        """
        if self._prints_other_decimals(text):
            claims = self._of_other_decimals.read(text, published_on=published_on, homes=homes, given=given)
            return [replace(claim, read_as=_swap_marks(claim.read_as)) for claim in claims]
        parsed = self._parse(text, published_on=published_on)
        # Who is named anywhere decides which relationship a text is about, also for sentences before the
        # name.
        mentioned = _list_areas(parsed) | self._list_speakers(text)
        memory = TextMemory(PartyMemory(homes, mentioned, given), published_on=published_on)
        claims = [
            claim for one in parsed for claim in self._figures.read_sentence(one, text=text, memory=memory)
        ]
        return _adopt_periods(_number_paragraphs(claims, text))

    def _prints_other_decimals(self, text: str) -> bool:
        """Whether a text prints "9,87 billion" and never "9.87": one mark for all its numbers."""
        plain = flatten(text)
        has_other = self._lexicon.has_other_decimals.search(plain) is not None
        return has_other and self._lexicon.own_decimals.search(plain) is None

    @cached_property
    def _of_other_decimals(self) -> ProseReader:
        return ProseReader(lexicon=self._lexicon.swap_decimals(), areas=self._areas)

    def list_areas(self, text: str) -> frozenset[str]:
        """Every area that a text names."""
        return _list_areas(self._parse(text))

    def _list_speakers(self, text: str) -> frozenset[str]:
        """The areas whose institutions a text speaks for."""
        return frozenset(
            area for area, patterns in self._institutions.items() if any(one.search(text) for one in patterns)
        )

    def _parse(self, text: str, *, published_on: date | None = None) -> list[ParsedSentence]:
        sentences = self._splitter.split(text)
        return [self._parser.parse(sentence, published_on=published_on) for sentence in sentences]


def _swap_marks(printed: str) -> str:
    return printed.translate(str.maketrans(".,", ",."))


def _list_areas(parsed: Sequence[ParsedSentence]) -> frozenset[str]:
    return frozenset(mention.area for one in parsed for mention in one.parties)


def _number_paragraphs(claims: Sequence[FoundClaim], text: str) -> list[FoundClaim]:
    starts = [paragraph.char_start for paragraph in split_paragraphs(text)]

    def name(origin: Origin) -> Origin:
        if origin.how != CARRIED or origin.at is None:
            return origin
        place = f"paragraph {bisect_right(starts, origin.at)}"
        return replace(origin, place=f"{origin.place}, {place}" if origin.place else place)

    return [
        replace(
            claim,
            paragraph=bisect_right(starts, claim.char_start),
            origins=Origins(**{slot: name(origin) for slot, origin in claim.origins.items()}),
        )
        for claim in claims
    ]


def _adopt_periods(claims: Sequence[FoundClaim]) -> list[FoundClaim]:
    """The claims, with a period for each that has none and stands elsewhere in the text with exactly one."""
    # The same figure with another supplier is another claim, so the partner is part of its name.
    stated: defaultdict[tuple[object, ...], set[Period]] = defaultdict(set)
    for claim in claims:
        if claim.period.basis != PRESENT.basis:
            stated[_name_figure(claim)].add(claim.period)
    return [_adopt(claim, stated.get(_name_figure(claim), set())) for claim in claims]


def _adopt(claim: FoundClaim, periods: set[Period]) -> FoundClaim:
    is_dated = claim.period.basis != PRESENT.basis
    if (
        is_dated
        or claim.origins.period.how == STATED
        or claim.indicator is None
        or claim.is_change
        or len(periods) != 1
    ):
        return claim
    # Two different periods elsewhere leave open which one is meant.
    (period,) = periods
    reading = f"No period stands here; the same figure is given for {period.label} elsewhere in the text."
    origins = replace(claim.origins, period=Origin(CARRIED, "the same figure elsewhere"))
    return replace(claim, period=period, readings=(*claim.readings, reading), origins=origins)


def _name_figure(claim: FoundClaim) -> tuple[object, ...]:
    return claim.indicator, claim.value, claim.unit_measure, claim.counterpart_area
