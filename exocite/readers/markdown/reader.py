"""Markdown text to an article."""

from __future__ import annotations

from dataclasses import replace

from exocite.model import Article
from exocite.readers import raised, structure
from exocite.readers.markdown.document import Document


class MarkdownReader:
    """Markdown in its common dialects."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".mdx")

    def declared_encoding(self, _data: bytes, /) -> str:
        """Markdown declares nothing."""
        return ""

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article in a Markdown text."""
        document = Document(source)
        document.read()
        found = structure.article(path, self.name, encoding, source, document.blocks)
        references = [*found.references, *document.definitions(found.references)]
        labels = {reference.label for reference in references}
        citations = {*document.citations, *raised.markers(document.raised, labels)}
        return replace(
            found,
            references=tuple(sorted(references, key=lambda reference: reference.span)),
            citations=tuple(sorted(citations, key=lambda citation: citation.span)),
        )
