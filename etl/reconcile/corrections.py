"""Declared corrections: one published value changed in the open, as long as its guard holds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, ValidationError

from etl.errors import CorrectionError, InputError


class Correction(BaseModel):
    """What is wrong with one observation, how it is known, and what to read instead."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    obs_id: str
    expect: float
    replace_with: float
    what: str
    why: str
    reported_to: str
    reported_on: str
    status: Literal["open", "confirmed", "fixed", "rejected"]


@dataclass(frozen=True)
class DeclaredCorrection:
    """A correction and the file that declares it."""

    correction_id: str
    file: str
    terms: Correction


def load_corrections(datasets: Path) -> list[DeclaredCorrection]:
    """Every correction under datasets/corrections/ that is not rejected.

    Raises: InputError where a file is not a correction.
    """
    declared = []
    for path in sorted((datasets / "corrections").glob("*.toml")):
        name = path.relative_to(datasets).as_posix()
        try:
            terms = Correction.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
            problem = f"not a correction: {error}"
            raise InputError(name, problem=problem, remedy="See datasets/corrections/README.md.") from error
        # A rejected one stays on file: it says that somebody asked and what the publisher answered.
        if terms.status != "rejected":
            declared.append(DeclaredCorrection(path.stem, name, terms))
    return declared


def apply_corrections(observations: pl.DataFrame, corrections: list[DeclaredCorrection]) -> pl.DataFrame:
    """The observations with each correction applied and named in the note.

    Raises: CorrectionError where a correction finds no row, or another value than it expects.
    """
    corrected = observations
    for correction in corrections:
        terms = correction.terms
        found = corrected.filter(pl.col("obs_id") == terms.obs_id)
        # The guard: a publisher that mends the value itself must not be corrected twice.
        if found.height != 1 or found["obs_value"][0] != terms.expect:
            value = found["obs_value"][0] if found.height else "no such row"
            raise CorrectionError(
                f"{correction.file}: expected {terms.expect!r} at {terms.obs_id}, found {value!r}. "
                "If the publisher has mended it, remove the correction."
            )
        here = pl.col("obs_id") == terms.obs_id
        remark = f"Corrected from {terms.expect:g} by {correction.correction_id}: {terms.what}"
        corrected = corrected.with_columns(
            obs_value=pl.when(here).then(pl.lit(terms.replace_with)).otherwise("obs_value"),
            # The interval was that of the wrong value.
            obs_low=pl.when(here).then(None).otherwise("obs_low"),
            obs_high=pl.when(here).then(None).otherwise("obs_high"),
            note=pl.when(here).then(pl.lit(remark)).otherwise("note"),
        )
    return corrected
