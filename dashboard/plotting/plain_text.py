"""Text of publishers and documents as text: what plotly would read as markup is written so that it does not.

Plotly sets tags, entities and, where a page has MathJax, formulas between dollar signs in every label, tick,
legend and hover text. A chart's own words may use them; a name from a file never does.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from html import escape
from typing import Any

# What plotly reads: a tag, an entity, a formula. The dollars of "US$ 5 to US$ 7" are none.
_MARKUP = re.compile(r"<[/a-zA-Z!]|&(?:[a-zA-Z]+|#[0-9a-fA-FxX]+);|(?<!US)\$[^$]*(?<!US)\$")
# Not words: names by which a mark is found, and hover texts, whose parts `write_hover` has escaped.
_NO_WORDS = frozenset({"row_id", "hover"})


def escape_markup(text: str) -> str:
    """A text that plotly sets as it is; one without markup stays the same string."""
    if not _MARKUP.search(text):
        return text
    return escape(text, quote=False).replace("$", "&#36;")


def escape_texts(part: Any) -> Any:
    """A view, or a part of one, with every text of it escaped; what holds no markup stays the same object."""
    if isinstance(part, str):
        return escape_markup(part) if type(part) is str else part
    if isinstance(part, tuple | list):
        return _escape_sequence(part)
    if isinstance(part, dict):
        escaped = {key: escape_texts(value) for key, value in part.items()}
        return part if all(escaped[key] is value for key, value in part.items()) else escaped
    if is_dataclass(part) and not isinstance(part, type):
        before = {
            each.name: getattr(part, each.name)
            for each in fields(part)
            if each.init and each.name not in _NO_WORDS
        }
        changed = {
            name: after for name, value in before.items() if (after := escape_texts(value)) is not value
        }
        return replace(part, **changed) if changed else part
    return part


def _escape_sequence(parts: Any) -> Any:
    escaped = [escape_texts(each) for each in parts]
    if all(after is each for after, each in zip(escaped, parts, strict=True)):
        return parts
    if isinstance(parts, tuple) and hasattr(parts, "_fields"):
        return type(parts)(*escaped)
    return type(parts)(escaped)
