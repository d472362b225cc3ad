"""Authors and years: "(Ku et al., 2023; Smith & Jones 2020a, p. 4)", "Ku et al. (2023)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining

from exocite.claims.markers.locators import locator
from exocite.claims.markers.prose import Prose
from exocite.model import Citation, CitationKind, CitedItem
from exocite.text import folded

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
_ACRONYM = re.compile(r"[A-Z]{2,6},")
_TOKEN = re.compile(r"\S+")
_REACH = 220

_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "te",
        "la",
        "le",
        "du",
        "des",
        "el",
        "al",
        "bin",
        "ibn",
        "zu",
        "zur",
        "af",
        "av",
        "y",
        "e",
        "of",
        "for",
        "the",
        "on",
        "and",
        "in",
    ]
)
_INNER = frozenset({"of", "for", "the", "on", "in", "de", "du", "la", "and", "&"})
_ORGANISATIONS = re.compile(
    r"(?:organi[sz]ation|institutes?|cent(?:er|re)s?|agency|association|society|council|committee"
    r"|university|ministry|department|office|foundation|team|group|consortium|collaboration"
    r"|commission|board|bureau|federation|academy|college|network|inc\.?|ltd\.?|corporation|project"
    r"|program(?:me)?|service|authority|administration|union|nations|bank|fund|trust|developers?)$",
    re.IGNORECASE,
)
_NOT_AUTHORS = frozenset(
    [
        "figure",
        "figures",
        "fig",
        "figs",
        "table",
        "tables",
        "section",
        "sections",
        "chapter",
        "equation",
        "eq",
        "appendix",
        "version",
        "step",
        "phase",
        "box",
        "panel",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "early",
        "late",
        "mid",
        "copyright",
        "published",
        "updated",
        "accessed",
        "retrieved",
        "released",
        "founded",
        "established",
        "born",
        "died",
        "est",
        "circa",
        "ca",
        "approx",
        "season",
        "q1",
        "q2",
        "q3",
        "q4",
        "fy",
        "vol",
        "volume",
        "no",
        "issue",
        "page",
        "pp",
        "since",
        "grant",
        "award",
    ]
)
_STOP = frozenset(
    [
        "in",
        "the",
        "a",
        "an",
        "as",
        "by",
        "at",
        "on",
        "of",
        "for",
        "from",
        "with",
        "see",
        "since",
        "until",
        "after",
        "before",
        "during",
        "between",
        "following",
        "however",
        "moreover",
        "furthermore",
        "therefore",
        "thus",
        "hence",
        "while",
        "although",
        "when",
        "where",
        "because",
        "both",
        "and",
        "or",
        "but",
        "also",
        "like",
        "unlike",
        "according",
        "per",
        "via",
        "this",
        "that",
        "these",
        "those",
        "to",
        "our",
        "their",
        "its",
        "his",
        "her",
        "such",
        "e.g",
        "e.g.",
        "i.e",
        "i.e.",
        "cf",
        "cf.",
        "ibid",
        "although",
        "whereas",
        "if",
        "then",
        "here",
        "there",
        "so",
        "yet",
        "recently",
        "study",
        "studies",
        "work",
        "works",
        "method",
        "methods",
        "model",
        "paper",
        "article",
        "review",
        "reviews",
        "report",
        "reports",
        "data",
        "results",
    ]
)
_ADVERBS = frozenset(
    "recently similarly subsequently finally initially originally previously additionally notably"
    " interestingly importantly specifically accordingly consequently conversely alternatively"
    " indeed later earlier historically traditionally separately independently first second third"
    " lastly famously likewise nevertheless nonetheless still meanwhile today now once only even"
    " especially particularly namely e.g".split()
)
_CONNECTORS = frozenset({"&", "and", "und", "et", "y", "e", "with"})
_ET_AL = frozenset(
    {"al", "al.", "al.,", "al's", "al.'s", "al.’s", "al’s", "others", "colleagues", "coworkers"}
)


@dataclass(frozen=True, slots=True)
class Authors:
    """Authors as written: where they stand in the text."""

    start: int
    end: int
    text: str


def find(prose: Prose, known: Sequence[str]) -> list[Citation]:
    """The citations by author and year in a block's text.

    `known` are the printed entries of the article's own list, folded: where there is one, a single
    name before a year counts only if an entry has both.
    """
    if not _YEAR.search(prose.view):
        return []
    found = _narrative(prose, known)
    taken = [citation.span for citation in found]
    for citation in _parenthetical(prose, known):
        if not any(s.start < citation.span.end and citation.span.start < s.end for s in taken):
            found.append(citation)
    return found


# --------------------------------------------------------------------------- in brackets


def _parenthetical(prose: Prose, known: Sequence[str]) -> Iterator[Citation]:
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


def _segment(prose: Prose, start: int, end: int, known: Sequence[str]) -> _Segment | None:
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
            found = _authors_before(view, at, year.start())
            if found is None or not _plausible(found, year["year"], known, alone=True):
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
    return len(words) <= 20 and (words[-1].islower() or words[-1].rstrip(",:.").lower() in _STOP)


# --------------------------------------------------------------------------- in the sentence


def _narrative(prose: Prose, known: Sequence[str]) -> list[Citation]:
    view = prose.view
    found = []
    floor = 0
    for match in _NARRATIVE.finditer(view):
        authors = _authors_before(view, max(floor, match.start() - _REACH), match.start())
        if authors is None or match.start() - authors.end > 1:
            continue
        if not _plausible(authors, match["years"][:4], known, alone=False):
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


def named_before(view: str, at: int) -> int:
    """Where the authors begin that a note's sign at `at` follows, `at` where none do.

    "Ku et al.[^1]" cites by name as "Ku et al. (2023)" does. A name without "et al.", initials or
    a second name joined to it may be that of anything.
    """
    end = at
    while end > 0 and view[end - 1] in ",." and at - end < 1:
        end -= 1
    if view[max(0, end - 3) : end + 1].lower().endswith("al."):
        end += 1
    authors = _authors_before(view, max(0, at - _REACH), end)
    if authors is None or authors.end != end or _ORGANISATIONS.search(authors.text):
        return at
    words = [word.strip(",.") for word in authors.text.split()]
    if len(words) > _MOST_NAME_WORDS or not _plausible(authors, "", (), alone=True):
        return at
    if words[-1].lower() == "al":
        return authors.start
    names = [folded(word) for word in words if word.lower() not in _CONNECTORS]
    joined = len(names) > 2 and len(names) < len(words)
    initials = len(names) > 1 and any(len(name) == 1 for name in names[:-1])
    return authors.start if joined or initials else at


# --------------------------------------------------------------------------- names

_MOST_NAME_WORDS = 14


def _authors_before(view: str, start: int, end: int) -> Authors | None:
    """The authors that stand right before `end`, as far back as they go, not beyond `start`."""
    tokens = list(_TOKEN.finditer(view, start, end))
    stop = len(tokens)
    taken = stop
    closed = False  # whether "and", "&" or "et al." closes a list, which lets commas join names
    while taken > 0:
        token = tokens[taken - 1][0]
        bare = token.strip(',()[]“”"‘').rstrip("’")
        before_comma = token.endswith(",") and taken < stop
        if token.endswith((";", ":", ")", "]", "?", "!")) or not bare:
            break
        lower = bare.lower()
        if taken < stop and _ends_sentence(bare) and not _is_et_al(lower):
            break
        if _is_et_al(lower):
            if taken != stop or not _et_al_complete(tokens, taken):
                break
            closed = True
            taken -= 1
            continue
        if lower in _CONNECTORS:
            if taken == stop:
                break
            closed = True
            taken -= 1
            continue
        if before_comma and not closed and not _is_initials(tokens[taken][0]):
            break
        if not _is_name(bare) and not (lower in _PARTICLES and taken < stop):
            break
        if token.startswith(("(", "[")):
            taken -= 1
            break
        taken -= 1
    first = _trim_start(tokens, taken, stop)
    if first + 1 < stop and _ACRONYM.fullmatch(tokens[first][0].strip("([")):
        first += 1  # "(EKS, Garbuno-Inigo et al. (2020))": what the work is of, not by whom
    if first >= stop:
        return None
    begin = tokens[first].start()
    while view[begin] in '([“"‘':
        begin += 1
    finish = tokens[stop - 1].end()
    text = view[begin:finish].strip().rstrip(",")
    text = re.sub(r"[’']s?$", "", text)
    if not any(map(str.isalpha, text)):
        return None
    return Authors(begin, finish, text)


def _is_et_al(lower: str) -> bool:
    return lower in _ET_AL


def _et_al_complete(tokens: Sequence[re.Match[str]], taken: int) -> bool:
    """Whether "et" or "and" stands before "al." or "colleagues"."""
    return taken >= 2 and tokens[taken - 2][0].strip(",").lower() in ("et", "and", "&")


def _ends_sentence(bare: str) -> bool:
    if not bare.endswith(".") or len(bare) <= 3:
        return False
    return not _ORGANISATIONS.search(bare) and not _is_initials(bare)


def _is_initials(token: str) -> bool:
    return re.fullmatch(r"(?:[^\W\d_]\.[-‐]?){1,4},?|(?:Jr|Sr|Inc|Ltd|LLC)\.?,?", token) is not None


def _is_name(bare: str) -> bool:
    """A word that can be a part of a name: it has a capital in front, or after d', al-, …"""
    core = re.sub(r"[’']s$", "", bare)
    if not core or any(c.isdigit() for c in core) or "\ufffc" in core or "@" in core:
        return False
    letters = [c for c in core if c.isalpha()]
    if not letters or not all(c.isalpha() or c in "-‐‑–.'’`ʼ/&" or combining(c) for c in core):
        return False
    return letters[0].isupper() or (len(core) > 2 and core[1] in "'’-" and letters[1].isupper())


