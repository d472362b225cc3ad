"""Rules explained, and the committed pages against the rules that they are made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from exocite.errors import UsageError
from exocite.rules import RULES
from exocite.rules.explain import explain, find, pages

PAGES = Path(__file__).resolve().parents[2] / "docs" / "rules"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_explain_says_all_of_it(rule: object) -> None:
    text = explain(rule.code)  # type: ignore[attr-defined]
    words = " ".join(text.split())
    for part in (rule.title, rule.what, rule.why, rule.fix):  # type: ignore[attr-defined]
        assert part in words
    assert max(len(line) for line in text.splitlines() if not line.startswith("    ")) <= 88


@pytest.mark.parametrize("code", ["EXO101", "exo101", " uncited-claim ", "Uncited-Claim"])
def test_find_by_code_or_slug(code: str) -> None:
    assert find(code).code == "EXO101"


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("EXO110", "the nearest is EXO"),
        ("exo90", "EXO901, EXO902, EXO903, EXO904"),
        ("uncited", "the nearest is EXO101 (uncited-claim)"),
        ("zzzz", "codes run from EXO101 to"),
    ],
)
def test_an_unknown_code_names_the_nearest(code: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        find(code)
    assert caught.value.hint.startswith(hint)


def test_the_committed_pages_are_those_of_the_rules() -> None:
    """Where this fails: `python docs/generate.py`."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    assert committed == pages()
