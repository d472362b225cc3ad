"""A badge: the JSON that shields.io reads from an address of one's own.

Source: https://shields.io/badges/endpoint-badge
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from exocite.check import Report

_COLOURS = ((100.0, "brightgreen"), (90.0, "green"), (60.0, "yellow"), (30.0, "orange"))


def render(
    report: Report,
    _sources: Mapping[str, str] | None = None,
    _paint: Callable[[str, str], str] | None = None,
) -> str:
    """How many of the claims a person found supported by their sources.

    Rounded down, so that it says 100 % of all of them alone.
    """
    coverage = report.coverage
    claims = coverage.claims - coverage.exempt
    share = int(coverage.supported_percent)
    colour = next((name for least, name in _COLOURS if share >= least), "red")
    document = {
        "schemaVersion": 1,
        "label": "claims supported",
        "message": f"{share} % of {claims}" if claims else "no claims",
        "color": colour if claims else "lightgrey",
    }
    return json.dumps(document, sort_keys=True) + "\n"
