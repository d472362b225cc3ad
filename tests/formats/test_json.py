"""The JSON output: its schema, its keys, and that it is ASCII whatever it holds."""

from __future__ import annotations

import json

from exocite.check import ArticleReport, Report
from exocite.formats.json import render
from exocite.model import Coverage, Finding, NotChecked, Severity

COVERAGE = Coverage(claims=3, cited=1, reviewed=1, supported=1)
REPORT = Report(
    findings=(
        Finding("a.md", 3, 7, "EXO101", Severity.ERROR, "é \ud800 \u202e \x1b", "help", 3, 12),
    ),
    not_checked=(NotChecked("ku2023", "it was never resolved", "r.bib", 1, "reference"),),
    articles=(ArticleReport("a.md", COVERAGE),),
    coverage=COVERAGE,
)
COUNTS = {
    "claims": 3,
    "cited": 1,
    "cited_percent": 33.3,
    "exempt": 0,
    "reviewed": 1,
    "supported": 1,
    "supported_percent": 33.3,
}


def test_document() -> None:
    assert json.loads(render(REPORT)) == {
        "schema": "exocite.check/1",
        "articles": [{"path": "a.md", "coverage": COUNTS, "covered_by": {}, "sections": []}],
        "coverage": COUNTS,
        "old": 0,
        "gone": [],
        "since": None,
        "findings": [
            {
                "path": "a.md",
                "line": 3,
                "column": 7,
                "end_line": 3,
                "end_column": 12,
                "code": "EXO101",
                "slug": "uncited-claim",
                "severity": "error",
                "message": "é \ud800 \u202e \x1b",
                "help": "help",
                "fingerprint": "",
                "around": "",
            }
        ],
        "not_checked": [
            {
                "subject": "ku2023",
                "reason": "it was never resolved",
                "path": "r.bib",
                "line": 1,
                "kind": "reference",
            }
        ],
    }


def test_bytes_are_stable_and_ascii() -> None:
    output = render(REPORT)
    assert output == render(REPORT)
    assert output.isascii()
    assert output.endswith("}\n")
    keys = [line.split('"')[1] for line in output.splitlines() if line.startswith('  "')]
    assert keys == sorted(keys)


def test_empty() -> None:
    document = json.loads(render(Report()))
    assert document["findings"] == document["not_checked"] == document["articles"] == []
    assert document["coverage"]["cited_percent"] == 100.0
