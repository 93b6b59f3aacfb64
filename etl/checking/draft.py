"""Drafts: the record of a document as far as reading its text gives it, for a person to finish."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal

from pydantic import ValidationError

from etl.checking.checking import check_text
from etl.checking.reports.report import CheckedClaim, CheckReport
from etl.checking.reports.shown_text import show_on_one_line
from etl.documents.document_kinds import DOCUMENT_KINDS
from etl.documents.opened_text import OpenedText
from etl.documents.passages import Paragraph, hash_text, split_paragraphs
from etl.documents.precision import SET_INDICATORS, PrecisionError, read_interval
from etl.documents.prose import FoundClaim
from etl.documents.records import ClaimRecord
from etl.errors import FootnotedError
from etl.snapshot import Snapshot
from etl.vocabulary.series_codes import ALL_COMMODITIES

TO_DO = "# to do: "
ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# It is the name of a file and begins the id of each claim: long enough for a title, short enough to cite.
LONGEST_ID = 64
TOPICS_OF_INDICATORS = {
    **dict.fromkeys(
        (
            "bilateral_trade",
            "exports",
            "imports",
            "trade_balance",
            "crude_oil_imports",
            "crude_oil_import_share",
            "export_share",
            "trade_growth",
            "trade_target",
            "trade_growth_needed",
            "mirror_gap",
            "mirror_gap_valuation",
            "mirror_gap_timing",
            "mirror_gap_coverage",
            "mirror_gap_residual",
            "re_exports",
            "re_imports",
            "services_exports",
            "services_imports",
            "crude_oil_arrivals",
            "crude_oil_arrivals_share",
            "crude_oil_import_bill",
            "crude_oil_import_bill_quantity",
            "crude_oil_import_quantity",
            "crude_oil_import_quantity_share",
            "crude_oil_purchases",
            "export_quantity",
            "import_quantity",
            "unit_value_of_imports",
        ),
        "trade",
    ),
    **dict.fromkeys(
        (
            "arms_import_volume",
            "arms_import_share",
            "arms_export_share",
            "arms_supplier_concentration",
            "world_arms_import_share",
            "world_arms_export_share",
            "military_expenditure",
            "arms_export_change",
            "arms_export_rank",
            "arms_import_change",
            "arms_import_rank",
            "arms_transfer_change",
        ),
        "arms",
    ),
    **dict.fromkeys(
        (
            "contract_value",
            "contract_units",
            "approval_value",
            "approval_units",
            "units_ordered",
            "units_delivered",
            "units_pending",
            "delivered_units",
            "delivery_forecast",
        ),
        "contracts",
    ),
    "tariff_rate": "tariffs",
    "agreement_count": "agreements",
    **dict.fromkeys(("development_indicator", "duration", "paragraph_count"), "background"),
}
# The only changes that the claims table has a name for.
CHANGES_WITH_A_NAME = frozenset({"trade_growth", "trade_growth_needed"})
HEADING = (
    "A draft. Compare every entry with the text, fill in or delete each line that starts with “{to_do}”",
    "(without these words it is a line of the record). The record's place is",
    "datasets/dossiers/{dossier}/documents/{document_id}.toml. The text itself, if it may be kept, goes to",
    "datasets/texts/{document_id}.txt; the positions below count its characters.",
)

Value = str | int | float


class DraftError(FootnotedError):
    """A draft that cannot be written under the name asked for."""


def draft_document(
    opened: OpenedText,
    *,
    snapshot: Snapshot,
    document_id: str,
    dossier: str,
    published_on: date | None = None,
) -> str:
    """The record of a text as far as reading gives it, as TOML for a person to finish.

    Raises: DraftError for an id that is none; UnknownRowError for a dossier that the snapshot does not have.
    """
    report = check_text(opened, snapshot=snapshot, published_on=published_on, dossier=dossier)
    return write_draft(report, document_id=document_id, dossier=dossier)


def write_draft(report: CheckReport, *, document_id: str, dossier: str) -> str:
    """A report's figures as the TOML of a document record; what is not known stands as a comment to fill in.

    Raises: DraftError for an id that is not lower-case words joined by hyphens.
    """
    if not ID_PATTERN.fullmatch(document_id):
        raise DraftError(
            f"{document_id!r} is not an id for a document. Use lower-case words and digits joined by hyphens."
        )
    blocks = [_write_heading(document_id, dossier), _write_document(report)]
    paragraphs = {paragraph.number: paragraph for paragraph in split_paragraphs(report.text)}
    used: Counter[str] = Counter()
    for claim in report.claims:
        reason = _find_obstacle(claim.found)
        if reason is None:
            entry = _list_entry(
                claim.found, paragraphs[claim.found.paragraph], document_id=document_id, used=used
            )
            reason = _refuse(entry, claim.found)
            if reason is None:
                blocks.append(_write_claim(claim, entry))
                continue
        blocks.append(_write_left_out(claim.found, reason))
    return "\n\n".join(blocks) + "\n"


def name_document(title: str | None, published_on: date | None) -> str:
    """An id for a document, made of its title and day: "india-turns-west-2024-03-12"."""
    words = re.findall(r"[a-z0-9]+", (title or "document").lower())
    day = f"-{published_on.isoformat()}" if published_on else ""
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[: LONGEST_ID - len(day)]
        if len(longer) + len(day) > LONGEST_ID:
            break
        name = longer
    return f"{name or 'document'}{day}"


def _write_heading(document_id: str, dossier: str) -> str:
    return "\n".join(
        f"# {line.format(to_do=TO_DO.strip(), document_id=document_id, dossier=dossier)}" for line in HEADING
    )


def _write_document(report: CheckReport) -> str:
    lines = ["[document]"]
    if report.title:
        lines += [_write_pair("title", report.title), _write_pair("title_basis", "stated")]
    else:
        lines += [
            _ask("title", "A description of ours", "no title was found in the text"),
            _ask("title_basis", "described", "stated, if it is the text's own"),
        ]
    lines += [_ask("publisher", "Who published it", "delete it if unknown")]
    lines += [
        _ask("author", "Who wrote it", "delete it if unknown; add [[document.persons]] for each person")
    ]
    if report.published_on:
        lines.append(_write_pair("published_on", report.published_on.isoformat()))
    else:
        lines.append(_ask("published_on", "2000-01-01", "the day it came out"))
    lines += [
        _ask("published_on_precision", "day", "day or month"),
        _ask("published_on_basis", "stated", "stated or inferred; then say in a note from what"),
        _ask("language", "en"),
        _ask("url", "https://", "delete it if unknown"),
        _ask("kind", "article", ", ".join(DOCUMENT_KINDS.codes)),
        _write_pair("text_sha256", hash_text(report.text)),
    ]
    return "\n".join(lines)


def _find_obstacle(found: FoundClaim) -> str | None:
    """Why the claims table has no place for a figure; None where it has one."""
    if found.indicator is None:
        return "no indicator of the vocabulary fits it"
    if found.is_change and found.indicator not in CHANGES_WITH_A_NAME:
        return "it is a change, and the table holds levels"
    if found.ref_area is None or found.counterpart_area is None:
        return "the text does not say between which two areas"
    return None


def _list_entry(
    found: FoundClaim, paragraph: Paragraph, *, document_id: str, used: Counter[str]
) -> dict[str, Value]:
    period = found.period
    dates = {"period_start": period.start, "period_end": period.end}
    optional: dict[str, Value] = {"attributed_to": found.attributed_to} if found.attributed_to else {}
    return {
        "claim_id": _name_claim(found, document_id=document_id, used=used),
        "indicator": str(found.indicator),
        "ref_area": str(found.ref_area),
        "counterpart_area": str(found.counterpart_area),
        "commodity": found.commodity,
        **({"time_period": period.label} if period.label else {}),
        **{name: day.isoformat() for name, day in dates.items() if day is not None},
        "period_basis": period.basis,
        "value": _simplify(found.value),
        "unit_measure": found.unit_measure,
        "hedge": found.hedge,
        "stated_as": found.stated_as,
        **optional,
        "paragraph": found.paragraph,
        "char_start": found.char_start,
        "char_end": found.char_end,
        "quote_sha256": hash_text(found.stated_as),
        "paragraph_sha256": hash_text(paragraph.text),
        "topic": TOPICS_OF_INDICATORS[str(found.indicator)],
    }


def _name_claim(found: FoundClaim, *, document_id: str, used: Counter[str]) -> str:
    commodity = "" if found.commodity == ALL_COMMODITIES else found.commodity
    text = f"{found.indicator} {commodity} {found.period.label}"
    name = "-".join(re.findall(r"[a-z0-9]+", text.lower()))
    used[name] += 1
    return f"{document_id}.{name}" + (f"-{used[name]}" if used[name] > 1 else "")


def _refuse(entry: dict[str, Value], found: FoundClaim) -> str | None:
    """What the strict record would say against an entry; None where it is accepted."""
    try:
        ClaimRecord.model_validate(entry)
        read_interval(
            found.stated_as,
            value=Decimal(repr(float(found.value))),
            unit=found.unit_measure,
            hedge=found.hedge,
            is_set=found.indicator in SET_INDICATORS,
        )
    except ValidationError as error:
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    except PrecisionError as error:
        return str(error)
    return None


def _write_claim(claim: CheckedClaim, entry: dict[str, Value]) -> str:
    comments = [_comment(f"Verdict of the draft: {claim.now.verdict}. {claim.now.arithmetic}".rstrip())]
    comments += [_comment(reading) for reading in claim.found.readings]
    pairs = [_write_pair(name, value) for name, value in entry.items()]
    return "\n".join([*comments, "[[claims]]", *pairs])


def _write_left_out(found: FoundClaim, reason: str) -> str:
    place = f"paragraph {found.paragraph}, characters {found.char_start} to {found.char_end}"
    return _comment(f"Left out: “{found.stated_as}” ({place}): {reason}")


def _write_pair(name: str, value: Value) -> str:
    if isinstance(value, str):
        return f"{name} = {_quote(value)}"
    return f"{name} = {value}"


def _ask(name: str, example: str, hint: str = "") -> str:
    return f"{TO_DO}{_write_pair(name, example)}{f'  # {hint}' if hint else ''}"


def _comment(text: str) -> str:
    return f"# {show_on_one_line(text)}"


def _quote(text: str) -> str:
    # A TOML basic string is a JSON string but for U+007F, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _simplify(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
