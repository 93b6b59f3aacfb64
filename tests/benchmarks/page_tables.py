"""What visits to pages took, as tables: medians of interleaved rounds, and ratios of medians."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.benchmarks.measuring import find_median, print_table
from tests.benchmarks.page_visits import Line, Visit

KINDS_SHOWN = ("html", "style", "script", "font", "image", "fetch", "other")
MOST_MILLISECONDS = 1000
NOTHING = "–"
TARGETS = {
    "heaviest page": "kB",
    "latest first chart": "chart ms",
    "latest kept chart": "kept chart ms",
}
OURS, EARLIER = "ours", "before"
Page = tuple[str, str]
Found = tuple[float, Page]
Take = Callable[[Visit], float | None]


@dataclass
class Measured:
    """Visits by site, path and "first" or "second", as one reader made them, and the load at each round."""

    line: Line
    rounds: int
    visits: dict[tuple[str, str, str], list[Visit]]
    loads: list[float]

    def list_pages(self, visit: str) -> list[Page]:
        """Sites and paths that were visited so."""
        return [(site, path) for site, path, made in self.visits if made == visit]

    def list_frameworks(self) -> list[Page]:
        """The one page of each framework."""
        return [page for page in self.list_pages("first") if page[0] not in {OURS, EARLIER}]

    def list_medians(self, pages: list[Page], take: Take) -> list[Found]:
        """Medians of first visits, each with its page, where there is one.

        Raises: ValueError where no page has one.
        """
        medians = [(self.find_median(page, "first", take), page) for page in pages]
        found = [(median, page) for median, page in medians if median is not None]
        if not found:
            raise ValueError(f"no page has such a figure: {pages}")
        return found

    def find_median(self, page: Page, visit: str, take: Take) -> float | None:
        """The middle of what visits took, or None where none took anything."""
        taken = [take(made) for made in self.visits[*page, visit]]
        values = [value for value in taken if value is not None]
        return find_median(values) if values else None


TAKES: dict[str, Take] = {
    "kB": lambda visit: visit.total_bytes / 1000,
    "requests": lambda visit: visit.requests,
    "cached": lambda visit: visit.from_cache,
    "socket kB": lambda visit: visit.socket_bytes / 1000,
    "paint ms": lambda visit: visit.first_paint,
    "largest ms": lambda visit: visit.largest_paint,
    "chart ms": lambda visit: visit.first_chart,
    "kept chart ms": lambda visit: visit.kept_chart,
    "blocked ms": lambda visit: visit.blocked,
}


def print_visits(measured: Measured, *, visit: str) -> None:
    """Every page's weight, requests and times."""
    rows = []
    for page in measured.list_pages(visit):
        medians = {name: measured.find_median(page, visit, take) for name, take in TAKES.items()}
        rows.append([" ".join(page), *(_write_number(name, value) for name, value in medians.items())])
    title = f"{visit.capitalize()} visit, {measured.line.name}; medians of {measured.rounds} rounds"
    print_table(title, ["page", *TAKES], rows)
    loads = ", ".join(f"{load:.1f}" for load in measured.loads)
    sys.stdout.write(
        f"  load of the last minute before each round and after the last: {loads} on {os.cpu_count()} cores\n"
    )


def print_ratios(measured: Measured, *, words: str, what: str) -> None:
    """How many times more of it everybody else takes than each page of ours; only pages that have some."""
    take, frameworks = TAKES[what], measured.list_frameworks()
    has_earlier = any(site == EARLIER for site, _ in measured.list_pages("first"))
    header = ["our page", *([EARLIER] if has_earlier else []), *(name for name, _ in frameworks)]
    rows = []
    for page in _list_ours(measured):
        mine = measured.find_median(page, "first", take)
        # An earlier state of ours is held against the same page, a framework's app against every page.
        rivals = [*([(EARLIER, page[1])] if has_earlier else []), *frameworks]
        values = [measured.find_median(rival, "first", take) for rival in rivals]
        if mine:
            rows.append([page[1], *(NOTHING if value is None else f"{value / mine:.1f}" for value in values)])
    print_table(f"Times {words} than our page, first visit, {measured.line.name}", header, rows)


def print_kinds(measured: Measured) -> None:
    """What a first visit is made of."""
    rows = []
    for page in measured.list_pages("first"):
        parts = [measured.find_median(page, "first", _take_kind(kind)) or 0 for kind in KINDS_SHOWN]
        rows.append([" ".join(page), *(f"{part / 1000:,.1f}" for part in parts)])
    print_table("Bytes of a first visit by kind, kB", ["page", *KINDS_SHOWN], rows)


def print_outside(all_measured: Sequence[Measured]) -> None:
    """Who asked other machines, which are not there to answer; those bytes are in no sum."""
    asked = sorted(
        {
            f"{site} {path}"
            for measured in all_measured
            for (site, path, _), visits in measured.visits.items()
            if any(visit.outside for visit in visits)
        }
    )
    sys.stdout.write(f"\n  asked other machines: {', '.join(asked) or 'nobody'}\n")


def print_targets(desk: Measured, phone: Measured) -> None:
    """Our worst page beside the best of the others, and whether something is seen within a second."""
    for measured in (desk, phone):
        for words, what in TARGETS.items():
            take, unit = TAKES[what], what.split()[-1]
            worst = max(measured.list_medians(_list_ours(measured), take))
            best = min(measured.list_medians(measured.list_frameworks(), take))
            _print_target(f"{measured.line.name}: our {words}", worst, least=best, unit=unit)
    paint = max(desk.list_medians(_list_ours(desk), TAKES["paint ms"]))
    limit = (float(MOST_MILLISECONDS), ("a second", ""))
    _print_target(f"{desk.line.name}: our latest first paint", paint, least=limit, unit="ms")


def _list_ours(measured: Measured) -> list[Page]:
    return [page for page in measured.list_pages("first") if page[0] == OURS]


def _print_target(words: str, found: Found, *, least: Found, unit: str) -> None:
    (value, page), (most, rival) = found, least
    met = "met" if value <= most else "MISSED"
    sys.stdout.write(
        f"  {words}: {value:,.0f} {unit}, {page[1]} (at most {most:,.0f} {unit}, {rival[0]}: {met})\n"
    )


def _take_kind(kind: str) -> Take:
    return lambda visit: visit.bytes_by_kind.get(kind, 0)


def _write_number(name: str, value: float | None) -> str:
    if value is None:
        return NOTHING
    return f"{value:,.1f}" if "kB" in name else f"{value:,.0f}"
