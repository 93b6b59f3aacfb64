"""Numbers in words: "twenty-five", "two hundred", or plain digits with thousands separators."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from etl.documents.lexicon import Lexicon

HUNDRED, TWENTY, TEN = 100, 20, 10


def read_number_words(text: str, lexicon: Lexicon) -> Decimal | None:
    """A number in digits or words; None where it is neither."""
    written = text.replace(",", "").strip().lower()
    if written[:1].isdigit():
        try:
            return Decimal(written)
        except InvalidOperation:
            return None
    values = [lexicon.numbers.get(part) for part in re.split(r"[ -]+", written)]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    if len(known) == 1:
        return known[0]
    first, second = known[:2]
    if second == HUNDRED and first < HUNDRED:
        return first * second
    is_compound = first >= TWENTY and second < TEN and first < HUNDRED
    return first + second if is_compound and len(known) == 2 else None
