"""Slips: what a figure that does not hold is likely to be, and what that makes of its verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from etl.checking.rules.slips import list_shorter, list_swapped
from etl.checking.rules.suggestions import PLAUSIBILITY, RIGHT_FIGURES
from etl.periods import (
    Period,
    build_calendar_year,
    build_fiscal_year,
    build_month,
    build_part_year,
    build_target_year,
    build_window,
)
from etl.vocabulary import SLIPS
from tests.checking.found_claims import (
    CALENDAR_2021,
    CALENDAR_2022,
    FISCAL_2021,
    FISCAL_2022,
    PRESENT,
    check,
    find_billions,
    find_figure,
    find_share,
    hold,
    list_slips,
    name_verdict,
    observe_trade,
    observe_volume,
)
from tests.judge.frames import TODAY, build_day_reached, build_observation, build_share

APRIL_TO_DECEMBER = build_part_year(date(2022, 4, 1), date(2022, 12, 31))
SIX_YEARS = Period(date(2012, 1, 1), date(2017, 12, 31), "five_year_window", "2012-17")
VOLUME: dict[str, Any] = {"indicator": "arms_import_volume", "counterpart_area": None}


def test_every_slip_of_the_vocabulary_has_a_rank() -> None:
    assert set(PLAUSIBILITY) == set(SLIPS.codes)
    assert set(RIGHT_FIGURES) < set(SLIPS.codes)


@pytest.mark.parametrize("year", [CALENDAR_2021, CALENDAR_2022])
def test_a_fiscal_year_printed_as_either_of_its_calendar_years_is_named(year: Period) -> None:
    claim = check(
        find_billions("13.1", year),
        hold(observe_trade(FISCAL_2021, 13.12), observe_trade(year, 40)),
    )
    assert name_verdict(claim) == "not_comparable/wrong_period_label"
    assert list_slips(claim) == ["fiscal_year_as_calendar_year"]
    assert "13.12" in claim.slips[0].sentence
    assert "\u201c$13.1 billion\u201d" in claim.slips[0].sentence


def test_a_calendar_year_printed_as_a_fiscal_year_is_named() -> None:
    claim = check(
        find_billions("43.6", FISCAL_2022),
        hold(observe_trade(FISCAL_2022, 49.4), observe_trade(CALENDAR_2022, 43.56)),
    )
    assert name_verdict(claim) == "not_comparable/wrong_period_label"
    assert list_slips(claim) == ["calendar_year_as_fiscal_year"]


def test_months_printed_as_a_year_are_named() -> None:
    claim = check(
        find_billions("35", FISCAL_2022),
        hold(observe_trade(FISCAL_2022, 49.4), observe_trade(APRIL_TO_DECEMBER, 35)),
    )
    assert name_verdict(claim) == "not_comparable/part_year"
    assert list_slips(claim) == ["part_year_as_year"]


def test_months_printed_as_a_total_by_a_day_are_named() -> None:
    claim = check(
        find_billions("35", build_day_reached(date(2022, 12, 31))),
        hold(observe_trade(APRIL_TO_DECEMBER, 35), observe_trade(CALENDAR_2022, 43.56)),
    )
    assert claim.now.verdict == "not_comparable"
    assert list_slips(claim) == ["part_year_as_year"]


def test_a_year_printed_as_part_of_it_is_named() -> None:
    claim = check(
        find_billions("49.4", APRIL_TO_DECEMBER),
        hold(observe_trade(FISCAL_2022, 49.4), observe_trade(APRIL_TO_DECEMBER, 35)),
    )
    assert name_verdict(claim) == "not_comparable/wrong_period_label"
    assert list_slips(claim) == ["year_as_part_year"]


def test_other_months_that_begin_alike_are_not_contradicted() -> None:
    to_january = build_part_year(date(2022, 4, 1), date(2023, 1, 31))
    claim = check(
        find_billions("39.8", APRIL_TO_DECEMBER),
        hold(observe_trade(APRIL_TO_DECEMBER, 35), observe_trade(to_january, 39.8)),
    )
    assert name_verdict(claim) == "not_comparable/part_year"


@pytest.mark.parametrize(
    ("number", "verdict", "slips"),
    [("0.742", "not_comparable", ["part_year_as_year"]), ("0.7", "contradicted", [])],
)
def test_one_month_printed_as_a_year_needs_digits_to_be_told_from_chance(
    number: str, verdict: str, slips: list[str]
) -> None:
    claim = check(
        find_billions(number, CALENDAR_2022),
        hold(observe_trade(CALENDAR_2022, 9.1), observe_trade(build_month(2022, 4), 0.742)),
    )
    assert (claim.now.verdict, list_slips(claim)) == (verdict, slips)


def test_a_window_of_six_years_is_the_window_it_begins_with() -> None:
    claim = check(
        find_share("69", SIX_YEARS),
        hold(
            build_share(build_window(2012), 69, vintage=TODAY),
            build_share(build_window(2013), 62, vintage=TODAY),
        ),
    )
    assert name_verdict(claim) == "not_comparable/wrong_period_label"
    assert list_slips(claim) == ["wrong_window"]
    assert "2012\u201316 (69%), not of 2012\u201317" in claim.slips[0].sentence


def test_a_window_moved_by_a_year_is_named_and_stays_contradicted() -> None:
    claim = check(
        find_share("76", build_window(2010)),
        hold(
            build_share(build_window(2009), 76, vintage=TODAY),
            build_share(build_window(2010), 72, vintage=TODAY),
        ),
    )
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert list_slips(claim) == ["wrong_window"]


def test_the_share_of_a_window_printed_for_its_last_year_is_named() -> None:
    claim = check(
        find_share("36", build_calendar_year(2023)), hold(build_share(build_window(2019), 36, vintage=TODAY))
    )
    assert claim.now.verdict == "not_comparable"
    assert list_slips(claim) == ["wrong_window"]


def test_the_value_of_the_year_before_is_named_and_stays_contradicted() -> None:
    claim = check(
        find_billions("65.7", build_fiscal_year(2024)),
        hold(observe_trade(build_fiscal_year(2023), 65.7), observe_trade(build_fiscal_year(2024), 68.7)),
    )
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert list_slips(claim) == ["wrong_year"]


def test_the_target_of_another_year_is_named() -> None:
    targets = [
        build_observation(build_target_year(year), amount * 1e9, vintage=TODAY, indicator="trade_target")
        for year, amount in ((2025, 30.0), (2030, 100.0))
    ]
    claim = check(
        find_billions("100", build_target_year(2025), indicator="trade_target", hedge="target"),
        hold(*targets),
    )
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert list_slips(claim) == ["wrong_year"]


@pytest.mark.parametrize(
    "found",
    [
        find_billions("13.8", build_window(2009), **VOLUME),
        find_billions("13.8", build_window(2009), indicator="imports", sentence="arms worth $13.8 billion"),
        find_billions(
            "13.8",
            build_window(2009),
            indicator="exports",
            ref_area="RUS",
            counterpart_area="IND",
            sentence="Russia exported arms worth $13.8 billion",
        ),
    ],
)
def test_a_volume_printed_as_dollars_is_a_wrong_unit(found: Any) -> None:
    index = hold(
        observe_volume(build_window(2009), 13815, counterpart_area="RUS"),
        observe_volume(build_window(2009), 13780),
    )
    claim = check(found, index)
    assert name_verdict(claim) == "not_comparable/wrong_unit"
    assert list_slips(claim) == ["tiv_as_dollars"]
    assert "million TIV" in claim.slips[0].sentence
    assert claim.slips[0].reference_ids[0] in claim.now.reference_ids


def test_dollars_that_are_not_said_of_arms_are_no_volume() -> None:
    claim = check(
        find_billions("13.8", build_window(2009), indicator="imports", sentence="goods worth $13.8 billion"),
        hold(observe_volume(build_window(2009), 13815, counterpart_area="RUS")),
    )
    assert claim.now.verdict == "unresolved"
    assert claim.slips == ()


def test_the_volume_of_a_window_printed_for_a_year_in_it_is_a_wrong_label() -> None:
    year = build_calendar_year(2013)
    claim = check(
        find_figure("13,815 million TIV", 13815, year, unit_measure="TIV_MILLIONS", **VOLUME),
        hold(observe_volume(build_window(2009), 13815), observe_volume(year, 3100)),
    )
    assert name_verdict(claim) == "not_comparable/wrong_period_label"


def test_a_number_in_rupees_printed_as_dollars_is_a_wrong_unit() -> None:
    claim = check(
        find_billions("1090", FISCAL_2021),
        hold(observe_trade(FISCAL_2021, 1090, unit_measure="INR"), observe_trade(FISCAL_2021, 13.12)),
    )
    assert name_verdict(claim) == "not_comparable/wrong_unit"
    assert list_slips(claim) == ["rupees_as_dollars"]


@pytest.mark.parametrize(
    ("number", "slip"),
    [("6.87", "wrong_scale"), ("67.8", "digit_lost"), ("8.7", "digit_lost")],
)
def test_wrong_digits_are_contradicted_and_named(number: str, slip: str) -> None:
    claim = check(find_billions(number, FISCAL_2022), hold(observe_trade(FISCAL_2022, 68.7)))
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert list_slips(claim) == [slip]


def test_a_digit_cut_off_an_amount_is_named_and_the_amount_supported() -> None:
    claim = check(find_billions("68", FISCAL_2022), hold(observe_trade(FISCAL_2022, 68.7)))
    assert name_verdict(claim) == "supported/last_digit_cut"
    assert list_slips(claim) == ["truncated"]


def test_a_digit_cut_off_a_percentage_is_named_and_the_percentage_contradicted() -> None:
    share = build_share(build_window(2019), 36.7, vintage=TODAY)
    claim = check(find_share("36", build_window(2019)), hold(share))
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert list_slips(claim) == ["truncated"]


@pytest.mark.parametrize("number", ["3", "31", "132"])
def test_a_digit_lost_swapped_or_added_is_named(number: str) -> None:
    claim = check(find_billions(number, FISCAL_2021), hold(observe_trade(FISCAL_2021, 13.12)))
    assert list_slips(claim) == ["digit_lost"]


def test_millions_for_billions_are_another_scale() -> None:
    claim = check(find_figure("$68.7 million", 68.7e6, FISCAL_2022), hold(observe_trade(FISCAL_2022, 68.7)))
    assert list_slips(claim) == ["wrong_scale"]
    assert "a thousand times" in claim.slips[0].sentence


def test_imports_printed_as_exports_are_contradicted_and_named() -> None:
    claim = check(
        find_billions("63.8", FISCAL_2022, indicator="exports"),
        hold(
            observe_trade(FISCAL_2022, 4.9, indicator="exports"),
            observe_trade(FISCAL_2022, 63.8, indicator="imports"),
        ),
    )
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert list_slips(claim) == ["other_measure"]
    assert "goods imports" in claim.slips[0].sentence


def test_another_suppliers_share_is_named() -> None:
    claim = check(
        find_share("33", build_window(2019)),
        hold(
            build_share(build_window(2019), 36, vintage=TODAY),
            build_share(build_window(2019), 33, vintage=TODAY, counterpart_area="FRA", source_id="french"),
        ),
    )
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert list_slips(claim) == ["other_party"]
    assert "France" in claim.slips[0].sentence


def test_a_value_that_many_parties_have_suggests_none_of_them() -> None:
    others = [
        build_share(build_window(2019), 33, vintage=TODAY, counterpart_area=area, source_id=area)
        for area in ("FRA", "USA", "ISR")
    ]
    index = hold(build_share(build_window(2019), 36, vintage=TODAY), *others)
    assert list_slips(check(find_share("33", build_window(2019)), index)) == []


@pytest.mark.parametrize(
    "found", [find_billions("13.1", FISCAL_2021), find_billions("12", FISCAL_2021), find_billions("13")]
)
def test_a_figure_that_holds_or_once_held_has_no_slips(found: Any) -> None:
    index = hold(
        observe_trade(FISCAL_2021, 12, vintage=date(2022, 5, 1)),
        observe_trade(FISCAL_2021, 13.12),
        observe_trade(build_calendar_year(2010), 12),
    )
    assert check(found, index).slips == ()


def test_the_kinder_reading_suggests_no_slip() -> None:
    claim = check(
        find_billions("10", CALENDAR_2021),
        hold(observe_trade(FISCAL_2021, 13.12), observe_trade(CALENDAR_2021, 40)),
    )
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert claim.slips == ()


def test_a_bound_far_from_a_neighbour_suggests_no_slip() -> None:
    found = find_figure("over $20 billion", 20e9, CALENDAR_2021, hedge="over", read_as="$20 billion")
    index = hold(observe_trade(FISCAL_2021, 90), observe_trade(CALENDAR_2021, 12))
    claim = check(found, index)
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert claim.slips == ()


def test_no_more_than_three_slips_are_named_and_the_likeliest_first() -> None:
    claim = check(
        find_billions("68", CALENDAR_2022),
        hold(
            observe_trade(CALENDAR_2022, 86),
            observe_trade(CALENDAR_2021, 68),
            observe_trade(FISCAL_2022, 68),
            observe_trade(CALENDAR_2022, 68, indicator="imports"),
        ),
    )
    assert list_slips(claim) == ["fiscal_year_as_calendar_year", "other_measure", "wrong_year"]


def test_a_figure_of_no_period_is_searched_in_the_newest_periods() -> None:
    claim = check(find_billions("68", PRESENT), hold(observe_trade(FISCAL_2022, 68.7)))
    assert list_slips(claim) == ["truncated"]


def test_digits_are_left_out_and_swapped_wherever_that_leaves_a_number() -> None:
    assert list_shorter("13") == {"1", "3"}
    assert list_shorter("6.8") == set()
    assert list_shorter("105") == {"15", "10"}
    assert list_swapped("31") == {"13"}
    assert list_swapped("30") == set()
    assert list_swapped("68.7") == {"86.7", "67.8"}


def test_a_share_in_words_has_no_digits_to_lose() -> None:
    found = find_figure(
        "half of", 50, build_window(2019), unit_measure="PERCENT", indicator="arms_import_share"
    )
    claim = check(found, hold(build_share(build_window(2019), 36, vintage=TODAY)))
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert claim.slips == ()
