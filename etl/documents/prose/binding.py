"""Binding: which of several mentions in a sentence belongs to a figure, by how close and how they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from etl.documents.prose.quantities import Quantity

# Costs in characters of distance; what is not written for its own sake is a distance that other words add.
CROSSED_BEFORE, CROSSED_AFTER = 45, 150
BREAK, SOFT_BREAK = 40, 8
AFTER = 8
# A mention inside the figure itself: "two pending batteries".
INSIDE = 60
OWNED = 140
# Closer than this after a figure, with nothing but small words between, a mention is the figure's own.
OWN_DISTANCE = 26
TOO_FAR = 1000
_LINK = re.compile(
    r"[ ,(]*(?:(?:in|over|during|for|between|from|by|at|as|of|came|come|comes|coming|was|were|through|to|on|the|with|all|"
    r"it|its|to|of|whole|entire|calendar|full|delivered|supplied|same|years?|period|window|five|earlier|fiscal|financial|back)\b[ ,(-]*)*",
    re.IGNORECASE,
)


class Mention(Protocol):
    """Anything that has a place in a sentence."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


AnyMention = TypeVar("AnyMention", bound=Mention)


@dataclass(frozen=True)
class Scene:
    """One sentence with its figures and the places where statements end."""

    plain: str
    quantities: tuple[Quantity, ...]
    hard_breaks: tuple[int, ...]
    soft_breaks: tuple[int, ...]

    def measure(self, quantity: Quantity, mention: Mention, *, may_own: bool = True) -> float:
        """How far a mention is from a figure, in characters and what counts like characters."""
        if mention.start < quantity.end and quantity.start < mention.end:
            return -INSIDE
        if mention.end <= quantity.start:
            first, last, crossing = mention.end, quantity.start, CROSSED_BEFORE
        else:
            first, last, crossing = quantity.end, mention.start, CROSSED_AFTER
        crossed = sum(first <= other.start and other.end <= last for other in self.quantities)
        breaks = sum(first <= place < last for place in self.hard_breaks) * BREAK
        breaks += sum(first <= place < last for place in self.soft_breaks) * SOFT_BREAK
        is_after = mention.start >= quantity.end
        own = -OWN_DISTANCE if may_own and is_after and not crossed and self.is_own(quantity, mention) else 0
        return last - first + crossed * crossing + breaks + (AFTER if is_after else 0) + own

    def is_own(self, quantity: Quantity, mention: Mention) -> bool:
        """Whether a mention follows a figure with only small words between: "76 per cent over 2009-13"."""
        between = self.plain[quantity.end : mention.start]
        is_near = 0 <= mention.start - quantity.end <= OWN_DISTANCE
        return is_near and _LINK.fullmatch(between) is not None

    def find_owner(self, mention: Mention) -> Quantity | None:
        """The figure that a mention follows as its own."""
        return next((one for one in self.quantities if self.is_own(one, mention)), None)


def choose_nearest(
    scene: Scene,
    quantity: Quantity,
    mentions: Sequence[AnyMention],
    *,
    extra: Callable[[AnyMention], float] = lambda _: 0,
    may_own: bool = True,
) -> AnyMention | None:
    """The mention that belongs to a figure; one that another figure owns is left to it where there is a choice."""

    def count_cost(mention: AnyMention) -> float:
        owner = scene.find_owner(mention) if may_own else None
        owned = OWNED if owner is not None and owner is not quantity else 0
        return scene.measure(quantity, mention, may_own=may_own) + owned + extra(mention)

    ranked = sorted(mentions, key=lambda mention: (count_cost(mention), mention.start))
    return ranked[0] if ranked and count_cost(ranked[0]) < TOO_FAR else None
