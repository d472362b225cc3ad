"""SARIF 2.1.0, as GitHub code scanning and editors read it.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0. Columns count code
points (`columnKind`), ends are exclusive, as ours are.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import exocite
from exocite.check import Report
from exocite.model import Finding, NotChecked, Severity
from exocite.rules import RULES, Rule
from exocite.text import collapsed

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_DRIVE = re.compile(r"[A-Za-z]:(?=[\\/])")
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(
    report: Report,
    _sources: Mapping[str, str] | None = None,
    _paint: Callable[[str, str], str] | None = None,
) -> str:
    """One run with all rules, the findings as results, what was not checked as notifications."""
    numbers = {rule.code: number for number, rule in enumerate(RULES)}
    seen: Counter[tuple[str, ...]] = Counter()
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "exocite",
                        "version": exocite.__version__,
                        "rules": [_rule(rule) for rule in RULES],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": not any(
                            entry.kind == "file" for entry in report.not_checked
                        ),
                        "toolExecutionNotifications": [
                            _notification(entry) for entry in report.not_checked
                        ],
                    }
                ],
                "results": [_result(finding, numbers, seen) for finding in report.findings],
            }
        ],
    }
    return json.dumps(log, indent=2, sort_keys=True) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.what},
        "help": {"text": f"{rule.why} {rule.fix}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(
    finding: Finding, numbers: Mapping[str, int], seen: Counter[tuple[str, ...]]
) -> dict[str, Any]:
    about = (finding.path, finding.code, finding.fingerprint)
    seen[about] += 1
    text = collapsed(finding.message)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{text}. {finding.help}" if finding.help else text},
        "locations": [_location(finding)],
        "partialFingerprints": {
            "exociteSubject/v1": f"{finding.fingerprint}:{seen[about]}",
            "exociteSurroundings/v1": finding.around,
        },
    }
    if finding.code in numbers:
        result["ruleIndex"] = numbers[finding.code]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    """Where a finding stands; within a cell or page the lines are not those of the file."""
    physical: dict[str, Any] = {"artifactLocation": _artifact(finding.path)}
    if finding.place:
        line = f"{finding.place}, line {finding.line}, column {finding.column}"
        return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": line}]}
    physical["region"] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": max(finding.line, finding.end_line),
        "endColumn": max(finding.end_column, 1),
    }
    return {"physicalLocation": physical}


def _notification(entry: NotChecked) -> dict[str, Any]:
    text = f"not checked: {collapsed(entry.subject)}: {collapsed(entry.reason)}"
    level = "error" if entry.kind == "file" else "note"
    notification: dict[str, Any] = {"level": level, "message": {"text": text}}
    if entry.path:
        region = {"startLine": max(entry.line, 1)}
        physical = {"artifactLocation": _artifact(entry.path), "region": region}
        notification["locations"] = [{"physicalLocation": physical}]
    return notification


def _artifact(path: str) -> dict[str, str]:
    """The file as a URI: relative ones from the root of the sources."""
    drive = _DRIVE.match(path)
    if drive or path.startswith("\\\\"):
        path = path.replace("\\", "/")
    rest = path[2:] if drive else path
    uri = quote(rest.encode("utf-8", "surrogatepass"), safe="/")
    if drive:
        return {"uri": f"file:///{path[:2]}{uri}"}
    if path.startswith("//"):
        return {"uri": f"file:{uri}"}
    return {"uri": f"file://{uri}"} if path.startswith("/") else _relative(uri)


def _relative(uri: str) -> dict[str, str]:
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}
