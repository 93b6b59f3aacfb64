"""Documents: one row per text that states figures."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from etl.schemas.observations import SHA256_PATTERN
from etl.schemas.table import Table, described


class Documents(Table):
    """The bibliographic record of a text; never the text."""

    _key: ClassVar[str] = "document_id"

    document_id: str = described("id of the document", unit="id")
    dossier: str = described("dossier it belongs to", unit="id")
    title: str = described("title, or a description where the text has none")
    title_basis: str = described(
        "whether the text states its title", unit="code", isin=["stated", "described"]
    )
    publisher: str = described("who published it, as far as the text says", nullable=True)
    author: str = described("who wrote it, as far as the text says", nullable=True)
    published_on: date = described("day of publication, or the inferred one", unit="date")
    published_on_precision: str = described("how exact that day is", unit="code", isin=["day", "month"])
    published_on_basis: str = described(
        "whether the text states it", unit="code", isin=["stated", "inferred"]
    )
    language: str = described("BCP 47 language tag", unit="code")
    url: str = described("address of the text, where known", unit="url", nullable=True)
    kind: str = described("kind of text", unit="code")
    text_sha256: str = described(
        "SHA-256 of the text file; empty where the text is not held",
        unit="hash",
        str_matches=SHA256_PATTERN,
        nullable=True,
    )
    text_available: bool = described(
        "whether the text lay in datasets/texts/ when this was built", unit="boolean"
    )
    note: str = described("what is inferred and how", nullable=True)
    author_persons: str = described(
        'authors who are persons, each "family, given", separated by semicolons; others are institutions',
        nullable=True,
    )
    retrieved_on: date = described("day the text was taken, where recorded", unit="date", nullable=True)
