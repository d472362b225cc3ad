"""What a marker answers for is stated: its paragraph, its list, or its part of the sentence."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

ARTICLE = (
    "# Skin\n\n"
    + "".join(
        f"Sunlight causes {share} % of the ageing of facial skin. "
        f"Smoking doubles the rate of wrinkles in {people} [@nobody{share}, p. 4].\n\n"
        for share, people in ((80, "women"), (70, "men"), (60, "adults over 60 years"))
    )
    + "The effects of sleep loss are known [@somebody]:\n\n"
    "- It raises the risk of diabetes by 30 %\n"
)


def test_the_cover_is_stated_in_text_and_json(run: Run, folder: Path) -> None:
    (folder / "covered.md").write_text(ARTICLE, encoding="utf-8")
    shown = run("claims", "covered.md").out
    assert "cited by the marker at the end of the paragraph: nobody80\n" in shown
    assert "cited by the marker of the sentence that leads into the list: somebody\n" in shown
    found = json.loads(run("claims", "covered.md", "--json").out)["claims"]
    assert all(claim["state"] == "cited" for claim in found)
    first, second, *_, last = found
    assert first["citations"] == []
    assert first["covered_by"]["reach"] == "paragraph"
    assert first["covered_by"]["citations"][0]["locator"] == "p. 4"
    assert second["citations"][0]["key"] == "nobody80"
    assert second["covered_by"] is None
    assert last["covered_by"]["reach"] == "list"


def test_check_counts_what_is_covered_alone(run: Run, folder: Path) -> None:
    (folder / "covered.md").write_text(ARTICLE, encoding="utf-8")
    shown = run("check", "covered.md", "--select", "EXO101").out
    assert "covered.md: 3 claims are cited by the marker at the end of the paragraph alone" in shown
    assert "covered.md: 1 claim is cited by the marker of the sentence that leads into" in shown
    told = json.loads(run("check", "covered.md", "--select", "EXO101", "--format", "json").out)
    assert told["articles"][0]["covered_by"] == {"list": 1, "paragraph": 3}
    assert told["findings"] == []


def test_parts_of_a_sentence_have_their_own_works(run: Run, folder: Path) -> None:
    left = "Sunlight causes 80 % of the ageing of skin"
    right = "smoking doubles the rate of wrinkles"
    sentence = f"{left} [@one] and {right} [@two, p. 4; @three]."
    text = f"# Skin\n\n{sentence}\n\nIt dries by 5 % [@four].\n"
    (folder / "parts.md").write_text(text, encoding="utf-8")
    shown = run("claims", "parts.md").out
    assert f"one is cited for “{left}”\n" in shown
    assert f"two, three is cited for “and {right}”\n" in shown
    found = json.loads(run("claims", "parts.md", "--json").out)["claims"]
    told = [(one["key"], one["part"]) for claim in found for one in claim["citations"]]
    assert told == [("one", left), ("two", f"and {right}"), ("three", f"and {right}"), ("four", "")]
