"""Marks as elements that a reader can point at, walk through and open: one per row, and what is met of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.svg.dot_areas import RADIUS_BESIDE, draw_dot, is_cut, size_dots
from dashboard.svg.elements import Element, escape, write_element
from dashboard.svg.support import UnopenedMarkError
from dashboard.svg.targets import (
    Dot,
    HitTrack,
    Owned,
    Slab,
    Target,
    draw_slab,
    draw_track,
    passes,
    size_slabs,
    size_tracks,
)


@dataclass(frozen=True)
class MarkName:
    """What a mark says, plainly, and its period: marks of one period belong together across charts."""

    words: str
    period: str


@dataclass(frozen=True)
class Piece:
    """Shapes drawn together; with a row's id they are a mark, without they only guide the eye.

    A sunk piece is only what is met of a mark whose shapes are drawn later.
    """

    elements: tuple[Element, ...]
    row_id: str = ""
    targets: tuple[Target, ...] = ()
    is_sunk: bool = False


def write_pieces(pieces: Sequence[Piece], *, names: Mapping[str, MarkName]) -> Iterator[str]:
    """All pieces in their order, each row's first one with its name.

    Raises: UnsupportedFigureError for a mark without a name.
    """
    owned = [Owned(piece.row_id, target) for piece in pieces for target in piece.targets]
    meeting = _Meeting(owned)
    named: set[str] = set()
    for piece in _move_below(pieces, meeting):
        if not piece.row_id:
            yield from (element.write(**{"pointer-events": "none"}) for element in piece.elements)
            continue
        # One button per row: a screen reader would else read the same value several times.
        is_first = piece.row_id not in named and not piece.is_sunk
        opening = _open_group(piece.row_id, names=names, is_first=is_first)
        if is_first:
            named.add(piece.row_id)
        met = [
            element.write()
            for target in piece.targets
            for element in meeting.draw(Owned(piece.row_id, target))
        ]
        yield f"{opening}{_write_shape(piece.elements, meeting.shares_room(piece))}{''.join(met)}</g>"


class _Meeting:
    """What is met of every target of a picture."""

    def __init__(self, owned: Sequence[Owned]) -> None:
        self._dots = size_dots(owned)
        self._tracks = size_tracks(owned)
        self._slabs = size_slabs(owned)

    def draw(self, owned: Owned) -> Iterator[Element]:
        """The element that is met of a target, if it needs one."""
        target = owned.target
        if isinstance(target, Dot):
            found = draw_dot(target, self._dots[owned])
        elif isinstance(target, Slab):
            found = draw_slab(target, self._slabs[target])
        else:
            found = draw_track(target, self._tracks[target])
        if found:
            yield found

    def shares_room(self, piece: Piece) -> bool:
        """Whether what is seen of a piece must not be met, since its dots lie over others."""
        return bool(piece.targets) and all(
            isinstance(target, Dot) and is_cut(self._dots[Owned(piece.row_id, target)], target)
            for target in piece.targets
        )

    def covers(self, track: HitTrack, dot: Dot) -> bool:
        """Whether a line, met as wide as it is, would take room from a dot."""
        # Half of what is met of the line, and what a dot keeps beside one.
        return passes(track, dot, reach=self._tracks[track] / 2 + RADIUS_BESIDE)


def _move_below(pieces: Sequence[Piece], meeting: _Meeting) -> Iterator[Piece]:
    """The pieces, and below the first of them with dots what is met of lines that would cover dots."""
    below, kept = [], []
    dots: list[tuple[str, Dot]] = []
    for piece in pieces:
        sunk = tuple(
            target
            for target in piece.targets
            if isinstance(target, HitTrack)
            and any(row_id != piece.row_id and meeting.covers(target, dot) for row_id, dot in dots)
        )
        if sunk:
            below.append(Piece((), piece.row_id, sunk, is_sunk=True))
            rest = tuple(target for target in piece.targets if target not in sunk)
            kept.append(Piece(piece.elements, piece.row_id, rest))
        else:
            kept.append(piece)
        dots += [(piece.row_id, target) for target in piece.targets if isinstance(target, Dot)]
    first = next(
        (
            place
            for place, piece in enumerate(kept)
            if any(isinstance(target, Dot) for target in piece.targets)
        ),
        len(kept),
    )
    yield from (*kept[:first], *below, *kept[first:])


def _open_group(row_id: str, *, names: Mapping[str, MarkName], is_first: bool) -> str:
    if row_id not in names:
        raise UnopenedMarkError(f"the mark of {row_id}: it has no name to be spoken.")
    name = names[row_id]
    place = f'<g class="mark" data-point="{escape(row_id)}" data-period="{escape(name.period)}"'
    if not is_first:
        return f'{place} aria-hidden="true">'
    return f'{place} role="button" tabindex="-1" aria-label="{escape(name.words)}">'


def _write_shape(elements: Sequence[Element], is_passed: bool) -> str:
    attributes = {"class": "shape", "pointer-events": "none" if is_passed else ""}
    if len(elements) == 1:
        return elements[0].write(**attributes)
    inner = "".join(element.write() for element in elements)
    return write_element("g", attributes, inner) if elements else ""
