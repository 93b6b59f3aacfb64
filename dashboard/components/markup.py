"""HTML text from components, for what the browser puts in place itself instead of through dash."""

from __future__ import annotations

from html import escape
from typing import Any

from dash.development.base_component import Component
from markupsafe import Markup

# Other names differ in case alone, which HTML does not mind.
ATTRIBUTES = {"className": "class", "htmlFor": "for"}
# What a component holds besides the attributes that were given to it.
UNWRITTEN = {"children", "available_properties", "available_wildcard_properties"}
VOID = {"br", "hr", "img", "input"}


class MarkupError(Exception):
    """A component that is not plain HTML."""


def write_markup(part: Any) -> str:
    """HTML of components of dash.html and of texts, escaped; `Markup`, such as a picture, stays as it is.

    Equal components give equal markup, in whatever order their attributes were given.
    Raises: MarkupError for a component of another library.
    """
    if part is None:
        return ""
    # Most parts are texts; to ask first whether one is a component takes longer.
    if isinstance(part, str):
        return str(part) if isinstance(part, Markup) else escape(part)
    if isinstance(part, list | tuple):
        return "".join([write_markup(entry) for entry in part])
    if not isinstance(part, Component):
        return escape(str(part))
    if part._namespace != "dash_html_components":
        raise MarkupError(f"{part._namespace}.{part._type} cannot be written as HTML.")
    name = part._type.lower()
    opening = f"<{name}{_write_attributes(part)}>"
    if name in VOID:
        return opening
    return f"{opening}{write_markup(getattr(part, 'children', None))}</{name}>"


def _write_attributes(part: Component) -> str:
    # Dash's own listing asks for every property there could be, in an order that changes with the process.
    given = [
        (name, value)
        for name, value in vars(part).items()
        if value is not None and value is not False and name[0] != "_" and name not in UNWRITTEN
    ]
    return "".join([_write_attribute(name, value) for name, value in sorted(given, key=_rank)])


def _rank(entry: tuple[str, Any]) -> tuple[bool, bool, bool, str]:
    """The id first, data-* and aria-* after what HTML names, what is merely on last."""
    name, value = entry
    return value is True, "-" in name, name != "id", name


def _write_attribute(name: str, value: Any) -> str:
    if value is True:
        return f" {name}"
    return f' {ATTRIBUTES.get(name, name)}="{escape(_write_value(value))}"'


def _write_value(value: Any) -> str:
    """A value as HTML has it: a style is a list of declarations."""
    if isinstance(value, dict):
        return ";".join(f"{name}:{text}" for name, text in value.items())
    return str(value)
