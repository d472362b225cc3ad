"""Names of people and bodies in BibTeX's syntax.

Source for BibTeX's three forms ("First von Last", "von Last, First", "von Last, Jr, First"):
O. Patashnik, BibTeXing (1988), section 4; N. Markey, Tame the BeaST (2009), section 11. For the
form with named parts ("given=Jean, prefix=de, family=Fontaine"): biblatex manual 3.20, section 3.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from exocite.matching.words import word_set
from exocite.model import Name

PARTICLES = word_set(
    """
    van von vom der den de del della dello degli dei dal dalla dela di da das do dos du la le las
    los ter ten te zu zur zum bin ibn al el af av y e san st
    """
)
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def bibtex_names(text: str) -> tuple[Name, ...]:
    """The names of a BibTeX author or editor field; "and others" is no name.

    A name wholly in braces is a body and kept as `literal`, unless its parts are named. Unbalanced
    braces do not fail.
    """
    return tuple(name for name, _ in _read(text))


def useprefix(text: str) -> tuple[str, ...]:
    """What biblatex's `useprefix` says of each of these names, in lower case; "" where nothing."""
    return tuple(_named(part).get("useprefix", "").lower() for _, part in _read(text))


def _read(text: str) -> Iterator[tuple[Name, str]]:
    """The names, each with how it is written."""
    for part in map(str.strip, _split(text, _AND)):
        if part and part.lower() != "others" and (name := _bibtex_name(part)) != _NOBODY:
            yield name, part


def has_named_parts(text: str) -> bool:
    """Whether a name of the field is written in biblatex's form with named parts."""
    return "=" in text and _NAMED_PART.search(text) is not None


def has_others(text: str) -> bool:
    """Whether a BibTeX name field ends in "and others"."""
    parts = _split(text, _AND)
    return bool(parts) and parts[-1].strip().lower() == "others"


def bibtex_field(names: Sequence[Name], *, others: bool = False) -> str:
    """The names as a BibTeX field: "Ku, Ying C. and {World Health Organization} and others"."""
    written = [_written(name) for name in names]
    return " and ".join([*filter(None, written), *(["others"] if others and written else [])])


def initials_apart(name: Name) -> Name:
    """The name with its initials as BibTeX styles need them: "MB" is "M. B.", "J-P" is "J.-P.".

    Up to three capitals are initials. Three with a vowel behind a family name in capitals ("LEE,
    ANN") are a name and stay.
    """
    loud = len(name.family) > 1 and name.family.isupper()
    words = [_initials(word, loud=loud) or word for word in name.given.split()]
    return replace(name, given=" ".join(words))


def _initials(word: str, *, loud: bool) -> str:
    """The word with a full stop and a blank behind each initial; "" where it is a name."""
    parts = _HYPHEN.split(word)
    for part in parts:
        bare = _RUN.fullmatch(part) is not None and part.isupper()
        if bare and loud and len(part) > 2 and _VOWEL.search(part):
            return ""
        dotted = _DOTTED.fullmatch(part) is not None and part[:1].isupper()
        if not bare and not dotted:
            return ""
    if len(parts) == 1 and len(word) > 1 and word.endswith(".") and word.count(".") == 1:
        return word
    return "-".join(" ".join(f"{initial}." for initial in _letters(part)) for part in parts)


def _letters(part: str) -> list[str]:
    return [piece for piece in part.split(".") if piece] if "." in part else list(part)


def readable(name: Name) -> str:
    """The name as it is said: "Ying C. Ku", "Ludwig van Beethoven Jr."."""
    if name.literal:
        return name.literal
    return " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))


def _written(name: Name) -> str:
    if name.literal:
        return "{" + _plain(name.literal) + "}"
    family = " ".join(filter(None, (_plain(name.particle), _protected(name.family))))
    return ", ".join(filter(None, (family, _plain(name.suffix), _plain(name.given))))


def _protected(family: str) -> str:
    """A family name with "and" or a comma in it stays one name inside braces."""
    plain = _plain(family)
    return "{" + plain + "}" if "," in plain or _AND.search(plain) else plain


def _plain(text: str) -> str:
    return re.sub(r"[{}\\]", "", text).strip()


