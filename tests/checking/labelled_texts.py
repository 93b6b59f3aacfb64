"""Labelled texts: short texts with every figure marked by hand, and how a check of them compares."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import etl
from etl.checking import CheckedClaim

FOLDER = Path(__file__).parent / "labelled"
# "A third", written 33.33 in one label and 33.3333 in another.
RELATIVE = 1e-4


@dataclass(frozen=True)
class Label:
    """One figure as a person reads and judges it."""

    stated_as: str
    start: int
    end: int
    value: float
    unit_measure: str
    verdict: str
    verdict_then: str | None
    slip: str | None


@dataclass(frozen=True)
class LabelledText:
    """One text with its labels."""

    name: str
    text: str
    published_on: date | None
    labels: tuple[Label, ...]
    not_claims: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """One label beside what the check found at its place; `claim` is None where it found nothing."""

    name: str
    label: Label
    claim: CheckedClaim | None

    @property
    def is_found(self) -> bool:
        """Whether the figure was found with its value and unit."""
        if self.claim is None:
            return False
        found = self.claim.found
        is_near = abs(float(found.value) - self.label.value) <= RELATIVE * abs(self.label.value)
        return is_near and found.unit_measure == self.label.unit_measure

    @property
    def verdict(self) -> str | None:
        """The verdict as of now."""
        return None if self.claim is None else self.claim.now.verdict

    def __str__(self) -> str:
        said = f"{self.name}: {self.label.stated_as!r} is {self.label.verdict}"
        if self.claim is None:
            return f"{said}, not found"
        return f"{said}, judged {self.verdict}: {self.claim.now.explanation}"


@dataclass(frozen=True)
class Score:
    """What a check of many labelled texts gave."""

    compared: tuple[Compared, ...]
    found: int
    extra: tuple[str, ...]

    @property
    def hits(self) -> list[Compared]:
        """Labels that were found."""
        return [one for one in self.compared if one.is_found]

    @property
    def precision(self) -> float:
        """Of what was found, the part that is labelled."""
        return len(self.hits) / self.found

    @property
    def recall(self) -> float:
        """Of what is labelled, the part that was found."""
        return len(self.hits) / len(self.compared)

    @property
    def disagreements(self) -> list[Compared]:
        """Labels that were found and judged otherwise."""
        return [one for one in self.hits if one.verdict != one.label.verdict]

    @property
    def agreement(self) -> float:
        """Of what was found, the part that is judged as labelled."""
        return 1 - len(self.disagreements) / len(self.hits)

    @property
    def falsely_contradicted(self) -> list[Compared]:
        """What is called contradicted and is not."""
        return [one for one in self.disagreements if one.verdict == "contradicted"]


def load_texts(part: str) -> list[LabelledText]:
    """The texts of one part: `tuning`, `held_out` or `blind`."""
    return [_read_text(path) for path in sorted((FOLDER / part).glob("*.toml"))]


def score_texts(texts: list[LabelledText], snapshot: etl.Snapshot) -> Score:
    """Every text checked and compared with its labels."""
    compared: list[Compared] = []
    found, extra = 0, []
    for text in texts:
        claims = etl.check_text(text.text, snapshot=snapshot, published_on=text.published_on).claims
        found += len(claims)
        pairs = [(label, _find_at(claims, label)) for label in text.labels]
        compared += [Compared(text.name, label, claim) for label, claim in pairs]
        known = {claim.claim_id for _, claim in pairs if claim is not None}
        extra += [f"{text.name}: {one.found.stated_as!r}" for one in claims if one.claim_id not in known]
    return Score(tuple(compared), found, tuple(extra))


def _find_at(claims: tuple[CheckedClaim, ...], label: Label) -> CheckedClaim | None:
    touching = (
        one for one in claims if one.found.char_start < label.end and label.start < one.found.char_end
    )
    return next(touching, None)


def _read_text(path: Path) -> LabelledText:
    content = tomllib.loads(path.read_text("utf-8"))
    day = content.get("published_on") or None
    return LabelledText(
        path.stem,
        content["text"],
        date.fromisoformat(day) if day else None,
        tuple(_read_labels(content)),
        tuple(content.get("not_claims", ())),
    )


def _read_labels(content: dict[str, Any]) -> Iterator[Label]:
    text: str = content["text"]
    for entry in content.get("claims", ()):
        start = -1
        for _ in range(entry.get("occurrence", 1)):
            start = text.index(entry["stated_as"], start + 1)
        yield Label(
            entry["stated_as"],
            start,
            start + len(entry["stated_as"]),
            float(entry["value"]),
            entry["unit_measure"],
            entry["verdict"],
            entry.get("verdict_then"),
            entry.get("slip"),
        )
