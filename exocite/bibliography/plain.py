"""Entries that are written plainly, read by one pattern a field.

Most entries of most files hold nothing that two readers could see differently: `@type{key,` and
fields in balanced braces, in quotation marks or bare, parted by commas. Those are read here, about
ten times faster, to exactly what bibtexparser reads; whatever is not of that form is left to it.
"""

from __future__ import annotations

from typing import NamedTuple

from exocite.patterns import regex

_DEPTH = 5
"""Braces nested more deeply are left to bibtexparser."""

_WORD = r"[^\s\"#%'(),={}\\@]++"
_BARE = r"[^\s\"#%,={}()\\@]++"
# A backslash before a brace hides it from bibtexparser and not from BibTeX: that is not plain.
_TEXT = r"[^{}\\]++|\\++(?![{}])"
_TEXT_IN_QUOTES = r"[^{}\"\\]++|\\++(?![{}])\"?+"


def _braced(text: str) -> str:
    pattern = rf"\{{(?:{text})*+\}}"
    for _ in range(_DEPTH - 1):
        pattern = rf"\{{(?:{text}|{pattern})*+\}}"
    return pattern


_QUOTED = rf"\"(?:[^{{}}\"\\]++|\\++(?![{{}}\"])|{_braced(_TEXT_IN_QUOTES)})*+\""
_OPERAND = rf"(?:{_braced(_TEXT)}|{_QUOTED}|{_BARE})"
_HEAD = regex(
    r"[^\S\r\n]*+@(?!(?i:comment|preamble|string))([A-Za-z]++)[ \t]*+\{"
    rf"\s*+({_WORD})\s*+,"
)
_FIELD = regex(rf"\s*+({_WORD})\s*+=\s*+({_OPERAND})\s*+(?:(,)|(?=\}}))")
_JOINED = regex(rf"\s*+({_WORD})\s*+=\s*+({_OPERAND}(?:\s*+#\s*+{_OPERAND})*+)\s*+(?:(,)|(?=\}}))")
_CLOSE = regex(r"\s*+\}")


class PlainEntry(NamedTuple):
    """An entry as it is written, its type in lower case; offsets are those of `@` and past `}`."""

    start: int
    end: int
    type: str
    key: str
    names: tuple[str, ...]
    values: tuple[str, ...]


def plain_entry(text: str) -> PlainEntry | None:
    """The entry at the beginning of a chunk, None where it is not written plainly.

    No line of the text but the first may begin with `@type{`.
    """
    head = _HEAD.match(text)
    if head is None:
        return None
    names, values = [], []
    at, match_field = head.end(), _JOINED.match if "#" in text else _FIELD.match
    while (field := match_field(text, at)) is not None:
        name, value, comma = field.groups()
        names.append(name)
        values.append(value)
        at = field.end()
        if comma is None:
            break
    close = _CLOSE.match(text, at)
    if close is None:
        return None
    kind, key = head.groups()
    return PlainEntry(
        head.start(1) - 1, close.end(), kind.lower(), key, tuple(names), tuple(values)
    )
