"""Citations of a snapshot: of its rows, its documents, charts and itself, as a librarian would."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from typing import Any

import citeproc
import pytest
from citeproc.source.json import CiteProcJSON

import etl
from etl import Citation
from etl.documents.document_kinds import DOCUMENT_KINDS
from etl.schemas import TABLES
from etl.snapshot.citations.build import WORKS, cite_document
from etl.snapshot.citations.record import PersonName, read_names
from etl.snapshot.footnotes import FootnoteList
from etl.snapshot.row_index import RowIndex
from tests.etl.reference_files import read_bibtex, read_ris, unescape

SHARE = "arms_import_share.IND.RUS.window.2009-13.sipri_fact_sheets.2019-03-31"
CLAIM = "business-standard-2025-12-05.share-2019-23"
DOCUMENT = "business-standard-2025-12-05"
LINK = "https://stats.example/arms?point=a%20b&snapshot=2026-03-09-0123456789"


def cite_changed(snapshot: etl.Snapshot, changes: dict[str, Any]) -> Citation:
    """The article of Business Standard with a record that says something else."""
    index = RowIndex(
        {name: snapshot.table(name) for name in TABLES},
        snapshot_id=snapshot.snapshot_id,
        footnotes=FootnoteList(
            documents=snapshot.table("documents"), sources=snapshot.table("sources"), outlets={}
        ),
    )
    index.documents[DOCUMENT] = {**index.documents[DOCUMENT], **changes}
    return cite_document(index, DOCUMENT, as_of=snapshot.as_of)


def print_by_citeproc(citation: Citation) -> str:
    """A reference as another program prints it."""
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    items = CiteProcJSON(json.loads(citation.csl))
    bibliography = citeproc.CitationStylesBibliography(style, items, citeproc.formatter.plain)
    bibliography.register(citeproc.Citation([citeproc.CitationItem(citation.id)]))
    (entry,) = bibliography.bibliography()
    return str(entry)


def test_every_row_is_cited_with_its_value_its_publisher_and_its_snapshot(
    built_snapshot: etl.Snapshot,
) -> None:
    ids = {"observations": "obs_id", "claims": "claim_id", "deals": "deal_id", "milestones": "milestone_id"}
    for table, column in ids.items():
        for row in built_snapshot.table(table).to_dicts():
            citation = built_snapshot.cite(row[column])
            evidence = built_snapshot.evidence(row[column])
            assert evidence.headline in citation.text
            assert evidence.title in citation.text
            assert (citation.version, citation.number) == (built_snapshot.snapshot_id, row[column])
            assert (evidence.citation, evidence.bibtex) == (citation.text, citation.bibtex)
            for name in str(row.get("publisher") or "").split("; "):
                assert name in citation.text, row[column]


def test_a_published_value_is_its_publishers_and_names_its_edition(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite(SHARE, link=LINK)

    assert citation.text == (
        "SIPRI. Russia’s share of India’s arms imports, 2009–13, five years together: 76%. Trends in "
        "International Arms Transfers, fact sheet, March 2019. Via India Post and News Nation "
        "quoting the fact sheet, March 2019. "
        f"Footnoted, snapshot {built_snapshot.snapshot_id}, {SHARE}. {LINK}"
    )


def test_a_month_is_not_made_a_day(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite(SHARE)

    assert json.loads(citation.csl)[0]["issued"] == {"date-parts": [[2019, 3]]}
    assert "DA  - 2019/03//\r\n" in citation.ris
    assert "day" not in read_bibtex(citation.bibtex)


def test_a_worked_out_value_is_ours_and_names_what_it_follows_from(built_snapshot: etl.Snapshot) -> None:
    derived = (
        built_snapshot.table("observations").drop_nulls("derivation").filter(indicator="arms_import_share")
    )

    citation = built_snapshot.cite(derived["obs_id"][0])

    assert (citation.author, citation.issued.iso) == (("Footnoted",), built_snapshot.as_of.isoformat())
    assert "From SIPRI, Arms Transfers Database" in str(citation.note)


def test_a_claim_is_cited_as_the_article_that_states_it(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite(CLAIM, link=LINK)

    assert citation.title == "India seen as 'reorienting' bilateral defence relations with Russia"
    assert (citation.container_title, citation.url) == ("Business Standard", None)
    assert citation.text.startswith("Bhattacharjya, Satarupa. India seen as")
    assert citation.text.endswith(
        "Business Standard, 5 December 2025. Paragraph 23: Russia’s share of India’s arms imports, 2019–23, "
        "five years together: “36 per cent”; attributed to SIPRI; verdict: supported. Figure as recorded by "
        f"Footnoted, snapshot {built_snapshot.snapshot_id}, {CLAIM}. {LINK}"
    )


def test_an_article_is_one_of_its_newspaper_in_every_form(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite(CLAIM, link=LINK)

    fields, ris, (item,) = (
        read_bibtex(citation.bibtex),
        dict(read_ris(citation.ris)),
        json.loads(citation.csl),
    )
    assert (fields["ENTRYTYPE"], fields["journal"], fields["date"]) == (
        "article",
        "Business Standard",
        "2025-12-05",
    )
    assert (ris["TY"], ris["T2"], ris["DA"]) == ("NEWS", "Business Standard", "2025/12/05/")
    assert (item["type"], item["container-title"]) == ("article-newspaper", "Business Standard")
    assert not {"howpublished", "url", "number", "version"} & set(fields)
    assert not {"UR", "ET", "M1", "DP"} & set(ris)
    assert not {"URL", "source", "number", "version"} & set(item)
    for note in (unescape(fields["note"]), ris["N1"], item["note"]):
        assert note.endswith(f"{CLAIM}, {LINK}")


def test_a_work_with_an_address_keeps_it_beside_the_link_here(built_snapshot: etl.Snapshot) -> None:
    document = {"url": "https://paper.example/a", "retrieved_on": date(2025, 12, 24)}
    citation = cite_changed(built_snapshot, document).link(LINK)

    fields = read_bibtex(citation.bibtex)
    assert (fields["url"], fields["urldate"]) == ("https://paper.example/a", "2025-12-24")
    assert LINK in unescape(fields["note"])
    assert citation.text.endswith(f"{built_snapshot.snapshot_id}, {DOCUMENT}. {LINK}")
    assert " 5 December 2025. https://paper.example/a Recorded by" in citation.text


def test_an_author_marked_as_a_person_is_cited_by_the_family_name(built_snapshot: etl.Snapshot) -> None:
    citation = cite_changed(built_snapshot, {"author_persons": "Bhattacharjya, Satarupa"})

    assert "author = {Bhattacharjya, Satarupa}," in citation.bibtex
    assert "AU  - Bhattacharjya, Satarupa\r\n" in citation.ris
    assert json.loads(citation.csl)[0]["author"] == [{"family": "Bhattacharjya", "given": "Satarupa"}]
    assert citation.text.startswith("Bhattacharjya, Satarupa. India seen")


def test_only_authors_that_are_listed_are_persons() -> None:
    names = read_names("Xi Jinping; Ministry of Trade; Sukarno", persons="Xi, Jinping; Sukarno")

    assert names == (PersonName("Xi", "Jinping"), "Ministry of Trade", PersonName("Sukarno"))


def test_every_kind_of_document_has_a_way_to_be_cited(built_snapshot: etl.Snapshot) -> None:
    assert set(WORKS) == set(DOCUMENT_KINDS.codes)
    for kind, (work, _genre) in WORKS.items():
        citation = cite_changed(built_snapshot, {"kind": kind})
        assert citation.type == work
        assert all(citation.write(form.suffix) for form in etl.CITATION_FORMS)


def test_a_kind_of_document_that_none_knows_is_refused(built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(etl.FootnotedError, match="of the kind 'song'"):
        cite_changed(built_snapshot, {"kind": "song"})


def test_a_date_that_is_inferred_is_about_and_says_so(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite_document("crf-23rd-annual-summit")

    assert citation.author == (PersonName("Talukdar", "Indrani"), PersonName("Tourangbam", "Monish"))
    assert json.loads(citation.csl)[0]["issued"] == {"date-parts": [[2025, 12]], "circa": True}
    assert "Date inferred." in read_bibtex(citation.bibtex)["note"]


def test_rows_drawn_together_name_all_their_sources(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite_rows([SHARE, CLAIM], number="my_chart", title="Two points", link=LINK)

    assert citation.type == "graphic"
    assert "Satarupa Bhattacharjya, Business Standard. " in str(citation.note)
    assert "SIPRI. Trends in International Arms Transfers, fact sheet" in str(citation.note)


def test_an_earlier_day_is_named_and_the_clock_never_is(built_snapshot: etl.Snapshot) -> None:
    earlier = etl.open_snapshot(built_snapshot.folder, as_of=date(2019, 6, 30))

    assert earlier.cite(SHARE).as_of == date(2019, 6, 30)
    assert ":as-of.2019-06-30:" in earlier.cite(SHARE).id
    assert ", as known on 30 June 2019, " in earlier.cite(SHARE).text
    assert "as known on" not in built_snapshot.cite(SHARE).text
    assert built_snapshot.cite().as_of == built_snapshot.as_of


def test_a_link_replaces_the_publishers_page(built_snapshot: etl.Snapshot) -> None:
    assert built_snapshot.cite(SHARE).url == "https://www.sipri.org/publications"
    assert built_snapshot.cite(SHARE, link=LINK).url == LINK


def test_no_day_of_access_is_given_where_nobody_is_known_to_have_looked(built_snapshot: etl.Snapshot) -> None:
    for citation in (
        built_snapshot.cite(SHARE),
        built_snapshot.cite(),
        built_snapshot.cite_document(DOCUMENT),
    ):
        assert "urldate" not in read_bibtex(citation.bibtex)
        assert "Y2" not in dict(read_ris(citation.ris))
        assert "accessed" not in json.loads(citation.csl)[0]


def test_beyond_ascii_only_letters_stand_in_any_entry_of_the_snapshot(built_snapshot: etl.Snapshot) -> None:
    columns = {
        "observations": "obs_id",
        "claims": "claim_id",
        "deals": "deal_id",
        "milestones": "milestone_id",
    }
    ids = [row_id for table, column in columns.items() for row_id in built_snapshot.table(table)[column]]
    entries = "".join(built_snapshot.cite(row_id).bibtex for row_id in ids)

    odd = {sign for sign in set(entries) if not sign.isascii() and unicodedata.category(sign)[0] not in "LM"}
    assert odd == set()
    assert len({built_snapshot.cite(row_id).id for row_id in ids}) == len(ids)


def test_texts_have_no_empty_places_and_no_doubled_stops(built_snapshot: etl.Snapshot) -> None:
    columns = {
        "observations": "obs_id",
        "claims": "claim_id",
        "deals": "deal_id",
        "milestones": "milestone_id",
    }
    for table, column in columns.items():
        for row_id in built_snapshot.table(table)[column]:
            text = built_snapshot.cite(row_id).text
            assert not re.search(r"\.\.| [,.;:]|[,;:]\.|\(\)|None| 1 (?:editions|rows)", text), text


def test_citeproc_prints_a_person_by_the_family_name_and_the_newspaper(built_snapshot: etl.Snapshot) -> None:
    citation = cite_changed(built_snapshot, {"author_persons": "Bhattacharjya, Satarupa"})

    assert print_by_citeproc(citation) == (
        "Bhattacharjya, S. (2025) “India seen as 'reorienting' bilateral defence relations with Russia”, "
        "Business Standard, 5 December."
    )


def test_every_form_is_written_by_its_ending_and_others_are_refused(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite()

    written = [citation.write(form.suffix) for form in etl.CITATION_FORMS]
    assert written == [citation.text, citation.bibtex, citation.ris, citation.csl]
    with pytest.raises(etl.FootnotedError, match=r"form 'xml'\. Known: txt, bib, ris, json"):
        citation.write("xml")


@pytest.mark.parametrize("ask", ["cite", "cite_document"])
def test_what_the_snapshot_does_not_have_cannot_be_cited(ask: str, built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(etl.UnknownRowError, match="'nothing'"):
        getattr(built_snapshot, ask)("nothing")
