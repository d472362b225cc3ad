"""Authors and years: "(Ku et al., 2023; Smith & Jones 2020a, p. 4)", "Ku et al. (2023)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exocite.claims.markers.authors import Authors, Known, authors_before, plausible
from exocite.claims.markers.locators import locator
from exocite.claims.markers.prose import Prose
from exocite.claims.markers.words import STOP
from exocite.model import Citation, CitationKind, CitedItem

_YEAR_TEXT = (
    r"(?:(?:1[5-9]|20)\d\d|n\.\s?d\.|no date|in press|forthcoming|in prep(?:aration)?\.?|submitted)"
)
_YEAR = re.compile(
    rf"(?<![\w.])(?P<year>{_YEAR_TEXT})(?P<suffixes>-?[a-h](?:\s?[,–-]\s?[a-h])*(?![\w]))?(?![\w%°–-])",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\((?P<round>[^()]{4,800})\)|\[(?P<square>[^\[\]()]{4,800})\]")
_NARRATIVE = re.compile(
    rf"[(\[]\s?(?P<years>{_YEAR_TEXT}(?:-?[a-h])?(?:\s?[,;/&]\s?(?:(?:1[5-9]|20)\d\d[a-h]?|[a-h]\b)){{0,10}})"
    r"(?P<rest>\s?[,:;]\s?[^()\[\]]{1,80})?\s?[)\]]",
    re.IGNORECASE,
)
_REACH = 220


def find(prose: Prose, known: Known) -> list[Citation]:
    """The citations by author and year in a block's text.

    `known` are the words and years of the article's own list: where there is one, a single name
    before a year counts only if an entry has both. Of two citations that overlap the first holds.
    """
    if not _YEAR.search(prose.view):
        return []
    return [*_narrative(prose, known), *_parenthetical(prose, known)]


# --------------------------------------------------------------------------- in brackets


def _parenthetical(prose: Prose, known: Known) -> Iterator[Citation]:
    view = prose.view
    for match in _GROUP.finditer(view):
        start, end = match.span("round" if match["round"] else "square")
        if _YEAR.search(view, start, end) is None:
            continue
        segments = list(_segments(view, start, end))
        read = [_segment(prose, first, last, known) for first, last in segments]
        if all(read):
            items = tuple(item for found in read if found for item in found.items)
            yield prose.citation(CitationKind.AUTHOR_YEAR, *match.span(), items)
            continue
        for found in read:
            if found and found.items:
                yield prose.citation(
                    CitationKind.AUTHOR_YEAR, found.start, found.end, tuple(found.items)
                )


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    end: int
    items: tuple[CitedItem, ...]


def _segments(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in re.finditer(r";", view[start:end]):
        yield at, start + match.start()
        at = start + match.end()
    yield at, end


def _segment(prose: Prose, start: int, end: int, known: Known) -> _Segment | None:
    """The works that one part between semicolons names; None where it is anything else."""
    view = prose.view
    years = list(_YEAR.finditer(view, start, end))
    if not years:
        return None
    items: list[CitedItem] = []
    authors: Authors | None = None
    first = -1
    at = start
    last_end = start
    for year in years:
        between = view[at : year.start()].strip(" ,;&(").removeprefix("and ").strip()
        if between or authors is None:
            found = authors_before(view, at, year.start())
            if found is None or not plausible(found, year["year"], known, alone=True):
                break
            if not items and not _is_prefix(view[start : found.start]):
                return None
            if items and view[at : found.start].strip(" ,;&") not in ("", "and", "see", "also"):
                break
            authors = found
        if first < 0:
            first = authors.start
        items.extend(_year_items(prose, authors, year, inherited=not between))
        at = last_end = year.end()
    if not items or authors is None:
        return None
    rest = view[last_end:end].strip()
    if rest:
        place = locator(rest)
        if not place and len(rest) > 60:
            return None
        last = items[-1]
        items[-1] = CitedItem(last.label, last.span, place)
    return _Segment(first, last_end, tuple(items))


def _year_items(
    prose: Prose, authors: Authors, year: re.Match[str], *, inherited: bool
) -> Iterator[CitedItem]:
    """One item a year: "2020a,b" names two works."""
    begin = year.start() if inherited else authors.start
    suffixes = re.findall(r"[a-h]", (year["suffixes"] or "").lower()) or [""]
    for number, suffix in enumerate(suffixes):
        start = begin if number == 0 else year.start()
        label = f"{authors.text}, {year['year']}{suffix}"
        yield CitedItem(label, prose.place(start, year.end()))


def _is_prefix(text: str) -> bool:
    """Words before the names: "see", "e.g.,", "based on the method described by"."""
    words = text.split()
    if not words:
        return True
    return len(words) <= 20 and (words[-1].islower() or words[-1].rstrip(",:.").lower() in STOP)


# --------------------------------------------------------------------------- in the sentence


def _narrative(prose: Prose, known: Known) -> list[Citation]:
    view = prose.view
    found = []
    floor = 0
    for match in _NARRATIVE.finditer(view):
        authors = authors_before(view, max(floor, match.start() - _REACH), match.start())
        if authors is None or match.start() - authors.end > 1:
            continue
        if not plausible(authors, match["years"][:4], known, alone=False):
            continue
        items: list[CitedItem] = []
        for number, year in enumerate(_YEAR.finditer(view, *match.span("years"))):
            items.extend(_year_items(prose, authors, year, inherited=number > 0))
        if not items:
            continue
        rest = locator(match["rest"] or "")
        if rest:
            items[-1] = CitedItem(items[-1].label, items[-1].span, rest)
        floor = match.end()
        found.append(
            prose.citation(CitationKind.AUTHOR_YEAR, authors.start, match.end(), tuple(items))
        )
    return found
