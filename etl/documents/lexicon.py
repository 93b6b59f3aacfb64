"""Lexicons: the words of one language that the reader of prose knows, as patterns ready to search with.

A lexicon is one file under `lexicons/`; another language is another file. Searches run on a plain copy of a text
in which every dash is a hyphen and every white space a blank, so patterns write a blank for either.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from etl.errors import InputError

DEFAULT_LANGUAGE = "en"
DIGITS = r"(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?"
YEAR = r"(?:19|20)\d\d"
REQUIRED = (
    "abbreviations months clause_breaks numbers ordinals scales rupee_scales fractions multiples multiple_forms "
    "currencies units volume counted hedges changes pairs sayers masks parties not_parties roles cues "
    "periods period_roles"
).split()


@dataclass(frozen=True)
class Lexicon:
    """The words of one language by what they do; `entries` is the file as it stands."""

    language: str
    entries: Mapping[str, Any]

    @cached_property
    def numbers(self) -> dict[str, Decimal]:
        """Number words and their values."""
        return {word: Decimal(value) for word, value in self.entries["numbers"].items()}

    @cached_property
    def scales(self) -> dict[str, Decimal]:
        """Words that scale a number, such as million and crore."""
        return {word: Decimal(value) for word, value in self.entries["scales"].items()}

    @cached_property
    def months(self) -> dict[str, int]:
        """Names and short names of months."""
        return {name: number for number, names in enumerate(self.entries["months"], 1) for name in names}

    @cached_property
    def number_pattern(self) -> str:
        """A number in digits or words."""
        words = join_words(self.entries["numbers"])
        return rf"(?:{DIGITS}|(?:{words})(?:[ -](?:{words}))?)"

    @cached_property
    def scale_pattern(self) -> str:
        """One scale word, or two such as lakh crore."""
        words = join_words(self.entries["scales"])
        return rf"(?:{words})(?:[ -]+(?:{words}))?(?![a-z])"

    def list_phrases(self, section: str, name: str | None = None) -> list[str]:
        """The patterns of a section, or of one list in it.

        Raises: InputError where the lexicon lacks it.
        """
        found = self.entries.get(section)
        phrases = found.get(name) if isinstance(found, dict) and name is not None else found
        if not isinstance(phrases, list):
            where = section if name is None else f"{section}.{name}"
            remedy = "Add the list; lexicons/en.toml shows what each holds."
            raise InputError(f"lexicon {self.language}", problem=f"lacks {where}", remedy=remedy)
        return phrases

    def compile_phrases(self, section: str, name: str | None = None, *, form: str = "{}") -> re.Pattern[str]:
        """One pattern for all phrases of a list, between word boundaries, set into `form`."""
        joined = "|".join(self.write_pattern(phrase) for phrase in self.list_phrases(section, name))
        return re.compile(form.replace("{}", rf"(?<![^\W_])(?:{joined})(?![^\W_])"), re.IGNORECASE)

    def write_pattern(self, phrase: str) -> str:
        """A phrase as a regular expression, its names in braces filled in."""
        written = widen_blanks(phrase)
        for name, pattern in self._placeholders.items():
            written = written.replace(f"{{{name}}}", pattern)
        return written

    @cached_property
    def _placeholders(self) -> dict[str, str]:
        months = join_words(self.months)
        numbers = join_words(self.entries["numbers"])
        span = rf"(?P<first>{YEAR}) ?[-/] ?(?P<second>(?:{YEAR}|\d\d))(?!\d)"
        return {
            "number": self.number_pattern,
            "count": rf"(?P<count>\d\d?|{numbers})",
            "year": rf"(?P<year>{YEAR})(?!\d)",
            "year2": rf"(?P<year2>{YEAR})(?!\d)",
            "two_digits": r"(?P<two_digits>\d\d)",
            "short_year": r"(?P<short_year>\d\d)",
            "end_year": rf"(?P<end_year>{YEAR})(?![-/]?\d)",
            "fiscal_span": span,
            "fiscal": rf"(?:{span}|(?P<end_year>{YEAR})(?![-/]?\d)|(?:FY ?)?'?(?P<short_year>\d\d)(?!\d))",
            "month": rf"(?P<month>{months})\.?",
            "month2": rf"(?P<month2>{months})\.?",
        }


@lru_cache(maxsize=8)
def load_lexicon(language: str = DEFAULT_LANGUAGE) -> Lexicon:
    """The lexicon of a language.

    Raises: InputError where there is none, or it lacks a section.
    """
    file = resources.files("etl.documents") / "lexicons" / f"{language}.toml"
    if not file.is_file():
        remedy = f"Known: {', '.join(list_languages())}. Add the file to read another language."
        raise InputError(f"lexicons/{language}.toml", problem="there is no such lexicon", remedy=remedy)
    entries = tomllib.loads(file.read_text("utf-8"))
    missing = [section for section in REQUIRED if section not in entries]
    if missing:
        remedy = "Add them; lexicons/en.toml shows what each holds."
        raise InputError(f"lexicons/{language}.toml", problem=f"lacks {', '.join(missing)}", remedy=remedy)
    return Lexicon(language, entries)


def list_languages() -> list[str]:
    """The languages that have a lexicon."""
    folder = resources.files("etl.documents") / "lexicons"
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


def join_words(words: Mapping[str, Any] | Sequence[str]) -> str:
    """Words as one alternative, the longest first so that none hides another."""
    return "|".join(
        widen_blanks(re.escape(word).replace("\\ ", " ")) for word in sorted(words, key=len, reverse=True)
    )


def widen_blanks(phrase: str) -> str:
    """A phrase in which every blank outside a character class also stands for a hyphen or several blanks."""
    written, in_class, escaped = [], False, False
    for position, sign in enumerate(phrase):
        if sign == " " and not in_class:
            optional = phrase[position + 1 : position + 2] in {"?", "*", "+"}
            written.append("[ -]" if optional else "[ -]+")
        else:
            written.append(sign)
        if not escaped and sign in "[]":
            in_class = sign == "["
        escaped = sign == "\\" and not escaped
    return "".join(written)
