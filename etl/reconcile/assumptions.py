"""Declared assumptions: what freight and insurance add to a price, and how long goods are on the way."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError, model_validator

from etl.errors import InputError

ASSUMPTIONS = "assumptions/mirror_assumptions.toml"
STRICT = ConfigDict(frozen=True, extra="forbid", strict=True)
# In months: a longer voyage would shift more than half a year, and the year no longer means anything.
MOST_MONTHS = 6
# At 100 per cent and more the way would cost what the goods do: a slip, or a figure for something else.
Percent = Annotated[Decimal, Strict(False), Field(ge=0, lt=100)]
Words = Annotated[str, Field(min_length=1)]


class Margin(BaseModel):
    """What freight and insurance add to the value at the seller's border, in per cent of it; with a range."""

    model_config = STRICT

    per_cent: Percent
    low: Percent
    high: Percent
    words: Words
    source: Words

    @model_validator(mode="after")
    def _check_range(self) -> Self:
        if not self.low <= self.per_cent <= self.high:
            raise ValueError("per_cent must lie between low and high")
        return self


class Voyage(BaseModel):
    """Whole months from the seller's border to the buyer's, and their range."""

    model_config = STRICT

    months: Annotated[int, Field(ge=1)]
    low: Annotated[int, Field(ge=0)]
    high: Annotated[int, Field(le=MOST_MONTHS)]
    words: Words
    source: Words

    @model_validator(mode="after")
    def _check_range(self) -> Self:
        if not self.low <= self.months <= self.high:
            raise ValueError("months must lie between low and high")
        return self


class MirrorAssumptions(BaseModel):
    """Everything that is assumed where a gap between two reports of one flow is taken apart."""

    model_config = STRICT

    freight_and_insurance: Margin
    voyage: Voyage


def load_assumptions(datasets: Path) -> MirrorAssumptions:
    """The assumptions that the datasets declare.

    Raises: InputError where the file is missing or says less, more or something else than it must.
    """
    path = datasets / ASSUMPTIONS
    if not path.exists():
        raise InputError(path, problem="the file is missing", remedy="Restore it.")
    try:
        return MirrorAssumptions.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise InputError(
            ASSUMPTIONS,
            problem=f"not the assumptions about a flow reported twice: {error}",
            remedy="See the words beside each figure in that file.",
        ) from error
