"""Where in a work: "p. 3", "pp. 3-5", "fig. 4", "chap. 2", as written after a key or a year."""

from __future__ import annotations

import re

from exocite.patterns import regex

_TERM = (
    r"(?:pp?|pages?|pgs?|chap(?:ter)?s?|ch|sec(?:tion)?s?|secs?|§{1,2}|¶{1,2}|para(?:graph)?s?|figs?"
    r"|figures?|tab(?:le)?s?|eqs?|equations?|vols?|volumes?|nos?|lines?|ll?|fols?|notes?|nn?|parts?|pt"
    r"|appendix|appx|app|art(?:icle)?s?|book|bk|verses?|vv?|col(?:umn)?s?|slides?|supp(?:l)?|theorem|thm"
    r"|lemma|min|at|ts|timestamp|doc(?:ument)?|bl|p\.\s?e)"
)
LOCATOR = regex(
    rf"\s*[,:]?\s*(?P<locator>(?:{_TERM}\.?\s*~?\s*)?(?:(?<![A-Za-z])[A-Za-z]{{0,2}}\d|[ivxlcIVXLC]+\b)[^;()\[\]]{{0,80}}"
    rf"|{_TERM}\.?\s[A-Za-z]?\d?[^;()\[\]]{{0,80}})\s*",
    re.IGNORECASE,
)


def locator(text: str) -> str:
    """The locator that a suffix begins with, "" where it begins with anything else."""
    if not text or text.isspace():
        return ""
    match = LOCATOR.fullmatch(text.rstrip())
    return match["locator"].strip(" ,") if match else ""
