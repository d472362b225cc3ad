"""The texts of a work that claims can be compared with: abstract, notes, attached files.

Nothing here asks the network, and nothing is taken for text that is none: a file that is not UTF-8
raises, a note that holds only an address or a few bibliographic words is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from exocite.errors import ReadError
from exocite.model import Reference, SourceText, WorkRecord
from exocite.text import collapsed, digest

ABSTRACT, FILE = "abstract", "file"
MAX_BYTES = 20_000_000
"""Bytes of the largest attached file that is read."""

_OWN_WORDS = ("annote", "annotation")
_ENDINGS = (".txt", ".md")
_LEAST_WORDS = 8
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?:\s|$)")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def texts(
    reference: Reference, record: WorkRecord | None, folder: Path | None
) -> tuple[SourceText, ...]:
    """Every text of this reference's work, the abstract first; empty where there is none.

    The abstract is the registry's, else the entry's own. Notes are `annote` and `annotation`, and
    `note` where it reads like prose. Files are KEY.txt, KEY.md, KEY.*.txt and KEY.*.md in
    `folder`, sorted by name, with the file's name as locator. Raises ReadError for a file that
    cannot be read as UTF-8 text.
    """
    found = [*_abstract(reference, record), *_notes(reference)]
    if folder is not None:
        found.extend(_attached(reference.key, folder))
    return tuple(found)


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
    seen = set()
    names = [*_OWN_WORDS, *(["note"] if is_prose(reference.get("note")) else [])]
    for name in names:
        text = reference.get(name).strip()
        if text and collapsed(text) not in seen:
            seen.add(collapsed(text))
            yield _source(reference.key, name, text)


def _attached(key: str, folder: Path) -> Iterator[SourceText]:
    if not folder.is_dir():
        return
    try:
        paths = sorted(path for path in folder.iterdir() if _belongs(path.name, key))
    except OSError as error:
        raise ReadError(f"{folder}: {error.strerror or 'cannot be read'}") from error
    for path in paths:
        if path.is_file() and (text := _read(path)).strip():
            yield _source(key, FILE, text, path.name)


def _belongs(name: str, key: str) -> bool:
    """KEY.txt, KEY.md, KEY.part.txt; a citekey is compared as it is, never as a pattern."""
    return name.startswith(f"{key}.") and name.endswith(_ENDINGS)


def _read(path: Path) -> str:
    """The file's text without a byte order mark, its line ends made LF."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(
                f"{path}: larger than {MAX_BYTES // 1_000_000} MB",
                hint="attach the part that the article rests on",
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or 'cannot be read'}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{path}: not UTF-8 text (byte {error.start + 1})",
            hint="save it as UTF-8; PDF and Word files are not read yet",
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _source(key: str, field: str, text: str, locator: str = "") -> SourceText:
    return SourceText(key=key, field=field, text=text, locator=locator, hash=digest(text))
