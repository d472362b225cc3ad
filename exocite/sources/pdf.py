"""PDF files with a text layer, one part a page; read by pypdf, which is an optional extra.

Order and columns are as pypdf gives them. Nothing is recognised in images.
"""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from exocite.errors import ReadError
from exocite.sources.parsed import MAX_TEXT, Parsed, Part, Watch
from exocite.sources.pdf_text import flowing

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 2_000
"""Of one file; a longer one is refused, never cut."""

_INSTALL = "pip install 'exocite[pdf]', or attach its text as .txt"
_PART = "attach the part that the article rests on"
_LABEL = re.compile(r"[^\W_][\w.-]{0,11}")
_NAMED = 8
_MET_FIRST = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


class Pdf:
    """A PDF that was made from text, not scanned."""

    name = "PDF"
    suffixes: tuple[str, ...] = (".pdf",)
    is_text = False
    most = 100_000_000

    def parse(self, data: bytes, path: str, watch: Watch, /) -> Parsed:
        """A part for each page with text; its locator is the page's printed number if it has one.

        Raises ReadError where pypdf is not installed, for an encrypted or damaged file, for one
        without a text layer, and for one beyond the limits.
        """
        if b"%PDF-" not in data[:1024]:
            raise ReadError(f"{path}: is no PDF, whatever its name says", hint="check the file")
        try:
            from pypdf import PdfReader
        except ImportError:
            raise ReadError(
                f"{path}: reading PDF files needs an extra that is not installed", hint=_INSTALL
            ) from None
        with _quiet(), _blamed(path):
            reader = _opened(PdfReader, data, path)
            count = len(reader.pages)
            if count > MAX_PAGES:
                raise ReadError(f"{path}: {count} pages are more than {MAX_PAGES}", hint=_PART)
            pages = _pages(reader, path, watch(range(count)))
            labels = _labels(reader)
        return _parsed(pages, labels, path)


def _opened(read: type[PdfReader], data: bytes, path: str) -> PdfReader:
    from pypdf.errors import DependencyError

    try:
        reader = read(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(
                f"{path}: is encrypted and asks for a password",
                hint="save a copy without the password, and attach that",
            )
    except DependencyError:
        raise ReadError(
            f"{path}: is encrypted in a way that needs one more package",
            hint="pip install cryptography, or save a copy without the protection",
        ) from None
    return reader


def _pages(reader: PdfReader, path: str, steps: Iterable[int]) -> list[str]:
    found: list[str] = []
    size = 0
    for number in steps:
        found.append(reader.pages[number].extract_text())
        size += len(found[-1])
        if size > MAX_TEXT:
            raise ReadError(
                f"{path}: its first {number + 1} pages hold more than "
                f"{MAX_TEXT // 1_000_000} million characters",
                hint=_PART,
            )
    return found


def _labels(reader: PdfReader) -> list[str]:
    """The numbers printed on the pages, else those of the file, counted from 1."""
    count = len(reader.pages)
    try:
        labels = [str(label).strip() for label in reader.page_labels]
    except _damage():  # The text counts without them.
        labels = []
    usable = len(labels) == len(set(labels)) == count and all(map(_LABEL.fullmatch, labels))
    return labels if usable else [str(number) for number in range(1, count + 1)]


def _parsed(pages: list[str], labels: list[str], path: str) -> Parsed:
    if not pages:
        raise ReadError(f"{path}: has no pages", hint="check the file")
    if not any(any(map(str.isalnum, page)) for page in pages):
        raise ReadError(
            f"{path}: no text layer: its pages are images",
            hint="run text recognition (OCR) over it and attach the result, or attach a "
            "transcript of the pages as .txt",
        )
    texts = flowing(pages, labels)
    parts = tuple(
        Part(text, f"p. {label}") for text, label in zip(texts, labels, strict=True) if text
    )
    silent = [label for text, label in zip(texts, labels, strict=True) if not text]
    return Parsed(parts, (_silent(silent, len(pages)),) if silent else ())


def _silent(labels: list[str], count: int) -> str:
    shown = ", ".join(labels[:_NAMED]) + (", …" if len(labels) > _NAMED else "")
    return f"{len(labels)} of {count} pages hold no text: p. {shown}"


@contextmanager
def _blamed(path: str) -> Iterator[None]:
    """Have a damaged file end in a message."""
    try:
        yield
    except _damage() as error:
        raise _damaged(path) from error


def _damage() -> tuple[type[Exception], ...]:
    """What pypdf answers damage with: its own errors, and whatever its code meets first.

    NotImplementedError is what it raises for filters and ciphers that it does not know.
    """
    from pypdf.errors import DependencyError, PyPdfError

    return (PyPdfError, DependencyError, *_MET_FIRST)


def _damaged(path: str) -> ReadError:
    return ReadError(
        f"{path}: is damaged, or no PDF that can be read",
        hint="open it in a viewer, save a copy, and attach that; or attach its text as .txt",
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pypdf logs about a file off the terminal: it quotes the file unescaped."""
    logger, nowhere = logging.getLogger("pypdf"), logging.NullHandler()
    before = logger.propagate
    logger.addHandler(nowhere)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(nowhere)
