"""The page Check in a browser: by keyboard, on a phone, and with a text that would like to be a script."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.browser.axe import find_faults
from tests.browser.reader import OpenReader, Reader, Scheme
from tests.browser.test_keyboard import press, tab_to

pytestmark = pytest.mark.browser

PHONE = 375
HOSTILE = (
    "A note. <script>window.ran = 1</script><img src=x onerror='window.ran = 1'> Russia supplied 36 per "
    "cent of India's arms imports in 2019-23 \u202e and <b>76 per cent</b> in 2009-13."
)


def open_check(reader: Reader) -> None:
    """Opens the page and waits for its form."""
    reader.visit("/check")
    reader.page.wait_for_selector("#check-file")


def test_a_reader_without_a_mouse_checks_a_text_and_opens_its_evidence(reader: Reader) -> None:
    page = reader.page
    open_check(reader)
    tab_to(reader, "#check-text")
    page.keyboard.insert_text("Russia supplied 50 per cent of India's arms imports in 2019-23.")
    tab_to(reader, ".check-submit")
    press(reader, "Enter")
    page.wait_for_selector(".checked")
    assert page.locator("#check-status").inner_text() == "1 figure found: 1 contradicted."
    assert page.evaluate("() => document.activeElement.id") == "checked-title"
    tab_to(reader, "mark button")
    press(reader, "Enter")
    reader.wait_for_evidence("check.1")
    tab_to(reader, "#evidence .operands .opener")
    row_id = page.evaluate("() => document.activeElement.dataset.point")
    press(reader, "Enter")
    reader.wait_for_evidence(row_id)
    page.go_back()
    reader.wait_for_evidence("check.1")
    press(reader, "Escape")
    reader.wait_for_closed_drawer()
    assert page.evaluate("() => document.activeElement.dataset.point") == "check.1"
    page.locator("nav a[href='/methods']").click()
    page.wait_for_function("() => document.title.startsWith('Methods')")
    page.go_back()
    page.wait_for_selector(".checked mark")
    page.reload()
    page.wait_for_selector("#check-file")
    assert page.locator("#check-text").input_value() == ""
    assert reader.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_answer_fits_a_phone_and_has_no_accessibility_fault(
    scheme: Scheme, open_reader: OpenReader
) -> None:
    reader = open_reader(width=PHONE, scheme=scheme)
    open_check(reader)
    reader.page.locator("[data-example]").click()
    reader.page.wait_for_selector(".checked")
    faults = find_faults(reader.page)
    width = reader.page.evaluate("() => document.documentElement.scrollWidth")
    reader.page.locator("mark button").first.click()
    reader.wait_for_evidence("check.1")
    faults += find_faults(reader.page, "#drawer")
    assert (faults, width, reader.complaints) == ([], PHONE, [])


def test_a_file_with_markup_is_only_text_in_the_page_and_in_the_report(
    reader: Reader, tmp_path: Path
) -> None:
    page, path = reader.page, tmp_path / "wire.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    open_check(reader)
    page.locator("#check-file").set_input_files(path)
    page.locator(".check-submit").click()
    page.wait_for_selector(".checked mark")
    assert "<b>" in page.locator(".checked-paragraphs").inner_text()
    with page.expect_download() as download:
        page.locator("[data-check-download=html]").click()
    report = tmp_path / download.value.suggested_filename
    download.value.save_as(report)
    page.goto(report.as_uri())
    assert "36 per cent ✓" in page.locator("main").inner_text()
    assert page.evaluate("() => window.ran") is None
    assert reader.complaints == []


def test_a_report_is_of_the_text_that_was_checked_whatever_is_typed_since(
    open_reader: OpenReader, tmp_path: Path
) -> None:
    text = "Russia supplied 36 per cent of India's arms imports in 2019-23."
    reader = open_reader()
    page = reader.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_check(reader)
    page.locator("#check-text").fill(text)
    page.locator(".check-submit").click()
    page.wait_for_selector(".checked mark")
    page.locator("#check-text").fill("Another text.")
    for format_name in ("json", "markdown"):
        with page.expect_download() as download:
            page.locator(f"[data-check-download={format_name}]").click()
        download.value.save_as(tmp_path / format_name)
    page.locator("[data-check-copy]").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    report = json.loads((tmp_path / "json").read_text(encoding="utf-8"))
    assert report["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert copied == (tmp_path / "markdown").read_text(encoding="utf-8")
    assert reader.complaints == []


def test_a_report_that_cannot_be_had_is_said_so(reader: Reader) -> None:
    page = reader.page
    open_check(reader)
    page.locator("[data-example]").click()
    page.wait_for_selector(".checked mark")
    page.route("**/check/answer", lambda route: route.abort())
    page.locator("[data-check-download=html]").click()
    page.wait_for_selector("#check-status.refused")
    assert "The server did not answer" in page.locator("#check-status").inner_text()
