"""Reading apart: a reader in a short-lived process, so that a hostile file costs little time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from etl.documents.opening.refusals import MEGABYTE

# What a child process may take; a PDF of 500 dense pages takes about 3 seconds and 150 MB.
# A PDF stops at the page that its seconds end on; the child ends a page that goes on for longer.
PDF_READING_SECONDS, PDF_CPU_SECONDS = 4, 8
MARKUP_CPU_SECONDS = 4
# Processor time alone does not end a child that waits; on a busy machine a second of it takes several.
CHILD_WALL_SECONDS = 20.0
# Four times what the largest allowed PDF was seen to take; a file that unpacks without end stops here
# (test_a_pdf_that_unpacks_without_end_is_refused).
CHILD_MEMORY_BYTES = 640 * MEGABYTE
# Children at the same time, and how long another one waits for its turn: two leave a small server able to
# answer pages, and a visitor does not wait for longer than the longest child may take.
MOST_CHILDREN = 2
TURN_SECONDS = 20.0

_FOLDER = Path(__file__).parent
# What an interpreter needs to find itself and its libraries; nothing else of the server's environment.
_KEPT_VARIABLES = (
    *("PATH", "PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    # Windows starts no interpreter without it.
    "SYSTEMROOT",
)
_turns = threading.BoundedSemaphore(MOST_CHILDREN)


class ReaderFailedError(Exception):
    """A reader that gave no answer: out of time, out of memory, or fallen over."""


class ReaderBusyError(Exception):
    """Too many texts are being read at this moment."""


def read_apart(
    reader: str,
    *arguments: str,
    content: bytes,
    cpu_seconds: int,
    wall_seconds: float = CHILD_WALL_SECONDS,
) -> dict[str, Any]:
    """What a reader, a script of this folder, says of the content, read in a process of its own.

    Its time is bounded on every system, its memory where Python has the module `resource` (not on Windows).
    Raises: ReaderFailedError, ReaderBusyError.
    """
    limits = [str(cpu_seconds), str(CHILD_MEMORY_BYTES)]
    # -P: the folder of the script is no place to import from; -B: nothing is written.
    scripts = [str(_FOLDER / "bounded_child.py"), *limits, str(_FOLDER / reader)]
    command = [sys.executable, "-P", "-B", "-X", "utf8", *scripts, *arguments]
    if not _turns.acquire(timeout=TURN_SECONDS):
        raise ReaderBusyError
    try:
        done = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=wall_seconds,
            check=True,
            env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise ReaderFailedError(str(error)) from error
    finally:
        _turns.release()
    return _read_answer(done.stdout)


def _read_answer(stdout: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(stdout)
    except ValueError as error:
        raise ReaderFailedError("the answer is not whole") from error
    if not isinstance(answer, dict):
        raise ReaderFailedError("the answer is of another form")
    return answer
