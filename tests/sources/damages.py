"""Ways in which a file comes to harm: each gives a damaged copy and says how far the damage can reach."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_ENDS = re.compile(rb"\r\n|\n|\r")
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1", "cp1252", "mac_roman", "cp437")
_STYLES_PART = "xl/styles.xml"


@dataclass(frozen=True)
class Damage:
    """A damaged copy: in how many lines its numbers may differ, and whether any number of lines may be gone.

    `statuses` is false where the damage may change flags anywhere in the file, as that of a style sheet does.
    """

    kind: str
    content: bytes
    reach: int
    may_lose: bool = False
    statuses: bool = True

    def __str__(self) -> str:
        return self.kind


Harm = Callable[[bytes, random.Random], Damage]


def fuzz_file(content: bytes, *, seed: int, cases: int) -> Iterator[Damage]:
    """As many damaged copies as asked for, the same ones for the same seed.

    Half of them have one byte flipped, each byte in its turn before any comes up again; of a workbook, three
    in four are damaged inside, within an archive that is whole.
    """
    chance = random.Random(seed)
    if content.startswith(b"PK\x03\x04"):
        yield from _fuzz_workbook(content, chance, cases=cases)
        return
    places = _shuffle_places(content, chance)
    for number in range(cases):
        if number % 2 == 0:
            yield flip_byte(content, chance, place=next(places))
        else:
            yield HARMS[number // 2 % len(HARMS)](content, chance)


def flip_byte(content: bytes, chance: random.Random, *, place: int) -> Damage:
    """One byte made another: a single bit of it, or all of it."""
    old = content[place]
    new = (
        old ^ (1 << chance.randrange(8)) if chance.random() < 0.5 else (old + chance.randrange(1, 256)) % 256
    )
    damaged = content[:place] + bytes([new]) + content[place + 1 :]
    return Damage(f"byte {place} {bytes([old])!r} made {bytes([new])!r}", damaged, 2)


def replace_digit(content: bytes, chance: random.Random) -> Damage:
    """A digit made another sign that a number might hold."""
    digits = [match.start() for match in re.finditer(rb"[0-9]", content)]
    place = chance.choice(digits or [0])
    new = chance.choice([b"0", b"9", b"-1", b".", b"e5", b"O", b"1,000", b" ", b"", b"NaN", b"\xd9\xa3"])
    damaged = content[:place] + new + content[place + 1 :]
    return Damage(f"digit at byte {place} made {new!r}", damaged, 2)


def drop_bytes(content: bytes, chance: random.Random) -> Damage:
    """Up to four bytes lost."""
    place = chance.randrange(len(content))
    damaged = content[:place] + content[place + chance.randint(1, 4) :]
    return Damage(f"bytes lost at {place}", damaged, 3)


def insert_byte(content: bytes, chance: random.Random) -> Damage:
    """A byte too many, a separator or a quote more often than chance would have it."""
    place = chance.randrange(len(content) + 1)
    new = chance.choice([b",", b";", b'"', b"\n", b"\x00", b"\t", b"\xff", bytes([chance.randrange(256)])])
    return Damage(f"{new!r} put in at byte {place}", content[:place] + new + content[place:], 2)


def cut_line(content: bytes, chance: random.Random) -> Damage:
    """A line gone."""
    lines, end = _split_lines(content)
    place = chance.randrange(len(lines))
    return Damage(f"line {place + 1} gone", end.join(lines[:place] + lines[place + 1 :]), 1)


def shorten_line(content: bytes, chance: random.Random) -> Damage:
    """A line that stops before its end."""
    lines, end = _split_lines(content)
    place = chance.randrange(len(lines))
    lines[place] = lines[place][: chance.randrange(len(lines[place]) + 1)]
    return Damage(f"line {place + 1} cut short", end.join(lines), 1)


def cut_file(content: bytes, chance: random.Random) -> Damage:
    """A download that stopped early."""
    place = chance.randrange(len(content))
    return Damage(f"cut off at byte {place}", content[:place], 2, may_lose=True)


def double_line(content: bytes, chance: random.Random) -> Damage:
    """A line that stands twice, the second time anywhere."""
    lines, end = _split_lines(content)
    place, to = chance.randrange(len(lines)), chance.randrange(len(lines) + 1)
    lines.insert(to, lines[place])
    return Damage(f"line {place + 1} again as line {to + 1}", end.join(lines), 1)


def swap_lines(content: bytes, chance: random.Random) -> Damage:
    """Two lines in each other's place."""
    lines, end = _split_lines(content)
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return Damage(f"lines {one + 1} and {two + 1} swapped", end.join(lines), 2)


