"""Evidence: everything that stands behind a row or chart, in JSON or as a bundle that works it out again."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import asdict, dataclass, field
from datetime import date
from threading import Lock

import etl
from dashboard.api.contract import Reply, Route, describe_envelope, write_envelope, write_json
from dashboard.api.parameters import Parameter, TextValue
from dashboard.api.problems import ProblemError, quote_briefly
from dashboard.api.requests import DRAWN_DOSSIER, NARROWING, PLACE, Asked, read_selection, refuse_unoffered
from dashboard.api.schemas import FLAT, Schema, describe_dataclass, describe_row
from dashboard.charts import find_charts
from dashboard.views.dossiers import find_limit
from etl import Evidence, Footnote, Snapshot

ZIP = "application/zip"
BUNDLE = (
    "A zip with the figures, the rows they are worked out from, the claims that are held against them with "
    "their verdicts and places, references, and `reproduce.py`, which works all of it out again with the "
    "package installed and no network. It is a quotation: rows that may not be passed on as a table are in "
    "it only where its figures follow from them, with their terms. Of a row, `dossier` changes nothing, and "
    "nothing narrows it."
)
# Of some 100 kB each.
CACHED_BUNDLES = 32
BundleKey = tuple[str, date, tuple[str, ...], str | None]
ID_COLUMNS = {
    "observations": "obs_id",
    "claims": "claim_id",
    "deals": "deal_id",
    "milestones": "milestone_id",
}


def _list_first_rows(snapshot: Snapshot) -> list[str]:
    """The first row of each kind."""
    return [row_id for table, column in ID_COLUMNS.items() for row_id in snapshot.table(table)[column][:1]]


ROW_ID = Parameter(
    "row_id",
    TextValue("the id of a row", exemplify=_list_first_rows),
    "obs_id, claim_id, deal_id or milestone_id",
    place="path",
)


def _list_bundled(snapshot: Snapshot) -> list[str]:
    """Every chart, and the first claim."""
    return [*find_charts(), *snapshot.table("claims")["claim_id"][:1]]


BUNDLED_ID = Parameter(
    "id",
    TextValue("the id of a chart or of a row", exemplify=_list_bundled),
    "chart_id, claim_id, obs_id, deal_id or milestone_id",
    place="path",
)


def _answer_evidence(asked: Asked) -> Reply:
    snapshot, row_id = asked.snapshot, asked.values["row_id"]
    try:
        evidence = snapshot.evidence(row_id)
    except etl.UnknownRowError as error:
        raise ProblemError("unknown-row", f"No {_name_absent(asked, row_id)}", parameter="row_id") from error
    notes = [asdict(note) for note in snapshot.list_footnotes() if note.number in evidence.footnotes]
    row = snapshot.find_rows([row_id]).to_dicts()[0]
    return write_envelope(asked, write_json({**evidence.list_parts(), "sources": notes, "row": row}))


def _name_absent(asked: Asked, row_id: str) -> str:
    """What is said after "No" of a row that the snapshot does not have."""
    snapshot = asked.snapshot
    return (
        f"observation, claim, deal or milestone {quote_briefly(row_id)} is in snapshot "
        f"{snapshot.snapshot_id} as known on {snapshot.as_of.isoformat()}."
    )


def _describe_evidence(_snapshot: Snapshot) -> Schema:
    schema = describe_dataclass(Evidence)
    # As in Evidence.list_parts().
    reference = schema["properties"].pop("reference")
    schema["properties"] |= {"bibtex": {"type": "string"}, "reference": reference}
    sources = {
        "type": "array",
        "items": describe_dataclass(Footnote),
        "description": "the source list's entries",
    }
    row = describe_row(FLAT, description="the row itself, its value as a number")
    schema["properties"] |= {"sources": sources, "row": row}
    schema["required"] = list(schema["properties"])
    return describe_envelope(schema, of="The evidence of one row")


@dataclass
class _Entry:
    lock: Lock = field(default_factory=Lock)
    content: bytes | None = None
    refusal: etl.BundleError | None = None


class BundleCache:
    """Bundles by snapshot, day and rows, each built once while others wait; the longest unasked for goes."""

    def __init__(self, *, most: int = CACHED_BUNDLES) -> None:
        self._most = most
        self._entries: OrderedDict[BundleKey, _Entry] = OrderedDict()
        self._lock = Lock()

    def find(self, snapshot: Snapshot, row_ids: tuple[str, ...], *, title: str | None = None) -> bytes:
        """The bundle of some rows of a snapshot.

        Raises: UnknownRowError; BundleError where there is no row, or what the snapshot says does not follow
        from its rows here.
        """
        key = (snapshot.snapshot_id, snapshot.as_of, row_ids, title)
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)
        with entry.lock:
            if entry.refusal is not None:
                raise entry.refusal
            if entry.content is None:
                entry.content = _build(entry, snapshot, row_ids, title=title)
            return entry.content

    def __len__(self) -> int:
        """How many bundles are remembered."""
        return len(self._entries)


def _build(entry: _Entry, snapshot: Snapshot, row_ids: tuple[str, ...], *, title: str | None) -> bytes:
    try:
        return etl.build_bundle(snapshot, row_ids, title=title)
    except etl.BundleError as error:
        # Finding out that there is none costs the most.
        entry.refusal = error
        raise


_bundles = BundleCache()


def _answer_bundle(asked: Asked) -> Reply:
    asked_id, selection = asked.values["id"], read_selection(asked)
    is_chart = asked_id in find_charts()
    refuse_unoffered(asked, asked_id if is_chart else None, selection)
    view = asked.day.select_view(asked_id, selection) if is_chart else None
    rows = tuple(dict.fromkeys(point.row_id for point in view.points)) if view else (asked_id,)
    try:
        content = _bundles.find(asked.snapshot, rows, title=view.title if view else None)
    except etl.UnknownRowError as error:
        absent = f"No chart and no {_name_absent(asked, asked_id)}"
        raise ProblemError("unknown-row", absent, parameter="id") from error
    except etl.BundleError as error:
        raise ProblemError("no-bundle", _explain_refusal(asked, rows), parameter="id") from error
    return Reply(content, ZIP, file_name=_name_file(asked_id, asked.snapshot))


def _explain_refusal(asked: Asked, rows: tuple[str, ...]) -> str:
    if not rows:
        return f"The chart draws nothing of what was known on {asked.snapshot.as_of.isoformat()}."
    return (
        f"What snapshot {asked.snapshot.snapshot_id} says of it cannot be worked out again here: another "
        "version built it, or the datasets are not at hand. Its evidence is at /evidence/{row_id}."
    )


def _name_file(asked_id: str, snapshot: Snapshot) -> str:
    day = find_limit(snapshot)
    name = re.sub(r"[^\w.-]+", "-", asked_id, flags=re.ASCII)
    return f"{name}.{snapshot.snapshot_id}" + (f".as-of-{day.isoformat()}" if day else "") + ".zip"


ROUTES = (
    Route(
        path="/evidence/{row_id}",
        summary="The evidence of one row: who says it, how it was worked out, what else is known",
        answer=_answer_evidence,
        shape=_describe_evidence,
        parameters=(ROW_ID, *PLACE),
    ),
    Route(
        path="/bundles/{id}",
        summary="An evidence bundle: a chart's figures or one row, packed so that they prove themselves",
        description=BUNDLE,
        answer=_answer_bundle,
        shape=None,
        parameters=(BUNDLED_ID, DRAWN_DOSSIER, *NARROWING, *PLACE),
        files=(ZIP,),
    ),
)
