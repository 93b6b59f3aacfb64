"""The search in a browser: by keyboard alone, by touch on a phone, with nothing but words in its answers."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.axe import each_screen, find_faults
from tests.browser.reader import OpenReader, Reader, Scheme
from tests.browser.test_keyboard import press

pytestmark = pytest.mark.browser

PHONE = 375
LEAST_TARGET = 44
CLAIM_27 = "reaffirm-defence-partnership.trade-end-2022"
BUTTON = "button[data-open-search]"
FOCUSED = "() => document.activeElement.id"
READ_CHOSEN = """() => {
  const chosen = document.activeElement.getAttribute("aria-activedescendant");
  return document.getElementById(chosen).innerText;
}"""
HOSTILE = "<img src=x onerror='window.ran = 1'><script>window.ran = 1</script>"
SMALL_TARGETS = """(least) => [...document.querySelectorAll("#search :is([role=option], button, input)")]
  .filter((part) => part.getClientRects().length && part.getBoundingClientRect().height < least)
  .map((part) => part.textContent || part.id)"""


def is_open(reader: Reader) -> bool:
    """Whether the dialog is over the page."""
    return bool(reader.page.evaluate("() => Boolean(document.querySelector('#search[open]'))"))


def write(reader: Reader, words: str) -> None:
    """Writes into the field, and waits for the answer to all of it."""
    reader.page.locator("#search-text").fill(words)
    reader.page.wait_for_function(
        "(words) => document.querySelector('#search').dataset.answered === words", arg=words
    )


def read_chosen(reader: Reader) -> str:
    """The words of the answer that Enter would open."""
    words: str = reader.page.evaluate(READ_CHOSEN)
    return words


def test_a_reader_without_a_mouse_gets_from_a_key_to_evidence_and_back(reader: Reader) -> None:
    page = reader.page
    reader.visit("/trade")
    press(reader, "/")
    page.wait_for_selector("#search [role=option]")
    assert page.evaluate(FOCUSED) == "search-text"
    assert page.locator("#search-status").inner_text().startswith("Search in India and Russia: ")
    write(reader, "russia")
    page.wait_for_selector("#search [role=option][aria-selected=true]")
    first = read_chosen(reader)
    press(reader, "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp")
    assert read_chosen(reader) == first
    press(reader, "ArrowUp", "ArrowDown")
    assert read_chosen(reader) == first
    write(reader, "27 billion")
    page.wait_for_function(
        "() => document.querySelector('#search-option-0')?.innerText.includes('27 billion')"
    )
    assert "not comparable" in read_chosen(reader)
    press(reader, "Enter")
    reader.wait_for_evidence(CLAIM_27)
    page.wait_for_function("() => document.title.startsWith('Claims')")
    assert not is_open(reader)
    assert page.evaluate(FOCUSED) == "drawer"
    press(reader, "Escape")
    reader.wait_for_closed_drawer()
    assert urlsplit(page.url).path == "/claims"
    page.go_back()
    page.wait_for_function("() => document.title.startsWith('Trade')")
    assert reader.complaints == []


def test_what_was_typed_last_is_opened_however_fast_enter_follows(reader: Reader) -> None:
    reader.visit("/claims")
    press(reader, "/")
    reader.page.keyboard.type("27 billion")
    press(reader, "Enter")
    reader.wait_for_evidence(CLAIM_27)


def test_escape_closes_the_dialog_alone_and_the_focus_returns(reader: Reader) -> None:
    page = reader.page
    reader.visit(f"/claims?point={CLAIM_27}")
    reader.wait_for_evidence(CLAIM_27)
    page.locator(BUTTON).focus()
    press(reader, "Enter")
    page.wait_for_selector("#search [role=option]")
    press(reader, "Escape")
    assert not is_open(reader)
    assert page.evaluate("() => document.activeElement.matches('button[data-open-search]')")
    assert page.locator("[data-drawer] #evidence [data-shown]").count() == 1


def test_in_a_field_the_key_is_a_sign_and_it_can_be_turned_off(reader: Reader) -> None:
    page = reader.page
    reader.visit("/check")
    page.locator("#check-text").focus()
    press(reader, "/")
    assert (page.locator("#check-text").input_value(), is_open(reader)) == ("/", False)
    page.locator("#page").focus()
    press(reader, "/")
    page.locator("#search [aria-pressed=true]").click()
    press(reader, "Escape", "/")
    assert not is_open(reader)
    reader.visit("/methods")
    press(reader, "/")
    assert not is_open(reader)


def test_a_chart_of_this_page_is_scrolled_to_and_more_of_one_kind_can_be_had(reader: Reader) -> None:
    page = reader.page
    reader.visit("/arms")
    press(reader, "/")
    write(reader, "arms orders from russia delivered")
    page.wait_for_selector("#search-option-0[href$='#deals_progress']")
    press(reader, "Enter")
    page.wait_for_function("() => document.activeElement.id === 'deals_progress'")
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().top < window.innerHeight")
    press(reader, "/")
    write(reader, "russia")
    page.locator("#search [role=option][data-kind=deals]").click()
    page.wait_for_selector("#search [role=option][data-kind='']")
    assert page.locator("#search .search-group").count() == 1
    assert page.evaluate(FOCUSED) == "search-text"


def test_answers_keep_the_dossier_and_the_day(reader: Reader) -> None:
    page = reader.page
    reader.visit("/?dossier=pakistan_china&as_of=2025-03-10")
    press(reader, "/")
    write(reader, "china's share")
    page.wait_for_selector("#search-option-0[href^='/arms']")
    press(reader, "Enter")
    page.wait_for_function("() => location.pathname === '/arms'")
    place = parse_qs(urlsplit(page.url).query)
    assert place == {"dossier": ["pakistan_china"], "as_of": ["2025-03-10"]}


def test_what_is_typed_is_only_words(reader: Reader) -> None:
    reader.visit("/methods")
    press(reader, "/")
    write(reader, HOSTILE)
    reader.page.wait_for_function(
        "(words) => document.querySelector('#search-status').innerText.includes(words)", arg=HOSTILE
    )
    assert reader.page.evaluate("() => window.ran") is None
    assert reader.complaints == []


@each_screen
def test_the_dialog_has_no_accessibility_fault_and_fits(
    scheme: Scheme, width: int, open_reader: OpenReader
) -> None:
    reader = open_reader(width=width, scheme=scheme)
    reader.visit("/methods")
    reader.page.locator(BUTTON).click()
    faults = {}
    for words in ("76", "russia", "zyzzyva", ""):
        write(reader, words)
        faults[words] = find_faults(reader.page, "#search")
        wide = reader.page.evaluate("() => document.querySelector('#search').scrollWidth - window.innerWidth")
        faults[words] += [f"{wide} pixels too wide"] if wide > 0 else []
    assert {words: found for words, found in faults.items() if found} == {}
    assert reader.complaints == []


def test_a_thumb_searches_on_a_phone(open_reader: OpenReader) -> None:
    reader = open_reader(width=PHONE, touches=True)
    page = reader.page
    reader.visit("/")
    page.locator(BUTTON).tap()
    write(reader, "S-400")
    page.wait_for_selector("#search [role=option]")
    assert page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []
    page.locator("#search [role=option]", has_text="SAM system").tap()
    page.wait_for_selector("[data-drawer] #evidence [data-shown='IND-RUS.2018.s-400-triumf']")
    assert urlsplit(page.url).path == "/arms"
    assert reader.complaints == []
