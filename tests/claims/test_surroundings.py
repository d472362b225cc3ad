"""Features of spelling and of a sentence's place in its article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite.claims.genre import genre
from exocite.claims.scoring import ClaimModel, Head, Scorer, Words, meaning_of
from exocite.claims.shapes import names, shape_features, shapes
from exocite.claims.surroundings import Surrounded, surroundings

NO_WORDS = Words({}, [()] * 4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sheep graze.", ["", ""]),
        ("the BBC said", ["", "abbreviation", ""]),
        ("we met Ada Lovelace", ["", "", "name", "name"]),
        ("with p53 and 42 in 1,000", ["", "code", "", "digits", "", "digits", "digits"]),
        ("from GenBank by mRNA", ["", "mixed", "", "mixed"]),
        ("", []),
    ],
)
def test_shapes(text: str, told: list[str]) -> None:
    assert [shape for _, shape in shapes(text)] == told


def test_names_are_in_lower_case() -> None:
    assert names("Using GenBank, Ada found p53.") == ("genbank", "ada", "p53")


def test_spelling_and_its_neighbours_are_named() -> None:
    found = list(shape_features("Trees were built in PhyML (Fig. 2)."))
    assert "shl in mixed" in found
    assert "shr mixed fig" in found
    assert "sh mixed 1" in found
    assert "sx first2 trees were" in found


def _article(*texts: str, section: str = "") -> list[Surrounded]:
    """A paragraph of the texts."""
    near = ["", *texts, ""]
    return [Surrounded(text, near[at], near[at + 2], section) for at, text in enumerate(texts)]


def test_the_place_of_a_sentence() -> None:
    article = [
        *_article("One.", "Two.", "Three."),
        *_article("Four."),
        *_article("Five.", section="B"),
    ]
    found = surroundings(article)
    assert [next(n for n in names if n.startswith("p pi")) for names in found] == [
        *["p pi 0"] * 3,
        "p pi 1",
        "p pi 0",
    ]
    assert [next(n for n in names if n.startswith("p k ")) for names in found] == [
        *("p k 0", "p k 1", "p k 2", "p k 0", "p k 0")
    ]


def test_words_that_never_come_back_are_told_from_those_of_the_results() -> None:
    results = _article(*["Nitrate rose in grazed meadows."] * 6, section="Results")
    talk = _article(
        "Nitrate rose in grazed meadows.", "Volcanic islands harbour finches.", section="Discussion"
    )
    told, other = surroundings([*results, *talk])[-2:]
    assert "nv once 0" in told
    assert "dvk discussion own 7" in told
    assert "nv once 4" in other
    assert "dvk discussion own 0" in other


def test_a_number_that_comes_again_is_seen() -> None:
    found = surroundings(_article("It was 41.7 there.", "Again 41.7 was read.", "And 12.9 once."))
    seen = [next(n for n in names if n.startswith("dv number")) for names in found]
    assert seen == ["dv number 1 1", "dv number 1 1", "dv number 1 0"]


def test_meaning_is_the_sum_over_the_root_of_the_count() -> None:
    table = Words({"sheep": 0, "graze": 1}, [[16, 16], [0, 0], [0, 0], [0, 8]])
    assert meaning_of("Sheep graze.", table, 0) == pytest.approx(0.032 / 2**0.75)
    assert meaning_of("Sheep sleep.", table, 0) == pytest.approx(0.016)
    assert meaning_of("Sheep graze.", table, 3) == pytest.approx(0.008 / 2**0.75)
    assert meaning_of("", table, 0) == meaning_of("Goats.", table, 0) == 0.0


def test_each_kind_of_article_has_its_head() -> None:
    model = ClaimModel(Head({}, 1000), Head({}, -1000), NO_WORDS, 0.5, {})
    prose = _article("Sheep graze.", section="Sheep")
    research = [
        *_article("Sheep graze.", section="Methods"),
        *_article("It rose (Fig. 2, P < 0.01).", section="Results"),
    ]
    assert Scorer(model, prose, research=genre(prose).research).score(0) == 0.7311
    assert Scorer(model, research, research=genre(research).research).score(0) == 0.2689


TEXT = st.text(st.one_of(st.sampled_from("ab C1.?-'\n"), st.characters()), max_size=80)
ROW = st.builds(
    Surrounded, TEXT, TEXT, TEXT, st.sampled_from(["", "Methods", "Results", "Discussion"])
)


@given(st.lists(ROW, max_size=12))
@settings(max_examples=100, deadline=None)
def test_any_article_has_surroundings(rows: list[Surrounded]) -> None:
    found = surroundings(rows)
    assert len(found) == len(rows)
    assert found == surroundings(rows)
    model = ClaimModel(Head({}, 0), Head({}, 0), NO_WORDS, 0.5, {})
    scorer = Scorer(model, rows, research=True)
    assert all(scorer.score(index) == 0.5 for index in range(len(rows)))
