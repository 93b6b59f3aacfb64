"""Release rhythms: how long after a period its publisher has a figure of it out, declared with the reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from etl.errors import InputError
from etl.vocabulary import PERIOD_BASES

FOLDER, PATTERN = "assumptions", "releases_*.toml"
STRICT = ConfigDict(frozen=True, extra="forbid", strict=True)
# A statistic that takes longer than three years has no rhythm that a day could be taken from.
MOST_MONTHS = 36
Words = Annotated[str, Field(min_length=1)]


class Rhythm(BaseModel):
    """By the end of which month after a period's last one a figure of that period is out."""

    model_config = STRICT

    period_basis: Annotated[list[str], Field(min_length=1)]
    months: Annotated[int, Field(ge=0, le=MOST_MONTHS)]
    words: Words
    source: Words

    @field_validator("period_basis")
    @classmethod
    def _check_codes(cls, codes: list[str]) -> list[str]:
        unknown = [code for code in codes if code not in PERIOD_BASES.codes]
        if unknown:
            raise ValueError(f"no kind of period is called {', '.join(unknown)}")
        return codes


class Releases(BaseModel):
    """What is assumed of one publisher's releases; of some of its products where `source_ids` names them."""

    model_config = STRICT

    publisher: Words
    source_ids: list[str] = []
    rhythm: Annotated[list[Rhythm], Field(min_length=1)]


@dataclass(frozen=True)
class DeclaredRhythm:
    """A rhythm as rows are held to it: for one publisher, one kind of period, and one product or all."""

    publisher: str
    source_id: str | None
    period_basis: str
    months: int
    words: str


def load_releases(datasets: Path) -> dict[str, Releases]:
    """The release rhythms that the datasets declare, by the file that declares them.

    Raises: InputError where a file says less, more or something else than it must.
    """
    return {
        path.relative_to(datasets).as_posix(): _read_releases(path, datasets)
        for path in sorted((datasets / FOLDER).glob(PATTERN))
    }


def load_rhythms(datasets: Path) -> tuple[DeclaredRhythm, ...]:
    """Every declared rhythm, one for each publisher, product and kind of period.

    Raises: InputError where a file is not in order, or two rhythms are declared for one thing.
    """
    rhythms: dict[tuple[str, str | None, str], DeclaredRhythm] = {}
    for file, releases in load_releases(datasets).items():
        products: list[str | None] = [*releases.source_ids] or [None]
        for source_id in products:
            for rhythm in releases.rhythm:
                for basis in rhythm.period_basis:
                    key = (releases.publisher, source_id, basis)
                    if key in rhythms:
                        raise InputError(
                            file,
                            problem=f"a second rhythm for the {PERIOD_BASES.label(basis)} of {key[0]}",
                            remedy="Keep one of the two.",
                        )
                    rhythms[key] = DeclaredRhythm(*key, rhythm.months, rhythm.words)
    return tuple(rhythms.values())


def _read_releases(path: Path, datasets: Path) -> Releases:
    try:
        return Releases.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise InputError(
            path.relative_to(datasets).as_posix(),
            problem=f"no release rhythms: {error}",
            remedy="See the words in the other files of that folder.",
        ) from error