_HYPHEN = re.compile(r"[-‐‑]")
_RUN = re.compile(r"[^\W\d_]{1,3}")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.){1,5}[^\W\d_]?")
_VOWEL = re.compile(r"[AEIOUYÄÖÜ]")
_AND = re.compile(r"\sand(?=\s)", re.IGNORECASE)
_COMMA = re.compile(r",")
_BLANK = re.compile(r"[\s~]+")
_NAMED_PART = re.compile(r"(?:^|[,{]|\sand\s)[\s\"{]{0,32}+(?:family|given)[\s}]?=", re.IGNORECASE)
_QUOTED = re.compile(r"((?:^|[,=])\s?)\"([^\"{}]*)\"(?=\s?(?:,|$))")
_NOBODY = Name()
_MOST_BRACES = 32
"""Braces around a whole name that are taken off."""


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split where the separator stands outside braces."""
    if "{" not in text:
        return _cut(text, (match.span() for match in separator.finditer(text)))
    depth = 0
    depths = []
    for character in text:
        if character == "}":
            depth = max(0, depth - 1)
        depths.append(depth)
        if character == "{":
            depth += 1
    outside = (m.span() for m in separator.finditer(text) if depths[m.start()] == 0)
    return _cut(text, outside)


def _cut(text: str, separators: Iterable[tuple[int, int]]) -> list[str]:
    pieces, start = [], 0
    for begin, end in separators:
        pieces.append(text[start:begin])
        start = end
    return [*pieces, text[start:]]


def _bibtex_name(text: str) -> Name:
    if named := _named(text):
        return Name(*(named.get(name, "") for name in ("family", "given", "prefix", "suffix")))
    if text.startswith("{") and _closing(text) == len(text) - 1:
        return Name(literal=_plain(text))
    parts = [part.strip() for part in _split(text, _COMMA)]
    parts = [part for part in parts if part]
    if len(parts) >= 3:
        particle, family = _particle(parts[0])
        return Name(family, _plain(" ".join(parts[2:])), particle, _plain(parts[1]))
    if len(parts) == 2:
        particle, family = _particle(parts[0])
        if parts[1].lower() in SUFFIXES:
            return Name(family, "", particle, parts[1])
        return Name(family, _plain(parts[1]), particle)
    words = [word for word in _split(" ".join(parts), _BLANK) if word]
    return direct_name([_plain(word) for word in words if _plain(word)], braced=_braced(words))


def _named(text: str) -> dict[str, str]:
    """The named parts of a name, {} where none is named.

    Quotation marks keep a part together, as they do in a table of comma-separated values.
    """
    if not has_named_parts(text):
        return {}
    for _ in range(_MOST_BRACES):
        if not (text.startswith("{") and _closing(text) == len(text) - 1):
            break
        text = text[1:-1].strip()
    parts: dict[str, str] = {}
    for part in _split(_QUOTED.sub(r"\1{\2}", text), _COMMA):
        name, _, value = _unquoted(part).partition("=")
        parts.setdefault(_plain(name).strip('" ').lower(), _plain(_unquoted(value)))
    return parts


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def _closing(text: str) -> int:
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place
    return -1


def _braced(words: Sequence[str]) -> bool:
    return bool(words) and words[-1].startswith("{")


def direct_name(words: Sequence[str], *, braced: bool = False) -> Name:
    """A name written given name first, in words: particles in lower case begin the family name."""
    if not words:
        return Name()
    suffix = ""
    rest = list(words)
    if len(rest) > 2 and rest[-1].lower() in SUFFIXES and not braced:
        suffix = rest.pop()
    first = next((i for i, word in enumerate(rest[:-1]) if i and word[:1].islower()), len(rest) - 1)
    if len(rest) > 1 and rest[0][:1].islower() and rest[0].lower() in PARTICLES:
        first = 0
    particle, family = ("", rest[-1]) if braced else _particle(" ".join(rest[first:]))
    return Name(family, " ".join(rest[:first]), particle, suffix)


def _particle(text: str) -> tuple[str, str]:
    """The lower-case words before the family name, and the family name."""
    words = [word for word in _split(text, _BLANK) if word]
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    return _plain(" ".join(words[:count])), _plain(" ".join(words[count:]))
