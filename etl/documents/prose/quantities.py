"""Quantities: every number of a sentence that has a unit, with its place and its value in the base unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from etl.documents.lexicon import YEAR, Lexicon
from etl.documents.prose.quantity_forms import (
    BARE,
    COUNT,
    MONEY,
    VOLUME,
    WORDED,
    Form,
    compile_joiner,
    compile_part,
    compile_partner,
    list_forms,
)
from etl.documents.prose.sentences import Places
from etl.units import LARGEST, MILLION

# What is counted is counted in whole things, and in fewer than this: a bound against populations and
# distances. An order for rifles may exceed it, and is then not read.
MOST_COUNTED = 200_000
# How far before a figure the number stands that shares its unit: "from 13 to nearly 27 billion dollars". The
# words between are bounded by the pattern; this only bounds the search.
LONGEST_PAIR = 60
_YEAR_LIKE = re.compile(YEAR)
_IS_NAME = re.compile(r"0\d")


@dataclass(frozen=True)
class Quantity:
    """One number with its unit; `read_as` repeats a unit that is printed once for two numbers.

    `unit` is empty where only a scale is printed, such as 68.7 billion: what is measured decides then.
    `is_whole` marks the second count of "three of the five batteries". The ends of a range bring their
    `hedge`: of "64-65 billion" one is at least, the other at most.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    read_as: str
    kind: str
    noun: str = ""
    is_whole: bool = False
    hedge: str = ""


