"""The refusal of a text that cannot be opened."""

from __future__ import annotations

from etl.errors import InputError

UNNAMED = "the text"


class TextRefusedError(InputError):
    """A text that is not opened: what is wrong with it, and what to do."""

    def __init__(self, name: str, *, problem: str, remedy: str) -> None:
        super().__init__(name or UNNAMED, problem=problem, remedy=remedy)
