"""What differs between two drawings of one chart, the largest first; what is the same or alone is folded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

import etl
from dashboard.compare.differences import Comparison, PointDifference, ShownPoint
from dashboard.components.attributes import name_attributes
from dashboard.components.row_table import (
    Column,
    PlainRow,
    TableRow,
    build_folded_table,
    build_opener,
    build_table,
)
from etl import format_count, join_words

SHOWN = 15
NAMED = 8
LEFT, RIGHT = "left", "right"
FOLD_COLUMNS = ("Value", "What", "Period", "Edition")
REST_COLUMNS = ("Right", "Left", "Difference", "What", "Period")
OTHERS = "Claims, orders and events"
NEWEST = "Of several editions of one figure, the newest drawn on each side is compared."


def build_differences(comparison: Comparison, *, left: str, right: str) -> Any:
    """A section: one sentence of counts, tables by unit, and folds; `left` and `right` name the sides."""
    groups = list(comparison.differences.items())
    tables = [
        part
        for unit, differences in groups
        for part in _build_group(unit, differences, sides=(left, right), is_alone=len(groups) == 1)
    ]
    has_what = len({each.what for each in _list_shown(comparison)}) > 1
    return html.Section(
        [
            html.H2("What differs", id="differences-title"),
            html.P(
                [_format_counts(comparison), " ", html.Span(NEWEST, className="minor")], className="tally"
            ),
            *tables,
            _build_unchanged(comparison, text=right),
            _build_alone(comparison.only_left, side=LEFT, text=left, has_what=has_what),
            _build_alone(comparison.only_right, side=RIGHT, text=right, has_what=has_what),
        ],
        className="differences",
        **name_attributes({"aria-labelledby": "differences-title"}),
    )


def _list_shown(comparison: Comparison) -> list[ShownPoint]:
    found = [each.right for differences in comparison.differences.values() for each in differences]
    return [*found, *comparison.unchanged, *comparison.only_left, *comparison.only_right]


def _format_counts(comparison: Comparison) -> str:
    found = sum(len(differences) for differences in comparison.differences.values())
    counts = {
        "unchanged": comparison.unchanged,
        "only on the left": comparison.only_left,
        "only on the right": comparison.only_right,
    }
    first = format_count(found, "figure differs", many="figures differ") if found else "No figure differs"
    others = [
        f"{len(shown)} {'is' if len(shown) == 1 else 'are'} {how}" for how, shown in counts.items() if shown
    ]
    return f"{join_words([first, *others])}."


def _build_group(
    unit: str, differences: Sequence[PointDifference], *, sides: tuple[str, str], is_alone: bool
) -> list[Any]:
    """One table of a unit; what is beyond the largest is folded."""
    name = _name_unit(unit)
    heading = [] if is_alone else [html.H3(name)]
    caption = f"Figures that differ, in {name}, the largest difference first"
    first = _build_table(differences[:SHOWN], every=differences, sides=sides, caption=caption)
    rest = differences[SHOWN:]
    return [*heading, first, *([_build_rest(rest, caption=f"{caption}: the rest")] if rest else [])]


def _build_rest(differences: Sequence[PointDifference], *, caption: str) -> Any:
    """Smaller differences, folded as text: a page of hundreds of elements would keep a reader waiting."""
    rows = [
        PlainRow(
            (
                each.right.value_text,
                f"{each.left.value_text}, {each.left.edition}",
                ", ".join(part for part in (each.change, each.per_cent) if part),
                _format_what(each.right),
                each.right.period,
            ),
            opens=each.right.row_id,
        )
        for each in differences
    ]
    text = format_count(len(rows), "smaller difference")
    fold = build_folded_table(text, columns=REST_COLUMNS, rows=rows, caption=caption)
    return html.Div(fold, **name_attributes({"data-side": RIGHT}))


def _name_unit(unit: str) -> str:
    name = etl.label("unit_measure", unit) if unit else OTHERS
    return f"{name[:1].upper()}{name[1:]}"


def _build_table(
    differences: Sequence[PointDifference],
    *,
    every: Sequence[PointDifference],
    sides: tuple[str, str],
    caption: str,
) -> Any:
    """Columns that would say the same in every row, or nothing, are left out."""
    leading = [
        (heading, name)
        for heading, name in (("What", "what"), ("Partner", "partner"))
        if len({getattr(each.right, name) for each in every}) > 1
    ]
    trailing = [
        (heading, name)
        for heading, name in (("Difference", "change"), ("In per cent", "per_cent"))
        if any(getattr(each, name) for each in every)
    ]
    columns = [
        *(Column(heading) for heading, _ in leading),
        Column("Period", kind="title"),
        *(Column(side) for side in sides),
        *(Column(heading, kind="number") for heading, _ in trailing),
    ]
    rows = [
        TableRow(
            (
                *(getattr(each.right, name) for _, name in leading),
                each.right.period,
                _build_value(each.left, side=LEFT),
                _build_value(each.right, side=RIGHT),
                *(_build_change(each, name) for _, name in trailing),
            )
        )
        for each in differences
    ]
    return build_table(columns, rows=rows, caption=caption, class_name="difference-rows")


def _build_value(shown: ShownPoint, *, side: str) -> Any:
    """A value that opens in the place of its side."""
    return html.Span(
        [
            build_opener(shown.value_text, shown.row_id),
            html.Br(),
            html.Span(shown.edition, className="minor"),
        ],
        **name_attributes({"data-side": side}),
    )


def _build_change(difference: PointDifference, name: str) -> Any:
    text = getattr(difference, name)
    if name != "change" or not difference.overlaps:
        return text
    return html.Span([text, html.Br(), html.Span("ranges overlap", className="minor")])


def _build_alone(shown: Sequence[ShownPoint], *, side: str, text: str, has_what: bool) -> Any:
    """What one side has alone: the first of it in sight, all of it folded."""
    if not shown:
        return None
    name = f"Only on the {side}"
    items = [
        html.Li([build_opener(each.value_text, each.row_id), f" {_format_of(each, has_what=has_what)}"])
        for each in shown[:NAMED]
    ]
    fold = _build_fold(f"All {len(shown)}", shown, caption=f"{name}: {text}")
    return html.Div(
        [
            html.H3(name),
            html.Ul(items, className="windows alone"),
            fold if len(shown) > NAMED else None,
        ],
        **name_attributes({"data-side": side}),
    )


def _format_of(shown: ShownPoint, *, has_what: bool) -> str:
    return ", ".join(part for part in (shown.what if has_what else "", shown.partner, shown.period) if part)


def _build_unchanged(comparison: Comparison, *, text: str) -> Any:
    """The same on both sides opens on the right, which is the newer as a rule."""
    shown = comparison.unchanged
    if not shown:
        return None
    nearly = f", {comparison.nearly} of them but for digits not shown" if comparison.nearly else ""
    summary = f"{format_count(len(shown), 'figure')} unchanged{nearly}"
    fold = _build_fold(summary, shown, caption=f"Unchanged: {text}")
    return html.Div(fold, **name_attributes({"data-side": RIGHT}))


def _build_fold(summary: str, shown: Sequence[ShownPoint], *, caption: str) -> Any:
    rows = [
        PlainRow((each.value_text, _format_what(each), each.period, each.edition), opens=each.row_id)
        for each in shown
    ]
    return build_folded_table(summary, columns=FOLD_COLUMNS, rows=rows, caption=caption)


def _format_what(shown: ShownPoint) -> str:
    return f"{shown.what}: {shown.partner}" if shown.partner else shown.what
