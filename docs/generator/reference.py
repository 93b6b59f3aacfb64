"""Every page of the reference and the list of them, with the version and the snapshot that they describe."""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from docs.generator import pages
from docs.generator.wording import require
from etl import Snapshot

NOTICE = "*Written by `make docs` from the code. Change the words where they are declared, not here.*"
INDEX = "README.md"
PROJECT = Path(__file__).parents[2] / "pyproject.toml"
STATE = (
    "This copy describes version {version} and snapshot `{snapshot_id}`; `git log -1 docs/reference` names "
    "the commit it was made at. `make docs` refreshes it, and `python -m docs --check` says which pages are "
    "behind the code. It is refreshed for a release: adding a source, a chart, a page or a document needs no "
    "new copy."
)


def write_pages(snapshot: Snapshot) -> dict[str, str]:
    """Each page by its file name, and the list of them.

    Raises: UndocumentedError where something has no words.
    """
    modules = _find_modules()
    written = {module.FILE: _frame(module.TITLE, module.write(snapshot)) for module in modules}
    lines = [
        f"- [{module.TITLE}]({module.FILE}): {require(module.ABOUT, of=module.FILE)}" for module in modules
    ]
    return {**written, INDEX: _frame("Reference", "\n".join([_write_state(snapshot), "", *lines]))}


def write_reference(snapshot: Snapshot, folder: Path) -> list[Path]:
    """Writes every page into a folder and takes away pages that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    written = write_pages(snapshot)
    for path in folder.glob("*.md"):
        if path.name not in written:
            path.unlink()
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in sorted(written)]


def find_stale(written: Mapping[str, str], folder: Path) -> list[str]:
    """The names of pages in a folder that are absent, left over, or say something else."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in {*written, *kept} if written.get(name) != kept.get(name))


def _write_state(snapshot: Snapshot) -> str:
    version = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]
    return STATE.format(version=version, snapshot_id=snapshot.snapshot_id)


def _find_modules() -> list[ModuleType]:
    names = sorted(entry.name for entry in pkgutil.iter_modules(pages.__path__))
    modules = [importlib.import_module(f"{pages.__name__}.{name}") for name in names]
    return sorted(modules, key=lambda module: str(module.TITLE))


def _frame(title: str, text: str) -> str:
    return f"# {title}\n\n{NOTICE}\n\n{text.strip()}\n"
