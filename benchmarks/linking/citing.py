"""Citation-Integrity's marks for citations, read as the product reads the markers of an article."""

from __future__ import annotations

import re

from exocite.linking.attribution import Attribution, attributed

_MARKS = re.compile(r"[\[(]?(?:<\|\w+\|>[,;\s–-]*)+[\])]?")
_MARK = re.compile(r"<\|(?P<kind>\w+)\|>")
_WORKS = {"cit": 1, "multi_cit": 2, "other_cit": 1}
"""How many works a mark stands for: `multi_cit` is the work in question among others."""


def unmarked(claim: str) -> str:
    """The claim without the marks that the data set puts for citations."""
    return " ".join(_MARKS.sub(" ", claim).split())


def how_cited(claim: str) -> Attribution | None:
    """How the claim cites the work in question; None where no mark says it."""
    statement, behind, works, asked = unmarked(claim), list[int](), list[int](), -1
    for group in _MARKS.finditer(claim):
        at = min(len(unmarked(claim[: group.start()])), len(statement))
        for mark in _MARK.finditer(group[0]):
            if mark["kind"] in ("cit", "multi_cit") and asked < 0:
                asked = len(behind)
            behind.append(at)
            works.append(_WORKS.get(mark["kind"], 1))
    return attributed(statement, behind, works, asked) if asked >= 0 else None
