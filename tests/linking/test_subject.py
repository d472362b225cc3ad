from __future__ import annotations

import pytest

from exocite.linking.subject import context, points_back, subject, topic
from exocite.linking.terms import Analyser
from exocite.model import Claim, Span


def claim(statement: str, before: str = "") -> Claim:
    return Claim("c", Span(0, 1), statement, statement, 1.0, "", before=before)


@pytest.mark.parametrize(
    ("statement", "back"),
    [
        ("They dance.", True),
        ("These insects dance.", True),
        ("It dances.", True),
        ("It is well known that bees dance.", False),
        ("Bees dance.", False),
        ("Item nine is missing.", False),
    ],
)
def test_sentences_that_point_back(statement: str, back: bool) -> None:
    assert points_back(statement) is back


def test_the_subject_stands_before_the_verb() -> None:
    assert subject("Honey bees are insects of the field.", Analyser()) == ["honey", "bee"]
    assert subject("They are insects.", Analyser()) == []


def test_the_subject_of_the_sentence_before_weighs_more_than_the_rest_of_it() -> None:
    weights = dict(reversed(list(context(claim("They dance.", "Bees are insects."), Analyser()))))
    assert weights["bee"] > weights["insect"] > 0
    assert list(context(claim("Wasps dance.", "Bees are insects."), Analyser())) == []


def test_the_article_s_subject_stands_in_where_the_sentence_before_names_none() -> None:
    claims = [claim("Bees are small."), claim("Bees have wings."), claim("Tides are high.")]
    usual = topic(claims, Analyser())
    assert usual == ("bee",)
    weights = dict(context(claim("They dance.", "These fly."), Analyser(), usual))
    assert weights["bee"] > weights["fli"]
    assert topic(claims[2:], Analyser()) == ()
