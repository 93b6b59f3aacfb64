"""Records: what a dossier's files must hold, read strictly and made to agree with themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from etl.documents.document_kinds import (
    AUTHOR_SEPARATOR,
    DOCUMENT_KINDS,
    SIGNS_IN_NAMES,
    list_authors,
    list_spellings,
    write_person,
)
from etl.documents.passages import hash_text
from etl.periods import (
    WINDOW_YEARS,
    Period,
    PeriodError,
    build_calendar_year,
    build_month,
    build_part_year,
    build_quarter,
    build_target_year,
    build_window,
    read_fiscal_year,
    read_span,
)
from etl.schemas.observations import AREA_PATTERN, SHA256_PATTERN
from etl.vocabulary import DATE_PRECISIONS, HEDGES, INDICATORS, PERIOD_BASES, TOPICS, UNITS, CodeList

UNKNOWN_CODE = "unknown_code"


def _accept_codes(codes: CodeList) -> AfterValidator:
    def refuse_unknown(code: str) -> str:
        if code not in codes:
            known = ", ".join(codes.codes)
            context = {"name": codes.name, "known": known}
            raise PydanticCustomError(UNKNOWN_CODE, "no such {name}; known are {known}", context)
        return code

    return AfterValidator(refuse_unknown)


def _read_date(written: object) -> object:
    return date.fromisoformat(written) if isinstance(written, str) else written


def _read_optional_date(written: object) -> object:
    return None if written == "" else _read_date(written)


def _read_count(written: object) -> object:
    return int(written) if isinstance(written, str) and written.isdecimal() else written


def _read_absent(written: object) -> object:
    return None if written == "" else written


# TOML has days of its own and CSV has none; both are read.
Day = Annotated[date, BeforeValidator(_read_date)]
Words = Annotated[str, Field(min_length=1)]
OptionalWords = Annotated[str | None, BeforeValidator(_read_absent)]
AreaCode = Annotated[str, Field(pattern=AREA_PATTERN)]
Sha256 = Annotated[str, Field(pattern=SHA256_PATTERN)]


class Record(BaseModel):
    """Strict: no key more than these, no type but the declared one, nothing changed afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class DossierRecord(Record):
    """`dossier.toml`: one bilateral relationship."""

    dossier_id: Words
    title: Words
    ref_area: AreaCode
    counterpart_area: AreaCode
    summary: Words


class PersonRecord(Record):
    """One `[[document.persons]]` entry: an author who is a person, the name in its two parts."""

    family: Words
    given: Words | None = None

    @model_validator(mode="after")
    def _refuse_separators(self) -> Self:
        if SIGNS_IN_NAMES & {*self.family, *(self.given or "")}:
            raise ValueError("a part of a name has no comma and no semicolon")
        return self


class DocumentRecord(Record):
    """The `[document]` table: what is known of a text."""

    title: Words
    title_basis: Literal["stated", "described"]
    publisher: OptionalWords = None
    author: OptionalWords = None
    published_on: Day
    published_on_precision: Literal["day", "month"]
    published_on_basis: Literal["stated", "inferred"]
    language: Words
    url: OptionalWords = None
    kind: Annotated[str, _accept_codes(DOCUMENT_KINDS)]
    # None where the text is not held: then no place in it is known either.
    text_sha256: Sha256 | None = None
    note: OptionalWords = None
    retrieved_on: Day | None = None
    # No list of authors tells persons from institutions, and a citation must.
    persons: list[PersonRecord] = []

    @property
    def author_persons(self) -> str | None:
        """The authors who are persons, each "family, given", as the table of documents holds them."""
        return AUTHOR_SEPARATOR.join(write_person(each.family, each.given) for each in self.persons) or None

    @model_validator(mode="after")
    def _agree_with_authors(self) -> Self:
        authors = list_authors(self.author)
        for person in self.persons:
            if len(list_spellings(person.family, person.given) & {*authors}) != 1:
                name = write_person(person.family, person.given)
                raise ValueError(f"the person {name!r} is none of the authors {authors}")
        return self


