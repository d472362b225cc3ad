"""The authors that stand right before a year or a note's sign, as far back as their names go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import combining

from exocite.claims.markers.words import (
    ADVERBS,
    CONNECTORS,
    ET_AL,
    INNER,
    NOT_AUTHORS,
    PARTICLES,
    STOP,
)
from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.text import folded

_REACH = 220
_WORD = regex(r"[^\W\d_][\w’'-]*")
_YEAR = regex(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_MOST_NAME_WORDS = 14
_MOST_GIVEN_NAMES = 3
_ACRONYM = regex(r"[A-Z]{2,6},")
_TOKEN = regex(r"\S+")
_ORGANISATIONS = regex(
    r"(?:organi[sz]ation|institutes?|cent(?:er|re)s?|agency|association|society|council|committee"
    r"|university|ministry|department|office|foundation|team|group|consortium|collaboration"
    r"|commission|board|bureau|federation|academy|college|network|inc\.?|ltd\.?|corporation|project"
    r"|program(?:me)?|service|authority|administration|union|nations|bank|fund|trust|developers?)$",
    re.IGNORECASE,
)
_INVERTED = regex(r"(?P<family>[^\W\d_][\w’'-]{1,40}),?\s(?:[A-Z]\.?[-‐]?){1,3}(?=[\s,.;]|$)")
_COMPANIES = frozenset({"LLC", "Inc", "Ltd", "GmbH", "Corp", "AG", "SE", "BV", "Co"})

Known = frozenset[tuple[str, str]]
"""Each folded word of a printed entry with each year in it, and with "" for no year."""

_LONGEST_ENTRY = 2000


def known_works(entries: Sequence[str]) -> Known:
    """The words and years of printed entries; of a very long one its beginning."""
    found: set[tuple[str, str]] = set()
    for entry in entries:
        start = entry[:_LONGEST_ENTRY]
        years = {"", *_YEAR.findall(start)}
        found.update((word, year) for word in _WORD.findall(folded(start)) for year in years)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Authors:
    """Authors as written: where they stand in the text."""

    start: int
    end: int
    text: str


_AROUND = ',()[]“”"‘'


def authors_before(view: str, start: int, end: int) -> Authors | None:
    """The authors that stand right before `end`, as far back as they go, not beyond `start`."""
    tokens = list(_TOKEN.finditer(view, start, end))
    stop = len(tokens)
    first = _trim_start(tokens, _names_start(tokens), stop)
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
    return Authors(begin, finish, text) if any(map(str.isalpha, text)) else None


def _names_start(tokens: Sequence[re.Match[str]]) -> int:
    """The first of the tokens, going back from the last, that are names and what joins them.

    Commas join names only where "and", "&" or "et al." closes the list.
    """
    taken = len(tokens)
    closed = False
    while taken > 0:
        token = tokens[taken - 1][0]
        bare = token.strip(_AROUND).rstrip("’")
        if token.endswith((";", ":", ")", "]", "?", "!")) or not bare:
            break
        lower = bare.lower()
        closes = _closes(tokens, taken, lower)
        if not (closes or _is_part(token, bare, tokens[taken:], closed=closed)):
            break
        closed = closed or closes
        taken -= 1
        if token.startswith(("(", "[")):
            break
    return taken


def _closes(tokens: Sequence[re.Match[str]], taken: int, lower: str) -> bool:
    """Whether the token before `taken` is what ends a list of names: "et al.", "and"."""
    if lower in ET_AL:
        return taken == len(tokens) and _et_al_complete(tokens, taken)
    return lower in CONNECTORS and taken < len(tokens)


def _is_part(token: str, bare: str, following: Sequence[re.Match[str]], *, closed: bool) -> bool:
    """Whether the token can belong to a list of names that goes on with `following`."""
    lower = bare.lower()
    if lower in ET_AL or lower in CONNECTORS:
        return False
    if following and _ends_sentence(bare):
        return False
    if following and token.endswith(",") and not closed and not _is_initials(following[0][0]):
        return False
    return _is_name(bare) or (lower in PARTICLES and bool(following))


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
    """Whether a word can be a part of a name: a capital begins it, or stands after d' or al-."""
    core = re.sub(r"[’']s$", "", bare)
    if not core or any(c.isdigit() for c in core) or "\ufffc" in core or "@" in core:
        return False
    letters = [c for c in core if c.isalpha()]
    if not letters or not all(c.isalpha() or c in "-‐‑–.'’`ʼ/&" or combining(c) for c in core):
        return False
    elided = len(letters) > 1 and core[1] in "'’-" and letters[1].isupper()
    return letters[0].isupper() or elided


