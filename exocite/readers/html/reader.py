"""HTML: the main text among navigation, adverts and comments, every offset that of the page."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from exocite.model import Article, BlockKind, Citation
from exocite.patterns import regex
from exocite.readers import raised, structure
from exocite.readers.html.page import Page, read_page
from exocite.readers.html.tokens import tokens
from exocite.readers.raw import RawBlock

_CHARSET = regex(
    rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{1,40})"
    rb"|<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_:.-]{1,40})",
    re.IGNORECASE,
)
_HEAD = 2048
_ASCII_COMPATIBLE_ONLY = ("utf-16", "utf-32", "utf16", "utf32")


class HtmlReader:
    """A saved web page, or a fragment of one."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def declared_encoding(self, data: bytes, /) -> str:
        """The charset of the page's `meta` or XML declaration.

        A page whose declaration can be read as ASCII is not UTF-16, whatever it declares (WHATWG
        HTML, 13.2.3.3); it is then UTF-8. What a page calls Latin-1 or ASCII is windows-1252 to
        browsers (WHATWG Encoding, 4.2): quotation marks and dashes where Latin-1 has controls.
        """
        match = _CHARSET.search(data[:_HEAD])
        if match is None:
            return ""
        name = (match[1] or match[2]).decode("ascii")
        if name.lower().startswith(_ASCII_COMPATIBLE_ONLY):
            return "utf-8"
        return "windows-1252" if _is_windows(name, data) else name

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article in a page."""
        page = read_page(tokens(source), source)
        blocks = _main_text(page)
        article = structure.article(path, self.name, encoding, source, blocks)
        labels = {reference.label for reference in article.references}
        citations = [*raised.markers(page.raised, labels), *page.links]
        return replace(article, citations=tuple(sorted(citations, key=_start)))


def _is_windows(name: str, data: bytes) -> bool:
    """Whether the name is one of Latin-1 or ASCII and the page holds nothing else than that."""
    try:
        if codecs.lookup(name).name not in ("iso8859-1", "ascii"):
            return False
        data.decode("windows-1252")
    except (LookupError, ValueError):
        return False
    return True


def _start(citation: Citation) -> tuple[int, int]:
    return citation.span.start, citation.span.end


def _main_text(page: Page) -> Sequence[RawBlock]:
    """The page's blocks, what stands outside its main text as navigation.

    Where the page has a `main`, its text is that; of several articles the one with most text.
    """
    places = set(page.places)
    if page.mains & places:
        chosen: frozenset[int] = frozenset(page.mains)
    elif page.articles & places:
        sizes = Counter({place: 0 for place in page.articles if place in places})
        for block, place in zip(page.blocks, page.places, strict=True):
            if place in sizes and block.kind.is_prose:
                sizes[place] += len(block.text)
        longest = max(sizes.values())
        chosen = frozenset({min(place for place, size in sizes.items() if size == longest)})
    else:
        return page.blocks
    return [
        block if place in chosen or block.kind in _ANYWHERE else _aside(block)
        for block, place in zip(page.blocks, page.places, strict=True)
    ]


_ANYWHERE = frozenset({BlockKind.METADATA, BlockKind.NAVIGATION})


def _aside(block: RawBlock) -> RawBlock:
    return replace(block, kind=BlockKind.NAVIGATION, level=0)