def swap_cells(content: bytes, chance: random.Random) -> Damage:
    """Two cells of one line in each other's place."""
    lines, end = _split_lines(content)
    sign = _find_separator(content)
    place = chance.randrange(len(lines))
    cells = lines[place].split(sign)
    one, two = chance.randrange(len(cells)), chance.randrange(len(cells))
    cells[one], cells[two] = cells[two], cells[one]
    lines[place] = sign.join(cells)
    return Damage(f"cells {one + 1} and {two + 1} of line {place + 1} swapped", end.join(lines), 1)


def swap_columns(content: bytes, chance: random.Random) -> Damage:
    """Two columns in each other's place, their names with them: no number may change."""
    lines, end = _split_lines(content)
    sign = _find_separator(content)
    rows = [line.split(sign) for line in lines]
    width = max(len(cells) for cells in rows)
    one, two = chance.randrange(width), chance.randrange(width)
    for cells in rows:
        if len(cells) == width:
            cells[one], cells[two] = cells[two], cells[one]
    damaged = end.join(sign.join(cells) for cells in rows)
    return Damage(f"columns {one + 1} and {two + 1} swapped", damaged, 0)


def change_encoding(content: bytes, chance: random.Random) -> Damage:
    """The same text in another encoding, or in one that it was wrongly taken for."""
    source, target = chance.choice(_ENCODINGS), chance.choice(_ENCODINGS)
    damaged = content.decode(source, errors="replace").encode(target, errors="replace")
    return Damage(f"read as {source}, written as {target}", damaged, 0)


def change_line_ends(content: bytes, chance: random.Random) -> Damage:
    """Other line ends, and perhaps empty cells or blank lines at the end, as spreadsheets leave them."""
    lines, _ = _split_lines(content)
    tail = chance.choice([b"", b"", b",", b";", b",,,", b"\t", b" "])
    end = chance.choice([b"\n", b"\r\n", b"\r", b"\n\n"])
    return Damage(f"lines end in {tail + end!r}", (tail + end).join(lines), 0)


def change_separator(content: bytes, chance: random.Random) -> Damage:
    """Another sign between the cells."""
    new = chance.choice([b";", b"\t", b"|", b", "])
    return Damage(f"separated by {new!r}", content.replace(_find_separator(content), new), 0)


HARMS: tuple[Harm, ...] = (
    replace_digit,
    drop_bytes,
    insert_byte,
    cut_line,
    shorten_line,
    cut_file,
    double_line,
    swap_lines,
    swap_cells,
    swap_columns,
    change_encoding,
    change_line_ends,
    change_separator,
)
_HARMS_INSIDE: tuple[Harm, ...] = (replace_digit, replace_digit, drop_bytes, insert_byte, cut_file)


def _fuzz_workbook(content: bytes, chance: random.Random, *, cases: int) -> Iterator[Damage]:
    with zipfile.ZipFile(io.BytesIO(content)) as store:
        parts = {name: store.read(name) for name in store.namelist()}
    names = list(parts)
    places = {name: _shuffle_places(part, chance) for name, part in parts.items() if part}
    outside = _shuffle_places(content, chance)
    for number in range(cases):
        if number % 4 == 3:
            yield flip_byte(content, chance, place=next(outside))
            continue
        name = chance.choices(names, weights=[len(part) ** 0.5 for part in parts.values()])[0]
        if number % 4 == 0:
            harm = chance.choice(_HARMS_INSIDE)(parts[name], chance)
        else:
            harm = flip_byte(parts[name], chance, place=next(places[name]))
        damaged = _write_archive(parts | {name: harm.content})
        yield Damage(f"{name}: {harm}", damaged, harm.reach, harm.may_lose, statuses=name != _STYLES_PART)


def _write_archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as store:
        for name, part in parts.items():
            store.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()


def _shuffle_places(content: bytes, chance: random.Random) -> Iterator[int]:
    places = list(range(len(content)))
    while True:
        chance.shuffle(places)
        yield from places


def _split_lines(content: bytes) -> tuple[list[bytes], bytes]:
    found = _ENDS.search(content)
    return _ENDS.split(content), found[0] if found else b"\n"


def _find_separator(content: bytes) -> bytes:
    return max((b",", b";", b"\t"), key=content.count)
