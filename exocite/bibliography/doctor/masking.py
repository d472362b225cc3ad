"""Which characters of a field are typeset as text: not mathematics, addresses or commands."""

from __future__ import annotations

import re

TYPESET = frozenset(
    {
        "address", "booksubtitle", "booktitle", "booktitleaddon", "edition", "eventtitle",
        "howpublished", "institution", "issuetitle", "journal", "journalsubtitle", "journaltitle",
        "location", "maintitle", "number", "organization", "pages", "publisher", "school", "series",
        "shortjournal", "shorttitle", "subtitle", "title", "titleaddon", "type", "venue", "volume",
    }
)  # fmt: skip
"""Fields that a style prints as text."""

HIDDEN = "\0"
"""Stands for a character that is not typeset as it is written."""

_MASKED = re.compile(
    r"\\(?:url|path|nolinkurl|href|ref|label|pageref|eqref|nocite|ensuremath|includegraphics"
    r"|cite[a-zA-Z]*\*?|verb|texttt|lstinline)\s*(?:\[[^\[\]]*\])*\{[^{}]*\}"
    r"|\\[A-Za-z]+\*?"
    r"|\$\$?(?:[^$\\]|\\.)*\$\$?"
    r"|\\\((?:[^\\]|\\(?![()]))*+\\\)"
    r"|\\."
    r"|(?:https?|ftp)(?::|\\:)//[^\s{}]*|\bwww\.[^\s{}]+"
    r"|(?<![\w.])10\.\d{4,9}/[^\s{}]*"
    r"|[\w.+-]{1,64}@[\w-]+\.[\w.-]+"  # So long may the part before the sign be (RFC 5321).
    r"|\barXiv:\S*",
    re.DOTALL | re.IGNORECASE,
)


def masked(text: str) -> str:
    """The text, each character that is not typeset as written replaced by HIDDEN."""
    if not _SPECIAL.search(text):
        return text
    return _MASKED.sub(lambda match: HIDDEN * len(match[0]), text)


_SPECIAL = re.compile(r"[\\$@]|//|www\.|10\.|arxiv", re.IGNORECASE)
