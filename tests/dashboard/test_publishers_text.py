"""Text of publishers is text everywhere: no tag, formula or link of theirs is set by plotly, SVG or HTML."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.dash_pages.chart import draw_interactive
from dashboard.plotting.plain_text import escape_markup
from dashboard.site.app import create_app
from dashboard.theme import Theme
from etl.provenance import hash_bytes
from etl.snapshot.store import MANIFEST, read_manifest, write_manifest

PLANT = "<b>planted</b><a href='//planted.example'>&lt;i&gt;</a>$x$%{y}\n=1"
RAW = ("<b>planted", "<a href='//planted", '<a href="//planted')
# Free text by table; everything else is a code, a number or a day.
PLANTED = {
    "observations": ("publisher", "as_reported_by", "note"),
    "documents": ("title", "publisher", "author", "note"),
    "claims": ("stated_as", "attributed_to", "note"),
    "milestones": ("title", "note"),
    "deals": ("designation", "description", "publisher", "note"),
    "sources": ("publisher", "product", "note"),
    "areas": ("name",),
    "disagreements": ("subject",),
}
PAGES = (
    *("/", "/arms", "/revisions", "/trade", "/claims", "/contradictions", "/documents", "/data", "/methods"),
    *("/world", "/goods", "/energy", "/partners", "/changed"),
)


@pytest.fixture(scope="module")
def planted(built_snapshot: etl.Snapshot, tmp_path_factory: pytest.TempPathFactory) -> etl.Snapshot:
    """The snapshot with markup behind every free text of every row."""
    folder = tmp_path_factory.mktemp("planted") / built_snapshot.snapshot_id
    shutil.copytree(built_snapshot.folder, folder)
    manifest = read_manifest(folder)
    for table, names in PLANTED.items():
        path = folder / f"{table}.parquet"
        frame = pl.read_parquet(path)
        columns = [pl.col(name) + PLANT for name in names if name in frame.columns]
        frame.with_columns(columns).write_parquet(path)
        manifest["tables"][table]["sha256"] = hash_bytes(path.read_bytes())
    (folder / MANIFEST).write_bytes(write_manifest(manifest))
    return etl.open_snapshot(folder)


def test_no_chart_sets_a_publishers_markup(planted: etl.Snapshot) -> None:
    chart_cache = ChartCache(planted)
    for chart in chart_cache.list_charts():
        chart_id = chart.card.chart_id
        figures = [
            chart_cache.draw_figure(chart_id, selection=Selection(), theme=Theme()),
            draw_interactive(chart_cache, chart_id, Selection(), theme=Theme()),
        ]
        for figure in figures:
            drawn = json.dumps(figure, default=str, ensure_ascii=False)
            assert not [raw for raw in RAW if raw in drawn], chart_id
            assert "$x$" not in drawn, chart_id


def test_no_page_sets_a_publishers_markup(planted: etl.Snapshot) -> None:
    client = create_app(planted).test_client()
    seen = 0
    for path in PAGES:
        answer = client.get(path)
        seen += "planted.example" in answer.text
        assert answer.status_code in {200, 404}, path
        assert not [raw for raw in RAW if raw in answer.text], path
    assert seen > 3


def test_a_table_to_take_along_runs_no_planted_formula(planted: etl.Snapshot, tmp_path: Path) -> None:
    (written,) = (path for path in etl.export(planted, tmp_path, ("csv",)) if path.name == "documents.csv")
    cells = pl.read_csv(written, infer_schema=False)
    for name in cells.columns:
        assert not cells[name].drop_nulls().str.contains(r"^[=+@]").any(), name


@pytest.mark.parametrize("text", ["R&D & more", "US$ 5 to US$ 7", "3 < 5", "a -> b", "100 %"])
def test_text_that_is_no_markup_stays_as_it_is(text: str) -> None:
    assert escape_markup(text) is text


def test_markup_is_set_as_it_was_printed() -> None:
    assert escape_markup("<b>&amp;</b> $x$") == "&lt;b&gt;&amp;amp;&lt;/b&gt; &#36;x&#36;"
