"""Scripts, styles and the font: which there are, and addresses that change with what they hold."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
HOME = "/assets"
# What pages ask for, and the font's licence, which goes where the font goes; nothing else leaves the server.
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".txt": "text/plain"}
VERSION_LETTERS = 12


@lru_cache(maxsize=8)
def list_names(suffix: str) -> tuple[str, ...]:
    """The files of a kind, by their path in the folder, in the order in which pages take them."""
    paths = sorted(path for path in ASSETS.rglob(f"*{suffix}"))
    return tuple(path.relative_to(ASSETS).as_posix() for path in paths)


@lru_cache(maxsize=128)
def read_asset(name: str) -> bytes:
    """What a file holds.

    Raises: KeyError for a file that is not sent.
    """
    suffix = Path(name).suffix
    if suffix not in TYPES or name not in list_names(suffix):
        raise KeyError(f"no asset {name!r}.")
    return (ASSETS / name).read_bytes()


@lru_cache(maxsize=128)
def write_asset_address(name: str) -> str:
    """Where a file is served; a change of the file changes it.

    Raises: KeyError for a file that is not sent.
    """
    return f"{HOME}/{find_version(name)}/{name}"


@lru_cache(maxsize=128)
def find_version(name: str) -> str:
    """The hash of a file."""
    return hashlib.sha256(read_asset(name)).hexdigest()[:VERSION_LETTERS]


@lru_cache(maxsize=1)
def find_whole_version() -> str:
    """A hash of all that is sent."""
    versions = [find_version(name) for suffix in TYPES for name in list_names(suffix)]
    return hashlib.sha256(" ".join(versions).encode()).hexdigest()[:VERSION_LETTERS]
