"""A report as text for a terminal, as Markdown, as a page of HTML, or as JSON."""

from __future__ import annotations

from collections.abc import Callable

from etl.checking.html_format import write_html
from etl.checking.json_format import write_json
from etl.checking.markdown_format import write_markdown
from etl.checking.report import CheckReport
from etl.checking.report_words import AreaNames, list_names
from etl.checking.text_format import write_text
from etl.errors import FootnotedError
from etl.snapshot import Snapshot

_WRITERS: dict[str, Callable[[CheckReport, AreaNames], str]] = {
    "text": write_text,
    "json": write_json,
    "html": write_html,
    "markdown": write_markdown,
}
FORMATS = tuple(_WRITERS)


class ReportFormatError(FootnotedError):
    """A format in which no report can be written."""


def write_report(report: CheckReport, format_name: str, *, snapshot: Snapshot | None = None) -> str:
    """A report in one of FORMATS; `snapshot` gives areas their names, without it their codes stand.

    Raises: ReportFormatError for an unknown format.
    """
    if format_name not in _WRITERS:
        raise ReportFormatError(f"no report in the format {format_name!r}. Use one of {', '.join(FORMATS)}.")
    return _WRITERS[format_name](report, list_names(snapshot))
