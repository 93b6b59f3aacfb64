"""Targets: the yearly growth that an announced trade target still needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from etl.judge.arithmetic import write_growth
from etl.judge.references import SERIES, Claim, Reference, SeriesBook
from etl.judge.rulings import Ruling
from etl.judge.wording import format_reference, join_sentences, name_period
from etl.periods import Period, count_years_between

TARGET = "trade_target"
TRADE = "bilateral_trade"
GROWTH_NEEDED = "trade_growth_needed"
COMPANIONS = (TRADE, GROWTH_NEEDED)


def list_companion_series(series: tuple[str, ...]) -> list[dict[str, str]]:
    """The series a target is explained by: the trade so far and the growth it needs."""
    return [dict(zip(SERIES, (indicator, *series[1:]), strict=True)) for indicator in COMPANIONS]


def add_growth_needed(ruling: Ruling, claim: Claim, *, book: SeriesBook, day: date) -> Ruling:
    """The ruling on a target with the newest fiscal year's trade and the growth from there to the target."""
    trade = book.find_newest((TRADE, *claim.series[1:]), day, unit="USD", bases=["fiscal_year_in"])
    # Worked out by etl.reconcile.growth for each day; here it is looked up, so that both say the same number.
    growth = _find_growth(claim, book=book, day=day)
    if growth is None or ruling.reference is None:
        return replace(ruling, newest=trade)
    operands = book.list_operands(growth)
    base = next((one for one in operands if one.period_basis == "fiscal_year_in"), trade)
    # A rate from an older year than the newest known would start from what is no longer so.
    if base is None or (trade is not None and base.period_end != trade.period_end):
        return replace(ruling, newest=trade)
    target = ruling.reference
    sums = write_growth(
        base,
        target.obs_value,
        target_year=target.period_end.year,
        years=count_years_between(_read_period(base), _read_period(target)),
        growth=growth.obs_value,
    )
    start = f"{format_reference(base)} in {name_period(base)}"
    sentence = f"From {start} it needs {growth.obs_value:.1f}% growth a year."
    return replace(
        ruling,
        newest=trade,
        explanation=join_sentences(ruling.explanation, sentence),
        arithmetic=f"{ruling.arithmetic}; {sums}",
    )


def _find_growth(claim: Claim, *, book: SeriesBook, day: date) -> Reference | None:
    wanted = replace(claim, indicator=GROWTH_NEEDED, period_basis="target_year")
    found = [one for one in book.list_near(wanted, day) if one.period_end == claim.period_end]
    return found[0] if found else None


def _read_period(reference: Reference) -> Period:
    return Period(reference.period_start, reference.period_end, reference.period_basis, reference.time_period)
