"""A publisher's file as spreadsheets save it again."""

from __future__ import annotations

import csv
import io
import re

_NUMBER = re.compile(r"[+-]?\d+\.\d+")


def save_with_decimal_commas(content: bytes, *, encoding: str = "utf-8-sig") -> bytes:
    """Parted by semicolons, with a byte order mark, and decimal commas in its numbers."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    for row in csv.reader(io.StringIO(content.decode(encoding), newline="")):
        writer.writerow([cell.replace(".", ",") if _NUMBER.fullmatch(cell) else cell for cell in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def save_with_groups(content: bytes, *, encoding: str = "utf-8-sig") -> bytes:
    """Whole numbers of a thousand or more with commas between groups, in quotation marks, years apart."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for row in csv.reader(io.StringIO(content.decode(encoding), newline="")):
        is_header = any(cell in {"Recipient", "Supplier"} for cell in row)
        grouped = [f"{int(cell):,}" if cell.isdigit() and not is_header else cell for cell in row]
        writer.writerow(grouped)
    return stream.getvalue().encode()
