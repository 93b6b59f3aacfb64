"""Measures: what a figure is a figure of, by the cue nearest to it in its own statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from etl.documents.lexicon import Lexicon
from etl.documents.prose.binding import Scene, choose_nearest, keep_near
from etl.documents.prose.period_mentions import PeriodMention
from etl.documents.prose.quantities import Quantity
from etl.documents.prose.quantity_forms import BARE, COUNT, MASS, MONEY, VOLUME
from etl.documents.prose.sentences import Places

ARMS, OTHER, TARGET = "arms_import_share", "other", "trade_target"
TRADE = ("bilateral_trade", "exports", "imports", "trade_balance", "crude_oil_imports")
REVERSE, ARMS_EXPORTS = "reverse", "arms_exports"
MONEY_CUES = (
    *TRADE,
    REVERSE,
    "services_exports",
    "services_imports",
    ARMS,
    ARMS_EXPORTS,
    "contract_value",
    "military_expenditure",
    OTHER,
)
SHARE_CUES = ("tariff_rate", ARMS, ARMS_EXPORTS, *TRADE, "military_expenditure", OTHER)
UNIT_CUES = ("units_pending", "units_delivered", "units_ordered")
# Lists of the lexicon that say of what a share is one, and no measure by themselves.
SHARES_OF = (
    "world_total",
    "world_exports",
    "supplier_exports",
    "region_total",
    "own_imports",
    "ranked",
    "gdp",
    "two_way",
    "all_partners",
    "whole",
)
# Of what a percentage is one; exports before imports, whose wording is found in that for exports as well.
SHARE_NAMES = {
    "own_imports": ARMS,
    "world_exports": "world_arms_export_share",
    "region_total": "region_share",
    "supplier_exports": "arms_export_share",
    "world_total": "world_arms_import_share",
}
FLOW_CUES = frozenset({"exports", "imports", "trade_balance"})
# All distances are in characters, set by hand so that the tuning texts and the tests hold; README.md says
# what moves when one is halved or doubled.
# A pronoun that stands for a measure is the subject of its figure: "in 2021-22 it was only about $13
# billion".
PRONOUN_DISTANCE = 48
# A word so far behind a figure speaks of something else: the width of a clause.
BEYOND = 90
# "$5 billion worth of exports": what follows a figure with "of" is as much nearer, and no farther away.
OF_FIGURE = 30
# What changed is named before its change; a cue after it must be far nearer to win.
CHANGE_FIRST = 80
# A target stands right before its figure or right after it: "a goal of $100 billion", "$100 billion target".
TARGET_DISTANCE = 28
# Around a percentage, of what it is one: "of all arms that the world imported". A clause on either side.
SHARE_DISTANCE = 75
# "In all", "from all suppliers" stand right beside their figure, or they speak of another.
WHOLE_DISTANCE = 32
# Room for "from" and the blanks after it.
NEAR = 10


@dataclass(frozen=True)
class Cue:
    """One word or phrase that says what is measured."""

    start: int
    end: int
    code: str


class CueFinder:
    """Finds what is measured with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        codes = [code for code in lexicon.entries["cues"] if code not in SHARES_OF]
        self._patterns = {code: lexicon.compile_phrases("cues", code) for code in codes}
        self._shares_of = {code: lexicon.compile_phrases("cues", code) for code in SHARES_OF}
        worth, of, others = (lexicon.join_phrases("links", name) for name in ("worth", "of", "apart"))
        word = r"(?:[^\W\d_]|['-])+[ -]+"
        text = rf"(?:{of}[ -]+(?:{word}){{0,3}}|(?:(?!{others}\b){word}){{0,2}})"
        self._of = lexicon.compile(rf"(?:[ -]+{worth})?[ -]+{text}", used="links")
        self._apart = lexicon.compile(lexicon.join_phrases("clauses", "apart"), used="clauses.apart")
        start = lexicon.join_phrases("pairs", "start")
        self._from = lexicon.compile(rf"(?<!\w){start} *$", used="pairs.start")
        self._share = lexicon.compile_phrases("shares", "words")
        self._in_order = lexicon.compile_phrases("lists", "in_order")
        self._pronoun = lexicon.compile_phrases("pronouns", "subjects")

    def find(self, plain: str, *, taken: Iterable[tuple[int, int]]) -> list[Cue]:
        """Every cue of a sentence; of two that overlap the longer one, but a target stands beside another."""
        found = [
            (match.start() - match.end(), order, Cue(*match.span(), code))
            for order, (code, pattern) in enumerate(self._patterns.items())
            for match in pattern.finditer(plain)
        ]
        places = {group: Places(len(plain), taken) for group in ("target", "units", "others")}
        kept: list[Cue] = []
        # Longest first: "trade deficit" is no "trade", and "arms exports" no "exports".
        for _, _, cue in sorted(found, key=lambda one: one[:2]):
            place = places[_name_group(cue)]
            if place.is_free(cue.start, cue.end):
                place.take(cue.start, cue.end)
                kept.append(cue)
        return sorted(kept, key=lambda cue: (cue.start, cue.end))

    def choose(self, scene: Scene, quantity: Quantity, cues: Sequence[Cue], *, is_change: bool) -> Cue | None:
        """The cue that says what a figure measures; None where the sentence has none that fits its unit.

        What changed is named before its change: "trade has grown fivefold, mostly on crude".
        """
        wanted = _list_wanted(quantity)
        fitting = [cue for cue in cues if cue.code in wanted]

        def count_extra(cue: Cue) -> float:
            if cue.start < quantity.end:
                return 0
            is_of = cue.start - quantity.end <= OF_FIGURE and self._is_of(scene.plain, quantity, cue)
            return -OF_FIGURE if is_of else CHANGE_FIRST if is_change else 0

        chosen = choose_nearest(scene, quantity, fitting, extra=count_extra, may_own=False)
        # After the choice, not before it: a far cue still keeps a farther one from being taken.
        is_beyond = chosen is not None and chosen.start - quantity.end > BEYOND
        return None if is_beyond else chosen

    def leans_back(self, plain: str, quantity: Quantity, cue: Cue | None) -> bool:
        """Whether a figure is of what was spoken of before: "in 2021-22 it was $13 billion"."""
        place = max(0, quantity.start - PRONOUN_DISTANCE)
        pronoun = self._pronoun.search(plain, place, quantity.start)
        if pronoun is None:
            return False
        return cue is None or cue.start >= quantity.end or cue.end <= pronoun.start()

    def take_in_order(self, scene: Scene, quantity: Quantity, cues: Sequence[Cue]) -> Cue | None:
        """The cue of a figure in "exports and imports stood at $2.5 bn and $37.3 bn respectively"."""
        closing = self._in_order.search(scene.plain, quantity.end)
        if closing is None:
            return None
        listed = [one for one in scene.quantities if one.end <= closing.start() and one.unit == quantity.unit]
        # The list may be shorter than the figures before "respectively": "in 2024 they were $2 bn and $37
        # bn".
        for first in range(len(listed) - 1):
            group = listed[first:]
            named = [cue for cue in cues if cue.end <= group[0].start and cue.code in FLOW_CUES][
                -len(group) :
            ]
            if quantity in group and len(named) == len(group) and len({cue.code for cue in named}) > 1:
                return named[group.index(quantity)]
        return None

    def is_target(
        self,
        scene: Scene,
        quantity: Quantity,
        cues: Sequence[Cue],
        *,
        period: PeriodMention | None,
        published_on: date | None,
    ) -> bool:
        """Whether a figure is to be reached rather than was."""
        # "From $13 billion to $100 billion by 2030": the first is where a target starts from.
        if self._from.search(scene.plain[max(0, quantity.start - NEAR) : quantity.start]):
            return False
        is_by_date = period is not None and period.kind == "by_date"
        # What ends after the text was printed has not been; in its own year it may have.
        if is_by_date and published_on is not None and _ends_after(period, published_on):
            return True
        targets = keep_near(quantity, [cue for cue in cues if cue.code == TARGET])
        if any(self._stands_beside(scene, quantity, cue) for cue in targets):
            return True
        return is_by_date and any(cue.end <= quantity.start for cue in targets)

    def name_share(self, plain: str, quantity: Quantity) -> str | None:
        """Of what a percentage is a part, where the words say so: of the world's, of a supplier's exports."""
        around = _cut_around(plain, quantity, SHARE_DISTANCE)
        after = plain[quantity.end : quantity.end + SHARE_DISTANCE]
        # What follows says it before what stands further off.
        for text in (after, around):
            for name, share in SHARE_NAMES.items():
                if self._shares_of[name].search(text):
                    return share
        return None

    def is_ranked(self, plain: str, quantity: Quantity) -> bool:
        """Whether a percentage stands after a rank, one among all: "ranked fifth with 4 per cent"."""
        return bool(self._shares_of["ranked"].search(plain, 0, quantity.start))

    def is_of_gdp(self, plain: str, quantity: Quantity) -> bool:
        """Whether a percentage is one of the gross domestic product."""
        return bool(self._shares_of["gdp"].search(_cut_around(plain, quantity, SHARE_DISTANCE)))

    def says_share(self, plain: str, quantity: Quantity) -> bool:
        """Whether a sentence has spoken of a share before a figure."""
        return bool(self._share.search(plain, 0, quantity.start))

    def is_two_way(self, plain: str, quantity: Quantity) -> bool:
        """Whether a percentage is one of exports and imports together."""
        return bool(self._shares_of["two_way"].search(plain[quantity.end : quantity.end + SHARE_DISTANCE]))

    def is_whole(self, plain: str, quantity: Quantity) -> bool:
        """Whether a figure is one of all suppliers together."""
        return bool(self._shares_of["whole"].search(_cut_around(plain, quantity, WHOLE_DISTANCE)))

    def speaks_of_all_partners(self, plain: str) -> bool:
        """Whether a sentence speaks of trade with everybody."""
        return bool(self._shares_of["all_partners"].search(plain))

    def _is_of(self, plain: str, quantity: Quantity, cue: Cue) -> bool:
        return self._of.fullmatch(plain, quantity.end, cue.start) is not None

    def _stands_beside(self, scene: Scene, quantity: Quantity, cue: Cue) -> bool:
        is_before = cue.end <= quantity.start
        first, last = (cue.end, quantity.start) if is_before else (quantity.end, cue.start)
        if not 0 <= last - first <= TARGET_DISTANCE or scene.has_figure_between(first, last):
            return False
        # "Target: $100 billion".
        between = scene.plain[first:last].rstrip(" :") if is_before else scene.plain[first:last]
        return not self._apart.search(between)


def _list_wanted(quantity: Quantity) -> tuple[str, ...]:
    if quantity.kind in {MONEY, BARE}:
        return MONEY_CUES
    if quantity.kind == VOLUME:
        return ("arms_import_volume",)
    if quantity.kind == COUNT:
        return ("agreement_count",) if quantity.unit == "COUNT" else UNIT_CUES
    return ("crude_oil_imports", OTHER) if quantity.kind == MASS else SHARE_CUES


def _cut_around(plain: str, quantity: Quantity, distance: int) -> str:
    return plain[max(0, quantity.start - distance) : quantity.end + distance]


def _ends_after(mention: PeriodMention | None, day: date) -> bool:
    end = mention.period.end if mention is not None and mention.period is not None else None
    return end is not None and end.year > day.year


def _name_group(cue: Cue) -> str:
    """Cues of one group rival each other for a place."""
    if cue.code == TARGET:
        return "target"
    return "units" if cue.code in UNIT_CUES else "others"
