"""Assumptions: what is taken for granted where nothing measures it, with its range and its source."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from docs.generator.wording import require, write_table
from etl import Snapshot
from etl.folders import find_datasets
from etl.reconcile.assumptions import ASSUMPTIONS, Margin, MirrorAssumptions, Voyage, load_assumptions
from etl.reconcile.release_rhythms import Releases, load_releases
from etl.vocabulary import PERIOD_BASES

FILE, TITLE = "assumptions.md", "Assumptions"
ABOUT = "what is assumed about a flow reported twice and about the days of releases, and on whose word"


def write(_snapshot: Snapshot) -> str:
    """The assumptions as the datasets declare them."""
    intro = (
        f"Declared in `datasets/{ASSUMPTIONS}`. What else is not known stays unknown. The range is the "
        "interval of what is worked out with it."
    )
    datasets = find_datasets()
    return "\n\n".join(
        [
            intro,
            write_assumptions(load_assumptions(datasets)),
            "## Release rhythms",
            "By when a publisher has a figure of a period out. They count only where neither a file nor an "
            "outlet says a day, and say that a figure was known, never that the value held here was.",
            write_rhythms(load_releases(datasets)),
        ]
    )


def write_rhythms(releases: dict[str, Releases]) -> str:
    """Each publisher's release rhythms with their reason and source."""
    rows, sources = [], []
    for file, entry in releases.items():
        for rhythm in entry.rhythm:
            periods = ", ".join(PERIOD_BASES.label(code) for code in rhythm.period_basis)
            products = ", ".join(f"`{name}`" for name in entry.source_ids) or "all"
            rows.append((entry.publisher, products, periods, _count_months(rhythm.months), rhythm.words))
            sources.append(f"**`datasets/{file}`.** {' '.join(rhythm.source.split())}")
    table = write_table(("publisher", "products", "periods", "after their end", "on what ground"), rows)
    return "\n\n".join([table, *sources])


def write_assumptions(assumptions: MirrorAssumptions) -> str:
    """Each assumption with its value, range and source.

    Raises: UndocumentedError for an assumption without words.
    """
    rows, sources = [], []
    for name, entry in _list_entries(assumptions):
        value = f"{entry.per_cent:f} per cent" if isinstance(entry, Margin) else _count_months(entry.months)
        low, high = f"{entry.low}", f"{entry.high}"
        about = require(type(entry).__doc__, of=f"assumption {name}")
        rows.append((name.replace("_", " "), value, f"{low} to {high}", about, entry.words))
        sources.append(f"**{name.replace('_', ' ').capitalize()}.** {' '.join(entry.source.split())}")
    table = write_table(("assumption", "value", "range", "what it is", "on what ground"), rows)
    return "\n\n".join([table, "## Sources", *sources])


def _list_entries(assumptions: BaseModel) -> Iterator[tuple[str, Margin | Voyage]]:
    for name in type(assumptions).model_fields:
        yield name, getattr(assumptions, name)


def _count_months(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"
