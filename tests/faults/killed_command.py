"""A program of the tests: runs a command that the system kills at its n-th change to the disk, and again.

    python killed_command.py FOLDER COMMAND...

For each number from 1 on it copies FOLDER/whole to FOLDER/NUMBER and runs COMMAND there in a process that is
killed just before its change of that number; then it runs COMMAND again to its end. It prints the number and
how both ended, a signal below zero, an exit code from zero on, and stops once the first came to its end too.
A change is what Python reports to audit hooks: a file opened for writing, a name given, moved or removed, a
folder made or removed. `{}` in COMMAND stands for the copy.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from importlib import import_module
from pathlib import Path

from etl.__main__ import app
from etl.sources import find_sources

CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"})
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
UNTOUCHED = 99
# What the commands import when they run: once here, and not in every process.
NEEDED = ("etl.editions", "etl.pipeline", "etl.export", "etl.bulk", "etl.checking.draft", "etl.snapshot")


def main(folder: Path, command: list[str]) -> None:
    """Run the command once for each step, and stop at the first run that comes to its end."""
    find_sources()
    for name in NEEDED:
        import_module(name)
    number, ended = 0, -signal.SIGKILL
    while ended < 0:
        number += 1
        copy = folder / str(number)
        shutil.copytree(folder / "whole", copy)
        words = [part.replace("{}", str(copy)) for part in command]
        ended, again = _run(words, copy, kill_at=number), _run(words, copy, kill_at=0)
        print(number, ended, again, flush=True)


def _run(command: list[str], copy: Path, *, kill_at: int) -> int:
    """The command in a process of its own: how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = kill_at

    def count(event: str, details: tuple[object, ...]) -> None:
        nonlocal left
        is_change = event in CHANGES or (event == "open" and bool(int(str(details[2])) & WRITES))
        if is_change and (isinstance(details[0], int) or str(details[0]).startswith(str(copy))):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.addaudithook(count)
    code = UNTOUCHED
    try:
        app(command)
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
