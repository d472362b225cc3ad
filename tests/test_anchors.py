from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exocite.anchors import CONTEXT, Searched, difference, find, make, meaning_changes
from exocite.model import Span
from tests.timing import assert_linear

QUOTE = "These vesicles measure 30 to 150 nanometres and travel through the body."
TEXT = (
    "Cells talk to each other in many ways. Some release tiny bubbles.\n\n"
    f"{QUOTE} Nobody knew that before.\n\n"
    "A last paragraph speaks of something else, of ships and of the sea.\n"
)


def anchor_of(quote: str, text: str):
    start = text.index(quote)
    return make(text, Span(start, start + len(quote)))


def quoted(text: str, found) -> str:
    assert found.span is not None
    return text[found.span.start : found.span.end]


def test_an_anchor_remembers_its_surroundings() -> None:
    anchor = anchor_of(QUOTE, TEXT)
    assert anchor.exact == QUOTE
    assert TEXT[anchor.start : anchor.end] == QUOTE
    assert anchor.prefix.endswith("tiny bubbles.\n\n")
    assert anchor.suffix.startswith(" Nobody knew")
    assert len(anchor.prefix) == CONTEXT
    assert make("abc", Span(0, 3)).prefix == make("abc", Span(0, 3)).suffix == ""


def test_unchanged_text() -> None:
    found = find(anchor_of(QUOTE, TEXT), TEXT)
    assert (quoted(TEXT, found), found.exact, found.score, found.changed) == (QUOTE, True, 1.0, ())


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        ("A new first line.\n\n" + TEXT, QUOTE),
        (TEXT.replace("Some release", "A few set free"), QUOTE),
        (TEXT.replace(QUOTE, QUOTE.replace("30 to 150", "30 to\n150")), None),
        (TEXT.replace(QUOTE, QUOTE.replace("30 to 150", "*30* to **150**")), None),
        (TEXT.replace("\n", "\r\n"), QUOTE),
    ],
)
def test_the_same_words_elsewhere_are_exact(edited: str, expected: str | None) -> None:
    found = find(anchor_of(QUOTE, TEXT), edited)
    assert found.exact
    assert found.changed == ()
    text = quoted(edited, found)
    assert text.replace("*", "").replace("\n", " ") == QUOTE
    assert expected is None or text == expected


def test_of_two_equal_sentences_the_surroundings_decide() -> None:
    text = (
        f"Alpha came first. {QUOTE} Then ships left.\n\nBeta was second. {QUOTE} Then tea came.\n"
    )
    second = text.rindex(QUOTE)
    anchor = make(text, Span(second, second + len(QUOTE)))
    edited = "A much longer beginning was put before everything. " * 5 + text
    found = find(anchor, edited)
    assert found.span is not None
    assert found.span.start == edited.rindex(QUOTE)


@pytest.mark.parametrize(
    ("new", "changed"),
    [
        ("These vesicles measure 40 to 150 nanometres and travel through the body.", ("30 → 40",)),
        ("These vesicles measure 30 to 150 nanometres and do not travel through the body.",
         ("not was added",)),
        ("These small vesicles measure 30 to 150 nanometres and move through the body.", ()),
        ("Such vesicles measure 30 to 150 nanometres and travel all through our body.", ()),
        ("In mice of Peru these vesicles measure 30 to 150 nanometres and travel through the body.",
         ("Peru was added",)),
    ],
)  # fmt: skip
def test_a_reworded_sentence_is_found_and_its_change_named(
    new: str, changed: tuple[str, ...]
) -> None:
    edited = "Something new stands here.\n\n" + TEXT.replace(QUOTE, new)
    found = find(anchor_of(QUOTE, TEXT), edited)
    assert not found.exact
    assert found.changed == changed
    assert quoted(edited, found).rstrip(".") in new
    assert len(quoted(edited, found)) > 0.75 * len(new)


def test_a_sentence_that_is_gone_is_not_found() -> None:
    found = find(anchor_of(QUOTE, TEXT), TEXT.replace(QUOTE, ""))
    assert found.span is None
    assert not found.exact
    assert find(anchor_of(QUOTE, TEXT), "").span is None


def test_another_sentence_on_the_same_subject_is_not_taken_for_it() -> None:
    other = "These vesicles were first seen in 1983 by two groups and are now sold as creams."
    assert find(anchor_of(QUOTE, TEXT), TEXT.replace(QUOTE, other)).span is None


