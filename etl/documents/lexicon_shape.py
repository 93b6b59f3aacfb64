"""The shape of a lexicon: which sections a file must have, and what each of them holds.

A list that the reader needs may be empty, but it must stand there: what is missing is a slip, what is empty
is a statement. Nothing stands in a lexicon that nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from etl.errors import InputError
from etl.vocabulary.currencies import CURRENCIES

MONTHS_IN_YEAR = 12
# Words and what they count for.
VALUES = ("numbers", "ordinals", "scales", "fractions", "multiples")
# Lists of patterns, each of them needed.
LISTS: Mapping[str, tuple[str, ...]] = {
    "sentences": ("ends", "abbreviations"),
    "clauses": ("hard", "soft", "apart"),
    "small_words": ("articles", "and", "owners"),
    "links": ("own", "worth", "of", "apart"),
    "rupee_scales": ("words",),
    "multiple_forms": ("fold", "times"),
    "volume": ("after", "before"),
    "counting": ("part_of", "not_between"),
    "hedges": (
        "about",
        "over",
        "under",
        "at_least",
        "up_to",
        "about_after",
        "at_least_after",
        "up_to_after",
        "between",
    ),
    "changes": (
        "verbs",
        "nouns",
        "comparatives",
        "yearly",
        "was",
        "by",
        "levels",
        "rates",
        "between",
        "falling",
        "rising",
    ),
    "pairs": ("start", "from", "to", "joined", "within"),
    "flows": ("to", "from", "by", "asides"),
    "groups": ("world", "goods"),
    "shares": ("words",),
    "sayers": ("patterns",),
    "pronouns": ("subjects", "parties"),
    "lists": ("in_order",),
    "masks": ("patterns",),
    "tables": ("not_figures", "others", "total"),
    "not_parties": ("phrases",),
    "period_roles": ("baseline_before", "baseline_between", "during", "since"),
}
# Their lists hold words and signs as they stand, and no patterns.
PLAIN = frozenset({"sentences", "rupee_scales", "flows"})
# Lists by a code of the reader; a language that has no words for one leaves it out.
CODED: Mapping[str, tuple[str, ...]] = {
    # By the codes of ISO 4217; what stands first in the file is tried first.
    "currencies": tuple(f"{code}_{side}" for code in sorted(CURRENCIES) for side in ("before", "after")),
    "units": ("PERCENTAGE_POINTS", "PERCENT", "BARRELS_PER_DAY", "BARRELS", "TONNES"),
    "counted": ("BATTERIES", "REGIMENTS", "UNITS", "COUNT"),
    "roles": (
        "importer_after",
        "importer_before",
        "supplier_after",
        "supplier_before",
        "exporter_after",
        "trade_importer_after",
        "levier_after",
        "levied_before",
        "levied_after",
    ),
    "cues": (
        "trade_target",
        "trade_balance",
        "crude_oil_imports",
        "arms_import_volume",
        "arms_import_share",
        "contract_value",
        "military_expenditure",
        "tariff_rate",
        "services_exports",
        "services_imports",
        "exports",
        "imports",
        "bilateral_trade",
        "agreement_count",
        "units_delivered",
        "units_pending",
        "units_ordered",
        "other",
        "reverse",
        "world_total",
        "world_exports",
        "region_total",
        "own_imports",
        "ranked",
        "gdp",
        "arms_exports",
        "supplier_exports",
        "two_way",
        "whole",
        "all_partners",
    ),
    # In no order of their own: the order of the file decides which is tried first.
    "periods": (
        "part_of_fiscal",
        "part_of_calendar",
        "months_to",
        "fiscal_year",
        "calendar_year",
        "years_back",
        "window_before",
        "edition",
        "same_period",
        "by_date",
        "span",
        "date",
        "month",
        "months_alone",
        "month_alone",
        "last_fiscal_year",
        "this_fiscal_year",
        "year_before",
        "on_year",
        "last_year",
        "this_year",
        "now",
        "year",
    ),
}
_SECTIONS = ("digits", "shorthands", "parties", "institutions", *VALUES, *LISTS, *CODED)
_TOP = ("language", "name", "months", *_SECTIONS)
_DIGITS: Mapping[str, type] = {"group": str, "group_sizes": list, "decimal": str}
# ISO 3166 alpha-3, and the codes of the same form for states that are no more.
_AREA = re.compile(r"[A-Z]{3}")
_REMEDY = "lexicons/en.toml shows what it holds."
# What is wrong, with what, and what to do about it.
_Fault = tuple[str, str, str]


def check_shape(entries: Mapping[str, Any], *, file: str, language: str) -> None:
    """Holds a lexicon against its shape.

    Raises: InputError for the first thing that is missing, of another kind, or read by nobody.
    """
    for find_faults in (_find_faulty_sections, _find_faulty_words, _find_faulty_lists):
        for name, problem, remedy in find_faults(entries):
            raise InputError(file, problem=f"{name} {problem}", remedy=remedy)
    if entries["language"] != language:
        raise InputError(
            file,
            problem="is named after another language",
            value=entries["language"],
            remedy=f'Write language = "{language}", or name the file after the language.',
        )


def _find_faulty_sections(entries: Mapping[str, Any]) -> Iterator[_Fault]:
    for section in _TOP:
        if section not in entries:
            yield section, "is missing", f"Add it; {_REMEDY}"
    for section in entries:
        if section not in _TOP:
            yield section, "is a section that nothing reads", "Remove it, or correct its name."
    for section in _SECTIONS:
        if not isinstance(entries[section], dict):
            yield section, "is not a section", f"Write [{section}]; {_REMEDY}"
    months = entries["months"]
    if not isinstance(months, list) or len(months) != MONTHS_IN_YEAR or not all(map(_is_list, months)):
        yield "months", "is not a list of twelve lists of names", _REMEDY


def _find_faulty_words(entries: Mapping[str, Any]) -> Iterator[_Fault]:
    for name, kind in _DIGITS.items():
        if not isinstance(entries["digits"].get(name), kind):
            yield f"digits.{name}", "is missing, or of another kind", _REMEDY
    sizes = entries["digits"]["group_sizes"]
    if not sizes or not all(isinstance(size, int) for size in sizes):
        yield "digits.group_sizes", "does not hold whole numbers", _REMEDY
    for name, pattern in entries["shorthands"].items():
        if not isinstance(pattern, str):
            yield f"shorthands.{name}", "is not a pattern", _REMEDY
    for section in VALUES:
        for word, value in entries[section].items():
            # To Python a `true` of TOML is a number, too.
            if isinstance(value, bool) or not isinstance(value, int | float):
                yield f"{section}.{word}", "is not a number", "Write the number that the word stands for."


def _find_faulty_lists(entries: Mapping[str, Any]) -> Iterator[_Fault]:
    for section, names in LISTS.items():
        for name in names:
            if name not in entries[section]:
                yield f"{section}.{name}", "is missing", f"Add the list, empty or not; {_REMEDY}"
    for section, known in (*LISTS.items(), *CODED.items(), ("parties", ()), ("institutions", ())):
        for name, phrases in entries[section].items():
            if not _is_list(phrases):
                yield f"{section}.{name}", "is not a list of patterns", _REMEDY
            if known and name not in known:
                yield f"{section}.{name}", "is a list that nothing reads", f"Known are {', '.join(known)}."
            if not known and not _AREA.fullmatch(name):
                yield f"{section}.{name}", "is not the code of an area", "Use three capitals, such as IND."


def _is_list(phrases: object) -> bool:
    return isinstance(phrases, list) and all(isinstance(phrase, str) for phrase in phrases)
