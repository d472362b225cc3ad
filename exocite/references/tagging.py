"""Which field each piece of a printed reference belongs to, by a linear-chain CRF.

Source: J. Lafferty, A. McCallum, F. Pereira, Conditional Random Fields (2001); the library is
CRFsuite (N. Okazaki, 2007). docs/references.md says on what the shipped model was trained.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from exocite.model import ParsedReference
from exocite.references.features import features
from exocite.references.tokens import Token, tokens

LABELS = (
    "author",
    "body",
    "title",
    "container",
    "series",
    "editor",
    "year",
    "volume",
    "issue",
    "pages",
    "publisher",
    "place",
    "link",
    "label",
    "note",
)
"""What a piece can be. A body is an organisation that stands where authors do; a link is a DOI or
an address; a label is the number of the entry; a note is everything else."""


class Tagger(Protocol):
    """What is asked of a CRF: the best labels of a sequence, then the share of one of them."""

    def tag(self, sequence: Sequence[Sequence[str]], /) -> list[str]:
        """The labels of the sequence of features."""

    def marginal(self, label: str, position: int, /) -> float:
        """How probable the label is at a position of the sequence tagged last."""


@dataclass(frozen=True, slots=True)
class ReferenceModel:
    """A loaded model: its tagger, and phrases that name journals, publishers and places.

    `data` is what the tagger was opened on; CRFsuite reads it in place, so that it has to stay.
    """

    tagger: Tagger
    lexicon: Mapping[str, str]
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring pieces of one label, and the mean probability of that label."""

    label: str
    tokens: tuple[Token, ...]
    confidence: float


def stretches(read: ParsedReference, model: ReferenceModel) -> tuple[Stretch, ...]:
    """The printed text as stretches of one label each, in order; blanks stand between them.

    `read` is the text and what the rules take it for, which the tagger is told of.
    """
    pieces = tokens(read.raw)
    if not pieces:
        return ()
    labels = model.tagger.tag(features(pieces, read, model.lexicon))
    labels = _whole_quotation(pieces, labels, read)
    found: list[Stretch] = []
    start = 0
    for index in range(1, len(pieces) + 1):
        if index < len(pieces) and labels[index] == labels[start]:
            continue
        shares = [model.tagger.marginal(labels[start], at) for at in range(start, index)]
        mean = round(sum(shares) / len(shares), 3)
        found.append(Stretch(labels[start], pieces[start:index], mean))
        start = index
    return tuple(found)


_QUOTES = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "'": "'"}


def _whole_quotation(
    pieces: Sequence[Token], labels: list[str], read: ParsedReference
) -> list[str]:
    """The labels, a title whole where quotation marks hold it and part of it is labelled so."""
    start, end = _place(read.raw, read.title)
    closers = _QUOTES.get(read.raw[start - 1]) if start > 0 else None
    behind = read.raw[end : end + 2].lstrip(".,")[:1]
    if not closers or not behind or behind not in closers:
        return labels
    inside = [i for i, one in enumerate(pieces) if one.span.start < end and start < one.span.end]
    if not any(labels[i] == "title" for i in inside):
        return labels
    held = frozenset(inside)
    return ["title" if i in held else label for i, label in enumerate(labels)]


def _place(raw: str, title: str) -> tuple[int, int]:
    """Where the title stands, wrapped over lines or not; -1 where it is not printed so."""
    at = raw.find(title) if title else -1
    if at >= 0 or "\n" not in raw:
        return at, at + len(title)
    match = re.search(r"\s+".join(map(re.escape, title.split())), raw) if title else None
    return match.span() if match else (-1, -1)
