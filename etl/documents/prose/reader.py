"""The reader of prose: every figure of a text with what it measures, of whom, when, and how it is hedged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from etl.countries import AreaBook
from etl.documents.lexicon import Lexicon
from etl.documents.passages import split_paragraphs
from etl.documents.prose.figures import FigureReader
from etl.documents.prose.found import FoundClaim, Parties
from etl.documents.prose.measures import CueFinder
from etl.documents.prose.memory import TextMemory
from etl.documents.prose.repeats import adopt_periods
from etl.documents.prose.roles import PartyMemory
from etl.documents.prose.sentences import SentenceSplitter
from etl.documents.prose.statements import StatementParser


class ProseReader:
    """Reads figures out of prose with one lexicon and one book of areas; made once, used for many texts."""

    def __init__(self, *, lexicon: Lexicon, areas: AreaBook) -> None:
        cues = CueFinder(lexicon)
        self._splitter = SentenceSplitter(lexicon)
        self._parser = StatementParser(lexicon, areas, cues=cues)
        self._figures = FigureReader(lexicon, cues=cues)

    def read(
        self, text: str, *, published_on: date | None = None, homes: Sequence[Parties] = ()
    ) -> list[FoundClaim]:
        """Every figure that a text states, in its order.

        `published_on` resolves "last year"; `homes` are the relationships that a text may be about, consulted
        where it names one side and leaves the other to the reader.
        """
        statements = [
            self._parser.parse(sentence, published_on=published_on) for sentence in self._splitter.split(text)
        ]
        mentioned = frozenset(mention.area for one in statements for mention in one.parties)
        memory = TextMemory(PartyMemory(homes, mentioned), published_on=published_on)
        claims = [
            claim
            for one in statements
            for claim in self._figures.read_statement(one, text=text, memory=memory)
        ]
        return adopt_periods(_number_paragraphs(claims, text))


def _number_paragraphs(claims: Sequence[FoundClaim], text: str) -> list[FoundClaim]:
    starts = [paragraph.char_start for paragraph in split_paragraphs(text)]
    return [replace(claim, paragraph=bisect_right(starts, claim.char_start)) for claim in claims]
