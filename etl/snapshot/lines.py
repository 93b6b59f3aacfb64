"""The lines of an evidence that say who states a value and where."""

from __future__ import annotations

import re

from etl.formatting import format_day
from etl.periods import build_fiscal_year, read_day
from etl.provenance import ASSUMED
from etl.reconcile.known_days import PRINTED, WITNESS
from etl.snapshot.records import EvidenceLine
from etl.snapshot.wording import Record, format_range, name_publisher
from etl.units import format_value
from etl.vocabulary import COMPLETENESSES, CONFIDENCES, HEDGES, OBS_STATUSES, VALUATIONS

HASH_SHOWN = 12
SHOWN_PLACES = 24
# Their interval is chosen by a rule and not only left open by rounding.
ESTIMATES = ("E", "F")


def describe_observation(row: Record, source: Record) -> tuple[EvidenceLine, ...]:
    """Who published a value, in which edition, and where in which file it stands."""
    reported = row["as_reported_by"]
    if reported and row["reported_on"]:
        reported = f"{reported}, {format_day(*read_day(row['reported_on']))}"
    rounding = format_range(row)
    valuation = None if row["valuation"] == "none" else VALUATIONS.label(row["valuation"])
    return _keep(
        EvidenceLine("Publisher", name_publisher(row), source["url"]),
        EvidenceLine("Product", source["product"]),
        EvidenceLine("Edition", format_day(row["vintage"], precision=row["vintage_precision"])),
        EvidenceLine("As reported by", reported, row.get("reported_url")) if reported else None,
        _describe_day(row),
        EvidenceLine("Read from", f"{row['source_file']}, {row['source_locator']}"),
        EvidenceLine("File fingerprint", f"SHA-256 {row['source_sha256'][:HASH_SHOWN]}…"),
        EvidenceLine("Status", OBS_STATUSES.label(row["obs_status"])),
        *_describe_sureness(row),
        EvidenceLine("Printed rounding allows", rounding) if rounding else None,
        EvidenceLine("Valuation", valuation) if valuation else None,
        EvidenceLine("Note", row["note"]) if row["note"] else None,
    )


def _describe_sureness(row: Record) -> tuple[EvidenceLine | None, ...]:
    """How sure a compiled figure is and what is listed beside it; a snapshot of before has neither column."""
    confidence, completeness = row.get("confidence"), row.get("completeness")
    return (
        EvidenceLine("Confidence", CONFIDENCES.entry(confidence).meaning) if confidence else None,
        EvidenceLine("Completeness", COMPLETENESSES.entry(completeness).meaning) if completeness else None,
    )


def describe_derived(
    row: Record, *, leaves: list[Record], sources: dict[tuple[str, str], Record]
) -> tuple[EvidenceLine, ...]:
    """From which publishers' files a value was worked out."""
    files: dict[str, list[Record]] = {}
    for leaf in leaves:
        files.setdefault(leaf["source_file"], []).append(leaf)
    read_from = [
        EvidenceLine(
            "Worked out from",
            f"{sources[(rows[0]['source_id'], name)]['product']}; {name}, {_format_places(rows)}",
            sources[(rows[0]["source_id"], name)]["url"],
        )
        for name, rows in files.items()
    ]
    label = "Range of the estimate" if row["obs_status"] in ESTIMATES else "What the inputs allow"
    allowed = format_range(row)
    valuation = None if row["valuation"] == "none" else VALUATIONS.label(row["valuation"])
    return _keep(
        EvidenceLine("Publisher of the inputs", row["publisher"]),
        EvidenceLine("Edition", format_day(row["vintage"], precision=row["vintage_precision"])),
        _describe_day(row),
        *read_from,
        EvidenceLine("Status", OBS_STATUSES.label(row["obs_status"])),
        *_describe_sureness(row),
        EvidenceLine(label, allowed) if allowed else None,
        EvidenceLine("Valuation", valuation) if valuation else None,
        EvidenceLine("Note", row["note"]) if row["note"] else None,
    )


def format_place(paragraph: int | None, start: int | None, end: int | None) -> str:
    """Where a fragment stands in its text, as far as that is known."""
    if start is None or end is None:
        return f"paragraph {paragraph}" if paragraph else "not known: the text is not held"
    return f"paragraph {paragraph}, characters {start:,} to {end:,}"


def describe_claim(row: Record, document: Record) -> tuple[EvidenceLine, ...]:
    """Which document states a figure, in which words, and where in its text."""
    unit = row["unit_measure"]
    low = None if row["value_low"] is None else format_value(row["value_low"], unit)
    high = None if row["value_high"] is None else format_value(row["value_high"], unit)
    allowed = f"{low} to {high}" if low and high else f"{low} or more" if low else f"up to {high}"
    place = format_place(row["paragraph"], row["char_start"], row["char_end"])
    return _keep(
        *_describe_document(document),
        EvidenceLine("Figure as printed", f"\u201c{row['stated_as']}\u201d"),
        EvidenceLine("Place in the text", place),
        EvidenceLine("Passage fingerprint", f"SHA-256 {row['quote_sha256'][:HASH_SHOWN]}…"),
        EvidenceLine("Attributed to", row["attributed_to"]) if row["attributed_to"] else None,
        EvidenceLine("Hedge", HEDGES.label(row["hedge"])),
        EvidenceLine("The print allows", allowed),
        EvidenceLine("Note", row["note"]) if row["note"] else None,
    )


