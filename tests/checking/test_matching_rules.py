"""What must hold of checking whatever the numbers are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from etl import Snapshot
from etl.checking.checking import check_claims
from etl.checking.reports.report import CheckedClaim
from etl.documents.prose import FoundClaim
from etl.periods import Period, build_part_year, build_window
from etl.vocabulary import REASONS, VERDICTS
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
    observe_trade,
    observe_volume,
)
from tests.judge.frames import TODAY

PARTS = [build_part_year(date(2022, 4, 1), date(2022, month, 30)) for month in (6, 9, 11)]
PERIODS = [CALENDAR_2021, CALENDAR_2022, FISCAL_2021, FISCAL_2022, *PARTS]
# Three digits, so that no two of them are alike by rounding.
TENTHS = st.integers(101, 999)
VINTAGES = st.dates(date(2022, 1, 1), TODAY)
ENTRIES = st.lists(
    st.tuples(st.sampled_from(PERIODS), TENTHS, VINTAGES),
    max_size=6,
    unique_by=lambda entry: (entry[0], entry[2]),
)
HEDGES = st.sampled_from(["exact", "about", "over", "at_least", "under", "up_to"])
FIGURES = st.lists(st.tuples(TENTHS, st.sampled_from([*PERIODS, PRESENT]), HEDGES), min_size=1, max_size=6)


def observe(entries: list[tuple[Period, int, date]]) -> list[dict[str, Any]]:
    return [observe_trade(period, tenths / 10, vintage=vintage) for period, tenths, vintage in entries]


def find_tenths(tenths: int, period: Period, **other: Any) -> FoundClaim:
    return find_billions(f"{tenths / 10:.1f}", period, **other)


@given(TENTHS, st.sampled_from([*PERIODS, PRESENT]), ENTRIES)
def test_a_coarser_print_never_turns_supported_into_contradicted(
    tenths: int, period: Period, entries: list[tuple[Period, int, date]]
) -> None:
    index = hold(*observe(entries))
    fine = check(find_tenths(tenths, period), index)
    rounded = str(round(Decimal(tenths) / 10))
    for coarse in (
        find_billions(rounded, period),
        find_tenths(tenths, period, hedge="about"),
        find_billions(rounded, period, hedge="about"),
    ):
        if fine.now.verdict == "supported":
            assert check(coarse, index).now.verdict != "contradicted"


@given(TENTHS, st.sampled_from(PERIODS), ENTRIES, st.data())
def test_the_value_of_another_kind_of_period_is_never_contradicted(
    tenths: int, period: Period, entries: list[tuple[Period, int, date]], data: Any
) -> None:
    other = data.draw(st.sampled_from([one for one in PERIODS if is_other_basis(one, period)]))
    others = [entry for entry in entries if entry[0] != other]
    index = hold(*observe(others), observe_trade(other, tenths / 10))
    assert check(find_tenths(tenths, period), index).now.verdict != "contradicted"


@given(ENTRIES.filter(bool), st.data())
def test_the_value_of_any_edition_is_never_contradicted_on_any_day(
    entries: list[tuple[Period, int, date]], data: Any
) -> None:
    period, tenths, _ = data.draw(st.sampled_from(entries))
    day = data.draw(VINTAGES)
    claim = check(find_tenths(tenths, period), hold(*observe(entries)), published_on=day)
    assert claim.printing is not None
    assert "contradicted" not in {claim.now.verdict, claim.printing.verdict}


@given(st.integers(10_000, 99_999), st.integers(2000, 2019), st.integers(10, 900))
def test_a_volume_printed_as_dollars_is_never_contradicted(
    millions: int, first_year: int, billions: int
) -> None:
    window = build_window(first_year)
    found = find_figure(
        f"${millions / 1000:.3f} billion",
        millions * 10**6,
        window,
        indicator="imports",
        sentence="India imported arms worth so much",
        counterpart_area=None,
    )
    index = hold(
        observe_volume(window, millions),
        observe_trade(window, billions, indicator="imports", counterpart_area="W00"),
    )
    assert check(found, index).now.verdict != "contradicted"


@given(TENTHS, TENTHS, st.sampled_from(PERIODS))
def test_rupees_printed_as_dollars_are_never_contradicted(tenths: int, other: int, period: Period) -> None:
    index = hold(observe_trade(period, tenths / 10, unit_measure="INR"), observe_trade(period, other / 10))
    assert check(find_tenths(tenths, period), index).now.verdict != "contradicted"


@given(FIGURES, ENTRIES, st.randoms(use_true_random=False))
def test_the_order_of_observations_changes_nothing(
    figures: list[tuple[int, Period, str]], entries: list[tuple[Period, int, date]], random: Any
) -> None:
    rows = observe(entries)
    shuffled = random.sample(rows, len(rows))
    for tenths, period, hedge in figures:
        found = find_tenths(tenths, period, hedge=hedge)
        assert check(found, hold(*rows)) == check(found, hold(*shuffled))


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(st.integers(20, 80), st.integers(2006, 2021), HEDGES), min_size=2, max_size=6, unique=True
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_claims_changes_nothing(
    built_snapshot: Snapshot, figures: list[tuple[int, int, str]], random: Any
) -> None:
    found = [
        replace(
            find_share(str(number), build_window(year), hedge=hedge), char_start=place, char_end=place + 11
        )
        for place, (number, year, hedge) in enumerate(figures)
    ]
    terms: dict[str, Any] = {
        "snapshot": built_snapshot,
        "published_on": date(2024, 3, 12),
        "as_of": built_snapshot.as_of,
    }
    in_order = check_claims(found, **terms)
    assert check_claims(random.sample(found, len(found)), **terms) == in_order
    # Two figures for one window are judged by each other too (test_misread_figures).
    windows = Counter(year for _, year, _ in figures)
    apart = [place for place, (_, year, _) in enumerate(figures) if windows[year] == 1]
    alone = [check_claims([found[place]], **terms)[0] for place in apart]
    assert [drop_id(one) for one in alone] == [drop_id(in_order[place]) for place in apart]


@given(FIGURES, ENTRIES)
def test_every_verdict_is_one_of_five_with_reason_words_and_sums(
    figures: list[tuple[int, Period, str]], entries: list[tuple[Period, int, date]]
) -> None:
    index = hold(*observe(entries))
    for tenths, period, hedge in figures:
        claim = check(find_tenths(tenths, period, hedge=hedge), index, published_on=date(2023, 1, 1))
        for verdict in filter(None, (claim.now, claim.printing)):
            assert verdict.verdict in VERDICTS
            assert VERDICTS.entry(verdict.verdict).code == REASONS.entry(verdict.reason).meaning
            assert verdict.explanation.endswith(".")
            assert verdict.arithmetic


def is_other_basis(one: Period, other: Period) -> bool:
    """Whether two periods share days and are of two kinds."""
    ends = (one.start, one.end, other.start, other.end)
    days = [day for day in ends if day is not None]
    return one.basis != other.basis and days[0] <= days[3] and days[1] >= days[2]


def drop_id(claim: CheckedClaim) -> CheckedClaim:
    """A claim without its number, which its place in the text gives."""
    return replace(claim, claim_id="")
