"""Pictures saved from a page are read back whole by verify; citations are copied."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from typer.testing import CliRunner

import etl
from dashboard.__main__ import command
from dashboard.picture_records import read_picture
from dashboard.verification import UNCHANGED
from tests.browser.reader import Reader, open_reader

pytestmark = pytest.mark.browser

SHEET_WIDTH, SCALE = 1000, 2


def save_picture(reader: Reader, chart_id: str, *, kind: str, folder: Path) -> Path:
    """The file that a click on a chart's button gives."""
    with reader.page.expect_download() as download:
        reader.page.locator(f"figure#{chart_id} [data-picture={kind}]").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_saved_picture_is_verified_whole(
    kind: str, reader: Reader, built_snapshot: etl.Snapshot, tmp_path: Path
) -> None:
    reader.visit("/arms")

    path = save_picture(reader, "share_by_window", kind=kind, folder=tmp_path)

    assert path.name == f"share_by_window.{built_snapshot.snapshot_id}.{kind}"
    sealed = read_picture(path)
    assert sealed.is_whole
    assert sealed.record.title == reader.page.locator("figure#share_by_window h2").inner_text()
    arguments = ["verify", str(path), "--json", "--snapshot", str(built_snapshot.folder)]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == UNCHANGED
    assert json.loads(result.stdout)["shown"]["code"] == sealed.code
    assert reader.complaints == []


def test_a_png_is_twice_as_fine_as_its_sheet_and_painted(reader: Reader, tmp_path: Path) -> None:
    reader.visit("/trade")

    path = save_picture(reader, "bilateral_trade", kind="png", folder=tmp_path)

    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    assert width == SHEET_WIDTH * SCALE
    assert height > SHEET_WIDTH
    shown = reader.page.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const pencil = canvas.getContext("2d");
          pencil.drawImage(image, 0, 0);
          const colours = new Set();
          const { data } = pencil.getImageData(0, 0, image.width, image.height);
          for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 3).join());
          return [colours.size, colours.has("49,104,142")];
        }""",
        list(path.read_bytes()),
    )
    assert shown[0] > 100
    assert shown[1], "the blue of official statistics is nowhere in the picture"


def test_a_picture_of_a_chosen_dossier_and_day_says_so(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    reader = open_reader(browser, address, scheme="dark")
    reader.visit("/arms?dossier=pakistan_china&as_of=2025-06-30")

    path = save_picture(reader, "share_by_window", kind="png", folder=tmp_path)

    reader.page.context.close()
    record = read_picture(path).record
    assert {"dossier=pakistan_china", "as_of=2025-06-30"} <= set(re.split(r"[?&#]", record.address))
    assert record.as_of.isoformat() == "2025-06-30"
    assert "China" in record.title


def test_each_form_of_a_citation_is_copied_from_the_drawer(
    browser: Browser, address: str, built_snapshot: etl.Snapshot
) -> None:
    reader = open_reader(browser, address)
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

    reader.page.context.close()
    cited = built_snapshot.cite(row_id, link=link)
    assert [text.replace("\r\n", "\n") for text in copied] == [
        cited.write(form.suffix).replace("\r\n", "\n") for form in etl.CITATION_FORMS
    ]


def test_a_citation_of_a_chart_is_copied_from_its_fold(browser: Browser, address: str) -> None:
    reader = open_reader(browser, address)
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.visit("/arms")
    fold = reader.page.locator(
        "figure#share_by_window details.cite", has=reader.page.locator("[data-copy-from]")
    )

    fold.locator("summary").click()
    fold.locator("li", has_text="BibTeX").locator("button").click()
    fold.get_by_text("Copied").wait_for()

    copied = reader.page.evaluate("() => navigator.clipboard.readText()")
    reader.page.context.close()
    assert copied.startswith("@misc{share_by_window:")
