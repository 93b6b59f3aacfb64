"""Found claims: one figure of a text and everything that its words say of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.documents.passages import Selector, build_selectors
from etl.documents.prose.origins import ALL_STATED, Origins
from etl.periods import Period


@dataclass(frozen=True)
class Parties:
    """The two sides of a relationship: importer and supplier, or reporter and partner."""

    ref_area: str
    counterpart_area: str


@dataclass(frozen=True)
class FoundClaim:
    """One figure as a text states it: what the words do not say is None, what was inferred is in `readings`.

    `period` has the basis `present` where none is stated. `baseline` is what a change is measured from,
    `direction` which way it goes, where the words say: a rise or a fall.
    `read_as` is the fragment its precision is read from; it differs from `stated_as` where a unit is printed
    once for two figures ("from 13 to 27 billion dollars"). `commodity` is TOTAL, an HS code, or a weapon's
    name as printed.
    `origins` says of measure, parties and period whether its sentence states them, a named place before it
    does, or nothing.
    """

    stated_as: str
    read_as: str
    char_start: int
    char_end: int
    paragraph: int
    prefix: str
    suffix: str
    value: Decimal
    unit_measure: str
    hedge: str
    indicator: str | None
    ref_area: str | None
    counterpart_area: str | None
    commodity: str
    period: Period
    baseline: Period | None
    is_change: bool
    attributed_to: str | None
    sentence: str
    readings: tuple[str, ...]
    # Nothing is judged contradicted on what is assumed (etl/checking).
    origins: Origins = ALL_STATED
    # A rise does not support a fall.
    direction: str | None = None

    def build_selectors(self) -> tuple[Selector, Selector]:
        """The quote with its context and the position, as W3C Web Annotation selectors."""
        quote, position = build_selectors(self.stated_as, char_start=self.char_start, char_end=self.char_end)
        return {**quote, "prefix": self.prefix, "suffix": self.suffix}, position
