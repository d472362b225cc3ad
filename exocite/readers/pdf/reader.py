"""A PDF to an article, every offset one of the text taken out of it, page by page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from exocite.errors import ReadError
from exocite.model import Article
from exocite.readers import raised, structure
from exocite.readers.nested_citations import outermost
from exocite.readers.pdf.columns import rows
from exocite.readers.pdf.drawing import Drawing, Piece
from exocite.readers.pdf.margins import without_margins
from exocite.readers.pdf.opening import INSTALL, Advice, opened, without_text
from exocite.readers.pdf.outline import outlined
from exocite.readers.pdf.segments import segments
from exocite.readers.pdf.writing import Writer

if TYPE_CHECKING:
    from pypdf import PdfReader

_ADVICE = Advice(
    install=f"{INSTALL}, or save the article as text or HTML and read that",
    unlock="save a copy without the password, and read that",
    mend="open it in a viewer, save a copy, and read that",
    shorten="read the part that is the article",
    recognise="run text recognition (OCR) over it and read the result",
)
_DRAWN_WITHIN = 200
_SAMPLE = 400
_FEWEST_LETTERS = 0.3


class PdfArticleReader:
    """A PDF with a text layer."""

    name = "pdf"
    suffixes: tuple[str, ...] = (".pdf",)

    def read_bytes(self, data: bytes, path: str) -> Article:
        """The article in a PDF.

        Raises ReadError where pypdf is not installed, and for what is no PDF, is locked, damaged,
        scanned, or beyond the limits.
        """
        with opened(data, path, _ADVICE) as reader:
            pages = _pieces(reader, path)
        if not any(any(map(str.isalnum, piece.text)) for page in pages for piece in page):
            raise without_text(path, _ADVICE)
        _refuse_unreadable(pages, path)
        return _article(pages, path, self.name)


def _pieces(reader: PdfReader, path: str) -> list[list[Piece]]:
    drawing = Drawing(path)
    return [_own(drawing.pieces(page)) for page in reader.pages]


def _own(pieces: list[Piece]) -> list[Piece]:
    """The pieces; where the page itself shows little text, what it embeds is no drawing."""
    plain = sum(len(piece.text) for piece in pieces if not piece.deep)
    deep = sum(len(piece.text) for piece in pieces if piece.deep)
    if plain < _DRAWN_WITHIN and deep > plain:
        return [replace(piece, deep=False) for piece in pieces]
    return pieces


def _refuse_unreadable(pages: list[list[Piece]], path: str) -> None:
    """A text layer whose fonts do not say which characters they draw is none."""
    text = "".join(piece.text for page in pages for piece in page)
    shown = "".join(text.split())
    letters = sum(map(str.isalnum, shown))
    if len(shown) > _SAMPLE and letters < _FEWEST_LETTERS * len(shown):
        raise ReadError(
            f"{path}: its text layer cannot be read: its fonts do not say which letters they draw",
            hint=_ADVICE.recognise,
        )


def _article(pages: list[list[Piece]], path: str, name: str) -> Article:
    found = without_margins([segments(page) for page in pages])
    sheets, wholes = outlined(rows(found))
    written = Writer(sheets).written(wholes)
    article = structure.article(path, name, "", written.source, written.blocks)
    labels = {reference.label for reference in article.references}
    citations = outermost([*written.notes, *raised.markers(written.raised, labels)])
    return replace(article, citations=tuple(citations), places=tuple(written.places))
