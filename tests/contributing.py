"""The recipes of CONTRIBUTING.md as steps: files to write and commands to run, in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
# A file stands in a block under a line with its path alone; a block of `sh` is run.
STEP = re.compile(
    r"^(?:`(?P<path>[^`\n]+)`:\n\n```\w+\n(?P<text>.*?)^```$|```sh\n(?P<commands>.*?)^```$)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """A file with its text, or commands where there is no path."""

    path: str | None
    text: str


def read_recipes() -> dict[str, tuple[Step, ...]]:
    """Every recipe by its heading."""
    page = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipes = {}
    for section in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition("\n")
        steps = (Step(step["path"], step["text"] or step["commands"]) for step in STEP.finditer(body))
        recipes[heading] = tuple(steps)
    return recipes


def read_example(heading: str, *, folder: str) -> str:
    """The one example file that a recipe puts into a folder."""
    (text,) = (
        step.text
        for step in read_recipes()[heading]
        if step.path is not None and Path(step.path).parent == Path(folder)
    )
    return text
