"""The shelf: every dossier under datasets/, with its documents, claims and milestones as tables."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
from pydantic import ValidationError

from etl.countries import AreaBook, load_areas
from etl.documents.passages import hash_text
from etl.documents.precision import SET_INDICATORS, Interval, PrecisionError, read_interval
from etl.documents.records import (
    UNKNOWN_CODE,
    ClaimRecord,
    DocumentFile,
    DossierRecord,
    MilestoneRecord,
    Record,
)
from etl.errors import InputError, Place, UnknownCodeError
from etl.schemas.claims import Claims
from etl.schemas.documents import Documents
from etl.schemas.dossiers import Dossiers
from etl.schemas.milestones import Milestones
from etl.schemas.table import Table

Row = dict[str, Any]
AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True)
class DocumentTables:
    """The four tables that dossiers give a snapshot."""

    documents: pl.DataFrame
    claims: pl.DataFrame
    milestones: pl.DataFrame
    dossiers: pl.DataFrame


@dataclass(frozen=True)
class _Shelved:
    """Rows of the four tables, each with the file that gave it."""

    documents: list[tuple[str, Row]]
    claims: list[tuple[str, Row]]
    milestones: list[tuple[str, Row]]
    dossiers: list[tuple[str, Row]]


def load_documents(datasets: Path) -> DocumentTables:
    """All dossiers of a datasets folder as checked tables.

    Raises: InputError with file, entry, value and remedy; UnknownCodeError for a code that no list has.
    """
    areas = load_areas(datasets)
    shelved = _Shelved([], [], [], [])
    for path in sorted((datasets / "dossiers").glob("*/dossier.toml")):
        _shelve_dossier(path, datasets=datasets, areas=areas, shelved=shelved)
    for rows, key in (
        (shelved.documents, "document_id"),
        (shelved.claims, "claim_id"),
        (shelved.milestones, "milestone_id"),
        (shelved.dossiers, "dossier_id"),
    ):
        _refuse_duplicates(rows, key=key)
    _refuse_orphans(shelved)
    return DocumentTables(
        documents=_build_table(Documents, shelved.documents),
        claims=_build_table(Claims, shelved.claims),
        milestones=_build_table(Milestones, shelved.milestones),
        dossiers=_build_table(Dossiers, shelved.dossiers),
    )


def read_text(datasets: Path, document_id: str, *, text_sha256: str) -> str | None:
    """The text of a document, with its line ends as they are; None where it is absent or another text."""
    path = datasets / "texts" / f"{document_id}.txt"
    if not path.is_file():
        return None
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if hash_text(text) == text_sha256 else None


def _shelve_dossier(path: Path, *, datasets: Path, areas: AreaBook, shelved: _Shelved) -> None:
    name = path.relative_to(datasets).as_posix()
    subject = f"dossier {path.parent.name}"
    record = _validate(DossierRecord, _read_toml(path, name=name), name=name, subject=subject)
    if record.dossier_id != path.parent.name:
        raise InputError(
            Place(name, column="dossier_id"),
            problem="differs from the folder's name",
            value=record.dossier_id,
            remedy=f"Write {path.parent.name!r}, or rename the folder.",
        )
    shelved.dossiers.append((name, {**record.model_dump(), **_name_sides(record, areas)}))
    for document_path in sorted((path.parent / "documents").glob("*.toml")):
        _shelve_document(document_path, datasets=datasets, dossier=record.dossier_id, shelved=shelved)
    milestones_path = path.parent / "milestones.csv"
    if milestones_path.exists():
        milestones_name = milestones_path.relative_to(datasets).as_posix()
        rows = _read_milestones(milestones_path, name=milestones_name)
        shelved.milestones.extend((milestones_name, row) for row in rows)


def _shelve_document(path: Path, *, datasets: Path, dossier: str, shelved: _Shelved) -> None:
    name, document_id = path.relative_to(datasets).as_posix(), path.stem
    file = _validate(DocumentFile, _read_toml(path, name=name), name=name, subject=f"document {document_id}")
    text = read_text(datasets, document_id, text_sha256=file.document.text_sha256)
    shelved.documents.append(
        (
            name,
            {
                **file.document.model_dump(exclude={"persons"}),
                "author_persons": file.document.author_persons,
                "document_id": document_id,
                "dossier": dossier,
                "text_available": text is not None,
            },
        )
    )
    for claim in file.claims:
        interval = _read_claimed_interval(claim, name=name)
        low, high = (None if end is None else float(end) for end in (interval.low, interval.high))
        columns = {**claim.model_dump(), "document_id": document_id, "value_low": low, "value_high": high}
        shelved.claims.append((name, columns))


def _read_claimed_interval(claim: ClaimRecord, *, name: str) -> Interval:
    try:
        return read_interval(
            claim.stated_as,
            value=Decimal(repr(claim.value)),
            unit=claim.unit_measure,
            hedge=claim.hedge,
            is_set=claim.indicator in SET_INDICATORS,
        )
    except PrecisionError as error:
        problem, _, remedy = str(error).partition(". ")
        raise InputError(
            Place(name, column="stated_as"),
            problem=f"claim {claim.claim_id}: {problem}",
            value=claim.value,
            remedy=remedy,
        ) from error


def _name_sides(record: DossierRecord, areas: AreaBook) -> Row:
    return {
        "ref_label": areas.label(record.ref_area),
        "counterpart_label": areas.label(record.counterpart_area),
        "ref_possessive": areas.possessive(record.ref_area),
        "counterpart_possessive": areas.possessive(record.counterpart_area),
    }


def _read_toml(path: Path, *, name: str) -> Row:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = f"is not readable TOML: {error}"
        raise InputError(name, problem=problem, remedy="Correct it at that place.") from error


def _read_milestones(path: Path, *, name: str) -> list[Row]:
    try:
        stream = path.read_bytes().decode("utf-8").splitlines(keepends=True)
        reader = csv.DictReader(stream, strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except (csv.Error, UnicodeDecodeError) as error:
        problem = f"is not readable CSV: {error}"
        raise InputError(name, problem=problem, remedy="Save it as UTF-8 CSV.") from error
    return [_read_milestone(row, name=name, line=line) for line, row in rows]


def _read_milestone(row: dict[Any, Any], *, name: str, line: int) -> Row:
    if None in row or None in row.values():
        problem = "has another number of fields than the header"
        raise InputError(Place(name, line), problem=problem, remedy="Quote any field that holds a comma.")
    try:
        return MilestoneRecord.model_validate(row).model_dump()
    except ValidationError as error:
        raise _explain(error, name=name, subject=f"milestone {row.get('milestone_id')}", line=line) from error


def _validate(model: type[AnyRecord], content: Row, *, name: str, subject: str) -> AnyRecord:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        if len(place) > 1 and place[0] == "claims" and isinstance(place[1], int):
            entry = content["claims"][place[1]]
            subject = f"claim {entry.get('claim_id', f'number {place[1] + 1}')}"
        raise _explain(error, name=name, subject=subject) from error


def _explain(error: ValidationError, *, name: str, subject: str, line: int | None = None) -> InputError:
    first = error.errors()[0]
    column = str(first["loc"][-1]) if first["loc"] and isinstance(first["loc"][-1], str) else None
    more = error.error_count() - 1
    also = f" ({more} more)" if more else ""
    message = first["msg"].removeprefix("Value error, ")
    kind = UnknownCodeError if first["type"] == UNKNOWN_CODE else InputError
    shown = first["input"] if isinstance(first["input"], str | int | float) else None
    return kind(
        Place(name, line, column),
        problem=f"{subject}: {message}{also}",
        value=shown,
        remedy="Correct this entry; datasets/README.md says what each key holds.",
    )


def _refuse_duplicates(rows: Iterable[tuple[str, Row]], *, key: str) -> None:
    files: dict[str, str] = {}
    for file, row in rows:
        if row[key] in files:
            both = file if files[row[key]] == file else f"{files[row[key]]} and {file}"
            problem = f"stands twice, in {both}"
            raise InputError(
                Place(file, column=key),
                problem=problem,
                value=row[key],
                remedy="Give one of them another id.",
            )
        files[row[key]] = file


def _refuse_orphans(shelved: _Shelved) -> None:
    known = {row["document_id"] for _, row in shelved.documents}
    for file, row in shelved.milestones:
        if row["document_id"] not in known:
            raise InputError(
                Place(file, column="document_id"),
                problem=f"milestone {row['milestone_id']}: no such document",
                value=row["document_id"],
                remedy=f"Use one of {', '.join(sorted(known))}, or add the document's file.",
            )


def _build_table(table: type[Table], rows: list[tuple[str, Row]]) -> pl.DataFrame:
    columns = table.list_columns()
    ordered = [{name: row[name] for name in columns} for _, row in rows]
    return table.check(pl.DataFrame(ordered, schema=columns))
