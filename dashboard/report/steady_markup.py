"""Markup that is the same in every process: dash keeps named attributes in the order of a set."""

from __future__ import annotations

from typing import Any

from dashboard.components.kept_links import walk_parts
from dashboard.components.markup import Insert, insert_nothing, write_markup


def write_steadily(part: Any, *, insert: Insert = insert_nothing) -> str:
    """HTML of components as write_markup gives it, their data-* and aria-* attributes in order."""
    for each in walk_parts(part):
        held = vars(each)
        names = [name for name in held if "-" in name]
        if names != sorted(names):
            for name in sorted(names):
                held[name] = held.pop(name)
    return write_markup(part, insert=insert)
