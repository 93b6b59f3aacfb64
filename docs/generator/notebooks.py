"""The outputs that notebooks are stored with: what each shows when it is run from top to bottom."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

CHECKOUT = Path(__file__).parents[2]
FOLDER = CHECKOUT / "notebooks"
MOST_SECONDS = 60
# Two kernels start in little more time than one; each needs a core.
AT_ONCE = 2
FORMATS = frozenset({"text/plain", "text/html"})
# How a kernel speaks to the terminal is no output of a notebook.
QUIET = ["--IPKernelApp.log_level=ERROR"]
STYLE = re.compile(r"<style>.*?</style>\s*", re.DOTALL)


class UnstorableOutputError(Exception):
    """An output that would differ on another machine or day, or that a code host does not show."""


def run_notebook(path: Path, *, snapshots: Path) -> str:
    """The file of a notebook as it would be stored now: its cells as they are, its outputs fresh.

    Raises: UnstorableOutputError, naming the cell; CellExecutionError where a cell fails.
    """
    stored = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("POLARS_")},
        "FOOTNOTED_SNAPSHOTS": str(snapshots),
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")]),
    }
    resources = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(fresh, timeout=MOST_SECONDS, resources=resources, extra_arguments=QUIET)
    client.execute(env=environment)
    places = [str(CHECKOUT), str(snapshots), tempfile.gettempdir()]
    for kept, run in zip(stored.cells, fresh.cells, strict=True):
        if kept.cell_type == "code":
            where = f"{path.name}, {kept.id}"
            kept.execution_count = None
            kept.outputs = [
                nbformat.from_dict(output)
                for output in settle_outputs(run.outputs, where=where, places=places)
            ]
    return f"{nbformat.writes(stored).rstrip()}\n"


def settle_outputs(
    outputs: Iterable[dict[str, Any]], *, where: str, places: Sequence[str]
) -> list[dict[str, Any]]:
    """Outputs without what changes from run to run: no counts, no timings, what was printed in one piece.

    `places` are folders of this machine, which no output may name.
    Raises: UnstorableOutputError.
    """
    settled: list[dict[str, Any]] = []
    for output in (_settle(output, where=where) for output in outputs):
        if settled and output["output_type"] == settled[-1]["output_type"] == "stream":
            settled[-1]["text"] += output["text"]
        else:
            settled.append(output)
    text = str(settled)
    named = [place for place in places if place in text]
    if named:
        raise UnstorableOutputError(f"{where}: an output names {named[0]}. Print a name, not a path.")
    return settled


def write_notebooks(folder: Path = FOLDER, *, snapshots: Path) -> list[Path]:
    """Runs every notebook of a folder and stores its outputs in it."""
    written = _run_all(folder, snapshots=snapshots)
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return list(written)


def find_stale_notebooks(folder: Path = FOLDER, *, snapshots: Path) -> list[str]:
    """The names of notebooks that are stored with other outputs than they have now."""
    written = _run_all(folder, snapshots=snapshots)
    return [path.name for path, text in written.items() if path.read_text(encoding="utf-8") != text]


def _run_all(folder: Path, *, snapshots: Path) -> dict[Path, str]:
    paths = sorted(folder.glob("*.ipynb"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(
            zip(paths, pool.map(lambda path: run_notebook(path, snapshots=snapshots), paths), strict=True)
        )


def _settle(output: dict[str, Any], *, where: str) -> dict[str, Any]:
    kind = output["output_type"]
    if kind == "stream" and output["name"] == "stdout":
        return {"output_type": kind, "name": "stdout", "text": output["text"]}
    if kind != "execute_result":
        said = output.get("text") or output.get("evalue") or ", ".join(output.get("data", ()))
        raise UnstorableOutputError(
            f"{where}: an output of kind {kind} ({said[:200]!r}). Print it, or end the cell with it."
        )
    unknown = sorted(set(output["data"]) - FORMATS)
    if unknown:
        raise UnstorableOutputError(f"{where}: an output as {unknown[0]}. Show text or a table.")
    shown = {form: STYLE.sub("", text) for form, text in output["data"].items()}
    return {"output_type": kind, "execution_count": None, "metadata": {}, "data": shown}
