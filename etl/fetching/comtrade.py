"""UN Comtrade's programming interface, version 1: a preview of 500 records, or with a key up to 250,000.

Addresses and parameters are those of the client that UN Comtrade publishes itself. The key is read from
COMTRADE_API_KEY and goes along as a header, never in an address. Numbers of areas are UN Comtrade's own:
India is 699, Russia 643, all partners together are 0.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

from etl.fetching.asking import CheckedFile, FetchContext, Fetched, fetch_file, read_json
from etl.fetching.questions import FetchError, Question, UnusableAnswerError
from etl.fetching.refusals import find_words
from etl.vocabulary.series_codes import ALL_COMMODITIES

KEY_VARIABLE, KEY_HEADER = "COMTRADE_API_KEY", "Ocp-Apim-Subscription-Key"
PREVIEW, KEYED = "public/v1/preview", "data/v1/get"
# As many records as one answer may hold, which is asked for: fewer would cut without need.
MOST_PREVIEWED, MOST_KEYED = 500, 250_000
CODE = re.compile(r"[A-Za-z0-9_.-]{1,20}", re.ASCII)
PERIODS = {"A": re.compile(r"\d{4}", re.ASCII), "M": re.compile(r"\d{6}", re.ASCII)}
# What a header can carry. The length only tells a key from a slip, for its form is not documented here.
KEY = re.compile(r"[!-~]{8,200}", re.ASCII)


@dataclass(frozen=True)
class TradeSelection:
    """Which trade: by UN Comtrade's codes; an empty list of codes means all of them."""

    reporters: Sequence[str]
    periods: Sequence[str]
    partners: Sequence[str] = ()
    flows: Sequence[str] = ("M", "X")
    commodities: Sequence[str] = (ALL_COMMODITIES,)
    product_type: str = "C"
    frequency: str = "A"
    classification: str = "HS"

    @property
    def codes(self) -> dict[str, Sequence[str]]:
        """The lists of codes under the names of their parameters."""
        return {
            "reporterCode": self.reporters,
            "period": self.periods,
            "flowCode": self.flows,
            "partnerCode": self.partners,
            "cmdCode": self.commodities,
        }

    def describe(self) -> str:
        """The selection in a few words, for the name of the file."""
        kind = f"comtrade {self.product_type} {self.frequency} {self.classification}"
        return " ".join([kind, *("-".join(codes) or "all" for codes in self.codes.values())])


def fetch_trade(selection: TradeSelection, *, context: FetchContext) -> Fetched:
    """The trade records of a selection, as the JSON that UN Comtrade answers with.

    Where the answer is as long as one answer can be, a notice says that there may be more.
    Raises: FetchError, by its kinds. Source: UN Comtrade, programming interface version 1.
    """
    refuse_odd_codes(selection)
    key = find_key()
    service, most = (PREVIEW, MOST_PREVIEWED) if key is None else (KEYED, MOST_KEYED)
    base = context.settings.comtrade.url
    if key is not None:
        refuse_open_line(base)
    parameters = {name: ",".join(codes) for name, codes in selection.codes.items() if codes}
    parameters |= {
        "maxRecords": str(most),
        "format": "JSON",
        "breakdownMode": "classic",
        "includeDesc": "true",
    }
    path = f"{service}/{selection.product_type}/{selection.frequency}/{selection.classification}"
    question = Question(
        publisher="comtrade",
        endpoint=context.settings.comtrade,
        url=f"{base}/{path}?{urlencode(parameters, safe=',')}",
        title=selection.describe(),
        secret=None if key is None else (KEY_HEADER, key),
    )
    return fetch_file(question, lambda asked, content: check_trade(asked, content, most), context=context)


def find_key() -> str | None:
    """The key, where the environment has one.

    Raises: FetchError where what it has cannot be a key; its text is not shown.
    """
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not key:
        return None
    if not KEY.fullmatch(key):
        remedy = "Copy it from the UN Comtrade developer portal, or unset the variable for a preview."
        raise FetchError(KEY_VARIABLE, problem="what it holds cannot be a key", remedy=remedy)
    return key


def refuse_open_line(url: str) -> None:
    """Refuse to send the key unencrypted to another machine.

    Raises: FetchError.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        is_here = ip_address(host).is_loopback
    except ValueError:
        is_here = host == "localhost"
    if parts.scheme != "https" and not is_here:
        remedy = "Use an https address, or unset the key for a preview."
        raise FetchError(url, problem="the key is not sent over an unencrypted line", remedy=remedy)


def refuse_odd_codes(selection: TradeSelection) -> None:
    """Refuse what cannot be a code before it is asked for.

    Raises: FetchError.
    """
    kinds = (selection.product_type in {"C", "S"}, selection.frequency in PERIODS)
    if not all(kinds) or not CODE.fullmatch(selection.classification):
        value = f"{selection.product_type}/{selection.frequency}/{selection.classification}"
        remedy = "The type is C (goods) or S (services), the frequency A or M, the classification such as HS."
        raise FetchError("UN Comtrade", problem="no such data set", value=value, remedy=remedy)
    for name, codes in selection.codes.items():
        pattern = PERIODS[selection.frequency] if name == "period" else CODE
        odd = next((code for code in codes if not pattern.fullmatch(code)), None)
        if odd is not None:
            remedy = "Codes are UN Comtrade's; a period is 2022, or 202204 for a month."
            raise FetchError("UN Comtrade", problem=f"no {name}", value=odd, remedy=remedy)
    if not selection.reporters or not selection.periods:
        remedy = "Name at least one of each: one answer cannot hold them all."
        raise FetchError("UN Comtrade", problem="no reporter or no period", remedy=remedy)


def check_trade(question: Question, content: bytes, most: int) -> CheckedFile:
    """The answer, where it has records.

    Raises: UnusableAnswerError where it is an error, is empty, or is no answer of this kind.
    """
    answer = read_json(question, content)
    envelope = answer if isinstance(answer, dict) else {}
    records = envelope.get("data")
    if envelope.get("error") or "statusCode" in envelope or "errorObject" in envelope:
        raise UnusableAnswerError(
            str(question),
            problem="UN Comtrade refused the question",
            value=question.hide_secret(find_words(content)),
            remedy="Correct what was asked, and ask again.",
        )
    if not isinstance(records, list):
        raise UnusableAnswerError(
            str(question),
            problem='an answer without records under "data"',
            value=question.hide_secret(find_words(content[:200])),
            remedy="Ask again; the interface may have changed.",
        )
    if not records:
        raise UnusableAnswerError(
            str(question),
            problem="an answer without records: UN Comtrade has none for this",
            remedy="Check reporter, partner, flow, commodity and period; the year may not be reported yet.",
        )
    return CheckedFile(f"{question.name}.json", content, _notice_excerpt(envelope, len(records), most))


def _notice_excerpt(envelope: dict[str, object], found: int, most: int) -> tuple[str, ...]:
    count = envelope.get("count")
    if isinstance(count, int) and count > found:
        return (
            f"only {found} of {count} records came: ask for fewer periods, partners or commodities at a time",
        )
    if found < most:
        return ()
    hint = f", or set {KEY_VARIABLE}" if most == MOST_PREVIEWED else ""
    return (f"{found} records, as many as one answer holds: there may be more. Ask for less at a time{hint}",)
