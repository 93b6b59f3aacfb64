"""Quantities: every number of a sentence that has a unit, with its place and its value in the base unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from etl.documents.lexicon import DIGITS, Lexicon, join_words
from etl.documents.prose.numbers import read_number_words
from etl.units import LARGEST, MILLION

# What is counted is counted in whole things, and in fewer than this.
MOST_COUNTED = 200_000
# How far before a figure the number stands that shares its unit: "from 13 to nearly 27 billion dollars".
LONGEST_PAIR = 60
MONEY, SHARE, VOLUME, COUNT, WORDED, BARE = "money", "share", "volume", "count", "worded", "bare"
_DIGITS = re.compile(DIGITS)
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_NO_YEAR = r"(?!(?:19|20)\d\d\b)"
_START = r"(?<![\w.,/$#-])"


@dataclass(frozen=True)
class Quantity:
    """One number with its unit; `read_as` repeats a unit that is printed once for two numbers.

    `unit` is empty where only a scale is printed, such as 68.7 billion: what is measured decides then.
    `is_whole` marks the second count of "three of the five batteries".
    """

    start: int
    end: int
    value: Decimal
    unit: str
    read_as: str
    kind: str
    noun: str = ""
    is_whole: bool = False


@dataclass(frozen=True)
class Form:
    """One way to print a quantity."""

    kind: str
    unit: str
    pattern: re.Pattern[str]


class QuantityFinder:
    """Finds quantities with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._forms = tuple(_list_forms(lexicon))
        self._number = re.compile(lexicon.number_pattern, re.IGNORECASE)
        self._partner = _compile_partner(lexicon)
        parts = "|".join(lexicon.write_pattern(one) for one in lexicon.list_phrases("counted", "part_of"))
        self._part = re.compile(
            rf"(?<![\w.,$-])(?P<number>{lexicon.number_pattern}) (?:\w+ )?(?:{parts}) ?$", re.IGNORECASE
        )
        self._joiner = _compile_joiner(lexicon)

    def find(self, plain: str, *, taken: list[tuple[int, int]]) -> list[Quantity]:
        """Every quantity of a sentence in order; nothing is read inside the places already taken.

        A place is read once, by the most telling form: money before a bare scale, points before per cent.
        """
        found: list[Quantity] = []
        occupied = list(taken)
        for form in self._forms:
            for match in form.pattern.finditer(plain):
                quantity = self._read_match(match, form)
                if quantity is None or _is_taken(match.span("whole"), occupied):
                    continue
                occupied.append((quantity.start, quantity.end))
                partners = list(self._read_partner(plain, quantity, occupied=occupied))
                is_whole = quantity.kind == COUNT and bool(partners)
                found.extend([replace(quantity, is_whole=is_whole), *partners])
        found.sort(key=lambda quantity: quantity.start)
        return [self._share_scale(plain, *pair) for pair in zip_longest(found, found[1:])]

    def _share_scale(self, plain: str, quantity: Quantity, following: Quantity | None) -> Quantity:
        """The first of "from $13 to $27 billion" in the scale of the second."""
        if following is None or quantity.kind != MONEY or following.kind != MONEY:
            return quantity
        has_scale = any(
            sign.isalpha() for sign in quantity.read_as.partition(_find_digits(quantity.read_as))[2]
        )
        if has_scale or not self._joiner.fullmatch(plain[quantity.end : following.start]):
            return quantity
        digits = _find_digits(following.read_as)
        own = read_number_words(digits, self._lexicon)
        if not own or following.value / own == 1 or quantity.unit != following.unit:
            return quantity
        read_as = following.read_as.replace(digits, _find_digits(quantity.read_as), 1)
        return replace(quantity, value=quantity.value * (following.value / own), read_as=read_as)

    def _read_match(self, match: re.Match[str], form: Form) -> Quantity | None:
        start, end = match.span("whole")
        groups, printed = match.groupdict(), match.group("whole")
        if form.kind == WORDED:
            value = self._find_worded(printed, form.unit)
            return None if value is None else Quantity(start, end, value, form.unit, printed, WORDED)
        number = read_number_words(match.group("number"), self._lexicon)
        if number is None:
            return None
        value = number * self._read_scale(groups.get("scale"))
        if form.kind == VOLUME and groups.get("scale"):
            value /= MILLION
        if value > LARGEST or (form.kind == COUNT and not self._is_count(match, number)):
            return None
        return Quantity(start, end, value, form.unit, printed, form.kind, groups.get("noun") or "")

    def _is_count(self, match: re.Match[str], number: Decimal) -> bool:
        """Whether a number before a noun counts it: no year, no fraction, nothing beyond belief."""
        is_whole = number == number.to_integral_value() and 1 < number <= MOST_COUNTED
        return is_whole and not _YEAR_LIKE.fullmatch(match.group("number"))

    def _find_worded(self, printed: str, unit: str) -> Decimal | None:
        section = "fractions" if unit == "PERCENT" else "multiples"
        joined = re.sub(r"[ -]+", "", printed.lower())
        for words, value in self._lexicon.entries[section].items():
            if joined == words.replace(" ", ""):
                return Decimal(str(value))
        return None

    def _read_scale(self, words: str | None) -> Decimal:
        scale = Decimal(1)
        for word in re.split(r"[ -]+", (words or "").strip().lower()):
            scale *= self._lexicon.scales[word] if word else 1
        return scale

    def _read_partner(
        self, plain: str, quantity: Quantity, *, occupied: list[tuple[int, int]]
    ) -> Iterator[Quantity]:
        """The first number of "from 13 to 27 billion dollars", which leaves its unit to the second."""
        if quantity.kind == COUNT:
            yield from self._read_part(plain, quantity, occupied=occupied)
        if quantity.kind in {COUNT, WORDED}:
            return
        match = self._partner.search(plain[max(0, quantity.start - LONGEST_PAIR) : quantity.start])
        offset = max(0, quantity.start - LONGEST_PAIR)
        if match is None or match.group("scale"):
            return
        place = (match.start("whole") + offset, match.end("whole") + offset)
        number = read_number_words(match.group("number"), self._lexicon)
        printed = self._number.search(quantity.read_as)
        own = None if printed is None else read_number_words(printed[0], self._lexicon)
        is_year = bool(_YEAR_LIKE.fullmatch(match.group("number"))) and not match.group("currency")
        if number is None or printed is None or not own or is_year or _is_taken(place, occupied):
            return
        occupied.append(place)
        read_as = quantity.read_as.replace(printed[0], match.group("number"), 1)
        yield Quantity(*place, number * (quantity.value / own), quantity.unit, read_as, quantity.kind)

    def _read_part(
        self, plain: str, quantity: Quantity, *, occupied: list[tuple[int, int]]
    ) -> Iterator[Quantity]:
        """The first number of "three of the five batteries", which leaves its noun to the second."""
        match = self._part.search(plain[: quantity.start])
        number = None if match is None else read_number_words(match.group("number"), self._lexicon)
        if match is None or number is None or _is_taken(match.span("number"), occupied):
            return
        occupied.append(match.span("number"))
        read_as = f"{match.group('number')} {quantity.noun}"
        yield Quantity(*match.span("number"), number, quantity.unit, read_as, COUNT, quantity.noun)


