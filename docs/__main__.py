"""`python -m docs`: writes docs/reference and the notebooks' outputs; `--check` writes nothing."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import etl
from docs.generator import UndocumentedError, find_stale, write_pages, write_reference
from docs.generator.notebooks import UnstorableOutputError, find_stale_notebooks, write_notebooks

FOLDER = Path(__file__).parent / "reference"
DATASETS = Path(__file__).parents[1] / "datasets"
CHECK = "--check"


def main(arguments: list[str]) -> int:
    """0 where the pages were written or are up to date, 1 where they are stale or cannot be written."""
    if arguments not in ([], [CHECK]):
        sys.stderr.write(f"usage: python -m docs [{CHECK}]\n")
        return 2
    try:
        with tempfile.TemporaryDirectory() as folder:
            snapshot = etl.build(DATASETS, out=Path(folder))
            if not arguments:
                _write(snapshot)
                return 0
            stale = [f"docs/reference/{name}" for name in find_stale(write_pages(snapshot), FOLDER)]
            stale += [f"notebooks/{name}" for name in find_stale_notebooks(snapshots=snapshot.folder.parent)]
    except (UndocumentedError, UnstorableOutputError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"stale: {name}\n" for name in stale) or "up to date\n")
    return 1 if stale else 0


def _write(snapshot: etl.Snapshot) -> None:
    sys.stdout.write(f"{len(write_reference(snapshot, FOLDER))} pages written to docs/reference\n")
    notebooks = write_notebooks(snapshots=snapshot.folder.parent)
    sys.stdout.write(f"{len(notebooks)} notebooks run and stored with their outputs\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
