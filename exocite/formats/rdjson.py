"""Reviewdog's diagnostic format, as one JSON object.

Source: proto/rdf/reviewdog.proto of reviewdog: lines and columns count from 1, columns in bytes of
UTF-8.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from exocite.check import Report
from exocite.model import Finding, Severity
from exocite.text import Lines, collapsed, where

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(
    report: Report,
    sources: Mapping[str, str] | None = None,
    _paint: Callable[[str, str], str] | None = None,
) -> str:
    """The findings as diagnostics. What was not checked has no place in this format."""
    bytes_of = _Columns(sources or {})
    document = {
        "source": {"name": "exocite"},
        "diagnostics": [_diagnostic(finding, bytes_of) for finding in report.findings],
    }
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


class _Columns:
    """Columns of code points to columns of bytes, by the texts that lines count in."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._lines = lru_cache(maxsize=None)(lambda name: Lines(sources[name]))

    def position(self, name: str, line: int, column: int) -> dict[str, int]:
        """A position as reviewdog counts it."""
        if name not in self._sources:
            return {"line": line, "column": column}
        begin = self._lines(name).offset(line)
        before = self._sources[name][begin : begin + column - 1]
        return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}


def _diagnostic(finding: Finding, columns: _Columns) -> dict[str, Any]:
    text = collapsed(finding.message)
    location: dict[str, Any] = {"path": finding.path}
    if finding.place:
        text = f"{finding.place}, line {finding.line}: {text}"
    else:
        name = where(finding.path, finding.place)
        location["range"] = {
            "start": columns.position(name, finding.line, finding.column),
            "end": columns.position(name, finding.end_line, finding.end_column),
        }
    return {
        "message": f"{text}. {finding.help}" if finding.help else text,
        "location": location,
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
