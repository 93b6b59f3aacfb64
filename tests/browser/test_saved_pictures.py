"""Pictures saved from a page are read back whole by verify; citations are copied."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl
from dashboard.__main__ import command
from dashboard.saved_pictures import EXIT_UNCHANGED, read_svg
from tests.browser.reader import OpenReader, Reader

pytestmark = pytest.mark.browser


def save_picture(reader: Reader, chart_id: str, *, folder: Path) -> Path:
    """The file that a click below a chart gives."""
    with reader.page.expect_download() as download:
        reader.page.locator(f"figure#{chart_id} .downloads").get_by_text("SVG").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_saved_picture_is_verified_whole(
    reader: Reader, built_snapshot: etl.Snapshot, tmp_path: Path
) -> None:
    reader.visit("/arms")

    path = save_picture(reader, "share_by_window", folder=tmp_path)

    assert path.name == f"share_by_window.{built_snapshot.snapshot_id}.svg"
    sealed = read_svg(path.read_bytes())
    assert sealed.is_whole
    assert sealed.record.title == reader.page.locator("figure#share_by_window h2").inner_text()
    arguments = ["verify", str(path), "--json", "--snapshot", str(built_snapshot.folder)]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == EXIT_UNCHANGED
    assert json.loads(result.stdout)["shown"]["address"] == sealed.record.address
    assert reader.complaints == []


def test_a_picture_shows_the_time_that_is_in_sight(reader: Reader, tmp_path: Path) -> None:
    reader.visit("/trade?span=2015-01-01..2020-12-31")
    zoomed = save_picture(reader, "bilateral_trade", folder=tmp_path)
    assert "span=2015-01-01..2020-12-31" in read_svg(zoomed.read_bytes()).record.address
    reader.page.locator("#bilateral_trade .zoom-out").press("Enter")
    reader.page.wait_for_function("() => !document.querySelector('#bilateral_trade .zoom-out')")
    whole = save_picture(reader, "bilateral_trade", folder=tmp_path)
    assert "span=" not in read_svg(whole.read_bytes()).record.address


def test_a_picture_of_a_chosen_dossier_and_day_says_so(open_reader: OpenReader, tmp_path: Path) -> None:
    reader = open_reader(scheme="dark")
    reader.visit("/arms?dossier=pakistan_china&as_of=2025-06-30")

    path = save_picture(reader, "share_by_window", folder=tmp_path)

    record = read_svg(path.read_bytes()).record
    assert {"dossier=pakistan_china", "as_of=2025-06-30"} <= set(re.split(r"[?&#]", record.address))
    assert record.as_of.isoformat() == "2025-06-30"
    assert "China" in record.title


def test_each_form_of_a_citation_is_copied_from_the_drawer(
    open_reader: OpenReader, built_snapshot: etl.Snapshot
) -> None:
    reader = open_reader()
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.visit("/arms")
    row_id = reader.find_first_point()
    reader.visit(f"/arms?point={row_id}")
    reader.wait_for_evidence(row_id)
    link = str(reader.page.locator("#evidence .copyable a").get_attribute("href"))

    copied = []
    for form in etl.CITATION_FORMS:
        reader.page.locator("#evidence .citation-forms li", has_text=form.name).locator("button").click()
        copied.append(reader.page.evaluate("() => navigator.clipboard.readText()"))

    cited = built_snapshot.cite(row_id, link=link)
    assert [text.replace("\r\n", "\n") for text in copied] == [
        cited.write(form.suffix).replace("\r\n", "\n") for form in etl.CITATION_FORMS
    ]


def test_a_citation_of_a_chart_is_copied_from_its_fold(open_reader: OpenReader) -> None:
    reader = open_reader()
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.visit("/arms")
    fold = reader.page.locator(
        "figure#share_by_window details.cite", has=reader.page.locator("[data-copy-from]")
    )

    fold.locator("summary").click()
    fold.locator("li", has_text="BibTeX").locator("button").click()
    fold.get_by_text("Copied").wait_for()

    copied = reader.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("@misc{share_by_window:")
