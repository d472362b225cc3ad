"""Runs the rules over a view: sorted findings, coverage, and what could not be checked.

Given the same view and policy the report is the same; nothing is read and nothing is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date
from functools import cache

from exocite import baseline
from exocite.frozen import dataclass, replace
from exocite.model import (
    Coverage,
    Exemption,
    Finding,
    NotChecked,
    Outcome,
    Reach,
    Severity,
    WorkRecord,
)
from exocite.policy import Policy
from exocite.rules import RULES, ArticleView, Rule, View
from exocite.rules.view import total
from exocite.text import Lines, collapsed

_FAILING = frozenset({Severity.ERROR, Severity.WARNING})
_WORKS, _EXEMPTIONS = "EXO3", "EXO9"

_Place = tuple[int, int, int]
"""A place in an article that findings can be compared by: rank of its part, line, column."""


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """The coverage of one article, whole and by section in their order.

    `reaches` counts the claims that cite through a marker of their paragraph or list alone.
    """

    path: str
    coverage: Coverage
    sections: tuple[tuple[str, Coverage], ...] = ()
    reaches: tuple[tuple[Reach, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: findings by path, line, column and code; the rest by place.

    `coverage` is of all articles together. What was not checked is no finding. `old` counts the
    findings that were left out because they are not new; `gone` are those of the baseline that are
    no more, `since` is the coverage that it remembers.
    """

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    articles: tuple[ArticleReport, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    old: int = 0
    gone: tuple[baseline.Known, ...] = ()
    since: Coverage | None = None


def check(
    view: View,
    policy: Policy,
    rules: Sequence[Rule] = RULES,
    *,
    name: Callable[[str], str] = str,
) -> Report:
    """Everything that the rules of the policy find in the view.

    `name` gives a path as the project names it, for what the policy says of files.
    """
    own = cache(lambda path: policy.of(name(path)))
    paths = [article.article.path for article in view.articles] if policy.by_path else ()
    view = replace(view, policy=policy, policies={path: own(path) for path in paths})
    wanted = [rule for rule in rules if policy.wants(rule.code)]
    early = dict.fromkeys(
        finding
        for rule in wanted
        if not rule.code.startswith(_EXEMPTIONS)
        for finding in rule.check(view)
    )
    kept, used = _exempted(early, view)
    view = replace(view, used=used)
    late = [f for rule in wanted if rule.code.startswith(_EXEMPTIONS) for f in rule.check(view)]

    @cache
    def weight(path: str, code: str, severity: Severity) -> Severity | None:
        """How grave a finding of this rule is in this file, None where nobody asks for it."""
        asked = own(path)
        if not (policy.wants_in(name(path), code) and asked.wants(code)):
            return None
        return asked.severity(code, severity)

    findings = [
        _weighed(finding, severity)
        for finding in (*kept, *dict.fromkeys(late))
        if (severity := weight(finding.path, finding.code, finding.severity)) is not None
    ]
    articles = tuple(map(_report, view.articles))
    asks_for_works = any(rule.code.startswith(_WORKS) for rule in wanted)
    return Report(
        findings=tuple(sorted(findings, key=_order(view))),
        not_checked=(*(_unresolved(view) if asks_for_works else ()), *view.unread),
        articles=articles,
        coverage=total(article.coverage for article in articles),
    )


def _weighed(finding: Finding, severity: Severity) -> Finding:
    """The finding with the severity that the policy gives it."""
    return finding if severity == finding.severity else replace(finding, severity=severity)


def _report(article: ArticleView) -> ArticleReport:
    """The coverage of an article: every claim stands in one section."""
    return ArticleReport(article.article.path, article.coverage, article.sections, article.reaches)


def without(report: Report, known: baseline.Baseline, name: Callable[[str], str]) -> Report:
    """The report with the findings alone that are not in the baseline."""
    split = baseline.split(report.findings, known, name)
    return replace(report, findings=split.new, old=report.old + len(split.old))


def against(report: Report, known: baseline.Baseline, name: Callable[[str], str]) -> Report:
    """The same, with what has become of the baseline of the project since it was written."""
    split = baseline.split(report.findings, known, name)
    looked_at = {name(article.path) for article in report.articles}
    gone = tuple(one for one in split.gone if one.path in looked_at)
    return replace(without(report, known, name), gone=gone, since=known.coverage)


def exit_code(report: Report) -> int:
    """1 where an error or a warning was found, else 3 where something was not checked, else 0."""
    if any(finding.severity in _FAILING for finding in report.findings):
        return 1
    return 3 if report.not_checked else 0


def _exempted(
    findings: Iterable[Finding], view: View
) -> tuple[list[Finding], frozenset[tuple[str, int]]]:
    """The findings that no comment of an author exempts, and the comments that exempted one."""
    ranges = [
        (article.article.path, article, one, *_range(article, one))
        for article in view.articles
        for one in article.exemptions
        if one.covers is not None and one.holds(view.today)
    ]
    if not ranges:
        return list(findings), frozenset()
    used = {(path, one.span.start) for path, article, one, _, _ in ranges if article.spares(one)}
    kept = []
    for finding in findings:
        answering = [
            (path, one.span.start)
            for path, article, one, start, end in ranges
            if path == finding.path
            and finding.code.startswith(one.codes)
            and start <= _place(article, finding) < end
        ]
        used.update(answering)
        if not answering:
            kept.append(finding)
    return kept, frozenset(used)


def _range(article: ArticleView, exemption: Exemption) -> tuple[_Place, _Place]:
    lines = Lines(article.article.source, article.article.places)
    ranks = article.ranks
    covers = exemption.covers or exemption.span
    start, end = (
        (ranks.get(lines.place(offset), 0), *lines.position(offset))
        for offset in (covers.start, covers.end)
    )
    return start, end


def _place(article: ArticleView, finding: Finding) -> _Place:
    return article.ranks.get(finding.place, 0), finding.line, finding.column


def _order(view: View) -> Callable[[Finding], tuple[str, int, int, int, str, str, str]]:
    """What findings are sorted by; the places of a file in the order that it has them."""
    ranks = {
        (article.article.path, place): rank
        for article in view.articles
        for place, rank in article.ranks.items()
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
    for reference in sorted(view.works, key=lambda entry: (entry.path, entry.line, entry.key)):
        record = view.records.get(reference.key)
        if record is None:
            reason = "it was never resolved"
        elif reference.key in view.changed:
            reason = "its entry changed since it was last resolved"
        elif record.outcome is Outcome.NOT_CHECKED:
            reason = collapsed(record.reason).rstrip(".") or "the registry could not answer"
        else:
            reason = _too_old(record, view)
        if reason:
            yield NotChecked(reference.key, reason, reference.path, reference.line, "reference")


def _too_old(record: WorkRecord, view: View) -> str:
    """Why the record does not count where the policy asks for a newer one, "" where it does."""
    allowed = view.policy.resolution_days
    if allowed is None or not view.today:
        return ""
    try:
        age = (date.fromisoformat(view.today) - date.fromisoformat(record.date[:10])).days
    except ValueError:
        return "its record does not say when it was last resolved"
    return f"it was last resolved {age} days ago, on {record.date[:10]}" if age > allowed else ""
