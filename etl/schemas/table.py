"""What every table schema shares: strict columns in a fixed order, finite numbers, a sort key."""

from __future__ import annotations

from typing import Any, ClassVar

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from etl.errors import SchemaError
from etl.schemas.column_entry import ColumnEntry

SHOWN_FAILURES = 10
# Checks of pandera by the limit of a column that says the same, and where the check keeps it.
LIMITS = {
    "isin": ("codes", "allowed_values"),
    "str_matches": ("pattern", "pattern"),
    "greater_than_or_equal_to": ("minimum", "min_value"),
    "less_than_or_equal_to": ("maximum", "max_value"),
}


def described(description: str, *, unit: str = "text", nullable: bool = False, **checks: Any) -> Any:
    """A pandera field with its description and unit."""
    return pa.Field(description=description, nullable=nullable, metadata={"unit": unit}, **checks)


class Table(pa.DataFrameModel):
    """A table whose columns are exactly these, in this order."""

    _key: ClassVar[str] = ""
    _sort: ClassVar[tuple[str, ...]] = ()

    class Config:
        """Strict: no column more, none less, none in another place, nothing coerced."""

        strict = True
        ordered = True
        coerce = False

    @classmethod
    def list_columns(cls) -> dict[str, pl.DataType]:
        """Column names and polars types, in order."""
        return {name: entry.dtype.type for name, entry in cls.to_schema().columns.items()}

    @classmethod
    def describe_columns(cls, table: str) -> list[ColumnEntry]:
        """The data dictionary of this table, one entry per column, with the limits that are checked.

        Raises: SchemaError for a check that no limit of an entry stands for.
        """
        return [
            ColumnEntry(
                table,
                name,
                str(entry.dtype),
                str((entry.metadata or {})["unit"]),
                entry.nullable,
                str(entry.description),
                **_list_limits(entry.checks),
            )
            for name, entry in cls.to_schema().columns.items()
        ]

    @classmethod
    def build_empty(cls) -> pl.DataFrame:
        """The table without rows."""
        return pl.DataFrame(schema=cls.list_columns())

    @classmethod
    def check(cls, frame: pl.DataFrame) -> pl.DataFrame:
        """The same frame, sorted by the table's key, once it is known to hold to the schema.

        Raises: SchemaError with the failing columns and values.
        """
        try:
            checked = cls.validate(frame, lazy=True)
        except SchemaErrors as error:
            cases = error.failure_cases.head(SHOWN_FAILURES).select("column", "check", "failure_case")
            lines = "; ".join(
                f"{case['column']}: {case['check']}: {case['failure_case']}" for case in cases.to_dicts()
            )
            raise SchemaError(f"table {cls.__name__.lower()} breaks its schema: {lines}") from error
        for name, kind in cls.list_columns().items():
            if kind == pl.Float64 and not frame[name].is_finite().all():
                raise SchemaError(
                    f"table {cls.__name__.lower()} breaks its schema: {name} holds NaN or infinity"
                )
        if cls._key and frame[cls._key].is_duplicated().any():
            twice = (
                frame.filter(pl.col(cls._key).is_duplicated())[cls._key].unique().sort().head(SHOWN_FAILURES)
            )
            raise SchemaError(f"table {cls.__name__.lower()}: {cls._key} is not unique: {', '.join(twice)}")
        return checked.sort(cls._sort or (cls._key,))


def _list_limits(checks: list[Any]) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for check in checks:
        if check.name not in LIMITS:
            raise SchemaError(f"no limit of a column stands for the check {check.name!r}. Add it to LIMITS.")
        name, place = LIMITS[check.name]
        value = check.statistics[place]
        limits[name] = tuple(value) if name == "codes" else value
    return limits
