"""The JSON Schemas of checking: the text that comes in, and the report that goes out."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

import etl
from dashboard.api.schemas import DAY, Schema, close_object, describe_column, find_column

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
NULL: Schema = {"type": "null"}
COUNT: Schema = {"type": "integer", "minimum": 0}
TEXTS: Schema = {"type": "array", "items": TEXT}


class CheckRequest(BaseModel):
    """A text to be checked."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(
        min_length=1, max_length=etl.TEXT_LIMITS.text_bytes, description="the text, as paragraphs on lines"
    )
    published_on: date | None = Field(
        None, description="the day it came out; with it, claims are also judged for that day"
    )
    dossier: str | None = Field(
        None, description="the relationship that is meant where the text does not name both sides"
    )


def describe_report() -> Schema:
    """The JSON Schema of a report."""
    verdicts = {code.code: COUNT for code in etl.list_codes("verdict")}
    properties = {
        "layout": {"type": "string", "const": "footnoted-check/1"},
        "snapshot_id": TEXT,
        "as_of": DAY,
        "published_on": _or_null(DAY),
        "title": _or_null(TEXT),
        "kind": TEXT,
        "text_sha256": {**TEXT, "description": "the text itself is not repeated"},
        "text_characters": COUNT,
        "verdicts": close_object(verdicts, description="how many figures have each verdict now"),
        "claims": {"type": "array", "items": _describe_claim()},
        "notes": {**TEXTS, "description": "what was done to the text before it was read"},
        "limits": {**TEXTS, "description": "what is read and what is not"},
    }
    return close_object(properties, description="the figures of a text, each judged then and now")


def _describe_claim() -> Schema:
    verdict = _describe_verdict()
    slip = {"code": _describe_code("slip"), "sentence": TEXT, "reference_ids": TEXTS}
    slips = close_object(slip, description="a likely slip, and what may be meant")
    series = close_object(
        {
            "indicator": _describe_coded("indicator"),
            **dict.fromkeys(("ref_area", "counterpart_area"), _describe_area()),
            "commodity": TEXT,
            "unit_measure": _describe_coded("unit_measure"),
        },
        description="the series it was held against",
    )
    properties = {
        "claim_id": TEXT,
        "stated_as": {**TEXT, "description": "the figure as printed"},
        "paragraph": {"type": "integer", "minimum": 1},
        "sentence": TEXT,
        "target": close_object(
            {"selector": {"type": "array", "items": _describe_selector()}},
            description="its place in the text, as a W3C Web Annotation target",
        ),
        "read_as": _describe_reading(),
        "matched": _or_null(series),
        "then": {**_or_null(verdict), "description": "as known on the day of the text; null without one"},
        "now": verdict,
        "slips": {"type": "array", "items": slips},
    }
    return close_object(properties, description="one figure")


def _describe_selector() -> Schema:
    quote = {"type": {"const": "TextQuoteSelector"}, "exact": TEXT, "prefix": TEXT, "suffix": TEXT}
    position = {"type": {"const": "TextPositionSelector"}, "start": COUNT, "end": COUNT}
    return {
        "oneOf": [
            close_object(quote, description="what is printed, and what stands around it"),
            close_object(position, description="characters from 0"),
        ]
    }


def _describe_reading() -> Schema:
    period = close_object(
        {
            "period_basis": _describe_coded("period_basis"),
            "time_period": _or_null(TEXT),
            "period_start": _or_null(DAY),
            "period_end": _or_null(DAY),
        },
        description="a period",
    )
    properties = {
        "words": TEXT,
        "indicator": _or_null(_describe_coded("indicator")),
        **dict.fromkeys(("ref_area", "counterpart_area"), _or_null(_describe_area())),
        "commodity": TEXT,
        "period": _or_null(period),
        "baseline": _or_null(period),
        "is_change": {"type": "boolean"},
        "value": NUMBER,
        "unit_measure": _describe_coded("unit_measure"),
        "hedge": _describe_coded("hedge"),
        "value_low": _or_null(NUMBER),
        "value_high": _or_null(NUMBER),
        "attributed_to": _or_null(TEXT),
        "readings": {**TEXTS, "description": "what was inferred, in words"},
    }
    return close_object(properties, description="how the figure was read")


def _describe_verdict() -> Schema:
    properties = {
        "verdict": _describe_coded("verdict"),
        "reason": _describe_coded("reason"),
        "as_of": DAY,
        "explanation": TEXT,
        "arithmetic": TEXT,
        "reference_ids": {**TEXTS, "description": "observations it was held against, see /evidence/{row_id}"},
        "newest_period": _or_null(TEXT),
        "newest_value": _or_null(NUMBER),
    }
    return close_object(properties, description="one verdict, with its sum")


def _describe_area() -> Schema:
    return describe_column(find_column("areas", "area"))


def _describe_coded(code_list: str) -> Schema:
    return {**_describe_code(code_list), "description": f"a code of the list {code_list}"}


def _describe_code(code_list: str) -> Schema:
    return {"type": "string", "enum": [code.code for code in etl.list_codes(code_list)]}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, NULL]}
