"""Areas and other lookups: publishers' spellings to codes, and codes to words."""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl.errors import FootnotedError, InputError, Place


class UnknownNameError(FootnotedError):
    """A publisher's spelling that no lookup has."""


@dataclass(frozen=True)
class Area:
    """One area and the words for it."""

    area: str
    label: str
    possessive: str
    adjective: str
    kind: str
    reason: str | None


@dataclass(frozen=True)
class AreaBook:
    """All areas by code, and all spellings of them."""

    areas: dict[str, Area]
    spellings: dict[str, str]

    def find_code(self, spelling: str) -> str:
        """The code for a publisher's spelling.

        Raises: UnknownNameError with the nearest spellings.
        """
        if spelling in self.spellings:
            return self.spellings[spelling]
        near = difflib.get_close_matches(spelling, self.spellings, n=3, cutoff=0.6)
        hint = f"Nearest: {', '.join(near)}." if near else "Nothing near it is known."
        raise UnknownNameError(f"unknown area {spelling!r}. {hint} Add it to datasets/lookups/area_names.csv")

    def label(self, code: str) -> str:
        """The name of an area."""
        return self._entry(code).label

    def possessive(self, code: str) -> str:
        """The possessive of an area's name."""
        return self._entry(code).possessive

    @property
    def frame(self) -> pl.DataFrame:
        """The areas table."""
        return pl.DataFrame(
            [
                (entry.area, entry.label, entry.possessive, entry.kind, entry.reason)
                for entry in self.areas.values()
            ],
            schema=dict.fromkeys(("area", "label", "possessive", "kind", "reason"), pl.String),
            orient="row",
        )

    def _entry(self, code: str) -> Area:
        if code not in self.areas:
            raise UnknownNameError(f"unknown area code {code!r}. Add it to datasets/lookups/areas.csv")
        return self.areas[code]


@dataclass(frozen=True)
class Lookups:
    """Everything under datasets/lookups/."""

    areas: AreaBook
    weapon_categories: dict[str, str]

    def find_category(self, description: str) -> str:
        """SIPRI's weapon category for a description.

        Raises: UnknownNameError with the nearest descriptions.
        """
        if description in self.weapon_categories:
            return self.weapon_categories[description]
        near = ", ".join(difflib.get_close_matches(description, self.weapon_categories, n=3)) or "none"
        raise UnknownNameError(
            f"unknown weapon description {description!r}. Nearest: {near}. "
            "Add it to datasets/lookups/weapon_categories.csv"
        )


def load_lookups(datasets: Path) -> Lookups:
    """Areas, spellings and weapon categories.

    Raises: InputError where a lookup is missing, holds a key twice, or names an area that is not listed.
    """
    folder = datasets / "lookups"
    categories = _read_pairs(folder / "weapon_categories.csv", key="description", value="category")
    return Lookups(load_areas(datasets), categories)


def load_areas(datasets: Path) -> AreaBook:
    """Areas and their spellings.

    Raises: InputError where a lookup is missing, holds a key twice, or names an area that is not listed.
    """
    folder = datasets / "lookups"
    areas = {}
    for line, row in _read_table(
        folder / "areas.csv", columns=("area", "label", "possessive", "adjective", "kind", "reason")
    ):
        if row["area"] in areas:
            raise _refuse_twice(folder / "areas.csv", line=line, column="area", value=row["area"])
        reason = row["reason"] or None
        areas[row["area"]] = Area(
            row["area"], row["label"], row["possessive"], row["adjective"], row["kind"], reason
        )
    names_path = folder / "area_names.csv"
    spellings = _read_pairs(names_path, key="publisher_spelling", value="area")
    for spelling, code in spellings.items():
        if code not in areas:
            raise InputError(
                names_path.as_posix(),
                problem=f"{spelling!r} maps to an area that areas.csv lacks",
                value=code,
                remedy="Add the area there.",
            )
    return AreaBook(areas, spellings)


def _read_pairs(path: Path, *, key: str, value: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for line, row in _read_table(path, columns=(key, value)):
        if row[key] in pairs:
            raise _refuse_twice(path, line=line, column=key, value=row[key])
        pairs[row[key]] = row[value]
    return pairs


def _read_table(path: Path, *, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    if not path.exists():
        raise InputError(path.as_posix(), problem="the lookup is missing", remedy="Restore it.")
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        missing = [name for name in columns if name not in (reader.fieldnames or [])]
        if missing:
            raise InputError(
                path.as_posix(), problem=f"no column {', '.join(missing)}", remedy="Restore the header."
            )
        rows = []
        for row in reader:
            if (
                None in row
                or None in row.values()
                or any(not row[name] for name in columns if name != "reason")
            ):
                remedy = "Give every column but the reason a value."
                raise InputError(
                    Place(path.as_posix(), reader.line_num), problem="an incomplete row", remedy=remedy
                )
            rows.append((reader.line_num, {name: str(text).strip() for name, text in row.items()}))
    return rows


def _refuse_twice(path: Path, *, line: int, column: str, value: str) -> InputError:
    return InputError(
        Place(path.as_posix(), line, column),
        problem="stands twice",
        value=value,
        remedy="Keep one of the two rows.",
    )
