"""Readers that break every bound, for the helper process."""

from __future__ import annotations

import os


def spin(_content: bytes, _name: str) -> None:
    """A reader that never ends."""
    while True:
        pass


def swell(_content: bytes, _name: str) -> int:
    """A reader that wants two gigabytes."""
    return len(bytearray(2 << 30))


def end(_content: bytes, _name: str) -> None:
    """A reader that takes its process with it, as a parser in C may."""
    os.abort()


def tell_process(_content: bytes, _name: str) -> int:
    """The process that reads."""
    return os.getpid()
