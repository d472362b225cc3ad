"""AsciiDoc to an article."""

from __future__ import annotations

from exocite.model import Article
from exocite.readers.asciidoc.document import Document


class AsciidocReader:
    """AsciiDoc as Asciidoctor reads it."""

    name = "asciidoc"
    suffixes: tuple[str, ...] = (".adoc", ".asciidoc", ".asc")

    def declared_encoding(self, _data: bytes, /) -> str:
        """AsciiDoc declares nothing."""
        return ""

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article in an AsciiDoc text."""
        document = Document(source)
        document.read()
        return document.draft.article(path, self.name, encoding)
