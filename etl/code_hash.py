"""What code made a result: hashes of the modules it rests on, found by imports, and of the libraries."""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match
from uuid import uuid4

PROJECT = "footnoted"


class CodeHasher:
    """Hashes of the code of one package, whose folder is read once."""

    def __init__(self, package: Path) -> None:
        self.package = package
        self._files = {
            path: path.read_bytes()
            for path in sorted(package.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }
        self._imports: dict[Path, frozenset[Path]] = {}

    def hash_package(self) -> str:
        """A hash of every file of the package and of the versions of the libraries."""
        return self._hash(self._files)

    def hash_modules(self, *names: str) -> str:
        """A hash of modules, of all that they import of the package, and of the versions of the libraries."""
        waiting, found = [path for name in names for path in self._find_modules(name)], set[Path]()
        while waiting:
            path = waiting.pop()
            if path not in found:
                found.add(path)
                waiting += self._list_imports(path)
        return self._hash(found)

    def _hash(self, paths: Iterable[Path]) -> str:
        digest = hashlib.sha256("\n".join(list_versions()).encode())
        for path in sorted(paths):
            content = hashlib.sha256(self._files[path]).hexdigest()
            digest.update(f"\n{path.relative_to(self.package).as_posix()} {content}".encode())
        return digest.hexdigest()

    def _list_imports(self, path: Path) -> frozenset[Path]:
        if path not in self._imports:
            names = _list_imported_names(self._files[path])
            self._imports[path] = frozenset(found for name in names for found in self._find_modules(name))
        return self._imports[path]

    def _find_modules(self, name: str) -> Iterator[Path]:
        """The files that importing a name runs: its module, and the packages that it lies in."""
        first, *rest = name.split(".")
        if first != self.package.name:
            return
        place = self.package
        for part in ("", *rest):
            place = place / part
            for path in (place / "__init__.py", place.with_suffix(".py")):
                if path in self._files:
                    yield path


@cache
def open_code() -> CodeHasher:
    """The code of this package, as it was when it was first asked for."""
    return CodeHasher(Path(__file__).parent)


@cache
def list_versions() -> tuple[str, ...]:
    """Python and every library that the project declares, with its version, where it is there."""
    versions = [sys.version]
    try:
        required = requires(PROJECT) or []
    except PackageNotFoundError:
        # Which libraries a checkout that is not installed works with nothing says: no result is used again.
        return (*versions, uuid4().hex)
    for requirement in required:
        found = match(r"[\w.-]+", requirement)
        name = found[0] if found else requirement
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return tuple(versions)


def _list_imported_names(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # What is taken from a package may be a module of it.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
