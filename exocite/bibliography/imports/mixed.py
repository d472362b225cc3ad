"""Text as a person copies it: printed references, identifiers and BibTeX among other words.

Entries of BibTeX are taken as they are written. Of the rest each paragraph, list item or line that
looks like a printed reference is one; another that names a work by its identifier has it looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from exocite.bibliography.blocks import BlockKind
from exocite.bibliography.document import Document
from exocite.bibliography.imports import identifier_list
from exocite.bibliography.imports.record import Broken, Format, Printed, Record, Written, lines
from exocite.errors import BibliographyError
from exocite.readers.reference_list import looks_like_reference
from exocite.text import collapsed

_LABEL = re.compile(r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)](?=\s)|[•▪◦·*–-](?=\s))\s*")
_COMMENT = re.compile(r"\s*(?:%|//|#(?!\w))")
_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]+\s*[{(]", re.MULTILINE)
_PROSE = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
_SLIP = re.compile(r"\b(?:doi|pmid|pmcid|arxiv|isbn)\b|(?<![\d.])10\.\d", re.IGNORECASE)
_ENTRY = BlockKind.ENTRY


def is_mixed(text: str) -> bool:
    """Whether more stands in a text than BibTeX with its comments, or than a list of identifiers.

    A line of a list may hold words beside its identifiers; words without any make it mixed.
    """
    if not _BIBTEX.search(text):
        return any(
            _PROSE.search(line)
            and not _COMMENT.match(line)
            and not identifier_list.names_works(line)
            for line in text.splitlines()
        )
    return any(
        looks_like_reference(item) or identifier_list.names_works(item)
        for _, item in _items(_outside(Document.parse(text.encode("utf-8", "replace"))))
    )


def read(text: str) -> Iterator[Record]:
    """What stands in the text, entries of BibTeX first; no identifier is given twice."""
    document = Document.parse(text.encode("utf-8", "replace"))
    for entry in document.entries:
        if not entry.key:
            yield Broken(entry.line, f"this @{entry.type} has no citekey and was not taken over")
    for entry in document.references:
        try:
            yield Written(entry.line, document.standalone(entry.key))
        except BibliographyError as error:
            yield Broken(entry.line, f"{entry.key} was not taken over: {error.message}")
    seen: set[tuple[str, str]] = set()
    for line, item in _items(_outside(document)):
        wanted = identifier_list.works_in(item, line)
        bare = item
        for one in wanted:
            bare = bare.replace(one.value, "")
        if looks_like_reference(item) and re.search(r"[^\W\d_]{3}.*[^\W\d_]{3}", bare):
            yield Printed(line, item, tuple(wanted))
            continue
        for one in wanted:
            if (one.scheme, one.value) not in seen:
                seen.add((one.scheme, one.value))
                yield one
        if not wanted and _SLIP.search(item):
            yield Broken(line, "no DOI, PMID, arXiv identifier or ISBN can be read in this line")
        elif not wanted:
            yield Printed(line, item)


def _outside(document: Document) -> str:
    """The text with blanks in place of what BibTeX reads, so that lines count as they did."""
    text, kept, at = document.text, [], 0
    for item in document.blocks:
        if item.block.kind in {_ENTRY, BlockKind.STRING, BlockKind.COMMENT, BlockKind.PREAMBLE}:
            inside = text[item.start : item.end]
            kept += [text[at : item.start], re.sub(r"[^\r\n]", " ", inside)]
            at = item.end
    return "".join([*kept, text[at:]])


def _items(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs, list items and lines that may each be a reference, with their line."""
    paragraph: list[tuple[int, str]] = []
    for number, line in chain(lines(text), [(0, "")]):
        if line.strip() and not _COMMENT.match(line):
            paragraph.append((number, line))
            continue
        yield from _parted(paragraph)
        paragraph = []


def _parted(paragraph: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """A paragraph cut where its items begin: at labels, or at each line that is one by itself."""
    if not paragraph:
        return
    labelled = [bool(_LABEL.match(line)) for _, line in paragraph]
    margin = min(len(line) - len(line.lstrip()) for _, line in paragraph)
    hanging = [len(line) - len(line.lstrip()) == margin for _, line in paragraph]
    if any(labelled):
        starts = labelled
    elif not all(hanging):
        starts = hanging
    else:
        whole = [
            looks_like_reference(line.strip()) or bool(identifier_list.works_in(line, 1))
            for _, line in paragraph
        ]
        # Of a reference that is broken over lines the first seldom looks like one by itself.
        starts = whole if all(whole) else [False] * len(paragraph)
    begun: list[str] = []
    at = paragraph[0][0]
    for (number, line), start in zip(paragraph, starts, strict=True):
        if start and begun:
            yield at, collapsed(" ".join(begun))
            begun = []
        if not begun:
            at = number
        begun.append(_LABEL.sub("", line, count=1) if start else line.strip())
    yield at, collapsed(" ".join(begun))


TEXT = Format(
    "text", "text with references, identifiers and BibTeX in it", is_mixed, read, "\n", (".txt",)
)