def _trim_start(tokens: Sequence[re.Match[str]], first: int, stop: int) -> int:
    """Words that begin the sentence or the bracket, not the list of names."""
    while first < stop:
        bare = tokens[first][0].strip(',()[]“”"‘’')
        lower = bare.lower()
        follows = first + 1 < stop
        starts_name = follows and _is_name(tokens[first + 1][0].strip(',()[]“”"‘’'))
        particle = lower in _PARTICLES and lower not in _INNER | {"e", "y", "al"} and bare.islower()
        if particle and starts_name:
            return first
        adverb = lower in _ADVERBS and follows
        if lower in _STOP or lower in _CONNECTORS or bare.islower() or adverb or not bare:
            if lower == "the" and _organisation(tokens, first, stop):
                return first + 1
            first += 1
            continue
        return first
    return first


def _organisation(tokens: Sequence[re.Match[str]], first: int, stop: int) -> bool:
    return any(_ORGANISATIONS.search(token[0].strip(",.")) for token in tokens[first:stop])


def _plausible(authors: Authors, year: str, known: Sequence[str], *, alone: bool) -> bool:
    words = [word.strip(",.()’'\"").lower() for word in authors.text.split()]
    joined = any(word in ("&", "and", "al", "colleagues") for word in words)
    if not words or len(words) > 30:
        return False
    if not joined and (words[-1] in _NOT_AUTHORS or words[0] in _NOT_AUTHORS):
        return False
    if joined or not known:
        return joined or len(words) <= 12
    family = max(words, key=len)
    return any(
        family in entry and (not year[:1].isdigit() or year in entry) for entry in known
    ) or (alone and "," in authors.text)
