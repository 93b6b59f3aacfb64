"""Parameters: one declaration each, from which requests are read and the description is written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol
from weakref import WeakKeyDictionary

from dashboard.api.problems import ProblemError, quote_briefly
from dashboard.api.schemas import Schema
from etl import Snapshot

MOST_VALUES = 50
LONGEST_VALUE = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,9}")
_FLAGS = {"true": True, "false": False}


class WrongValueError(ValueError):
    """A text that is no value of its kind; its words say what one looks like."""


class ValueKind(Protocol):
    """What a parameter's values are: their JSON Schema, and how a text becomes one."""

    def describe(self, snapshot: Snapshot) -> Schema: ...
    def read(self, text: str) -> Any: ...


@dataclass(frozen=True)
class CodeValue:
    """One of a closed list."""

    codes: tuple[str, ...]

    def describe(self, _snapshot: Snapshot) -> Schema:
        """The JSON Schema."""
        return {"type": "string", "enum": list(self.codes)}

    def read(self, text: str) -> str:
        """The code; whether it is known is asked by find_known()."""
        return text


@dataclass(frozen=True)
class ColumnValue:
    """One of the values that a column of the snapshot has."""

    table: str
    column: str

    def describe(self, snapshot: Snapshot) -> Schema:
        """The JSON Schema with the values of a snapshot."""
        known = list(self.list_known(snapshot))
        return {"type": "string", "enum": known} if known else {"type": "string"}

    def read(self, text: str) -> str:
        """The value as text; the snapshot turns it into what the column holds."""
        return text

    def list_known(self, snapshot: Snapshot) -> dict[str, Any]:
        """The column's values by how an address writes them."""
        columns = _known.setdefault(snapshot, {})
        if self not in columns:
            values = snapshot.table(self.table)[self.column].drop_nulls().unique().sort()
            columns[self] = {write_value(value): value for value in values}
        return columns[self]


# As long as the snapshot that they are of is kept, and no longer.
_known: WeakKeyDictionary[Snapshot, dict[ColumnValue, dict[str, Any]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class DayValue:
    """A date."""

    def describe(self, _snapshot: Snapshot) -> Schema:
        """The JSON Schema."""
        return {"type": "string", "format": "date", "examples": ["2024-03-31"]}

    def read(self, text: str) -> date:
        """The day that a text names.

        Raises: WrongValueError.
        """
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise WrongValueError("is not a date such as 2024-03-31")


@dataclass(frozen=True)
class FlagValue:
    """Yes or no."""

    def describe(self, _snapshot: Snapshot) -> Schema:
        """The JSON Schema."""
        return {"type": "boolean"}

    def read(self, text: str) -> bool:
        """What a text says.

        Raises: WrongValueError.
        """
        if text not in _FLAGS:
            raise WrongValueError("is neither true nor false")
        return _FLAGS[text]


@dataclass(frozen=True)
class CountValue:
    """A whole number between two others."""

    least: int
    most: int

    def describe(self, _snapshot: Snapshot) -> Schema:
        """The JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def read(self, text: str) -> int:
        """The number that a text names.

        Raises: WrongValueError.
        """
        if not _COUNT.fullmatch(text) or not self.least <= int(text) <= self.most:
            raise WrongValueError(f"is not a whole number from {self.least:,} to {self.most:,}")
        return int(text)


@dataclass(frozen=True)
class TextValue:
    """Words of some form; `form` says in words what the pattern demands, `exemplify` gives some."""

    form: str
    pattern: str = ""
    longest: int = LONGEST_VALUE
    exemplify: Callable[[Snapshot], list[str]] | None = None

    def describe(self, snapshot: Snapshot) -> Schema:
        """The JSON Schema."""
        schema: Schema = {"type": "string", "minLength": 1, "maxLength": self.longest}
        if self.pattern:
            schema["pattern"] = f"^{self.pattern}$"
        if self.exemplify is not None:
            schema["examples"] = self.exemplify(snapshot)
        return schema

    def read(self, text: str) -> str:
        """The same text.

        Raises: WrongValueError.
        """
        fits = 1 <= len(text) <= self.longest and (not self.pattern or re.fullmatch(self.pattern, text))
        if not fits:
            raise WrongValueError(f"is not {self.form}")
        return text


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address; several values of one `is_list` parameter each let rows through."""

    name: str
    kind: ValueKind
    description: str
    place: Literal["query", "path"] = "query"
    is_list: bool = False

    def describe(self, snapshot: Snapshot) -> Schema:
        """The parameter as OpenAPI has it."""
        schema = self.kind.describe(snapshot)
        if self.is_list:
            schema = {"type": "array", "items": schema, "minItems": 1, "maxItems": MOST_VALUES}
        described = {
            "name": self.name,
            "in": self.place,
            "required": self.place == "path",
            "description": self.description,
            "schema": schema,
        }
        return {**described, "style": "form", "explode": True} if self.is_list else described

    def read(self, texts: Sequence[str]) -> Any:
        """The value that the texts of one request give.

        Raises: ProblemError for a text that is no value, or for several where one is asked for.
        """
        most = MOST_VALUES if self.is_list else 1
        if len(texts) > most:
            message = f"{self.name} is given {len(texts)} times, and at most {most} fit."
            raise ProblemError("invalid-value", message, parameter=self.name)
        values = [self._read_one(text) for text in texts]
        return values if self.is_list else values[0]

    def _read_one(self, text: str) -> Any:
        try:
            value = self.kind.read(text)
        except WrongValueError as error:
            message = f"{self.name}={quote_briefly(text)} {error}."
            raise ProblemError("invalid-value", message, parameter=self.name) from error
        if isinstance(self.kind, CodeValue):
            refuse_unknown(self.name, text, known=self.kind.codes)
        return value


def read_query(parameters: Iterable[Parameter], query: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The values that an address's query gives, by parameter; what is not given is left out.

    Raises: ProblemError.
    """
    declared = {parameter.name: parameter for parameter in parameters if parameter.place == "query"}
    for name in query:
        if name not in declared:
            takes = f"This resource takes: {', '.join(sorted(declared))}." if declared else "It takes none."
            message = f"There is no parameter {quote_briefly(name)} here. {takes}"
            raise ProblemError(
                "unknown-parameter", message, parameter=name[:LONGEST_VALUE], known=sorted(declared)
            )
    return {name: declared[name].read(texts) for name, texts in query.items()}


def find_known(parameter: Parameter, texts: Sequence[str], *, snapshot: Snapshot) -> list[Any]:
    """The values of a column that texts name.

    Raises: ProblemError for a text that names none.
    """
    if not isinstance(parameter.kind, ColumnValue):
        return list(texts)
    known = parameter.kind.list_known(snapshot)
    for text in texts:
        refuse_unknown(parameter.name, text, known=tuple(known))
    return [known[text] for text in texts]


def refuse_unknown(name: str, text: str, *, known: Sequence[str]) -> None:
    """Raises: ProblemError where a text is none of the known ones; its words name the nearest."""
    if text in known:
        return
    near = difflib.get_close_matches(text[:LONGEST_VALUE], known, n=3)
    hint = f" Near it: {', '.join(near)}." if near else ""
    message = f"{name}={quote_briefly(text)} is not known here.{hint}"
    raise ProblemError("unknown-value", message, parameter=name, known=known)


def write_value(value: Any) -> str:
    """A value as an address writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
