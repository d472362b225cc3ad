"""Which articles are read as research."""

from __future__ import annotations

import pytest

from exocite.claims.genre import genre
from exocite.claims.surroundings import Surrounded

PLAIN = "Sheep graze on the hill."
FIGURE = "Wool grew faster in spring (Fig. 2)."
TEST = "Wool was longer in rams (p < 0.05)."
DEED = "We measured the wool of forty sheep."


def _article(sections: list[str], *texts: str) -> list[Surrounded]:
    return [Surrounded(text, section=name) for name in sections for text in texts]


@pytest.mark.parametrize(
    ("sections", "texts", "research"),
    [
        (["Introduction", "Methods", "Results", "Discussion"], [PLAIN], True),
        (["1. Introduction", "2. Methods", "3. Results and Discussion"], [PLAIN], True),
        (["Introduction", "Methods", "Results"], [PLAIN], False),
        (["Introduction", "Methods", "Results"], [DEED], True),
        (["1. Introduction", "2. Discussion"], [PLAIN], False),
        (["1. Introduction", "2. Discussion"], [DEED], False),
        (["1. Introduction", "2. Discussion"], [FIGURE, DEED], True),
        (["Abstract", "Introduction", "Results"], [TEST], True),
        (["Results", "3 Results"], [FIGURE, TEST, DEED], False),
        (["Introduction", "Sheep"], [FIGURE, TEST, DEED], False),
        ([""], [PLAIN], False),
        ([], [], False),
    ],
)
def test_sections_and_signs_make_a_research_article(
    sections: list[str], texts: list[str], research: bool
) -> None:
    assert genre(_article(sections, *texts)).research == research


def test_the_reason_names_what_was_found() -> None:
    said = genre(_article(["2. Discussion", "1. Introduction"], FIGURE, DEED)).why
    assert said == (
        "read as a research article: it has the sections introduction and discussion, and figures "
        "and tables of its own and an account of what the authors did"
    )


def test_the_reason_names_what_was_missed() -> None:
    assert genre(_article(["Introduction", "Discussion"], PLAIN)).why == (
        "read as other prose: it has the sections introduction and discussion, but too little else "
        "of a research article (nothing)"
    )
