"""Annotations of GitHub Actions: one workflow command a line.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from exocite.check import Report
from exocite.formats.text import coverage_line
from exocite.model import Finding, NotChecked, Severity
from exocite.text import collapsed, printable

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_DATA, ord(":"): "%3A", ord(","): "%2C"}


def render(
    report: Report,
    _sources: Mapping[str, str] | None = None,
    _paint: Callable[[str, str], str] | None = None,
) -> str:
    """The findings and what was not checked as annotations, then the coverage as a plain line.

    A finding within a cell or page names it in words: GitHub shows lines of whole files alone.
    """
    lines = [*map(_finding, report.findings), *map(_not_checked, report.not_checked)]
    return "\n".join([*lines, coverage_line(report.coverage)]) + "\n"


def _finding(finding: Finding) -> str:
    message = finding.message if not finding.place else f"{finding.place}: {finding.message}"
    text = f"{message}. {finding.help}" if finding.help else message
    properties = [("file", finding.path), *_lines(finding), ("title", finding.code)]
    return _command(_COMMANDS[finding.severity], properties, text)


def _lines(finding: Finding) -> Iterator[tuple[str, object]]:
    if finding.place:
        return
    yield "line", finding.line
    yield "endLine", finding.end_line
    if finding.end_line == finding.line:  # Columns over several lines are refused.
        yield "col", finding.column
        yield "endColumn", finding.end_column


def _not_checked(entry: NotChecked) -> str:
    properties: list[tuple[str, object]] = [("title", "not checked")]
    if entry.path:
        properties[:0] = [("file", entry.path), ("line", max(entry.line, 1))]
    return _command("notice", properties, f"{entry.subject}: {entry.reason}")


def _command(name: str, properties: list[tuple[str, object]], text: str) -> str:
    told = ",".join(f"{key}={printable(str(v)).translate(_PROPERTY)}" for key, v in properties)
    return f"::{name} {told}::{printable(collapsed(text)).translate(_DATA)}"
