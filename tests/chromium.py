"""Where the Chromium of the browser tests is: the one CHROMIUM names or the first usual one that starts."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_chromium() -> Path | None:
    """The browser to drive, or None where there is none.

    Raises: FileNotFoundError when CHROMIUM names a program that does not start.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        if not starts(named):
            raise FileNotFoundError(f"CHROMIUM={named} does not start: name a Chromium, or unset it")
        return Path(shutil.which(named) or named)
    # Being in PATH is not enough: Ubuntu's chromium-browser may be a stub that only asks for a snap.
    found = (shutil.which(program) for program in PROGRAMS if starts(program))
    return next((Path(path) for path in found if path), None)


def starts(program: str) -> bool:
    """Whether the program is there and answers to --version."""
    path = shutil.which(program)
    if path is None:
        return False
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    chromium = find_chromium()
    if chromium is None:
        sys.exit(1)
    sys.stdout.write(f"{chromium}\n")
