"""HTML text from components, for what the browser puts in place itself instead of through dash."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from dash.development.base_component import Component

# Other names differ in case alone, which HTML does not mind.
ATTRIBUTES = {"className": "class", "htmlFor": "for"}
VOID = {"br", "hr", "img", "input"}


class MarkupError(Exception):
    """A component that is not plain HTML."""


Insert = Callable[[Component], str]


def insert_nothing(_part: Component) -> str:
    """The markup of those who add none."""
    return ""


def write_markup(part: Any, *, insert: Insert = insert_nothing) -> str:
    """HTML of components of dash.html and of texts, escaped; `insert` gives markup to end a component with.

    Raises: MarkupError for a component of another library.
    """
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join(write_markup(entry, insert=insert) for entry in part)
    if not isinstance(part, Component):
        return escape(str(part))
    if part._namespace != "dash_html_components":
        raise MarkupError(f"{part._namespace}.{part._type} cannot be written as HTML.")
    name = part._type.lower()
    opening = f"<{name}{_write_attributes(part)}>"
    if name in VOID:
        return opening
    content = write_markup(getattr(part, "children", None), insert=insert)
    return f"{opening}{content}{insert(part)}</{name}>"


def _write_attributes(part: Component) -> str:
    # Dash gives this method no types.
    describe: Any = part.to_plotly_json
    properties = describe()["props"]
    texts = [
        f' {ATTRIBUTES.get(name, name)}="{escape(_write_value(value))}"'
        for name, value in properties.items()
        if name != "children" and value is not None and not isinstance(value, bool)
    ]
    return "".join(texts) + "".join(f" {name}" for name, value in properties.items() if value is True)


def _write_value(value: Any) -> str:
    """A value as HTML has it: a style is a list of declarations."""
    if isinstance(value, dict):
        return ";".join(f"{name}:{text}" for name, text in value.items())
    return str(value)
