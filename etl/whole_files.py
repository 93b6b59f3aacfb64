"""Files that are there whole or not at all, batches of them that appear together, folders with one writer.

A file is written under another name beside its own, which it gets when it is complete. A batch is written to
a hidden folder; once that has its final name the batch counts as written, and whoever comes next moves what
a killed program left there. Who writes holds the folder, and what was begun and not completed goes next time.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from etl.errors import BusyFolderError, FileAccessError, InputError

if sys.platform != "win32":
    import fcntl

# Of a batch of files: written in part, and written whole but not all in their places yet.
UNFINISHED, UNMOVED = ".unfinished", ".unmoved"
# A large batch is added in a minute or two; who holds a folder for longer has met trouble of its own.
LONGEST_WAIT_SECONDS = 600.0
TELL_AFTER_SECONDS, ASK_AGAIN_SECONDS = 1.0, 0.05
HELD = frozenset({errno.EAGAIN, errno.EACCES})
_log = logging.getLogger(__name__)


@contextmanager
def say_access(path: Path) -> Iterator[None]:
    """Turn what the system refuses into an error that names the file and what to do.

    Raises: FileAccessError.
    """
    try:
        yield
    except OSError as error:
        raise FileAccessError(path, error) from error


@contextmanager
def hold_folder(
    folder: Path, *, is_shared: bool = False, wait_seconds: float = LONGEST_WAIT_SECONDS
) -> Iterator[None]:
    """Keep other programs from writing to a folder, or, shared, from writing while it is read.

    The folder itself is locked: nothing is written, and a killed program holds nothing. Where there are no
    such locks (Windows, some network disks) nothing is held.
    Raises: BusyFolderError where another program holds it for longer than `wait_seconds`; FileAccessError
    where there is no such folder.
    """
    if sys.platform == "win32":
        yield
        return
    with say_access(folder):
        descriptor = os.open(folder, os.O_RDONLY)
    try:
        kind = fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX
        _wait_for_lock(descriptor, kind, folder=folder, wait_seconds=wait_seconds)
        yield
    finally:
        os.close(descriptor)


def _wait_for_lock(descriptor: int, kind: int, *, folder: Path, wait_seconds: float) -> None:
    begun, has_told = time.monotonic(), False
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in HELD:
                return
        else:
            return
        waited = time.monotonic() - begun
        if waited >= wait_seconds:
            raise BusyFolderError(folder, waited)
        if waited >= TELL_AFTER_SECONDS and not has_told:
            _log.warning("waiting for another footnoted, which is writing to %s", folder)
            has_told = True
        time.sleep(ASK_AGAIN_SECONDS)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, in place of the one that may be there; its folder is made where it is missing.

    Raises: FileAccessError where it cannot be written; what was there is as it was.
    """
    unfinished = path.with_name(f".{path.name}{UNFINISHED}")
    with say_access(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_to_disk(unfinished, content)
            unfinished.replace(path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several new files to places in a folder, named by their paths in it: all of them or none.

    Raises: FileAccessError where they cannot be written; InputError where another file has such a place.
    """
    if not files:
        return
    with say_access(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with hold_folder(folder):
        _move_left(folder)
        for name in files:
            _refuse_taken(folder / name)
        unfinished = folder / UNFINISHED
        with say_access(folder):
            try:
                for name, content in files.items():
                    (unfinished / name).parent.mkdir(parents=True, exist_ok=True)
                    _write_to_disk(unfinished / name, content)
                unfinished.rename(folder / UNMOVED)
            except OSError:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
        _move_left(folder)


def settle_folder(folder: Path) -> None:
    """Move what a killed program wrote whole and did not move, and drop what it did not write whole.

    Raises: FileAccessError where that cannot be done; InputError where another file has come to such a place.
    """
    if (folder / UNFINISHED).exists() or (folder / UNMOVED).exists():
        with hold_folder(folder):
            _move_left(folder)


@contextmanager
def read_settled(folder: Path) -> Iterator[None]:
    """Settle a folder and read it, while nobody writes to it.

    Raises: FileAccessError where there is no such folder, or what is left to move cannot be moved.
    """
    settle_folder(folder)
    with hold_folder(folder, is_shared=True):
        yield


@contextmanager
def replace_folder(target: Path) -> Iterator[Path]:
    """A folder to make and fill, which then takes the place of `target`; what is there stays until then.

    Raises: BusyFolderError where another program is at it; FileAccessError where it cannot be written.
    """
    beside = target.with_name(f".{target.name}{UNFINISHED}")
    filled, replaced = beside / "new", beside / "replaced"
    with say_access(beside):
        beside.mkdir(parents=True, exist_ok=True)
    with hold_folder(beside, wait_seconds=0):
        if replaced.exists() and not target.exists():
            replaced.rename(target)
        try:
            for left in (filled, replaced):
                shutil.rmtree(left, ignore_errors=True)
            yield filled
            if target.exists():
                target.rename(replaced)
            filled.rename(target)
        finally:
            if target.exists() or not replaced.exists():
                shutil.rmtree(beside, ignore_errors=True)


def list_files(folder: Path) -> list[Path]:
    """Every file under a folder in the order of their names, but hidden ones and those in hidden folders."""
    found = []
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        if not any(part.startswith(".") for part in inside) and path.is_file():
            found.append(path)
    return sorted(found)


def _move_left(folder: Path) -> None:
    """Move the files of a batch that was written whole, and drop one that was not."""
    with say_access(folder):
        if (folder / UNFINISHED).exists():
            shutil.rmtree(folder / UNFINISHED)
        unmoved = folder / UNMOVED
        for path in sorted(path for path in unmoved.rglob("*") if path.is_file()):
            target = folder / path.relative_to(unmoved)
            _refuse_taken(target, by=path)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        if unmoved.exists():
            shutil.rmtree(unmoved)


def _refuse_taken(target: Path, *, by: Path | None = None) -> None:
    if target.exists() and (by is None or target.read_bytes() != by.read_bytes()):
        remedy = "Rename the new file if both are wanted, or remove the old one and its sidecar."
        raise InputError(target, problem="another file stands there", remedy=remedy)


def _write_to_disk(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        # A disk that is full, or a network disk, may say so only now.
        stream.flush()
        os.fsync(stream.fileno())