class ClaimRecord(Record):
    """One `[[claims]]` entry: one figure and its place in the text."""

    claim_id: Words
    indicator: Annotated[str, _accept_codes(INDICATORS)]
    ref_area: AreaCode
    counterpart_area: AreaCode
    commodity: Words
    time_period: OptionalWords = None
    period_start: Day | None = None
    period_end: Day | None = None
    period_basis: Annotated[str, _accept_codes(PERIOD_BASES)]
    value: Annotated[float, Field(allow_inf_nan=False)]
    unit_measure: Annotated[str, _accept_codes(UNITS)]
    hedge: Annotated[str, _accept_codes(HEDGES)]
    stated_as: Words
    attributed_to: OptionalWords = None
    paragraph: Annotated[int, Field(ge=1)] | None = None
    char_start: Annotated[int, Field(ge=0)] | None = None
    char_end: Annotated[int, Field(ge=1)] | None = None
    quote_sha256: Sha256
    paragraph_sha256: Sha256 | None = None
    topic: Annotated[str, _accept_codes(TOPICS)]
    note: OptionalWords = None

    @model_validator(mode="after")
    def _agree_with_fragment(self) -> Self:
        # Each of these could be derived from the others; that they agree proves that the record was made from
        # the text.
        if self.char_start is not None and self.char_end is not None:
            length = self.char_end - self.char_start
            if length != len(self.stated_as):
                raise ValueError(
                    f"char_end less char_start is {length}, "
                    f"but stated_as has {len(self.stated_as)} characters"
                )
        if self.quote_sha256 != hash_text(self.stated_as):
            raise ValueError(f"quote_sha256 is not that of stated_as, which is {hash_text(self.stated_as)}")
        return self

    @model_validator(mode="after")
    def _agree_with_basis(self) -> Self:
        # The label is how a reader sees the period, the days are how it is compared: neither may stray from
        # the other.
        expected = _read_period(self.period_basis, self.time_period, self.period_start, self.period_end)
        stated = (self.period_start, self.period_end, self.time_period)
        if stated != (expected.start, expected.end, expected.label or None):
            raise ValueError(
                f"a {self.period_basis} {self.time_period!r} runs {expected.start} to {expected.end} and "
                f"is written {expected.label!r}; the record has {self.period_start} to {self.period_end}"
            )
        return self


class DocumentFile(Record):
    """`documents/<document_id>.toml`: the record of one text and its claims."""

    document: DocumentRecord
    claims: list[ClaimRecord] = []

    @model_validator(mode="after")
    def _agree_with_text(self) -> Self:
        is_held = self.document.text_sha256 is not None
        for claim in self.claims:
            place = (claim.paragraph, claim.char_start, claim.char_end, claim.paragraph_sha256)
            # Of a text that is not held a paragraph may have been counted, and nothing else.
            if is_held and None in place:
                raise ValueError(f"claim {claim.claim_id}: of a text that is held every place is recorded")
            if not is_held and place[1:] != (None, None, None):
                raise ValueError(f"claim {claim.claim_id}: a place in a text that has no text_sha256")
        return self


class MilestoneRecord(Record):
    """One row of `milestones.csv`: one event as one document dates it."""

    milestone_id: Words
    event: Words
    happened_on: Annotated[date | None, BeforeValidator(_read_optional_date)]
    date_precision: Annotated[str, _accept_codes(DATE_PRECISIONS)]
    date_text: OptionalWords
    title: Words
    kind: Words
    document_id: Words
    paragraph: Annotated[int, Field(ge=1), BeforeValidator(_read_count)]
    note: OptionalWords

    @model_validator(mode="after")
    def _agree_with_precision(self) -> Self:
        if (self.date_precision == "undated") != (self.happened_on is None):
            raise ValueError("an undated milestone has no happened_on, and every other has one")
        return self


def _read_period(basis: str, label: str | None, start: date | None, end: date | None) -> Period:
    if basis == "present":
        return Period(None, None, basis, "")
    if label is None or end is None:
        raise ValueError(f"a period of basis {basis} needs time_period and period_end")
    if basis == "up_to_date":
        # "By 2025" names the year and not its end: the label keeps which of the two the text says.
        is_year_alone = label == f"../{end.year}" and (end.month, end.day) == (12, 31)
        return Period(None, end, basis, label if is_year_alone else f"../{end.isoformat()}")
    try:
        return _PERIOD_READERS[basis](label, start or end, end)
    except PeriodError as error:
        raise ValueError(str(error)) from error


def _read_window(label: str, _start: date, _end: date) -> Period:
    first, last = read_span(label)
    if last - first + 1 != WINDOW_YEARS:
        # A text may misprint a window; it keeps the years it prints.
        return Period(date(first, 1, 1), date(last, 12, 31), "five_year_window", label)
    return build_window(first)


_PERIOD_READERS: dict[str, Callable[[str, date, date], Period]] = {
    "calendar_year": lambda label, _start, _end: build_calendar_year(int(label)),
    "fiscal_year_in": lambda label, _start, _end: read_fiscal_year(label),
    "five_year_window": _read_window,
    "quarter": lambda label, _start, _end: build_quarter(int(label[:4]), int(label[6:])),
    "month": lambda label, _start, _end: build_month(int(label[:4]), int(label[5:])),
    "part_year": lambda _label, start, end: build_part_year(start, end),
    "day": lambda label, _start, end: Period(date.fromisoformat(label), end, "day", label),
    "target_year": lambda label, _start, _end: build_target_year(int(label)),
}
