"""A code list: a closed set of codes, each with the words a reader sees, that raises on anything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from etl.errors import FootnotedError


@dataclass(frozen=True)
class Code:
    """One entry of a code list: the code, its label in running text, and what it means."""

    code: str
    label: str
    meaning: str


class UnknownVocabularyError(FootnotedError):
    """A code that its list does not hold."""


class CodeList:
    """A closed list of codes that raises on anything it does not hold."""

    def __init__(self, name: str, *codes: Code) -> None:
        self.name = name
        self._codes = {code.code: code for code in codes}

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    @property
    def codes(self) -> list[str]:
        """All codes in the order of the list."""
        return list(self._codes)

    def label(self, code: str) -> str:
        """Words for a code.

        Raises: UnknownVocabularyError where the list does not hold it.
        """
        return self.entry(code).label

    def entry(self, code: str) -> Code:
        """The whole entry of a code.

        Raises: UnknownVocabularyError where the list does not hold it.
        """
        if code not in self._codes:
            raise UnknownVocabularyError(
                f"{self.name}: no code {code!r}. Known: {', '.join(self._codes)}. "
                "Use one of them, or add it to etl/vocabulary/."
            )
        return self._codes[code]
