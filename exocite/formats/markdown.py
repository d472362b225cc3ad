"""Markdown for a job summary or a comment on a pull request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from exocite.check import ArticleReport, Report
from exocite.formats.text import coverage_line, trend
from exocite.model import Coverage, Finding, Severity
from exocite.text import collapsed, printable, where

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~@&$])")
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_MOST = 200


def render(
    report: Report,
    _sources: Mapping[str, str] | None = None,
    _paint: Callable[[str, str], str] | None = None,
) -> str:
    """A line of counts, a table of findings, what was not checked, coverage by file and section.

    Of more than 200 findings the first are shown, and how many are left out is said.
    """
    return "\n".join(_parts(report)) + "\n"


def _parts(report: Report) -> Iterator[str]:
    counts = Counter(_WORDS[finding.severity] for finding in report.findings)
    told = [f"{n} {word}{'s' if n != 1 else ''}" for word, n in counts.items()]
    if report.not_checked:
        told.append(f"{len(report.not_checked)} not checked")
    yield f"## exocite: {', '.join(told) or 'nothing to report'}"
    yield ""
    yield _plain(coverage_line(report.coverage) + trend(report))
    if report.old:
        yield ""
        yield f"{report.old} old finding{'s' if report.old != 1 else ''} left out."
    if report.findings:
        yield ""
        yield "| where | code | | what |"
        yield "| --- | --- | --- | --- |"
        yield from map(_row, report.findings[:_MOST])
        if len(report.findings) > _MOST:
            yield ""
            yield f"{len(report.findings) - _MOST} more are not shown."
    if report.not_checked:
        yield ""
        yield "### Not checked"
        for entry in report.not_checked:
            yield f"- {_plain(entry.subject)}: {_plain(entry.reason)}"
    if report.articles:
        yield ""
        yield "| | claims | cited | supported |"
        yield "| --- | ---: | ---: | ---: |"
        for article in report.articles:
            yield from _coverage(article)


def _row(finding: Finding) -> str:
    place = f"{where(finding.path, finding.place)}:{finding.line}:{finding.column}"
    severity = _WORDS[finding.severity]
    return f"| {_plain(place)} | {finding.code} | {severity} | {_plain(finding.message)} |"


def _coverage(article: ArticleReport) -> Iterator[str]:
    yield _counts(f"**{_plain(article.path)}**", article.coverage)
    if len(article.sections) > 1:
        for title, coverage in article.sections:
            yield _counts(_plain(title) or "before the first heading", coverage)


def _counts(name: str, coverage: Coverage) -> str:
    return (
        f"| {name} | {coverage.claims} | {coverage.cited_percent:.1f} % | "
        f"{coverage.supported_percent:.1f} % |"
    )


def _plain(text: str) -> str:
    """The text as itself: no mark of Markdown, no HTML, no mention and no line end in it."""
    return _MARKS.sub(r"\\\1", printable(collapsed(text))).replace("\\@", "\\@\N{ZERO WIDTH SPACE}")
