"""Scripts, styles and the font: which there are, and addresses that change with what they hold.

Scripts are modules that browsers take as they are. Every import and export stands on a line of its own, in
one of the forms that are read here: that makes the list of modules that a page loads early, and the one
script of a report, which has no files beside it.
"""

from __future__ import annotations

import hashlib
import pkgutil
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
HOME = "/assets"
# What pages ask for, and the font's licence, which goes where the font goes; nothing else leaves the server.
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".txt": "text/plain"}
VERSION_LETTERS = 12
PLOTLY_NAME = "plotly.min.js"
PLOTLY_FILE = ("plotly", f"package_data/{PLOTLY_NAME}")
# Comments and types are for who reads the source.
COMMENTS = {
    ".css": re.compile(r"/\*.*?\*/\s*", re.DOTALL),
    ".js": re.compile(r"^[ \t]*//[^\n]*\n|[ \t]*/\*\*.*?\*/\n?", re.DOTALL | re.MULTILINE),
}
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
IMPORT = re.compile(r'^import (?:\{ (?P<names>[^}]+) \} from )?"(?P<path>[./\w-]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export const (?P<name>\w+)", re.MULTILINE)


@lru_cache(maxsize=8)
def list_names(suffix: str) -> tuple[str, ...]:
    """The files of a kind, by their path in the folder, in the order in which pages take them."""
    return tuple(path.relative_to(ASSETS).as_posix() for path in sorted(ASSETS.rglob(f"*{suffix}")))


@lru_cache(maxsize=128)
def read_asset(name: str) -> bytes:
    """What is sent of a file.

    Raises: KeyError for a file that is not sent.
    """
    suffix = Path(name).suffix
    if suffix not in TYPES or name not in list_names(suffix):
        raise KeyError(f"no asset {name!r}.")
    path = ASSETS / name
    return read_code(path).encode() if suffix in COMMENTS else path.read_bytes()


def read_code(path: Path) -> str:
    """A script or a style without its comments and its indentation."""
    text = COMMENTS[path.suffix].sub("", path.read_text(encoding="utf-8"))
    return INDENTATION.sub("", text)


@lru_cache(maxsize=128)
def write_asset_address(name: str) -> str:
    """Where a file is served; a change of the file changes it.

    Raises: KeyError for a file that is not sent.
    """
    return f"{HOME}/{find_version(name)}/{name}"


@lru_cache(maxsize=1)
def read_plotly() -> str:
    """plotly.js, as the installed package has it."""
    return (pkgutil.get_data(*PLOTLY_FILE) or b"").decode()


@lru_cache(maxsize=1)
def write_plotly_address() -> str:
    """Where plotly.js is served, for figures that the server does not draw."""
    version = hashlib.sha256(read_plotly().encode()).hexdigest()[:VERSION_LETTERS]
    return f"{HOME}/{version}/{PLOTLY_NAME}"


@lru_cache(maxsize=128)
def find_version(name: str) -> str:
    """The hash of a file; of scripts, which import each other by their place, the hash of all."""
    content = read_asset(name)
    if name.endswith(".js"):
        content = b"".join(read_asset(each) for each in list_names(".js"))
    return hashlib.sha256(content).hexdigest()[:VERSION_LETTERS]


@lru_cache(maxsize=1)
def find_whole_version() -> str:
    """A hash of all that is sent."""
    versions = [find_version(name) for suffix in TYPES for name in list_names(suffix)]
    return hashlib.sha256(" ".join(versions).encode()).hexdigest()[:VERSION_LETTERS]


@lru_cache(maxsize=8)
def write_scripts(entry: str) -> str:
    """The elements of a page's head by which a module comes, and with it all that it imports."""
    *early, last = (write_asset_address(path.name) for path in list_modules(ASSETS / entry))
    links = "".join(f'<link rel="modulepreload" href="{address}">' for address in early)
    return f'{links}<script type="module" src="{last}"></script>'


def list_modules(entry: Path) -> list[Path]:
    """A module and all that it imports, each after those that it imports itself."""
    found: dict[Path, None] = {}

    def visit(path: Path) -> None:
        for imported in _list_imports(path):
            if imported not in found:
                visit(imported)
        found[path] = None

    visit(entry.resolve())
    return list(found)


def _list_imports(path: Path) -> Iterator[Path]:
    for found in IMPORT.finditer(path.read_text(encoding="utf-8")):
        yield (path.parent / found["path"]).resolve()


def join_modules(entry: Path) -> str:
    """A module and all that it imports as one script: each is a function that gives what it exports."""
    return "\n".join(_wrap_module(path) for path in list_modules(entry))


def _wrap_module(path: Path) -> str:
    code = read_code(path)
    exported = ", ".join(found["name"] for found in EXPORT.finditer(code))
    code = IMPORT.sub(_write_import, EXPORT.sub(r"const \g<name>", code))
    return f"const ${path.stem} = (() => {{\n{code}return {{ {exported} }};\n}})();"


def _write_import(found: re.Match[str]) -> str:
    return f"const {{ {found['names']} }} = ${Path(found['path']).stem};\n" if found["names"] else ""
