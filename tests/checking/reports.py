"""Reports made by hand, for what shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from etl.checking.reports.report import CheckedClaim, CheckReport, CheckVerdict, MatchedSeries, Slip
from etl.documents.prose import FoundClaim
from etl.periods import Period, build_fiscal_year, build_window

TEXT = (
    "Russia supplied 36 per cent of India's arms imports in 2019-23, down from 76 per cent in 2009-13.\n"
    "\n"
    "Two-way trade reached $3 billion in fiscal 2021-22, an official said.\n"
)
TODAY, PRINTED = date(2026, 3, 9), date(2024, 3, 12)
SHARE_ID = "arms_import_share.IND.RUS.window.2019-23.sipri_fact_sheets.2024-03-11"


def find_claim(
    fragment: str, *, text: str = TEXT, indicator: str | None = "arms_import_share", **changes: Any
) -> FoundClaim:
    """A found claim with the place of its fragment in the text."""
    start = text.index(fragment)
    end = start + len(fragment)
    found = FoundClaim(
        stated_as=fragment,
        read_as=fragment,
        char_start=start,
        char_end=end,
        paragraph=text[:start].count("\n\n") + 1,
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
        value=Decimal(36),
        unit_measure="PERCENT",
        hedge="exact",
        indicator=indicator,
        ref_area="IND",
        counterpart_area="RUS",
        commodity="TOTAL",
        period=build_window(2019),
        baseline=None,
        is_change=False,
        attributed_to=None,
        sentence=next(line for line in text.split("\n") if fragment in line),
        readings=(),
    )
    return replace(found, **changes)


def judge_found(
    found: FoundClaim,
    *,
    number: int = 1,
    verdict: str = "supported",
    reason: str = "within_printed_precision",
) -> CheckedClaim:
    """A found claim with the same verdict then and now."""
    now = CheckVerdict(
        verdict, reason, TODAY, "SIPRI printed the same.", "36; printed 36", (SHARE_ID,), "2021-25", 40.0
    )
    matched = MatchedSeries("arms_import_share", "IND", "RUS", "TOTAL", "PERCENT")
    then = replace(now, as_of=PRINTED, newest_period=None, newest_value=None)
    return CheckedClaim(f"check.{number}", found, 35.5, 36.5, then, now, (), matched)


def build_report(text: str = TEXT, claims: tuple[CheckedClaim, ...] | None = None) -> CheckReport:
    """A report of a text; by default one figure supported, one superseded and one contradicted."""
    return CheckReport(
        text=text,
        kind="text",
        title=None,
        published_on=PRINTED,
        as_of=TODAY,
        snapshot_id="2026-03-09-0123456789",
        claims=list_usual_claims() if claims is None else claims,
        notes=("Years without more words are calendar years.",),
        seconds=0.012,
    )


def list_usual_claims() -> tuple[CheckedClaim, ...]:
    """Three figures of the usual text with three verdicts, the last with a likely slip."""
    trade = find_claim(
        "$3 billion",
        indicator="bilateral_trade",
        value=Decimal(3_000_000_000),
        unit_measure="USD",
        period=build_fiscal_year(2021),
        attributed_to="an official",
        readings=("India and Russia are taken from the paragraph before.",),
    )
    slip = Slip("digit_lost", "$13.12 bn is the total of fiscal 2021-22.", (SHARE_ID,))
    contradicted = judge_found(trade, number=3, verdict="contradicted", reason="outside_printed_precision")
    earlier = find_claim("76 per cent", value=Decimal(76), period=build_window(2009))
    return (
        judge_found(find_claim("36 per cent")),
        judge_found(earlier, number=2, verdict="superseded", reason="restated_by_publisher"),
        replace(contradicted, slips=(slip,), matched=replace_unit(contradicted, "USD")),
    )


def replace_unit(claim: CheckedClaim, unit: str) -> MatchedSeries:
    """The matched series of trade, in a unit."""
    return MatchedSeries("bilateral_trade", "IND", "RUS", "TOTAL", unit)


def build_present() -> Period:
    """No period stated."""
    return Period(None, None, "present", "")
