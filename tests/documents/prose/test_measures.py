"""What a figure measures is read from the words of its own statement."""

from __future__ import annotations

import pytest

from tests.documents.prose.reading import list_stated, read, read_one


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("Trade between India and Russia was $68.7 billion in 2024-25.", "bilateral_trade"),
        ("Two-way trade between India and Russia was $68.7 billion in 2024-25.", "bilateral_trade"),
        ("India-Russia trade turnover was $68.7 billion in 2024-25.", "bilateral_trade"),
        ("India's exports to Russia were $4.9 billion in 2024-25.", "exports"),
        ("India's imports from Russia were $63.8 billion in 2024-25.", "imports"),
        ("India's trade deficit with Russia was $58.9 billion in 2024-25.", "trade_balance"),
        ("India's crude oil imports from Russia were $50 billion in 2024-25.", "crude_oil_imports"),
        ("India bought Russian crude worth $50 billion in 2024-25.", "crude_oil_imports"),
        ("India and Russia set a trade target of $100 billion by 2030.", "trade_target"),
        ("India and Russia aim to raise trade to $100 billion by 2030.", "trade_target"),
        ("India and Russia want to reach $100 billion in trade by 2030.", "trade_target"),
        ("Russia's share of India's arms imports was 36 per cent in 2019-23.", "arms_import_share"),
        ("India signed a $5.43 billion contract for the S-400 with Russia in 2018.", "contract_value"),
        ("India signed a deal with Russia for S-400 systems worth $5.43 billion.", "contract_value"),
        ("India's defence budget was $75 billion in 2024-25.", "military_expenditure"),
        ("The United States put a tariff of 50 per cent on Indian goods.", "tariff_rate"),
        ("India accounted for 8.3 per cent of global arms imports in 2020-24.", "world_arms_import_share"),
        ("India took 38 per cent of Russia's arms exports in 2020-24.", "arms_export_share"),
        ("Russia accounted for 7.8 per cent of global arms exports in 2020-24.", "world_arms_export_share"),
        ("Russia supplied 36 per cent of India's crude oil imports in 2023.", "crude_oil_import_share"),
        ("India and Russia signed 19 agreements on Friday.", "agreement_count"),
        ("India ordered five S-400 regiments from Russia in 2018.", "units_ordered"),
        ("Russia has delivered three S-400 regiments to India.", "units_delivered"),
        ("Two S-400 regiments are still pending from Russia.", "units_pending"),
    ],
)
def test_what_a_figure_measures_is_named(sentence: str, indicator: str) -> None:
    assert read_one(sentence).indicator == indicator


@pytest.mark.parametrize(
    "sentence",
    [
        "India's GDP is $3.4 trillion.",
        "Russia invested $20 billion in Indian refineries.",
        "Remittances from Russia came to $5 billion in 2024.",
        "Inflation stood at 5 per cent in 2024.",
        "India's reserves were $600 billion in 2024.",
    ],
)
def test_what_no_statistics_here_hold_is_found_and_not_named(sentence: str) -> None:
    assert read_one(sentence).indicator is None


def test_two_measures_of_one_sentence_are_told_apart() -> None:
    claims = read("India's exports to Russia were $4.9 billion and its imports $63.8 billion in 2024-25.")
    assert [claim.indicator for claim in claims] == ["exports", "imports"]


def test_a_target_is_told_from_the_amount_beside_it() -> None:
    claims = read(
        "Trade between India and Russia was $68.7 billion in 2024-25, short of the $100 billion target."
    )
    assert [claim.indicator for claim in claims] == ["bilateral_trade", "trade_target"]


def test_a_share_of_arms_is_told_from_a_share_of_trade() -> None:
    claims = read(
        "Russia accounted for 36 per cent of India's arms imports in 2019-23. "
        "India's exports were 7 per cent of bilateral trade with Russia in 2024-25."
    )
    assert [claim.indicator for claim in claims] == ["arms_import_share", "export_share"]


def test_a_contract_names_its_weapon() -> None:
    claim = read_one("India signed a $5.43 billion contract for the S-400 with Russia in 2018.")
    assert claim.commodity == "S-400"


def test_crude_oil_has_its_code() -> None:
    assert read_one("India's crude oil imports from Russia were $50 billion in 2024-25.").commodity == "2709"


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("According to SIPRI, Russia supplied 36% of India's arms imports in 2019-23.", "SIPRI"),
        (
            "Trade with Russia was $68.7 billion, according to the Ministry of Commerce.",
            "Ministry of Commerce",
        ),
        ("Trade with Russia will reach $100 billion by 2030, President Vladimir Putin said.", "Putin"),
        ("Data from UN Comtrade put India's imports from Russia at $40.6 billion in 2022.", "UN Comtrade"),
        ("Trade with Russia was $68.7 billion in 2024-25.", None),
    ],
)
def test_who_said_it_is_read(sentence: str, who: str | None) -> None:
    said = read_one(sentence).attributed_to
    assert said == who if who is None else said is not None and who in said


@pytest.mark.parametrize(
    "sentence",
    [
        "The 23rd India-Russia annual summit was held on 5 December 2025.",
        "Mr Modi, 75, met Mr Putin, 73, in Hyderabad House.",
        "The talks began at 11:30 am and ended at 17.45 hrs on Friday.",
        "They met in Room 214 after Flight SU-232 had landed at Gate 12.",
        "India flies the Su-30MKI, the MiG-29 and the Il-76, and fields the S-400, T-90 and Igla-S.",
        "The G20, BRICS and 5G were on the agenda of Phase 2 of Track 1.5.",
        "Call +91 11 2301 2345 or write to desk36@example.org.",
        "See https://example.org/2024/36-per-cent-of-5-billion for more.",
        "India is the third-largest economy; Russia ranks 11th.",
        "The two leaders spoke for 45 minutes, their 21st talk in 3 years.",
        "UN Security Council Resolution 2231 and Article 370 were mentioned on page 12 of the report.",
        "The 1971 treaty was followed by those of 1993 and 2000.",
        "Twenty-three ministers and 120 businessmen from seven countries came.",
        "The convoy covered 340 km in two days.",
        "The PIN code is 110011 and the ISBN is 978-3-16-148410-0.",
        "They met in 2018, 2019 and 2021, and again on 6-7 July 2024.",
        "He was born in 1952 and has been in office for 25 years.",
    ],
)
def test_numbers_that_measure_nothing_are_no_claims(sentence: str) -> None:
    assert list_stated(sentence) == []


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("declined by 4.6 per cent", "a fall"),
        ("grew by 4.6 per cent", "a rise"),
        ("saw a drop of 4.6 per cent", "a fall"),
        ("was up 4.6 per cent", "a rise"),
        ("was 4.6 per cent lower", "a fall"),
        ("was 4.6 per cent higher", "a rise"),
        ("changed by 4.6 percentage points", None),
    ],
)
def test_a_change_goes_the_way_that_its_words_say(words: str, direction: str | None) -> None:
    claim = read_one(f"Trade between India and Russia {words} in 2024-25.")
    assert claim.direction == direction
