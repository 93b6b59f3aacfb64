"""What a query finds: what has all of its words, the best first; past one slip where nothing has them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.search.index import BEGUN, EXACT, WHOLE, SearchEntry, SearchIndex
from dashboard.search.terms import split_query

FEW = 8
words = st.text(alphabet="abcdefgü0123456789-.%", min_size=1, max_size=8)


def build_index(*titles: str, **more: list[SearchEntry]) -> SearchIndex:
    """An index of one kind of entries with these titles, and of other kinds."""
    return SearchIndex({"things": [SearchEntry(title, f"/{title}") for title in titles], **more})


def find_titles(index: SearchIndex, query: str, *, most: int = FEW) -> list[str]:
    """The titles of all answers, in their order."""
    return [entry.title for group in index.find(query, most=most).groups for entry in group.entries]


def test_exact_comes_before_whole_words_before_beginnings_before_what_is_within() -> None:
    within = SearchEntry("Something else", "/within", words=("trade",))
    index = SearchIndex(
        {"things": [within, *(SearchEntry(title, "/") for title in ("Trades", "Arms trade", "Trade"))]}
    )
    assert find_titles(index, "trade") == ["Trade", "Arms trade", "Trades", "Something else"]


def test_kinds_with_the_better_answer_come_first() -> None:
    index = build_index("Trades", "Trader", others=[SearchEntry("Trade", "/")])
    assert [(group.kind, group.rank) for group in index.find("trade", most=FEW).groups] == [
        ("others", EXACT),
        ("things", BEGUN),
    ]


def test_every_word_must_be_found() -> None:
    index = build_index("Crude oil", "Crude steel")
    assert find_titles(index, "cru oi") == ["Crude oil"]
    assert find_titles(index, "crude gas") == []


def test_a_number_that_words_follow_is_whole() -> None:
    index = build_index("HS 2709, 3 billion", "US $27 billion", "27.4 billion")
    assert find_titles(index, "27 billion") == ["US $27 billion", "27.4 billion"]
    assert find_titles(index, "27") == ["US $27 billion", "HS 2709, 3 billion", "27.4 billion"]


def test_a_designation_is_looked_for_in_parts_only_where_nothing_has_the_whole() -> None:
    assert find_titles(build_index("S-400 Triumf", "Strela, 400 ordered"), "s-400") == ["S-400 Triumf"]
    assert find_titles(build_index("Strela, 400 ordered"), "s-400") == ["Strela, 400 ordered"]


def test_only_so_many_are_given_and_all_are_counted() -> None:
    (group,) = build_index(*(f"Order {number}" for number in range(30))).find("order", most=FEW).groups
    assert (len(group.entries), group.total, group.rank) == (FEW, 30, WHOLE)


def test_a_kind_for_figures_answers_figures_alone() -> None:
    figures = {"figures": [SearchEntry("Trade", "/", names=("68.7",))]}
    index = SearchIndex(figures, for_figures=frozenset(figures))
    assert find_titles(index, "trade") == []
    assert find_titles(index, "trade 68") == ["Trade"]


def test_what_lies_beside_comes_after_and_can_be_left_out() -> None:
    index = SearchIndex({"things": [SearchEntry("Trades", "/")]}, beside=build_index("Trade"))
    assert find_titles(index, "trade") == ["Trades", "Trade"]
    assert find_titles(index, "trade", most=1) == ["Trades"]
    assert index.find("trade", most=1).groups[0].total == 2
    assert [group.total for group in index.find("trade", most=FEW, is_alone=True).groups] == [1]
    assert index.count_entries() == {"things": 2}


def test_one_slip_in_a_long_word_is_forgiven() -> None:
    index = build_index("Russian oil", "Prussian blue")
    for query in ("rusian oil", "russsian oil", "rusisan oil", "rissian oil"):
        assert index.find(query, most=FEW).groups == ()
        near = index.find_near(query, most=FEW)
        assert [entry.title for group in near.groups for entry in group.entries] == ["Russian oil"]
        assert list(near.corrected.values()) == ["russian"]


def test_a_slip_in_a_number_is_not_forgiven() -> None:
    assert build_index("76 per cent", "12345").find_near("12346", most=FEW).groups == ()


def test_a_whole_word_is_preferred_for_a_misspelt_one() -> None:
    assert build_index("Brazing", "Brazil", "Brazil").find_near("brazl", most=FEW).corrected == {
        "brazl": "brazil"
    }


@given(st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6, unique=True))
def test_everything_is_found_by_its_title_and_by_the_beginning_of_its_last_word(titles: list[str]) -> None:
    index = build_index(*titles)
    for title in titles:
        if split_query(title):
            assert title in find_titles(index, title, most=len(titles))
        for word in title.split():
            if word.isalpha():
                assert title in find_titles(index, word[:1], most=len(titles))
