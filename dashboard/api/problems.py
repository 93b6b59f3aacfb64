"""Problems as RFC 9457 has them: one kind per thing that can go wrong, each with its status and title."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import etl

MEDIA_TYPE = "application/problem+json"
LONGEST_SHOWN = 80
# A reader who mistyped needs to see what there is; a list of thousands is not read.
MOST_KNOWN = 500
_SAFE_IN_PATHS = "/:@!$&'()*+,;=-._~"


@dataclass(frozen=True)
class ProblemKind:
    """One kind of problem: its HTTP status, its title, and when it arises."""

    status: int
    title: str
    meaning: str


KINDS = {
    "unknown-parameter": ProblemKind(
        400, "Unknown parameter", "the address has a parameter that this resource does not take"
    ),
    "invalid-value": ProblemKind(400, "Invalid value", "a parameter's value is not of its type"),
    "unknown-value": ProblemKind(400, "Unknown value", "a parameter's value is not among the known ones"),
    "malformed-cursor": ProblemKind(
        400, "Malformed cursor", "the cursor was not given by an answer to this very question"
    ),
    "too-many-rows": ProblemKind(400, "Too many rows", "a file would hold more rows than are sent at once"),
    "format-refused": ProblemKind(400, "Format refused", "the format cannot hold these rows"),
    "malformed-body": ProblemKind(400, "Malformed body", "the body is not what the description says"),
    "not-found": ProblemKind(404, "Not found", "nothing is at this address"),
    "unknown-row": ProblemKind(404, "Unknown row", "no row of the snapshot has this id"),
    "unknown-chart": ProblemKind(404, "Unknown chart", "no chart has this id"),
    "no-bundle": ProblemKind(
        404, "No bundle", "there is nothing to pack, or it cannot be worked out again by this version"
    ),
    "unknown-snapshot": ProblemKind(404, "Unknown snapshot", "the snapshot is not kept here"),
    "too-early": ProblemKind(404, "Too early", "nothing was known yet on the day of as_of"),
    "method-not-allowed": ProblemKind(405, "Method not allowed", "the resource cannot be asked this way"),
    "content-too-large": ProblemKind(
        413, "Content too large", "the text is too large, or has too many figures, to be checked at once"
    ),
    "unsupported-media-type": ProblemKind(
        415, "Unsupported media type", "the body is neither plain text nor JSON"
    ),
    "text-refused": ProblemKind(422, "Text refused", "the text holds nothing that can be read"),
    "too-many-requests": ProblemKind(429, "Too many requests", "ask again after Retry-After seconds"),
    "fault": ProblemKind(500, "Fault", "a fault of ours"),
    "not-ready": ProblemKind(503, "Not ready", "the snapshot cannot be read"),
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "what went wrong and what to do, as RFC 9457 has it",
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "the kind of problem"},
        "title": {"type": "string", "enum": list(dict.fromkeys(kind.title for kind in KINDS.values()))},
        "status": {"type": "integer", "enum": sorted({kind.status for kind in KINDS.values()})},
        "detail": {"type": "string", "description": "what is wrong here, and what would be right"},
        "instance": {"type": "string", "format": "uri-reference", "description": "the path that was asked"},
        "parameter": {"type": "string", "description": "the parameter or field at fault"},
        "known": {
            "type": "array",
            "items": {"type": "string"},
            "maxItems": MOST_KNOWN,
            "description": "values it may have",
        },
    },
    "required": ["type", "title", "status", "detail", "instance"],
    "additionalProperties": False,
}


class ProblemError(Exception):
    """A request that cannot be answered as asked: a kind of problem, with the words for this one."""

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        parameter: str | None = None,
        known: Iterable[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = KINDS[kind]
        self.name = kind
        self.detail = detail
        self.parameter = parameter
        self.known = tuple(known)[:MOST_KNOWN]
        self.headers = dict(headers or {})

    def write(self, *, home: str, instance: str) -> bytes:
        """The body of the answer; `home` is the path of the page that explains the kinds, `instance`
        the path that was asked."""
        content: dict[str, Any] = {
            "type": f"{home}#{self.name}",
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "instance": quote(instance, safe=_SAFE_IN_PATHS),
        }
        if self.parameter is not None:
            content["parameter"] = self.parameter
        if self.known:
            content["known"] = list(self.known)
        return json.dumps(content).encode()


def quote_briefly(text: str) -> str:
    """A value as a problem repeats it: on one line, and not more of it than a reader needs."""
    shown = etl.show_on_one_line(text)
    return f"“{shown if len(shown) <= LONGEST_SHOWN else shown[:LONGEST_SHOWN] + '…'}”"
