"""The series index: what a snapshot has to hold a text's figures against, opened once and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from etl.judge.references import SeriesBook, build_whole_book
from etl.reconcile.known_days import rank_edition
from etl.snapshot import Snapshot

# Each keeps a whole snapshot in memory: room for the newest and a few that older links ask for.
CACHED_SNAPSHOTS = 4


@dataclass(frozen=True)
class Deal:
    """One arms order as far as counting needs it; an unknown number is None.

    `is_uncertain` says that SIPRI marks its year or the number ordered.
    """

    deal_id: str
    order_year: int
    number_ordered: int | None
    number_delivered: int | None
    is_uncertain: bool = False


@dataclass(frozen=True)
class Weapon:
    """A weapon of the register: what it is, and its orders."""

    description: str
    vintage: date
    deals: tuple[Deal, ...]

    @property
    def is_system(self) -> bool:
        """Whether one of it is a matter of convention: a battery, a launcher or a regiment."""
        return "system" in self.description


@dataclass(frozen=True)
class SeriesIndex:
    """Everything that a figure may be held against; weapons are by (importer, supplier, designation)."""

    book: SeriesBook
    labels: Mapping[str, str]
    possessives: Mapping[str, str]
    weapons: Mapping[tuple[str, str, str], Weapon]

    def name(self, area: str) -> str:
        """The name of an area; a code without a name stands for itself."""
        return self.labels.get(area, area)

    def name_owner(self, area: str) -> str:
        """The possessive of an area's name."""
        return self.possessives.get(area, f"{area}\u2019s")


@lru_cache(maxsize=CACHED_SNAPSHOTS)
def open_series_index(snapshot: Snapshot) -> SeriesIndex:
    """What a snapshot holds, opened at the first call and kept for the next."""
    areas = snapshot.table("areas").select("area", "label", "possessive").rows()
    return SeriesIndex(
        book=build_whole_book(snapshot.table("observations")),
        labels={area: label for area, label, _ in areas},
        possessives={area: possessive for area, _, possessive in areas},
        weapons=_gather_weapons(snapshot.table("deals").to_dicts()),
    )


def _gather_weapons(rows: Sequence[Mapping[str, object]]) -> dict[tuple[str, str, str], Weapon]:
    grouped: dict[tuple[str, str, str], list[Mapping[str, object]]] = {}
    for row in rows:
        key = str(row["importer"]), str(row["supplier"]), str(row["designation"])
        grouped.setdefault(key, []).append(row)
    return {key: _build_weapon(entries) for key, entries in grouped.items()}


def _build_weapon(rows: Sequence[Mapping[str, object]]) -> Weapon:
    # Only the newest register counts: an older one has the same orders again.
    newest = max(rank_edition(row) for row in rows)
    current = [row for row in rows if rank_edition(row) == newest]
    flags = ("order_year_uncertain", "number_ordered_uncertain")
    deals = (
        Deal(
            str(row["deal_id"]),
            int(str(row["order_year"])),
            _read_count(row["number_ordered"]),
            _read_count(row["number_delivered"]),
            is_uncertain=any(row[flag] for flag in flags),
        )
        for row in current
    )
    return Weapon(
        description=" / ".join(dict.fromkeys(str(row["description"]) for row in current)),
        vintage=date.fromisoformat(str(newest[1])),
        deals=tuple(sorted(deals, key=lambda deal: (deal.order_year, deal.deal_id))),
    )


def _read_count(number: object) -> int | None:
    return None if number is None else int(str(number))
