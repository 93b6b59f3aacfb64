"""Brazil and France: a dossier made of files alone, each in a layout that is there already."""

from __future__ import annotations

from pathlib import Path

from etl.provenance import find_sidecar, hash_bytes, seal_input
from tests.etl.workbench import Workbench

DOSSIER_ID = "brazil_france"
DOSSIER = """
dossier_id = "brazil_france"
title = "Brazil and France"
ref_area = "BRA"
counterpart_area = "FRA"
summary = "A test."
"""
SIDECAR = """
source_id = "{source_id}"
vintage = "{vintage}"
vintage_precision = "day"
vintage_basis = "A test."
publisher = "{publisher}"
product = "{product}"
url = ""
retrieved_on = ""
licence = "free"
redistributable = true
sha256 = ""
note = ""
"""
SHARES = """edition,recipient,supplier,window_start,window_end,share_percent,as_reported_by,reported_on,note
2024-06,Brazil,France,2019,2023,21,a test,2024-06,
2024-06,Brazil,France,2014,2018,18,a test,2024-06,
"""
LATER_SHARES = f"""{SHARES.splitlines()[0]}
2025-06,Brazil,France,2019,2023,23,a test,2025-06,
"""
TRADE = """year,reporter,flow,partner,valuation,value_usd_millions,origin,note
2021,Brazil,export,France,FOB,3000,a test,
2021,Brazil,import,France,CIF,4000,a test,
2022,Brazil,export,France,FOB,3500,a test,
2022,Brazil,import,France,CIF,4900,a test,
2022,France,export,Brazil,FOB,4600,a test,
"""
TARGETS = """importer_exporter_pair,target_usd_millions,by_year,set_on,as_reported_by,note
BRA-FRA,12000,2030,2024-05,a test,
"""
DOCUMENT = """
[document]
title = "A note on two countries"
title_basis = "stated"
publisher = "A Gazette"
published_on = "2025-01-15"
published_on_precision = "day"
published_on_basis = "stated"
language = "en"
kind = "article"
text_sha256 = "{zeros}"

[[claims]]
claim_id = "a-gazette.share-2019-23"
indicator = "arms_import_share"
ref_area = "BRA"
counterpart_area = "FRA"
commodity = "TOTAL"
time_period = "2019-23"
period_start = "2019-01-01"
period_end = "2023-12-31"
period_basis = "five_year_window"
value = 21
unit_measure = "PERCENT"
hedge = "exact"
stated_as = "21 per cent"
paragraph = 1
char_start = 10
char_end = 21
quote_sha256 = "{quote}"
paragraph_sha256 = "{zeros}"
topic = "arms"
"""
MILESTONES = """milestone_id,event,happened_on,date_precision,date_text,title,kind,document_id,paragraph,note
a-gazette.accord,accord,2008-12-23,day,23 December 2008,Accord signed,treaty,a-gazette,2,
"""


def add_third_dossier(workbench: Workbench) -> None:
    """Puts the files of the dossier among the datasets."""
    folder = workbench.datasets / "dossiers" / DOSSIER_ID
    (folder / "documents").mkdir(parents=True)
    (folder / "dossier.toml").write_text(DOSSIER, encoding="utf-8")
    document = DOCUMENT.format(zeros="0" * 64, quote=hash_bytes(b"21 per cent"))
    (folder / "documents" / "a-gazette.toml").write_text(document, encoding="utf-8")
    (folder / "milestones.csv").write_text(MILESTONES, encoding="utf-8")
    _add_source(workbench, SHARES, source_id="window_shares", vintage="2024-06-10", publisher="An Institute")
    _add_source(
        workbench, LATER_SHARES, source_id="window_shares", vintage="2025-06-10", publisher="An Institute"
    )
    _add_source(workbench, TRADE, source_id="customs", vintage="2023-05-01", publisher="A Customs Office")
    _add_source(workbench, TARGETS, source_id="goals", vintage="2024-05-31", publisher="Two Governments")


def _add_source(workbench: Workbench, content: str, *, source_id: str, vintage: str, publisher: str) -> None:
    folder = workbench.datasets / "sources" / source_id / vintage
    folder.mkdir(parents=True)
    path: Path = folder / "figures.csv"
    path.write_text(content, encoding="utf-8")
    words = {"source_id": source_id, "vintage": vintage, "publisher": publisher, "product": "Figures"}
    find_sidecar(path).write_text(SIDECAR.format(**words), encoding="utf-8")
    seal_input(path)
