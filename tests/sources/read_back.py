"""Bytes through recognition, reading and rules, as rows that a test can look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from etl.intake import accept
from etl.provenance import RawFile, Vintage, describe_download
from etl.reading import Rejected
from etl.sources import recognise_source
from tests.sources.fuzz import UNPRINTED, find_lookups


@dataclass(frozen=True)
class ReadBack:
    """What a file gave."""

    layout: str
    vintage: Vintage
    rows: list[dict[str, Any]]
    rejected: tuple[Rejected, ...]
    rows_read: int
    rows_rejected: int

    @property
    def reasons(self) -> list[tuple[int, str | None, str]]:
        """Line, column and reason of each row set aside."""
        return [(entry.line, entry.column, entry.reason) for entry in self.rejected]


def read_back(content: bytes) -> ReadBack:
    """A file's rows, read as a fresh download is.

    Raises: InputError or ExpectationError where the file is refused.
    """
    raw = RawFile("sample", content)
    module = recognise_source(raw)
    source = module.SOURCE
    assert source.product is not None
    vintage = (source.find_vintage(raw) if source.find_vintage else None) or UNPRINTED
    parsed = module.parse(describe_download(raw, product=source.product, vintage=vintage), find_lookups())
    accepted = accept(parsed, module)
    rows = accepted.frame.to_dicts()
    return ReadBack(source.layout, vintage, rows, accepted.rejected, parsed.rows_read, accepted.rows_rejected)
