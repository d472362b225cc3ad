"""Titles that are the same, misspelt, cut, longer, or others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.matching.notices import notices, tells_apart, without_mark
from exocite.matching.titles import Fit, fit_titles, found_in
from exocite.matching.words import words

TITLE = "Drift of lichens on granite walls: a slow census"


@pytest.mark.parametrize(
    ("printed", "fit"),
    [
        (TITLE, Fit.SAME),
        ("DRIFT OF LICHENS ON GRANITE WALLS — A SLOW CENSUS", Fit.SAME),
        ("Drift of lichens on granitewalls: a slow census", Fit.SAME),
        ("Drift of lichens on grnaite walls: a slow census", Fit.CLOSE),
        ("Drift of lichens on granite walls: slow census", Fit.CLOSE),
        ("Drift of lichens on granite walls", Fit.CUT),
        ("Drift of lichens on grnaite", Fit.CUT),
        (TITLE + " of the north", Fit.LONGER),
        (TITLE + " II", Fit.LONGER),
        ("Drift of lichens on marble walls: a slow census", Fit.OTHER),
        ("Comment on: " + TITLE, Fit.OTHER),
        ("Drift of lichens", Fit.CUT),
        ("A history of plaster", Fit.OTHER),
        ("", Fit.MISSING),
    ],
)
def test_fits(printed: str, fit: Fit) -> None:
    assert fit_titles(words(printed), words(TITLE)).fit is fit


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Walls. Part 1", "Walls. Part 2"),
        ("Increased growth of moss", "Decreased growth of moss"),
        ("Walls of northern towns", "Walls of southern towns"),
        ("Pulmonary hypertension on walls", "Pulmonary hypotension on walls"),
        ("Interspecific drift", "Intraspecific drift"),
        ("Microscopic moss", "Macroscopic moss"),
        ("Walls I", "Walls II"),
        ("Vitamin B and moss", "Vitamin D and moss"),
        ("Annual report 2019", "Annual report 2020"),
        ("Moss with lime on walls", "Moss without lime on walls"),
    ],
)
def test_numbers_letters_and_negations_are_no_slips(left: str, right: str) -> None:
    assert fit_titles(words(left), words(right)).fit < Fit.CLOSE


def test_a_title_is_found_in_a_text() -> None:
    text = words(f"Brandt O. {TITLE.replace('granite', 'granlte')}. J Slow Ecol 14")
    start, end = found_in(text, words(TITLE))
    assert text[start:end][0] == "drift"
    assert text[start:end][-1] == "census"
    assert found_in(text, words("A history of plaster and lime")) == (-1, -1)


@given(st.lists(st.sampled_from(["walls", "walks", "of", "ii", "2", "moss"]), max_size=8))
def test_a_title_fits_itself_alone_wholly(title: list[str]) -> None:
    fit = fit_titles(title, title).fit
    assert fit is (Fit.SAME if title else Fit.MISSING)
    assert fit_titles([*title, "xylem"], ["phloem", *title]).fit is not Fit.SAME


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Erratum to: Walls", "a correction"),
        ("Author Correction: Walls", "a correction"),
        ("Publisher’s Note: Walls", "a correction"),
        ("Retraction notice to “Walls”", "a retraction"),
        ("Notice of Retraction: Walls", "a retraction"),
        ("Partial retraction: Walls", "a retraction"),
        ("Expression of Concern: Walls", "an expression of concern"),
        ("Reply to “Comment on Walls”", "a comment"),
        ("Letter to the editor", "a comment"),
        ("Re: Walls", "a comment"),
        ("P16. Walls", "a meeting abstract"),
        ("Abstract 202: Walls", "a meeting abstract"),
        ("Data from: Walls", "supplementary material"),
        ("Interview with a mason", "an interview"),
        ("Book review: Walls", "a review of it"),
    ],
)
def test_notices(title: str, kind: str) -> None:
    assert kind in notices(title)


@pytest.mark.parametrize(
    "title",
    [
        "Error correction codes",
        "A north Pacific jet retraction",
        "Response of lichens to lime",
        "Review of current literature",
        "Letters from a mason",
        "Translation of mRNA",
        "Commentary culture",
        "Reply rates in surveys",
    ],
)
def test_ordinary_titles_are_no_notices(title: str) -> None:
    assert not notices(title)


@pytest.mark.parametrize(
    ("tail", "apart"),
    [
        ("ii", True),
        ("part 2", True),
        ("the second edition", True),
        ("authors reply", True),
        ("revisited", True),
        ("a systematic review", False),
        ("quality indicators", False),
        ("evidence from many old walls", False),
        ("", False),
    ],
)
def test_tails_that_tell_works_apart(tail: str, apart: bool) -> None:
    assert tells_apart(tail.split()) is apart


def test_a_mark_of_retraction_is_no_part_of_the_title() -> None:
    assert without_mark("RETRACTED ARTICLE: Walls") == ("Walls", True)
    assert without_mark("Retracted walls") == ("Retracted walls", False)
