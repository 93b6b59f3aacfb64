"""What stands around a report: the bar above, the line below, what the drawer says of absent rows."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.attributes import name_attributes
from dashboard.page_contract import NAME
from dashboard.report.front_matter import format_day_shown
from dashboard.report.subject import ReportSubject

UPDATE = "This browser cannot unpack it; any of 2023 or later can."


def build_bar(subject: ReportSubject) -> Any:
    """The name, the scheme and the way to paper."""
    switch = html.Button(
        "Dark", type="button", className="quiet", **name_attributes({"data-scheme-switch": "true"})
    )
    printer = html.Button(
        "Print", type="button", className="quiet", **name_attributes({"data-print": "true"})
    )
    text = f"{subject.dossier.title}, {format_day_shown(subject)}"
    return html.Header([html.P([html.Strong(NAME), " ", text]), printer, switch], className="report-bar")


def build_footer() -> Any:
    """What the house says of itself."""
    return html.Footer(html.P(f"{NAME}: every figure, footnoted."), className="site-footer")


def build_notices(subject: ReportSubject) -> list[Any]:
    """What is said of a row that is not in the file, and where a browser cannot unpack what is."""
    snapshot = html.Code(subject.snapshot.snapshot_id)
    address = subject.destinations.write_absolute("/")
    where = [
        html.P(["Snapshot ", snapshot, " has it, and its evidence can be opened there by this id."]),
        html.P(html.A("Open it online", href=address, className="asked-link")) if address else None,
    ]
    absent = [
        html.H2("Not in this file", className="evidence-value"),
        html.P(["Row ", html.Code(className="asked-row long")]),
        html.P(
            "A report carries the evidence of everything that it shows, and of what that evidence names; "
            "this row lies further away."
        ),
        *where,
    ]
    packed = [
        html.H2("The evidence cannot be unpacked", className="evidence-value"),
        html.P(f"It lies packed in this file. {UPDATE}"),
    ]
    tables = [html.P(f"The table of the points lies packed in this file. {UPDATE}", className="minor")]
    notices: dict[str, Any] = {
        "notice-absent": html.Article(absent),
        "notice-packed": html.Article(packed),
        "notice-tables": tables,
    }
    return [html.Template(notice, id=name) for name, notice in notices.items()]
