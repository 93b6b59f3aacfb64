"""The README of an export: what it is, how to cite it, what was withheld, how to undo what was defused."""

from __future__ import annotations

from etl.export.formulas import UNDO_RULE
from etl.export.release import Release


def write_read_me(release: Release) -> str:
    """The README as Markdown."""
    snapshot = release.snapshot
    lines = [
        f"# Footnoted, snapshot {snapshot.snapshot_id}",
        "",
        f"What was known on {snapshot.as_of.isoformat()}: statistics, the figures that documents state, and "
        "what checking each of them gave. Every row says where it comes from.",
        "",
        "## How to cite it",
        "",
        snapshot.cite().text,
        "",
        "## Text in CSV files",
        "",
        UNDO_RULE,
        "",
        "## Licences",
        "",
        "Records, notes and arrangement are under the MIT licence. Figures stay under the terms of those who "
        "published them: `licence` says them in every row, and `redistributable` whether the value may be "
        "passed on under them. SIPRI's, for one, are for non-commercial use with attribution: keep the terms "
        "with the rows.",
        "",
        *_list_withheld(release),
    ]
    return "\n".join(lines) + "\n"


def _list_withheld(release: Release) -> list[str]:
    if release.include_restricted:
        return [
            "Nothing is withheld here: values that may not be passed on are included for use on your own "
            "machine. Ask their publishers before you pass this on."
        ]
    if not release.withheld:
        return ["Nothing is withheld."]
    return [
        "These sources leave as a citation and as what was worked out from them. Their own rows are here "
        "without a value, with the status `Q` in observations and the reason in the note:",
        "",
        *(
            f"- {entry.publisher}, {entry.product}: {entry.rows} rows ({entry.licence})"
            + (f". {entry.url}" if entry.url else "")
            for entry in release.withheld
        ),
    ]
