"""JSON from outside as plain values, read apart."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from etl.readers.reading_apart import read_apart


def read_json(content: bytes, *, name: str) -> Any:
    """A document in UTF-8 as Python reads it.

    Raises: ValueError where it is no JSON; InputError where it breaks the bounds of reading.
    """
    return read_apart("etl.readers.json_values:parse", content, name=name)


def read_printed_json(content: bytes, *, name: str) -> Any:
    """As `read_json`, with numbers as they are printed: a float would change the last digits of large values.

    Raises: ValueError too where a name stands twice in one object: readers keep the last and say nothing.
    """
    return read_apart("etl.readers.json_values:parse_printed", content, name=name)


def parse(content: bytes, _name: str) -> Any:
    """In the helper process: the document."""
    return json.loads(content.decode("utf-8-sig"))


def parse_printed(content: bytes, _name: str) -> Any:
    """In the helper process: the document, numbers as text."""
    return json.loads(
        content.decode("utf-8-sig"),
        parse_float=str,
        parse_int=str,
        parse_constant=_refuse_constant,
        object_pairs_hook=_build_object,
    )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built = dict(pairs)
    if len(built) < len(pairs):
        names = [name for name, _ in pairs]
        # One of the two may be the right value.
        twice = sorted({name for name in names if names.count(name) > 1})
        raise ValueError(f"{', '.join(twice)} stands twice in one object")
    return built
