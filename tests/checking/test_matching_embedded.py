"""Checking against the embedded data: editions, years and units as their publishers have them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from etl import Snapshot
from etl.checking.checking import check_claims, check_text
from etl.documents.opened_text import OpenedText
from etl.documents.prose import FoundClaim
from etl.errors import UnknownRowError
from etl.periods import (
    Period,
    build_calendar_year,
    build_fiscal_year,
    build_part_year,
    build_target_year,
    build_window,
)
from tests.checking.found_claims import find_billions, find_change, find_figure, find_share, list_slips
from tests.judge.frames import build_day_reached

SIX_YEARS = Period(date(2012, 1, 1), date(2017, 12, 31), "five_year_window", "2012-17")
FISCAL_2024 = build_fiscal_year(2024)
TARGET: dict[str, Any] = {"indicator": "trade_target", "hedge": "target"}
TIV: dict[str, Any] = {"indicator": "arms_import_volume", "unit_measure": "TIV_MILLIONS"}
S_400: dict[str, Any] = {"indicator": "units_ordered", "commodity": "S-400"}


def judge_now(found: FoundClaim, snapshot: Snapshot) -> tuple[str, list[str]]:
    """The verdict of now and the slips."""
    claim = check_claims([found], snapshot=snapshot, published_on=None, as_of=snapshot.as_of)[0]
    return claim.now.verdict, list_slips(claim)


@pytest.mark.parametrize(
    ("number", "first_year", "day", "then", "now"),
    [
        ("75", 2009, date(2014, 6, 1), "supported", "superseded"),
        ("76", 2009, date(2019, 6, 1), "supported", "supported"),
        ("76", 2009, date(2019, 3, 12), "supported", "supported"),
        ("64", 2013, date(2023, 6, 1), "supported", "superseded"),
        ("62", 2013, date(2018, 6, 1), "supported", "supported"),
        ("68", 2012, date(2017, 6, 1), "supported", "superseded"),
        ("49", 2016, date(2021, 6, 1), "supported", "superseded"),
        ("46", 2017, date(2022, 6, 1), "supported", "superseded"),
        ("36", 2019, date(2024, 6, 1), "supported", "supported"),
        ("61", 2009, date(2019, 6, 1), "contradicted", "contradicted"),
    ],
)
def test_every_edition_is_answerable(
    built_snapshot: Snapshot, number: str, first_year: int, day: date, then: str, now: str
) -> None:
    found = find_share(number, build_window(first_year))
    claim = check_claims([found], snapshot=built_snapshot, published_on=day, as_of=built_snapshot.as_of)[0]
    assert claim.printing is not None
    assert (claim.printing.verdict, claim.now.verdict) == (then, now)


@pytest.mark.parametrize(
    ("found", "verdict", "slips"),
    [
        (find_billions("68.7", FISCAL_2024), "supported", []),
        (find_billions("68", FISCAL_2024), "supported", ["truncated"]),
        (find_billions("13", build_calendar_year(2021)), "not_comparable", ["fiscal_year_as_calendar_year"]),
        (find_billions("13.1", build_calendar_year(2022)),
         "not_comparable", ["fiscal_year_as_calendar_year"]),
        (find_billions("43.6", build_fiscal_year(2022)), "not_comparable", ["calendar_year_as_fiscal_year"]),
        (find_billions("35.0", build_fiscal_year(2022)), "not_comparable", ["part_year_as_year"]),
        (find_billions("27", build_day_reached(date(2022, 12, 31)), hedge="about"), "not_comparable", []),
        (find_billions("3", build_fiscal_year(2021)), "contradicted", ["digit_lost"]),
        (find_share("69", SIX_YEARS), "not_comparable", ["wrong_window"]),
        (find_billions("13.8", build_window(2009), indicator="arms_import_volume"),
         "not_comparable", ["tiv_as_dollars"]),
        (find_billions("63.8", FISCAL_2024, indicator="exports"), "contradicted", ["other_measure"]),
        (find_billions("58.9", FISCAL_2024, indicator="trade_balance"), "supported", []),
        (find_billions("100", build_target_year(2030), **TARGET), "supported", []),
        (find_figure("five regiments", 5, build_calendar_year(2018), unit_measure="REGIMENTS", **S_400),
         "not_comparable", []),
        (find_billions("5.43", build_calendar_year(2018), indicator="contract_value", commodity="S-400"),
         "unresolved", []),
        (find_figure("13,815 million TIV", 13815, build_window(2009), **TIV), "superseded", []),
        (find_change("33 per cent", 33, build_fiscal_year(2023)), "supported", []),
        (find_change("fivefold", 5, FISCAL_2024, baseline=build_fiscal_year(2021), unit_measure="TIMES"),
         "supported", []),
        (find_billions("39.8", build_part_year(date(2022, 4, 1), date(2022, 12, 31))), "not_comparable", []),
        (find_billions("2.1", build_fiscal_year(2023), indicator="military_expenditure"), "unresolved", []),
    ],
)  # fmt: skip
def test_figures_get_the_verdicts_of_the_design(
    built_snapshot: Snapshot, found: FoundClaim, verdict: str, slips: list[str]
) -> None:
    assert judge_now(found, built_snapshot) == (verdict, slips)


def test_a_text_is_checked_from_its_words_to_its_verdicts(built_snapshot: Snapshot) -> None:
    text = "Russia supplied 36 per cent of India\u2019s arms imports in 2019-23."
    report = check_text(text, snapshot=built_snapshot, published_on=date(2024, 3, 12))
    assert (report.text, report.kind, report.published_on) == (text, "text", date(2024, 3, 12))
    assert (report.as_of, report.snapshot_id) == (built_snapshot.as_of, built_snapshot.snapshot_id)
    assert report.count_marks()["supported"] == 1
    claim = report.claims[0]
    assert text[claim.found.char_start : claim.found.char_end] == claim.found.stated_as == "36 per cent"


def test_a_text_that_says_when_it_came_out_is_judged_by_that_day(built_snapshot: Snapshot) -> None:
    text = "Russia supplied 75 per cent of India\u2019s arms imports in 2009-13."
    opened = OpenedText(text, "html", "A title", date(2014, 6, 1), ("A note.",))
    report = check_text(opened, snapshot=built_snapshot)
    assert (report.kind, report.title, report.notes) == ("html", "A title", ("A note.",))
    assert report.claims[0].printing is not None
    assert report.claims[0].printing.verdict == "supported"
    assert report.claims[0].now.verdict == "superseded"


def test_a_day_asked_for_is_the_day_of_now(built_snapshot: Snapshot) -> None:
    text = "Russia supplied 75 per cent of India\u2019s arms imports in 2009-13."
    report = check_text(text, snapshot=built_snapshot, as_of=date(2015, 1, 1))
    assert report.as_of == date(2015, 1, 1)
    assert report.claims[0].now.verdict == "supported"


def test_no_day_after_the_snapshots_own_is_judged_by(built_snapshot: Snapshot) -> None:
    report = check_text("No figures.", snapshot=built_snapshot, as_of=date(2099, 1, 1))
    assert (report.as_of, report.claims) == (built_snapshot.as_of, ())


def test_a_dossier_that_no_snapshot_has_is_refused(built_snapshot: Snapshot) -> None:
    with pytest.raises(UnknownRowError, match="no dossier 'nowhere'"):
        check_text("Trade was $13 billion.", snapshot=built_snapshot, dossier="nowhere")
