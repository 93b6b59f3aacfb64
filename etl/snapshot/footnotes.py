"""The source list: documents first, then publishers' products, each with a number that stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from etl.errors import UnknownRowError
from etl.formatting import format_day
from etl.snapshot.records import Footnote
from etl.snapshot.wording import Record, end_sentence, format_outlets


class FootnoteList:
    """All footnotes of a snapshot."""

    def __init__(
        self, *, documents: pl.DataFrame, sources: pl.DataFrame, outlets: Mapping[str, Sequence[str]]
    ) -> None:
        cited = documents.sort("published_on", "document_id").to_dicts()
        products = sources.sort("source_id", "vintage").partition_by("source_id", maintain_order=True)
        texts = [(row["document_id"], "document", write_document(row), row["url"]) for row in cited]
        texts += [
            (
                group["source_id"][0],
                "source",
                write_source(group, outlets=outlets.get(group["source_id"][0], ())),
                group["url"][-1],
            )
            for group in products
        ]
        self.entries = tuple(
            Footnote(number, key, kind, text, url or None)
            for number, (key, kind, text, url) in enumerate(texts, start=1)
        )
        self._numbers = {entry.key: entry.number for entry in self.entries}

    def number(self, key: str) -> int:
        """The number of a document or source.

        Raises: UnknownRowError where the snapshot cites no such thing.
        """
        if key not in self._numbers:
            raise UnknownRowError(f"nothing in the source list is called {key!r}.")
        return self._numbers[key]


def write_document(row: Record) -> str:
    """A document as the source list prints it."""
    who = ", ".join(str(row[name]) for name in ("author", "publisher") if row[name])
    day = row["published_on"]
    when = format_day(day, precision=row["published_on_precision"])
    inferred = " (date inferred)" if row["published_on_basis"] == "inferred" else ""
    return " ".join(end_sentence(part) for part in (who, str(row["title"]), f"{when}{inferred}") if part)


def write_source(group: pl.DataFrame, *, outlets: Sequence[str]) -> str:
    """A publisher's product as the source list prints it: its editions, and the outlets it was read in."""
    rows = group.to_dicts()
    editions = [format_day(row["vintage"], precision=row["vintage_precision"]) for row in rows]
    word = "edition" if len(editions) == 1 else "editions"
    listed = f"{word} {'; '.join(editions)}{format_outlets(outlets)}"
    return f"{rows[-1]['publisher']}. {rows[-1]['product']}, {listed}."