def _trim_start(tokens: Sequence[re.Match[str]], first: int, stop: int) -> int:
    """Words that begin the sentence or the bracket, not the list of names."""
    while first < stop:
        bare = tokens[first][0].strip(',()[]“”"‘’')
        lower = bare.lower()
        follows = first + 1 < stop
        if follows and _begins_with_particle(tokens[first:stop]):
            return first
        adverb = lower in ADVERBS and follows
        if lower in STOP or lower in CONNECTORS or bare.islower() or adverb or not bare:
            if lower == "the" and _organisation(tokens, first, stop):
                return first + 1
            first += 1
            continue
        return first
    return first


def _begins_with_particle(tokens: Sequence[re.Match[str]]) -> bool:
    """Whether particles stand here before a name: "van der Berg"."""
    for token in tokens:
        bare = token[0].strip(_AROUND + "’")
        if bare not in PARTICLES or bare in INNER:
            return token is not tokens[0] and _is_name(bare)
    return False


def _organisation(tokens: Sequence[re.Match[str]], first: int, stop: int) -> bool:
    return any(_ORGANISATIONS.search(token[0].strip(",.")) for token in tokens[first:stop])


def plausible(authors: Authors, year: str, known: Known, *, alone: bool) -> bool:
    """Whether names before this year can be authors; `alone` is a name that brackets hold."""
    words = [word.strip(",.()’'\"").lower() for word in authors.text.split()]
    joined = any(word in ("&", "and", "al", "colleagues") for word in words)
    if not words or len(words) > 30:
        return False
    if not joined and (words[-1] in NOT_AUTHORS or words[0] in NOT_AUTHORS):
        return False
    if joined or not known:
        return joined or len(words) <= 12
    family = folded(max(words, key=len))
    year = year if year[:1].isdigit() else ""
    return (family, year) in known or (alone and "," in authors.text)


def named_before(view: str, at: int, note: str) -> int:
    """Where the authors begin that a note's sign at `at` follows, `at` where none do.

    "Ku et al.[^1]" cites by name as "Ku et al. (2023)" does. A name without "et al.", initials or
    other names joined to it may be that of anything, unless the note (its text, "" if not known)
    begins with the same, or is by a person of that name.
    """
    end = at
    while end > 0 and view[end - 1] in ",." and at - end < 1:
        end -= 1
    if view[max(0, end - 3) : end + 1].lower().endswith("al."):
        end += 1
    printed = re.split(r",?\s?[\"“]", note[:_REACH], maxsplit=1)[0].split(" (")[0]
    begin = end - len(printed)
    if " " in printed and begin >= 0 and view[begin:end] == printed:
        return begin
    authors = authors_before(view, max(0, at - _REACH), end)
    if authors is None or authors.end != end or _ORGANISATIONS.search(authors.text):
        return at
    words = [word.strip(",.") for word in authors.text.split()]
    if len(words) > _MOST_NAME_WORDS or not plausible(authors, "", frozenset(), alone=True):
        return at
    if words[-1].lower() == "al":
        return authors.start
    names = [folded(word) for word in words if word.lower() not in CONNECTORS]
    if len(words) == 1:
        return authors.start if end == at and names[0] == _family(printed) else at
    start = folded(printed)
    if start == folded(authors.text):
        return authors.start
    if 1 < len(names) < len(words) and all(name in start for name in names):
        return authors.start
    joined = len(names) > 2 and len(names) < len(words)
    initials = len(names) > 1 and any(len(name) == 1 for name in names[:-1])
    return authors.start if joined or initials else at


def _family(printed: str) -> str:
    """The folded family name of the person whom a note names first, "" where that is not clear.

    "Hadley Wickham" and "Wickham, H." are persons; "Qualtrics, Provo" need not be one, and of
    "Bokeh Development Team" the last word is no family name.
    """
    first = re.split(r"\s(?:and|&)\s|\set al\b|[;,]", printed, maxsplit=1)[0]
    words = first.split()
    if any(word.strip(".") in _COMPANIES for word in words):
        return ""
    inverted = _INVERTED.match(printed)
    if inverted is not None:
        return folded(inverted["family"])
    if not 2 <= len(words) <= _MOST_GIVEN_NAMES + 1 or _ORGANISATIONS.search(first):
        return ""
    return folded(words[-1]) if all(word[:1].isupper() for word in words) else ""
