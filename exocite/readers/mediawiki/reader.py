"""Wikitext to an article."""

from __future__ import annotations

from dataclasses import replace

from exocite.model import Article
from exocite.readers import structure
from exocite.readers.mediawiki.page import PageReader


class MediaWikiReader:
    """A page as its editor sees it."""

    name = "mediawiki"
    suffixes: tuple[str, ...] = (".wiki", ".mediawiki", ".wikitext")

    def declared_encoding(self, _data: bytes, /) -> str:
        """Wikitext declares nothing."""
        return ""

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article in a wiki page.

        A `ref` is seen as its number in square brackets. What it holds is a listed reference, under
        its name if it has one, else under that number.
        """
        page = PageReader(source)
        page.read()
        found = structure.article(path, self.name, encoding, source, page.blocks)
        references, citations = page.notes.listed(found.references)
        return replace(found, references=tuple(references), citations=tuple(citations))
