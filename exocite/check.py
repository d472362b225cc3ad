"""Runs the rules over a view: sorted findings, coverage, and what could not be checked.

Given the same view and policy the report is the same; nothing is read and nothing is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields

from exocite.model import ClaimState, Coverage, Finding, NotChecked, Outcome, Severity
from exocite.policy import Policy
from exocite.rules import RULES, ArticleView, Rule, View
from exocite.text import collapsed

_FAILING = frozenset({Severity.ERROR, Severity.WARNING})
_WORKS = "EXO3"


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """The coverage of one article."""

    path: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: findings by path, line, column and code; the rest by place.

    `coverage` is of all articles together. What was not checked is no finding.
    """

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    articles: tuple[ArticleReport, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)


def check(view: View, policy: Policy, rules: Sequence[Rule] = RULES) -> Report:
    """Everything that the rules of the policy find in the view."""
    wanted = [rule for rule in rules if policy.wants(rule.code)]
    findings = {finding for rule in wanted for finding in rule.check(view)}
    articles = tuple(
        ArticleReport(article.article.path, coverage(article)) for article in view.articles
    )
    asks_for_works = any(rule.code.startswith(_WORKS) for rule in wanted)
    return Report(
        findings=tuple(sorted(findings, key=_order(view))),
        not_checked=(*(_unresolved(view) if asks_for_works else ()), *view.unread),
        articles=articles,
        coverage=_total(article.coverage for article in articles),
    )


def exit_code(report: Report) -> int:
    """1 where an error or a warning was found, else 3 where something was not checked, else 0."""
    if any(finding.severity in _FAILING for finding in report.findings):
        return 1
    return 3 if report.not_checked else 0


def coverage(article: ArticleView) -> Coverage:
    """How far the claims of one article have come.

    A claim is cited by a marker in the text or an accepted link. An exempt claim is counted
    nowhere but among the claims and the exempt.
    """
    standings = [(claim, article.standing(claim)) for claim in article.claims]
    asked = [pair for pair in standings if pair[1].state is not ClaimState.EXEMPT]
    reviewed = [standing for _, standing in asked if standing.state is ClaimState.REVIEWED]
    return Coverage(
        claims=len(standings),
        cited=sum(bool(claim.citations or standing.accepted) for claim, standing in asked),
        reviewed=len(reviewed),
        supported=sum(standing.supported for standing in reviewed),
        exempt=len(standings) - len(asked),
    )


def _total(coverages: Iterable[Coverage]) -> Coverage:
    every = tuple(coverages)
    names = [counted.name for counted in fields(Coverage)]
    return Coverage(**{name: sum(getattr(one, name) for one in every) for name in names})


def _order(view: View) -> Callable[[Finding], tuple[str, int, int, int, str, str, str]]:
    """What findings are sorted by; the places of a file in the order that it has them."""
    ranks = {
        (article.article.path, place.name): rank
        for article in view.articles
        for rank, place in enumerate(article.article.places)
    }

    def key(finding: Finding) -> tuple[str, int, int, int, str, str, str]:
        return (
            finding.path,
            ranks.get((finding.path, finding.place), 0),
            finding.line,
            finding.column,
            finding.code,
            finding.message,
            finding.help,
        )

    return key


def _unresolved(view: View) -> Iterator[NotChecked]:
    """The references on which the registry has said nothing that still holds."""
    for reference in sorted(view.works(), key=lambda entry: (entry.path, entry.line, entry.key)):
        record = view.records.get(reference.key)
        if record is None:
            reason = "it was never resolved"
        elif reference.key in view.changed:
            reason = "its entry changed since it was last resolved"
        elif record.outcome is Outcome.NOT_CHECKED:
            reason = collapsed(record.reason).rstrip(".") or "the registry could not answer"
        else:
            continue
        yield NotChecked(reference.key, reason, reference.path, reference.line, "reference")
