"""Citekeys by a pattern: ku2023, then ku2023a, ku2023b where it is taken.

A pattern is text with names in braces, each with what shortens it or sets its case:
`{author}{year}`, `{author:3:upper}-{year:2}{titleword}`.

author      family name of the first author, or the first telling word of a body's name
authors     family names of all; `{authors:2}` two of them, then "etal" where there are more
year        four digits with the letter printed behind them; `{year:2}` the last two
titleword   the first telling word of the title
title       its first three telling words; `{title:5}` five
journal     the initials of its telling words, or its only word
A number after author, titleword or journal is the most letters. `lower` is the case without a
word, `upper` and `title` are the others; `bare` drops accents (muller) that are written out without
it (mueller).

A key is made of ASCII letters and digits, so every BibTeX program and every citation syntax takes
it. Particles are left out (Anna van der Berg, 2020: berg2020), for lists sort by the family name
and catalogues differ about particles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from exocite.matching.words import latin, word_set
from exocite.model import Name

PATTERN = "{author}{year}"
"""The pattern where no other is asked for."""
_NAMES = ("author", "authors", "year", "titleword", "title", "journal")
_CASES = ("lower", "upper", "title")
_PART = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_LITERAL = re.compile(r"[A-Za-z0-9_:.+/-]+")
_MOST = 99
_TITLE_WORDS = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONGEST_TOKEN = 24
_SMALL = word_set(
    """
    a an the of for and in on at to le la les l de der die das den el los las il lo un une ein eine
    i gli het een
    """
)
# How German, Danish and Norwegian write these letters where there are none of them.
_WRITTEN_OUT = str.maketrans(
    dict(pair.split("=") for pair in "ä=ae ö=oe ü=ue å=aa ø=oe Ä=Ae Ö=Oe Ü=Ue Å=Aa Ø=Oe".split())
)
# Transliteration of Greek and Cyrillic letters, after ISO 843 and BGN/PCGN, without diacritics.
_SCRIPTS = str.maketrans(
    dict(
        pair.split("=")
        for pair in """
        α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y
        φ=f χ=ch ψ=ps ω=o а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p
        р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=iu я=ia є=ie і=i ї=i
        ґ=g ј=j љ=lj њ=nj ћ=c ђ=dj џ=dz ў=u
        """.split()
    )
)


def transliterated(text: str) -> str:
    """Small Greek and Cyrillic letters in Latin ones; all others as they are."""
    return text.translate(_SCRIPTS)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a pattern: text as it is, or the name of what stands there."""

    text: str = ""
    name: str = ""
    length: int = 0
    case: str = "lower"
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that can be used; see `pattern`."""

    parts: tuple[_Part, ...]


def pattern(text: str) -> Pattern:
    """The pattern that the text describes. Raises ValueError, saying what it must be."""
    parts = []
    for match in _PART.finditer(text):
        name, literal, brace = match.groups()
        if brace or (literal and not _LITERAL.fullmatch(literal)):
            raise ValueError("letters, digits and - _ : . + / around names in braces")
        parts.append(_Part(text=literal) if literal else _named(name))
    if not any(part.name for part in parts):
        raise ValueError(f"a pattern with at least one of {_spoken(_NAMES)}")
    return Pattern(tuple(parts))


def _named(text: str) -> _Part:
    name, *modifiers = text.split(":")
    if name not in _NAMES:
        raise ValueError(f"a pattern of {_spoken(_NAMES)}, not {{{name}}}")
    length, case, bare = 0, "lower", False
    for modifier in modifiers:
        if modifier in _CASES:
            case = modifier
        elif modifier == "bare":
            bare = True
        elif re.fullmatch(r"[1-9]\d?", modifier, re.ASCII):
            length = min(int(modifier), _MOST)
        else:
            raise ValueError(
                f"a pattern in which a number or one of {', '.join(_CASES)}, bare stands after a "
                f"colon, not {modifier!r}"
            )
    return _Part("", name, length, case, bare)


def _spoken(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


_DEFAULT = pattern(PATTERN)


def citekey(
    authors: Sequence[Name],
    year: str,
    title: str,
    taken: Collection[str],
    *,
    made: Pattern = _DEFAULT,
    journal: str = "",
) -> str:
    """A key after the pattern that none of `taken` equals, whatever their case.

    Without an author the first telling word of the title stands for one, unless the pattern names
    the title itself; "anon" where there is nothing. On a clash a letter from "a" follows, after a
    hyphen where no digit stands before it.
    """
    return Taken(taken).free(stem_of(authors, year, title, made=made, journal=journal))


def stem_of(
    authors: Sequence[Name],
    year: str,
    title: str,
    *,
    made: Pattern = _DEFAULT,
    journal: str = "",
) -> str:
    """The key after the pattern, before it is known what others are taken."""
    work = _Work(authors, year, title, journal, any(p.name.startswith("title") for p in made.parts))
    parts = [part.text or work.part(part) for part in made.parts]
    if not any(text for text, part in zip(parts, made.parts, strict=True) if part.name):
        parts.append("anon")
    return "".join(parts)


def follows(key: str, stem: str) -> bool:
    """Whether the key is the stem, or the stem with a letter that a clash gave it."""
    if key[: len(stem)].casefold() != stem.casefold():
        return False
    joint = "" if stem[-1:].isdigit() else "-"
    rest = key[len(stem) :]
    return not rest or (rest.startswith(joint) and bool(_CLASH.fullmatch(rest[len(joint) :])))


_CLASH = re.compile(r"[A-Za-z]{1,2}")


class Taken:
    """Keys that are taken, whatever their case.

    A key is never free again, so each stem is tried from where it was left: many keys of one stem
    cost no more than as many of different ones.
    """

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._keys = {key.casefold() for key in keys}
        self._tried: dict[str, int] = {}

    def add(self, key: str) -> None:
        """Have a key be taken from now on."""
        self._keys.add(key.casefold())

    def __contains__(self, key: str) -> bool:
        return key.casefold() in self._keys

    def free(self, stem: str) -> str:
        """The stem, or the stem with the first letters that make it a key that is free."""
        number = self._tried.get(stem, 0)
        while (key := _numbered(stem, number)) in self:
            number += 1
        self._tried[stem] = number
        return key


@dataclass(frozen=True, slots=True)
class _Work:
    """What is known of the work that a key is made for."""

    authors: Sequence[Name]
    year: str
    title: str
    journal: str
    titled: bool

    def part(self, part: _Part) -> str:
        """What stands for a name of the pattern, "" where nothing is known."""
        found = getattr(self, f"_{part.name}")(part)
        cased = {"lower": str.lower, "upper": str.upper, "title": _capitalised}[part.case]
        return "".join(map(cased, found))

    def _author(self, part: _Part) -> list[str]:
        token = _author_token(self.authors, bare=part.bare)
        if not token:
            token = ("" if self.titled else _first_word(self.title, bare=part.bare)) or "anon"
        return [token[: part.length or None]]

    def _authors(self, part: _Part) -> list[str]:
        tokens = [_author_token([name], bare=part.bare) for name in self.authors]
        tokens = [token for token in tokens if token]
        if not tokens:
            return self._author(_Part("", "author", 0, part.case, part.bare))
        kept = tokens[: part.length or _MOST_AUTHORS]
        return kept + (["etal"] if len(tokens) > len(kept) else [])

    def _year(self, part: _Part) -> list[str]:
        digits = re.search(r"(?<!\d)(\d{4})([a-z](?!\w)|(?!\d))", self.year)
        if digits is None:
            return []
        return [_ascii(digits[1], bare=True)[-part.length or None :] + digits[2]]

    def _titleword(self, part: _Part) -> list[str]:
        return [_first_word(self.title, bare=part.bare)[: part.length or None]]

    def _title(self, part: _Part) -> list[str]:
        return _telling(self.title, bare=part.bare)[: part.length or _TITLE_WORDS]

    def _journal(self, part: _Part) -> list[str]:
        words = _telling(self.journal, bare=part.bare)
        short = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)
        return [short[: part.length or None]]


_MOST_AUTHORS = 8
"""More names than these make no key."""


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


def _numbered(stem: str, number: int) -> str:
    """The stem; from 1 on with "a" to "z", "aa" …, after a hyphen where no digit ends it."""
    letters = []
    while number:
        number, place = divmod(number - 1, len(_LETTERS))
        letters.append(_LETTERS[place])
    joint = "" if stem[-1:].isdigit() or not letters else "-"
    return stem + joint + "".join(reversed(letters))


def _author_token(authors: Sequence[Name], *, bare: bool) -> str:
    if not authors:
        return ""
    name = authors[0]
    if name.literal:
        return _first_word(name.literal, bare=bare)
    return _ascii(name.family, bare=bare) or _ascii(name.given, bare=bare)


def _first_word(text: str, *, bare: bool) -> str:
    """The first word that is no article or preposition, else the first of all."""
    return next(iter(_telling(text, bare=bare)), "")


def _telling(text: str, *, bare: bool) -> list[str]:
    """The words that are neither numbers nor articles nor prepositions; all where none is left."""
    words = re.split(r"[\s\-–—/:,.]+", re.sub(r"['’]", "", text))
    tokens = [_ascii(word, bare=bare) for word in words]
    tokens = [token for token in tokens if token and not token.isdigit()]
    return [token for token in tokens if token not in _SMALL] or tokens


def _ascii(text: str, *, bare: bool) -> str:
    if not bare:
        text = unicodedata.normalize("NFC", text).translate(_WRITTEN_OUT)
    letters = latin(text).replace("ου", "ou").translate(_SCRIPTS)
    return re.sub(r"[^a-z0-9]", "", letters)[:_LONGEST_TOKEN]
