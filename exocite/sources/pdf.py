"""PDF files with a text layer, one part a page; read by pypdf, which is an optional extra.

Order and columns are as pypdf gives them. Nothing is recognised in images.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from exocite.errors import ReadError
from exocite.patterns import regex
from exocite.readers.pdf.opening import INSTALL, Advice, damage, opened, without_text
from exocite.sources.parsed import MAX_TEXT, Parsed, Part, Watch
from exocite.sources.pdf_text import flowing

if TYPE_CHECKING:
    from pypdf import PdfReader

_PART = "attach the part that the article rests on"
_ADVICE = Advice(
    install=f"{INSTALL}, or attach its text as .txt",
    unlock="save a copy without the password, and attach that",
    mend="open it in a viewer, save a copy, and attach that; or attach its text as .txt",
    shorten=_PART,
    recognise="run text recognition (OCR) over it and attach the result, or attach a "
    "transcript of the pages as .txt",
)
_LABEL = regex(r"[^\W_][\w.-]{0,11}")
_NAMED = 8


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
        with opened(data, path, _ADVICE) as reader:
            pages = _pages(reader, path, watch(range(len(reader.pages))))
            labels = _labels(reader)
        return _parsed(pages, labels, path)


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
    except damage():  # The text counts without them.
        labels = []
    usable = len(labels) == len(set(labels)) == count and all(map(_LABEL.fullmatch, labels))
    return labels if usable else [str(number) for number in range(1, count + 1)]


def _parsed(pages: list[str], labels: list[str], path: str) -> Parsed:
    if not any(any(map(str.isalnum, page)) for page in pages):
        raise without_text(path, _ADVICE)
    texts = flowing(pages, labels)
    parts = tuple(
        Part(text, f"p. {label}") for text, label in zip(texts, labels, strict=True) if text
    )
    silent = [label for text, label in zip(texts, labels, strict=True) if not text]
    return Parsed(parts, (_silent(silent, len(pages)),) if silent else ())


def _silent(labels: list[str], count: int) -> str:
    shown = ", ".join(labels[:_NAMED]) + (", …" if len(labels) > _NAMED else "")
    return f"{len(labels)} of {count} pages hold no text: p. {shown}"
