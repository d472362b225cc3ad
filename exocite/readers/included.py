"""The files that an article takes in, by the names that it writes, in whatever format it is."""

from __future__ import annotations

import re

from exocite.model import Article, Span
from exocite.patterns import regex
from exocite.readers.latex import includes
from exocite.readers.latex.includes import Included

_PATTERNS = {
    "typst": regex(r"^[ \t]*#include[ \t]+\"(?P<name>[^\"\r\n]{1,500}\.typ)\"", re.MULTILINE),
    "asciidoc": regex(
        r"^include::(?P<name>[^\[\]\r\n]{1,500}\.(?:adoc|asciidoc|asc))\[[^\r\n]*\][ \t]*$",
        re.MULTILINE,
    ),
    "restructuredtext": regex(
        r"^[ \t]*\.\.[ \t]+include::[ \t]+(?P<name>[^<\s][^\r\n]{0,500}\.(?:rst|rest))[ \t]*$",
        re.MULTILINE,
    ),
    "org": regex(
        r"^[ \t]*#\+include:[ \t]+\"?(?P<name>[^\"\r\n]{1,500}?\.org)(?:::[^\"\r\n]{0,200})?\"?"
        r"(?![^\r\n]*[ \t](?:src|example|export)\b)",
        re.MULTILINE | re.IGNORECASE,
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
