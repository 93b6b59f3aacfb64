"""Benchmark: how well any reader reads and judges the figures of labelled texts.

A label and an answer have one shape: a line of JSON per text, with `id` and `figures`; each figure has
`stated_as`, `value`, `unit`, `indicator` in words, `parties`, `period` and `hedge`. A label adds the `text`,
the day it was `published` and per figure the `acceptable_verdicts`; an answer adds the `verdict`, and may
add `start`. So any program can be scored, this one too (`answer_text`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.checking.checking import check_text
from etl.checking.reports.report import CheckedClaim
from etl.documents.opened_text import open_text
from etl.documents.prose import ASSUMED
from etl.documents.prose.period_builders import step_back
from etl.errors import InputError, Place
from etl.periods import Period
from etl.snapshot import Snapshot
from etl.vocabulary import VERDICTS
from etl.vocabulary.series_codes import WORLD

SLOTS = ("value", "unit", "measure", "parties", "period", "hedge")
# "A third", written 33.33 in one place and 33.3333 in another.
RELATIVE = 1e-3
CONTRADICTED = "contradicted"
# What people write for a measure, and the name that it has here.
SAME_MEASURES = {
    "military burden": "military expenditure",
    "balance": "trade balance",
    "total trade": "bilateral trade",
    "change of balance": "change of trade balance",
    "change of total trade": "change of bilateral trade",
    "oil exports": "crude oil imports",
    "share of world arms imports": "world arms import share",
    "share of world arms exports": "world arms export share",
    "recipient share of supplier exports": "arms export share",
    "share of exports": "export share",
    "change of arms imports": "change of arms import volume",
    "change of arms import share": "change of arms import volume",
    "change of world arms volume": "change of arms import volume",
    "change of arms transfers": "change of arms import volume",
}
SAME_HEDGES = {"nearly": "about"}
SAME_UNITS = {
    "BARREL_PER_DAY": "BARRELS_PER_DAY",
    "BARREL": "BARRELS",
    "TONNE": "TONNES",
    "MULTIPLE": "TIMES",
    "PERCENT_OF_GDP": "PERCENT",
    "PERCENTAGE_POINT": "PERCENTAGE_POINTS",
}
_PLAIN = re.compile(r"[\W_]+")
_OWNER = re.compile("['\u2019]s\\b")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_PAIR = re.compile(r"([A-Z]{3})[<>-]([A-Z]{3})")
# A group that no list of areas has: "five", "3 countries".
_GROUP = re.compile(r"[a-z\d].*")
# One side of these is the buyer and the other the seller; of all others both are in the pair.
DIRECTED = {"arms_import_share": "<", "arms_import_volume": "<", "contract_value": "<"}
ONE_SIDED = ("world_arms_", "military_expenditure")

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class ScoredFigure:
    """One labelled figure beside what a reader answered; `wrong` names the slots that differ."""

    text_id: str
    kind: str
    label: Entry
    answer: Entry | None
    wrong: tuple[str, ...]

    @property
    def is_read(self) -> bool:
        """Whether it was found and every slot is right."""
        return self.answer is not None and not self.wrong

    @property
    def is_judged(self) -> bool:
        """Whether its verdict is one of those that are acceptable."""
        return self.answer is not None and self.answer.get("verdict") in self.label.get(
            "acceptable_verdicts", VERDICTS.codes
        )

    @property
    def is_wrongly_contradicted(self) -> bool:
        """Whether it is called contradicted and is not: the worst fault."""
        is_against = self.answer is not None and self.answer.get("verdict") == CONTRADICTED
        return is_against and not self.is_judged

    def __str__(self) -> str:
        said = f"{self.text_id} {self.label['stated_as']!r}"
        if self.answer is None:
            return f"{said}: not found"
        slots = "; ".join(
            f"{slot} {self.answer.get(_key(slot))!r}, not {self.label.get(_key(slot))!r}"
            for slot in self.wrong
        )
        verdict = "" if self.is_judged else f"verdict {self.answer.get('verdict')}"
        return f"{said}: {'; '.join(part for part in (slots, verdict) if part)}"


@dataclass(frozen=True)
class Score:
    """What a reader made of labelled texts; `noise` are the figures that no label has."""

    figures: tuple[ScoredFigure, ...]
    noise: tuple[str, ...]

    def summarise(self) -> dict[str, int]:
        """The counts that are reported."""
        return {
            "figures": len(self.figures),
            "found": sum(one.answer is not None for one in self.figures),
            "read": sum(one.is_read for one in self.figures),
            **{
                slot: sum(one.answer is not None and slot not in one.wrong for one in self.figures)
                for slot in SLOTS
            },
            "judged": sum(one.is_judged for one in self.figures),
            "wrongly contradicted": sum(one.is_wrongly_contradicted for one in self.figures),
            "contradicted on an assumption": sum(_is_assumed(one) for one in self.figures),
            "noise": len(self.noise),
        }

    def count_kinds(self) -> list[tuple[str, int, int, int]]:
        """Each kind of figure with how many there are, are read right and are judged acceptably."""
        totals = Counter(one.kind for one in self.figures)
        read = Counter(one.kind for one in self.figures if one.is_read)
        judged = Counter(one.kind for one in self.figures if one.is_judged)
        return [(kind, number, read[kind], judged[kind]) for kind, number in totals.most_common()]


def load_lines(path: Path) -> list[Entry]:
    """The texts of a file of labels or answers.

    Raises: InputError for a line that is no JSON object with an id and figures, or is published on no day.
    """
    entries = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            entry["id"], entry["figures"]
            date.fromisoformat(entry.get("published") or "2000-01-01")
        except (ValueError, KeyError, TypeError) as error:
            remedy = (
                "Write one JSON object a line, with id, figures and, where known, the day it was published."
            )
            place = Place(path.name, number)
            raise InputError(place, problem="is no labelled text", remedy=remedy) from error
        entries.append(entry)
    return entries


def answer_text(label: Entry, *, snapshot: Snapshot) -> Entry:
    """What this project's own reader and judge answer for a labelled text."""
    opened = open_text(label["text"].encode())
    day = label.get("published")
    _, _, dossier = label.get("options", "").partition("--dossier ")
    report = check_text(
        opened,
        snapshot=snapshot,
        published_on=date.fromisoformat(day) if day else None,
        dossier=dossier.strip() or None,
    )
    return {
        "id": label["id"],
        "figures": [_write_answer(claim) for claim in report.claims],
        "text": report.text,
    }


