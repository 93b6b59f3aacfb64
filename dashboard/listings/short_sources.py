"""Sources as briefly as a line under a chart needs them."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.number_text import say_day
from etl import Snapshot


def shorten_sources(snapshot: Snapshot) -> dict[str, str]:
    """A short name per document id and source id: who, what, and which day or editions."""
    return {**_shorten_documents(snapshot), **_shorten_products(snapshot)}


def _shorten_documents(snapshot: Snapshot) -> dict[str, str]:
    rows = snapshot.documents().collect().to_dicts()
    return {
        row["document_id"]: f"{row['publisher'] or row['author'] or row['title']}, "
        f"{say_day(row['published_on'], precision=row['published_on_precision'])}"
        for row in rows
    }


def _shorten_products(snapshot: Snapshot) -> dict[str, str]:
    rows = (
        snapshot.sources()
        .sort("source_id", "vintage")
        .group_by("source_id", maintain_order=True)
        .agg(
            pl.col("publisher").last(),
            pl.col("product").last(),
            first=pl.col("vintage").first(),
            last=pl.col("vintage").last(),
            precision=pl.col("vintage_precision").last(),
        )
        .collect()
        .to_dicts()
    )
    return {
        row["source_id"]: f"{_name_product(row['publisher'], row['product'])}, {_say_editions(row)}"
        for row in rows
    }


def _name_product(publisher: str, product: str) -> str:
    """A product without what its name adds about one edition, and without its publisher's name twice."""
    name = product.split(",", maxsplit=1)[0]
    return name if name.startswith(publisher) else f"{publisher}, {name}"


def _say_editions(row: dict[str, Any]) -> str:
    first, last = row["first"], row["last"]
    if first == last:
        return f"edition of {say_day(last, precision=row['precision'])}"
    return f"editions {first:%Y}–{last:%Y}"
