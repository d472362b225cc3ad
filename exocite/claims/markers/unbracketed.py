"""Ranges that lost their brackets in an article that numbers its citations, as in "fixation 17–20".

Citations are numbered by first appearance. Where the brackets count 1 to 16 and then go on with 21,
a bare "17–20" between them, at the end of its clause, fills the hole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence

from exocite.claims.markers.prose import Prose
from exocite.model import Citation, CitationKind
from exocite.patterns import regex
from exocite.readers.labels import numbered_items

_RANGE = regex(
    r"(?P<word>[^\W\d_]{2,40}|[)”\"’])\s(?P<first>[1-9]\d{0,2})[–‐-](?P<last>[1-9]\d{0,2})"
    r"(?=[.,;:)](?!\d)|$)"
)
_COUNTED = regex(
    r"(?:pages?|figures?|figs?|tables?|days?|weeks?|months?|years?|hours?|ages?|aged|grades?|lines?"
    r"|steps?|phases?|stages?|chapters?|sections?|volumes?|numbers?|items?|questions?|equations?"
    r"|groups?|types?|classes|class|weeks|scores?|from|between|about|approximately|than|over|under|of|by"
    r"|to|at|in|on|for|with|is|was|are|were|or|and|pp)$",
    re.IGNORECASE,
)
_WIDEST_GAP = 2
_LONGEST = 20


def find(
    texts: Sequence[Prose], found: Sequence[Citation], labels: Collection[str]
) -> list[Citation]:
    """The ranges that fill a hole in the count of the numbers found so far, by their places.

    The list of references holds each of their numbers, what was cited before is lower, and the next
    new number follows the range's last at once. Linear in the length of the texts.
    """
    numbered = sorted(
        (one for one in found if one.kind is CitationKind.NUMERIC), key=lambda one: one.span
    )
    if not numbered or not labels:
        return []
    starts = [citation.span.start for citation in numbered]
    highest, following = _count(numbered)
    filled = []
    for prose in texts:
        for match in _RANGE.finditer(prose.view):
            first, last = int(match["first"]), int(match["last"])
            if not first < last <= first + _LONGEST or _COUNTED.match(match["word"]):
                continue
            if any(str(number) not in labels for number in range(first, last + 1)):
                continue
            start, end = match.start("first"), match.end("last")
            at = bisect_right(starts, prose.place(start, end).start)
            if 1 <= first - highest[at] <= _WIDEST_GAP and following[at] == last + 1:
                items = numbered_items(prose.text, start, end, prose.place)
                filled.append(prose.citation(CitationKind.NUMERIC, start, end, items))
    return filled


def _count(numbered: Sequence[Citation]) -> tuple[list[int], list[int]]:
    """Before each citation and behind the last: the highest number so far, the next new one."""
    highest, introduced = [0], []
    for citation in numbered:
        numbers = [int(item.label) for item in citation.items]
        introduced.append(min((n for n in numbers if n > highest[-1]), default=0))
        highest.append(max(highest[-1], *numbers))
    following = [0]
    for number in reversed(introduced):
        following.append(number or following[-1])
    return highest, following[::-1]
