"""ReStructuredText to an article."""

from __future__ import annotations

from exocite.model import Article
from exocite.readers.rst.document import Document


class RstReader:
    """reStructuredText as docutils and Sphinx read it."""

    name = "restructuredtext"
    suffixes: tuple[str, ...] = (".rst", ".rest")

    def declared_encoding(self, _data: bytes, /) -> str:
        """ReStructuredText declares nothing."""
        return ""

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article in a reStructuredText."""
        document = Document(source)
        document.read()
        return document.draft.article(path, self.name, encoding)
