"""Wording around a figure: hedges, changes, and who said it."""

from __future__ import annotations

import re

from etl.documents.lexicon import Lexicon
from etl.documents.prose.quantities import Quantity
from etl.documents.prose.quantity_forms import COUNT, HEDGES, SHARE, WORDED

# In characters: the longest hedge with what may stand between it and its figure, "just a little under the
# record"; after a figure hedges are shorter, "or thereabouts".
BEFORE, AFTER = 60, 40
# "At least" before "least", "no more than" before "more than".
HEDGE_ORDER = ("at_least", "up_to", "over", "under", "about")
HEDGES_AFTER = ("about", "at_least", "up_to")
# Nothing has a level in times or in points.
CHANGE_UNITS = frozenset({"TIMES", "PERCENTAGE_POINTS"})
RISE, FALL = "a rise", "a fall"
_AND_MORE = re.compile(r"\d+\+")


class FigureWording:
    """Reads what stands right before and after a figure with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        between = lexicon.join_phrases("hedges", "between")
        self._before = {
            name: lexicon.compile(
                rf"(?<!\w){lexicon.join_phrases('hedges', name)}(?: {between})* ?$", used=f"hedges.{name}"
            )
            for name in HEDGE_ORDER
        }
        self._after = {
            name: lexicon.compile(
                rf" ?{lexicon.join_phrases('hedges', f'{name}_after')}(?!\w)", used=f"hedges.{name}_after"
            )
            for name in HEDGES_AFTER
        }
        self._compile_changes(lexicon)
        self._sayers = lexicon.compile_each("sayers", "patterns")

    def read_hedge(self, plain: str, quantity: Quantity) -> str:
        """How the words around a figure qualify it."""
        if quantity.hedge or _AND_MORE.match(quantity.read_as):
            return quantity.hedge or "at_least"
        before = plain[max(0, quantity.start - BEFORE) : quantity.start]
        for name, pattern in self._before.items():
            if pattern.search(before):
                return name
        after = plain[quantity.end : quantity.end + AFTER]
        return next((name for name, pattern in self._after.items() if pattern.match(after)), "exact")

    def is_change(self, plain: str, quantity: Quantity) -> bool:
        """Whether a figure is a change ("rose 33 per cent") and no level ("rose to 33 per cent")."""
        if quantity.unit in CHANGE_UNITS:
            return True
        # A count is a level, and "two thirds" is a share: neither is said of a change.
        if quantity.kind == COUNT or (quantity.kind == WORDED and quantity.unit == "PERCENT"):
            return False
        before = plain[max(0, quantity.start - BEFORE) : quantity.start]
        if self._change_of.search(before):
            return True
        # "Rose to 33 per cent" is a level although it has a verb of change.
        if self._level.search(before):
            return False
        if self._changing.search(before):
            return True
        changed = self._changed_yearly if quantity.kind == SHARE else self._changed
        return bool(changed.match(plain[quantity.end : quantity.end + AFTER]))

    def read_direction(self, plain: str, quantity: Quantity) -> str | None:
        """Which way a change goes by its own words: a rise or a fall; None where they do not say."""
        if quantity.value < 0:
            return FALL
        before = plain[max(0, quantity.start - BEFORE) : quantity.start]
        after = plain[quantity.end : quantity.end + AFTER]
        found = (
            self._change_of.search(before)
            or self._changing.search(before)
            or self._changed_yearly.match(after)
        )
        if found is None:
            return None
        # "Negative growth" is a fall, whatever its noun says.
        return FALL if self._falling.search(found[0]) else RISE if self._rising.search(found[0]) else None

    def find_sayer(self, plain: str) -> str | None:
        """Whom a sentence names as the source of its figures."""
        for pattern in self._sayers:
            found = pattern.search(plain)
            if found:
                return found.group("who").strip(" ,.'") or None
        return None

    def _compile_changes(self, lexicon: Lexicon) -> None:
        verbs, nouns, comparatives, yearly, was, by, levels, rates, between = (
            lexicon.join_phrases("changes", name)
            for name in (
                "verbs",
                "nouns",
                "comparatives",
                "yearly",
                "was",
                "by",
                "levels",
                "rates",
                "between",
            )
        )
        aside = rf"(?: (?:{between}|{lexicon.join_phrases('hedges', *HEDGES)}))* ?$"
        # "Growth of trade between India and Russia in 2023-24 was 33 per cent": up to nine words between.
        over = rf"(?: {lexicon.join_phrases('links', 'of')}(?: [\w'-]+){{1,9}})?"
        change_of = rf"(?<!\w)(?:{nouns}(?: \w+)?(?: {by}|:)|{nouns}{over}(?: {was}|:)|{rates}){aside}"
        self._change_of = lexicon.compile(change_of, used="changes.nouns")
        self._level = lexicon.compile(rf"(?<!\w){levels}{aside}", used="changes.levels")
        self._changing = lexicon.compile(rf"(?<!\w){verbs}{aside}", used="changes.verbs")
        self._falling, self._rising = (
            lexicon.compile(rf"(?<!\w){lexicon.join_phrases('changes', name)}(?!\w)", used=f"changes.{name}")
            for name in ("falling", "rising")
        )
        after = rf",? ?(?:[\w-]+ ){{0,2}}?(?:{nouns}|{comparatives})(?!\w)"
        self._changed = lexicon.compile(after, used="changes.comparatives")
        after = rf",? ?(?:[\w-]+ ){{0,2}}?(?:{nouns}|{comparatives}|{yearly})(?!\w)"
        self._changed_yearly = lexicon.compile(after, used="changes.yearly")
