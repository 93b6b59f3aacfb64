"""Wording around a figure: hedges, changes, and who said it."""

from __future__ import annotations

import re

from etl.documents.lexicon import Lexicon
from etl.documents.prose.quantities import COUNT, WORDED, Quantity

BEFORE, AFTER = 60, 40
# "At least" before "least", "no more than" before "more than".
HEDGE_ORDER = ("at_least", "up_to", "over", "under", "about")
CHANGE_UNITS = frozenset({"TIMES", "PERCENTAGE_POINTS"})
_AND_MORE = re.compile(r"\d+\+")
_SMALL = r"(?: (?:a|an|the|just|only|well|slightly|little|far|much|already|even|still|record|US))*"


class FigureWording:
    """Reads what stands right before and after a figure with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._before = {
            name: re.compile(rf"(?<!\w)(?:{self._join('hedges', name)}){_SMALL} ?$", re.IGNORECASE)
            for name in HEDGE_ORDER
        }
        self._after = {
            name: re.compile(rf"^ ?(?:{self._join('hedges', f'{name}_after')})(?!\w)", re.IGNORECASE)
            for name in ("about", "at_least", "up_to")
        }
        hedges = "|".join(self._join("hedges", name) for name in HEDGE_ORDER)
        verbs, nouns = self._join("changes", "verbs"), self._join("changes", "nouns")
        aside = rf"(?: (?:by|an|a|the|another|further|just|only|\w+ly|{hedges}))*"
        self._changing = re.compile(rf"(?<!\w)(?:{verbs})(?: \w+ly)?{aside} ?$", re.IGNORECASE)
        self._change_of = re.compile(
            rf"(?<!\w)(?:{nouns})(?: \w+)?(?: of| at| by|:){aside} ?$|(?<!\w)(?:{self._join('changes', 'rates')}){aside} ?$",
            re.IGNORECASE,
        )
        comparatives = self._join("changes", "comparatives")
        self._changed = re.compile(
            rf"^(?:,)? ?(?:[\w-]+ ){{0,2}}?(?:{nouns}|{comparatives})(?!\w)", re.IGNORECASE
        )
        self._level = re.compile(rf"(?<!\w)(?:{self._join('changes', 'levels')}){aside} ?$", re.IGNORECASE)
        self._sayers = [
            re.compile(lexicon.write_pattern(one)) for one in lexicon.list_phrases("sayers", "patterns")
        ]

    def read_hedge(self, plain: str, quantity: Quantity) -> str:
        """How the words around a figure qualify it."""
        before = plain[max(0, quantity.start - BEFORE) : quantity.start]
        after = plain[quantity.end : quantity.end + AFTER]
        if _AND_MORE.match(quantity.read_as):
            return "at_least"
        for name, pattern in self._before.items():
            if pattern.search(before):
                return name
        return next((name for name, pattern in self._after.items() if pattern.search(after)), "exact")

    def is_change(self, plain: str, quantity: Quantity) -> bool:
        """Whether a figure is a change ("rose 33 per cent") and no level ("rose to 33 per cent")."""
        if quantity.unit in CHANGE_UNITS:
            return True
        if quantity.kind == COUNT or (quantity.kind == WORDED and quantity.unit == "PERCENT"):
            return False
        before = plain[max(0, quantity.start - BEFORE) : quantity.start]
        after = plain[quantity.end : quantity.end + AFTER]
        if self._change_of.search(before):
            return True
        if self._level.search(before):
            return False
        if self._changing.search(before):
            return True
        return bool(self._changed.search(after))

    def find_sayer(self, plain: str) -> str | None:
        """Whom a sentence names as the source of its figures."""
        for pattern in self._sayers:
            found = pattern.search(plain)
            if found:
                return found.group("who").strip(" ,.'") or None
        return None

    def _join(self, section: str, name: str) -> str:
        return "|".join(
            self._lexicon.write_pattern(phrase) for phrase in self._lexicon.list_phrases(section, name)
        )
