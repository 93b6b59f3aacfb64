"""What stands behind one row: who says it, how it was worked out, what else is known, who cites it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from etl.formatting import format_day
from etl.periods import format_period
from etl.reconcile.derivation import RULES
from etl.snapshot.citations.build import CitedWords, cite_row
from etl.snapshot.lines import (
    describe_claim,
    describe_deal,
    describe_derived,
    describe_milestone,
    describe_observation,
    format_deal,
    format_happening,
)
from etl.snapshot.records import Alternative, Citing, Evidence, Judgement, Operand, Working
from etl.snapshot.row_index import RowIndex
from etl.snapshot.wording import Record, name_publisher, write_sum
from etl.units import format_value
from etl.vocabulary import DATE_PRECISIONS, DEAL_STATUSES, OBS_STATUSES, VerdictMark, mark_verdict

SAME_THING = (
    "indicator",
    "ref_area",
    "counterpart_area",
    "commodity",
    "period_basis",
    "period_start",
    "period_end",
)
DEEPEST_WORKING = 3
# Of a sum of more values each shows its own working where it is opened.
MOST_NESTED = 9


class EvidenceIndex:
    """Answers about the rows of an index, each worked out once."""

    def __init__(self, index: RowIndex, *, verdicts: list[Record], as_of: date) -> None:
        self.index = index
        self._as_of = as_of
        self._verdicts = _group(verdicts, lambda row: row["claim_id"])
        self._same = _group(index.list_kinds("observation", "claim"), _find_thing)
        self._citing = self._index_citing()
        self._answers: dict[str, Evidence] = {}

    def find(self, row_id: str) -> Evidence:
        """Everything behind one row.

        Raises: UnknownRowError where no row has this id.
        """
        if row_id not in self._answers:
            kind, row = self.index.find(row_id)
            answer = {
                "observation": self._answer_observation,
                "claim": self._answer_claim,
                "deal": self._answer_deal,
                "milestone": self._answer_milestone,
            }[kind]
            self._answers[row_id] = answer(row_id, row)
        return self._answers[row_id]

    def _answer_observation(self, row_id: str, row: Record) -> Evidence:
        index = self.index
        status = OBS_STATUSES.label(row["obs_status"])
        if row["derivation"] is None:
            says = describe_observation(row, index.find_source(row))
        else:
            says = describe_derived(row, leaves=index.list_leaves(row), sources=index.sources)
            status = "recomputed" if row["obs_status"] == "A" else f"recomputed; {status}"
        return self._build(
            row_id,
            kind="observation",
            title=index.name(row),
            headline=format_value(row["obs_value"], row["unit_measure"]),
            period=_format_row_period(row),
            status=status,
            says=says,
            workings=tuple(self._list_workings(row, depth=1, shown=set())),
            others=self._list_others(row_id, row),
        )

    def _answer_claim(self, row_id: str, row: Record) -> Evidence:
        verdicts = sorted(self._verdicts[row_id], key=lambda verdict: verdict["occasion"] != "printing")
        now = next(entry for entry in verdicts if entry["occasion"] == "snapshot")
        return self._build(
            row_id,
            kind="claim",
            title=self.index.name(row),
            headline=row["stated_as"],
            period=_format_row_period(row),
            status="stated by a document",
            verdict=now["verdict"],
            reason=now["reason"],
            mark=_mark(now, row),
            says=describe_claim(row, self.index.documents[row["document_id"]]),
            judgements=tuple(self._judge(entry, row) for entry in verdicts),
            others=self._list_others(row_id, row),
        )

    def _answer_deal(self, row_id: str, row: Record) -> Evidence:
        labels = self.index.labels
        parties = f"{labels[row['importer']]} from {labels[row['supplier']]}"
        named = dict.fromkeys((row["designation"], row["description"]))
        doubt = " (year uncertain)" if row["order_year_uncertain"] else ""
        return self._build(
            row_id,
            kind="deal",
            title=f"{', '.join(named)}: {parties}",
            headline=format_deal(row),
            period=f"ordered in {row['order_year']}{doubt}",
            status=DEAL_STATUSES.label(row["status"]),
            says=describe_deal(row, self.index.find_source(row)),
        )

    def _answer_milestone(self, row_id: str, row: Record) -> Evidence:
        documents = self.index.documents
        others = tuple(
            Alternative(
                other["milestone_id"],
                self.index.name_document(other["document_id"]),
                documents[other["document_id"]]["published_on"],
                format_happening(other),
            )
            for other in self.index.list_kinds("milestone")
            if other["event"] == row["event"] and other["milestone_id"] != row_id
        )
        precision = DATE_PRECISIONS.label(row["date_precision"])
        return self._build(
            row_id,
            kind="milestone",
            title=row["title"],
            headline=format_happening(row),
            period=f"date known to the {precision}" if row["happened_on"] else "no date in the text",
            status="stated by a document",
            says=describe_milestone(row, documents[row["document_id"]]),
            others=others,
        )

    def _build(self, row_id: str, **parts: Any) -> Evidence:
        words = CitedWords(parts["title"], parts["headline"], parts["period"], parts.get("mark"))
        reference = cite_row(self.index, row_id, words=words, as_of=self._as_of)
        absent: dict[str, Any] = dict.fromkeys(("verdict", "reason", "mark"))
        absent |= {"workings": (), "judgements": (), "others": ()}
        return Evidence(
            **{**absent, **parts},
            row_id=row_id,
            footnotes=self.index.number_footnotes(row_id),
            cited_by=tuple(self._citing.get(row_id, ())),
            citation=reference.text,
            reference=reference,
        )

    def _list_workings(self, row: Record, *, depth: int, shown: set[str]) -> Iterable[Working]:
        operands = self.index.list_operands(row)
        if not operands or depth > DEEPEST_WORKING or row["obs_id"] in shown:
            return
        shown.add(row["obs_id"])
        rule = row["derivation"].partition("(")[0]
        names = tuple(self._name_operand(operand) for operand in operands)
        yield Working(RULES[rule].words, write_sum(rule, operands, row), names)
        for operand in operands if len(operands) <= MOST_NESTED else ():
            yield from self._list_workings(operand, depth=depth + 1, shown=shown)

    def _name_operand(self, row: Record) -> Operand:
        if "obs_id" not in row:
            label = f"{row['designation']}, ordered in {row['order_year']}"
            return Operand(row["deal_id"], label, format_deal(row))
        label = f"{self.index.name(row)}, {_format_row_period(row)}"
        return Operand(row["obs_id"], label, format_value(row["obs_value"], row["unit_measure"]))

    def _name_reference(self, row: Record) -> Operand:
        value = format_value(row["obs_value"], row["unit_measure"])
        return Operand(row["obs_id"], f"{_format_row_period(row)}: {_name_edition(row)}", value)

    def _list_others(self, row_id: str, row: Record) -> tuple[Alternative, ...]:
        others = []
        for other in self._same[_find_thing(row)] if row["period_end"] else []:
            if "obs_id" in other and other["obs_id"] != row_id and other["obs_value"] is not None:
                value = format_value(other["obs_value"], other["unit_measure"])
                others.append(Alternative(other["obs_id"], _name_edition(other), other["vintage"], value))
            elif "obs_id" not in other and other["claim_id"] != row_id:
                document = other["document_id"]
                day = self.index.documents[document]["published_on"]
                name = self.index.name_document(document)
                others.append(Alternative(other["claim_id"], name, day, other["stated_as"]))
        return tuple(sorted(others, key=lambda entry: (entry.vintage, entry.row_id), reverse=True))

    def _judge(self, verdict: Record, claim: Record) -> Judgement:
        ids = verdict["reference_ids"].split(";") if verdict["reference_ids"] else []
        newest = None
        if verdict["newest_period"]:
            value = format_value(verdict["newest_value"], claim["unit_measure"])
            newest = f"{value} in {verdict['newest_period'].replace('-', '–')}"
        return Judgement(
            verdict["occasion"],
            verdict["as_of"],
            verdict["verdict"],
            verdict["reason"],
            verdict["explanation"],
            verdict["arithmetic"],
            newest,
            tuple(self._name_reference(self.index.find(row_id)[1]) for row_id in ids),
            _mark(verdict, claim),
        )

    def _index_citing(self) -> dict[str, list[Citing]]:
        citing: dict[str, list[Citing]] = defaultdict(list)
        for rows in self._verdicts.values():
            for verdict in (row for row in rows if row["occasion"] == "snapshot" and row["reference_ids"]):
                claim = self.index.find(verdict["claim_id"])[1]
                title = self.index.documents[claim["document_id"]]["title"]
                entry = Citing(
                    claim["claim_id"],
                    claim["document_id"],
                    title,
                    claim["stated_as"],
                    verdict["verdict"],
                    _mark(verdict, claim),
                )
                for row_id in verdict["reference_ids"].split(";"):
                    citing[row_id].append(entry)
        return citing


def _mark(verdict: Record, claim: Record) -> VerdictMark:
    value = verdict["reference_value"]
    now = "" if value is None else format_value(value, claim["unit_measure"])
    return mark_verdict(verdict["verdict"], verdict["reason"], now=now)


def _find_thing(row: Record) -> tuple[Any, ...]:
    return tuple(row[name] for name in SAME_THING)


def _name_edition(row: Record) -> str:
    recomputed = "recomputed from " if row["derivation"] else ""
    return (
        f"{recomputed}{name_publisher(row)}, {format_day(row['vintage'], precision=row['vintage_precision'])}"
    )


def _format_row_period(row: Record) -> str:
    return format_period(row["period_start"], row["period_end"], row["period_basis"], row["time_period"])


def _group(rows: Iterable[Record], key: Callable[[Record], Any]) -> dict[Any, list[Record]]:
    groups: dict[Any, list[Record]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
