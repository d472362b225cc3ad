"""Authors and years: "(Ku et al., 2023; Smith & Jones 2020a, p. 4)", "Ku et al. (2023)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from exocite.claims.markers import repeats
from exocite.claims.markers.authors import Authors, Known, authors_before, plausible
from exocite.claims.markers.locators import locator
from exocite.claims.markers.prose import Prose
from exocite.claims.markers.words import STOP
from exocite.frozen import dataclass
from exocite.model import Citation, CitationKind, CitedItem, Run, Span
from exocite.patterns import caseless, holds_any, regex

_YEAR_TEXT = (
    r"(?:(?:1[5-9]|20)\d\d|n\.\s?d\.|no date|in press|forthcoming|in prep(?:aration)?\.?|submitted)"
)
_YEAR = regex(
    rf"(?<![\w.])(?P<year>{_YEAR_TEXT})(?P<suffixes>-?[a-h](?:\s?(?:[,–&-]|and)\s?[a-h])*(?![\w]))?(?![\w%°–-])",
    re.IGNORECASE,
)
# What a block must hold, in lower case, to have a year or a sign of what was cited before.
_DATED = regex(r"(?:1[5-9]|20)\d\d")
_UNDATED = regex(r"n\.\s?d\.")
_WORDED = ("no date", "in press", "forthcoming", "in prep", "submitted", "ibid", "idem", "cit")
_GROUP = regex(r"\((?P<round>[^()]{4,800})\)|\[(?P<square>[^\[\]()]{4,800})\]")
_NARRATIVE = regex(
    rf"[(\[]\s?(?P<years>{_YEAR_TEXT}(?:-?[a-h])?(?:\s?(?:[,;/&]|and)\s?(?:(?:1[5-9]|20)\d\d[a-h]?|[a-h]\b)|[–-][a-h]\b){{0,10}})"
    r"(?P<rest>\s?[,:;]\s?[^()\[\]]{1,80})?\s?[)\]]",
    re.IGNORECASE,
)
# Before "[42]" the number is the marker.
_BARE = regex(r"\bal\.?,?\s(?:1[5-9]|20)\d\d[a-h]?(?![\w%°–-]|\s?\[\d)")
_INHERITED = regex(r"\s*(?:and\s)?(?=(?:1[5-9]|20)\d\d)")
_REACH = 220
_LONGEST_NOTE = 300


def find(prose: Prose, known: Known) -> list[Citation]:
    """The citations by author and year in a block's text.

    `known` are the words and years of the article's own list: where there is one, a single name
    before a year counts only if an entry has both. Of two citations that overlap the first holds.
    """
    if not _may_cite(caseless(prose.view)):
        return []
    if not _YEAR.search(prose.view) and not repeats.SIGN.search(prose.view):
        return []
    return [*_narrative(prose, known), *_parenthetical(prose, known), *_unbracketed(prose)]


def _may_cite(lower: str) -> bool:
    """Whether a year or a sign of what was cited before can stand in the text."""
    if holds_any(lower, _WORDED) or _DATED.search(lower):
        return True
    return "n." in lower and _UNDATED.search(lower) is not None


def items_of_note(text: str, sign: Span) -> tuple[CitedItem, ...]:
    """The works that a note names where it does nothing else, as in "See Ku 2023, 45; Ito 2019".

    All stand at the note's sign. A note that says more, or prints a whole reference, gives none.
    """
    inner = text.strip().rstrip(".")
    if len(inner) > _LONGEST_NOTE:
        return ()
    whole = f"({inner})"
    note = Prose(whole, whole, (Run(0, len(whole), 0, len(whole)),))
    read = _read(note, 1, len(inner) + 1, frozenset())
    if all(read):
        items = [item for found in read if found for item in found.items]
    else:
        narrative = _narrative(note, frozenset())
        items = [item for citation in narrative for item in citation.items]
        said = note.view
        for citation in reversed(narrative):
            said = said[: citation.span.start] + said[citation.span.end :]
        words = (word.lower().strip(".,;:()") for word in said.split())
        if any(word and word not in STOP for word in words):
            return ()
    return tuple(CitedItem(item.label, sign, item.locator) for item in items)


# --------------------------------------------------------------------------- in brackets


def _parenthetical(prose: Prose, known: Known) -> Iterator[Citation]:
    view = prose.view
    for match in _GROUP.finditer(view):
        start, end = match.span("round" if match["round"] else "square")
        if not (_YEAR.search(view, start, end) or repeats.SIGN.search(view, start, end)):
            continue
        read = _read(prose, start, end, known)
        if all(read):
            items = tuple(item for found in read if found for item in found.items)
            if items[0].label == repeats.OP_CIT:
                yield _by_names_before(prose, match, items)
            else:
                yield prose.citation(CitationKind.AUTHOR_YEAR, *match.span(), items)
            continue
        for found in read:
            if found and found.items:
                yield prose.citation(
                    CitationKind.AUTHOR_YEAR, found.start, found.end, tuple(found.items)
                )


def _by_names_before(prose: Prose, match: re.Match[str], items: tuple[CitedItem, ...]) -> Citation:
    """The citation of "Ku (op. cit., p. 4)", names included, and of "(op. cit.)" alone."""
    named = repeats.named_before(prose, match.start())
    start = match.start()
    if named is not None:
        start, label = named
        items = (replace(items[0], label=label), *items[1:])
    return prose.citation(CitationKind.AUTHOR_YEAR, start, match.end(), items)


def _unbracketed(prose: Prose) -> Iterator[Citation]:
    """Names that end in "et al." before a year that no bracket holds: "Ku et al. 2023 found"."""
    view = prose.view
    for match in _BARE.finditer(view):
        year = _YEAR.search(view, match.start(), match.end())
        if year is None:
            continue
        authors = authors_before(view, max(0, match.start() - _REACH), year.start())
        if authors is None or not authors.start <= match.start():
            continue
        items = tuple(_year_items(prose, authors, year, inherited=False))
        yield prose.citation(CitationKind.AUTHOR_YEAR, authors.start, match.end(), items)


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    end: int
    items: tuple[CitedItem, ...]
    authors: Authors | None


def _segments(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in re.finditer(r";", view[start:end]):
        yield at, start + match.start()
        at = start + match.end()
    yield at, end


def _read(prose: Prose, start: int, end: int, known: Known) -> list[_Segment | None]:
    """What each part between semicolons names; a year without names has those before it."""
    read: list[_Segment | None] = []
    authors: Authors | None = None
    for first, last in _segments(prose.view, start, end):
        inherited = authors if _INHERITED.match(prose.view, first, last) else None
        found = _repeated(prose, first, last) or _segment(prose, first, last, known, inherited)
        authors = found.authors if found else None
        read.append(found)
    return read


def _repeated(prose: Prose, start: int, end: int) -> _Segment | None:
    item = repeats.read(prose, start, end)
    return None if item is None else _Segment(start, end, (item,), None)


def _segment(
    prose: Prose, start: int, end: int, known: Known, authors: Authors | None
) -> _Segment | None:
    """The works that one part between semicolons names; None where it is anything else.

    `authors` are those of the part before, where this one begins with a year.
    """
    view = prose.view
    years = list(_YEAR.finditer(view, start, end))
    if not years:
        return None
    items: list[CitedItem] = []
    first = -1
    at = start
    for year in years:
        between = view[at : year.start()].strip(" ,;&(").removeprefix("and ").strip()
        if items and authors and view[at : year.start()] == "/":
            items[-1] = _later(prose, items[-1], authors, year)
            at = year.end()
            continue
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
            first = max(start, authors.start)
        items.extend(_year_items(prose, authors, year, inherited=not between))
        at = year.end()
    if not items or authors is None:
        return None
    rest = view[at:end].strip()
    if rest:
        place = locator(rest)
        if not place and len(rest) > 60:
            return None
        items[-1] = replace(items[-1], locator=place)
    return _Segment(first, at, tuple(items), authors)


def _later(prose: Prose, item: CitedItem, authors: Authors, year: re.Match[str]) -> CitedItem:
    """A work published anew, "1998/2020": lists of references have it under the later year."""
    place = prose.place(year.start(), year.end())
    suffix = (year["suffixes"] or "").lower().strip("-")[:1]
    return CitedItem(f"{authors.text}, {year['year']}{suffix}", Span(item.span.start, place.end))


def _year_items(
    prose: Prose, authors: Authors, year: re.Match[str], *, inherited: bool
) -> Iterator[CitedItem]:
    """One item a year: "2020a,b" names two works, "2020a–c" three."""
    begin = year.start() if inherited else authors.start
    for number, suffix in enumerate(_letters((year["suffixes"] or "").lower())):
        start = begin if number == 0 else year.start()
        label = f"{authors.text}, {year['year']}{suffix}"
        yield CitedItem(label, prose.place(start, year.end()))


def _letters(written: str) -> list[str]:
    letters: list[str] = []
    for dash, letter in re.findall(r"([–-]?)\s?\b([a-h])\b", written.removeprefix("-")):
        if dash and letters:
            letters.extend(map(chr, range(ord(letters[-1]) + 1, ord(letter))))
        letters.append(letter)
    return letters or [""]


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
            items[-1] = replace(items[-1], locator=rest)
        floor = match.end()
        found.append(
            prose.citation(CitationKind.AUTHOR_YEAR, authors.start, match.end(), tuple(items))
        )
    return found
