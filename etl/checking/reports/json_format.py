"""A report as JSON with keys that stay: the models here are its one description, for writing and for readers.

Each figure has a W3C Web Annotation target, which points into the text that the text's hash names.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from etl.checking.reports.report import CheckedClaim, CheckReport
from etl.checking.reports.wording import LIMITS, AreaNames, describe_reading
from etl.documents.passages import hash_text
from etl.periods import Period
from etl.schemas.areas import Areas
from etl.vocabulary import HEDGES, INDICATORS, MARKS, PERIOD_BASES, REASONS, SLIPS, UNITS, VERDICTS, CodeList

Schema = dict[str, Any]
# JSON may hold them as they are, but a terminal or an editor would obey them.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_AREA = next(entry for entry in Areas.describe_columns("areas") if entry.column == "area")


@dataclass(frozen=True)
class OfList:
    """Makes a string a code of a list: another one is a fault, and the JSON Schema has the codes."""

    codes: CodeList

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.find, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
        said = f"a code of the list {self.codes.name}"
        return {**handler(schema), "enum": self.codes.codes, "description": said}

    def find(self, code: str) -> str:
        """The code.

        Raises: UnknownVocabularyError where the list does not hold it.
        """
        return self.codes.entry(code).code


@dataclass(frozen=True)
class PerCode:
    """Makes a mapping one with a key for each code of a list, in its JSON Schema too."""

    codes: CodeList

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
        value = handler(schema)["additionalProperties"]
        return {
            "type": "object",
            "properties": dict.fromkeys(self.codes.codes, value),
            "required": self.codes.codes,
            "additionalProperties": False,
        }


Count = Annotated[int, Field(ge=0)]
Area = Annotated[str, Field(pattern=_AREA.pattern, description=_AREA.description)]
Indicator = Annotated[str, OfList(INDICATORS)]
Unit = Annotated[str, OfList(UNITS)]


class WrittenModel(BaseModel):
    """A part of a report in JSON: it has these keys, all of them and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class QuoteSelector(WrittenModel):
    """What is printed, and what stands around it."""

    type: Literal["TextQuoteSelector"]
    exact: str
    prefix: str
    suffix: str


class PositionSelector(WrittenModel):
    """Characters from 0."""

    type: Literal["TextPositionSelector"]
    start: Count
    end: Count


class WrittenTarget(WrittenModel):
    """Its place in the text, as a W3C Web Annotation target."""

    selector: tuple[QuoteSelector, PositionSelector]


class WrittenPeriod(WrittenModel):
    """A period."""

    period_basis: Annotated[str, OfList(PERIOD_BASES)]
    time_period: str | None
    period_start: date | None
    period_end: date | None


class WrittenOrigin(WrittenModel):
    """How a slot was obtained: stated in the sentence, carried from a named place, or assumed."""

    how: Literal["stated", "carried", "assumed"]
    place: str = Field(description="where a carried one comes from; empty for others")


class WrittenOrigins(WrittenModel):
    """How each slot was obtained: nothing is contradicted on one that is assumed."""

    measure: WrittenOrigin
    parties: WrittenOrigin
    period: WrittenOrigin


class WrittenReading(WrittenModel):
    """How the figure was read."""

    words: str
    indicator: Indicator | None
    ref_area: Area | None
    counterpart_area: Area | None
    commodity: str
    period: WrittenPeriod | None
    baseline: WrittenPeriod | None
    is_change: bool
    value: float
    unit_measure: Unit
    hedge: Annotated[str, OfList(HEDGES)]
    value_low: float | None
    value_high: float | None
    attributed_to: str | None
    readings: tuple[str, ...] = Field(description="what was inferred, in words")
    origins: WrittenOrigins


class WrittenSeries(WrittenModel):
    """The series it was held against."""

    indicator: Indicator
    ref_area: Area
    counterpart_area: Area
    commodity: str
    unit_measure: Unit


