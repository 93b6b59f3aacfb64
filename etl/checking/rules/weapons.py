"""Weapons: named as a register names them, and their counts held against its orders.

The register counts what was delivered under the orders of a year, as of its own day. A text may count one
order, one of two orders of a year, or all orders so far, and batteries where the register counts launchers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from etl.checking.series_index import SeriesIndex, Weapon
from etl.formatting import join_words
from etl.judge.arithmetic import write_allowed, write_comparison
from etl.judge.references import Claim, Reference, SeriesBook, keep_newest
from etl.judge.rulings import Case, Ruling
from etl.judge.verdicts import rule_on_claim
from etl.judge.wording import format_reference, format_vintage, join_sentences, quote
from etl.units import format_value

UNIT_INDICATORS = frozenset({"units_ordered", "units_delivered", "units_pending"})
# A shorter word without a number is "gun" or "air" sooner than the name of a type.
SHORTEST_NAME = 4
_WORD = re.compile(r"[A-Za-z0-9]+(?:[-/.][A-Za-z0-9]+)*")
_ROOT = re.compile(r"[a-z]+\d+")
# As many values as one sentence bears, as in etl/judge/rules.py: the newest ones.
MOST_LISTED = 6


def find_designations(claim: Claim, book: SeriesBook) -> list[Claim]:
    """The claim on every series whose designation its weapon's name may mean; one where that is plain.

    The other side may be left open ("India ordered 36 Rafale") or taken from the text around it: where that
    side has sold no such weapon, the register says who has.
    """
    known = book.list_series(claim.indicator, claim.ref_area)
    own = [one for one in known if one[2] == claim.counterpart_area]
    return _choose_series(claim, own) or _choose_series(claim, known)


def choose_designations(name: str, designations: Iterable[str]) -> list[str]:
    """The designations that a printed name fits best, in alphabetical order.

    A word of the name that is a word of the designation comes first (S-400, BrahMos); then a designation that
    begins with the name (T-90: T-90S); then a name that begins with a designation which itself names a
    variant, or which has no other variant (Su-30MKI: Su-30MK). Words with a number come before words without.
    """
    known = {one: _split_words(one) for one in sorted(designations)}
    words = [word for word in _split_words(name) if _is_specific(word)]
    # A number tells types apart where a maker's or a family's name is shared.
    numbered = [word for word in words if not word.isalpha()]
    for tried in (numbered, [] if numbered else words):
        for is_fitting in (_is_word_of, _is_singular_of, _begins_designation):
            found = [one for one, parts in known.items() if any(is_fitting(word, parts) for word in tried)]
            if found:
                return found
    return _find_variants(numbered, known)


def rule_on_weapons(claim: Claim, *, index: SeriesIndex, day: date, printed_on: date) -> Ruling:
    """How a count of weapons stands to the orders known on a day."""
    known = keep_newest(index.book.list_known(claim.series, day))
    orders = [one for one in known if one.unit_measure == claim.unit_measure]
    if not orders:
        return rule_on_claim(
            _place_in_order_year(claim, known), book=index.book, as_of=day, printed_on=printed_on
        )
    orders.sort(key=lambda one: (one.period_start, one.obs_id))
    weapon = _find_weapon(claim, index, day)
    case = Case(claim, day, printed_on, tuple(orders), orders[-1], index.book)
    dated = [one for one in orders if _is_of_claimed_year(claim, one)]
    ruling = (
        _hold_against_orders(case, dated or orders)
        or _hold_against_single_deals(case, dated or orders, weapon)
        or _hold_against_all(case, orders)
        or _rule_against(case, dated, orders, weapon)
    )
    return replace(ruling, newest=orders[-1])


def _choose_series(claim: Claim, series: list[tuple[str, ...]]) -> list[Claim]:
    meant = choose_designations(claim.commodity, {one[3] for one in series})
    return [replace(claim, counterpart_area=one[2], commodity=one[3]) for one in series if one[3] in meant]


def _split_words(name: str) -> list[str]:
    """Words without their hyphens, in small letters."""
    plain = re.sub("[\u2010-\u2015\u2212]", "-", name)
    return [re.sub(r"[-/.]", "", word).lower() for word in _WORD.findall(plain)]


def _is_specific(word: str) -> bool:
    return len(word) >= SHORTEST_NAME if word.isalpha() else any(sign.isalpha() for sign in word)


def _is_word_of(word: str, parts: list[str]) -> bool:
    return word in parts


def _is_singular_of(word: str, parts: list[str]) -> bool:
    return word.endswith("s") and word[:-1] in parts


def _begins_designation(word: str, parts: list[str]) -> bool:
    # T-90 begins T-90S but S-40 does not begin S-400: what follows is a variant and no other number.
    singular = word.removesuffix("s") if word[-2:-1].isdigit() else word
    has_digit = any(sign.isdigit() for sign in singular)
    return has_digit and any(
        part.startswith(singular) and part[len(singular)].isalpha() for part in parts if part != singular
    )


def _find_variants(words: list[str], known: dict[str, list[str]]) -> list[str]:
    for word in words:
        shorter = {
            one: part
            for one, parts in known.items()
            for part in parts
            if _ROOT.match(part) and word.startswith(part) and word[len(part) : len(part) + 1].isalpha()
        }
        if not shorter:
            continue
        longest = max(map(len, shorter.values()))
        best = [one for one, part in shorter.items() if len(part) == longest]
        root = _ROOT.match(shorter[best[0]])
        is_root = root is not None and root[0] == shorter[best[0]]
        family = [
            one for one, parts in known.items() if root and any(part.startswith(root[0]) for part in parts)
        ]
        return family if is_root else best
    return []


def _hold_against_orders(case: Case, orders: list[Reference]) -> Ruling | None:
    agreeing = [one for one in orders if case.claim.agrees_with(one)]
    if not agreeing:
        return None
    # The newest: a text speaks of the order that is in the news.
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
    # What is pending is computed, and no deal prints it.
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
    # A single order has been held against the claim before.
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
    # With several orders, or of deliveries that go on, a text may count a part that the register does not.
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


def _find_weapon(claim: Claim, index: SeriesIndex, day: date) -> Weapon | None:
    weapon = index.weapons.get((claim.ref_area, claim.counterpart_area, claim.commodity))
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