_WORDS = st.lists(
    st.sampled_from(["ships", "sail", "over", "wide", "seas", "gulls", "cry", "sailors"]),
    max_size=25,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(_WORDS, _WORDS, _WORDS, _WORDS)
def test_edits_elsewhere_never_lose_the_anchor(a: str, b: str, c: str, d: str) -> None:
    old = f"{a}.\n\n{QUOTE} {b}.\n"
    new = f"{c}.\n\n{QUOTE} {d}.\n"
    found = find(anchor_of(QUOTE, old), new)
    assert found.exact
    assert quoted(new, found) == QUOTE


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=40), st.data())
def test_arbitrary_text_put_in_outside_the_quote_never_loses_it(
    before: str, after: str, extra: str, data: st.DataObject
) -> None:
    old = f"{before}{QUOTE}{after}"
    anchor = make(old, Span(len(before), len(before) + len(QUOTE)))
    at = data.draw(st.integers(0, len(before) + len(after)))
    at = at if at <= len(before) else at + len(QUOTE)
    new = old[:at] + extra + old[at:]
    assume(QUOTE not in before + after + extra)
    found = find(anchor, new)
    assert found.exact
    assert quoted(new, found) == QUOTE


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=100), st.text(max_size=100), st.integers(0, 100), st.integers(0, 100))
def test_any_texts_give_a_span_within_the_text(old: str, new: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(old)), min(b, len(old))))
    found = find(make(old, Span(start, end)), new)
    assert 0 <= found.score <= 1
    if found.span is not None:
        assert 0 <= found.span.start < found.span.end <= len(new)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("It fell by 30 %.", "It fell by 40 %.", ("30 → 40",)),
        ("It fell by 30 %.", "It fell by 30 nm.", ("% → nm",)),
        ("30 nm wide", "30 µm wide", ("nm → µm",)),
        ("30 nm wide", "30  nm\nwide", ()),
        ("It works.", "It never works.", ("never was added",)),
        ("It doesn't work.", "It does work.", ("not was removed",)),
        ("It doesn’t work.", "It does not work.", ()),
        ("Tested in Oslo.", "Tested in Bergen.", ("Oslo → Bergen",)),
        ("The protein CD63 binds.", "The protein CD81 binds.", ("CD63 → CD81",)),
        ("Two groups saw it.", "Three groups saw it.", ("two → three",)),
        ("It has 1,000 parts.", "It has 1,000 *parts*.", ()),
        ("Cells grow fast.", "The cells grow quickly.", ()),
        ("Cells grow fast.", "Vesicles grow fast.", ()),
        ("", "", ()),
        ("10 and 20", "10, 15 and 20", ("15 was added",)),
    ],
)
def test_changes_of_meaning(old: str, new: str, changed: tuple[str, ...]) -> None:
    assert meaning_changes(old, new) == changed


@given(st.text(max_size=100))
def test_a_text_has_not_changed_from_itself(text: str) -> None:
    assert meaning_changes(text, text) == ()


@pytest.mark.parametrize(
    "filler",
    ["These vesicles measure 30 to nothing. ", "the ", "a b ", "* ", "30 to 150 ", "\n\n", ". "],
)
def test_time_is_linear_in_the_text(filler: str) -> None:
    anchor = anchor_of(QUOTE, TEXT)

    def cost(size: int) -> float:
        text = filler * (size // len(filler))
        started = time.process_time()
        find(anchor, text)
        return time.process_time() - started

    assert_linear(cost, 40_000, 4)


def test_many_quotations_in_one_text_are_found_as_each_alone() -> None:
    searched = Searched(TEXT)
    for quote in (
        QUOTE,
        QUOTE.replace("150", "170"),
        "Nobody sails.",
        "of ships  and of *the* sea",
    ):
        anchor = replace(anchor_of(QUOTE, TEXT), exact=quote)
        assert searched.find(anchor) == find(anchor, TEXT)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("fell by 12 %", "fell by 12 %", ""),
        ("fell by 12 %", "fell by 21 %", "“by 12 %” → “by 21 %”"),
        ("it fell", "it did not fall", "“it fell” → “it did not fall”"),
        ("a b", "a x b", "“a b” → “a x b”"),
        ("a x b", "a b", "“a x b” → “a b”"),
        ("a 1 b c 2 d e 3 f g 4 h", "a b c d e f g h", "; and 1 more"),
    ],
)
def test_difference_in_words(old: str, new: str, said: str) -> None:
    shown = difference(old, new)
    assert shown == said or (said.startswith(";") and shown.endswith(said))


def test_a_long_difference_is_cut() -> None:
    shown = difference("a " + "x " * 50 + "b", "a " + "y " * 50 + "b")
    assert len(shown) < 80
    assert "…" in shown
