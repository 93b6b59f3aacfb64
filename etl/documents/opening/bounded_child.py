"""Runs one reader in a process of its own, within limits on time, memory, files and further processes.

A script: it is started by path and imports nothing of this package, so that it is up in milliseconds.
Where Python has no module `resource` (on Windows), nothing bounds memory here; the parent still keeps time.
Arguments: processor seconds, bytes of memory, the path of the reader, and the reader's own arguments.
"""

from __future__ import annotations

import runpy
import sys
from importlib import import_module


def set_limits(*, cpu_seconds: int, memory_bytes: int) -> None:
    """Limits that this process can no longer lift; none where the system has no way to set them."""
    try:
        resource = import_module("resource")
    except ImportError:
        return
    wanted = [
        # No memory of a hostile file is left on the disk, no file written, no further process started.
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_AS, memory_bytes),
    ]
    for what, most in wanted:
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            # Some systems have no limit on addresses; the others hold, and the parent keeps time.
            continue


if __name__ == "__main__":
    set_limits(cpu_seconds=int(sys.argv[1]), memory_bytes=int(sys.argv[2]))
    sys.argv = sys.argv[3:]
    runpy.run_path(sys.argv[0], run_name="__main__")
