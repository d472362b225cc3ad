"""Typst to an article.

Source: the reference manual at typst.app ("Syntax", "Cite", "Reference", "Bibliography").
"""

from __future__ import annotations

from exocite.model import Article
from exocite.readers import structure
from exocite.readers.displayed import woven
from exocite.readers.typst.scanner import Scanner


class TypstReader:
    """A Typst document, read without being compiled: what a function makes of text is not known."""

    name = "typst"
    suffixes: tuple[str, ...] = (".typ",)

    def declared_encoding(self, _data: bytes, /) -> str:
        """Typst is UTF-8 and declares nothing."""
        return ""

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article in a Typst document; `@name` of a label in the file is no citation."""
        scanner = Scanner(source)
        scanner.run()
        blocks = woven(source, scanner.blocks, scanner.formulas)
        return structure.article(path, self.name, encoding, source, blocks, scanner.citations())
