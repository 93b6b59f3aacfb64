"""Areas and other lookups: publishers' spellings to codes, and codes to words."""

from __future__ import annotations

import csv
import difflib
import fnmatch
import heapq
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from etl.errors import InputError, MendableError, Place, SnapshotError

CLOSELY_COMPARED = 20
AREA_COLUMNS = ("area", "label", "possessive", "kind", "reason", "adjective", "spellings")
BETWEEN_SPELLINGS = "; "


class UnknownNameError(MendableError):
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
    """All areas by code, all spellings of them, and their numbers at the United Nations."""

    areas: dict[str, Area]
    spellings: dict[str, str]
    un_codes: dict[str, str]

    def find_code(self, spelling: str) -> str:
        """The code for a publisher's spelling.

        The spelling as printed comes first. Failing that, upper and lower case are alike, a run of white
        space is one space and none at the ends, and the typographic apostrophe is the plain one; a form that
        then fits two areas fits none. Nothing else is bent: accents, dots and abbreviations count.

        Raises: UnknownNameError with the nearest spellings.
        """
        code = self.spellings.get(spelling) or self._folded.get(_fold_spelling(spelling))
        if code is None:
            raise UnknownNameError(
                self._explain_unknown(spelling), remedy="Add it to datasets/lookups/area_names.csv."
            )
        return code

    def has_spelling(self, spelling: str) -> bool:
        """Whether a publisher's spelling is one of an area's."""
        return spelling in self.spellings or _fold_spelling(spelling) in self._folded

    def find_un_code(self, code: str) -> str:
        """The code for a number of M49 or UN Comtrade, with or without leading zeros.

        Raises: UnknownNameError where no area has the number.
        """
        number = code.strip()
        area = self.un_codes.get(number.lstrip("0") or "0") if number.isascii() and number.isdigit() else None
        if area is None:
            raise UnknownNameError(
                f"unknown UN area number {code!r}",
                remedy="Add it to datasets/lookups/un_codes.csv, if the publisher's list of areas has it.",
            )
        return area

    def require_code(self, code: str) -> str:
        """The code itself where an area has it, or the area of a publisher's own or withdrawn code.

        Raises: UnknownNameError with the nearest codes.
        """
        asked = code.strip()
        if asked in self.areas:
            return asked
        if _is_alpha_3(asked) and asked in self.spellings:
            return self.spellings[asked]
        near = difflib.get_close_matches(asked, self.areas, n=3, cutoff=0.6)
        hint = f"Nearest: {', '.join(near)}." if near else "Nothing near it is known."
        raise UnknownNameError(
            f"unknown area code {code!r}. {hint}", remedy="Add it to datasets/lookups/areas.csv."
        )

    def is_former(self, code: str) -> bool:
        """Whether an area is a state or customs area that is no more."""
        return code in self.areas and self.areas[code].kind == "former_country"

    def label(self, code: str) -> str:
        """The name of an area."""
        return self._entry(code).label

    def possessive(self, code: str) -> str:
        """The possessive of an area's name."""
        return self._entry(code).possessive

    @property
    def frame(self) -> pl.DataFrame:
        """The areas table, with every spelling of an area in the order of the lookup."""
        spellings: dict[str, list[str]] = {}
        for spelling, code in self.spellings.items():
            spellings.setdefault(code, []).append(spelling)
        rows = [
            {**asdict(entry), "spellings": BETWEEN_SPELLINGS.join(spellings.get(code, [])) or None}
            for code, entry in self.areas.items()
        ]
        return pl.DataFrame(rows, schema=dict.fromkeys(AREA_COLUMNS, pl.String))

    @cached_property
    def _folded(self) -> dict[str, str]:
        meanings: dict[str, set[str]] = {}
        for spelling, code in self.spellings.items():
            meanings.setdefault(_fold_spelling(spelling), set()).add(code)
        return {form: codes.pop() for form, codes in meanings.items() if len(codes) == 1}

    @cached_property
    def _letter_pairs(self) -> dict[str, frozenset[str]]:
        return {spelling: _pair_letters(spelling) for spelling in self.spellings}

    @cached_property
    def _explained(self) -> dict[str, str]:
        return {}

    def _explain_unknown(self, spelling: str) -> str:
        # A file repeats its unknown names on thousands of rows: each is compared once.
        if spelling not in self._explained:
            near = ", ".join(self._find_near(spelling))
            hint = f"Nearest: {near}." if near else "Nothing near it is known."
            self._explained[spelling] = f"unknown area {spelling[:80]!r}. {hint}"
        return self._explained[spelling]

    def _find_near(self, spelling: str) -> list[str]:
        # difflib alone takes milliseconds for one name: it sees only those that share most pairs of letters.
        asked = _pair_letters(spelling)
        alike = heapq.nlargest(
            CLOSELY_COMPARED,
            self._letter_pairs.items(),
            key=lambda known: len(asked & known[1]) / (len(asked) + len(known[1]) + 1),
        )
        printed = {_fold_spelling(known): known for known, _ in alike}
        forms = difflib.get_close_matches(_fold_spelling(spelling), printed, n=3, cutoff=0.6)
        return [printed[form] for form in forms]

    def _entry(self, code: str) -> Area:
        if code not in self.areas:
            raise UnknownNameError(
                f"unknown area code {code!r}", remedy="Add it to datasets/lookups/areas.csv."
            )
        return self.areas[code]


