"""The evidence that a report carries: of every point in it, and of what that evidence names."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.address import write_point_link
from dashboard.components.attributes import name_attributes
from dashboard.components.evidence_drawer import build_evidence
from dashboard.components.markup import write_markup
from dashboard.report.links import settle_links
from dashboard.report.subject import ReportSubject
from etl import Evidence

# Beyond these a file is too large to be sent about; the drawer says of the others where they are.
MOST_ROWS = 3_000
OWN_LINK = ' href="/'


@dataclass(frozen=True)
class Carried:
    """Drawer content by row id, and the footnotes that it refers to."""

    articles: dict[str, str]
    footnotes: frozenset[int]


def carry_evidence(subject: ReportSubject, row_ids: Iterable[str], *, pages: Mapping[str, str]) -> Carried:
    """What the drawer shows of rows, and of the rows that their evidence names, up to MOST_ROWS.

    `pages` says on which page of a served dashboard a row is drawn.
    """
    found = _find_all(subject, row_ids)
    notes = {note.number: note for note in subject.snapshot.list_footnotes()}
    articles = {}
    for row_id in sorted(found):
        evidence = found[row_id]
        article = build_evidence(evidence, notes=[notes[each] for each in evidence.footnotes], permalink=None)
        # Files of citations are the server's to give; the citation itself is not.
        article.children.append(_build_citation(subject, evidence, page=pages.get(row_id, "/")))
        articles[row_id] = _write_article(subject, article)
    numbers = {number for evidence in found.values() for number in evidence.footnotes}
    return Carried(articles, frozenset(numbers))


def _write_article(subject: ReportSubject, article: Any) -> str:
    markup = write_markup(article)
    # Few link to anything of ours, and there are thousands.
    return write_markup(settle_links(article, subject.destinations)) if OWN_LINK in markup else markup


def pack_texts(texts: Mapping[str, str]) -> str:
    """Texts by name as JSON, packed by gzip, in base64; the same texts give the same characters."""
    plain = json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return base64.b64encode(gzip.compress(plain.encode(), mtime=0)).decode()


def _find_all(subject: ReportSubject, row_ids: Iterable[str]) -> dict[str, Evidence]:
    """Rows, then their operands and references, then other values and claims, as far as there is room."""
    find = subject.snapshot.evidence
    found = {row_id: find(row_id) for row_id in sorted(set(row_ids))}
    named = [
        each for follow in (_list_operands, _list_compared) for row in found.values() for each in follow(row)
    ]
    for row_id in dict.fromkeys(named):
        if len(found) >= MOST_ROWS:
            break
        if row_id not in found:
            found[row_id] = find(row_id)
    return found


def _list_operands(evidence: Evidence) -> Iterator[str]:
    yield from (line.row_id for line in evidence.says if line.row_id)
    yield from (operand.row_id for working in evidence.workings for operand in working.operands)
    yield from (operand.row_id for judgement in evidence.judgements for operand in judgement.references)


def _list_compared(evidence: Evidence) -> Iterator[str]:
    yield from (other.row_id for other in evidence.others)
    yield from (citing.claim_id for citing in evidence.cited_by)


def _build_citation(subject: ReportSubject, evidence: Evidence, *, page: str) -> Any:
    snapshot_id = subject.snapshot.snapshot_id
    address = write_point_link(evidence.row_id, subject.selection, page=page, snapshot_id=snapshot_id)
    text = evidence.reference.link(subject.destinations.write_absolute(address)).text
    copy = name_attributes({"data-copy": text, "aria-label": "Copy: citation"})
    return html.Section(
        [
            html.H3("Citation"),
            html.P(text, className="citation"),
            html.Button("Copy", type="button", className="quiet", **copy),
        ]
    )
