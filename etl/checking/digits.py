"""Digits: a figure whose digits were cut off instead of rounded, lost, doubled or swapped."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from etl.judge.closeness import CloseReading
from etl.judge.references import Reference


def find_digit_slip(reading: CloseReading, reference: Reference) -> tuple[str, str] | None:
    """The slip that leads from a reference's value to the printed digits: its code, and how, in words."""
    if not reading.scale or not reading.step:
        return None
    value = abs(Decimal(repr(reference.obs_value)))
    if reading.size and reading.size < value < reading.size + reading.step and not reading.fits(reference):
        return "truncated", "cuts its last digits off instead of rounding them"
    unit_step = reading.step / reading.scale
    rounded = (value / reading.scale).quantize(unit_step, rounding=ROUND_HALF_UP)
    right, printed = f"{rounded:f}", reading.digits
    if right == printed:
        return None
    if printed in list_shorter(right):
        return "digit_lost", f"lacks a digit of {right}"
    if right in list_shorter(printed):
        return "digit_lost", f"has a digit more than {right}"
    if printed in list_swapped(right):
        return "digit_lost", f"swaps two digits of {right}"
    return None


def list_shorter(digits: str) -> set[str]:
    """The number with one digit left out, wherever that leaves a number."""
    shorter = {
        digits[:place] + digits[place + 1 :] for place in range(len(digits)) if digits[place].isdigit()
    }
    return {one for one in shorter if one[:1].isdigit() and one[-1:].isdigit() and _is_plain(one)}


def list_swapped(digits: str) -> set[str]:
    """The number with two digits that stand side by side in each other's place."""
    places = [place for place, sign in enumerate(digits) if sign.isdigit()]
    swapped = {
        digits[:first] + digits[last] + digits[first + 1 : last] + digits[first] + digits[last + 1 :]
        for first, last in pairwise(places)
    }
    return {one for one in swapped if one != digits and _is_plain(one)}


def _is_plain(digits: str) -> bool:
    return not digits.startswith("0") or digits.startswith("0.")
