"""A report whose paths start at the folder that a server shows, the root of a repository."""

from __future__ import annotations

from dataclasses import replace

from exocite.check import Report
from exocite.patterns import regex

_ABSOLUTE = regex(r"[/\\\\]|[A-Za-z]:")


def below(report: Report, folder: str) -> Report:
    """The report as seen from above: `folder` is where its relative paths start, "" for here."""
    if not folder:
        return report
    return replace(
        report,
        findings=tuple(replace(one, path=_path(folder, one.path)) for one in report.findings),
        not_checked=tuple(
            replace(one, path=_path(folder, one.path)) if one.path else one
            for one in report.not_checked
        ),
        articles=tuple(replace(one, path=_path(folder, one.path)) for one in report.articles),
    )


def _path(folder: str, path: str) -> str:
    if _ABSOLUTE.match(path):
        return path
    parts = folder.split("/")
    while path.startswith("../") and parts:
        path = path.removeprefix("../")
        parts.pop()
    return "/".join([*parts, path])
