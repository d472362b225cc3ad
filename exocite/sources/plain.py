"""Plain text as it is; a form feed begins a page, as pdftotext and typewriters write it."""

from __future__ import annotations

from exocite.sources.decoding import decoded
from exocite.sources.parsed import MAX_TEXT, Parsed, Part, Watch

_PAGE_END = "\f"


class PlainText:
    """A text file: a transcript, an e-mail, notes of an interview."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt", ".text")
    is_text = True
    most = MAX_TEXT

    def parse(self, data: bytes, path: str, _watch: Watch, /) -> Parsed:
        """One part, or one a page."""
        text = decoded(data, path)
        pages = text.split(_PAGE_END)
        if len(pages) == 1:
            return Parsed((Part(text),))
        numbered = ((number, page) for number, page in enumerate(pages, 1) if page.strip())
        return Parsed(tuple(Part(page, f"p. {number}") for number, page in numbered))
