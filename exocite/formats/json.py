"""The JSON output of check: schema exocite.check/1, keys sorted, ASCII only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from exocite.check import Report
from exocite.model import Coverage, Finding
from exocite.rules import RULES

SCHEMA = "exocite.check/1"

_SLUGS = {rule.code: rule.slug for rule in RULES}


def render(
    report: Report,
    _sources: Mapping[str, str] | None = None,
    _paint: Callable[[str, str], str] | None = None,
) -> str:
    """The report as one JSON object.

    Everything beyond ASCII is escaped, so that no byte of a hostile title reaches a terminal as
    it is and no console's encoding matters.
    """
    document = {
        "schema": SCHEMA,
        "articles": [
            {
                "path": article.path,
                "coverage": coverage(article.coverage),
                "sections": [
                    {"title": title, "coverage": coverage(counts)}
                    for title, counts in article.sections
                ],
                "covered_by": {str(reach): count for reach, count in article.reaches},
            }
            for article in report.articles
        ],
        "findings": [_finding(finding) for finding in report.findings],
        "not_checked": [asdict(entry) for entry in report.not_checked],
        "coverage": coverage(report.coverage),
        "old": report.old,
        "gone": [asdict(known) for known in report.gone],
        "since": coverage(report.since) if report.since else None,
    }
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    """The finding; its place only where the file has places."""
    told = asdict(finding) | {"slug": _SLUGS.get(finding.code, "")}
    if not finding.place:
        del told["place"]
    return told


def coverage(counts: Coverage) -> dict[str, Any]:
    """The counts of claims with both percentages, rounded to one decimal."""
    return asdict(counts) | {
        "cited_percent": round(counts.cited_percent, 1),
        "supported_percent": round(counts.supported_percent, 1),
    }
