"""Origins: whether the words of a figure say a slot of it, the text before does, or nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

STATED, CARRIED, ASSUMED = "stated", "carried", "assumed"
HEADING, DOSSIER, TEXT = "the heading", "the dossier", "the text as a whole"


@dataclass(frozen=True)
class Origin:
    """How one slot was obtained; `place` names where a carried one comes from, `at` is its character."""

    how: str = STATED
    place: str = ""
    at: int | None = None

    @property
    def is_of_heading(self) -> bool:
        """Whether it comes from the line that stands above."""
        return self.place == HEADING

    def __str__(self) -> str:
        return f"{self.how} from {self.place}" if self.place else self.how


@dataclass(frozen=True)
class Origins:
    """How each slot of a figure was obtained: nothing is contradicted on one that is assumed."""

    measure: Origin
    parties: Origin
    period: Origin

    def items(self) -> Iterator[tuple[str, Origin]]:
        """Each slot with its origin."""
        return ((slot.name, getattr(self, slot.name)) for slot in fields(self))

    def list_slots(self, how: str) -> list[str]:
        """The slots that were obtained in a way."""
        return [slot for slot, origin in self.items() if origin.how == how]


ALL_STATED = Origins(Origin(), Origin(), Origin())


def carry(at: int, *, here: int, place: str = "") -> Origin:
    """What was said at a character, seen from the sentence that begins at another: its own words state it."""
    return Origin() if at == here else Origin(CARRIED, place, at)
