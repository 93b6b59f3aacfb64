"""`python -m docs`: writes docs/reference from the code and the datasets; `--check` writes nothing."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import etl
from docs.generator import UndocumentedError, find_stale, write_pages, write_reference

FOLDER = Path(__file__).parent / "reference"
DATASETS = Path(__file__).parents[1] / "datasets"
CHECK = "--check"


def main(arguments: list[str]) -> int:
    """0 where the pages were written or are up to date, 1 where they are stale or something has no words."""
    if arguments not in ([], [CHECK]):
        sys.stderr.write(f"usage: python -m docs [{CHECK}]\n")
        return 2
    try:
        with tempfile.TemporaryDirectory() as folder:
            snapshot = etl.build(DATASETS, out=Path(folder))
            if not arguments:
                sys.stdout.write(
                    f"{len(write_reference(snapshot, FOLDER))} pages written to docs/reference\n"
                )
                return 0
            stale = find_stale(write_pages(snapshot), FOLDER)
    except UndocumentedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"stale: docs/reference/{name}\n" for name in stale) or "up to date\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
