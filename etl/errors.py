"""The one tree of errors: each says which file, which row, which value and what to do about it."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

_NO_ROOM = "Make room on the disk, or write to another; nothing that was there is lost."
_NO_PERMISSION = "Give this user the right to it, or name another place."
_REMEDIES = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EROFS: "The disk is read-only: name another place.",
    errno.ENOENT: "Check the path.",
    errno.ENOTDIR: "A part of the path is a file: name another place.",
    errno.EEXIST: "A part of the path is a file: name another place.",
    errno.EISDIR: "It is a folder: name a file.",
    errno.EXDEV: "Its folders lie on several disks: keep them on one.",
}


class FootnotedError(Exception):
    """Anything that Footnoted refuses, with a message that a reader can act on."""


class MendableError(FootnotedError):
    """A refusal that knows the one thing to be done about it."""

    def __init__(self, problem: str, *, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem.rstrip('.')}. {remedy}")


@dataclass(frozen=True)
class Place:
    """Where in an input something stands: a file, and a line or column of it where they are known."""

    file: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class InputError(FootnotedError):
    """An input that cannot be read as what it should be."""

    def __init__(self, place: Place | Path | str, *, problem: str, remedy: str, value: object = None) -> None:
        self.place = place if isinstance(place, Place) else Place(str(place))
        self.problem = problem
        self.remedy = remedy
        self.value = value
        shown = "" if value is None else f" (found {value!r})"
        super().__init__(f"{self.place}: {problem}{shown}. {remedy}")


class UnknownCodeError(InputError):
    """A code, name or category that no list has."""


class UnrecognisedFileError(InputError):
    """A file that no source, or more than one, claims as its own."""


class FileAccessError(FootnotedError):
    """A file or folder that the system does not let read or write: no room, no permission, not there."""

    def __init__(self, path: Path | str | None, error: OSError) -> None:
        remedy = _REMEDIES.get(error.errno or 0, "Check the path and the disk that it lies on.")
        problem = (error.strerror or str(error)).strip().rstrip(".").lower()
        super().__init__(f"{path or error.filename or 'a file'}: {problem}. {remedy}")


class BusyFolderError(FootnotedError):
    """A folder to which another program has been writing for too long."""

    def __init__(self, folder: Path, waited: float) -> None:
        super().__init__(
            f"{folder}: another footnoted is writing to it, and was not done after {waited:.0f} seconds. "
            "Wait until it is, or end it; then run this again."
        )


class ExpectationError(FootnotedError):
    """A whole input that is not what its source promises: too few rows, a total that does not add up."""

    def __init__(self, file: str, *, expected: str, found: str, remedy: str) -> None:
        self.file = file
        super().__init__(f"{file}: expected {expected}, found {found}. {remedy}")


class SchemaError(FootnotedError):
    """A finished table that breaks its own schema; a defect of the ETL rather than of an input."""


class SnapshotError(FootnotedError):
    """A snapshot that is missing, incomplete or damaged."""


class UnknownRowError(FootnotedError):
    """An id that no row of the snapshot has."""


class CorrectionError(FootnotedError):
    """A declared correction whose guard no longer holds."""
