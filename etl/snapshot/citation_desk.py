"""What a citation says of a row, a document, rows drawn together, and a whole snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.errors import UnknownRowError
from etl.reconcile import RULES
from etl.snapshot.citation import HOUSE, Citation, PartialDate, date_partly
from etl.snapshot.row_index import RowIndex
from etl.snapshot.wording import Record, say_vintage
from etl.vocabulary import DEAL_STATUSES, OBS_STATUSES, VERDICTS

NAME_SEPARATOR = "; "
NO_PERIOD = "no period stated"


@dataclass(frozen=True)
class CitedWords:
    """A row as its evidence names it: the series, the value as shown, the period, the verdict on a claim."""

    title: str
    headline: str
    period: str
    verdict: str | None = None


def cite_row(index: RowIndex, row_id: str, *, words: CitedWords, as_of: date) -> Citation:
    """One observation, claim, deal or milestone.

    Raises: UnknownRowError where no row has this id.
    """
    kind, row = index.find(row_id)
    if kind in {"claim", "milestone"}:
        return _cite_statement(index, row_id, row=row, words=words, as_of=as_of)
    if kind == "observation" and row["derivation"]:
        return _cite_derived(index, row_id, row=row, words=words, as_of=as_of)
    source = index.find_source(row)
    publisher = str(row.get("publisher") or source["publisher"])
    return Citation(
        type="dataset",
        number=row_id,
        title=_say_title(words),
        version=index.snapshot_id,
        accessed=as_of,
        # The register of deals is always known to the day.
        issued=date_partly(row["vintage"], precision=row.get("vintage_precision", "day")),
        author=_split(publisher),
        container_title=source["product"],
        publisher=publisher,
        note=_say_status(kind, row),
        url=source["url"],
    )


def cite_document(index: RowIndex, document_id: str, *, as_of: date) -> Citation:
    """A document by its own bibliographic record.

    Raises: UnknownRowError where the snapshot has no such document.
    """
    if document_id not in index.documents:
        raise UnknownRowError(
            f"no document {document_id!r} in snapshot {index.snapshot_id}. It may belong to another snapshot."
        )
    document = index.documents[document_id]
    is_described = document["title_basis"] == "described"
    return Citation(
        type="document",
        number=document_id,
        title=document["title"],
        version=index.snapshot_id,
        accessed=as_of,
        issued=_date_document(document),
        author=_name_speakers(document),
        publisher=document["publisher"],
        genre=document["kind"],
        note="Title described; the text gives none." if is_described else None,
        url=document["url"],
    )


def cite_rows(
    index: RowIndex, row_ids: Sequence[str], *, number: str, title: str, note: str | None, as_of: date
) -> Citation:
    """Rows that were drawn or listed together under a title.

    Raises: UnknownRowError where no row has one of the ids.
    """
    used = sorted({each for row_id in row_ids for each in index.number_footnotes(row_id)})
    sources = [index.footnotes.entries[each - 1].text for each in used]
    return Citation(
        type="graphic",
        number=number,
        title=title,
        version=index.snapshot_id,
        accessed=as_of,
        issued=date_partly(as_of),
        author=(HOUSE,),
        publisher=HOUSE,
        note=" ".join(part for part in (note, "Sources:", *sources) if part) if sources else note,
    )


def cite_snapshot(index: RowIndex, *, as_of: date) -> Citation:
    """The whole snapshot."""
    return Citation(
        type="dataset",
        number=index.snapshot_id,
        title=f"Statistics and the documents held against them, snapshot {index.snapshot_id}",
        version=index.snapshot_id,
        accessed=as_of,
        issued=date_partly(as_of),
        author=(HOUSE,),
        publisher=HOUSE,
    )


def _cite_derived(index: RowIndex, row_id: str, *, row: Record, words: CitedWords, as_of: date) -> Citation:
    """What was worked out here is ours to answer for; the note names whose figures went into it."""
    rule = RULES[row["derivation"].partition("(")[0]]
    inputs = _name_inputs(index, index.list_leaves(row))
    return Citation(
        type="dataset",
        number=row_id,
        title=_say_title(words),
        version=index.snapshot_id,
        accessed=as_of,
        issued=date_partly(row["vintage"], precision=row["vintage_precision"]),
        author=(HOUSE,),
        publisher=HOUSE,
        note=f"Worked out by {HOUSE}: {rule.words.rstrip('.')}. From {NAME_SEPARATOR.join(inputs)}.",
    )


def _cite_statement(index: RowIndex, row_id: str, *, row: Record, words: CitedWords, as_of: date) -> Citation:
    document = index.documents[row["document_id"]]
    attributed = row.get("attributed_to")
    notes = [
        f"Paragraph {row['paragraph']}",
        f"attributed to {attributed}" if attributed else None,
        f"verdict: {VERDICTS.label(words.verdict)}" if words.verdict else None,
    ]
    is_claim = "claim_id" in row
    # A milestone's value is its date, so that a period would say it twice.
    said = words if is_claim else replace(words, period="")
    return Citation(
        type="document",
        number=row_id,
        title=_say_title(said, is_quoted=is_claim),
        version=index.snapshot_id,
        accessed=as_of,
        issued=_date_document(document),
        author=_name_speakers(document),
        container_title=document["title"],
        publisher=document["publisher"],
        genre=document["kind"],
        note=f"{NAME_SEPARATOR.join(note for note in notes if note)}.",
        url=document["url"],
    )


def _say_title(words: CitedWords, *, is_quoted: bool = False) -> str:
    value = f"\u201c{words.headline}\u201d" if is_quoted else words.headline
    named = [words.title, words.period if words.period != NO_PERIOD else ""]
    return f"{', '.join(part for part in named if part)}: {value}"


def _say_status(kind: str, row: Record) -> str | None:
    if kind == "deal":
        return f"Order {DEAL_STATUSES.label(row['status'])}."
    reported = ", ".join(part for part in (row["as_reported_by"], row["reported_on"]) if part)
    status = OBS_STATUSES.label(row["obs_status"]) if row["obs_status"] != "A" else None
    notes = [f"As reported by {reported}." if reported else None, f"Status: {status}." if status else None]
    return " ".join(note for note in notes if note) or None


def _name_inputs(index: RowIndex, leaves: Iterable[Record]) -> list[str]:
    """The products behind a derived value, each with the newest of the editions that were used."""
    newest: dict[str, Record] = {}
    for leaf in leaves:
        source = index.find_source(leaf)
        name = f"{leaf.get('publisher') or source['publisher']}, {source['product']}"
        if name not in newest or leaf["vintage"] > newest[name]["vintage"]:
            newest[name] = leaf
    return [
        f"{name}, {say_vintage(leaf['vintage'], leaf.get('vintage_precision', 'day'))}"
        for name, leaf in newest.items()
    ]


def _name_speakers(document: Record) -> tuple[str, ...]:
    return _split(document["author"] or document["publisher"] or "")


def _date_document(document: Record) -> PartialDate:
    return date_partly(
        document["published_on"],
        precision=document["published_on_precision"],
        is_inferred=document["published_on_basis"] == "inferred",
    )


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(NAME_SEPARATOR) if name.strip())
