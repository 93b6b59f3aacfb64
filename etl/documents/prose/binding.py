"""Binding: which of several mentions in a sentence belongs to a figure, by how close and how they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Protocol, TypeVar

from etl.documents.lexicon import Lexicon
from etl.documents.prose.quantities import Quantity

# Costs in characters of distance. All of them were set by hand so that the tuning texts and the tests hold;
# README.md says of each what moves when it is halved or doubled.
# A figure in between. What heads a list serves all of its figures, so going back over one is cheap; what
# follows the next figure is that one's, so going on over it costs more than any sentence is worth.
CROSSED_BEFORE, CROSSED_AFTER = 45, 150
# The end of a statement before a figure: "exports fell; imports were $9 bn". A comma or an "and" hardly
# counts.
BREAK, SOFT_BREAK = 40, 8
# After a figure a new statement says what the next one is, so its end costs more than before one.
BREAK_AFTER, SOFT_BREAK_AFTER = 120, 45
# Of two as near, the one before the figure: English names what it counts first.
AFTER = 8
# A mention inside the figure itself, "two pending batteries": no distance can win against it.
INSIDE = 60
# What follows another figure as its own is left to it: nearly as dear as going on over a figure.
OWNED = 140
# Closer than this after a figure, with nothing but small words between, a mention is the figure's own, and as
# much nearer: "76 per cent of it over the whole of 2009-13" still is.
OWN_DISTANCE = 26
# Beyond this nothing belongs to a figure, however little else the sentence has.
TOO_FAR = 1000
# What stands between the name of an item of a list and its figure: " - ", ": ", with at most a blank on
# either side.
LIST_MARK = 3
# On each side of a figure, farther ones never belong to it. No sentence of prose has as many: the bound keeps
# the time in proportion to the length (tests/documents/prose/test_any_text.py).
MOST_MENTIONS = 16


class Mention(Protocol):
    """Anything that has a place in a sentence."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


AnyMention = TypeVar("AnyMention", bound=Mention)


