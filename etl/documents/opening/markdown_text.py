"""Markdown: what its front matter states, and its text made ready for the reader of markup."""

from __future__ import annotations

import re
from dataclasses import dataclass

# In lines. A fence without an end would else make the whole text front matter.
LONGEST_FRONT_MATTER = 200
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,40})\s{0,4}[:=](.*)")
_FENCES = {"---": "---", "+++": "+++"}
_TITLE_KEYS, _DAY_KEYS = frozenset(("title",)), frozenset(("date", "published", "published_on", "pubdate"))
_NOTE_TEXT = re.compile(r"^ {0,3}\[\^[^\]\s]{1,40}\]:[ \t]{0,8}", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Each says by itself that a text is Markdown only weakly; two kinds of them say it well.
_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"\[[^\[\]\n]{1,200}\]\([^()\s]{1,500}\)"),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"\*\*[^\s*][^*\n]{0,300}\*\*"),
    re.compile(r"^\|[ :|-]{3,200}\|[ \t]{0,8}$", re.MULTILINE),
    re.compile(r"^ {0,3}\[\^[^\]\s]{1,40}\]:", re.MULTILINE),
)
# One may be chance: an asterisk for a footnote, a hash before a number
# (test_a_stray_asterisk_does_not_make_a_text_markdown).
LEAST_SIGNS = 2
# In characters: a text shows what it is on its first pages.
LOOKED_AT = 20_000


@dataclass(frozen=True)
class MarkdownText:
    """A Markdown text without its front matter and notes' marks, and what the front matter states."""

    body: str
    title: str | None
    days: tuple[str, ...]


def looks_like_markdown(text: str) -> bool:
    """Whether a text of no declared kind shows two kinds of Markdown's marks, or front matter."""
    head = text[:LOOKED_AT]
    return bool(_find_front_matter(head)) or sum(bool(sign.search(head)) for sign in _SIGNS) >= LEAST_SIGNS


def prepare_markdown(text: str) -> MarkdownText:
    """The text as CommonMark alone: notes become paragraphs, and their marks raised numbers or nothing."""
    stated, body = read_front_matter(text)
    body = _NOTE_TEXT.sub("\n", body)
    body = _NOTE_MARK.sub(lambda mark: mark[1].translate(_RAISED) if mark[1].isdecimal() else "", body)
    title = next((words for key, words in stated if key in _TITLE_KEYS and words), None)
    return MarkdownText(body, title, tuple(words for key, words in stated if key in _DAY_KEYS))


def read_front_matter(text: str) -> tuple[list[tuple[str, str]], str]:
    """The keys and plain values that stand before a text between lines of hyphens, and the text after."""
    lines = _find_front_matter(text)
    if not lines:
        return [], text
    stated = []
    for line in lines:
        found = _KEY.fullmatch(line.strip())
        if found is not None and not line[0].isspace():
            stated.append((found[1].lower(), found[2].strip().strip("\"'").strip()))
    return stated, text.split("\n", len(lines) + 2)[-1]


def _find_front_matter(text: str) -> list[str]:
    """The lines between the fences; none where the text has no front matter."""
    lines = text.split("\n", LONGEST_FRONT_MATTER + 1)[:LONGEST_FRONT_MATTER]
    fence = _FENCES.get(lines[0].rstrip())
    if fence is None:
        return []
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == fence:
            return lines[1:index]
        # A rule of hyphens opens many texts; front matter has nothing but keys, values and comments under it.
        is_value = not line.strip() or line[0] in " \t#-" or _KEY.fullmatch(line.strip())
        if not is_value:
            return []
    return []
