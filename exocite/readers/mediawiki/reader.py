"""Wikitext to an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from exocite.model import Article, Block, BlockKind
from exocite.readers import structure
from exocite.readers.mediawiki.page import PageReader
from exocite.readers.vocabulary import phrases
from exocite.text import folded

_APPENDICES = phrases(
    """
    see also | external links | external link | further reading | related pages | other websites
    siehe auch | weblinks | weiterfuhrende literatur | voir aussi | articles connexes
    liens externes | pour approfondir | vease tambien | enlaces externos | lecturas adicionales
    voci correlate | collegamenti esterni | zie ook | externe links | ver tambem
    ligacoes externas
    """
)
"""Sections that only lead elsewhere, folded: their lines are no claims of the article."""


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
        return replace(
            found,
            blocks=tuple(_apart(found.blocks)),
            references=tuple(references),
            citations=tuple(citations),
        )


def _apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the sections that lead to other pages made navigation."""
    level = 0
    for block in blocks:
        if block.kind is BlockKind.HEADING and (not level or block.level <= level):
            level = block.level if folded(block.text).rstrip(":") in _APPENDICES else 0
        yield replace(block, kind=BlockKind.NAVIGATION) if level and block.kind.is_prose else block
