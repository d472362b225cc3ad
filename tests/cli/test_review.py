"""The review on a terminal: what each key does, undo, and answers that cannot be."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from exocite import cli
from exocite.cli.review import Review
from tests.cli.conftest import Result, Run
from tests.fakes.crossref import FakeCrossref

Answer = Callable[..., Result]


@pytest.fixture
def review(
    run: Run, article: Path, registry: FakeCrossref, monkeypatch: pytest.MonkeyPatch
) -> Answer:
    """Run `exocite link` with answers to its questions; no question may be left without one."""
    run("add", "--from-article", article.name)
    run("resolve", "--crossref-url", registry.url)

    def reviewed(*answers: str, by: str = "Ada") -> Result:
        left = list(answers)

        def prompt(text: str, default: str | None = None, **_: object) -> str:
            if not left:
                raise click.exceptions.Abort
            answer = left.pop(0)
            return default if answer == "" and default is not None else answer

        monkeypatch.setattr(click, "prompt", prompt)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        result = run("link", article.name, *(["--by", by] if by else []))
        assert not left
        return result

    return reviewed


def verdicts() -> list[tuple[str, str]]:
    path = Path("bib/verdicts.jsonl")
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [(line["judgement"], line.get("key", "")) for line in map(json.loads, lines)]


def test_verdicts_are_recorded_one_by_one(review: Answer) -> None:
    result = review("x", "known to all", "s", "1", "", "q")
    assert result.code == 0, result.text
    assert verdicts() == [("exempt", ""), ("supported", "okafor2021")]
    assert "2 verdicts by Ada" in result.out


def test_undo_takes_the_last_verdict_back_and_shows_its_claim_again(review: Answer) -> None:
    result = review("n", "", "u", "x", "", "q")
    assert verdicts() == [("unsupported", ""), ("withdrawn", ""), ("exempt", "")]
    assert "taken back: unsupported" in result.out
    assert "1 verdict by Ada" in result.out


def test_undo_of_what_was_taken_back_elsewhere_goes_on(
    review: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Review._undo

    def after_another_window(self: Review, at: int) -> int:
        path = Path("bib/verdicts.jsonl")
        (line,) = path.read_text("utf-8").splitlines()
        path.write_text(line + "\n" + line.replace("unsupported", "withdrawn") + "\n", "utf-8")
        return said(self, at)

    monkeypatch.setattr(Review, "_undo", after_another_window)
    result = review("n", "", "u", "x", "", "q")
    assert (result.code, "to take back" in result.out) == (0, True)
    assert [what for what, _ in verdicts()] == ["unsupported", "withdrawn", "exempt"]


def test_undo_without_a_verdict_writes_nothing(review: Answer) -> None:
    assert "no verdict of this sitting" in review("u", "q").out
    assert verdicts() == []


def test_support_needs_a_passage(review: Answer) -> None:
    result = review("", "s", "", "", "q")
    assert "no passage was chosen" in result.out
    assert verdicts() == []
    assert "0 verdicts" in result.out


def test_a_quotation_of_ones_own_is_a_passage(review: Answer) -> None:
    review("p", "okafor2021: “Mood did\nnot change.”", "not quite", "q")
    assert verdicts() == [("partial", "okafor2021")]
    evidence = json.loads(Path("bib/evidence.jsonl").read_text("utf-8"))
    assert evidence["passage"]["text"] == "Mood did not change."


def test_a_name_is_asked_for_once_and_must_be_one(review: Answer) -> None:
    review("?", "Ada", "x", "", "q", by="")
    line = json.loads(Path("bib/verdicts.jsonl").read_text("utf-8"))
    assert line["by"] == "Ada"


def test_an_interrupted_review_keeps_what_was_given(review: Answer) -> None:
    result = review("x", "")
    assert result.code == 130
    assert verdicts() == [("exempt", "")]


def test_reviewed_claims_are_not_asked_again(review: Answer) -> None:
    first = review("x", "", "q")
    second = review("q")
    assert "[1/4]" in first.out
    assert "[1/3]" in second.out


def test_a_passage_is_shown_among_its_neighbours(review: Answer) -> None:
    out = " ".join(review("", "q").out.split())
    assert "before it: Thirty adults took theanine or a placebo for four weeks." in out
    assert "after it: Mood did not change." in out


def test_a_quotation_put_beside_the_passages_can_be_chosen(review: Answer) -> None:
    result = review("", "e", "okafor2021: Mood did not change.", "s", "2", "", "q")
    assert verdicts() == [("supported", "okafor2021")]
    assert "2. okafor2021: “Mood did not change.”" in result.out
    evidence = json.loads(Path("bib/evidence.jsonl").read_text("utf-8"))
    assert evidence["passage"]["text"] == "Mood did not change."


@pytest.mark.parametrize("wrong", ["", "okafor2021", "okafor2021: never said", "nokey: words"])
def test_a_quotation_that_is_none_is_refused_and_asked_for_again(
    review: Answer, wrong: str
) -> None:
    result = review("e", wrong, "q")
    assert verdicts() == []
    assert ";" in result.out


def test_more_shows_weaker_passages_and_they_can_be_chosen(review: Answer) -> None:
    Path("bib/references.bib").write_text(
        Path("bib/references.bib").read_text("utf-8")
        + "@misc{weak1, author={Orr, Bo}, title={Adults and trials}, year={2001},\n"
        "  abstract={A trial of adults is long. The time to fall asleep was not looked at.}}\n",
        encoding="utf-8",
    )
    result = review("", "m", "s", "2", "", "q")
    assert verdicts() == [("supported", "weak1")]
    assert "weak1" in result.out


def test_more_of_nothing_says_so(review: Answer) -> None:
    assert "there are no further passages" in review("", "m", "q").out


def test_the_end_of_input_quits_and_says_what_was_written(
    review: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    review("q")
    answers = iter(["x", ""])

    def prompt(text: str, **_: object) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    def asked(text: str, **more: object) -> str:
        try:
            return prompt(text)
        except EOFError:
            raise click.Abort from None

    monkeypatch.setattr(click, "prompt", asked)
    with pytest.raises(SystemExit) as ended:
        cli.main(["link", "article.txt", "--by", "Ada"])
    assert ended.value.code == 0
    assert verdicts() == [("exempt", "")]


def test_an_interrupt_says_what_was_written(review: Answer) -> None:
    result = review("x", "")
    assert (result.code, "1 verdict by Ada written" in result.out) == (130, True)


@pytest.mark.parametrize("name", ["   ", "A\nB", "A\x1b[31mB", "?!", "A\u202eB", "x" * 201])
def test_a_name_that_is_none_is_refused(run: Run, article: Path, name: str) -> None:
    run("add", "--from-article", article.name)
    claim = json.loads(run("claims", article.name, "--json").out)["claims"][0]["id"]
    about = ("--claim", claim, "--verdict", "exempt", "--by", name)
    result = run("link", article.name, *about)
    assert result.code == 2
    assert "--by" in result.err
    assert "\x1b" not in result.err
    assert verdicts() == []
