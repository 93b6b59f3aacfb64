"""The picture of the architecture: packages by layer, and how many imports lead from each to each.

The layers are those of the import contracts in pyproject.toml, the imports those of the code as it is.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import grimp

CHECKOUT = Path(__file__).parents[2]
FILE = "architecture.svg"
# From the top down: the dashboard stands on the ETL.
ROOTS = ("dashboard", "etl")
COMMAND_LINE = "__main__"
# In pixels: a cell holds three digits of 11 px type, the margins the longest name, level and slanted.
CELL, LEFT, HEAD, GAP, EDGE = 25, 190, 104, 46, 14
# A cell with so many imports has the full colour; more of them are no more remarkable.
FULL = 60
INK, FAINT, LINE, BAND, BLUE = "#1c2733", "#5b6773", "#c9d0d7", "#f3f5f7", "#2b6cb0"


@dataclass(frozen=True)
class Part:
    """A package, or a module loose in the root: its layer, counted from the top, and its modules."""

    root: str
    name: str
    layer: int
    modules: int


@dataclass(frozen=True)
class Architecture:
    """The parts of one root from the top layer down, and how many imports lead from part to part."""

    root: str
    parts: tuple[Part, ...]
    imports: Counter[tuple[str, str]]


def read_architecture(root: str) -> Architecture:
    """What a root package consists of, by its contract of layers and its code."""
    graph = grimp.build_graph(*ROOTS)
    counts = Counter(_name_part(module, root) for module in graph.modules if module.startswith(f"{root}."))
    imports: Counter[tuple[str, str]] = Counter()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            ends = (_name_part(module, root), _name_part(imported, root))
            if module.startswith(f"{root}.") and ends[0] != ends[1]:
                imports[ends] += 1
    layers = [[COMMAND_LINE], *_read_layers(root)]
    parts = (
        Part(root, name, index, counts[name])
        for index, layer in enumerate(layers)
        for name in layer
        if counts[name]
    )
    return Architecture(root, tuple(parts), imports)


def draw_architecture() -> str:
    """Both roots below each other as one SVG: a row and a column for each part."""
    whole = [read_architecture(root) for root in ROOTS]
    width = max(LEFT + CELL * len(_list_columns(each)) for each in whole) + HEAD // 2 + EDGE
    drawn: list[str] = []
    top = float(EDGE)
    for each in whole:
        drawn += _draw_root(each, top=top)
        top += HEAD + CELL * len(each.parts) + GAP
    height = math.ceil(top - GAP + EDGE)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="system-ui, sans-serif" font-size="12" role="img">'
    )
    title = "<title>Packages by layer, and how many imports lead from each row to each column</title>"
    paper = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head, title, paper, *drawn, "</svg>", ""])


def _read_layers(root: str) -> list[list[str]]:
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    found = contracts["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in found if each.get("containers") == [root])
    return [[name.strip() for name in layer.split("|")] for layer in layers]


def _name_part(module: str, root: str) -> str:
    """The part of a root that a module belongs to; another root is one part."""
    first, _, rest = module.partition(".")
    return rest.partition(".")[0] if first == root else first


def _list_columns(whole: Architecture) -> list[str]:
    """The parts, and after them the other roots that they import."""
    others = sorted({imported for _, imported in whole.imports} & set(ROOTS))
    return [*(part.name for part in whole.parts), *others]


def _draw_root(whole: Architecture, *, top: float) -> Iterator[str]:
    columns = _list_columns(whole)
    right, below = LEFT + CELL * len(columns), top + HEAD
    yield _write(EDGE, below - 12, f"{whole.root}/", size=16, weight="bold")
    for index, name in enumerate(columns):
        x, y = LEFT + CELL * index + 15, below - 6
        turn = f'transform="rotate(-55 {x} {y:g})"'
        yield f'<text x="{x}" y="{y:g}" fill="{FAINT}" {turn}>{escape(name)}</text>'
    before = None
    for index, part in enumerate(whole.parts):
        y = below + CELL * index
        if part.layer % 2 == 0:
            yield f'<rect x="{EDGE}" y="{y:g}" width="{right - EDGE}" height="{CELL}" fill="{BAND}"/>'
        if part.layer != before:
            yield f'<path d="M{EDGE} {y:g}H{right}" stroke="{LINE}"/>'
        before = part.layer
        yield from _draw_row(whole, part, columns=columns, y=y)
    bottom = below + CELL * len(whole.parts)
    yield f'<path d="M{EDGE} {bottom:g}H{right}" stroke="{LINE}"/>'


def _draw_row(whole: Architecture, part: Part, *, columns: list[str], y: float) -> Iterator[str]:
    modules = "" if part.modules == 1 else f" · {part.modules}"
    yield _write(EDGE + 4, y + 17, part.name, after=modules)
    for index, name in enumerate(columns):
        x, count = LEFT + CELL * index, whole.imports[part.name, name]
        if name == part.name:
            yield f'<rect x="{x}" y="{y:g}" width="{CELL}" height="{CELL}" fill="{LINE}"/>'
        elif count:
            # By its root: one import is seen, and sixty are not sixty times as dark.
            opacity = round(min(1.0, math.sqrt(count / FULL)), 2)
            color = "#ffffff" if opacity > 0.8 else INK
            said = f"{part.root}.{part.name} imports {name}: {count}"
            yield (
                f'<g><title>{escape(said)}</title><rect x="{x + 1}" y="{y + 1:g}" width="{CELL - 2}" '
                f'height="{CELL - 2}" fill="{BLUE}" fill-opacity="{opacity}"/>'
                f'<text x="{x + CELL / 2}" y="{y + 16.5:g}" fill="{color}" font-size="11" '
                f'text-anchor="middle">{count}</text></g>'
            )


def _write(x: float, y: float, text: str, *, after: str = "", size: int = 12, weight: str = "normal") -> str:
    more = f'<tspan fill="{FAINT}">{escape(after)}</tspan>' if after else ""
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{INK}" font-size="{size}" font-weight="{weight}">'
        f"{escape(text)}{more}</text>"
    )
