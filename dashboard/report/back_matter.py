"""The end of a report: methods in short, the sources by number, and the terms they are used under."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dash import html

import etl
from dashboard.components.footnotes import build_source_list
from dashboard.components.method_sections import CONCENTRATION, GAP, INTERVALS, build_mark_table
from dashboard.components.row_table import Column, TableRow, build_table
from dashboard.components.rule_sections import RULES
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.page_contract import NAME
from dashboard.pages.methods import READING
from dashboard.report.chapters import Chapter
from dashboard.report.links import settle_links
from dashboard.report.subject import ReportSubject
from dashboard.views.editions import name_product
from dashboard.views.method_figures import list_worked_figures
from dashboard.views.tables import SourceEntry, list_sources
from etl import format_day, join_words

# What is worked out, in the words of the Methods page, where the dossier has such a figure.
WORKED_OUT = {
    "concentration": ("Concentration", CONCENTRATION),
    "gap": ("Two reports of one flow", GAP),
}
LICENCE = (
    "Statistics belong to their publishers and are used under the terms below. Of documents, only figures, "
    "places and hashes are kept, never their sentences."
)
CODE_LICENCE = f"{NAME} itself, the program that made this file, is free software under the MIT licence."


def build_back_matter(subject: ReportSubject, *, numbers: Collection[int]) -> list[Chapter]:
    """Methods, sources, licences; `numbers` are those of the sources that the report refers to."""
    return [
        Chapter("part-methods", "Methods in short", tuple(_build_methods(subject))),
        Chapter("part-sources", "Sources", (_build_sources(subject, numbers),)),
        Chapter("part-licences", "Licences", tuple(_build_licences(subject))),
    ]


def _build_methods(subject: ReportSubject) -> list[Any]:
    rules = [
        part
        for code, words in RULES.items()
        for part in (html.Dt(build_verdict_chip(etl.VERDICT_MARKS[code])), html.Dd(words))
    ]
    worked = list_worked_figures(subject.snapshot, subject.dossier.dossier_id)
    sections = [
        *READING,
        ("Intervals", INTERVALS),
        *(words for kind, words in WORKED_OUT.items() if kind in worked),
    ]
    return [
        html.H3("Verdicts"),
        html.Dl(rules, className="verdict-rules"),
        html.H3("What the marks mean"),
        build_mark_table(),
        html.H3("How figures are read and worked out"),
        html.Div(
            [html.Section([html.H4(title), html.P(words)]) for title, words in sections], className="prose"
        ),
    ]


def _build_sources(subject: ReportSubject, numbers: Collection[int]) -> Any:
    notes = [note for note in subject.snapshot.list_footnotes() if note.number in numbers]
    section = build_source_list(notes)
    # The chapter has the heading already.
    lines = section.children[-1] if section is not None else html.P("No source is referred to.")
    return settle_links(lines, subject.destinations)


def _build_licences(subject: ReportSubject) -> list[Any]:
    groups: dict[tuple[str, str], list[SourceEntry]] = {}
    for source in list_sources(subject.snapshot, subject.dossier):
        product = name_product(source.publisher, source.product)
        groups.setdefault((product, source.licence), []).append(source)
    columns = [Column("Source", kind="title"), Column("Files of"), Column("Terms")]
    rows = [_build_licence(name, licence, group) for (name, licence), group in groups.items()]
    return [
        html.P(LICENCE),
        build_table(columns, rows=rows, caption="Terms of the sources") if rows else None,
        html.P(CODE_LICENCE),
    ]


def _build_licence(name: str, licence: str, sources: list[SourceEntry]) -> TableRow:
    editions = sorted({(source.vintage, source.vintage_precision) for source in sources})
    days = [format_day(day, precision=precision) for day, precision in editions]
    travels = all(source.may_travel for source in sources)
    text = etl.show_on_one_line(licence).rstrip(".")
    return TableRow((name, join_words(days), text if travels else f"{text} (not passed on in whole tables)"))
