"""Sections of the Methods page: a few sentences each, and a worked value to look at where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.components.row_table import Column, TableRow, build_opener, build_table
from dashboard.views.method_figures import WorkedFigure, list_marks

Figures = Mapping[str, Sequence[WorkedFigure]]
DRAWN = {
    "solid": "filled",
    "hatched": "hatched within its outline",
    "hollow": "an outline only",
}
INTERVALS = (
    "A publisher that prints 5.46 means anything from 5.455 to 5.465. That interval is kept with every value "
    "whose printing is known, and travels: a sum is least where all its parts are, a share where its part is "
    "least and the rest greatest, growth where it starts high and ends low. So an interval holds the result "
    "of any exact values that the inputs allow. An end that rests on something unknown is unknown too: no "
    "width is made up, and an exact number, such as an announced target, has none."
)
CONCENTRATION = (
    "How far arms come from few suppliers is the Herfindahl-Hirschman index: every supplier’s share of the "
    "window in per cent, squared and added. One supplier alone gives 10,000 points, ten equal ones 1,000. It "
    "is worked out only from shares of all suppliers; shares that a publisher prints are of the largest "
    "few and give none. Deliveries whose supplier is not known count as one supplier’s, and the range leaves "
    "open whose they were. A state and its successor count as two; windows with both are marked as a break."
)
GAP = (
    "Buyer and seller seldom report one flow alike. The gap is imports by the buyer’s count (with freight "
    "and insurance, CIF) less exports by the seller’s (without, FOB), and is taken apart in four. Freight "
    "and insurance, and the time that goods are on the way, follow from declared assumptions with a range; "
    "neither was measured for the flow. What only one side counts is not known and has no value. The rest "
    "is the gap less the known parts, so that the parts add up to the gap to the last digit."
)


def build_worked(title: str, text: str, figures: Sequence[WorkedFigure], *, anchor: str) -> Any:
    """One kind of sum: what is done, and its newest values with their sums."""
    shown = [_build_figure(figure) for figure in figures]
    absent = html.P("The data of this dossier give no example.", className="minor")
    examples = html.Div(shown, className="rules") if shown else absent
    return html.Section([html.H3(title), html.P(text), examples], id=anchor)


def build_derivations(figures: Figures) -> list[Any]:
    """What is worked out from published figures, and how uncertainty travels through it."""

    def find(kind: str) -> Sequence[WorkedFigure]:
        return figures.get(kind, ())

    return [
        build_worked("Intervals", INTERVALS, [*find("share"), *find("growth")], anchor="intervals"),
        build_worked(
            "Concentration of suppliers", CONCENTRATION, find("concentration"), anchor="concentration"
        ),
        build_worked("The gap between two reports of one flow", GAP, find("gap"), anchor="gap"),
    ]


def build_mark_table() -> Any:
    """What each way of drawing a value means."""
    rows = [TableRow((DRAWN[class_name], text)) for class_name, text in list_marks()]
    rows += [
        TableRow(("a thin line through it", "the interval of the value, where it is wider than the mark")),
        TableRow(("nothing", "not reported, not collected or suppressed; a zero is drawn as a zero")),
        TableRow(("amber, with a sign", "a figure that a document prints, and the verdict on it")),
        TableRow(("a ribbon", "one period as each edition gives it, from the first to the newest")),
    ]
    return build_table(
        [Column("A mark"), Column("Its value is")], rows=rows, caption="What the marks of charts mean"
    )


def _build_figure(figure: WorkedFigure) -> Any:
    parts = [build_opener(figure.value_text, figure.row_id), f": {figure.title}, {figure.period}."]
    rest = [figure.allowed and f"Range: {figure.allowed}.", figure.note]
    said = " ".join(part for part in rest if part)
    return html.Div(
        [
            html.P(parts),
            html.P(f"{figure.rule[:1].upper()}{figure.rule[1:]}.", className="minor"),
            html.P(figure.sum_text, className="sum"),
            *([html.P(said, className="minor")] if said else []),
        ],
        className="example",
    )
