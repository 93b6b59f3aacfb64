"""What is said of a file that no layout has: what it looks like, what comes near it, what is read instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median_high

from etl.formatting import join_words
from etl.provenance import RawFile
from etl.readers.spreadsheets import find_workbook
from etl.source_contract import Source

# What lies above the rows of a table, and the names in it, stand in the first part of any download.
HEAD_BYTES, HEAD_LINES, SHEET_ROWS = 60_000, 60, 40
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
MOST_SHOWN, LONGEST_CELL = 6, 40
# A header shares this much with a layout before that is called the nearest: half of what tells it, and more
# than one name. Years stand in anybody's tables.
NEAR, FEWEST_SHARED = 0.5, 2
YEARS = re.compile(r"\.\.\.|[0-9]{4}(?:-[0-9]{2,4})?")
PUBLISHERS = {
    "SIPRI": r"(?<![a-z])sipri(?![a-z])|arms transfers database",
    "United Nations Statistics Division": r"comtrade|united nations statistics",
    "India’s Department of Commerce": r"tradestat|department of commerce|dgci&?s|export import data bank",
    "International Monetary Fund": r"international monetary fund|(?<![a-z])imf(?![a-z])|direction of trade",
    "World Bank": r"world bank|world development indicators|databank",
    "International Trade Centre": r"trade ?map|international trade cent(?:re|er)|(?<![a-z])itc(?![a-z])",
    "CEPII": r"(?<![a-z])(?:cepii|baci)(?![a-z])",
}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BINARY = (
    (b"%PDF", "a PDF document, which is no table of a publisher: check its figures with `footnoted check`"),
    (b"\x1f\x8b", "a gzip archive: unpack it and add the file inside"),
    (b"PAR1", "a Parquet file: it is nobody’s download, add the file that it was made of"),
    (b"PK\x03\x04", "a zip archive: unpack it and add the file inside"),
)


@dataclass(frozen=True)
class Appearance:
    """What a file looks like, in words; its first text, and the cells that may name its columns."""

    words: str
    text: str
    cells: frozenset[str]


def describe_unknown(file: RawFile, sources: Sequence[Source]) -> tuple[str, str]:
    """What is wrong with a file that no source has as its own, and what to do, in a dozen lines at most."""
    seen = _look_at(file)
    publisher = _find_publisher(seen.text + " " + file.name)
    read = [each for each in sources if each.product is not None and "refused" not in each.title]
    source, missing = _find_nearest(seen, read, publisher)
    lines = [f"It looks like {seen.words}."]
    if source is not None:
        lack = f"it lacks {_show(missing)}" if missing else "its names are there, but not its form"
        lines.append(f"Nearest is {source.layout} ({source.title}); {lack}.")
        publisher = publisher or (source.product.publisher if source.product else None)
    titles = [each.title for each in read if each.product and each.product.publisher == publisher]
    if titles:
        lines += [f"Of {publisher} these are read:", *(f"  {title}" for title in titles[:MOST_SHOWN])]
        lines.append("Download one of them anew, and add it as it comes, not re-saved by hand.")
    else:
        known = sorted({each.product.publisher for each in read if each.product})
        lines.append(f"Read are downloads of {join_words(known)}; datasets/README.md lists them.")
    return "no layout that is read here", "\n".join(lines)


def _look_at(file: RawFile) -> Appearance:
    workbook = find_workbook(file)
    if workbook is not None:
        rows = [row for sheet in workbook.sheets for row in sheet.rows[:SHEET_ROWS]]
        names = [sheet.name for sheet in workbook.sheets]
        widest = max(rows, key=_count_filled, default=())
        words = f"a workbook with the {'sheet' if len(names) == 1 else 'sheets'} {_show(names)}"
        return _appear(words, rows, widest)
    for magic, words in BINARY:
        if file.content.startswith(magic):
            return Appearance(words, "", frozenset())
    seen = _look_at_text(_decode(file.content))
    if file.content.startswith(UTF_16):
        return replace(seen, words=f"{seen.words}, in UTF-16: save it as CSV in UTF-8")
    return seen


def _look_at_text(text: str) -> Appearance:
    start = text.lstrip("\ufeff \r\n\t")
    if not start:
        return Appearance("an empty file", "", frozenset())
    if start.startswith("<"):
        cells = [" ".join(cell.split()) for cell in re.split(r"<[^<>]*>", text)]
        return _appear("a web page", [[cell for cell in cells if cell]], ())
    if start[0] in "{[":
        names = list(dict.fromkeys(re.findall(r'"([^"\\]{1,60})"\s*:', text)))
        return _appear("JSON", [names], names)
    if start.startswith("{\\rtf"):
        return _appear("rich text", [re.split(r"\\[a-z]+-?\d* ?|[{}]", text)], ())
    lines = text.splitlines()[:HEAD_LINES]
    delimiter = max(DELIMITERS, key=lambda mark: max(line.count(mark) for line in lines))
    rows = [[cell.strip().strip('"') for cell in line.split(delimiter)] for line in lines]
    # As wide as most: a row whose texts hold the sign that parts them is wider than its header.
    usual = median_high(map(_count_filled, rows))
    header = next(row for row in rows if _count_filled(row) >= usual)
    if usual <= 1:
        return _appear("text without columns", rows, ())
    return _appear(f"text whose columns are parted by {DELIMITERS[delimiter]}", rows, header)


def _appear(words: str, rows: Iterable[Sequence[str]], header: Sequence[str]) -> Appearance:
    """An appearance; `header` is the row that has most cells, named where there is one."""
    listed = [list(row) for row in rows]
    named = [cell for cell in header if cell]
    text = " ".join(cell for row in listed for cell in row)
    return Appearance(
        f"{words}, with {_show(named)}" if named else words,
        text,
        frozenset(_settle(cell) for row in listed for cell in row if cell),
    )


def _find_publisher(text: str) -> str | None:
    """The publisher that a text names; none where it names none, or several."""
    named = [name for name, pattern in PUBLISHERS.items() if re.search(pattern, text, re.IGNORECASE)]
    return named[0] if len(named) == 1 else None


def _find_nearest(
    seen: Appearance, sources: Sequence[Source], publisher: str | None
) -> tuple[Source | None, list[str]]:
    """The layout of which most column names are there, one of the named publisher first, and what is not."""
    best: tuple[float, bool, Source | None, list[str]] = (0.0, False, None, [])
    for source in sources:
        wanted = [name for name in source.columns if name and not YEARS.fullmatch(name)]
        missing = [name for name in wanted if _settle(name) not in seen.cells]
        share = 1 - len(missing) / len(wanted) if len(wanted) - len(missing) >= FEWEST_SHARED else 0.0
        is_named = source.product is not None and source.product.publisher == publisher
        if (share, is_named) > best[:2]:
            best = (share, is_named, source, missing)
    share, _, nearest, missing = best
    return (nearest, missing) if share >= NEAR else (None, [])


def _decode(content: bytes) -> str:
    head = content[:HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    return head.decode("utf-8", errors="replace")


def _settle(cell: str) -> str:
    # Statistical programs write dots for blanks and brackets.
    return " ".join(re.split(r"[\W_]+", cell.lower())).strip()


def _count_filled(row: Sequence[str]) -> int:
    return sum(bool(cell) for cell in row)


def _show(names: Sequence[str]) -> str:
    printable = (
        "".join(character if character.isprintable() else "?" for character in name) for name in names
    )
    shown = [f"“{name[:LONGEST_CELL]}”" for name in list(printable)[:MOST_SHOWN]]
    rest = len(names) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")
