"""Reading apart: what workbooks, pages, JSON and rich text from outside hold is found out in another process.

A file can be made so that its parser takes gigabytes or hours. One helper process reads such files one after
the other, each within bounds on processor time and memory that grow with the file; one that breaks them ends,
the file is refused in a sentence, and the next gets a new helper. It starts with the first such file, which
takes a quarter of a second, and the files of a run share it. A reader is a function "module:name" that is
given the bytes and the name of a file and gives plain values: nothing of its making is run on this side.

Time is bounded by processor seconds, which a busy machine does not stretch, and by the clock where the system
has no such timer (Windows); memory where Python has the module `resource`.
"""

from __future__ import annotations

import atexit
import marshal
import os
import signal
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from etl.errors import InputError, Place
from etl.readers.limits import (
    LARGEST_APART,
    MEBIBYTE,
    READING_MEMORY,
    READING_MEMORY_PER_BYTE,
    READING_SECONDS,
    READING_SECONDS_PER_MEBIBYTE,
)

# By the clock, for a helper that waits instead of working; a busy machine makes a second last for many.
CLOCK_SECONDS_PER_SECOND, LEAST_CLOCK_SECONDS = 20.0, 60.0
HEAD = struct.Struct("<dQQI")
LENGTH = struct.Struct("<Q")
_ROOT = str(Path(__file__).parents[2])
_BOOTSTRAP = (
    f"import sys; sys.path.insert(0, {_ROOT!r}); from etl.readers.helper_process import serve; serve()"
)


def read_apart(reader: str, content: bytes, *, name: str) -> Any:
    """What a reader finds in the bytes of a file, worked out in the helper process.

    Raises: InputError where the reader refuses the file, or breaks the bounds on time or memory; ValueError
    where the bytes are not what the reader reads.
    """
    if len(content) > LARGEST_APART:
        problem = f"more than {LARGEST_APART // MEBIBYTE} MiB, larger than any publisher's file of its kind"
        raise InputError(name, problem=problem, remedy="Download a smaller part of it, or the same as CSV.")
    seconds = READING_SECONDS + READING_SECONDS_PER_MEBIBYTE * len(content) / MEBIBYTE
    memory = READING_MEMORY + READING_MEMORY_PER_BYTE * len(content)
    with _helper.lock:
        answer, code = _helper.ask(reader, content, name=name, seconds=seconds, memory=memory)
    if answer is None:
        raise _describe_end(code, name=name, seconds=seconds, memory=memory)
    kind, *found = marshal.loads(answer)
    if kind == "read":
        return found[0]
    if kind == "unlike":
        raise ValueError(found[0])
    if kind == "memory":
        raise _describe_end(None, name=name, seconds=seconds, memory=memory)
    line, column, problem, value, remedy = found
    raise InputError(Place(name, line, column), problem=problem, value=value, remedy=remedy)


def _describe_end(code: int | None, *, name: str, seconds: float, memory: int) -> InputError:
    timed_out = code is not None and code in _ENDS_OF_TIME
    bound = f"{seconds:.1f} seconds of processor time" if timed_out else f"{memory // MEBIBYTE} MiB of memory"
    return InputError(
        name,
        problem=f"it cannot be read within {bound}, which files of this size never need: damaged, or made so",
        remedy="Download it again from its publisher, or save it as CSV.",
    )


_ENDS_OF_TIME = frozenset(
    -int(getattr(signal, name)) for name in ("SIGPROF", "SIGXCPU", "SIGKILL") if hasattr(signal, name)
)


class _Helper:
    """The helper process of this one, started when it is first needed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(
        self, reader: str, content: bytes, *, name: str, seconds: float, memory: int
    ) -> tuple[bytes | None, int | None]:
        """The answer, or, where the process ended instead, how it did."""
        process = self._find_process()
        clock = max(LEAST_CLOCK_SECONDS, seconds * CLOCK_SECONDS_PER_SECOND)
        timer = threading.Timer(clock, process.kill)
        timer.daemon = True
        timer.start()
        try:
            return self._exchange(process, _pack(reader, content, name, seconds, memory)), None
        except (OSError, EOFError):
            self._process = None
            return None, _end(process)
        finally:
            timer.cancel()

    def _find_process(self) -> subprocess.Popen[bytes]:
        # A forked child of this process must not write into its parent's pipes.
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-c", _BOOTSTRAP],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._owner = os.getpid()
        return self._process

    @staticmethod
    def _exchange(process: subprocess.Popen[bytes], question: bytes) -> bytes:
        if process.stdin is None or process.stdout is None:
            raise EOFError
        process.stdin.write(question)
        process.stdin.flush()
        head = process.stdout.read(LENGTH.size)
        if len(head) < LENGTH.size:
            raise EOFError
        (length,) = LENGTH.unpack(head)
        answer = process.stdout.read(length)
        if len(answer) < length:
            raise EOFError
        return answer

    def stop(self) -> None:
        """End the helper of this process."""
        if self._process is not None and self._owner == os.getpid():
            _end(self._process)
            self._process = None


def _pack(reader: str, content: bytes, name: str, seconds: float, memory: int) -> bytes:
    names = marshal.dumps((reader, name))
    return HEAD.pack(seconds, memory, len(content), len(names)) + names + content


def _end(process: subprocess.Popen[bytes]) -> int:
    """Close the pipes of a process, which ends it where it has not ended, and say how it did."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue
    try:
        return process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


_helper = _Helper()
atexit.register(_helper.stop)
