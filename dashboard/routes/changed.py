"""The route of the Atom feed of what changed: an entry for each snapshot kept here, the newest first."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from flask import Flask, Response

from dashboard.page_contract import NAME
from dashboard.pages.changed import FEED, PAGE
from dashboard.public_address import find_home
from dashboard.snapshot_store import SnapshotStore
from dashboard.views.changes import Step, list_steps

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 20
# A reader of feeds shows a few lines; the page has them all.
MOST_LINES = 20


def add_changed_feed(server: Flask, *, store: SnapshotStore) -> None:
    """Adds /changed.atom to a server."""

    @server.get(FEED)
    def send_changed_feed() -> Response:
        steps = list_steps(store.served.snapshot, most=MOST_ENTRIES)
        built_at = str(store.served.snapshot.manifest["built_at"])
        content = write_feed(steps, home=find_home(), updated=built_at)
        return Response(content, mimetype="application/atom+xml")


def write_feed(steps: list[Step], *, home: str, updated: str) -> bytes:
    """The feed as XML; `updated` is when the snapshot that is served was built."""
    feed = ET.Element("feed", xmlns=ATOM)
    _add(feed, "title", f"{NAME}: {PAGE.title.lower()}")
    _add(feed, "id", f"{home}{FEED}")
    _add(feed, "updated", updated)
    _add(_add(feed, "author"), "name", NAME)
    _add(feed, "link", rel="self", href=f"{home}{FEED}")
    _add(feed, "link", rel="alternate", href=f"{home}{PAGE.path}")
    for step in steps:
        entry = _add(feed, "entry")
        _add(entry, "title", f"{step.after_id}: {step.summary}")
        # The same wherever the site is: a feed that moves shows nothing twice.
        _add(entry, "id", f"urn:footnoted:{step.after_id}:{step.before_id}")
        _add(entry, "updated", step.built_at)
        _add(entry, "link", rel="alternate", href=f"{home}{PAGE.path}#snapshot-{step.after_id}")
        _add(entry, "content", "\n".join(list_lines(step)), type="text")
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def list_lines(step: Step) -> list[str]:
    """One step in lines of plain text."""
    lines = [f"Edition {one.change}: {one.publisher}, {one.product}, {one.day_text}" for one in step.editions]
    lines += [
        f"Verdict turned: {one.stated_as}, {one.before.label} to {one.after.label}" for one in step.verdicts
    ]
    lines += [
        f"Figure restated: {one.title}, {one.period}: {one.before} to {one.after} ({one.change_text})"
        for one in step.figures
    ]
    lines += [
        f"Claim {'new' if one.change == 'added' else one.change}: {one.stated_as} in {one.document_id}"
        for one in step.claims
    ]
    return [step.summary, *lines[:MOST_LINES]]


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text
    return child
