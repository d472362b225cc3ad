"""Who wrote a record: family names in order, from author fields as libraries export them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exocite.matching.words import alike, latin, words
from exocite.references.citekeys import transliterated
from exocite.references.names import bibtex_field, bibtex_names, has_named_parts, has_others

_MOST = 40
_LONGEST = 4000
_AND = re.compile(r"\s+(?:and|&)\s+|\s*[;\n]\s*", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-\s]?){1,4}")
_RUN = re.compile(r"[A-Z]{1,3}")
_OTHERS = frozenset({"others", "et al", "al", "et al.", "..."})
_PARTICLES = frozenset(
    "van von der den de del della di da do dos du la le ter ten zu zur el al".split()
)


@dataclass(frozen=True, slots=True)
class People:
    """Folded family names in order, the first author's initial, and all words of the names."""

    families: tuple[str, ...] = ()
    initial: str = ""
    words: frozenset[str] = frozenset()


def people(text: str) -> People:
    """Reads "Ku, Y. and Lee, A.", "Ku Y; Lee A", "Y. Ku, A. Lee" and the like."""
    text = text[:_LONGEST]
    if has_named_parts(text):
        text = bibtex_field(bibtex_names(text), others=has_others(text))
    plain = re.sub(r"[{}~]", " ", text)
    parts = [part.strip(" ,.") for part in _AND.split(plain)]
    if len(parts) == 1 and plain.count(",") > 1:
        parts = _by_commas(plain)
    names = [part for part in parts if part and part.lower() not in _OTHERS][:_MOST]
    pairs = [_family(re.sub(r"\bet\.? al\.?$", "", name)) for name in names]
    families = tuple(family for family, _ in pairs if family)
    initial = latin(pairs[0][1])[:1] if pairs else ""
    long = frozenset(word for name in names for word in words(name) if len(word) > 2)
    return People(families, initial, long)


def _by_commas(text: str) -> list[str]:
    """The names of a list that only commas part: "Ku Y, Lee A" or "Ku, Y., Lee, A."."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    alternate = pieces[1::2]
    if alternate and all(_INITIALS.fullmatch(piece) for piece in alternate):
        return [", ".join(pieces[at : at + 2]) for at in range(0, len(pieces), 2)]
    return pieces


def _family(name: str) -> tuple[str, str]:
    """The folded family name without particles, and the given names as written."""
    family, comma, given = name.partition(",")
    if not comma:
        parts = name.split()
        if len(parts) > 1 and _RUN.fullmatch(parts[-1].replace(".", "").replace("-", "")):
            # "Ku YC": the initials stand last.
            family, given = " ".join(parts[:-1]), parts[-1]
        elif parts:
            first = next((i for i, p in enumerate(parts) if p.lower() in _PARTICLES), 0)
            at = first or len(parts) - 1
            family, given = " ".join(parts[at:]), " ".join(parts[:at])
    folded = [word if word.isascii() else transliterated(word) for word in words(family)]
    bare = [word for word in folded if word not in _PARTICLES] or folded
    return "".join(bare), given.strip()


def shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many family names of the first list the second holds, slips allowed."""
    common = set(ours) & set(theirs)
    count = len(common)
    left = [name for name in ours if name not in common][:12]
    right = [name for name in theirs if name not in common][:12]
    for name in left:
        match = next((other for other in right if same_family(name, other)), None)
        if match is not None:
            right.remove(match)
            count += 1
    return count


def _sounds(name: str) -> str:
    """The name without what transliterations differ in; as it is where it is short."""
    if len(name) < _LONG_NAME:
        return name
    for written, sound in _SOUNDS:
        name = name.replace(written, sound)
    return _TWICE.sub(r"\1", name)


_LONG_NAME = 5
_TWICE = re.compile(r"(.)\1+")
_SOUNDS = (
    ("shch", "s"), ("kh", "h"), ("zh", "z"), ("sh", "s"), ("ch", "c"), ("ts", "c"), ("ks", "x"),
    ("ae", "a"), ("oe", "o"), ("ue", "u"), ("w", "v"), ("y", "i"), ("j", "i"), ("ie", "e"),
)  # fmt: skip


def same_family(left: str, right: str) -> bool:
    """Whether two folded family names are one but for a slip or the half of a double name.

    A name that was transliterated in another way is the same: Chernov and Černov.
    """
    if left == right or alike(left, right) or _sounds(left) == _sounds(right):
        return True
    short, full = sorted((left, right), key=len)
    return len(short) > 3 and (full.startswith(short) or full.endswith(short))