def describe_deal(row: Record, source: Record) -> tuple[EvidenceLine, ...]:
    """What the register says of an order."""
    years = row["delivery_years"]
    uncertain = [
        words
        for flag, words in (
            ("order_year_uncertain", "year of order"),
            ("number_ordered_uncertain", "number ordered"),
            ("number_delivered_uncertain", "number delivered"),
        )
        if row[flag]
    ]
    return _keep(
        EvidenceLine("Publisher", source["publisher"], source["url"]),
        EvidenceLine("Product", source["product"]),
        EvidenceLine("Edition", format_day(row["vintage"], precision=row["vintage_precision"])),
        EvidenceLine("Category", row["category"]),
        EvidenceLine("Delivered in", years) if years else None,
        EvidenceLine("Condition", row["condition"]) if row["condition"] else None,
        _format_volume("Volume of one", row["tiv_per_unit"]),
        _format_volume("Volume ordered", row["tiv_order"]),
        _format_volume("Volume delivered", row["tiv_delivered"]),
        EvidenceLine("Marked uncertain by the publisher", ", ".join(uncertain)) if uncertain else None,
        EvidenceLine("Read from", f"{row['source_file']}, {row['source_locator']}"),
        EvidenceLine("File fingerprint", f"SHA-256 {row['source_sha256'][:HASH_SHOWN]}…"),
    )


def describe_milestone(row: Record, document: Record) -> tuple[EvidenceLine, ...]:
    """Which document dates an event, in which words."""
    return _keep(
        *_describe_document(document),
        EvidenceLine("Date as printed", f"\u201c{row['date_text']}\u201d") if row["date_text"] else None,
        EvidenceLine("Place in the text", f"paragraph {row['paragraph']}"),
        EvidenceLine("Note", row["note"]) if row["note"] else None,
    )


def format_deal(row: Record) -> str:
    """How many of an order have been delivered: "6 of 10 delivered"."""
    ordered = "an unknown number" if row["number_ordered"] is None else f"{row['number_ordered']:,}"
    delivered = "unknown" if row["number_delivered"] is None else f"{row['number_delivered']:,}"
    return f"{delivered} of {ordered} delivered"


def format_happening(row: Record) -> str:
    """When an event happened, as exactly as the text says."""
    day = row["happened_on"]
    if day is None:
        return "undated"
    if row["date_precision"] == "fiscal_year":
        return f"fiscal {build_fiscal_year(day.year).label.replace('-', chr(0x2013))}"
    return format_day(day, precision=row["date_precision"])


def _describe_day(row: Record) -> EvidenceLine | None:
    """Since when the public could know the value, where that is not simply the day of its edition."""
    basis = row["known_basis"]
    if basis == PRINTED:
        return None
    if basis == WITNESS:
        by = f"printed by {row['known_by']}" if row["known_by"] else "given out by its publisher"
        return EvidenceLine("Known by", f"{format_day(row['known_from'])}, {by}")
    if basis == ASSUMED:
        return EvidenceLine("Known by", "not known: nothing says when this edition came out")
    # What a rhythm says is no day.
    month = format_day(row["known_from"], precision="month")
    text = f"{month}: by its publisher's release rhythm a figure was out, not surely this value"
    return EvidenceLine("Known by", text)


def _describe_document(document: Record) -> tuple[EvidenceLine, ...]:
    day = document["published_on"]
    when = format_day(day, precision=document["published_on_precision"])
    inferred = " (inferred; the text gives no date)" if document["published_on_basis"] == "inferred" else ""
    return _keep(
        EvidenceLine(
            "Document", document["title"], document["url"] or f"/documents/{document['document_id']}"
        ),
        EvidenceLine("Publisher", document["publisher"]) if document["publisher"] else None,
        EvidenceLine("Author", document["author"]) if document["author"] else None,
        EvidenceLine("Published", f"{when}{inferred}"),
    )


def _format_volume(label: str, tiv: float | None) -> EvidenceLine | None:
    return None if tiv is None else EvidenceLine(label, format_value(tiv, "TIV_MILLIONS"))


def _format_places(rows: list[Record]) -> str:
    places = sorted({row["source_locator"].partition(",")[0] for row in rows}, key=_find_first_line)
    if len(places) == 1:
        return str(places[0])
    lines = [place.removeprefix("lines ").removeprefix("line ") for place in places]
    return f"lines {', '.join(lines[:SHOWN_PLACES])}{' and more' if len(lines) > SHOWN_PLACES else ''}"


def _find_first_line(place: str) -> int:
    number = re.search(r"[0-9]+", place)
    return int(number[0]) if number else 0


def _keep(*lines: EvidenceLine | None) -> tuple[EvidenceLine, ...]:
    return tuple(line for line in lines if line is not None)
