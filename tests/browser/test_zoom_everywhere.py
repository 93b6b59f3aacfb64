"""A zoom is said in the caption with its picture, and the files below hold what is drawn."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

CHART = "#bilateral_trade"
SPAN = "2018-01-01..2022-12-31"
WORDS = "Zoomed to 1 January 2018 to 31 December 2022."


GO_FORWARD = """(address) => {
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""


def read_rows(reader: Reader) -> list[dict[str, str]]:
    """The rows of the CSV that a reader downloads under the chart."""
    page = reader.page
    with page.expect_download() as download:
        page.locator(f"{CHART} .downloads").get_by_text("CSV").click()
    return list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))


def test_a_zoom_reaches_caption_picture_and_files_and_back(reader: Reader) -> None:
    page = reader.page
    reader.visit("/trade")
    whole = read_rows(reader)
    caption = page.locator(f"{CHART} .chart-zoom")
    assert caption.inner_text() == ""
    page.evaluate(GO_FORWARD, f"/trade?span={SPAN}")
    page.wait_for_selector(f"{CHART} .stage svg[data-zoomed]")
    assert caption.inner_text().startswith(WORDS)
    part = read_rows(reader)
    assert 0 < len(part) < len(whole)
    for row in part:
        starts, ends = row["period_start"] or row["period_end"], row["period_end"]
        assert not ends or date.fromisoformat(ends) >= date(2018, 1, 1)
        assert not starts or date.fromisoformat(starts) <= date(2022, 12, 31)
    page.locator(f"{CHART} .zoom-out").click()
    page.wait_for_selector(f"{CHART} .stage svg:not([data-zoomed])")
    assert caption.inner_text() == ""
    assert read_rows(reader) == whole
    assert reader.complaints == []


def test_a_link_to_a_zoom_says_it_before_any_script(reader: Reader) -> None:
    page = reader.page
    page.route("**/*.js*", lambda route: route.abort())
    page.goto(f"{reader.address}/trade?span={SPAN}")
    assert page.locator(f"{CHART} .chart-zoom").inner_text().startswith(WORDS)
    assert page.locator(f"{CHART} .stage svg[data-zoomed]").count() == 1
    assert f"span={SPAN}" in str(page.locator(f"{CHART} .downloads a").first.get_attribute("href"))
