"""Weapons: counts held against the orders of a register, one by one and all together.

The register counts what was delivered under the orders of a year, as of its own day. A text may count one
order, one of two orders of a year, or all orders so far, and batteries where the register counts launchers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from etl.checking.holdings import Holdings, Weapon
from etl.formatting import join_words
from etl.judge.arithmetic import write_allowed, write_comparison
from etl.judge.references import Claim, Reference, keep_newest
from etl.judge.rulings import Case, Ruling
from etl.judge.verdicts import rule_on_claim
from etl.judge.wording import format_reference, format_vintage, join_sentences, quote
from etl.units import format_value

MOST_LISTED = 6


def rule_on_weapons(claim: Claim, *, holdings: Holdings, day: date, printed_on: date) -> Ruling:
    """How a count of weapons stands to the orders known on a day."""
    known = keep_newest(holdings.book.list_known(claim.series, day))
    orders = [one for one in known if one.unit_measure == claim.unit_measure]
    if not orders:
        return rule_on_claim(
            _place_in_order_year(claim, known), book=holdings.book, as_of=day, printed_on=printed_on
        )
    orders.sort(key=lambda one: (one.period_start, one.obs_id))
    weapon = _find_weapon(claim, holdings, day)
    case = Case(claim, day, printed_on, tuple(orders), orders[-1], holdings.book)
    dated = [one for one in orders if _is_of_claimed_year(claim, one)]
    ruling = (
        _hold_against_orders(case, dated or orders)
        or _hold_against_single_deals(case, dated or orders, weapon)
        or _hold_against_all(case, orders)
        or _rule_against(case, dated, orders, weapon)
    )
    return replace(ruling, newest=orders[-1])


def _hold_against_orders(case: Case, orders: list[Reference]) -> Ruling | None:
    agreeing = [one for one in orders if case.claim.agrees_with(one)]
    if not agreeing:
        return None
    order = agreeing[-1]
    held = f"{order.publisher}\u2019s register of {format_vintage(order)} has {format_reference(order)}"
    if _names_another_year(case.claim, orders):
        text = f"{quote(case.claim)} is the order of {order.time_period} ({held}), not of the year named."
        return _rule(case, "not_comparable", "wrong_period_label", [order], text)
    text = f"{quote(case.claim)} holds for the orders of {order.time_period}: {held}."
    return _rule(case, "supported", "within_printed_precision", [order], text)


def _hold_against_single_deals(case: Case, orders: list[Reference], weapon: Weapon | None) -> Ruling | None:
    """One of several orders of a year, which the statistics add up."""
    if _names_another_year(case.claim, orders):
        return None
    years = {one.period_start.year: one for one in orders}
    is_delivered = case.claim.indicator == "units_delivered"
    for deal in weapon.deals if weapon and case.claim.indicator != "units_pending" else ():
        number = deal.number_delivered if is_delivered else deal.number_ordered
        if deal.order_year in years and number is not None and case.claim.allows(number):
            order = years[deal.order_year]
            text = (
                f"{quote(case.claim)} holds for one of the orders of {deal.order_year}, which has {number}."
            )
            ruling = _rule(case, "supported", "within_printed_precision", [order], text)
            return replace(ruling, arithmetic=f"{number} in the order {deal.deal_id}; {ruling.arithmetic}")
    return None


def _hold_against_all(case: Case, orders: list[Reference]) -> Ruling | None:
    """All orders up to the claimed day, or all there are where a text that names no year counts them."""
    end = case.claim.period_end
    if _is_dated(case.claim):
        return None
    counted = [one for one in orders if end is None or one.period_start <= end]
    total = sum(one.obs_value for one in counted)
    if len(counted) < 2 or not case.claim.allows(total):
        return None
    years = join_words([one.time_period for one in counted])
    text = f"{quote(case.claim)} holds for the orders of {years} together: {format_value(total, 'UNITS')}."
    sums = " + ".join(f"{one.obs_value:,.0f}" for one in counted)
    ruling = _rule(case, "supported", "within_printed_precision", counted, text)
    return replace(ruling, arithmetic=f"{sums} = {total:,.0f}; {write_allowed(case.claim)}")


def _rule_against(
    case: Case, dated: list[Reference], orders: list[Reference], weapon: Weapon | None
) -> Ruling:
    claim, nearest = case.claim, (dated or orders)[-MOST_LISTED:]
    values = join_words([f"those of {one.time_period} have {format_reference(one)}" for one in nearest])
    text = f"No order, and no sum of orders, of {claim.commodity} gives {quote(claim)}: {values}."
    if weapon is not None and weapon.is_system:
        remark = "What a text calls one system, the register may count as several."
        return _rule(case, "not_comparable", "wrong_unit", nearest, join_sentences(text, remark))
    is_one = len(dated) == 1 or (claim.period_basis == "present" and len(orders) == 1)
    if claim.indicator != "units_ordered" or not is_one or weapon is None:
        return _rule(case, "not_comparable", "period_basis_differs", nearest, text)
    years = {one.period_start.year for one in nearest}
    if any(deal.is_uncertain for deal in weapon.deals if deal.order_year in years):
        remark = "The register marks its own number or year as uncertain."
        return _rule(case, "unresolved", "no_reference", nearest, join_sentences(text, remark))
    return _rule(case, "contradicted", "outside_printed_precision", nearest, text)


def _rule(case: Case, verdict: str, reason: str, references: list[Reference], text: str) -> Ruling:
    sums = write_comparison(case.claim, references, book=case.book)
    return Ruling(verdict, reason, references[-1], tuple(references), text, sums)


def _find_weapon(claim: Claim, holdings: Holdings, day: date) -> Weapon | None:
    weapon = holdings.weapons.get((claim.ref_area, claim.counterpart_area, claim.commodity))
    return weapon if weapon is not None and weapon.vintage <= day else None


def _is_dated(claim: Claim) -> bool:
    return claim.period_basis not in {"present", "up_to_date"} and claim.indicator == "units_ordered"


def _names_another_year(claim: Claim, orders: list[Reference]) -> bool:
    return _is_dated(claim) and not any(_is_of_claimed_year(claim, one) for one in orders)


def _is_of_claimed_year(claim: Claim, order: Reference) -> bool:
    if claim.period_end is None or claim.indicator != "units_ordered":
        return False
    first = claim.period_start or claim.period_end
    return first.year <= order.period_start.year <= claim.period_end.year


def _place_in_order_year(claim: Claim, known: list[Reference]) -> Claim:
    """A claim in another unit, in the year of an order where it names one, else of no period."""
    for order in known:
        if _is_of_claimed_year(claim, order):
            return replace(
                claim,
                time_period=order.time_period,
                period_start=order.period_start,
                period_end=order.period_end,
                period_basis=order.period_basis,
            )
    return replace(claim, time_period=None, period_start=None, period_end=None, period_basis="present")
