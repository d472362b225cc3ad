"""From lines as they are drawn to text that flows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.sources.pdf_text import flowing

WIDE = "A line of the page that reaches its right margin, as most of the lines do,"


def page(*lines: str) -> str:
    return flowing(["\n".join(lines)], ["1"])[0]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((f"{WIDE} a sen-", "tence goes on."), f"{WIDE} a sentence goes on."),
        ((f"{WIDE} a sen\xad", "tence goes on."), f"{WIDE} a sentence goes on."),
        ((f"{WIDE} COVID-", "19 spread."), f"{WIDE} COVID-19 spread."),
        ((f"{WIDE} 20 to 30-", "fold more."), f"{WIDE} 20 to 30-fold more."),
        ((f"{WIDE} the Baum-", "Welch way."), f"{WIDE} the Baum-Welch way."),
        ((f"{WIDE} efﬁcient ﬂow", "of oﬀers."), f"{WIDE} efficient flow of offers."),
        ((f"{WIDE} two", "words."), f"{WIDE} two words."),
        ((WIDE, "and its end.", "Next paragraph."), f"{WIDE} and its end.\nNext paragraph."),
        ((WIDE, "• one", "• two"), f"{WIDE}\n• one\n• two"),
        (("Nul\x00 and \x1b[2J bell\x07",), "Nul and [2J bell"),
        (("",), ""),
    ],
)
def test_lines_of_one_page(lines: tuple[str, ...], text: str) -> None:
    assert page(*lines) == text


def test_a_hyphen_stays_where_the_document_writes_the_word_with_one() -> None:
    text = page(f"It was a long-term plan. {WIDE} a long-", "term effect.")
    assert text.endswith("a long-term effect.")


def test_running_heads_and_page_numbers_go() -> None:
    pages = [f"Hive et al.\nText {word} goes here.\nBee Reports 12 (2020) {n}\n{n}"
             for n, word in enumerate(["one", "two", "three", "four"], 7)]  # fmt: skip
    assert flowing(pages, ["7", "8", "9", "10"]) == [
        f"Text {word} goes here." for word in ("one", "two", "three", "four")
    ]


def test_a_head_of_two_pages_goes_only_where_it_bears_their_numbers() -> None:
    pages = ["Chapter 2: Bees 3\nThey sleep.", "Chapter 2: Bees 4\nThey wake.", "An end."]
    assert flowing(pages, ["3", "4", "5"]) == ["They sleep.", "They wake.", "An end."]
    other = ["Chapter 2: Bees\nThey sleep.", "Chapter 2: Bees\nThey wake.", "An end."]
    assert "Chapter 2" in flowing(other, ["3", "4", "5"])[0]


def test_sentences_that_differ_in_numbers_are_no_heads() -> None:
    pages = [f"In 20{n}, {n} bees slept." for n in range(10, 20)]
    assert flowing(pages, [str(n) for n in range(10)]) == pages


def test_a_sentence_stands_whole_on_the_page_where_it_begins() -> None:
    pages = [f"{WIDE} and then the sen-", "tence ends. Another begins here.", "Third."]
    assert flowing(pages, ["1", "2", "3"]) == [
        f"{WIDE} and then the sentence ends.",
        "Another begins here.",
        "Third.",
    ]


@given(st.lists(st.text(max_size=80), max_size=8))
def test_every_page_gives_one_clean_text(pages: list[str]) -> None:
    found = flowing(pages, [str(n) for n in range(len(pages))])
    assert len(found) == len(pages)
    for text in found:
        text.encode()
        assert "\x1b" not in text
        assert not any(line != line.strip() for line in text.split("\n"))
