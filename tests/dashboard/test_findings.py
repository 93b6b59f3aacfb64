"""The sentence over a chart: its title is heard only, and no number parts from its unit."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

import etl
from dashboard.number_text import keep_together
from dashboard.site.app import create_app


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("widest at −$3.2 bn in 2013.", "widest at −$3.2_bn in 2013."),
        ("13,856 million TIV in 2009–13", "13,856_million_TIV in 2009|–|13"),
        ("40% in 2021–25", "40% in 2021|–|25"),
        ("35.5 per cent", "35.5_per cent"),
        ("285 units or more", "285_units or more"),
        ("in 2019 many came", "in 2019 many came"),
        ("42 orders drawn", "42 orders drawn"),
    ],
)
def test_a_number_and_its_unit_stay_on_one_line(text: str, shown: str) -> None:
    assert keep_together(text) == shown.replace("_", "\u00a0").replace("|", "\u2060")


def test_a_finding_does_not_repeat_its_title_to_the_eye(built_snapshot: etl.Snapshot) -> None:
    page = create_app(built_snapshot).test_client().get("/trade").text
    finding = HTMLParser(page).css_first("#mirror-description")
    assert finding is not None
    heard = finding.css_first(".visually-hidden")
    assert heard is not None
    assert heard.text() == "Goods from Russia to India, by two counts: "
    heard.decompose()
    assert finding.text().startswith("In 2019 India’s count is $6.24\u00a0bn")
