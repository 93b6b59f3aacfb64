"""Two claims side by side: what is the same, what differs, and which are offered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import etl
from dashboard.address import SelectionError
from dashboard.chart_cache import ChartCache
from dashboard.components.compare_links import write_claims_link
from dashboard.pages import find_pages
from dashboard.site.page_answers import SiteContext
from dashboard.views.claim_pairs import find_first_edition, list_partners, pair_claims
from tests.dashboard.page_parts import list_links, open_page, read_text

THIRTEEN = "reaffirm-defence-partnership.trade-2021-22"
TWENTY_SEVEN = "reaffirm-defence-partnership.trade-end-2022"


@pytest.fixture(scope="module")
def site_context(built_snapshot: etl.Snapshot) -> SiteContext:
    return SiteContext(built_snapshot, ChartCache(built_snapshot), find_pages())


def show(site_context: SiteContext, query: str) -> Any:
    """The page at /compare with a query."""
    return open_page(site_context, "/compare", query).layout


def test_two_claims_are_set_apart_by_what_differs_and_by_no_verdict(built_snapshot: etl.Snapshot) -> None:
    pair = pair_claims(built_snapshot, left=THIRTEEN, right=TWENTY_SEVEN)
    assert pair.sentence == (
        "Same measure and unit; periods differ: 2021–22 (Indian fiscal year) and by the end of 2022 "
        "(reached by a date); values differ: $13 bn and about $27 bn."
    )


def test_claims_of_different_measures_are_said_to_be_that_first(built_snapshot: etl.Snapshot) -> None:
    share = "business-standard-2025-12-05.share-2009-13"
    sentence = pair_claims(built_snapshot, left=TWENTY_SEVEN, right=share).sentence
    assert sentence.startswith("Measures differ: ")
    assert "units differ: US dollars and per cent" in sentence


def test_two_claims_stand_with_both_verdicts_and_their_sums(site_context: SiteContext) -> None:
    text = read_text(show(site_context, f"left={THIRTEEN}&right={TWENTY_SEVEN}"))
    for words in ("not comparable", "printed 27, allowed 26 to 28", "printed 13, allowed 12.5 to 13.5"):
        assert words in text


def test_a_claim_is_offered_what_it_disagrees_with_first(built_snapshot: etl.Snapshot) -> None:
    claim_id = "irigc-22nd-session.agreements-intergovernmental"
    partners = [claim.claim_id for claim in list_partners(built_snapshot, claim_id)]
    assert partners[0] == "irigc-22nd-session.faq-9-agreements-intergovernmental"
    assert claim_id not in partners
    assert len(partners) == len(set(partners)) > 1


def test_one_claim_alone_is_offered_others(site_context: SiteContext) -> None:
    links = list_links(show(site_context, f"left={THIRTEEN}"))
    assert write_claims_link(THIRTEEN, TWENTY_SEVEN) in links


def test_the_first_edition_of_a_printed_window_is_found(built_snapshot: etl.Snapshot) -> None:
    claims = ["business-standard-2025-12-05.share-2019-23", "business-standard-2025-12-05.share-2009-13"]
    assert find_first_edition(built_snapshot, claims) == date(2014, 3, 31)
    assert find_first_edition(built_snapshot, []) is None


def test_a_claim_that_is_not_known_is_named_with_its_side(built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(SelectionError, match="right='gone'"):
        pair_claims(built_snapshot, left=THIRTEEN, right="gone")
