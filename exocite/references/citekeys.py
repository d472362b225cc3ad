"""Citekeys: ku2023, then ku2023a, ku2023b where it is taken.

A key is made of lower-case ASCII letters and digits, so every BibTeX program and every citation
syntax takes it. Particles are left out (Anna van der Berg, 2020: berg2020), for lists sort by the
family name and catalogues differ about particles.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import count

from exocite.matching.words import latin, word_set
from exocite.model import Name

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONGEST_TOKEN = 24
_SMALL = word_set(
    """
    a an the of for and in on at to le la les l de der die das den el los las il lo un une ein eine
    i gli het een
    """
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


def citekey(authors: Sequence[Name], year: str, title: str, taken: Collection[str]) -> str:
    """A key that none of `taken` equals, whatever their case.

    The first author's family name, or the first telling word of a body's name, else of the title,
    else "anon"; then the four digits of the year, if any, with the letter printed behind them
    ("2018a"); then a letter from "a" on a clash, after a hyphen where no digit stands before it.
    """
    digits = re.search(r"(?<!\d)\d{4}(?:[a-z](?!\w)|(?!\d))", year)
    stem = (_author_token(authors) or _first_word(title) or "anon") + (
        _ascii(digits[0]) if digits else ""
    )
    used = {key.casefold() for key in taken}
    return next(key for key in _numbered(stem) if key not in used)


def _numbered(stem: str) -> Iterator[str]:
    """The stem, then with "a" to "z", "aa" and so on; after a hyphen where it has no year."""
    yield stem
    joint = "" if stem[-1:].isdigit() else "-"
    for length in count(1):
        for number in range(len(_LETTERS) ** length):
            yield stem + joint + _spelled(number, length)


def _spelled(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(reversed(letters))


def _author_token(authors: Sequence[Name]) -> str:
    if not authors:
        return ""
    name = authors[0]
    return _first_word(name.literal) if name.literal else _ascii(name.family) or _ascii(name.given)


def _first_word(text: str) -> str:
    """The first word that is no article or preposition, else the first of all."""
    tokens = [_ascii(word) for word in re.split(r"[\s\-–—/:,.]+", re.sub(r"['’]", "", text))]
    tokens = [token for token in tokens if token and not token.isdigit()]
    return next((token for token in tokens if token not in _SMALL), tokens[0] if tokens else "")


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", latin(text).replace("ου", "ou").translate(_SCRIPTS))[
        :_LONGEST_TOKEN
    ]
