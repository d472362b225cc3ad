"""Check: order, coverage, what was not checked, exit codes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.check import Report, check, exit_code
from exocite.model import (
    ClaimState,
    Coverage,
    Finding,
    Judgement,
    NotChecked,
    Outcome,
    Severity,
)
from exocite.policy import Policy
from exocite.rules import RULES, Problem, View
from exocite.rules.sketch import accepted, record, reference, sketch, verdict

CITED = "Cells send vesicles [@a]."
UNCITED = "Vesicles carry RNA."
REVIEWED = "Vesicles are small [@a]."
EXEMPT = "Water is wet."
A = reference("a", title="T", doi="10.5555/1")
MATCHED = record("a", Outcome.MATCHED, "the DOI leads to this work")


def whole() -> View:
    return sketch(
        CITED,
        UNCITED,
        REVIEWED,
        EXEMPT,
        references=[A],
        records=[MATCHED],
        states={EXEMPT: ClaimState.EXEMPT},
        verdicts=[verdict(Judgement.SUPPORTED, REVIEWED, "a")],
        links=[accepted(REVIEWED, "a")],
    )


def test_coverage() -> None:
    report = check(whole(), Policy())
    assert report.coverage == Coverage(claims=4, cited=2, reviewed=1, supported=1, exempt=1)
    assert round(report.coverage.cited_percent, 1) == 66.7
    assert [(one.path, one.coverage) for one in report.articles] == [
        ("article.md", report.coverage)
    ]


def test_coverage_of_several_articles_adds_up() -> None:
    view = whole()
    view = replace(view, articles=view.articles * 2)
    assert check(view, Policy()).coverage == Coverage(8, 4, 2, 2, 2)


def test_an_exempt_claim_with_a_marker_is_not_counted_as_cited() -> None:
    view = sketch(CITED, references=[A], records=[MATCHED], states={CITED: ClaimState.EXEMPT})
    assert check(view, Policy()).coverage == Coverage(claims=1, exempt=1)


def test_the_same_article_twice_reports_each_finding_once() -> None:
    view = whole()
    once = check(view, Policy()).findings
    assert check(replace(view, articles=view.articles * 2), Policy()).findings == once


@given(st.permutations(range(6)), st.permutations(RULES))
def test_the_order_of_things_given_does_not_matter(order: list[int], rules: list[object]) -> None:
    problems = [Problem("r.bib", 9 - n, n + 1, "broken", f"m{n}") for n in range(6)]
    problems[4:] = [replace(problem, line=1, column=1) for problem in problems[4:]]
    view = replace(whole(), problems=tuple(problems[n] for n in order))
    report = check(view, Policy(), tuple(rules))  # type: ignore[arg-type]
    expected = check(replace(view, problems=tuple(problems)), Policy())
    assert report == expected
    places = [(f.path, f.line, f.column, f.code) for f in report.findings]
    assert places == sorted(places)
    assert len(report.findings) == 7


@pytest.mark.parametrize(
    ("policy", "codes"),
    [
        (Policy(), {"EXO101"}),
        (Policy(ignore=("EXO1",)), set()),
        (Policy(select=("EXO2", "EXO3")), set()),
        (Policy(select=("EXO101",)), {"EXO101"}),
    ],
)
def test_policy_chooses(policy: Policy, codes: set[str]) -> None:
    assert {finding.code for finding in check(whole(), policy).findings} == codes


@pytest.mark.parametrize(
    ("records", "changed", "reason"),
    [
        ([], (), "it was never resolved"),
        ([MATCHED], ("a",), "its entry changed since it was last resolved"),
        (
            [record("a", Outcome.NOT_CHECKED, "Crossref did not answer within 10 s.")],
            (),
            "Crossref did not answer within 10 s",
        ),
        ([record("a", Outcome.NOT_CHECKED, "")], (), "the registry could not answer"),
    ],
)
def test_not_checked_is_no_finding(
    records: list[object], changed: tuple[str, ...], reason: str
) -> None:
    view = sketch(CITED, references=[A], records=records)  # type: ignore[arg-type]
    report = check(replace(view, changed=frozenset(changed)), Policy())
    assert report.findings == ()
    assert report.not_checked == (NotChecked("a", reason, "references.bib", 1, "reference"),)
    assert exit_code(report) == 3


def test_who_asks_for_no_works_has_none_unchecked() -> None:
    view = sketch(CITED, references=[A])
    report = check(view, Policy(ignore=("EXO3",)))
    assert exit_code(report) == 0
    assert report.not_checked == ()


def test_records_of_references_that_are_gone_say_nothing() -> None:
    view = sketch(
        CITED,
        references=[A],
        records=[MATCHED, record("gone", Outcome.RETRACTED, "")],
    )
    assert check(view, Policy()).findings == ()


def finding(severity: Severity) -> Finding:
    return Finding("a.md", 1, 1, "EXO101", severity, "m")


MISSING = NotChecked("a", "it was never resolved")


@pytest.mark.parametrize(
    ("severities", "missing", "code"),
    [
        ((), (), 0),
        ((Severity.INFO,), (), 0),
        ((Severity.WARNING,), (), 1),
        ((Severity.ERROR,), (), 1),
        ((), (MISSING,), 3),
        ((Severity.INFO,), (MISSING,), 3),
        ((Severity.ERROR,), (MISSING,), 1),
    ],
)
def test_exit_codes(
    severities: tuple[Severity, ...], missing: tuple[NotChecked, ...], code: int
) -> None:
    report = Report(tuple(finding(severity) for severity in severities), missing)
    assert exit_code(report) == code
