"""One pandera model per table of a snapshot; names and columns are a public contract.

`table` is what every model has: columns with unit and description, a key, a check that names the row. The
other modules are one table each, and `TABLES` below lists them by name: builds check against it, exports
and the data dictionary are written from it.
"""

from __future__ import annotations

from etl.schemas.areas import Areas
from etl.schemas.claims import Claims
from etl.schemas.deals import Deals
from etl.schemas.disagreements import Disagreements
from etl.schemas.documents import Documents
from etl.schemas.dossiers import Dossiers
from etl.schemas.milestones import Milestones
from etl.schemas.observations import Observations
from etl.schemas.quarantine import Quarantine
from etl.schemas.sources import Sources
from etl.schemas.table import ColumnEntry, Table
from etl.schemas.verdicts import Verdicts

TABLES: dict[str, type[Table]] = {
    "observations": Observations,
    "documents": Documents,
    "claims": Claims,
    "verdicts": Verdicts,
    "disagreements": Disagreements,
    "deals": Deals,
    "milestones": Milestones,
    "sources": Sources,
    "dossiers": Dossiers,
    "areas": Areas,
    "quarantine": Quarantine,
}

__all__ = ["TABLES", "ColumnEntry", "Table", "describe_tables"]


def describe_tables() -> list[ColumnEntry]:
    """The data dictionary: every column of every table with its type, unit and description."""
    return [entry for name, table in TABLES.items() for entry in table.describe_columns(name)]