@dataclass(frozen=True)
class Scene:
    """One sentence with its figures, where its statements end, and what ties a mention to a figure."""

    plain: str
    quantities: tuple[Quantity, ...]
    hard_breaks: tuple[int, ...]
    soft_breaks: tuple[int, ...]
    own_link: re.Pattern[str]

    def measure(self, quantity: Quantity, mention: Mention, *, may_own: bool = True) -> float:
        """How far a mention is from a figure, in characters and what counts like characters."""
        # It costs the less than nothing that makes it win over a neighbour with no words between.
        if mention.start < quantity.end and quantity.start < mention.end:
            return -INSIDE
        is_after = mention.start >= quantity.end
        first, last = (quantity.end, mention.start) if is_after else (mention.end, quantity.start)
        crossed = self._count_quantities(first, last)
        hard, soft = (BREAK_AFTER, SOFT_BREAK_AFTER) if is_after else (BREAK, SOFT_BREAK)
        breaks = _count_between(self.hard_breaks, first, last) * hard
        breaks += _count_between(self.soft_breaks, first, last) * soft
        distance = last - first + breaks
        if not is_after:
            return distance + crossed * CROSSED_BEFORE
        # A period after a figure may be nearer than one before it, but only where nothing else claims it.
        own = OWN_DISTANCE if may_own and not crossed and self.is_own(quantity, mention) else 0
        return distance + crossed * CROSSED_AFTER + AFTER - own

    def is_own(self, quantity: Quantity, mention: Mention) -> bool:
        """Whether a mention follows a figure with only small words between: "76 per cent over 2009-13"."""
        is_near = 0 <= mention.start - quantity.end <= OWN_DISTANCE
        if not is_near or self._heads_next(quantity, mention):
            return False
        return self.own_link.fullmatch(self.plain, quantity.end, mention.start) is not None

    def _heads_next(self, quantity: Quantity, mention: Mention) -> bool:
        """Whether a mention opens the next item of a list: "2021-22 - $3.25 bn, 2022-23 - $3.14 bn"."""
        after = bisect_left(self._starts, mention.end)
        if after == len(self.quantities) or "," not in self.plain[quantity.end : mention.start]:
            return False
        between = self.plain[mention.end : self._starts[after]]
        return 0 < len(between) <= LIST_MARK and not between.strip(" -:=")

    def is_apart(self, quantity: Quantity, mention: Mention) -> bool:
        """Whether a mention is another figure's own in another statement: "it is 40; it was 51 in 2016"."""
        breaks = _count_between(self.hard_breaks, quantity.end, mention.start)
        if mention.start < quantity.end or not breaks:
            return False
        return self.find_owner(mention) not in {None, quantity}

    def find_owner(self, mention: Mention) -> Quantity | None:
        """The figure that a mention follows as its own."""
        first = bisect_left(self._ends, mention.start - OWN_DISTANCE)
        near = self.quantities[first : bisect_right(self._ends, mention.start)]
        return next((one for one in near if self.is_own(one, mention)), None)

    def has_figure_between(self, first: int, last: int) -> bool:
        """Whether a figure begins in a stretch."""
        return bisect_left(self._starts, first) < bisect_left(self._starts, last)

    def list_pairs(self, quantity: Quantity) -> list[tuple[Quantity, Quantity]]:
        """A figure with the one before it, and with the one after it."""
        place = bisect_left(self._starts, quantity.start)
        return list(pairwise(self.quantities[max(0, place - 1) : place + 2]))

    def _count_quantities(self, first: int, last: int) -> int:
        """Figures within a stretch; one in brackets says the same again and is not in the way."""
        inside = self.quantities[bisect_left(self._starts, first) : bisect_right(self._ends, last)]
        return sum(not self._is_in_brackets(one) for one in inside)

    def _is_in_brackets(self, quantity: Quantity) -> bool:
        opened = self.plain.rfind("(", 0, quantity.start)
        return (
            opened >= 0
            and ")" not in self.plain[opened : quantity.start]
            and ")" in self.plain[quantity.end :]
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [quantity.start for quantity in self.quantities]

    @cached_property
    def _ends(self) -> list[int]:
        return [quantity.end for quantity in self.quantities]


class SceneBuilder:
    """Sets scenes with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._hard = lexicon.compile(lexicon.join_phrases("clauses", "hard"), used="clauses.hard")
        self._soft = lexicon.compile(lexicon.join_phrases("clauses", "soft"), used="clauses.soft")
        own = lexicon.join_phrases("links", "own")
        self._own = lexicon.compile(rf"[ ,(]*(?:{own}\b[ ,(-]*)*", used="links.own")

    def build(self, plain: str, quantities: Sequence[Quantity]) -> Scene:
        """The scene of a sentence."""
        hard, soft = (
            tuple(match.start() for match in pattern.finditer(plain)) for pattern in (self._hard, self._soft)
        )
        return Scene(plain, tuple(quantities), hard, soft, self._own)


def choose_nearest(
    scene: Scene,
    quantity: Quantity,
    mentions: Sequence[AnyMention],
    *,
    extra: Callable[[AnyMention], float] = lambda _: 0,
    may_own: bool = True,
    owned_cost: int = OWNED,
) -> AnyMention | None:
    """The mention that belongs to a figure; one that another figure owns is left to it.

    Mentions come in their order; a figure that has no other takes even one that is not its own.
    """

    def count_cost(mention: AnyMention) -> float:
        # What a figure measures is shared by its neighbours, so cues are owned by none (`may_own`).
        owner = scene.find_owner(mention) if may_own else None
        owned = owned_cost if owner is not None and owner is not quantity else 0
        return scene.measure(quantity, mention, may_own=may_own) + owned + extra(mention)

    # Of two equally dear the first in the text, so that a reading does not depend on the order of patterns.
    costs = [(count_cost(mention), mention.start, mention) for mention in keep_near(quantity, mentions)]
    cost, _, nearest = min(costs, key=lambda one: one[:2], default=(TOO_FAR, 0, None))
    return nearest if cost < TOO_FAR else None


def keep_near(quantity: Quantity, mentions: Sequence[AnyMention]) -> Sequence[AnyMention]:
    """Of mentions in their order, those that are not too many away from a figure."""
    if len(mentions) <= 2 * MOST_MENTIONS:
        return mentions
    place = bisect_left(mentions, quantity.start, key=lambda mention: mention.start)
    return mentions[max(0, place - MOST_MENTIONS) : place + MOST_MENTIONS]


def _count_between(places: Sequence[int], first: int, last: int) -> int:
    return bisect_left(places, last) - bisect_left(places, first)
