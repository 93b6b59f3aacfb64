"""All rows of a snapshot by id: their names, what they follow from, which footnotes they rest on."""

from __future__ import annotations

import polars as pl

from etl.errors import UnknownRowError
from etl.snapshot.footnotes import FootnoteList
from etl.snapshot.wording import Record, name_series

ID_COLUMNS = {
    "observations": "obs_id",
    "claims": "claim_id",
    "deals": "deal_id",
    "milestones": "milestone_id",
}
KIND_OF_TABLE = {
    "observations": "observation",
    "claims": "claim",
    "deals": "deal",
    "milestones": "milestone",
}


class RowIndex:
    """Every observation, claim, deal and milestone, and the documents and files behind them."""

    def __init__(self, tables: dict[str, pl.DataFrame], *, snapshot_id: str, footnotes: FootnoteList) -> None:
        self.snapshot_id = snapshot_id
        self.footnotes = footnotes
        areas = tables["areas"].to_dicts()
        self.labels: dict[str, str] = {row["area"]: row["label"] for row in areas}
        self._possessives: dict[str, str] = {row["area"]: row["possessive"] for row in areas}
        self.documents: dict[str, Record] = {
            row["document_id"]: row for row in tables["documents"].to_dicts()
        }
        self.sources: dict[tuple[str, str], Record] = {
            (row["source_id"], row["file"]): row for row in tables["sources"].to_dicts()
        }
        self._rows: dict[str, tuple[str, Record]] = {}
        for table, column in ID_COLUMNS.items():
            kind = KIND_OF_TABLE[table]
            self._rows.update({row[column]: (kind, row) for row in tables[table].to_dicts()})

    def find(self, row_id: str) -> tuple[str, Record]:
        """The kind of a row and the row.

        Raises: UnknownRowError where no row has this id.
        """
        if row_id not in self._rows:
            raise UnknownRowError(
                f"no observation, claim, deal or milestone {row_id!r} in snapshot {self.snapshot_id}. "
                "It may belong to another snapshot."
            )
        return self._rows[row_id]

    def list_kinds(self, *kinds: str) -> list[Record]:
        """All rows of some kinds."""
        return [row for kind, row in self._rows.values() if kind in kinds]

    def name(self, row: Record) -> str:
        """What an observation or claim measures, with its parties."""
        return name_series(row, labels=self.labels, possessives=self._possessives)

    def name_document(self, document_id: str) -> str:
        """A document by its publisher, or by its title where it names none."""
        document = self.documents[document_id]
        return str(document["publisher"] or document["title"])

    def find_source(self, row: Record) -> Record:
        """The source file that a row was read from."""
        return self.sources[(row["source_id"], row["source_file"])]

    def list_operands(self, row: Record) -> list[Record]:
        """The rows that a derivation names."""
        derivation = row.get("derivation")
        if not derivation:
            return []
        return [self.find(row_id)[1] for row_id in derivation.partition("(")[2].rstrip(")").split(";")]

    def list_leaves(self, row: Record) -> list[Record]:
        """The rows that were read from files and that a row follows from; itself where it was read."""
        operands = self.list_operands(row)
        return [leaf for operand in operands for leaf in self.list_leaves(operand)] if operands else [row]

    def number_footnotes(self, row_id: str) -> tuple[int, ...]:
        """The numbers of the documents or sources that a row rests on."""
        kind, row = self.find(row_id)
        if kind in {"claim", "milestone"}:
            return (self.footnotes.number(row["document_id"]),)
        return tuple(sorted({self.footnotes.number(leaf["source_id"]) for leaf in self.list_leaves(row)}))
