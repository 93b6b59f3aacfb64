"""What a bundle's figures and verdicts are rebuilt from: the rows as they were read, and nothing derived."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, fields

import polars as pl

from etl.errors import FootnotedError
from etl.export import restore_text, write_rows
from etl.schemas import TABLES


class BundleError(FootnotedError):
    """A bundle that cannot be written, or not be read as one."""


@dataclass(frozen=True)
class Inputs:
    """Rows of a snapshot's tables by the names of these; observations hold only what was read."""

    observations: pl.DataFrame
    deals: pl.DataFrame
    claims: pl.DataFrame
    documents: pl.DataFrame
    milestones: pl.DataFrame
    dossiers: pl.DataFrame
    sources: pl.DataFrame

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The tables by name."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}

    def take_members(self) -> dict[str, bytes]:
        """The tables as members of a bundle."""
        return {name_member(name): write_rows(rows, "csv") for name, rows in self.tables.items()}


def name_member(table: str) -> str:
    """Where a bundle keeps an input table."""
    return f"inputs/{table}.csv"


def read_inputs(members: Mapping[str, bytes]) -> Inputs:
    """The input tables of a bundle, held to their schemas.

    Raises: BundleError for a table that is missing or cannot be read; SchemaError for one that holds what it
    must not.
    """
    return Inputs(**{entry.name: read_table(members, entry.name) for entry in fields(Inputs)})


def read_table(members: Mapping[str, bytes], table: str, *, folder: str = "inputs") -> pl.DataFrame:
    """One table of a bundle.

    Raises: BundleError where it is missing or cannot be read; SchemaError where it holds what it must not.
    """
    name = f"{folder}/{table}.csv"
    if name not in members:
        raise BundleError(f"{name}: missing. Unpack the bundle again.")
    schema = TABLES[table].list_columns()
    try:
        rows = pl.read_csv(io.BytesIO(members[name]), schema=schema)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        first = str(error).partition("\n")[0]
        raise BundleError(f"{name}: cannot be read ({first}). Unpack the bundle again.") from error
    return TABLES[table].check(restore_text(rows))


def find_parties(dossiers: pl.DataFrame) -> frozenset[str]:
    """Areas that dossiers are about, for which windows and counts are worked out."""
    return frozenset([*dossiers["ref_area"], *dossiers["counterpart_area"]])
