"""Lexicons: the words of one language that the reader of prose knows, as patterns ready to search with.

A lexicon is one file under `lexicons/`; another language is another file. Searches run on a plain copy of a
text in which every dash is a hyphen and every white space a blank, so patterns write a blank for either.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from etl.documents.lexicon_shape import CODED, LISTS, PLAIN, VALUES, check_shape
from etl.errors import InputError
from etl.vocabulary.currencies import CURRENCIES

DEFAULT_LANGUAGE = "en"
# Number words add up as English says them: a hundred before tens, tens before ones.
HUNDRED, TWENTY, TEN = 100, 20, 10
# A text about statistics names no year outside these; "1,875" and "2150" are then numbers, as they should be.
YEAR = r"(?:19|20)\d\d"
# What a list without words is as a pattern: it is found nowhere.
NEVER = "(?!)"
# Between two words; a longer run of blanks or hyphens parts them. Wrapped lines leave a few; without a bound
# the patterns take quadratic time on a text of blanks (tests/documents/prose/test_any_text.py).
MOST_BLANKS = 8
# Sign for sign, so that a place in the plain copy is the same place in the text.
_PLAIN = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u0060\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u00a0\u2009\u202f\u2007\u2002\u2003\u200a\t\r\n\f\v", " "),
    "\uff05": "%",
    "\u2044": "/",
}
_PLAIN_SIGNS = str.maketrans(_PLAIN)
_NAME = re.compile(r"\{([a-z][a-z_0-9]*)\}")


@dataclass(frozen=True)
class Lexicon:
    """The words of one language by what they do; `entries` is the file as it stands."""

    language: str
    entries: Mapping[str, Any]

    @cached_property
    def months(self) -> dict[str, int]:
        """Names and short names of months."""
        return {name: number for number, names in enumerate(self.entries["months"], 1) for name in names}

    @cached_property
    def values(self) -> dict[str, dict[str, Decimal]]:
        """The words of each section that have a value, written together and small."""
        return {
            section: {_squeeze(word): Decimal(str(value)) for word, value in self.entries[section].items()}
            for section in VALUES
        }

    @cached_property
    def digits_pattern(self) -> str:
        """A number in digits, as this language groups them."""
        digits = self.entries["digits"]
        sizes = ",".join(str(size) for size in (min(digits["group_sizes"]), max(digits["group_sizes"])))
        group, decimal = (re.escape(digits[name]) for name in ("group", "decimal"))
        grouped = rf"\d{{1,3}}(?:{group}\d{{{sizes}}})+(?!\d)|" if group else ""
        return rf"(?:{grouped}\d+)(?:{decimal}\d+)?"

    @cached_property
    def has_other_decimals(self) -> re.Pattern[str]:
        """A number that a text prints with the decimal mark of other languages: "9,87 billion"."""
        unit = rf"(?:{self.scale_pattern}|%|{self.join_phrases('units', 'PERCENT')})"
        return self.compile(
            rf"(?<![\d.,])\d{{1,3}}{re.escape(self._other_mark)}\d{{1,2}} ?{unit}", used="digits"
        )

    @cached_property
    def own_decimals(self) -> re.Pattern[str]:
        """A number with this language's own decimal mark."""
        return re.compile(rf"(?<![\d.,])\d+{re.escape(self.entries['digits']['decimal'])}\d{{1,2}}(?![\d.,])")

    def swap_decimals(self) -> Lexicon:
        """The same words with the decimal mark of other languages."""
        digits = {"group": self.entries["digits"]["decimal"], "group_sizes": [3], "decimal": self._other_mark}
        return replace(self, entries={**self.entries, "digits": digits})

    @property
    def _other_mark(self) -> str:
        return "." if self.entries["digits"]["decimal"] == "," else ","

    @cached_property
    def number_pattern(self) -> str:
        """A number in digits or words."""
        return rf"(?:{self.digits_pattern}|{self.words_pattern})"

    @cached_property
    def words_pattern(self) -> str:
        """A number in words: "twenty-five", "one hundred and fifty"."""
        text = join_words(self.entries["numbers"])
        hundreds = join_words(word for word, value in self.entries["numbers"].items() if value == HUNDRED)
        # One level of "and" is enough: statistics print what is longer in digits.
        after = rf"(?:[ -]{self.join_phrases('small_words', 'and')})?[ -]{text}(?:[ -]{text})?"
        return rf"{text}(?:[ -]{hundreds}(?:{after})?|[ -]{text})?"

    @cached_property
    def scale_pattern(self) -> str:
        """One scale word, or two such as lakh crore."""
        text = join_words(self.entries["scales"])
        return rf"{text}(?:[ -]+{text})?(?![^\W\d_])"

    @cached_property
    def currencies(self) -> dict[str, dict[str, str]]:
        """Each side of an amount with the patterns of the currencies printed there, by code, in order."""
        sides: dict[str, dict[str, str]] = {"before": {}, "after": {}}
        for name in self.entries["currencies"]:
            code, _, side = name.partition("_")
            sides[side][code] = self.join_phrases("currencies", name)
        # Of all others the code alone, in capitals.
        for code in CURRENCIES:
            for patterns in sides.values():
                own = f"(?-i:{code})"
                patterns[code] = f"(?:{patterns[code]}|{own})" if code in patterns else own
        return sides

    def join_currencies(self, side: str) -> str:
        """Every way to print a currency on one side of an amount, as one alternative."""
        return f"(?:{'|'.join(self.currencies[side].values())})"

    def find_currency(self, printed: str) -> str:
        """The code of a currency as it is printed."""
        return next(code for code, pattern in self._currency_patterns if pattern.fullmatch(printed))

    @cached_property
    def _currency_patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        return [
            (code, self.compile(re.sub(r"\(\?<![^)]*\)", "", pattern), used=f"currencies.{code}_{side}"))
            for side, patterns in self.currencies.items()
            for code, pattern in patterns.items()
        ]

    def list_phrases(self, section: str, name: str) -> list[str]:
        """The patterns of a list; none where the language has no words for a code."""
        phrases: list[str] = self.entries[section].get(name, [])
        return phrases

    def join_phrases(self, section: str, *names: str) -> str:
        """All phrases of one list, or of several, as one alternative."""
        phrases = [phrase for name in names for phrase in self.list_phrases(section, name)]
        return f"(?:{'|'.join(map(self.write_pattern, phrases))})" if phrases else NEVER

    def compile_phrases(self, section: str, name: str) -> re.Pattern[str]:
        """One pattern for all phrases of a list, between word boundaries."""
        return self.compile(
            rf"(?<![^\W_]){self.join_phrases(section, name)}(?![^\W_])", used=f"{section}.{name}"
        )

    def compile_each(self, section: str, name: str) -> list[re.Pattern[str]]:
        """The patterns of a list one by one, in which capitals count."""
        return [
            self.compile(self.write_pattern(phrase), used=f"{section}.{name}", flags=0)
            for phrase in self.list_phrases(section, name)
        ]

    def compile(self, pattern: str, *, used: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
        """A pattern made of phrases, in which upper and lower case are alike.

        Raises: InputError where the phrases of the lists that it uses make no pattern.
        """
        try:
            return re.compile(pattern, flags)
        except re.error as error:
            place, phrase = self._find_faulty_phrase() or (used, pattern)
            remedy = f"Correct the regular expression ({error}); lexicons/en.toml shows how they are written."
            raise InputError(
                self.file, problem=f"{place} has an entry that is no pattern", value=phrase, remedy=remedy
            ) from error

    def write_pattern(self, phrase: str) -> str:
        """A phrase as a regular expression, its names in braces filled in.

        Raises: InputError for a name that there is not.
        """
        shorthands = self.entries["shorthands"]
        written = widen_blanks(_NAME.sub(lambda found: shorthands.get(found[1], found[0]), phrase))
        return _NAME.sub(lambda found: self._fill_in(found[1], phrase), written)

    def read_number(self, text: str) -> Decimal | None:
        """A number from digits or words; None where it is neither."""
        written = text.strip().lower()
        if written[:1].isdigit():
            digits = self.entries["digits"]
            plain = written.replace(digits["group"], "") if digits["group"] else written
            try:
                return Decimal(plain.replace(digits["decimal"], "."))
            except InvalidOperation:
                return None
        small = self._and_words
        values = [
            self.values["numbers"].get(word) for word in re.split(r"[ -]+", written) if word not in small
        ]
        known = [value for value in values if value is not None]
        return _add_up(known) if known and len(known) == len(values) else None

    def read_scale(self, words: str | None) -> Decimal:
        """What one scale word, or several, multiply by; 1 where there is none."""
        scale = Decimal(1)
        for word in re.split(r"[ -]+", (words or "").strip().lower()):
            scale *= self.values["scales"][word] if word else 1
        return scale

    def read_words(self, section: str, printed: str) -> Decimal | None:
        """The value of words of a section, such as "two-thirds" among the fractions; None for others."""
        # "Two-thirds", "two thirds" and "twothirds" are one word here.
        return self.values[section].get(_squeeze(printed))

    @property
    def file(self) -> str:
        """The file, as an error names it."""
        return f"lexicons/{self.language}.toml"

    @cached_property
    def _and_words(self) -> frozenset[str]:
        return frozenset(self.list_phrases("small_words", "and"))

    @cached_property
    def _placeholders(self) -> dict[str, str]:
        months = join_words(self.months)
        span = rf"(?P<first>{YEAR}) ?[-/] ?(?P<second>(?:{YEAR}|\d\d))(?!\d)"
        end_year = rf"(?P<end_year>{YEAR})(?![-/]?\d)"
        return {
            "number": self.number_pattern,
            "count": rf"(?P<count>\d\d?|{join_words(self.entries['numbers'])})",
            "ordinal": rf"(?P<ordinal>{join_words(self.entries['ordinals'])})",
            "year": rf"(?P<year>{YEAR})(?!\d)",
            "year2": rf"(?P<year2>{YEAR})(?!\d)",
            "two_digits": r"(?P<two_digits>\d\d)",
            "short_year": r"(?P<short_year>\d\d)",
            "end_year": end_year,
            "fiscal_span": span,
            "fiscal": rf"(?:{span}|{end_year}|'?(?P<short_year>\d\d)(?!\d))",
            "month": rf"(?P<month>{months})\.?",
            "month2": rf"(?P<month2>{months})\.?",
        }

    def _find_faulty_phrase(self) -> tuple[str, str] | None:
        """The first phrase that is no pattern by itself, with its list."""
        for section in {*LISTS, *CODED, "parties", "institutions"} - PLAIN:
            for name, phrases in self.entries[section].items():
                for phrase in phrases:
                    try:
                        re.compile(self.write_pattern(phrase))
                    except re.error:
                        return f"{section}.{name}", phrase
        return None

    def _fill_in(self, name: str, phrase: str) -> str:
        if name not in self._placeholders:
            known = ", ".join([*self.entries["shorthands"], *self._placeholders])
            remedy = f"Write it out, or add it to [shorthands]. Known are {known}."
            raise InputError(self.file, problem=f"nothing is named {{{name}}}", value=phrase, remedy=remedy)
        return self._placeholders[name]


def flatten(text: str) -> str:
    """A copy of the same length with one kind of dash, blank and quotation mark."""
    return text.translate(_PLAIN_SIGNS)


def join_words(words: Iterable[str]) -> str:
    """Words as one alternative, the longest first so that none hides another."""
    # "Six" would else be found in "sixteen", and "million" in "millions".
    ordered = sorted(words, key=len, reverse=True)
    escaped = (widen_blanks(re.escape(word).replace("\\ ", " ")) for word in ordered)
    return f"(?:{'|'.join(escaped)})" if ordered else NEVER


def widen_blanks(phrase: str) -> str:
    """A phrase in which every blank outside a character class also stands for a hyphen or several blanks."""
    # A blank inside a character class stands for itself alone.
    written, in_class, escaped = [], False, False
    for position, sign in enumerate(phrase):
        if sign == " " and not in_class:
            optional = phrase[position + 1 : position + 2] in {"?", "*", "+"}
            written.append("[ -]" if optional else f"[ -]{{1,{MOST_BLANKS}}}")
        else:
            written.append(sign)
        if not escaped and sign in "[]":
            in_class = sign == "["
        escaped = sign == "\\" and not escaped
    return "".join(written)


def load_lexicon(language: str = DEFAULT_LANGUAGE, *, folder: Traversable | None = None) -> Lexicon:
    """The lexicon of a language, from the project's own folder or from another.

    Raises: InputError where there is none, it is no TOML, or it is not of the shape that the reader needs.
    """
    return _load_own(language) if folder is None else _read_lexicon(language, folder)


def list_languages() -> list[str]:
    """The languages that have a lexicon."""
    return _list_files(_own_folder())


@lru_cache(maxsize=8)
def _load_own(language: str) -> Lexicon:
    return _read_lexicon(language, _own_folder())


def _read_lexicon(language: str, folder: Traversable) -> Lexicon:
    name = f"lexicons/{language}.toml"
    if language not in _list_files(folder):
        remedy = f"Known: {', '.join(_list_files(folder))}. Add the file to read another language."
        raise InputError(name, problem="there is no such lexicon", remedy=remedy)
    try:
        entries = tomllib.loads((folder / f"{language}.toml").read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(name, problem=f"is no TOML: {error}", remedy="Correct it.") from error
    check_shape(entries, file=name, language=language)
    return Lexicon(language, entries)


def _own_folder() -> Traversable:
    return resources.files("etl.documents") / "lexicons"


def _list_files(folder: Traversable) -> list[str]:
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


def _squeeze(text: str) -> str:
    return re.sub(r"[ -]+", "", text.lower())


def _add_up(values: list[Decimal]) -> Decimal | None:
    """Number words in their order as one number: 20, 5 and 2, 100, 50; None where they do not add up."""
    # "Two hundred and fifty" has one word before the hundred and the rest after it; anything else is a list
    # of numbers.
    if HUNDRED in values:
        place = values.index(Decimal(HUNDRED))
        before, after = values[:place], values[place + 1 :]
        rest = _add_up(after) if after else Decimal(0)
        is_said = len(before) <= 1 and all(value < HUNDRED for value in before)
        if rest is None or rest >= HUNDRED or not is_said:
            return None
        return (before[0] if before else 1) * HUNDRED + rest
    if len(values) == 1:
        return values[0]
    is_compound = len(values) == 2 and values[0] >= TWENTY and values[1] < TEN
    return values[0] + values[1] if is_compound else None
