"""Baseline: old findings are known again by their words, whatever happens to their lines."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import baseline
from exocite.check import against, check, without
from exocite.errors import ReadError
from exocite.model import Coverage, Finding, Judgement, Outcome, Update
from exocite.policy import Policy
from exocite.rules import View
from exocite.rules.sketch import accepted, record, reference, sketch, verdict

ONE, TWO, THREE = "Vesicles carry RNA.", "Skin ages in the sun.", "Retinol works."
COVERAGE = Coverage(claims=3, cited=1)


def name(path: str) -> str:
    return path


def findings(*sentences: str) -> tuple[Finding, ...]:
    return check(sketch(*sentences), Policy()).findings


def new(before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    known = baseline.of(findings(*before), COVERAGE, name)
    split = baseline.split(findings(*after), known, name)
    words = " ".join(after)
    return [words[f.column - 1 : f.end_column - 1] for f in split.new]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((ONE, TWO), (ONE, TWO), []),
        ((ONE, TWO), (TWO, ONE), []),
        ((ONE, TWO), (THREE, ONE, TWO), [THREE]),
        ((ONE, TWO), (ONE,), []),
        ((ONE,), ("Vesicles  carry *RNA*.",), []),
        ((ONE,), ("Vesicles carry DNA.",), ["Vesicles carry DNA."]),
        ((ONE, TWO), (ONE, ONE, TWO), [ONE]),
        ((), (ONE,), [ONE]),
    ],
)
def test_what_is_new(before: tuple[str, ...], after: tuple[str, ...], expected: list[str]) -> None:
    assert new(before, after) == expected


def test_of_equal_sentences_the_one_with_the_old_words_beside_it_is_old() -> None:
    known = baseline.of(findings(ONE, TWO), COVERAGE, name)
    known = replace(known, known=(next(k for k in known.known if "no source" in k.message),))
    about = {f.fingerprint: f for f in findings(ONE, TWO)}[known.known[0].fingerprint]
    sentence = " ".join((ONE, TWO))[about.column - 1 : about.end_column - 1]
    after = (sentence, THREE, ONE, TWO)
    split = baseline.split(findings(*after), known, name)
    (old,) = split.old
    assert old.column > len(sentence)


def test_another_file_and_another_rule_are_new() -> None:
    (one,) = findings(ONE)
    known = baseline.of([one], COVERAGE, name)
    for other in (replace(one, path="b.md"), replace(one, code="EXO102")):
        assert baseline.split([other], known, name).new == (other,)


@pytest.mark.parametrize(
    ("there", "paths", "new"),
    [
        ((), ("new.md",), 0),
        (("article.md",), ("new.md",), 2),
        ((), ("new.md", "copy.md"), 2),
        (("article.md",), ("article.md",), 0),
    ],
)
def test_a_renamed_file_takes_its_findings_along(
    there: tuple[str, ...], paths: tuple[str, ...], new: int
) -> None:
    known = baseline.of(findings(ONE, TWO), COVERAGE, name)
    now = [replace(one, path=path) for path in paths for one in findings(ONE, TWO)]
    known = baseline.followed(known, now, name, there.__contains__)
    assert len(baseline.split(now, known, name).new) == new


def test_only_whole_surroundings_move_to_another_file() -> None:
    known = baseline.of(findings(ONE, TWO), COVERAGE, name)
    now = [replace(one, path="new.md") for one in findings(ONE, THREE)]
    known = baseline.followed(known, now, name, lambda _path: False)
    assert len(baseline.split(now, known, name).new) == 2


SUPPORTED, DISPUTED = Judgement.SUPPORTED, Judgement.DISPUTED
CITED = f"{ONE[:-1]} [@ku2023]."
KU = [reference("ku2023", doi="10.5555/1")]
QUARTER = Policy(cited=75.0, supported=25.0)


def noticed(doi: str) -> View:
    notices = (Update("correction", doi, "2024-02-01"),)
    return sketch(
        references=KU, records=[record("ku2023", Outcome.MATCHED, "the same", notices=notices)]
    )


@pytest.mark.parametrize(
    ("code", "before", "after", "policy"),
    [
        (
            "EXO402",
            sketch(ONE, orphaned=[verdict(SUPPORTED, TWO)]),
            sketch(ONE, orphaned=[verdict(SUPPORTED, THREE)]),
            Policy(),
        ),
        (
            "EXO405",
            sketch(ONE, orphaned_links=[accepted(TWO, "ku2023")]),
            sketch(ONE, orphaned_links=[accepted(THREE, "ku2023")]),
            Policy(),
        ),
        (
            "EXO403",
            sketch(ONE, verdicts=[verdict(DISPUTED, ONE), verdict(SUPPORTED, ONE, by="ben")]),
            sketch(ONE, verdicts=[verdict(SUPPORTED, ONE), verdict(DISPUTED, ONE, by="ben")]),
            Policy(),
        ),
        (
            "EXO104",
            sketch(CITED, TWO, references=KU, verdicts=[verdict(SUPPORTED, CITED, "ku2023")]),
            sketch(CITED, references=KU),
            QUARTER,
        ),
        ("EXO305", noticed("10.5555/2"), noticed("10.5555/3"), Policy()),
    ],
)
def test_what_came_in_the_place_of_something_old_is_new(
    code: str, before: View, after: View, policy: Policy
) -> None:
    (old,), (new) = (
        [one for one in check(view, policy).findings if one.code == code]
        for view in (before, after)
    )
    known = baseline.of([old], COVERAGE, name)
    assert baseline.split([old], known, name).new == ()
    assert baseline.split(new, known, name).new == tuple(new)
    assert new


def test_gone_names_what_is_no_longer_found_in_files_looked_at() -> None:
    report = check(sketch(ONE), Policy())
    known = baseline.of(findings(ONE, TWO), COVERAGE, name)
    elsewhere = replace(known.known[0], path="other.md")
    seen = against(report, replace(known, known=(*known.known, elsewhere)), name)
    assert [one.path for one in seen.gone] == ["article.md"]
    assert (seen.findings, seen.old, seen.since) == ((), 1, COVERAGE)


def test_two_baselines_one_after_the_other() -> None:
    report = check(sketch(ONE, TWO, THREE), Policy())
    first = against(report, baseline.of(findings(ONE), COVERAGE, name), name)
    second = without(first, baseline.of(findings(TWO), COVERAGE, name), name)
    assert second.old == 2
    assert len(second.findings) == 1
    assert second.since == COVERAGE


@given(st.lists(st.sampled_from([ONE, TWO, THREE]), max_size=6))
def test_a_baseline_knows_all_that_it_was_made_of(sentences: list[str]) -> None:
    found = findings(*sentences)
    known = baseline.of(found, COVERAGE, name)
    again = baseline.parse(baseline.text(known).encode(), "b.json")
    assert again == known
    split = baseline.split(found, again, name)
    assert (split.new, split.gone) == ((), ())


def test_the_file_has_a_line_a_finding_and_is_ascii() -> None:
    text = baseline.text(baseline.of(findings("Água \u202e reduz.", ONE), COVERAGE, name))
    assert text.isascii()
    assert sum('"EXO101"' in line for line in text.splitlines()) == 2
    json.loads(text)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"schema": "exocite.baseline/1", "coverage": {}, "findings": []}',
        b'{"schema": "exocite.baseline/1", "findings": [{"path": 1}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"b\.json") as caught:
        baseline.parse(data, "b.json")
    assert "--write-baseline" in caught.value.hint


def test_a_baseline_of_another_version_is_refused() -> None:
    with pytest.raises(ReadError, match="another version"):
        baseline.parse(b'{"schema": "exocite.baseline/9"}', "b.json")
