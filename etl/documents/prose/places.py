"""Places: which characters of a sentence have been read already."""

from __future__ import annotations

from collections.abc import Iterable


class Places:
    """Stretches of one sentence that are taken; a stretch is free where none of its characters is."""

    def __init__(self, length: int, taken: Iterable[tuple[int, int]] = ()) -> None:
        self._marks = bytearray(length)
        for start, end in taken:
            self.take(start, end)

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing of a stretch has been taken."""
        return 1 not in self._marks[start:end]

    def take(self, start: int, end: int) -> None:
        """Marks a stretch as read."""
        self._marks[start:end] = b"\1" * (end - start)
