"""Addresses of doi.org and bare DOIs in running text."""

from __future__ import annotations

import re

from exocite.claims.markers.prose import Prose
from exocite.identifiers import find_dois
from exocite.model import Citation, CitationKind, CitedItem
from exocite.patterns import regex

_RESOLVER = regex(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|(?:dx\.)?doi\.org/|doi:\s?)$", re.IGNORECASE
)
_LOCATOR = regex(
    r",?\s(?P<locator>(?:pp?\.|pages?|figs?\.|figure|table|chap\.|chapter|sec\.|section|§)\s?"
    r"\d{1,6}(?:[–-]\d{1,6})?)(?!\w)",
    re.IGNORECASE,
)
_REACH = 30


def find(prose: Prose) -> list[Citation]:
    """The DOIs in a block's text, each with the address that it stands in."""
    if "10." not in prose.text:
        return []
    found = []
    for span, doi in find_dois(prose.text):
        before = _RESOLVER.search(prose.text, max(0, span.start - _REACH), span.start)
        start = before.start() if before else span.start
        place = _LOCATOR.match(prose.text, span.end)
        written = place["locator"] if place else ""
        item = CitedItem(doi, prose.place(span.start, span.end), written)
        found.append(prose.citation(CitationKind.LINK, start, span.end, (item,)))
    return found
