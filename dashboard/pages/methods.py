"""Methods: how figures are read, worked out, judged and taken along, with examples from the data."""

from __future__ import annotations

from typing import Any

from dash import html

import etl
from dashboard.address import Selection
from dashboard.components.attributes import name_attributes
from dashboard.components.method_sections import build_derivations, build_mark_table
from dashboard.components.rule_sections import build_order, build_slips, build_verdict_rules
from dashboard.page_contract import Page, PageContext
from dashboard.views.dossiers import find_dossier, find_limit
from dashboard.views.method_figures import list_worked_figures
from dashboard.views.rule_examples import list_reason_examples, list_slip_examples
from etl import Snapshot, format_day, join_words

PAGE = Page("/methods", "Methods", order=7)
LEAD = (
    "Every rule here is a few lines of code, and every example is worked out by them from the data behind "
    "these pages. A sentence written for this page holds a figure of the data under a label that is right or "
    "wrong on purpose; the page Check says the same of it."
)
PARTS = (
    ("verdicts", "Verdicts"),
    ("order", "The order of the rules"),
    ("slips", "Likely slips"),
    ("reading", "How figures are read"),
    ("derived", "What is worked out"),
    ("marks", "What the marks mean"),
    ("taking", "Taking figures along"),
)
READING = (
    (
        "The printed precision decides",
        "A figure printed in whole per cent allows half a per cent on either side. A round sum is read at "
        "its last digit that is not zero or at its last printed digit, whichever is kinder to the text, and "
        "the verdict says which. “About” doubles the range; “over” and “more than” have no upper end.",
    ),
    (
        "Two days, two verdicts",
        "Each claim is judged with what was published by the day it was printed, and again with everything "
        "in the snapshot. The snapshot’s day is the newest edition or document among its inputs, never the "
        "clock.",
    ),
    (
        "Shares are recomputed",
        "A supplier’s share is its deliveries over all deliveries to the importer in the same five calendar "
        "years, in SIPRI’s trend-indicator value, once for every edition of the register at hand. Sums are "
        "made of decimals, so two builds of the same files give the same digits.",
    ),
    (
        "Editions are data",
        "Publishers revise. Every edition is kept beside the others under the day it came out (its "
        "vintage); a newer one never overwrites an older one, and a point says which edition it is from.",
    ),
    (
        "TIV is not money",
        "SIPRI’s trend-indicator value measures the capability of what was delivered. It is not a price, "
        "has no dollars, and never stands on an axis with money.",
    ),
    (
        "Periods are drawn as long as they are",
        "A fiscal year may begin in another month than January; SIPRI’s windows take five calendar years "
        "together; some releases cover only some months. Each is drawn over the time it covers, and figures "
        "of different kinds are never joined by a line.",
    ),
    (
        "Empty, zero and not reported",
        "A zero that a publisher prints is a zero. A cell it leaves empty is a gap, and gaps stay gaps.",
    ),
    (
        "What is kept of a document",
        "Its record, each figure as printed, and where it stands: paragraph, character positions and "
        "hashes, so that anyone who holds the text can find the place. Sentences are not kept.",
    ),
)
ZOOM = (
    "Drag across a chart, or press + on a point, and all charts of the page with years show that stretch; "
    "Back steps out again. A mark that reaches beyond the stretch is cut at its edge and keeps its whole "
    "value. A mark that is pointed at or focused lights up wherever else the page shows the same row."
)
ROWS = (
    "Every row that leaves as a file says its publisher, edition, file and place in it, what it was worked "
    "out from, its status, and the snapshot. What may be passed on differs by publisher."
)


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """The rules with an example each, what is worked out, the marks, and how to take figures along."""
    snapshot = context.snapshot
    dossier_id = find_dossier(snapshot, selection).dossier_id
    contents = {
        "verdicts": [build_verdict_rules(list_reason_examples(snapshot, dossier_id))],
        "order": [html.P("The first that applies gives the verdict.", className="minor"), build_order()],
        "slips": [
            html.P(
                "Looked for where a figure of a checked text does not hold. A slip is likely, never sure."
            ),
            build_slips(list_slip_examples(snapshot, dossier_id)),
        ],
        "reading": [_build_prose(READING)],
        "derived": [
            html.Div(build_derivations(list_worked_figures(snapshot, dossier_id)), className="worked")
        ],
        "marks": [build_mark_table(), html.P(ZOOM, className="minor")],
        "taking": [_build_prose(_list_ways(snapshot))],
    }
    parts = [part for anchor, title in PARTS for part in (html.H2(title, id=anchor), *contents[anchor])]
    return html.Div(
        [html.H1(PAGE.title), html.P(LEAD, className="lead"), _build_contents(), *parts], className="methods"
    )


def _build_contents() -> Any:
    links = [html.Li(html.A(title, href=f"#{anchor}")) for anchor, title in PARTS]
    return html.Nav(
        html.Ul(links), className="contents", **name_attributes({"aria-label": "Parts of this page"})
    )


def _build_prose(sections: tuple[tuple[str, Any], ...]) -> Any:
    return html.Div(
        [html.Section([html.H3(title), html.P(text)]) for title, text in sections], className="prose"
    )


def _list_ways(snapshot: Snapshot) -> tuple[tuple[str, Any], ...]:
    """What can be taken along, cited and compared later, and how."""
    return (
        ("Citations", _format_citations(snapshot)),
        ("Saved pictures", _format_saved_pictures()),
        ("Then and now", _format_then_and_now()),
        ("Rows", ROWS),
    )


def _format_citations(snapshot: Snapshot) -> list[Any]:
    forms = join_words([form.name for form in etl.CITATION_FORMS])
    known = "as known on" if find_limit(snapshot) else "of"
    return [
        "Every point, chart, document and the whole snapshot has its own citation, in "
        f"these forms: {forms}. Each names the publisher and edition first, then "
        f"the snapshot: here {snapshot.snapshot_id}, {known} {format_day(snapshot.as_of)}. A link with ",
        html.Code(f"snapshot={snapshot.snapshot_id}"),
        " in it says so when the snapshot behind these pages has changed.",
    ]


def _format_saved_pictures() -> list[Any]:
    return [
        "An SVG carries its title, sources and snapshot in sight; in the file are its permanent link and "
        "every figure it shows, each with its row. ",
        html.Code("footnoted verify FILE"),
        " says what a picture or a table showed and which of its figures have changed or been "
        "revised since. It reads the record in the file: whether somebody has altered the picture "
        "itself, it cannot tell, and says so.",
    ]


def _format_then_and_now() -> list[Any]:
    return [
        "The menu in the header, or ",
        html.Code("as_of=2018-06-30"),
        " in an address, shows what was known on a day: only editions and documents that were out, "
        "and every claim judged again with those alone. The page Revisions draws one period through "
        "its editions; Compare sets two days side by side.",
    ]
