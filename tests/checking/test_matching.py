"""Matching: what a found claim is held against, and what is said where that is nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from etl.checking.rules.weapons import choose_designations
from etl.periods import build_calendar_year, build_target_year, build_window
from tests.checking.found_claims import (
    CALENDAR_2022,
    FISCAL_2021,
    FISCAL_2022,
    PRESENT,
    check,
    describe_weapon,
    find_billions,
    find_figure,
    find_share,
    hold,
    name_verdict,
    observe_order,
    observe_trade,
    observe_volume,
)
from tests.judge.frames import TODAY, build_observation, build_share

DESIGNATIONS = [
    "S-400 Triumf", "Su-30K", "Su-30MK", "T-90S", "T-72M1", "MiG-29", "MiG-29SMT", "Mi-17", "PJ-10 BrahMos",
    "PJ-10 BrahMos-A", "Igla", "Igla-S", "Talwar", "Talwar-4", "vehicle engine",
]  # fmt: skip
WITHOUT_SIDES: dict[str, Any] = {"ref_area": None, "counterpart_area": None}


@pytest.mark.parametrize(
    ("name", "designation"),
    [
        ("S-400", "S-400 Triumf"),
        ("S-400s", "S-400 Triumf"),
        ("S\u2011400 Triumf air defence systems", "S-400 Triumf"),
        ("Su-30MKI", "Su-30MK"),
        ("T-90 tanks", "T-90S"),
        ("T-90s", "T-90S"),
        ("Mi-17V5", "Mi-17"),
        ("BrahMos", "PJ-10 BrahMos"),
        ("Igla-S", "Igla-S"),
        ("Talwar", "Talwar"),
    ],
)
def test_a_weapon_is_found_by_the_words_of_its_designation(name: str, designation: str) -> None:
    assert choose_designations(name, DESIGNATIONS) == [designation]


@pytest.mark.parametrize("name", ["Rafale", "S-40", "AK-203", "30"])
def test_a_weapon_that_no_register_has_is_not_found(name: str) -> None:
    assert choose_designations(name, DESIGNATIONS) == []


@pytest.mark.parametrize("name", ["Su-30", "MiG-29K"])
def test_a_name_of_several_variants_is_ambiguous(name: str) -> None:
    assert len(choose_designations(name, DESIGNATIONS)) == 2


def test_a_figure_without_a_measure_is_unresolved_and_says_what_is_missing() -> None:
    claim = check(find_billions("13", FISCAL_2021, indicator=None), hold())
    assert name_verdict(claim) == "unresolved/no_reference"
    assert "what the figure measures" in claim.now.explanation
    assert "Russia as the other side" in claim.now.explanation
    assert claim.matched is None


def test_a_figure_without_parties_says_what_was_understood() -> None:
    claim = check(find_billions("13", FISCAL_2021, **WITHOUT_SIDES), hold())
    assert "two-way goods trade" in claim.now.explanation
    assert "whose figure it is and the other side" in claim.now.explanation


def test_two_way_trade_is_found_from_either_side() -> None:
    claim = check(
        find_billions("13.1", FISCAL_2021, ref_area="RUS", counterpart_area="IND"),
        hold(observe_trade(FISCAL_2021, 13.12)),
    )
    assert name_verdict(claim) == "supported/within_printed_precision"
    assert claim.matched is not None
    assert (claim.matched.ref_area, claim.matched.counterpart_area) == ("IND", "RUS")


def test_the_other_sides_imports_are_no_reference_for_exports_and_are_named() -> None:
    claim = check(
        find_billions("63.8", FISCAL_2022, indicator="exports", ref_area="RUS", counterpart_area="IND"),
        hold(observe_trade(FISCAL_2022, 63.8, indicator="imports")),
    )
    assert name_verdict(claim) == "not_comparable/valuation_differs"
    assert "India\u2019s imports, valued with freight and insurance (CIF)" in claim.now.explanation
    assert "agrees with these" in claim.now.explanation
    assert len(claim.now.reference_ids) == 1


def test_exports_that_fit_the_other_sides_imports_only_are_not_contradicted() -> None:
    claim = check(
        find_billions("6.24", CALENDAR_2022, indicator="exports", ref_area="RUS", counterpart_area="IND"),
        hold(
            observe_trade(CALENDAR_2022, 7.24, indicator="exports", ref_area="RUS", counterpart_area="IND"),
            observe_trade(CALENDAR_2022, 6.24, indicator="imports"),
        ),
    )
    assert name_verdict(claim) == "not_comparable/valuation_differs"


def test_exports_that_fit_neither_side_are_contradicted() -> None:
    claim = check(
        find_billions("9.9", CALENDAR_2022, indicator="exports", ref_area="RUS", counterpart_area="IND"),
        hold(
            observe_trade(CALENDAR_2022, 7.24, indicator="exports", ref_area="RUS", counterpart_area="IND"),
            observe_trade(CALENDAR_2022, 6.24, indicator="imports"),
        ),
    )
    assert name_verdict(claim) == "contradicted/outside_printed_precision"


def test_a_deficit_printed_as_a_size_is_held_against_the_negative_balance() -> None:
    claim = check(
        find_billions("58.9", FISCAL_2022, indicator="trade_balance"),
        hold(observe_trade(FISCAL_2022, -58.9, indicator="trade_balance")),
    )
    assert name_verdict(claim) == "supported/within_printed_precision"
    assert "size of a deficit" in claim.now.explanation
    assert "allowed -58.95 to -58.85" in claim.now.arithmetic


def test_a_surplus_keeps_its_sign() -> None:
    claim = check(
        find_billions("2.5", FISCAL_2022, indicator="trade_balance"),
        hold(observe_trade(FISCAL_2022, 2.5, indicator="trade_balance")),
    )
    assert name_verdict(claim) == "supported/within_printed_precision"
    assert "deficit" not in claim.now.explanation


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Exports made up 7.1 per cent of two-way trade.", "supported/within_printed_precision"),
        ("Exports stand at 7.1 per cent.", "not_comparable/wrong_unit"),
    ],
)
def test_a_percentage_is_one_of_trade_only_where_the_words_say_so(sentence: str, verdict: str) -> None:
    share = {"indicator": "export_share", "unit_measure": "PERCENT_OF_TWO_WAY_TRADE"}
    claim = check(
        find_share("7.1", FISCAL_2022, indicator="export_share", sentence=sentence),
        hold(build_observation(FISCAL_2022, 7.13, vintage=TODAY, **share)),
    )
    assert name_verdict(claim) == verdict


def test_imports_without_a_partner_are_those_from_everybody() -> None:
    claim = check(
        find_figure("13,856 million TIV", 13856, build_window(2019), indicator="arms_import_volume",
                    counterpart_area=None, unit_measure="TIV_MILLIONS"),
        hold(observe_volume(build_window(2019), 13856)),
    )  # fmt: skip
    assert name_verdict(claim) == "supported/within_printed_precision"


def test_a_target_year_that_reads_like_a_date_is_a_target_year() -> None:
    target = build_observation(build_target_year(2030), 100e9, vintage=TODAY, indicator="trade_target")
    found = find_billions("100", build_calendar_year(2030), indicator="trade_target", hedge="target")
    assert name_verdict(check(found, hold(target))) == "supported/within_printed_precision"


def test_a_target_without_a_year_is_the_newest_one() -> None:
    targets = [
        build_observation(
            build_target_year(2025), 30e9, vintage=date(2021, 12, 31), indicator="trade_target"
        ),
        build_observation(
            build_target_year(2030), 100e9, vintage=date(2024, 7, 31), indicator="trade_target"
        ),
    ]
    newest, older = (
        check(find_billions(number, indicator="trade_target", hedge="target"), hold(*targets))
        for number in ("100", "30")
    )
    assert name_verdict(newest) == "supported/within_printed_precision"
    assert name_verdict(older) == "superseded/newer_period_published"


def test_the_day_a_text_came_out_decides_what_it_could_know() -> None:
    window = build_window(2009)
    index = hold(
        build_share(window, 75, vintage=date(2014, 3, 31)), build_share(window, 76, vintage=date(2019, 3, 31))
    )
    claim = check(find_share("75", window), index, published_on=date(2016, 1, 1))
    assert claim.printing is not None
    assert (claim.printing.verdict, claim.now.verdict) == ("supported", "superseded")


def test_without_a_day_of_publication_there_is_one_verdict() -> None:
    claim = check(find_billions("13", FISCAL_2021), hold(observe_trade(FISCAL_2021, 13.12)))
    assert claim.printing is None


def test_a_print_with_scales_of_its_own_is_read_from_its_digits() -> None:
    claim = check(
        find_figure("Rs 5.7 lakh crore", 5.7e12, FISCAL_2022, unit_measure="INR"),
        hold(observe_trade(FISCAL_2022, 5703, unit_measure="INR")),
    )
    assert name_verdict(claim) == "supported/within_printed_precision"
    assert (claim.interval_low, claim.interval_high) == (5.65e12, 5.75e12)


def test_a_number_in_words_beside_a_weapons_number_is_the_number() -> None:
    claim = check(
        find_figure("five S-400 regiments", 5, build_calendar_year(2018), indicator="units_ordered",
                    commodity="S-400", unit_measure="REGIMENTS"),
        hold(observe_order(2018, 10, commodity="S-400 Triumf")),
    )  # fmt: skip
    assert (claim.interval_low, claim.interval_high) == (4.5, 5.5)
    assert name_verdict(claim) == "not_comparable/wrong_unit"


def find_tanks(number: int, *, year: int | None = None, **other: Any) -> Any:
    period = build_calendar_year(year) if year else PRESENT
    terms = {"indicator": "units_ordered", "commodity": "T-90", "unit_measure": "UNITS", **other}
    return find_figure(f"{number} tanks", number, period, **terms)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (find_tanks(300, year=2006), "supported/within_printed_precision"),
        (find_tanks(464), "supported/within_printed_precision"),
        (find_tanks(764), "supported/within_printed_precision"),
        (find_tanks(464, year=2020), "not_comparable/wrong_period_label"),
        (find_tanks(17, year=2006), "contradicted/outside_printed_precision"),
        (find_tanks(17), "not_comparable/period_basis_differs"),
        (find_tanks(200, year=2006), "supported/within_printed_precision"),
    ],
)
def test_a_count_of_weapons_is_one_order_or_all_of_them(found: Any, verdict: str) -> None:
    weapon = describe_weapon("tank", (2006, 200), (2006, 100), (2019, 464))
    index = hold(observe_order(2006, 300), observe_order(2019, 464), weapons={"T-90S": weapon})
    assert name_verdict(check(found, index)) == verdict


def test_systems_are_counted_in_more_than_one_way() -> None:
    weapon = describe_weapon("SAM system", (2018, 10))
    index = hold(observe_order(2018, 10, commodity="S-400 Triumf"), weapons={"S-400 Triumf": weapon})
    claim = check(find_tanks(5, year=2018, commodity="S-400"), index)
    assert name_verdict(claim) == "not_comparable/wrong_unit"


def test_a_number_that_the_register_doubts_contradicts_nothing() -> None:
    weapon = describe_weapon("tank", (2006, 300), is_uncertain=True)
    index = hold(observe_order(2006, 300), weapons={"T-90S": weapon})
    assert name_verdict(check(find_tanks(17, year=2006), index)) == "unresolved/no_reference"


def test_a_weapon_of_several_variants_is_unresolved_and_names_them() -> None:
    index = hold(observe_order(2006, 40, commodity="Su-30MK"), observe_order(1996, 18, commodity="Su-30K"))
    claim = check(find_tanks(40, commodity="Su-30"), index)
    assert claim.now.verdict == "unresolved"
    assert "Su-30K and Su-30MK" in claim.now.explanation


@pytest.mark.parametrize("supplier", [None, "FRA"])
def test_the_register_says_who_supplied_a_weapon_where_the_text_does_not(supplier: str | None) -> None:
    claim = check(find_tanks(464, counterpart_area=supplier), hold(observe_order(2019, 464)))
    assert claim.now.verdict == "supported"
    assert claim.matched is not None
    assert claim.matched.counterpart_area == "RUS"
    assert "supplied by Russia" in claim.now.explanation