def score_answers(labels: Sequence[Entry], answers: Iterable[Entry]) -> Score:
    """Every labelled figure beside the answer at its place."""
    by_id = {answer["id"]: answer for answer in answers}
    figures: list[ScoredFigure] = []
    noise: list[str] = []
    for label in labels:
        answer = by_id.get(label["id"], {"figures": []})
        text = answer.get("text") or label["text"]
        left = [_place_answer(one, text) for one in answer["figures"]]
        end = 0
        for figure in label["figures"]:
            start = text.find(figure["stated_as"], end)
            start = text.find(figure["stated_as"]) if start < 0 else start
            end = start + len(figure["stated_as"])
            found = next((one for one in left if one["start"] < end and start < one["end"]), None)
            left = [one for one in left if one is not found]
            figures.append(_score_figure(label, figure, found))
        noise += [f"{label['id']} {one['stated_as']!r}" for one in left]
    return Score(tuple(figures), tuple(noise))


def write_score(score: Score, *, details: bool) -> Iterator[str]:
    """The score as lines of text: counts, kinds, and with `details` each figure that is not as labelled."""
    for name, number in score.summarise().items():
        yield f"{name:<30} {number:>5}"
    yield ""
    for kind, number, read, judged in score.count_kinds():
        yield f"{read:>3} read, {judged:>3} judged of {number:>3}  {kind}"
    if details:
        yield ""
        yield from (str(one) for one in score.figures if not (one.is_read and one.is_judged))
        yield from (f"{one}: no label has it" for one in score.noise)


def _write_answer(claim: CheckedClaim) -> Entry:
    found = claim.found
    value = float(found.value)
    if found.is_change and found.direction == "a fall" and found.unit_measure != "TIMES":
        value = -abs(value)
    elif claim.matched is not None and found.indicator == "trade_balance":
        value = -value if claim.interval_high is not None and claim.interval_high < 0 < value else value
    baseline = found.baseline
    if found.is_change and baseline is None and found.unit_measure == "PERCENT":
        # As it is judged: against the period before.
        baseline = step_back(found.period)
    periods = [one for one in (baseline, found.period) if one is not None]
    return {
        "stated_as": found.stated_as,
        "start": found.char_start,
        "value": value,
        "unit": found.unit_measure,
        "indicator": _name_measure(found.indicator, is_change=found.is_change),
        "parties": _name_parties(found.indicator, found.ref_area, found.counterpart_area),
        "period": " > ".join(map(_name_period, periods)),
        "hedge": found.hedge,
        "verdict": claim.now.verdict,
        "assumed": found.origins.list_slots(ASSUMED),
    }


