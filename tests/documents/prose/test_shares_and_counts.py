"""Shares, points, volumes, counts, multiples and fractions are read with their unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.documents.prose.reading import list_stated, read, read_one


@pytest.mark.parametrize(
    "printed",
    [
        "36%",
        "36 %",
        "36 per cent",
        "36 percent",
        "36 pct",
        "36-per-cent",
        "36\u00a0%",
        "thirty-six per cent",
        "36.0%",
    ],
)
def test_a_share_is_read_in_every_way_of_printing_it(printed: str) -> None:
    claim = read_one(f"Russia accounted for {printed} of India's arms imports in 2019-23.")
    assert (claim.stated_as, claim.value, claim.unit_measure) == (printed, Decimal(36), "PERCENT")


@pytest.mark.parametrize(
    "printed", ["22 percentage points", "22 per cent points", "22 pp", "22-percentage-point"]
)
def test_percentage_points_are_no_per_cent(printed: str) -> None:
    claim = read_one(f"Russia's share of India's arms imports fell {printed} between 2014-18 and 2019-23.")
    assert (claim.value, claim.unit_measure, claim.is_change) == (Decimal(22), "PERCENTAGE_POINTS", True)


@pytest.mark.parametrize(
    "printed",
    ["5,015 million TIV", "5,015 million TIVs", "5015m TIV", "5,015 million trend-indicator values"],
)
def test_a_volume_is_read_in_millions_of_tiv(printed: str) -> None:
    claim = read_one(f"Russia delivered arms of {printed} to India in 2019-23.")
    assert (claim.value, claim.unit_measure) == (Decimal(5015), "TIV_MILLIONS")
    assert claim.indicator == "arms_import_volume"


def test_a_volume_is_read_where_its_unit_goes_before_it() -> None:
    claim = read_one("Russian deliveries to India had a TIV of 5,015 million in 2019-23.")
    assert (claim.value, claim.unit_measure) == (Decimal(5015), "TIV_MILLIONS")


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("India ordered five S-400 regiments in 2018.", 5, "REGIMENTS"),
        ("India ordered five squadrons of the S-400 in 2018.", 5, "REGIMENTS"),
        ("Two batteries are still to be delivered by Russia.", 2, "BATTERIES"),
        ("India ordered 12 Su-30MKI fighters from Russia.", 12, "UNITS"),
        ("The two sides signed 19 agreements in New Delhi.", 19, "COUNT"),
        ("India and Russia exchanged sixteen MoUs.", 16, "COUNT"),
        ("India and Russia concluded 15+ agreements.", 15, "COUNT"),
    ],
)
def test_a_count_is_read_with_what_it_counts(sentence: str, value: int, unit: str) -> None:
    claim = read_one(sentence)
    assert (claim.value, claim.unit_measure) == (Decimal(value), unit)


def test_three_of_the_five_is_delivered_of_ordered() -> None:
    claims = read("Russia has delivered three of the five S-400 squadrons to India.")
    assert [(one.stated_as, one.read_as, one.indicator) for one in claims] == [
        ("three", "three squadrons", "units_delivered"),
        ("five S-400 squadrons", "five S-400 squadrons", "units_ordered"),
    ]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("threefold", "3"),
        ("three-fold", "3"),
        ("3-fold", "3"),
        ("tenfold", "10"),
        ("5x", "5"),
        ("2.5 times", "2.5"),
    ],
)
def test_a_multiple_is_a_change_in_times(printed: str, value: str) -> None:
    claim = read_one(f"India-Russia trade has grown {printed} since 2021-22.")
    assert (claim.value, claim.unit_measure, claim.is_change) == (Decimal(value), "TIMES", True)


@pytest.mark.parametrize(
    ("verb", "value"),
    [("doubled", "2"), ("tripled", "3"), ("quadrupled", "4"), ("quintupled", "5"), ("halved", "0.5")],
)
def test_a_verb_may_be_a_multiple(verb: str, value: str) -> None:
    claim = read_one(f"India-Russia trade {verb} between 2021-22 and 2022-23.")
    assert (claim.stated_as, claim.value, claim.unit_measure) == (verb, Decimal(value), "TIMES")


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("half of", "50"),
        ("one-third", "33.3333"),
        ("a third of", "33.3333"),
        ("a quarter of", "25"),
        ("two thirds", "66.6667"),
        ("two-thirds", "66.6667"),
        ("three quarters", "75"),
    ],
)
def test_a_fraction_in_words_is_a_share(printed: str, value: str) -> None:
    filler = "" if printed.endswith("of") else " of"
    claim = read_one(f"Russia supplied {printed}{filler} India's arms imports in 2014-18.")
    assert (claim.stated_as, claim.value, claim.unit_measure) == (printed, Decimal(value), "PERCENT")


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("1.8 million barrels per day", "1.8e6", "BARRELS_PER_DAY"),
        ("1.8 million bpd", "1.8e6", "BARRELS_PER_DAY"),
        ("80 million tonnes", "80e6", "TONNES"),
    ],
)
def test_oil_by_volume_is_read_in_its_own_unit(printed: str, value: str, unit: str) -> None:
    claim = read_one(f"India imported {printed} of crude from Russia in 2023.")
    assert (claim.stated_as, claim.value, claim.unit_measure) == (printed, Decimal(value), unit)


def test_a_count_of_things_that_are_no_weapons_is_no_claim() -> None:
    assert list_stated("The survey covered 11 statistical units.") == []


def test_half_is_a_share_where_a_share_is_spoken_of() -> None:
    claim = read_one("Russia supplied nearly half India's arms imports in 2014-18.")
    assert (claim.stated_as, claim.hedge, claim.indicator) == ("half", "about", "arms_import_share")


@pytest.mark.parametrize(
    "sentence",
    [
        "Trade with Russia fell in the second half.",
        "The half-yearly review of trade with Russia took half a day.",
        "Trade with Russia took two and a half years to recover.",
        "Half came late.",
    ],
)
def test_other_halves_are_no_shares(sentence: str) -> None:
    assert list_stated(sentence) == []


def test_the_ends_of_a_range_of_shares_are_read_apart() -> None:
    claims = read("Russia supplied 35-36 per cent of India's arms imports in 2019-23.")
    assert [(one.stated_as, one.read_as, one.hedge) for one in claims] == [
        ("35", "35 per cent", "at_least"),
        ("36 per cent", "36 per cent", "up_to"),
    ]
