"""The report as JSON: schema exocite.report/1, ASCII only."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from exocite.formats.json import coverage
from exocite.report.data import Card, Page, Report

SCHEMA = "exocite.report/1"


def render(report: Report) -> bytes:
    """The report as one JSON object; the article's text is left out, its claims are not.

    Everything beyond ASCII is escaped, so that no byte of a hostile title reaches a terminal as it
    is.
    """
    told = {
        "schema": SCHEMA,
        "made_by": "exocite report",
        "title": report.title,
        "made": report.made,
        "revision": report.revision,
        "suggested": report.suggested,
        "coverage": coverage(report.coverage),
        "articles": [_page(page) for page in report.pages],
        "works": [
            asdict(work) | {"pins": [pin.anchor for pin in work.pins]} for work in report.works
        ],
        "findings": [
            asdict(finding) | {"claim": pin.anchor if pin else ""} for finding, pin in report.found
        ],
        "not_checked": [asdict(one) for one in report.not_checked],
        "without_text": list(report.silent),
        "old": report.old,
    }
    return (json.dumps(told, indent=1) + "\n").encode("ascii")


def _page(page: Page) -> dict[str, Any]:
    return {
        "path": page.path,
        "title": page.title,
        "coverage": coverage(page.coverage),
        "sections": [
            {"title": title, "coverage": coverage(counts)} for title, counts in page.sections
        ],
        "resting": page.resting,
        "rests": [{"work": bar.anchor, "claims": bar.count} for bar in page.rests],
        "claims": [_card(card) for card in page.cards],
        "gone": [asdict(one) for one in page.gone],
    }


def _card(card: Card) -> dict[str, Any]:
    told = asdict(card)
    pin = told.pop("pin")
    return {"anchor": pin["anchor"], "number": pin["number"], "mark": pin["mark"]["look"]} | told
