"""HTML pages and Markdown texts are opened as a reader sees them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.opened_text import open_text
from etl.documents.opening.markup_lines import read_markup
from etl.documents.opening.refusals import TextRefusedError


def read_html(markup: str) -> list[str]:
    return list(read_markup(markup, is_markdown=False)["lines"])


def read_markdown(text: str) -> list[str]:
    return open_text(text.encode(), kind="markdown").text.split("\n")


def test_blocks_are_paragraphs_and_what_stands_inside_a_line_stays_inside() -> None:
    markup = (
        "<h1>Head</h1><p>Russia&rsquo;s <b>76</b><span>%</span> in 2009&ndash;13<br>next</p><ul><li>a<li>b"
    )
    assert read_html(markup) == ["Head", "Russia’s 76% in 2009–13", "next", "a", "b"]


def test_what_a_reader_does_not_see_is_left_out() -> None:
    unseen = (
        "<script>document.write('9')</script><style>p{}</style><nav>9</nav><template>9</template>"
        "<noscript>9</noscript><p hidden>9</p><div style='display: none'>9</div><!-- 9 -->"
        "<select><option>9</select><button>9</button><svg><text>9</text></svg><iframe>9</iframe>"
    )
    assert read_html(f"{unseen}<p>76 per cent</p>") == ["76 per cent"]


def test_the_cells_of_a_row_are_a_line_with_tabs() -> None:
    table = "<table><tr><th>Year<th>Value<tr><td><p>2021-22</p><td>13.12<tr><td>2022-23<td>49.4</table>"
    assert read_html(table) == ["Year\tValue", "2021-22\t13.12", "2022-23\t49.4"]


def test_a_table_that_lays_out_a_page_is_read_as_paragraphs() -> None:
    long = "Trade grew. " * 40
    table = f"<table><tr><td><p>{long}</p><p>Second.</p><td><table><tr><td>1<td>2</table></table>"
    assert read_html(table) == [long.strip(), "Second.", "1\t2"]


def test_a_raised_number_does_not_run_into_the_number_before_it() -> None:
    markup = (
        "<p>36<sup>1</sup> in 2019-23<sup>[2]</sup>, 10<sup>-9</sup>, CO<sub>2</sub>, the 23<sup>rd</sup></p>"
    )
    assert read_html(markup) == ["36¹ in 2019-23[²], 10⁻⁹, CO₂, the 23rd"]


def test_preformatted_lines_stay_lines() -> None:
    assert read_html("<pre>2021 13.1\n2022 49.4</pre>") == ["2021 13.1", "2022 49.4"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2025-12-05T23:30:00+05:30">',
        '<meta itemprop="datePublished" content="2025-12-05">',
        '<script type="application/ld+json">{"@graph":[{"datePublished":"2025-12-05T10:00Z"}]}</script>',
        '<script type="application/ld+json">[{"datePublished":"2025-12-05"}, 5]</script>',
        '<p><time datetime="2025-12-05">Friday</time>',
        '<time datetime="2026-01-01">now</time><time pubdate datetime="2025-12-05">Friday</time>',
    ],
)
def test_a_stated_day_of_publication_is_taken(head: str) -> None:
    page = f"<html><head><title>A &amp; B</title>{head}</head><body><p>76 per cent"
    opened = open_text(page.encode())
    assert (opened.title, opened.published_on) == ("A & B", date(2025, 12, 5))


def test_of_several_days_none_is_taken_and_that_is_said() -> None:
    page = b'<p><time datetime="2025-12-05">a</time><time datetime="2025-12-06">b</time> 76'
    opened = open_text(page)
    assert opened.published_on is None
    assert "2025-12-05, 2025-12-06" in opened.notes[0]


@pytest.mark.parametrize("day", ["yesterday", "2025-13-01", "05/12/2025", "20251205"])
def test_a_day_in_another_form_is_not_guessed(day: str) -> None:
    page = f'<meta property="article:published_time" content="{day}"><p>76'
    assert open_text(page.encode()).published_on is None


def test_marks_of_markdown_go_and_its_words_stay() -> None:
    text = (
        "# Head *one*\n\nTrade **grew** to [US$ 13 billion](http://a/(b)c) in `2021-22`[^1],\n"
        "snake_case stays.\n\n- item 1\n- item 2\n\n> said\n\n~~~\nx = 1\n~~~\n\n[^1]: SIPRI\n"
    )
    assert read_markdown(text) == [
        "Head one",
        "Trade grew to US$ 13 billion in 2021-22¹, snake_case stays.",
        "item 1",
        "item 2",
        "said",
        "x = 1",
        "SIPRI",
    ]


def test_a_table_of_markdown_has_tabs_between_its_cells() -> None:
    assert read_markdown("| a | b |\n|---|--:|\n| 1 | 22 |\n") == ["a\tb", "1\t22"]


def test_markup_inside_markdown_is_read_as_markup() -> None:
    assert read_markdown("76 <b>per</b> cent<script>9</script>\n\n<div hidden>9</div>") == ["76 per cent"]


@pytest.mark.parametrize(
    "text", ["---\n76 per cent\n---\nmore\n", "---\ntitle: open\n", "76\n---\ntitle: b\n---\n"]
)
def test_a_rule_is_not_front_matter(text: str) -> None:
    opened = open_text(text.encode(), kind="markdown")
    assert opened.title != "open"
    assert any(words in opened.text for words in ("76", "title: open"))


def test_front_matter_with_plus_signs_is_read() -> None:
    opened = open_text(b'+++\ntitle = "A note"\ndate = 2024-03-11T10:00:00Z\n+++\n76\n', kind="markdown")
    assert (opened.text, opened.title, opened.published_on) == ("76", "A note", date(2024, 3, 11))


def test_entities_cannot_bring_back_what_was_cleaned_away() -> None:
    assert open_text(b"<p>&#x202e;67&#0;&#7; per cent").text == "67\ufffd  per cent"


@pytest.mark.parametrize(
    "content",
    [
        b"<div>" * 100_000 + b"76",
        b"<table><tr><td>" * 20_000 + b"76",
    ],
    ids=["boxes", "tables"],
)
def test_a_page_nested_without_end_is_refused(content: bytes) -> None:
    with pytest.raises(TextRefusedError, match="nested more than 1,000 elements deep"):
        open_text(content)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">76", "html"),
        (b"[" * 1_900_000, "markdown"),
    ],
    ids=["attributes", "brackets"],
)
def test_what_takes_too_long_to_read_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(TextRefusedError, match="time and memory allowed"):
        open_text(content, kind=kind)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "<td>", "<tr>", "<table>", "</table>", "<sup>", "</sup>", "<b hidden>", "7 a"]
        )
    )
)
def test_tags_in_any_order_give_lines_without_breaks(parts: list[str]) -> None:
    lines = read_html("".join(parts))
    assert all(line and "\n" not in line for line in lines)


@given(st.text(max_size=200))
def test_the_text_of_a_page_holds_every_visible_digit(words: str) -> None:
    visible = words.replace("&", "").replace("<", "").replace("\x00", "")
    shown = "".join(read_html(f"<p>{visible}</p>"))
    assert [sign for sign in shown if sign.isdigit()] == [sign for sign in visible if sign.isdigit()]
