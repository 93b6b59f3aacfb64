"""One reader for all tests of prose, and short ways to ask it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from etl.countries import load_areas
from etl.documents.lexicon import load_lexicon
from etl.documents.prose import FoundClaim, Parties, ProseReader
from tests.conftest import DATASETS

DAY = date(2025, 12, 5)
HOMES = (Parties("IND", "RUS"), Parties("PAK", "CHN"))


@lru_cache(maxsize=1)
def open_reader() -> ProseReader:
    """The reader of English prose, with the project's own areas."""
    return ProseReader(lexicon=load_lexicon(), areas=load_areas(DATASETS))


def read(text: str, *, day: date | None = DAY, homes: Sequence[Parties] = HOMES) -> list[FoundClaim]:
    """Every claim of a text."""
    return open_reader().read(text, published_on=day, homes=homes)


def read_one(text: str, *, day: date | None = DAY) -> FoundClaim:
    """The only claim of a text."""
    claims = read(text, day=day)
    assert len(claims) == 1, [claim.stated_as for claim in claims]
    return claims[0]


def list_stated(text: str) -> list[str]:
    """The figures of a text as they are printed."""
    return [claim.stated_as for claim in read(text)]


def list_periods(text: str) -> list[str]:
    """The periods of a text's figures, in the order of the figures."""
    return [claim.period.label for claim in read(text)]