class WrittenVerdict(WrittenModel):
    """One verdict, with its sum."""

    verdict: Annotated[str, OfList(VERDICTS)]
    reason: Annotated[str, OfList(REASONS)]
    as_of: date
    explanation: str
    arithmetic: str
    reference_ids: tuple[str, ...] = Field(
        description="observations it was held against, see /evidence/{row_id}"
    )
    newest_period: str | None
    newest_value: float | None


class WrittenSlip(WrittenModel):
    """A likely slip, and what may be meant."""

    code: Annotated[str, OfList(SLIPS)]
    sentence: str
    reference_ids: tuple[str, ...]


class WrittenClaim(WrittenModel):
    """One figure."""

    claim_id: str
    stated_as: str = Field(description="the figure as printed")
    paragraph: int = Field(ge=1)
    sentence: str
    target: WrittenTarget
    read_as: WrittenReading
    matched: WrittenSeries | None
    then: WrittenVerdict | None = Field(description="as known on the day of the text; null without one")
    now: WrittenVerdict
    slips: tuple[WrittenSlip, ...]


class WrittenReport(WrittenModel):
    """The figures of a text, each judged then and now."""

    layout: Literal["footnoted-check/1"]
    snapshot_id: str
    as_of: date
    published_on: date | None
    title: str | None
    kind: str
    text_sha256: str = Field(description="the text itself is not repeated")
    text_characters: Count
    verdicts: Annotated[dict[str, Count], PerCode(MARKS)] = Field(
        description="how many figures have each verdict now; what is supported only roughly is counted apart"
    )
    claims: tuple[WrittenClaim, ...]
    notes: tuple[str, ...] = Field(description="what was done to the text before it was read")
    limits: tuple[str, ...] = Field(description="what is read and what is not")


def write_json(report: CheckReport, names: AreaNames) -> str:
    """The report without the text, which its hash and the selectors point into."""
    content = WrittenReport(
        layout="footnoted-check/1",
        snapshot_id=report.snapshot_id,
        as_of=report.as_of,
        published_on=report.published_on,
        title=report.title,
        kind=report.kind,
        text_sha256=hash_text(report.text),
        text_characters=len(report.text),
        verdicts=report.count_marks(),
        claims=tuple(_write_claim(claim, names) for claim in report.claims),
        notes=report.notes,
        limits=LIMITS,
    )
    written = json.dumps(content.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", written) + "\n"


def describe_json() -> Schema:
    """The JSON Schema of what `write_json` writes."""
    return WrittenReport.model_json_schema(mode="serialization")


def _write_claim(claim: CheckedClaim, names: AreaNames) -> WrittenClaim:
    found, printing = claim.found, claim.printing
    return WrittenClaim(
        claim_id=claim.claim_id,
        stated_as=found.stated_as,
        paragraph=found.paragraph,
        sentence=found.sentence,
        target=WrittenTarget.model_validate({"selector": found.build_selectors()}),
        read_as=_write_reading(claim, names),
        matched=None if claim.matched is None else WrittenSeries.model_validate(claim.matched),
        then=None if printing is None else WrittenVerdict.model_validate(printing),
        now=WrittenVerdict.model_validate(claim.now),
        slips=tuple(WrittenSlip.model_validate(slip) for slip in claim.slips),
    )


def _write_reading(claim: CheckedClaim, names: AreaNames) -> WrittenReading:
    found = claim.found
    return WrittenReading(
        words=str(describe_reading(claim, names)),
        indicator=found.indicator,
        ref_area=found.ref_area,
        counterpart_area=found.counterpart_area,
        commodity=found.commodity,
        period=_write_period(found.period),
        baseline=_write_period(found.baseline),
        is_change=found.is_change,
        value=float(found.value),
        unit_measure=found.unit_measure,
        hedge=found.hedge,
        value_low=claim.interval_low,
        value_high=claim.interval_high,
        attributed_to=found.attributed_to,
        readings=found.readings,
        origins=WrittenOrigins.model_validate(found.origins),
    )


def _write_period(period: Period | None) -> WrittenPeriod | None:
    if period is None:
        return None
    return WrittenPeriod(
        period_basis=period.basis,
        time_period=period.label or None,
        period_start=period.start,
        period_end=period.end,
    )
