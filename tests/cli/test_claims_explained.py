"""`claims --explain` and `claims --in-text`: why a sentence is a claim, and where claims stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXT = """\
# Skin

Retinol halves wrinkles in 80 % of patients. What will the next years bring?
Who knows [@ku2023].

```
x = 1
```
"""


@pytest.fixture
def draft(folder: Path) -> Path:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text("@misc{ku2023, title = {T}}\n")
    path = folder / "a.md"
    path.write_text(TEXT)
    return path


def test_each_sentence_of_a_line_is_explained(draft: Path, run: Run) -> None:
    result = run("claims", "a.md", "--explain", "3")
    assert result.code == 0
    assert "a claim: gives a quantity: '80 %' (quantity; score" in result.out
    assert "no claim: asks a question" in " ".join(result.out.split())
    assert "Who knows" not in result.out


def test_a_citation_makes_a_claim(draft: Path, run: Run) -> None:
    out = run("claims", "a.md", "--explain", "4").out
    assert "its author cites a source for it" in out or "a claim:" in out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1", "not looked at: this is a"),
        ("2", "nothing of the article stands on this line"),
        ("7", "not looked at: this is a code"),
    ],
)
def test_what_is_not_looked_at(draft: Path, run: Run, line: str, told: str) -> None:
    assert told in run("claims", "a.md", "--explain", line).out


@pytest.mark.parametrize("line", ["0", "-3", "99"])
def test_no_such_line(draft: Path, run: Run, line: str) -> None:
    result = run("claims", "a.md", "--explain", line)
    assert (result.code, f"a.md has no line {line}" in result.err) == (2, True)


def test_explained_as_json(draft: Path, run: Run) -> None:
    told = json.loads(run("claims", "a.md", "--explain", "3", "--json").out)
    assert told["schema"] == "exocite.claims.explain/1"
    first = told["sentences"][0]
    assert first["is_claim"]
    assert first["score"] >= first["least"]
    assert TEXT[first["start"] : first["end"]] == first["text"]


def test_the_text_with_its_claims(draft: Path, run: Run) -> None:
    out = run("claims", "a.md", "--in-text").out
    assert "○ Retinol halves wrinkles in 80 % of patients." in out
    assert "  What will the next years bring?" in out
    assert "uncited, quantity, c" in out
    assert "○ uncited  ◐ cited" in out


def test_no_colour_off_a_terminal_and_no_escape_of_the_article(draft: Path, run: Run) -> None:
    draft.write_text(TEXT.replace("Retinol", "Retinol \x1b[31m\u202e"))
    for words in (("--in-text",), ("--explain", "3")):
        out = run("claims", "a.md", *words).out
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_it_says_what_the_article_was_taken_for(draft: Path, run: Run) -> None:
    assert "the article is read as other prose: " in run("claims", "a.md", "--explain", "3").out
    told = json.loads(run("claims", "a.md", "--explain", "3", "--json").out)["article"]
    assert (told["research"], told["why"][:20]) == (False, "read as other prose:")
    sections = "# Introduction\n\nA.\n\n# Methods\n\nWe measured 12 %.\n\n# Results\n\nB.\n\n"
    draft.write_text(f"{sections}# Discussion\n\nMice slept 12 % longer.\n")
    shown = run("claims", "a.md", "--explain", "15").out
    assert "the article is read as a research article: it has the sections" in shown
