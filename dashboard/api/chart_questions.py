"""Which view of a chart is asked for: its relationship, and what narrows it where it offers that."""

from __future__ import annotations

from dashboard.address import Selection
from dashboard.api.contract import Asked
from dashboard.api.parameters import Day, InColumn, Parameter, Text, find_known, refuse_unknown

DOSSIER = Parameter(
    "dossier", InColumn("dossiers", "dossier_id"), "the relationship that is drawn; the main one without it."
)
# What narrows single charts; each chart lists what it takes in `choices`.
NARROWING = (
    Parameter("vintage", Day(), "the edition that is drawn, of a chart that offers several."),
    Parameter(
        "window", Text("a window such as 2019-23"), "the period that is drawn, of a chart that offers it."
    ),
    Parameter("show", Text("a choice such as all"), "what is drawn, of a chart that offers several."),
)


def read_selection(asked: Asked) -> Selection:
    """What a request selects of charts.

    Raises: ProblemError for a dossier that the snapshot does not have.
    """
    values = asked.values
    dossier = values.get("dossier")
    if dossier is not None:
        find_known(DOSSIER, [dossier], snapshot=asked.whole.snapshot)
    narrowed = {parameter.name: values.get(parameter.name) for parameter in NARROWING}
    return Selection(dossier=dossier, **narrowed)


def refuse_unoffered(asked: Asked, chart_id: str | None, selection: Selection) -> None:
    """Raises: ProblemError for a narrowing that the chart does not offer; what is no chart offers none."""
    offered = asked.day.list_choices(chart_id, selection) if chart_id is not None else ()
    for parameter in NARROWING:
        value = asked.values.get(parameter.name)
        if value is not None:
            known = [one.value for one in offered if one.field == parameter.name and one.value is not None]
            refuse_unknown(parameter.name, str(value), known=known)
