"""The marks: one for each standing, each told from all others without colour."""

from __future__ import annotations

import pytest

from exocite.model import Anchor, ClaimState, Judgement, Verdict
from exocite.report import marks
from exocite.states import Standing


def said(judgement: Judgement, by: str = "Ada") -> Verdict:
    return Verdict("a.md", "c1", Anchor("x", "", "", 0, 1), judgement, by, "2026-01-31T12:00:00Z")


@pytest.mark.parametrize(
    ("standing", "word"),
    [
        (Standing(ClaimState.UNCITED), "uncited"),
        (Standing(ClaimState.CITED), "cited"),
        (Standing(ClaimState.EXEMPT, (said(Judgement.EXEMPT),)), "exempt"),
        (Standing(ClaimState.STALE, (said(Judgement.SUPPORTED),)), "stale"),
        (Standing(ClaimState.REVIEWED, (said(Judgement.SUPPORTED),)), "supported"),
        (Standing(ClaimState.REVIEWED, (said(Judgement.CONTRADICTED),)), "contradicted"),
        (
            Standing(ClaimState.REVIEWED, (said(Judgement.PARTIAL), said(Judgement.PARTIAL, "Bo"))),
            "partial",
        ),
        (
            Standing(
                ClaimState.REVIEWED, (said(Judgement.SUPPORTED), said(Judgement.PARTIAL, "Bo"))
            ),
            "verdicts differ",
        ),
    ],
)
def test_the_mark_of_a_standing(standing: Standing, word: str) -> None:
    assert marks.mark(standing).word == word


def test_every_standing_has_a_mark_of_its_own() -> None:
    every = set(marks.ORDER)
    assert len({mark.word for mark in every}) == len({mark.look for mark in every}) == len(every)
    shared = {
        "✓"
    }  # A verdict of supported, and a claim that is reviewed: the word tells them apart.
    glyphs = [mark.glyph for mark in every if mark.glyph not in shared]
    assert len(set(glyphs)) == len(glyphs)
    assert {*marks.STATES.values(), *marks.JUDGEMENTS.values()} - every == {
        marks.JUDGEMENTS[Judgement.WITHDRAWN]
    }


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Example", "AE"),
        ("ada", "A"),
        ("Ngozi van der Okafor-Brandt Smith", "NVDO"),
        ("(Bo) 小林", "B小"),
        ("…", ""),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert marks.initials(name) == initials
