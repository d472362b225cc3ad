"""One command that cites: its notes, its keys, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.frozen import dataclass
from exocite.model import CitedItem
from exocite.patterns import regex
from exocite.readers.latex import tables
from exocite.readers.latex.input import Frame
from exocite.readers.latex.text import plain

_KEY = regex(r"(?:%[^\r\n]*+(?:\r\n|\r|\n|\Z)|[\s,])*+([^\s,%{}](?:[^,%{}\r\n]*[^\s,%{}])?)")
_BREAK = regex(r"(?>\r\n|\r|\n)[ \t]*+[\r\n]")
_PLACE = regex(
    r"\d|\b[ivxlcdm]+\b|\b(?:passim|preface|foreword|abstract|appendix|introduction)\b",
    re.IGNORECASE,
)
NARRATIVE = regex(
    r"(?:[Cc]itet|[Cc]ite(?:author|fullauthor|year|alt|asnoun)|[Tt]extcite|[Nn]ewcite)s?"
)
"""Commands that print a part of the sentence: "Ku et al. (2023) found"."""

_LONGEST_KEYS = 20_000
_LONGEST_LOCATOR = 200
_MOST_GROUPS = 100


@dataclass(frozen=True, slots=True)
class Cited:
    """The works that a command names, and the offset at which it ends in its frame."""

    items: tuple[CitedItem, ...]
    end: int


def cited(frame: Frame, name: str, at: int) -> Cited | None:
    r"""What the command whose name ends at `at` cites; None where it has no keys.

    Notes may stand in brackets, in apacite's angles, and in parentheses where a command takes
    several works: `\cites(see)(x)[a][b]{k}[c]{l}`.
    """
    several = name.endswith(("cites", "citetexts"))
    at += frame.text[at : at + 1] == "*"
    if name in tables.VOLUME_CITATIONS:
        volume = frame.group(frame.blank(at))
        at = volume[1] + 1 if volume else at
    if several:
        at = _past(frame, at, "(")
    items: list[CitedItem] = []
    end = -1
    for _ in range(_MOST_GROUPS if several else 1):
        found = _group(frame, at)
        if found is None:
            break
        items.extend(found.items)
        at = end = found.end
    if not items:
        return None
    return Cited(tuple(items), end)


def _past(frame: Frame, at: int, opening: str) -> int:
    """Past the options of this bracket, at most two."""
    for _ in range(2):
        option = frame.option(frame.blank(at), opening)
        at = option[1] + 1 if option else at
    return at


def _group(frame: Frame, at: int) -> Cited | None:
    """Notes and keys; the last note is the place in the last work."""
    at = _past(frame, at, "<")
    notes = []
    for _ in range(2):
        option = frame.option(frame.blank(at))
        if option:
            notes.append(option)
            at = option[1] + 1
    keys = frame.group(frame.blank(at))
    if keys is None or keys[1] - keys[0] > _LONGEST_KEYS:
        return None
    if _BREAK.search(frame.text, *keys):
        return None
    items = list(_items(frame, *keys))
    if items and notes:
        last = items[-1]
        items[-1] = CitedItem(last.label, last.span, _locator(frame.text[slice(*notes[-1])]))
    return Cited(tuple(items), keys[1] + 1) if items else None


def _items(frame: Frame, start: int, end: int) -> Iterator[CitedItem]:
    while True:
        match = _KEY.match(frame.text, start, end)
        if match is None:
            return
        start = match.end()
        label = " ".join(match[1].split())
        if label != "*":
            yield CitedItem(label, frame.span(*match.span(1)))


def _locator(note: str) -> str:
    """The note where it names a place in the work; "and references therein" names none."""
    if len(note) > _LONGEST_LOCATOR:
        return ""
    text = plain(note)
    return text if _PLACE.search(text) else ""