def _is_taken(place: tuple[int, int], occupied: list[tuple[int, int]]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in occupied)


def _list_forms(lexicon: Lexicon) -> Iterator[Form]:
    number = rf"(?P<number>{lexicon.number_pattern})"
    scaled = rf"{number}(?:[ -]?(?P<scale>{lexicon.scale_pattern}))?"
    yield from _list_volume_forms(lexicon, scaled)
    for unit in ("OTHER_CURRENCY", "USD", "INR"):
        before = _join(lexicon, "currencies", f"{unit}_before")
        after = _join(lexicon, "currencies", f"{unit}_after")
        yield _build_form(
            MONEY, unit, rf"(?P<whole>(?<![A-Za-z])(?:{before})[ -]?{scaled}(?:[ -](?:{after})\b)?)"
        )
        yield _build_form(MONEY, unit, rf"(?P<whole>{_START}{scaled}[ -](?:{after})\b)")
    for unit in ("PERCENTAGE_POINTS", "PERCENT"):
        yield _build_form(
            SHARE, unit, rf"(?P<whole>{_START}{number}[ -]?(?:{_join(lexicon, 'units', unit)}))"
        )
    for unit in ("BARRELS_PER_DAY", "BARRELS", "TONNES"):
        form = rf"(?P<whole>{_START}{scaled}[ -](?:{_join(lexicon, 'units', unit)})\b)"
        yield _build_form("mass", unit, form)
    yield _build_form(WORDED, "PERCENT", rf"(?P<whole>\b(?:{join_words(lexicon.entries['fractions'])})\b)")
    yield _build_form(WORDED, "TIMES", rf"(?P<whole>\b(?:{join_words(lexicon.entries['multiples'])})\b)")
    for name in ("fold", "times"):
        form = rf"(?P<whole>{_START}{number}[ -]?(?:{_join(lexicon, 'multiple_forms', name)}))"
        yield _build_form("multiple", "TIMES", form)
    breakers = "|".join(lexicon.list_phrases("counted", "not_between"))
    for unit in ("BATTERIES", "REGIMENTS", "UNITS", "COUNT"):
        noun = rf"(?P<noun>{_join(lexicon, 'counted', unit)})"
        form = rf"(?P<whole>{_START}{_NO_YEAR}{number}\+? (?:(?!\d+ |(?:{breakers})\b)[\w'/.-]+ ){{0,4}}?{noun}\b)"
        yield _build_form(COUNT, unit, form)
    yield _build_form(BARE, "", rf"(?P<whole>{_START}{number}[ -]?(?P<scale>{lexicon.scale_pattern}))")


