"""The helper process of `reading_apart`: reads one file after the other, each within its bounds."""

from __future__ import annotations

import marshal
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from etl.errors import InputError
from etl.readers.reading_apart import HEAD, LENGTH

STATUS = "/proc/self/statm"


def serve() -> None:
    """Answer questions until there are none."""
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := questions.read(HEAD.size):
        seconds, memory, size, names_size = HEAD.unpack(head)
        reader, name = marshal.loads(questions.read(names_size))
        content = questions.read(size)
        answer = _answer(reader, content, name=name, seconds=seconds, memory=memory)
        _send(answers, answer)


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(LENGTH.pack(len(answer)) + answer)
    answers.flush()


def _answer(reader: str, content: bytes, *, name: str, seconds: float, memory: int) -> bytes:
    module, function = reader.split(":")
    read: Callable[[bytes, str], Any] = getattr(import_module(module), function)
    free = _bound_memory(memory)
    _bound_time(seconds)
    try:
        return marshal.dumps(("read", read(content, name)))
    except InputError as error:
        value = None if error.value is None else str(error.value)
        place = error.place
        return marshal.dumps(("refused", place.line, place.column, error.problem, value, error.remedy))
    except MemoryError:
        return marshal.dumps(("memory",))
    except (ValueError, RecursionError) as error:
        return marshal.dumps(("unlike", str(error)))
    finally:
        _bound_time(0)
        free()


def _bound_time(seconds: float) -> None:
    """Let the system end this process after so much processor time; nothing where it keeps none."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _bound_memory(more: int) -> Callable[[], None]:
    """Allow so much memory beyond what is held now; the function lifts the bound again."""
    try:
        resource = import_module("resource")
        with open(STATUS, encoding="ascii") as status:  # noqa: PTH123 - no Path is needed for it
            held = int(status.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (held + more, hard))
    except (ImportError, OSError, ValueError):
        # No such bound on this system: that on time holds.
        return lambda: None
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
