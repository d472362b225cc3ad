"""Findings in an article: their hashes are made late, and are the same as if made at once."""

from __future__ import annotations

import pickle
from dataclasses import asdict, replace

from exocite.model import Article, Finding, Span
from exocite.rules.rule import Placed, fingerprint
from exocite.rules.uncited_claim import UncitedClaim

RULE = UncitedClaim()
SOURCE = "One two three. Vesicles carry RNA. Four five six."
SPAN = Span(SOURCE.index("Vesicles"), SOURCE.index(" Four"))


def found() -> Finding:
    return Placed(RULE, Article("a.md", "markdown", "utf-8", SOURCE, ())).at(SPAN, "m", "h")


def test_hashes_are_those_of_the_words() -> None:
    one = found()
    assert one.fingerprint == fingerprint(RULE, "Vesicles carry RNA.")
    assert one.fingerprint == found().fingerprint
    before, after = one.around.split(".")
    assert before != after
    assert len(one.fingerprint) == 16


def test_asked_for_or_not_a_finding_is_the_same() -> None:
    asked, other = found(), found()
    assert asked.fingerprint
    assert asked.around
    assert asked == other
    assert hash(asked) == hash(found())
    assert {asked, found()} == {asked}


def test_a_copy_holds_them() -> None:
    moved = replace(found(), path="b.md")
    assert (moved.path, moved.fingerprint) == ("b.md", found().fingerprint)
    assert moved != found()
    told = asdict(found())
    assert told["around"] == found().around
    assert Finding(**told).fingerprint == found().fingerprint
    assert pickle.loads(pickle.dumps(found())) == found()
