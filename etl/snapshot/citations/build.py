"""What a citation says of a row, a document, rows drawn together, and a whole snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.errors import FootnotedError, UnknownRowError
from etl.formatting import format_day
from etl.periods import read_day
from etl.reconcile.derivation import RULES
from etl.snapshot.citations.formats import Citation
from etl.snapshot.citations.record import HOUSE, NAME_SEPARATOR, Name, PartialDate, date_partly, read_names
from etl.snapshot.row_index import RowIndex
from etl.snapshot.wording import Record, end_sentence
from etl.vocabulary import DEAL_STATUSES, OBS_STATUSES, VerdictMark

NO_PERIOD = "no period stated"
# CSL's type of a work, and what it is called where a style prints that, by the kind of document.
NEWSPAPER = "article-newspaper"
WORKS = {
    "article": (NEWSPAPER, None),
    "commentary": ("report", "Commentary"),
    "report": ("report", None),
    "fact sheet": ("report", "Fact sheet"),
    "statement": ("webpage", "Statement"),
    "press release": ("webpage", "Press release"),
}
NO_PUBLISHER = "Publisher not stated."
DESCRIBED = "Title described; the text gives none."


@dataclass(frozen=True)
class CitedWords:
    """A row as its evidence names it: the series, the value as shown, the period, the verdict on a claim."""

    title: str
    headline: str
    period: str
    verdict: VerdictMark | None = None


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
        title=_format_title(words),
        version=index.snapshot_id,
        as_of=as_of,
        issued=date_partly(row["vintage"], precision=row["vintage_precision"]),
        author=read_names(publisher, persons=None),
        container_title=source["product"],
        publisher=publisher,
        note=_format_status(kind, row),
        url=source["url"],
        accessed=source["retrieved_on"],
    )


def cite_document(index: RowIndex, document_id: str, *, as_of: date) -> Citation:
    """A document by its own bibliographic record.

    Raises: UnknownRowError where the snapshot has no such document.
    """
    if document_id not in index.documents:
        raise UnknownRowError(
            f"no document {document_id!r} in snapshot {index.snapshot_id}. It may belong to another snapshot."
        )
    return _cite_work(
        index, index.documents[document_id], number=document_id, record="Recorded by", as_of=as_of
    )


def cite_rows(
    index: RowIndex, row_ids: Sequence[str], *, number: str, title: str, note: str | None, as_of: date
) -> Citation:
    """Rows that were drawn or listed together under a title.

    Raises: UnknownRowError where no row has one of the ids.
    """
    used = sorted({each for row_id in row_ids for each in index.number_footnotes(row_id)})
    texts = [index.footnotes.entries[each - 1].text for each in used]
    # A source's editions are a list themselves: without numbers it is not seen where the next begins.
    sources = texts if len(texts) == 1 else [f"({place}) {text}" for place, text in enumerate(texts, start=1)]
    return Citation(
        type="graphic",
        number=number,
        title=title,
        version=index.snapshot_id,
        as_of=as_of,
        issued=date_partly(as_of),
        author=(HOUSE,),
        publisher=HOUSE,
        note=" ".join(part for part in (note, *(["Sources:", *sources] if sources else [])) if part) or None,
    )


def cite_snapshot(index: RowIndex, *, as_of: date) -> Citation:
    """The whole snapshot."""
    return Citation(
        type="dataset",
        number=index.snapshot_id,
        title=f"Statistics and the documents held against them, snapshot {index.snapshot_id}",
        version=index.snapshot_id,
        as_of=as_of,
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
        title=_format_title(words),
        version=index.snapshot_id,
        as_of=as_of,
        # The editions that went into it, which may be much older, are in the note.
        issued=date_partly(as_of),
        author=(HOUSE,),
        publisher=HOUSE,
        note=f"Worked out by {HOUSE}: {rule.words.rstrip('.')}. From {NAME_SEPARATOR.join(inputs)}.",
    )


def _cite_statement(index: RowIndex, row_id: str, *, row: Record, words: CitedWords, as_of: date) -> Citation:
    """The document that states it, with the place, the figure or event, and the verdict in a note."""
    is_claim = "claim_id" in row
    # A milestone's value is its date, so that a period would say it twice.
    said = words if is_claim else replace(words, period="")
    attributed = row.get("attributed_to")
    notes = [
        f"Paragraph {row['paragraph']}: {_format_title(said, is_quoted=is_claim)}",
        f"attributed to {attributed}" if attributed else None,
        f"verdict: {words.verdict.label}" if words.verdict else None,
    ]
    return _cite_work(
        index,
        index.documents[row["document_id"]],
        number=row_id,
        note=end_sentence(NAME_SEPARATOR.join(note for note in notes if note)),
        record="Figure as recorded by" if is_claim else "Event as recorded by",
        as_of=as_of,
    )


def _cite_work(
    index: RowIndex, document: Record, *, number: str, record: str, as_of: date, note: str | None = None
) -> Citation:
    """A document as the work that it is: its own author, publisher, day and address.

    Raises: FootnotedError for a kind that no way to cite is known for.
    """
    if document["kind"] not in WORKS:
        raise FootnotedError(
            f"no way to cite a document of the kind {document['kind']!r}. "
            "Add it to WORKS in etl/snapshot/citations/build.py."
        )
    work, genre = WORKS[document["kind"]]
    publisher = document["publisher"]
    is_article = work == NEWSPAPER
    notes = [
        None if publisher else NO_PUBLISHER,
        DESCRIBED if document["title_basis"] == "described" else None,
        note,
    ]
    return Citation(
        type=work,
        number=number,
        title=document["title"],
        version=index.snapshot_id,
        as_of=as_of,
        issued=_date_document(document),
        author=_name_authors(document),
        # An article stands in its newspaper; other works are their publisher's own.
        container_title=publisher if is_article else None,
        publisher=None if is_article else publisher,
        genre=genre,
        note=" ".join(part for part in notes if part) or None,
        url=document["url"],
        # Snapshots built before these columns were added lack them.
        accessed=document.get("retrieved_on"),
        record=record,
    )


def _format_title(words: CitedWords, *, is_quoted: bool = False) -> str:
    value = f"\u201c{words.headline}\u201d" if is_quoted else words.headline
    named = [words.title, words.period if words.period != NO_PERIOD else ""]
    return f"{', '.join(part for part in named if part)}: {value}"


def _format_status(kind: str, row: Record) -> str | None:
    if kind == "deal":
        return f"Order {DEAL_STATUSES.label(row['status'])}."
    reported = _format_report(row["as_reported_by"], row["reported_on"])
    status = OBS_STATUSES.label(row["obs_status"]) if row["obs_status"] != "A" else None
    return " ".join(note for note in (reported, f"Status: {status}." if status else None) if note) or None


def _format_report(reporter: str | None, reported_on: str | None) -> str | None:
    """Through whom a value reached us, and when: "Via PTI, March 2019."."""
    day = format_day(*read_day(reported_on)) if reported_on else None
    said = ", ".join(part for part in (reporter, day) if part)
    if not said:
        return None
    return end_sentence(f"As reported on {said}" if reporter is None else f"Via {said}")


def _name_inputs(index: RowIndex, leaves: Iterable[Record]) -> list[str]:
    """The products behind a derived value, each with the newest of the editions that were used."""
    newest: dict[str, Record] = {}
    for leaf in leaves:
        source = index.find_source(leaf)
        name = f"{leaf.get('publisher') or source['publisher']}, {source['product']}"
        if name not in newest or leaf["vintage"] > newest[name]["vintage"]:
            newest[name] = leaf
    return [
        f"{name}, {format_day(leaf['vintage'], precision=leaf['vintage_precision'])}"
        for name, leaf in newest.items()
    ]


def _name_authors(document: Record) -> tuple[Name, ...]:
    """Its authors; where it names none, the institution that published it, unless that is a newspaper."""
    is_article = WORKS[document["kind"]][0] == NEWSPAPER
    named = document["author"] or (None if is_article else document["publisher"])
    return read_names(named, persons=document.get("author_persons"))


def _date_document(document: Record) -> PartialDate:
    return date_partly(
        document["published_on"],
        precision=document["published_on_precision"],
        is_inferred=document["published_on_basis"] == "inferred",
    )
