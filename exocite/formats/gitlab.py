"""GitLab's Code Quality report: a JSON array, one object a finding.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from exocite.check import Report
from exocite.model import Finding, NotChecked, Severity
from exocite.text import collapsed, digest, where

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(
    report: Report,
    _sources: Mapping[str, str] | None = None,
    _paint: Callable[[str, str], str] | None = None,
) -> str:
    """The findings, and what was not checked as info. Each has a fingerprint of its own."""
    seen: Counter[str] = Counter()
    issues = [
        *(_finding(finding, seen) for finding in report.findings),
        *(_not_checked(entry) for entry in report.not_checked),
    ]
    return json.dumps(issues, indent=2, sort_keys=True) + "\n"


def _finding(finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    about = "\n".join((finding.path, finding.code, finding.fingerprint, finding.around))
    seen[about] += 1
    within = f"{finding.place}, line {finding.line}: " if finding.place else ""
    return {
        "check_name": finding.code,
        "description": within + collapsed(finding.message),
        "fingerprint": digest(f"{about}\n{seen[about]}"),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": finding.path,
            "lines": _lines(1, 1) if finding.place else _lines(finding.line, finding.end_line),
        },
    }


def _not_checked(entry: NotChecked) -> dict[str, Any]:
    line = max(entry.line, 1)
    return {
        "check_name": "not-checked",
        "description": f"not checked: {collapsed(entry.subject)}: {collapsed(entry.reason)}",
        "fingerprint": digest(where(entry.path, f"not checked {entry.kind} {entry.subject}")),
        "severity": "info",
        "location": {"path": entry.path or ".", "lines": _lines(line, line)},
    }


def _lines(first: int, last: int) -> dict[str, int]:
    return {"begin": first, "end": max(first, last)}
