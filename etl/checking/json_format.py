"""A report as JSON with keys that stay, and a W3C Web Annotation target for each figure."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from etl.checking.report import CheckedClaim, CheckReport, CheckVerdict
from etl.checking.report_words import LIMITS, AreaNames, describe_reading
from etl.documents.passages import hash_text
from etl.periods import Period

LAYOUT = "footnoted-check/1"
# JSON may hold them as they are, but a terminal or an editor would obey them.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def write_json(report: CheckReport, names: AreaNames) -> str:
    """The report without the text, which its hash and the selectors point into."""
    content = {
        "layout": LAYOUT,
        "snapshot_id": report.snapshot_id,
        "as_of": report.as_of.isoformat(),
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "title": report.title,
        "kind": report.kind,
        "text_sha256": hash_text(report.text),
        "text_characters": len(report.text),
        "verdicts": report.count_verdicts(),
        "claims": [_describe_claim(claim, names) for claim in report.claims],
        "notes": list(report.notes),
        "limits": list(LIMITS),
    }
    written = json.dumps(content, ensure_ascii=False, indent=2)
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", written) + "\n"


def _describe_claim(claim: CheckedClaim, names: AreaNames) -> dict[str, Any]:
    found, matched = claim.found, claim.matched
    return {
        "claim_id": claim.claim_id,
        "stated_as": found.stated_as,
        "paragraph": found.paragraph,
        "sentence": found.sentence,
        "target": {"selector": list(found.build_selectors())},
        "read_as": {
            "words": str(describe_reading(claim, names)),
            "indicator": found.indicator,
            "ref_area": found.ref_area,
            "counterpart_area": found.counterpart_area,
            "commodity": found.commodity,
            "period": _describe_period(found.period),
            "baseline": _describe_period(found.baseline),
            "is_change": found.is_change,
            "value": float(found.value),
            "unit_measure": found.unit_measure,
            "hedge": found.hedge,
            "value_low": claim.interval_low,
            "value_high": claim.interval_high,
            "attributed_to": found.attributed_to,
            "readings": list(found.readings),
        },
        "matched": None if matched is None else asdict(matched),
        "then": _describe_verdict(claim.printing),
        "now": _describe_verdict(claim.now),
        "slips": [
            {"code": slip.code, "sentence": slip.sentence, "reference_ids": list(slip.reference_ids)}
            for slip in claim.slips
        ],
    }


def _describe_period(period: Period | None) -> dict[str, str | None] | None:
    if period is None:
        return None
    return {
        "period_basis": period.basis,
        "time_period": period.label or None,
        "period_start": period.start.isoformat() if period.start else None,
        "period_end": period.end.isoformat() if period.end else None,
    }


def _describe_verdict(verdict: CheckVerdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "as_of": verdict.as_of.isoformat(),
        "explanation": verdict.explanation,
        "arithmetic": verdict.arithmetic,
        "reference_ids": list(verdict.reference_ids),
        "newest_period": verdict.newest_period,
        "newest_value": verdict.newest_value,
    }
