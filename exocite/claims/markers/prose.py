"""A block's visible text as markers are looked for in it, code and addresses hidden."""

from __future__ import annotations

import re

from exocite.frozen import dataclass
from exocite.model import Block, Citation, CitationKind, CitedItem, Run, Span
from exocite.patterns import caseless, holds_any, regex
from exocite.text import source_span

HIDDEN = "\ufffc"
"""Stands for every hidden character; the view has the length of the text."""

_URL = regex(
    r"(?:https?://|www\.|ftp://|doi\.org/)(?:(?!\)[.,]?\[\d)[^\s<>\"“”]){1,2000}|\bdoi:\s?10\.[^\s<>\"“”]{1,300}",
    re.IGNORECASE,
)
# What an address must hold, in lower case: to look for that is far quicker.
_URL_SIGNS = ("://", "www.", "doi.org/", "doi:")
_WITHIN_WORD = regex(r"@(?<=[\w.+-]@)[\w-]")
_EMAIL = regex(r"(?<![\w.+@-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_KEY_BEFORE = regex(r"@\{?(?:\w{1,20}:)?$")
_SYNTAX = frozenset("@[]()^")


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of one block, the view of it that is searched, and the way back to the source."""

    text: str
    view: str
    runs: tuple[Run, ...]

    def place(self, start: int, end: int) -> Span:
        """The span in the source of a stretch of the text."""
        return source_span(self.runs, start, end)

    def citation(
        self, kind: CitationKind, start: int, end: int, items: tuple[CitedItem, ...]
    ) -> Citation:
        """The citation that stands in this stretch of the text."""
        return Citation(kind, self.place(start, end), items)


def prose(block: Block) -> Prose:
    """The block as markers are looked for in it.

    A run whose length differs from its source's was taken whole by the reader: code, mathematics, a
    role. An escaped bracket or @ is no syntax either. E-mail and other addresses cite nothing here.
    """
    pieces = []
    for run in block.runs:
        piece = block.text[run.text_start : run.text_start + run.text_length]
        whole = run.text_length != run.source_length
        hidden = whole and (run.text_length > 1 or piece in _SYNTAX)
        pieces.append(HIDDEN * len(piece) if hidden else piece)
    view = "".join(pieces)
    if "@" in view and _WITHIN_WORD.search(view):
        view = _EMAIL.sub(_hidden, view)
    if holds_any(view, ("://", "www.", "oi")) and holds_any(caseless(view), _URL_SIGNS):
        view = _URL.sub(_address, view)
    return Prose(block.text, view, block.runs)


def _address(match: re.Match[str]) -> str:
    """An address is hidden, unless it is a citation's key (`@doi:10.1000/x`)."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    return match[0] if _KEY_BEFORE.search(before) else _hidden(match)


def _hidden(match: re.Match[str]) -> str:
    return HIDDEN * len(match[0])
