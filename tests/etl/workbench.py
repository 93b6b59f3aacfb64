"""A copy of the frozen datasets that a test may damage."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import etl
from etl.provenance import find_sidecar, seal_input
from tests.conftest import DATASETS


@dataclass(frozen=True)
class Workbench:
    """A damaged or extended copy of the datasets, and a folder for its snapshots."""

    datasets: Path
    out: Path

    def find_file(self, source_id: str, vintage: str = "*") -> Path:
        """The one CSV of a source, or of one vintage of it."""
        (path,) = (self.datasets / "sources" / source_id).glob(f"{vintage}/*.csv")
        return path

    def replace_line(self, path: Path, *, line: int, text: str) -> None:
        """Put another text in place of a line, counted from 1, and seal the file."""
        lines = path.read_text(encoding="utf-8").split("\n")
        lines[line - 1] = text
        path.write_text("\n".join(lines), encoding="utf-8")
        seal_input(path)

    def append_line(self, path: Path, text: str) -> int:
        """Add a line at the end, seal the file, and say which line it is."""
        content = path.read_text(encoding="utf-8").rstrip("\n")
        path.write_text(f"{content}\n{text}\n", encoding="utf-8")
        seal_input(path)
        return content.count("\n") + 2

    def write_bytes(self, path: Path, content: bytes) -> None:
        """Replace a file's bytes and seal it."""
        path.write_bytes(content)
        if find_sidecar(path).exists():
            seal_input(path)

    def build(self) -> etl.Snapshot:
        """Build the copy."""
        return etl.build(self.datasets, self.out)


def copy_datasets(folder: Path) -> Workbench:
    """The frozen datasets in a folder of its own."""
    datasets = folder / "datasets"
    shutil.copytree(DATASETS, datasets)
    return Workbench(datasets, folder / "snapshots")
