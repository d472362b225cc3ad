"""The text output of check: findings with their source line, what was not checked, counts.

The most important line, how far the claims have come, is the last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from exocite.check import Report
from exocite.formats.excerpt import Source
from exocite.model import Coverage, Finding, NotChecked, Reach, Severity
from exocite.text import printable, where

Paint = Callable[[str, str], str]

_WIDEST_GUTTER = 6
_INDENT = " " * _WIDEST_GUTTER
_NO_NUMBER = f"{_INDENT} |"
_LINE_ENDS = str.maketrans({"\n": "\\n", "\t": " ", "\u2028": " ", "\u2029": " "})


def render(report: Report, sources: Mapping[str, str], paint: Paint) -> str:
    """The whole output.

    Roles given to `paint`: path, code, error, warning, info, help, good, strong and dim.
    """
    blocks = _Blocks(sources, paint).of(report.findings)
    if report.not_checked:
        blocks.append("\n".join(_not_checked(entry, paint) for entry in report.not_checked))
    blocks.append("\n".join(_counts(report, paint)))
    return "\n\n".join(blocks) + "\n"


def one_line(text: str) -> str:
    """The text safe for one line of a terminal, whatever it holds."""
    if text.isascii() and text.isprintable():
        return text
    safe = printable(text).translate(_LINE_ENDS)
    return safe.encode("utf-8", "backslashreplace").decode("utf-8")


REACHES = {
    Reach.PARAGRAPH: "the marker at the end of the paragraph",
    Reach.LIST: "the marker of the sentence that leads into the list",
}
"""What cites for a claim that has no marker of its own."""


def coverage_line(coverage: Coverage) -> str:
    """How many claims, and how far they have come, in one line."""
    if not coverage.claims:
        return "no claims"
    claims = _counted(coverage.claims, "claim")
    return (
        f"{claims}: {coverage.cited} cited ({coverage.cited_percent:.1f} %), "
        f"{coverage.supported} supported ({coverage.supported_percent:.1f} %), "
        f"{coverage.reviewed} reviewed, {coverage.exempt} exempt"
    )


class _Blocks:
    """Writes findings; what thousands of them have in common is painted once."""

    def __init__(self, sources: Mapping[str, str], paint: Paint) -> None:
        self._sources = sources
        self._paint = paint
        self._files: dict[tuple[str, str], tuple[str, Source | None]] = {}
        self._painted = cache(paint)
        self._kind = cache(lambda code, role: f"{paint('code', code)} {paint(role, role)}")
        self._help = f"{_INDENT} {paint('help', 'help:')}"

    def of(self, findings: Iterable[Finding]) -> list[str]:
        """The lines of each finding, as one text."""
        return ["\n".join(self._finding(finding)) for finding in findings]

    def _file(self, path: str, place: str) -> tuple[str, Source | None]:
        """The name of what the lines count in as it is shown, and its text."""
        known = self._files.get((path, place))
        if known is None:
            within = where(path, place)
            text = self._sources.get(within)
            known = one_line(within), None if text is None else Source(text)
            self._files[path, place] = known
        return known

    def _finding(self, finding: Finding) -> list[str]:
        painted = self._painted
        within, source = self._file(finding.path, finding.place)
        line, column, role = finding.line, finding.column, finding.severity.value
        place = self._paint("path", f"{within}:{line}:{column}")
        lines = [f"{place}: {self._kind(finding.code, role)}: {one_line(finding.message)}"]
        if source is not None:
            excerpt = source.excerpt(line, column, finding.end_line, finding.end_column)
            lines.append(f"{painted('dim', f'{line:>{_WIDEST_GUTTER}} |')} {excerpt.text}".rstrip())
            if excerpt.text:
                marks = " " * excerpt.start + painted(role, "^" * excerpt.width)
                lines.append(f"{painted('dim', _NO_NUMBER)} {marks}")
        if finding.help:
            lines.append(f"{self._help} {one_line(finding.help)}")
        return lines


# What is said of each kind of what could not be checked, behind how many there are.
_NOT_CHECKED = {
    "reference": "not checked (run `exocite resolve`)",
    "text": "not compared with",
    "part": "not read",
    "file": "not read",
}


def _not_checked(entry: NotChecked, paint: Paint) -> str:
    place = f"{one_line(entry.path)}:{max(entry.line, 1)}: " if entry.path else ""
    return (
        f"{paint('path', place)}{paint('warning', 'not checked')}: "
        f"{one_line(entry.subject)}: {one_line(entry.reason)}"
    )


def _counts(report: Report, paint: Paint) -> Iterator[str]:
    counts = Counter(finding.severity for finding in report.findings)
    parts = [
        paint(str(severity), _counted(counts[severity], word))
        for severity, word in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
        if counts[severity]
    ]
    if report.not_checked:
        kinds = Counter(entry.kind for entry in report.not_checked)
        for kind, told in _NOT_CHECKED.items():
            if kinds[kind]:
                parts.append(paint("warning", f"{_counted(kinds[kind], kind)} {told}"))
    if report.old:
        parts.append(paint("dim", f"{_counted(report.old, 'old finding')} left out"))
    yield ", ".join(parts) if parts else paint("good", "nothing to report")
    if report.gone:
        gone = _counted(len(report.gone), "finding")
        yield paint(
            "help", f"{gone} of the baseline no longer there: `exocite check --write-baseline`"
        )
    yield from (paint("dim", line) for line in _reaches(report))
    yield paint("strong", coverage_line(report.coverage) + trend(report))


def _reaches(report: Report) -> Iterator[str]:
    """How many claims cite through a marker that covers more than its own sentence."""
    for article in report.articles:
        for reach, count in article.reaches:
            verb = "is" if count == 1 else "are"
            yield (
                f"{one_line(article.path)}: {_counted(count, 'claim')} {verb} cited by "
                f"{REACHES[reach]} alone"
            )


def trend(report: Report) -> str:
    """How coverage moved since the baseline, "" where it did not or there is none."""
    since = report.since
    if since is None:
        return ""
    moved = [
        f"{word} {now - then:+.1f}"
        for word, now, then in (
            ("cited", report.coverage.cited_percent, since.cited_percent),
            ("supported", report.coverage.supported_percent, since.supported_percent),
        )
        if round(now - then, 1)
    ]
    return f"; since the baseline {', '.join(moved)} points" if moved else ""


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
