"""Bundles: the evidence of a chart or a row as a zip that works its figures out again without a network."""

from __future__ import annotations

import re

import etl
from dashboard.api.bundle_shelf import BundleShelf
from dashboard.api.chart_questions import DOSSIER, NARROWING, read_selection, refuse_unoffered
from dashboard.api.contract import Asked, Reply, Route
from dashboard.api.parameters import PLACE, Parameter, Text
from dashboard.api.problems import ProblemError, quote_briefly
from dashboard.charts import find_charts
from dashboard.views.dossiers import find_limit
from etl import Snapshot

ZIP = "application/zip"
DESCRIPTION = (
    "A zip with the figures, the rows they are worked out from, the claims that are held against them with "
    "their verdicts and places, references, and `reproduce.py`, which works all of it out again with the "
    "package installed and no network. It is a quotation: rows that may not be passed on as a table are in "
    "it only where its figures follow from them, with their terms. Of a row, `dossier` changes nothing, and "
    "nothing narrows it."
)
_shelf = BundleShelf()


def _list_examples(snapshot: Snapshot) -> list[str]:
    """Every chart, and the first claim."""
    return [*find_charts(), *snapshot.table("claims")["claim_id"][:1]]


ID = Parameter(
    "id",
    Text("the id of a chart or of a row", exemplify=_list_examples),
    "chart_id, claim_id, obs_id, deal_id or milestone_id",
    place="path",
)


def _answer(asked: Asked) -> Reply:
    asked_id, selection = asked.values["id"], read_selection(asked)
    is_chart = asked_id in find_charts()
    refuse_unoffered(asked, asked_id if is_chart else None, selection)
    view = asked.day.select_view(asked_id, selection) if is_chart else None
    rows = tuple(dict.fromkeys(point.row_id for point in view.points)) if view else (asked_id,)
    try:
        content = _shelf.find(asked.snapshot, rows, title=view.title if view else None)
    except etl.UnknownRowError as error:
        raise ProblemError("unknown-row", f"No chart and {_format_row(asked)}.", parameter="id") from error
    except etl.BundleError as error:
        raise ProblemError("no-bundle", _format_refusal(asked, rows), parameter="id") from error
    return Reply(content, ZIP, file_name=_name_file(asked_id, asked.snapshot))


def _format_row(asked: Asked) -> str:
    day = asked.snapshot.as_of.isoformat()
    return (
        f"no observation, claim, deal or milestone {quote_briefly(asked.values['id'])} is in snapshot "
        f"{asked.snapshot.snapshot_id} as known on {day}"
    )


def _format_refusal(asked: Asked, rows: tuple[str, ...]) -> str:
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
        path="/bundles/{id}",
        summary="An evidence bundle: a chart's figures or one row, packed so that they prove themselves",
        description=DESCRIPTION,
        answer=_answer,
        shape=None,
        parameters=(ID, DOSSIER, *NARROWING, *PLACE),
        files=(ZIP,),
        budget="bundle",
    ),
)
