"""Raised numbers written with Unicode's own digits: "skin¹,²", but not "m²"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from exocite.claims.markers.prose import Prose
from exocite.model import Citation, CitationKind
from exocite.patterns import regex
from exocite.readers.labels import RAISED, numbered_items
from exocite.readers.raised import Raised, markers

_UNICODE = regex(r"[⁰¹²³⁴-⁹]{1,3}(?:[,˒⸴;⁻–—‐-]\s?[⁰¹²³⁴-⁹]{1,3}){0,30}")
_REACH = 30


def find(texts: Sequence[Prose], labels: Collection[str]) -> list[Citation]:
    """Citations written with Unicode's raised digits; "m²" and "10⁶" are none."""
    found = []
    for prose in texts:
        if prose.view.isascii():
            continue
        digits = prose.text.translate(RAISED)
        for match in _UNICODE.finditer(prose.view):
            items = numbered_items(digits, *match.span(), prose.place)
            citation = prose.citation(CitationKind.SUPERSCRIPT, *match.span(), items)
            before = prose.view[max(0, match.start() - _REACH) : match.start()]
            found.append(Raised(citation, before))
    return markers(found, labels)
