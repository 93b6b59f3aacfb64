"""One HTML file that needs nothing beside it: styles and scripts inside, by a policy that allows no other."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

from dashboard.asset_files import ASSETS, join_modules, read_plotly
from dashboard.theme import write_css_variables
from dashboard.typeface import write_font_inside

HERE = Path(__file__).parent
# Type, marks, tables and the drawer; nothing that asks a server, as zoom, search and downloads do.
STYLES = ("10-base", "20-charts", "30-tables", "40-citations", "40-drawer", "70-print")
SCRIPT = HERE / "report.js"
# Before anything is painted, so that a reader who chose the other scheme sees no flash of this one.
EARLY_SCRIPT = (
    'try{const s=localStorage.getItem("scheme");if(s)document.documentElement.dataset.scheme=s}catch{}'
)
CSS_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
MARGIN_LOOK = "font:8pt sans-serif;color:#5b6775"
MARGIN_WORDS = (
    "@page{{@bottom-left{{content:{words};" + MARGIN_LOOK + "}}"
    '@bottom-right{{content:counter(page) " of " counter(pages);' + MARGIN_LOOK + "}}}}"
)
PAGE = """<!DOCTYPE html>
<html lang="en" class="report">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Footnoted">
<title>{title}</title>
<link rel="icon" href="data:,">
<script>{early}</script>
<style>{font}{variables}{styles}{margins}</style>
</head>
<body>
{body}
{packed}
<script>{script}</script>
</body>
</html>
"""


@dataclass(frozen=True)
class FileContent:
    """What one file holds: title, markup, what runs below every printed page, packed texts by id."""

    title: str
    body: str
    running_title: str
    packed: Mapping[str, str]


def write_file(content: FileContent) -> str:
    """The whole file; equal contents give equal bytes."""
    return PAGE.format(
        policy=escape(write_policy(plots="packed-plots" in content.packed)),
        title=escape(content.title),
        early=EARLY_SCRIPT,
        font=write_font_inside(),
        variables=write_css_variables(),
        styles=read_styles(),
        margins=MARGIN_WORDS.format(words=_quote(content.running_title)),
        body=content.body,
        packed="\n".join(_write_packed(name, text) for name, text in content.packed.items()),
        script=read_script(),
    )


def write_policy(*, plots: bool = True) -> str:
    """Nothing is fetched from anywhere, and only the scripts of the file run: plotly.js where it `plots`."""
    scripts = (EARLY_SCRIPT, read_script(), *([read_plotly()] if plots else []))
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def read_styles() -> str:
    """The styles of the pages that a report needs, then its own."""
    return CSS_COMMENT.sub("", _join([*(ASSETS / f"{name}.css" for name in STYLES), HERE / "report.css"]))


@lru_cache(maxsize=1)
def read_script() -> str:
    """The script of a report and the modules of the pages that it imports, as one."""
    return join_modules(SCRIPT)


def _join(paths: Iterable[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@lru_cache(maxsize=8)
def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _write_packed(name: str, text: str) -> str:
    return f'<script type="application/octet-stream" id="{name}">{text}</script>'


def _quote(text: str) -> str:
    """Words as a string of CSS."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ").replace("\n", " ")
    return f'"{escaped}"'
