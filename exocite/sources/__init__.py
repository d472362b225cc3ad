"""The texts of a work that claims can be compared with: abstract, notes, attached files.

Nothing here asks the network, and nothing is taken for text that is none: a file that cannot be
read says why, a note that holds only an address or a few bibliographic words is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exocite.model import Reference, SourceText, WorkRecord
from exocite.patterns import regex
from exocite.sources.basis import Basis, basis
from exocite.sources.shelf import File, FileState, every, files
from exocite.text import collapsed, digest, folded

__all__ = ["Basis", "File", "FileState", "basis", "every", "files", "is_prose", "of_entry", "texts"]

ABSTRACT = "abstract"

_OWN_WORDS = ("annote", "annotation")
_LEAST_WORDS = 8
_SENTENCE_END = regex(r"[.!?][\"'”’)\]]*(?:\s|$)")
_LETTERS = regex(r"[^\W\d_]{2,}")


def texts(
    reference: Reference, record: WorkRecord | None, shelf: Sequence[File] = ()
) -> tuple[SourceText, ...]:
    """Every text of this reference's work, the abstract first; empty where there is none.

    Those of its attached files (`files`) come last, a text for each page, section or time; a file
    that cannot be read has none. An abstract that is there already is not told twice.
    """
    found = list(of_entry(reference, record))
    if not shelf:
        return tuple(found)
    abstracts = {folded(text.text) for text in found if text.field == ABSTRACT}
    found.extend(
        text
        for file in shelf
        for text in file.texts
        if text.field != ABSTRACT or folded(text.text) not in abstracts
    )
    return tuple(found)


def of_entry(reference: Reference, record: WorkRecord | None) -> tuple[SourceText, ...]:
    """The abstract and the notes.

    The abstract is the registry's, else the entry's own. Notes are `annote` and `annotation`, and
    `note` where it reads like prose.
    """
    return (*_abstract(reference, record), *_notes(reference))


def is_prose(text: str) -> bool:
    """Whether a note reads like sentences rather than like bibliographic remarks or an address."""
    words = _LETTERS.findall(re.sub(r"\S*(?:://|www\.)\S*", " ", text))
    return len(words) >= _LEAST_WORDS and bool(_SENTENCE_END.search(text))


def _abstract(reference: Reference, record: WorkRecord | None) -> Iterator[SourceText]:
    known = (record.abstract if record else "", reference.get(ABSTRACT))
    text = next((text.strip() for text in known if text.strip()), "")
    if text:
        yield _source(reference.key, ABSTRACT, text)


def _notes(reference: Reference) -> Iterator[SourceText]:
    if not any(name in reference.fields for name in (*_OWN_WORDS, "note")):
        return
    seen = set()
    names = [*_OWN_WORDS, *(["note"] if is_prose(reference.get("note")) else [])]
    for name in names:
        text = reference.get(name).strip()
        if text and collapsed(text) not in seen:
            seen.add(collapsed(text))
            yield _source(reference.key, name, text)


def _source(key: str, field: str, text: str) -> SourceText:
    return SourceText(key=key, field=field, text=text, hash=digest(text))
