"""Origins: each slot says whether its sentence states it, a named place carries it, or nothing does."""

from __future__ import annotations

from etl.documents.prose import FoundClaim, Parties
from tests.documents.prose.reading import DAY, open_reader, read, read_one


def list_origins(claim: FoundClaim) -> dict[str, str]:
    """Each slot with its origin in words."""
    return {slot: str(origin) for slot, origin in claim.origins.items()}


def test_what_the_sentence_says_is_stated() -> None:
    claim = read_one("India's imports from Russia were $61.2 billion in 2023-24.")

    assert list_origins(claim) == {"measure": "stated", "parties": "stated", "period": "stated"}


def test_what_the_sentence_before_says_is_carried_from_its_paragraph() -> None:
    _, claim = read(
        "India's imports from Russia were $46 billion in 2022-23.\n\nIn 2023-24 it was $61.2 billion."
    )

    assert list_origins(claim) == {
        "measure": "carried from paragraph 1",
        "parties": "carried from paragraph 1",
        "period": "stated",
    }


def test_what_nothing_says_is_assumed() -> None:
    claim = read_one("Russia sold India goods worth $61.2 billion.")

    assert claim.origins.period.how == "assumed"


def test_the_parties_of_a_dossier_are_carried_from_it() -> None:
    (claim,) = open_reader().read(
        "Two-way goods trade reached $65.7 billion in 2023-24.",
        published_on=DAY,
        homes=[Parties("IND", "RUS")],
        given=Parties("IND", "RUS"),
    )

    assert list_origins(claim)["parties"] == "carried from the dossier"
