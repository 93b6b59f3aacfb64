"""`python -m docs`: writes docs/reference, the picture of the architecture and the notebooks' outputs anew.

`--check` writes nothing and says what is behind the code.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import etl
from docs.generator import UndocumentedError, find_stale, write_pages, write_reference
from docs.generator.architecture import FILE as PICTURE
from docs.generator.architecture import draw_architecture
from docs.generator.notebooks import UnstorableOutputError, find_stale_notebooks, write_notebooks

HERE = Path(__file__).parent
FOLDER = HERE / "reference"
DATASETS = Path(__file__).parents[1] / "datasets"
# Notebooks are stored as they run on a tree that does not grow, so that a new file leaves them as they are.
FROZEN = Path(__file__).parents[1] / "tests" / "data"
CHECK = "--check"


def main(arguments: list[str]) -> int:
    """0 where the pages were written or are up to date, 1 where they are stale or cannot be written."""
    if arguments not in ([], [CHECK]):
        sys.stderr.write(f"usage: python -m docs [{CHECK}]\n")
        return 2
    try:
        with tempfile.TemporaryDirectory() as folder:
            snapshot = etl.build(DATASETS, out=Path(folder))
            frozen = etl.build(FROZEN, out=Path(folder) / "frozen").folder.parent
            if not arguments:
                _write(snapshot, frozen=frozen)
                return 0
            stale = [f"docs/reference/{name}" for name in find_stale(write_pages(snapshot), FOLDER)]
            if (HERE / PICTURE).read_text(encoding="utf-8") != draw_architecture():
                stale.append(f"docs/{PICTURE}")
            stale += [f"notebooks/{name}" for name in find_stale_notebooks(snapshots=frozen)]
    except (UndocumentedError, UnstorableOutputError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"stale: {name}\n" for name in stale) or "up to date\n")
    return 1 if stale else 0


def _write(snapshot: etl.Snapshot, *, frozen: Path) -> None:
    sys.stdout.write(f"{len(write_reference(snapshot, FOLDER))} pages written to docs/reference\n")
    (HERE / PICTURE).write_text(draw_architecture(), encoding="utf-8")
    sys.stdout.write(f"docs/{PICTURE} drawn\n")
    notebooks = write_notebooks(snapshots=frozen)
    sys.stdout.write(f"{len(notebooks)} notebooks run and stored with their outputs\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
