"""A printed reference cut into the pieces that can each belong to one field alone.

Blanks cut, and so do the places where styles print two fields without one: "2010;11(2):34-45" has
five pieces. Addresses, DOIs and ranges stay whole.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from exocite.model import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: its text, entities decoded, and where it stands in the printed text.

    `chunk` counts the stretches between blanks; the pieces of one share it.
    """

    text: str
    span: Span
    chunk: int


LABEL = re.compile(
    r"(?:[•◦▪‣⁃∙·*\-–—]\s+|\[\s?[A-Za-z]{0,12}\+?\d{1,4}[a-z]?\s?\]\s?|\(\d{1,4}\)\s"
    r"|\d{1,4}[.)]\s?(?=\D)|\d{1,3}\s(?=[^\W\d]))"
)
"""The bullet or number that a list prints before a reference."""

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(r"(?:https?|ftp)://|www\.|(?:doi:?)?10\.\d{4,9}/|arxiv:", re.IGNORECASE)
_CUT = re.compile(
    r"(?<=[,;:)\]}”»])(?=[\w(\[“\"‘«])|(?<=[\w.])(?=[(\[“«])"  # 11|(2):|34   Smith,|J.
    r"|(?<=[，。、：；．」』》])(?=.)"
    r"|(?<=[^\W\d_]\.)(?=\d)|(?<=[^\W\d_]{3})(?=\d)"  # Phys.|95   Medicine|82
    r"|(?<=\d)(?=[A-Z][a-z]{2})|(?<=\d[.])(?=[A-Z][a-z])"  # 2013|Aug
    r"|(?<=[a-z]{2}\.)(?=[A-Z][a-z]{2})|(?<=[A-Z]\.)(?=[A-Z][a-z]{2})"  # Phys.|Rev.  J.|Brandt
    r"|(?<=[a-z]{4})(?=[A-Z][a-z]{3})|(?<=\bin)(?=[A-Z][a-z]{3})"  # of Lost|Blanks   in|Walls
)
_CLOSING = re.compile(r"[.,;:)\]}”»!?]+")
_OPENING = re.compile(r"[(\[{“«]+")
_LONGEST_CHUNK = 400
_LONGEST_MENDED = 60
_HALVES = re.compile(r"[\ud800-\udfff]")  # lone halves of a character, which no model can be told


def tokens(raw: str) -> tuple[Token, ...]:
    """The pieces in order; what stands between them is blank."""
    text, places = decoded(_HALVES.sub("\ufffd", raw))
    found: list[Token] = []
    for number, chunk in enumerate(_CHUNK.finditer(text)):
        start, end = chunk.span()
        cuts = [start, *_cuts(text, start, end), end]
        for begin, stop in itertools.pairwise(cuts):
            span = Span(begin, stop)
            if places:
                span = Span(places[begin], places[stop])
            _add(found, Token(text[begin:stop], span, number))
    return tuple(found)


def _add(found: list[Token], token: Token) -> None:
    """Add a token; a mark that a scanner set apart goes back to the word that it belongs to."""
    last = found[-1] if found else None
    if last and len(last.text) > _LONGEST_MENDED:
        found.append(token)
    elif last and not token.text[0].isalnum() and _CLOSING.fullmatch(token.text):
        found[-1] = Token(last.text + token.text, _across(last, token), last.chunk)
    elif last and not last.text[-1].isalnum() and _OPENING.fullmatch(last.text):
        found[-1] = Token(last.text + token.text, _across(last, token), token.chunk)
    else:
        found.append(token)


def _across(first: Token, last: Token) -> Span:
    return Span(first.span.start, last.span.end)


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where the stretch between blanks is cut; marks at its front belong to what stands before."""
    if end - start < 2 or end - start > _LONGEST_CHUNK or _ADDRESS.match(text, start):
        return []
    word = text[start:end].rstrip(".,;:")
    if word.isalpha() and word[1:].islower():  # most are: nothing to cut, and soon seen
        return []
    places = {match.start() for match in _CUT.finditer(text, start, end)}
    if text[start] == "." and text[start + 1].isalnum():
        places.add(start + 1)
    return sorted(place for place in places if start < place < end)


def decoded(raw: str) -> tuple[str, Sequence[int]]:
    """The text without entities, and for each of its characters and its end the place in `raw`."""
    if not _ENTITY.search(raw):
        return raw, ()
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for entity in _ENTITY.finditer(raw):
        meant = html.unescape(entity[0])
        if meant == entity[0]:
            continue
        pieces += (raw[at : entity.start()], meant)
        places.extend(range(at, entity.start()))
        places.extend([entity.start()] * len(meant))
        at = entity.end()
    pieces.append(raw[at:])
    places.extend(range(at, len(raw) + 1))
    return "".join(pieces), places
