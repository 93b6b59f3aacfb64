"""Answers of UN Comtrade's programming interface: JSON records in their envelope, numbers as they are
printed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from etl.errors import InputError
from etl.provenance import RawFile
from etl.readers.comtrade_columns import PLUS_COLUMNS
from etl.readers.delimited_text import decode_western
from etl.readers.json_values import read_printed_json
from etl.readers.limits import LARGEST_JSON, MOST_RECORDS
from etl.reading import CsvText, InputRow, Rejected

# The envelope and the first record stand well within; whole answers are tens of megabytes.
HEAD_BYTES = 16_384
RECORD_NAMES = (b'"reporterCode"', b'"partnerCode"', b'"flowCode"', b'"cmdCode"')
ENVELOPE_NAMES = (b'"elapsedTime"', b'"count"', b'"data"')
REFUSAL_NAMES = (b'"statusCode"', b'"message"')
# The most records that the interface gives for a preview, with a free key and with a subscription.
CEILINGS = (500, 100_000, 250_000)
_OPENING = re.compile(rb"(\xef\xbb\xbf)?\s*[{\[]")


@dataclass(frozen=True)
class ComtradeAnswer:
    """The records of an answer as rows, numbered from 1, and what to say of them all."""

    text: CsvText
    notes: tuple[str, ...]


def looks_like_answer(file: RawFile) -> bool:
    """Whether the file is JSON with Comtrade's records, its empty envelope, or its refusal of a question."""
    head = file.content[:HEAD_BYTES]
    if not _OPENING.match(head):
        return False
    return any(all(name in head for name in names) for names in (RECORD_NAMES, ENVELOPE_NAMES, REFUSAL_NAMES))


def read_answer(file: RawFile) -> ComtradeAnswer:
    """All records of an answer; an excerpt says of each of its rows that it is one.

    Raises: InputError where the answer is an error or empty, or is no JSON of this kind.
    """
    if len(file.content) > LARGEST_JSON:
        raise InputError(file.name, problem="an answer of more than 64 MiB", remedy="Ask for less at a time.")
    envelope = _find_envelope(file, _read_json(file))
    _refuse_error(file, envelope)
    records = envelope["data"]
    if not records:
        raise InputError(
            file.name,
            problem="an answer without records: Comtrade has none for this question",
            remedy="Check reporter, partner, flow, commodity and period, and ask again.",
        )
    if len(records) > MOST_RECORDS:
        raise InputError(
            file.name,
            problem=f"{len(records):,} records, more than any answer of the interface",
            remedy="Ask for fewer at a time, and add each answer as a file of its own.",
        )
    rows, rejected = [], []
    for number, record in enumerate(records, start=1):
        if isinstance(record, dict):
            rows.append(InputRow(number, dict.fromkeys(PLUS_COLUMNS, "") | _write_cells(record)))
        else:
            rejected.append(_reject_record(file, number, record))
    text = CsvText(PLUS_COLUMNS, tuple(rows), tuple(rejected))
    return ComtradeAnswer(text, _describe_extent(file, envelope.get("count"), len(records)))


def _read_json(file: RawFile) -> Any:
    try:
        return read_printed_json(decode_western(file).encode(), name=file.name)
    except ValueError as error:
        raise InputError(
            file.name, problem=f"not complete JSON: {error}", remedy="Ask Comtrade again."
        ) from error


def _find_envelope(file: RawFile, answer: Any) -> dict[str, Any]:
    """The object that holds the records: the whole answer, or one that a wrapper has put inside another."""
    if isinstance(answer, list):
        return {"data": answer}
    inner = [value for value in answer.values() if isinstance(value, dict)]
    for candidate in (answer, *inner):
        if isinstance(candidate.get("data"), list):
            return dict(candidate)
    _refuse_error(file, answer)
    raise InputError(
        file.name, problem='no list of records under "data"', remedy="Ask Comtrade again, format JSON."
    )


def _refuse_error(file: RawFile, envelope: dict[str, Any]) -> None:
    error = envelope.get("error") or (envelope.get("message") if "statusCode" in envelope else None)
    if error:
        said = error.get("message", error) if isinstance(error, dict) else error
        raise InputError(
            file.name, problem=f"Comtrade refused the question: {said}", remedy="Correct it and ask again."
        )


def _describe_extent(file: RawFile, count: Any, found: int) -> tuple[str, ...]:
    if count is not None and not re.fullmatch(r"\d{1,9}", str(count)):
        raise InputError(
            file.name, problem="the count of records is no number", value=count, remedy="Ask Comtrade again."
        )
    # An excerpt is read, but says in every note that it is one.
    if count is not None and int(count) > found:
        return (f"partial: {found} of {int(count)} rows",)
    if count is not None and int(count) < found:
        return (f"{found} rows where the answer counts {int(count)}",)
    return (f"{found} rows, the most that one answer holds: there may be more",) if found in CEILINGS else ()


def _write_cells(record: dict[str, Any]) -> dict[str, str]:
    return {name: _write_cell(value) for name, value in record.items()}


def _write_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else json.dumps(value)


def _reject_record(file: RawFile, number: int, record: Any) -> Rejected:
    return Rejected(
        file.name,
        number,
        None,
        None,
        "not_a_record",
        "an entry of the answer that is no record",
        "Ask Comtrade again.",
        json.dumps(record)[:200],
    )