class QuantityFinder:
    """Finds quantities with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._forms = list_forms(lexicon)
        self._number = lexicon.compile(lexicon.number_pattern, used="numbers")
        self._digits = lexicon.compile(lexicon.digits_pattern, used="digits")
        self._partner = compile_partner(lexicon)
        self._part = compile_part(lexicon)
        self._joiner = compile_joiner(lexicon)

    def find(self, plain: str, *, taken: Iterable[tuple[int, int]]) -> list[Quantity]:
        """Every quantity of a sentence in order; nothing is read inside the places already taken.

        A place is read once, by the most telling form.
        """
        places = Places(len(plain), taken)
        found = [
            quantity
            for form in self._forms
            for match in form.pattern.finditer(plain)
            for quantity in self._read_place(plain, match, form, places=places)
        ]
        # Units are shared once all figures are known, volumes first: then no scale is taken for money.
        found = _name_volumes(sorted(found, key=lambda quantity: quantity.start))
        found = [
            self._share_currency(plain, found[place - 1] if place else None, one)
            for place, one in enumerate(found)
        ]
        return [self._share_scale(plain, *pair) for pair in zip_longest(found, found[1:])]

    def _read_place(
        self, plain: str, match: re.Match[str], form: Form, *, places: Places
    ) -> Iterator[Quantity]:
        quantity = self._read_match(match, form) if places.is_free(*match.span("whole")) else None
        if quantity is None:
            return
        places.take(quantity.start, quantity.end)
        if match.groupdict().get("low"):
            yield from self._split_range(match, quantity)
            return
        find_partner = self._find_part if quantity.kind == COUNT else self._find_partner
        partner = find_partner(plain, quantity)
        if partner is None or not places.is_free(partner.start, partner.end):
            yield quantity
            return
        places.take(partner.start, partner.end)
        yield replace(quantity, is_whole=quantity.kind == COUNT)
        yield partner

    def _read_match(self, match: re.Match[str], form: Form) -> Quantity | None:
        start, end = match.span("whole")
        groups, printed = match.groupdict(), match.group("whole")
        if form.kind == WORDED:
            section = "fractions" if form.unit == "PERCENT" else "multiples"
            worded = self._lexicon.read_words(section, printed)
            return None if worded is None else Quantity(start, end, worded, form.unit, printed, WORDED)
        number = self._lexicon.read_number(match.group("number"))
        # "RSD 001" is a name although RSD is a currency.
        if number is None or (form.kind == MONEY and _IS_NAME.match(match.group("number"))):
            return None
        if form.kind == BARE and (len(groups["scale"]) == 1 or printed.startswith("0")):
            # "039B" is a name; a single letter scales only what has a currency.
            return None
        value = number * self._lexicon.read_scale(groups.get("scale"))
        if form.kind == VOLUME and groups.get("scale"):
            value /= MILLION
        # Beyond all trade of the world: a number run together or a slip, and nothing to judge.
        if value > LARGEST or (form.kind == COUNT and not _is_count(match, number)):
            return None
        unit = self._lexicon.find_currency(groups["currency"]) if form.kind == MONEY else form.unit
        return Quantity(start, end, value, unit, printed, form.kind, groups.get("noun") or "")

    def _split_range(self, match: re.Match[str], quantity: Quantity) -> Iterator[Quantity]:
        """The two ends of "$64-65 billion", each with the unit; nothing where they are out of order."""
        low, high = (self._lexicon.read_number(match.group(name)) for name in ("low", "number"))
        is_year = _YEAR_LIKE.fullmatch(match.group("low")) is not None
        # "2019-23 billion" is a year before an amount, and "10-5" no range.
        if low is None or high is None or not 0 < low < high or is_year:
            return
        printed, offset = quantity.read_as, quantity.start
        cut = match.start("number") - offset
        first, last = printed[: match.start("low") - offset], printed[cut:]
        tail = printed[match.end("number") - offset :]
        yield replace(
            quantity,
            end=match.end("low"),
            value=low * (quantity.value / high),
            read_as=f"{first}{match.group('low')}{tail}",
            hedge="at_least",
        )
        yield replace(quantity, start=match.start("number"), read_as=f"{first}{last}", hedge="up_to")

    def _find_partner(self, plain: str, quantity: Quantity) -> Quantity | None:
        """The first number of "from 13 to 27 billion dollars", which leaves its unit to the second."""
        if quantity.kind == WORDED:
            return None
        offset = max(0, quantity.start - LONGEST_PAIR)
        match = self._partner.search(plain[offset : quantity.start])
        # "13 million to 27 billion": the first has a scale of its own.
        if match is None or match.group("scale"):
            return None
        number = self._lexicon.read_number(match.group("number"))
        printed = self._number.search(quantity.read_as)
        own = None if printed is None else self._lexicon.read_number(printed[0])
        is_year = _YEAR_LIKE.fullmatch(match.group("number")) and not match.group("currency")
        if number is None or printed is None or not own or is_year:
            return None
        start, end = (place + offset for place in match.span("whole"))
        read_as = quantity.read_as.replace(printed[0], match.group("number"), 1)
        return Quantity(start, end, number * (quantity.value / own), quantity.unit, read_as, quantity.kind)

    def _find_part(self, plain: str, quantity: Quantity) -> Quantity | None:
        """The first number of "three of the five batteries", which leaves its noun to the second."""
        offset = max(0, quantity.start - LONGEST_PAIR)
        match = self._part.search(plain[offset : quantity.start])
        number = None if match is None else self._lexicon.read_number(match.group("number"))
        if match is None or number is None:
            return None
        start, end = (place + offset for place in match.span("number"))
        read_as = f"{match.group('number')} {quantity.noun}"
        return Quantity(start, end, number, quantity.unit, read_as, COUNT, quantity.noun)

    def _share_currency(self, plain: str, before: Quantity | None, quantity: Quantity) -> Quantity:
        """The second of "from US$ 10.1 to 65.7 billion" in the currency of the first."""
        if before is None or before.kind != MONEY or quantity.kind != BARE:
            return quantity
        is_joined = self._joiner.fullmatch(plain, before.end, quantity.start) is not None
        return replace(quantity, kind=MONEY, unit=before.unit) if is_joined else quantity

    def _share_scale(self, plain: str, quantity: Quantity, following: Quantity | None) -> Quantity:
        """The first of "from $13 to $27 billion" in the scale of the second."""
        if following is None or quantity.kind != MONEY or following.kind != MONEY:
            return quantity
        own, other = (self._digits.search(one.read_as) for one in (quantity, following))
        if own is None or other is None or quantity.unit != following.unit:
            return quantity
        # "$13 to $27 billion" means 13 billion; "$13m to $27bn" says what it means.
        has_scale = any(sign.isalpha() for sign in quantity.read_as[own.end() :])
        number = self._lexicon.read_number(other[0])
        if has_scale or not number or following.value == number:
            return quantity
        if not self._joiner.fullmatch(plain[quantity.end : following.start]):
            return quantity
        read_as = following.read_as.replace(other[0], own[0], 1)
        return replace(quantity, value=quantity.value * (following.value / number), read_as=read_as)


def _name_volumes(found: list[Quantity]) -> list[Quantity]:
    """Figures of a sentence about volumes, where one says TIV and the next leaves it out."""
    kinds = {one.kind for one in found}
    if VOLUME not in kinds or MONEY in kinds:
        return found
    return [
        replace(
            one, value=one.value / MILLION, unit="TIV_MILLIONS", kind=VOLUME, read_as=f"{one.read_as} TIV"
        )
        if one.kind == BARE and one.value >= MILLION
        else one
        for one in found
    ]


def _is_count(match: re.Match[str], number: Decimal) -> bool:
    """Whether a number before a noun counts it: no year, no fraction, nothing beyond belief."""
    is_whole = number == number.to_integral_value() and 1 < number <= MOST_COUNTED
    return is_whole and not _YEAR_LIKE.fullmatch(match.group("number"))
