"""The files that an article takes in, by the names that it writes, in whatever format it is."""

from __future__ import annotations

import re

from exocite.model import Article, Span
from exocite.patterns import regex
from exocite.readers.latex import includes
from exocite.readers.latex.includes import Included

# "^" and "$" know the line feed alone; files of Windows and old files of macOS end lines otherwise.
_BEGIN, _END = r"(?<![^\r\n])", r"[ \t]*(?![^\r\n])"
_PATTERNS = {
    "typst": regex(rf"{_BEGIN}[ \t]*#include[ \t]+\"(?P<name>[^\"\r\n]{{1,500}}\.typ)\""),
    "asciidoc": regex(
        rf"{_BEGIN}include::(?P<name>[^\[\]\r\n]{{1,500}}\.(?:adoc|asciidoc|asc))\[[^\r\n]*\]{_END}"
    ),
    "restructuredtext": regex(
        rf"{_BEGIN}[ \t]*\.\.[ \t]+include::[ \t]+"
        rf"(?P<name>[^<\s][^\r\n]{{0,500}}\.(?:rst|rest)){_END}"
    ),
    "org": regex(
        rf"{_BEGIN}[ \t]*#\+include:[ \t]+\"?(?P<name>[^\"\r\n]{{1,500}}?\.org)"
        r"(?:::[^\"\r\n]{0,200})?\"?(?![^\r\n]*[ \t](?:src|example|export)\b)",
        re.IGNORECASE,
    ),
}
"""Only files that are read as the same format: code and data that are taken in are no text."""


def included(article: Article) -> tuple[Included, ...]:
    """The files that an article takes in, in order; empty for a format without such a thing."""
    pattern = _PATTERNS.get(article.format)
    if pattern is None:
        return includes.included(article)
    return tuple(
        Included(match["name"].strip(), Span(match.start(), match.end()))
        for match in pattern.finditer(article.source)
    )
