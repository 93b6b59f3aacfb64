"""Claims that name no whole period: reached by a date, spoken of the present, or set for a year to come."""

from __future__ import annotations

from datetime import date

from etl.judge import judge_documents
from etl.periods import (
    build_calendar_year,
    build_fiscal_year,
    build_part_year,
    build_target_year,
    build_window,
)
from tests.judge.frames import (
    PRESENT,
    TODAY,
    build_claim,
    build_day_reached,
    build_observation,
    build_share,
    build_share_claim,
    judge_one,
    name_ruling,
    tabulate_claims,
    tabulate_documents,
    tabulate_observations,
)

FISCAL = build_fiscal_year(2021)


def test_a_total_by_a_date_is_supported_by_a_whole_year_that_ends_in_that_year() -> None:
    verdict = judge_one(
        build_claim(build_day_reached(date(2025, 12, 31)), 70e9, "$70 billion"),
        build_observation(build_fiscal_year(2024), 68.7e9, vintage=TODAY),
    )
    assert name_ruling(verdict) == "supported/within_last_nonzero_digit"
    assert "last non-zero digit allows 65 to 75 billion" in verdict["explanation"]
    assert verdict["arithmetic"] == (
        "68.7 bn in fiscal 2024-25 (Publisher, 2026-03-31); "
        "printed 70, allowed 69.5 to 70.5, roughly 65 to 75"
    )


def test_a_total_by_a_date_that_no_year_gives_lists_every_period_that_ends_then() -> None:
    verdict = judge_one(
        build_claim(build_day_reached(date(2022, 12, 31)), 27e9, "US $27 billion", hedge="about"),
        build_observation(FISCAL, 13.12e9, vintage=TODAY),
        build_observation(build_part_year(date(2022, 4, 1), date(2022, 8, 31)), 18.23e9, vintage=TODAY),
        build_observation(build_part_year(date(2022, 4, 1), date(2022, 12, 31)), 35e9, vintage=TODAY),
        build_observation(build_calendar_year(2022), 43.6e9, vintage=TODAY),
        build_observation(build_fiscal_year(2022), 49.4e9, vintage=TODAY),
    )
    assert name_ruling(verdict) == "not_comparable/period_basis_differs"
    assert verdict["reference_ids"].count(";") == 3
    assert verdict["reference_value"] == 43.6e9
    order = [verdict["arithmetic"].index(text) for text in ("13.12 bn", "18.23 bn", "35 bn", "43.6 bn")]
    assert order == sorted(order)
    assert "2022\u201323, which contains that date and ends later, has $49.4 bn" in verdict["explanation"]


def test_a_part_of_a_year_does_not_support_a_total_by_a_date() -> None:
    verdict = judge_one(
        build_claim(build_day_reached(date(2022, 12, 31)), 35e9, "$35 billion"),
        build_observation(build_part_year(date(2022, 4, 1), date(2022, 12, 31)), 35e9, vintage=TODAY),
    )
    assert verdict["verdict"] == "not_comparable"


def test_a_claim_about_the_present_is_overtaken_by_a_newer_period() -> None:
    claims = tabulate_claims(build_share_claim(PRESENT, 36, "36 per cent"))
    documents = tabulate_documents(document=date(2025, 12, 5))
    observations = tabulate_observations(
        build_share(build_window(2020), 36, vintage=date(2025, 3, 10)),
        build_share(build_window(2021), 40, vintage=date(2026, 3, 9)),
    )
    verdicts = judge_documents(claims, documents, observations, as_of=TODAY)
    rulings = {row["occasion"]: name_ruling(row) for row in verdicts.to_dicts()}
    assert rulings == {
        "printing": "supported/within_printed_precision",
        "snapshot": "superseded/newer_period_published",
    }


def test_a_claim_about_the_present_that_no_period_ever_had_is_contradicted() -> None:
    verdict = judge_one(
        build_share_claim(PRESENT, 61, "61 per cent"),
        build_share(build_window(2020), 36, vintage=date(2025, 3, 10)),
        build_share(build_window(2021), 40, vintage=date(2026, 3, 9)),
    )
    assert name_ruling(verdict) == "contradicted/outside_printed_precision"


def test_a_claim_about_the_present_is_not_held_against_a_year_that_was_not_over() -> None:
    claims = tabulate_claims(build_claim(PRESENT, 60e9, "$60 billion"))
    documents = tabulate_documents(document=date(2024, 7, 10))
    observations = tabulate_observations(
        build_observation(build_fiscal_year(2023), 44e9, vintage=date(2024, 6, 1)),
        build_observation(build_fiscal_year(2024), 60.1e9, vintage=date(2025, 6, 1)),
        build_observation(build_calendar_year(2023), 41e9, vintage=date(2024, 6, 1)),
    )
    verdicts = judge_documents(claims, documents, observations, as_of=TODAY)
    now = next(row for row in verdicts.to_dicts() if row["occasion"] == "snapshot")
    assert name_ruling(now) == "not_comparable/period_basis_differs"


def test_a_claim_about_the_present_that_the_newest_period_repeats_is_still_so() -> None:
    claims = tabulate_claims(build_claim(PRESENT, 65e9, "over $65 billion", hedge="over"))
    documents = tabulate_documents(document=date(2024, 7, 10))
    observations = tabulate_observations(
        build_observation(build_fiscal_year(2023), 65.7e9, vintage=date(2024, 6, 1)),
        build_observation(build_fiscal_year(2024), 68.7e9, vintage=date(2025, 6, 1)),
    )
    verdicts = judge_documents(claims, documents, observations, as_of=TODAY)
    now = next(row for row in verdicts.to_dicts() if row["occasion"] == "snapshot")
    assert name_ruling(now) == "supported/within_printed_precision"
    assert "holds for fiscal 2023\u201324" in now["explanation"]


def test_a_claim_about_the_present_is_not_contradicted_by_two_kinds_of_year() -> None:
    verdict = judge_one(
        build_claim(PRESENT, 27e9, "$27 billion"),
        build_observation(FISCAL, 13.1e9, vintage=TODAY),
        build_observation(build_calendar_year(2022), 43.6e9, vintage=TODAY),
    )
    assert name_ruling(verdict) == "not_comparable/period_basis_differs"


def test_a_target_names_the_growth_it_needs() -> None:
    trade = build_observation(build_fiscal_year(2024), 68.7e9, vintage=date(2026, 1, 21))
    target = build_observation(
        build_target_year(2030), 100e9, vintage=date(2024, 7, 31), indicator="trade_target"
    )
    growth = build_observation(
        build_target_year(2030),
        6.7,
        vintage=date(2026, 1, 21),
        indicator="trade_growth_needed",
        unit_measure="PERCENT",
        derivation=f"growth_to_target({trade['obs_id']};{target['obs_id']})",
    )
    claim = build_claim(
        build_target_year(2030), 100e9, "$100 billion", indicator="trade_target", hedge="target"
    )
    verdict = judge_one(claim, trade, target, growth)
    assert name_ruling(verdict) == "supported/within_printed_precision"
    assert "(100 / 68.7) ^ (1 / 5.75) - 1 = 6.7% a year from fiscal 2024-25 to 2030" in verdict["arithmetic"]
    assert (verdict["newest_period"], verdict["newest_value"]) == ("2024-25", 68.7e9)
