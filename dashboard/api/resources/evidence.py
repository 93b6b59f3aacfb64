"""Evidence: everything that stands behind one row."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dashboard.api.columns import Schema, describe_row
from dashboard.api.contract import Asked, Reply, Route, describe_envelope, write_envelope, write_json
from dashboard.api.dataclass_schemas import describe_dataclass
from dashboard.api.flat_columns import FLAT
from dashboard.api.parameters import PLACE, Parameter, Text
from dashboard.api.problems import ProblemError, quote_briefly
from etl import Evidence, Footnote, Snapshot, UnknownRowError

ID_COLUMNS = {
    "observations": "obs_id",
    "claims": "claim_id",
    "deals": "deal_id",
    "milestones": "milestone_id",
}


def _list_examples(snapshot: Snapshot) -> list[str]:
    """The first row of each kind."""
    return [row_id for table, column in ID_COLUMNS.items() for row_id in snapshot.table(table)[column][:1]]


ROW_ID = Parameter(
    "row_id",
    Text("the id of a row", exemplify=_list_examples),
    "obs_id, claim_id, deal_id or milestone_id",
    place="path",
)


def _answer(asked: Asked) -> Reply:
    snapshot, row_id = asked.snapshot, asked.values["row_id"]
    try:
        evidence = snapshot.evidence(row_id)
    except UnknownRowError as error:
        message = (
            f"No observation, claim, deal or milestone {quote_briefly(row_id)} is in snapshot "
            f"{snapshot.snapshot_id} as known on {snapshot.as_of.isoformat()}."
        )
        raise ProblemError("unknown-row", message, parameter="row_id") from error
    notes = [asdict(note) for note in snapshot.list_footnotes() if note.number in evidence.footnotes]
    row = snapshot.find_rows([row_id]).to_dicts()[0]
    return write_envelope(asked, write_json({**asdict(evidence), "sources": notes, "row": row}))


def _describe(_snapshot: Snapshot) -> Schema:
    schema: dict[str, Any] = describe_dataclass(Evidence)
    sources = {
        "type": "array",
        "items": describe_dataclass(Footnote),
        "description": "the source list's entries",
    }
    row = describe_row(FLAT, description="the row itself, its value as a number")
    schema["properties"] |= {"sources": sources, "row": row}
    schema["required"] += ["sources", "row"]
    return describe_envelope(schema, of="The evidence of one row")


ROUTES = (
    Route(
        path="/evidence/{row_id}",
        summary="The evidence of one row: who says it, how it was worked out, what else is known",
        answer=_answer,
        shape=_describe,
        parameters=(ROW_ID, *PLACE),
    ),
)
