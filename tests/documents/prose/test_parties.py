"""Parties are read by name, adjective and capital, and each in its role."""

from __future__ import annotations

import pytest

from etl.countries import load_areas
from etl.documents.lexicon import flatten, load_lexicon
from etl.documents.prose.party_mentions import PartyFinder
from tests.conftest import DATASETS
from tests.documents.prose.reading import HOMES, read, read_one


@pytest.mark.parametrize(
    "sentence",
    [
        "Russia accounted for 36 per cent of India's arms imports in 2019-23.",
        "Russia supplied 36 per cent of Indian arms imports in 2019-23.",
        "India bought 36 per cent of its arms from Russia in 2019-23.",
        "India imported 36 per cent of its major arms from Russia in 2019-23.",
        "India sourced 36 per cent of its weapons from Moscow in 2019-23.",
        "Moscow's share of New Delhi's arms imports was 36 per cent in 2019-23.",
        "Russian arms made up 36 per cent of India's arms imports in 2019-23.",
        "Of India's arms imports in 2019-23, 36 per cent came from Russia.",
        "Some 36 per cent of India's weapons imports came from Russia in 2019-23.",
        "Russia was India's largest arms supplier in 2019-23, with 36 per cent of imports.",
        "India's dependence on Russia for arms imports was 36 per cent in 2019-23.",
        "Arms from Russia were 36 per cent of those that India imported in 2019-23.",
    ],
)
def test_importer_and_supplier_are_told_apart(sentence: str) -> None:
    claim = read_one(sentence)
    assert (claim.indicator, claim.ref_area, claim.counterpart_area) == ("arms_import_share", "IND", "RUS")


def test_each_supplier_of_a_list_has_its_own_share() -> None:
    claims = read(
        "The main suppliers of India's arms imports in 2019-23 were Russia (36 per cent), France "
        "(33 per cent) and the United States (13 per cent)."
    )
    assert [(one.counterpart_area, int(one.value)) for one in claims] == [
        ("RUS", 36),
        ("FRA", 33),
        ("USA", 13),
    ]
    assert {one.ref_area for one in claims} == {"IND"}


def test_two_importers_of_one_text_are_kept_apart() -> None:
    claims = read(
        "Russia supplied 36 per cent of India's arms imports in 2019-23. "
        "China supplied 82 per cent of Pakistan's arms imports in 2019-23."
    )
    assert [(one.ref_area, one.counterpart_area) for one in claims] == [("IND", "RUS"), ("PAK", "CHN")]


@pytest.mark.parametrize(
    ("sentence", "indicator", "reporter", "partner"),
    [
        ("India's exports to Russia were $4.9 billion in 2024-25.", "exports", "IND", "RUS"),
        ("India exported goods worth $4.9 billion to Russia in 2024-25.", "exports", "IND", "RUS"),
        ("Indian exports to Russia reached $4.9 billion in 2024-25.", "exports", "IND", "RUS"),
        ("India's imports from Russia were $63.8 billion in 2024-25.", "imports", "IND", "RUS"),
        ("India imported goods worth $63.8 billion from Russia in 2024-25.", "imports", "IND", "RUS"),
        ("New Delhi's imports from Moscow were $63.8 billion in 2024-25.", "imports", "IND", "RUS"),
        ("Russia's exports to India were $66 billion in 2023.", "exports", "RUS", "IND"),
    ],
)
def test_who_reports_a_flow_and_with_whom_is_read(
    sentence: str, indicator: str, reporter: str, partner: str
) -> None:
    claim = read_one(sentence)
    assert (claim.indicator, claim.ref_area, claim.counterpart_area) == (indicator, reporter, partner)


@pytest.mark.parametrize(
    "sentence",
    [
        "Trade between India and Russia was $68.7 billion in 2024-25.",
        "Trade between Russia and India was $68.7 billion in 2024-25.",
        "India-Russia trade was $68.7 billion in 2024-25.",
        "Indo-Russian trade was $68.7 billion in 2024-25.",
        "India's trade with Russia was $68.7 billion in 2024-25.",
        "New Delhi and Moscow did $68.7 billion of trade in 2024-25.",
    ],
)
def test_two_sides_of_a_trade_stand_in_the_order_of_their_dossier(sentence: str) -> None:
    claim = read_one(sentence)
    assert (claim.indicator, claim.ref_area, claim.counterpart_area) == ("bilateral_trade", "IND", "RUS")


def test_a_side_that_is_not_named_is_the_one_that_the_text_is_about() -> None:
    claims = read("India and Russia met. Bilateral trade was $68.7 billion in 2024-25.")
    assert [(one.ref_area, one.counterpart_area) for one in claims] == [("IND", "RUS")]


def test_no_party_is_made_up() -> None:
    claim = read("Bilateral trade was $68.7 billion in 2024-25.", homes=())[0]
    assert (claim.ref_area, claim.counterpart_area) == (None, None)


def test_a_dossier_that_a_text_does_not_name_is_not_read_into_it() -> None:
    claims = read("Bilateral trade was $68.7 billion in 2024-25.", homes=HOMES)
    assert [(one.ref_area, one.counterpart_area) for one in claims] == [(None, None)]


def test_who_levies_a_tariff_and_on_whom_is_read() -> None:
    claim = read_one("The United States imposed a 50 per cent tariff on Indian goods in August 2025.")
    assert (claim.indicator, claim.ref_area, claim.counterpart_area) == ("tariff_rate", "USA", "IND")


@pytest.mark.parametrize("name", ["the Indian Ocean", "the Indian Express", "the Washington Post"])
def test_a_name_that_holds_the_name_of_a_country_is_no_party(name: str) -> None:
    claim = read_one(f"Trade between Pakistan and China was $23 billion in 2023, {name} wrote.")
    assert (claim.ref_area, claim.counterpart_area) == ("PAK", "CHN")


def test_a_word_that_is_spelled_like_a_country_is_none() -> None:
    claim = read_one("It told us that trade between India and Russia was $68.7 billion in 2024-25.")
    assert claim.counterpart_area == "RUS"


@pytest.mark.parametrize(
    "name",
    ["U.S.", "US", "U.K.", "United  States", "South-Korea", "Cote d'Ivoire", "Guinea-Bissau", "Viet Nam"],
)
def test_a_party_is_read_in_its_odd_spellings_too(name: str) -> None:
    claim = read_one(f"India's exports to {name} were $5 billion in 2024.")
    assert claim.counterpart_area in {"USA", "GBR", "KOR", "CIV", "GNB", "VNM"}


def test_every_name_of_a_state_is_read_as_that_state() -> None:
    areas = load_areas(DATASETS)
    finder = PartyFinder(load_lexicon(), areas)
    states = [entry for entry in areas.areas.values() if entry.kind == "country"]
    assert len(states) > 150
    for entry in states:
        found = finder.find(flatten(entry.label), taken=[])
        assert [mention.area for mention in found] == [entry.area], entry.label