def _name_measure(indicator: str | None, *, is_change: bool) -> str | None:
    return f"change of {indicator}" if is_change and indicator else indicator


def _name_parties(indicator: str | None, ref_area: str | None, counterpart: str | None) -> str | None:
    if ref_area is None:
        return None
    if indicator == "arms_export_share" and counterpart is not None:
        return f"{counterpart}>{ref_area}"
    is_alone = counterpart in {None, WORLD} or (indicator or "").startswith(ONE_SIDED)
    if is_alone:
        return ref_area
    return f"{ref_area}{DIRECTED.get(indicator or '', '-')}{counterpart}"


def _name_period(period: Period) -> str:
    if period.start is None and period.end is None:
        return "none"
    if period.basis == "part_year" and period.start and period.end:
        return f"{period.start:%Y-%m}..{period.end:%Y-%m}"
    return period.label


def _score_figure(label: Entry, figure: Entry, found: Entry | None) -> ScoredFigure:
    wrong = () if found is None else tuple(slot for slot in SLOTS if not _is_slot_right(slot, figure, found))
    kind = figure.get("kind") or _name_kind(figure)
    return ScoredFigure(label["id"], kind, figure, found, wrong)


def _key(slot: str) -> str:
    return "indicator" if slot == "measure" else slot


def _is_slot_right(slot: str, label: Entry, answer: Entry) -> bool:
    wanted, given = label.get(_key(slot)), answer.get(_key(slot))
    if slot == "value":
        # A fall or a deficit may be given by its size: the direction is in the measure's words.
        sizes = [abs(float(one or 0)) for one in (wanted, given)]
        return abs(sizes[0] - sizes[1]) <= RELATIVE * sizes[0]
    if slot == "measure":
        return _write_measure(wanted) == _write_measure(given)
    if slot == "parties":
        is_open = "-" in str(given)
        return _write_parties(wanted, is_open=is_open) == _write_parties(given, is_open=is_open)
    if slot == "unit":
        return bool(SAME_UNITS.get(str(wanted), wanted) == SAME_UNITS.get(str(given), given))
    if slot == "period":
        return _write_period(wanted) == _write_period(given)
    return bool(SAME_HEDGES.get(str(wanted), wanted) == given)


def _write_period(period: str | None) -> str:
    """A period in one form: "2018-01..10" and "2018-01/2018-10" are the same months."""
    plain = (period or "none").replace("/", "..")
    return re.sub(r"\b(\d{4})-(\d\d)\.\.(\d\d)\b(?!-)", r"\1-\2..\1-\3", plain)


def _write_measure(words: str | None) -> str:
    plain = _PLAIN.sub(" ", _OWNER.sub("", _BRACKETS.sub("", words or ""))).strip().lower()
    return SAME_MEASURES.get(plain, plain if plain != "none" else "")


def _write_parties(parties: str | None, *, is_open: bool) -> object:
    """Parties in one form; of a flow the measure says the direction, so that its pair is `is_open`."""
    plain = (parties or "none").replace("WORLD", WORLD)
    plain = re.sub(r"\bEU\b", "EUU", re.sub(rf"[<>-]{WORLD}$|^{WORLD}[<>-]", "", plain))
    if _GROUP.fullmatch(plain):
        return "none"
    pair = _PAIR.fullmatch(plain)
    return frozenset(pair.groups()) if pair and (is_open or "-" in plain) else plain


def _name_kind(figure: Entry) -> str:
    return f"{_write_measure(figure.get('indicator'))} in {figure.get('unit')}"


def _place_answer(answer: Entry, text: str) -> dict[str, Any]:
    start = answer.get("start")
    start = text.find(answer["stated_as"]) if start is None else start
    return {**answer, "start": start, "end": start + len(answer["stated_as"])}


def _is_assumed(figure: ScoredFigure) -> bool:
    answer = figure.answer
    return answer is not None and answer.get("verdict") == CONTRADICTED and bool(answer.get("assumed"))