def _list_volume_forms(lexicon: Lexicon, scaled: str) -> Iterator[Form]:
    after, before = _join(lexicon, "volume", "after"), _join(lexicon, "volume", "before")
    yield _build_form(VOLUME, "TIV_MILLIONS", rf"(?P<whole>{_START}{scaled}[ -](?:{after}))(?!\w)")
    yield _build_form(VOLUME, "TIV_MILLIONS", rf"\b(?:{before})[ -](?P<whole>{scaled})(?!\w)")


def _join_pair_words(lexicon: Lexicon) -> tuple[str, str]:
    joiners = "|".join(lexicon.write_pattern(word) for word in lexicon.list_phrases("pairs", "to"))
    hedges = "|".join(
        lexicon.write_pattern(phrase)
        for name in ("about", "over", "under", "at_least", "up_to")
        for phrase in lexicon.list_phrases("hedges", name)
    )
    return joiners, hedges


def _compile_joiner(lexicon: Lexicon) -> re.Pattern[str]:
    joiners, hedges = _join_pair_words(lexicon)
    return re.compile(rf" ?(?:{joiners}) ?(?:(?:{hedges}) )?", re.IGNORECASE)


def _compile_partner(lexicon: Lexicon) -> re.Pattern[str]:
    joiners, hedges = _join_pair_words(lexicon)
    whole = (
        rf"(?P<whole>(?P<currency>(?:US ?)?\$|Rs\.? ?)?(?P<number>{lexicon.number_pattern}))"
        rf"(?: ?(?P<scale>{lexicon.scale_pattern}))?"
    )
    return re.compile(rf"(?<![\w.,/#$-]){whole} ?(?:{joiners}) ?(?:(?:{hedges}) )?$", re.IGNORECASE)


def _join(lexicon: Lexicon, section: str, name: str) -> str:
    return "|".join(lexicon.write_pattern(phrase) for phrase in lexicon.list_phrases(section, name))


def _build_form(kind: str, unit: str, pattern: str) -> Form:
    return Form(kind, unit, re.compile(pattern, re.IGNORECASE))


def _find_digits(fragment: str) -> str:
    found = _DIGITS.search(fragment)
    return found[0] if found else fragment
