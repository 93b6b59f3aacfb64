"""Whole or part: whose deliveries to whom a file was made to hold, and whether that is all of a pair's.

A part is never called the register, and no absent row of a part counts as none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from etl.countries import Lookups, UnknownNameError
from etl.provenance import Coverage

ALL = "all"
COVERS = ("covers_suppliers", "covers_recipients", "covers_years")
_EVERYBODY = re.compile(r"all( (countries|suppliers|recipients))?", re.IGNORECASE)


def describe_coverage(
    found: Coverage, *, stated: Mapping[str, str], lookups: Lookups
) -> dict[str, str | None]:
    """What a file covers, as columns of the sources: what it says itself, else what was said of it."""
    return {
        "covers_suppliers": _find_codes(found.suppliers or stated.get("suppliers"), lookups),
        "covers_recipients": _find_codes(found.recipients or stated.get("recipients"), lookups),
        "covers_years": found.years,
    }


def covers_pair(source: Mapping[str, Any], *, importer: str, supplier: str) -> bool:
    """Whether a file was made to hold all that one area delivered to another."""
    return _holds(source["covers_suppliers"], supplier) and _holds(source["covers_recipients"], importer)


def keep_whole_pairs(deals: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """The orders of pairs that their file covers whole: of others some may be missing."""
    known = {row["file"]: row for row in sources.to_dicts()}
    pairs = deals.select("source_file", "importer", "supplier").unique()
    whole = [
        row
        for row in pairs.to_dicts()
        if covers_pair(known[row["source_file"]], importer=row["importer"], supplier=row["supplier"])
    ]
    kept = pl.DataFrame(whole, schema=pairs.schema)
    return deals.join(kept, on=pairs.columns, how="semi", maintain_order="left")


def _find_codes(names: str | None, lookups: Lookups) -> str | None:
    if names is None:
        return None
    if _EVERYBODY.fullmatch(names.strip()):
        return ALL
    # A name that no lookup has is kept as it is said: it covers nobody whom a page shows.
    return ";".join(_find_code(name.strip(), lookups) for name in re.split(r"[;,]", names) if name.strip())


def _find_code(name: str, lookups: Lookups) -> str:
    try:
        return lookups.areas.find_code(name)
    except UnknownNameError:
        return name


def _holds(covered: str | None, area: str) -> bool:
    return covered is not None and (covered == ALL or area in covered.split(";"))
