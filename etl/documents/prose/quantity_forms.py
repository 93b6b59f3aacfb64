"""Quantity forms: the ways to print an amount, a share, a volume, a count or a multiple in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.documents.lexicon import YEAR, Lexicon, join_words

MONEY, SHARE, VOLUME, COUNT, WORDED, BARE = "money", "share", "volume", "count", "worded", "bare"
MASS, MULTIPLE = "mass", "multiple"
SHARES = ("PERCENTAGE_POINTS", "PERCENT")
MASSES = ("BARRELS_PER_DAY", "BARRELS", "TONNES")
COUNTED = ("BATTERIES", "REGIMENTS", "UNITS", "COUNT")
HEDGES = ("about", "over", "under", "at_least", "up_to")
# A number is none where a name, a date or a longer number goes before it: "S-400", "12/2021", "1,234".
START = r"(?<![\w.,/$#-])"
_NO_YEAR = rf"(?!{YEAR}\b)"
# Words between a count and its noun: "five more long range S-400 squadrons". With more between, the noun is
# another one's.
_MOST_BETWEEN = 4


@dataclass(frozen=True)
class Form:
    """One way to print a quantity."""

    kind: str
    unit: str
    pattern: re.Pattern[str]


def list_forms(lexicon: Lexicon) -> list[Form]:
    """Every form of a language, the most telling first: money before a bare scale, points before per cent."""
    return [
        Form(kind, unit, lexicon.compile(pattern, used=kind)) for kind, unit, pattern in _write_forms(lexicon)
    ]


def _write_forms(lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    count = rf"(?P<number>{lexicon.number_pattern})"
    # "64-65 billion": two ends of one figure.
    number = rf"(?:(?P<low>{lexicon.digits_pattern}) ?- ?)?{count}"
    scale = rf"(?P<scale>{lexicon.scale_pattern})"
    scaled = rf"{number}(?:[ -]?{scale})?"
    after, before = (lexicon.join_phrases("volume", name) for name in ("after", "before"))
    # First of all: "5,015 million TIV units" is no count of units, and no bare million.
    yield VOLUME, "TIV_MILLIONS", rf"(?P<whole>{START}{scaled}[ -]{after})(?!\w)"
    yield VOLUME, "TIV_MILLIONS", rf"\b{before}[ -](?P<whole>{scaled})(?!\w)"
    before, after = (lexicon.join_currencies(side) for side in ("before", "after"))
    # Read by the sign before it: "$5 billion dollars" says it twice.
    yield MONEY, "", rf"(?P<whole>(?<![^\W\d_])(?P<currency>{before})[ -]?{scaled}(?:[ -]{after}(?!\w))?)"
    yield MONEY, "", rf"(?P<whole>{START}{scaled}[ -]?(?P<currency>{after})(?!\w))"
    # A share may end in a sign, so no boundary of a word follows it.
    for unit in SHARES:
        yield SHARE, unit, rf"(?P<whole>{START}{number}[ -]?{lexicon.join_phrases('units', unit)})"
    for unit in MASSES:
        yield MASS, unit, rf"(?P<whole>{START}{scaled}[ -]{lexicon.join_phrases('units', unit)}\b)"
    for unit, section in (("PERCENT", "fractions"), ("TIMES", "multiples")):
        yield WORDED, unit, rf"(?P<whole>\b{join_words(lexicon.entries[section])}\b)"
    for name in ("fold", "times"):
        yield (
            MULTIPLE,
            "TIMES",
            rf"(?P<whole>{START}{count}[ -]?{lexicon.join_phrases('multiple_forms', name)})",
        )
    breakers = lexicon.join_phrases("counting", "not_between")
    between = rf"(?:(?!\d+ |{breakers}\b)[\w'/.-]+ ){{0,{_MOST_BETWEEN}}}?"
    for unit in COUNTED:
        noun = rf"(?P<noun>{lexicon.join_phrases('counted', unit)})"
        yield COUNT, unit, rf"(?P<whole>{START}{_NO_YEAR}{count}\+? {between}{noun}\b)"
    # Last: a scale without anything is read only where nothing else fits.
    yield BARE, "", rf"(?P<whole>{START}{number}[ -]?{scale})"


def compile_joiner(lexicon: Lexicon) -> re.Pattern[str]:
    """What stands between the two figures of "from $13 to nearly $27 billion"."""
    return lexicon.compile(_write_joiner(lexicon), used="pairs.to")


def compile_partner(lexicon: Lexicon) -> re.Pattern[str]:
    """The first number of a pair, right before the second: "13 to nearly" before "27 billion dollars"."""
    currencies = lexicon.join_currencies("before")
    whole = rf"(?P<whole>(?P<currency>{currencies} ?)?(?P<number>{lexicon.number_pattern}))"
    scale = rf"(?: ?(?P<scale>{lexicon.scale_pattern}))?"
    return lexicon.compile(rf"{START}{whole}{scale}{_write_joiner(lexicon)}$", used="pairs.to")


def compile_part(lexicon: Lexicon) -> re.Pattern[str]:
    """The first number of "three of the five batteries", right before the second."""
    number = rf"(?P<number>{lexicon.number_pattern})"
    part_of = lexicon.join_phrases("counting", "part_of")
    return lexicon.compile(rf"(?<![\w.,$-]){number} (?:\w+ )?{part_of} ?$", used="counting.part_of")


def _write_joiner(lexicon: Lexicon) -> str:
    hedges = lexicon.join_phrases("hedges", *HEDGES)
    return rf" ?{lexicon.join_phrases('pairs', 'to')} ?(?:{hedges} )?"