@dataclass(frozen=True)
class Lookups:
    """Everything under datasets/lookups/."""

    areas: AreaBook
    weapon_categories: dict[str, str]

    def find_category(self, description: str) -> str | None:
        """SIPRI's weapon category for a description: its own entry, or the longest pattern that fits.

        None where no entry has it: SIPRI's words change, and an order does not depend on them.
        """
        known = self.weapon_categories
        # A description of its own goes before any pattern, and of patterns the longest: it says the most.
        if description in known and "*" not in description:
            return known[description]
        fitting = [key for key in self._patterns if fnmatch.fnmatchcase(description, key)]
        return known[max(fitting, key=len)] if fitting else None

    @cached_property
    def _patterns(self) -> tuple[str, ...]:
        return tuple(key for key in self.weapon_categories if "*" in key)


def load_lookups(datasets: Path) -> Lookups:
    """Areas, spellings and weapon categories.

    Raises: InputError where a lookup is missing, holds a key twice, or names an area that is not listed.
    """
    folder = datasets / "lookups"
    categories = _read_pairs(folder / "weapon_categories.csv", key="description", value="category")
    return Lookups(load_areas(datasets), categories)


def load_areas(datasets: Path) -> AreaBook:
    """Areas, their spellings and their UN numbers.

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
    return AreaBook(
        areas,
        spellings=_read_areas(folder / "area_names.csv", key="publisher_spelling", areas=areas),
        un_codes=_read_areas(folder / "un_codes.csv", key="un_code", areas=areas),
    )


def build_area_book(table: pl.DataFrame) -> AreaBook:
    """The areas and spellings of a snapshot's areas table; numbers of the United Nations are not kept there.

    Raises: SnapshotError where the table is of a build that kept no adjectives and spellings.
    """
    missing = [name for name in AREA_COLUMNS if name not in table.columns]
    if missing:
        raise SnapshotError(f"the table areas has no {', '.join(missing)}. Build again: footnoted build")
    rows = table.to_dicts()
    areas = {
        row["area"]: Area(
            row["area"], row["label"], row["possessive"], row["adjective"], row["kind"], row["reason"]
        )
        for row in rows
    }
    spellings = {
        spelling: row["area"]
        for row in rows
        if row["spellings"]
        for spelling in row["spellings"].split(BETWEEN_SPELLINGS)
    }
    return AreaBook(areas, spellings, un_codes={})


def _read_areas(path: Path, *, key: str, areas: dict[str, Area]) -> dict[str, str]:
    pairs = _read_pairs(path, key=key, value="area")
    for spelling, code in pairs.items():
        if code not in areas:
            raise InputError(
                path.as_posix(),
                problem=f"{spelling!r} maps to an area that areas.csv lacks",
                value=code,
                remedy="Add the area there.",
            )
    return pairs


def _fold_spelling(spelling: str) -> str:
    return " ".join(spelling.replace("\u2019", "'").split()).casefold()


def _pair_letters(spelling: str) -> frozenset[str]:
    form = f" {_fold_spelling(spelling)} "
    return frozenset(form[start : start + 2] for start in range(len(form) - 1))


def _is_alpha_3(code: str) -> bool:
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


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
