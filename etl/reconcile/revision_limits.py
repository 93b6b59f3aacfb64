"""Revision limits: how far an edition may lie from the one before where too few are held to say it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from etl.errors import InputError

REVISIONS = "assumptions/revision_limits.toml"
STRICT = ConfigDict(frozen=True, extra="forbid", strict=True)
Words = Annotated[str, Field(min_length=1)]


class Floor(BaseModel):
    """What revisions of one product may do: rows lost, all levels moved, and one value moved.

    `step` is in levels of the value's series: 1 for a value that vanishes or doubles.
    """

    model_config = STRICT

    lost_per_cent: Annotated[float, Field(ge=0, lt=100)]
    factor: Annotated[float, Field(ge=1)]
    step: Annotated[float, Field(gt=0)]
    words: Words
    source: Words


class ProductFloor(Floor):
    """The floor of some products."""

    source_ids: Annotated[list[str], Field(min_length=1)]


class Floors(BaseModel):
    """The floors by product, one for all others, and how much must be held to go without."""

    model_config = STRICT

    fewest_revisions: Annotated[int, Field(ge=1)]
    fewest_values: Annotated[int, Field(ge=1)]
    others: Floor
    products: list[ProductFloor] = []

    def choose(self, source_id: str) -> Floor:
        """The floor of a publisher's product."""
        return next((floor for floor in self.products if source_id in floor.source_ids), self.others)


def load_floors(datasets: Path) -> Floors:
    """The limits that the datasets declare.

    Raises: InputError where the file is missing or says less, more or something else than it must.
    """
    try:
        return Floors.model_validate(tomllib.loads((datasets / REVISIONS).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise InputError(REVISIONS, problem="the file is missing", remedy="Restore it.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise InputError(
            REVISIONS, problem=f"no limits of revisions: {error}", remedy="See the words in that file."
        ) from error
