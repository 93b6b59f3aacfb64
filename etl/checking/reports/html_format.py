"""A report as one file of HTML: the text with its figures marked, each leading to how it was judged."""

from __future__ import annotations

from html import escape

from etl.checking.reports.report import CheckedClaim, CheckReport
from etl.checking.reports.shown_text import TextPart, mark_text, show_on_one_line
from etl.checking.reports.wording import (
    LIMITS,
    AreaNames,
    count_claims,
    format_days,
    format_total,
    list_lines,
)

_LIGHT = (
    "--paper:#fff;--text:#1b2733;--minor:#5b6775;--rule:#c9d0d7;--supported:#1f6f43;--supported-roughly:#5a6b00;"
    "--superseded:#5a4fa3;--not-comparable:#8f5200;--contradicted:#b3261e;--unresolved:#55616e"
)
_DARK = (
    "--paper:#141b22;--text:#e8edf2;--minor:#a9b4c0;--rule:#3c4854;--supported:#7fd3a2;--supported-roughly:#c3cf6a;"
    "--superseded:#b9b1f2;--not-comparable:#f0b765;--contradicted:#ff9a91;--unresolved:#a9b4c0"
)
# Colour is never alone: the sign follows the figure, and each verdict has its own line below it.
_LINES = {
    "supported": "2px solid",
    "supported_roughly": "1px solid",
    "superseded": "2px dashed",
    "not_comparable": "2px wavy",
    "contradicted": "2px double",
    "unresolved": "2px dotted",
}
_STYLE = f"""
:root{{color-scheme:light dark;{_LIGHT}}}
@media(prefers-color-scheme:dark){{:root{{{_DARK}}}}}
body{{margin:0 auto;padding:24px 16px 64px;max-width:72ch;font:16px/1.55 system-ui,sans-serif;
color:var(--text);background:var(--paper);overflow-wrap:anywhere}}
h1{{font-size:24px;line-height:1.25}} h2{{font-size:18px;margin-top:40px}} h3{{font-size:16px;margin:0}}
article{{border-top:1px solid var(--rule);padding:16px 0}} article:target{{border-top:3px solid var(--text)}}
.minor,dt{{color:var(--minor);font-size:14px}} dl{{margin:8px 0 0}} dd{{margin:0 0 8px}}
mark{{background:none;color:inherit}} mark a{{color:inherit;font-weight:650;text-underline-offset:3px}}
blockquote{{margin:8px 0;padding-left:12px;border-left:3px solid var(--rule)}} code{{font-size:13px}}
""" + "".join(
    f".{name.replace('_', '-')}{{color:var(--{name.replace('_', '-')})}}"
    f"mark a.{name.replace('_', '-')}{{text-decoration:underline {line}}}\n"
    for name, line in _LINES.items()
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write_html(report: CheckReport, names: AreaNames) -> str:
    """A page without scripts or addresses of others: counts, the text, every figure, what was not checked."""
    title = show_on_one_line(report.title) if report.title else "Figures checked"
    paragraphs = [
        f"<p>{''.join(_write_part(part) for part in paragraph.parts)}</p>"
        for paragraph in mark_text(report.text, report.claims)
    ]
    limits = "".join(f"<li>{_write(words)}</li>" for words in (*report.notes, *LIMITS))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_write(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{_write(title)}</h1>\n<p>{_write(format_total(report))}{_write_counts(report)}.</p>\n"
        f'<p class="minor">{_write(format_days(report))} '
        f"Snapshot <code>{_write(report.snapshot_id)}</code>.</p>\n"
        f"<h2>The text</h2>\n{chr(10).join(paragraphs)}\n<h2>The figures</h2>\n"
        f"{chr(10).join(_write_claim(claim, names) for claim in report.claims)}\n"
        f"<h2>What was not checked</h2>\n<ul>{limits}</ul>\n</main>\n</body>\n</html>\n"
    )


def _write(text: str) -> str:
    return escape(show_on_one_line(text))


def _write_counts(report: CheckReport) -> str:
    counts = [
        f'<span class="{mark.class_name}">{mark.sign} {number} {escape(mark.label)}</span>'
        for mark, number in count_claims(report)
    ]
    return f": {' · '.join(counts)}" if counts else ""


def _write_part(part: TextPart) -> str:
    if not part.claims:
        return escape(part.text)
    marks = [claim.now.mark for claim in part.claims]
    signs = "".join(f" {mark.sign}" for mark in marks)
    first = part.claims[0]
    text = "; ".join(mark.label for mark in marks)
    return (
        f'<mark><a class="{marks[0].class_name}" href="#{escape(first.claim_id)}" '
        f'title="{escape(text)}">{escape(part.text)}{escape(signs)}</a></mark>'
    )


def _write_claim(claim: CheckedClaim, names: AreaNames) -> str:
    found, mark = claim.found, claim.now.mark
    lines = "".join(
        f"<dt>{_write(line.label)}</dt><dd>{_write(line.words)}</dd>" for line in list_lines(claim, names)
    )
    return (
        f'<article id="{escape(claim.claim_id)}"><h3>“{_write(found.stated_as)}” '
        f'<span class="{mark.class_name}">{escape(str(mark))}</span></h3>'
        f'<p class="minor">Paragraph {found.paragraph}, characters {found.char_start} to {found.char_end}</p>'
        f"<dl>{lines}</dl></article>"
    )
