"""What a snapshot answers about one of its rows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from etl.snapshot.citations.formats import Citation
from etl.vocabulary import VerdictMark


@dataclass(frozen=True)
class EvidenceLine:
    """One labelled line of an evidence: what it is, what it says, and where that leads."""

    label: str
    text: str
    url: str | None = None
    row_id: str | None = None


@dataclass(frozen=True)
class Operand:
    """One number that a derived value was worked out from."""

    row_id: str
    label: str
    value_text: str


@dataclass(frozen=True)
class Working:
    """One step of a derivation: the rule in words, the sum as a reader can repeat it, and its operands."""

    rule: str
    sum_text: str
    operands: tuple[Operand, ...]


@dataclass(frozen=True)
class Alternative:
    """Another value for the same thing: another vintage, another publisher, or a document."""

    row_id: str
    label: str
    vintage: date
    value_text: str


@dataclass(frozen=True)
class Citing:
    """A claim that was held against the row."""

    claim_id: str
    document_id: str
    document_title: str
    stated_as: str
    verdict: str
    mark: VerdictMark


@dataclass(frozen=True)
class Judgement:
    """A verdict on a claim on one day, in words and sums."""

    occasion: str
    as_of: date
    verdict: str
    reason: str
    explanation: str
    arithmetic: str
    newest: str | None
    references: tuple[Operand, ...]
    mark: VerdictMark


@dataclass(frozen=True)
class Evidence:
    """Everything that stands behind one point.

    `headline` is the value as a reader says it; `says` who says it and where; `workings` how it was worked
    out; `mark` (claims only) what a reader sees of the verdict now, `reason` its code; `judgements` the
    verdicts of the day of printing and of the snapshot's day; `others`
    other values for the same thing, newest first; `cited_by` claims held against it; `footnotes` numbers of
    the source list; `reference` how to cite it, and `citation` that in words.
    """

    row_id: str
    kind: str
    title: str
    headline: str
    period: str
    status: str
    verdict: str | None
    reason: str | None
    mark: VerdictMark | None
    says: tuple[EvidenceLine, ...]
    workings: tuple[Working, ...]
    judgements: tuple[Judgement, ...]
    others: tuple[Alternative, ...]
    cited_by: tuple[Citing, ...]
    footnotes: tuple[int, ...]
    citation: str
    reference: Citation

    @property
    def bibtex(self) -> str:
        """How to cite it as a BibTeX entry, written when asked for: it costs more than all the rest."""
        return self.reference.bibtex

    def list_parts(self) -> dict[str, Any]:
        """Plain values by name, the BibTeX entry among them, for files and answers that hold all of it."""
        parts = asdict(self)
        reference = parts.pop("reference")
        return {**parts, "bibtex": self.bibtex, "reference": reference}


@dataclass(frozen=True)
class Footnote:
    """One entry of the source list; numbers are the same on every page of a snapshot."""

    number: int
    key: str
    kind: str
    text: str
    url: str | None


@dataclass(frozen=True)
class Dossier:
    """One bilateral relationship and the words for its two sides."""

    dossier_id: str
    title: str
    ref_area: str
    counterpart_area: str
    ref_label: str
    counterpart_label: str
    ref_possessive: str
    counterpart_possessive: str
    summary: str
