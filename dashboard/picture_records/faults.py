"""What can be wrong with a picture that is read."""

from __future__ import annotations


class UnreadablePictureError(ValueError):
    """A file that is no picture, is damaged, or is too large; says what is wrong of "it"."""


class NoRecordError(UnreadablePictureError):
    """A whole picture that carries no record: it was never one of ours, or its record was taken out."""

    def __init__(self) -> None:
        super().__init__(
            "it carries no record: it does not come from here, or an editor or a website took the record out"
        )
