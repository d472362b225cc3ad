r"""Words of a title whose capitals a style would take away: acronyms and proper names.

BibTeX's `change.case$` with "t", and biblatex's `\MakeSentenceCase`, make every letter outside
braces small but the first of the title and the first after a colon.
Source: O. Patashnik, Designing BibTeX Styles (1988), section 4, `change.case$`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Field, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.doctor.masking import HIDDEN, masked
from exocite.model import Severity

_RECASED = frozenset(
    {
        "article", "conference", "dataset", "electronic", "inbook", "incollection", "inproceedings",
        "mastersthesis", "misc", "online", "report", "software", "techreport", "thesis",
        "unpublished", "www",
    }
)  # fmt: skip
"""Types whose titles the standard styles set in sentence case; those of books keep their case."""

_WORD = re.compile(r"[^\W\d_][^\W_]*")
_GERMAN = frozenset("der die das und für zur zum von ein eine im über des dem bei mit".split())
_STARTERS = frozenset(":.?!([“”\"'‘`–—/-")
_SMALL_SHARE = 4
"""One capitalised word in so many at most makes a title one in sentence case."""
_SHORTEST = 3
"""A word of so many letters, small but for its first, shows that not all is in capitals."""
_FEWEST_WORDS = 6
_FEWEST_SMALL = 3
_TELLING = 4
"""Shorter words are small in any case: and, of, the."""


def _run(entry: Entry, _library: Library) -> Iterator[Finding]:
    field = entry.field("title")
    literal = field.single if field else None
    if field is None or literal is None or entry.type not in _RECASED:
        return
    language = (entry.meaning.get("langid", "") or entry.meaning.get("language", "")).lower()
    text = _outside(literal.text)
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    small = any(len(m[0]) >= _SHORTEST and m[0][1:].islower() for m in _WORD.finditer(text))
    if not letters or (capitals * 2 > len(letters) and not small):
        return  # All in capitals: which of them are names cannot be told.
    german = language.startswith(("ger", "de", "ngerman", "aus"))
    names_from = len(text) if german else _names_from(text)
    for word in _WORD.finditer(text):
        proper = word.start() >= names_from
        if _joined(text, word) or not _would_lose(text, word, proper=proper):
            continue
        yield _found(field, literal, word)


def _found(field: Field, literal: Literal, word: re.Match[str]) -> Finding:
    start, end = literal.start + word.start(), literal.start + word.end()
    message = f"{word[0]} would lose its capitals in styles of sentence case; braces keep them"
    braces = ((start, start, "{"), (end, end, "}"))
    return field.finding(start, end, "title-case", Severity.INFO, message, *braces)


def _outside(latex: str) -> str:
    """The text outside braces, commands and mathematics; the rest is HIDDEN."""
    depth, kept = 0, []
    for character in masked(latex):
        depth += character == "{"
        kept.append(character if depth == 0 and character not in "{}" else HIDDEN)
        depth -= character == "}"
    return "".join(kept)


def _joined(text: str, word: re.Match[str]) -> bool:
    r"""Whether the word goes on in braces or a command: G{\"o}del is not looked at."""
    before = text[max(0, word.start() - 1) : word.start()]
    after = text[word.end() : word.end() + 1]
    return HIDDEN in (before, after) or "_" in (before, after) or "^" in (before, after)


def _would_lose(text: str, word: re.Match[str], *, proper: bool) -> bool:
    token, inner = word[0], word[0][1:]
    if any(map(str.isupper, inner)):
        return True
    # "A" and "I" are words; what else one letter is cannot be told.
    if not (proper and token[0].isupper() and inner.isalpha()):
        return False
    return not _begins(text, word.start())


def _begins(text: str, at: int) -> bool:
    """Whether a colon, quotation mark, dash or the like stands before the word at the offset."""
    while at and text[at - 1].isspace():
        at -= 1
    return text[max(0, at - 1) : at] in _STARTERS


def _names_from(text: str) -> int:
    """Offset from which a capitalised word is a name: past the end where that cannot be told.

    It can in a title that is long and nearly all small, from its first small word on.
    """
    words = list(_WORD.finditer(text))
    if len(words) < _FEWEST_WORDS or any(m[0].lower() in _GERMAN for m in words):
        return len(text)
    inside = words[1:]
    capitalised = sum(m[0][:1].isupper() and not _begins(text, m.start()) for m in inside)
    small = [m for m in inside if m[0][0].islower() and len(m[0]) >= _TELLING]
    if len(small) < _FEWEST_SMALL or capitalised * _SMALL_SHARE > len(words):
        return len(text)
    return small[0].start()


CHECK = Check(
    (("title-case", "an acronym or name in a title that a style would make small"),), _run
)
