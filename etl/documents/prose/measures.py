"""Measures: what a figure is a figure of, by the cue nearest to it in its own statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from etl.documents.lexicon import Lexicon
from etl.documents.prose.binding import Scene, choose_nearest
from etl.documents.prose.period_mentions import PeriodMention
from etl.documents.prose.quantities import BARE, COUNT, MONEY, VOLUME, Quantity

ARMS, OTHER, TARGET = "arms_import_share", "other", "trade_target"
TRADE = ("bilateral_trade", "exports", "imports", "trade_balance", "crude_oil_imports")
MONEY_CUES = (
    *TRADE,
    "services_exports",
    "services_imports",
    ARMS,
    "contract_value",
    "military_expenditure",
    OTHER,
)
SHARE_CUES = ("tariff_rate", ARMS, *TRADE, "military_expenditure", OTHER)
UNIT_CUES = ("units_pending", "units_delivered", "units_ordered")
# Lists of the lexicon that say of what a share is one, and no measure by themselves.
_SHARES_OF = ("world_total", "world_exports", "supplier_exports", "two_way", "all_partners", "whole")
OF_FIGURE = 30
CHANGE_FIRST = 80
# A target stands right before its figure or right after it: "a goal of $100 billion", "$100 billion target".
TARGET_DISTANCE = 28
SHARE_DISTANCE = 75
_OF = re.compile(
    r"(?:[ -]+worth)?[ -]+(?:(?:of|in|for|as)[ -]+(?:[A-Za-z'-]+[ -]+){0,3}"
    r"|(?:(?!(?:and|from|to|by|against|with|or)\b)[A-Za-z'-]+[ -]+){0,2})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cue:
    """One word or phrase that says what is measured."""

    start: int
    end: int
    code: str


class CueFinder:
    """Finds what is measured with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        codes = [code for code in lexicon.entries["cues"] if code not in _SHARES_OF]
        self._patterns = {code: lexicon.compile_phrases("cues", code) for code in codes}
        self._totals = {code: lexicon.compile_phrases("cues", code) for code in _SHARES_OF}

    def find(self, plain: str, *, taken: list[tuple[int, int]]) -> list[Cue]:
        """Every cue of a sentence; of two that overlap the longer one, but a target stands beside another."""
        found = [
            Cue(*match.span(), code)
            for code, pattern in self._patterns.items()
            for match in pattern.finditer(plain)
        ]
        kept: list[Cue] = []
        for cue in sorted(found, key=lambda cue: (cue.start - cue.end, list(self._patterns).index(cue.code))):
            rivals = [one for one in kept if _overlaps(one, cue) and _is_rival(one, cue)]
            if not rivals and not any(start < cue.end and cue.start < end for start, end in taken):
                kept.append(cue)
        return sorted(kept, key=lambda cue: (cue.start, cue.end))

    def choose(
        self, scene: Scene, quantity: Quantity, cues: list[Cue], *, is_change: bool = False
    ) -> Cue | None:
        """The cue that says what a figure measures; None where the sentence has none that fits its unit.

        What changed is named before its change: "trade has grown fivefold, mostly on crude".
        """
        wanted = _list_wanted(quantity)
        fitting = [cue for cue in cues if cue.code in wanted]

        def count_extra(cue: Cue) -> float:
            of_figure = _count_extra(scene, quantity, cue)
            return of_figure + (CHANGE_FIRST if is_change and not of_figure and cue.start >= quantity.end else 0)

        return choose_nearest(scene, quantity, fitting, extra=count_extra, may_own=False)

    def is_target(
        self,
        scene: Scene,
        quantity: Quantity,
        cues: list[Cue],
        *,
        period: PeriodMention | None,
        published_on: date | None,
    ) -> bool:
        """Whether a figure is to be reached rather than was."""
        targets = [cue for cue in cues if cue.code == TARGET]
        before = scene.plain[max(0, quantity.start - 8) : quantity.start].rstrip().lower()
        if before.endswith("from"):
            return False
        is_by_date = period is not None and period.kind == "by_date"
        if is_by_date and published_on is not None and _ends_after(period, published_on):
            return True
        if any(_stands_beside(scene, quantity, cue) for cue in targets):
            return True
        return is_by_date and any(cue.end <= quantity.start for cue in targets)

    def name_share(self, plain: str, quantity: Quantity) -> str | None:
        """Of what a percentage is a part, where the words say so: of the world's, of a supplier's exports."""
        after = plain[quantity.end : quantity.end + SHARE_DISTANCE]
        around = plain[max(0, quantity.start - SHARE_DISTANCE) : quantity.end + SHARE_DISTANCE]
        if self._totals["world_exports"].search(around):
            return "world_arms_export_share"
        if self._totals["supplier_exports"].search(around):
            return "arms_export_share"
        if self._totals["world_total"].search(after) or self._totals["world_total"].search(around):
            return "world_arms_import_share"
        return None

    def is_two_way(self, plain: str, quantity: Quantity) -> bool:
        """Whether a percentage is one of exports and imports together."""
        return bool(self._totals["two_way"].search(plain[quantity.end : quantity.end + SHARE_DISTANCE]))

    def speaks_of_all_partners(self, plain: str) -> bool:
        """Whether a sentence speaks of trade with everybody."""
        return bool(self._totals["all_partners"].search(plain))


def _list_wanted(quantity: Quantity) -> tuple[str, ...]:
    if quantity.kind in {MONEY, BARE}:
        return MONEY_CUES
    if quantity.kind == VOLUME:
        return ("arms_import_volume",)
    if quantity.kind == COUNT:
        return ("agreement_count",) if quantity.unit == "COUNT" else UNIT_CUES
    if quantity.unit in {"BARRELS", "BARRELS_PER_DAY", "TONNES"}:
        return (OTHER,)
    return SHARE_CUES


def _count_extra(scene: Scene, quantity: Quantity, cue: Cue) -> float:
    between = scene.plain[quantity.end : cue.start]
    is_of = cue.start >= quantity.end and len(between) <= OF_FIGURE and _OF.fullmatch(between) is not None
    return -OF_FIGURE if is_of else 0


def _stands_beside(scene: Scene, quantity: Quantity, cue: Cue) -> bool:
    first, last = (cue.end, quantity.start) if cue.end <= quantity.start else (quantity.end, cue.start)
    between = scene.plain[first:last]
    return (
        0 <= last - first <= TARGET_DISTANCE
        and not any(first <= one.start < last for one in scene.quantities)
        and not re.search(r"[;:]|, (?:and|but|while)", between)
    )


def _ends_after(mention: PeriodMention | None, day: date) -> bool:
    end = mention.period.end if mention is not None and mention.period is not None else None
    return end is not None and end.year > day.year


def _overlaps(one: Cue, other: Cue) -> bool:
    return one.start < other.end and other.start < one.end


def _is_rival(one: Cue, other: Cue) -> bool:
    return TARGET not in {one.code, other.code} and (one.code in UNIT_CUES) == (other.code in UNIT_CUES)
