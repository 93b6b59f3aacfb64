"""A text checked for a reader of the site or of the API, as far as one answer can show it."""

from __future__ import annotations

import re
from datetime import date

import etl
from etl import TEXT_LIMITS, CheckReport, OpenedText, Snapshot

_NUMBER = re.compile(r"\d+")


class TooManyFiguresError(ValueError):
    """A text with more numbers or figures than one answer can show; its message is for the reader."""


def check_within_limits(
    opened: OpenedText,
    *,
    snapshot: Snapshot,
    published_on: date | None,
    as_of: date | None,
    dossier: str | None,
) -> CheckReport:
    """The report on a text that has no more numbers and figures than are checked at once.

    Raises: TooManyFiguresError for one that has.
    """
    _refuse_many(len(_NUMBER.findall(opened.text)), "numbers", most=TEXT_LIMITS.numbers)
    report = etl.check_text(
        opened, snapshot=snapshot, published_on=published_on, as_of=as_of, dossier=dossier
    )
    _refuse_many(len(report.claims), "figures that can be judged", most=TEXT_LIMITS.figures)
    return report


def _refuse_many(number: int, what: str, *, most: int) -> None:
    if number > most:
        raise TooManyFiguresError(f"It has {number:,} {what}, and at most {most:,} are checked at once.")
