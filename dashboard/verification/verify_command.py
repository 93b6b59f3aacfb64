"""The command that verifies a file or a code: the report, and by its exit code how it went."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import etl
from dashboard.chart_cache import ChartCache
from dashboard.picture_records import CodeError, UnreadablePictureError, seal_record
from dashboard.verification.code_search import UnknownCodeError, find_picture
from dashboard.verification.comparison import compare
from dashboard.verification.report import write_lines, write_values
from dashboard.verification.shown import CODE, Shown, describe_record, read_shown

UNCHANGED, CHANGED, NOT_READABLE = 0, 1, 2
CODE_START = "FN-"

Say = Callable[[str], None]


def verify_saved(
    name: str, *, folder: Path | None, as_json: bool, has_figures: bool, say: Say, complain: Say
) -> int:
    """Verify a file, or a short code, against the snapshot in a folder or the newest one; the exit code."""
    try:
        shown, snapshot = _find_both(name, folder)
    except UnreadablePictureError as error:
        return _refuse(f"{name}: {error}.", as_json=as_json, say=say, complain=complain)
    except (CodeError, UnknownCodeError, etl.SnapshotError) as error:
        return _refuse(str(error), as_json=as_json, say=say, complain=complain)
    comparison = compare(shown, snapshot)
    if as_json:
        content = write_values(shown, comparison)
        say(json.dumps(content, ensure_ascii=False, indent=2, default=str))
    else:
        for line in write_lines(shown, comparison, has_figures=has_figures):
            say(line)
    return UNCHANGED if shown.is_whole and comparison.is_unchanged else CHANGED


def _find_both(name: str, folder: Path | None) -> tuple[Shown, etl.Snapshot]:
    """What was shown and what to hold it against; a file comes first, since most that goes wrong is in it."""
    path = Path(name)
    if name.upper().startswith(CODE_START) and not path.exists():
        snapshot = etl.open_snapshot(folder)
        sealed = seal_record(find_picture(name, ChartCache(snapshot)))
        return describe_record(sealed, medium=CODE), snapshot
    shown = read_shown(path)
    return shown, etl.open_snapshot(folder)


def _refuse(text: str, *, as_json: bool, say: Say, complain: Say) -> int:
    if as_json:
        say(json.dumps({"not_readable": text}, ensure_ascii=False, indent=2))
    else:
        complain(text)
    return NOT_READABLE
