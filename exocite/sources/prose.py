"""Markdown and HTML: what a reader sees of their main text, one part a section."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby

from exocite.model import BlockKind
from exocite.readers import READERS, BytesReader, Reader, reader_for
from exocite.sources.decoding import decoded
from exocite.sources.parsed import MAX_TEXT, Parsed, Part, Watch

# A notice ("Funding: …", "not medical advice") is part of what a work says.
_ALSO = frozenset({BlockKind.BOILERPLATE, BlockKind.CODE})


class Prose:
    """A format that articles are written in as well; its reader tells text from furniture."""

    is_text = True
    most = MAX_TEXT

    def __init__(self, name: str) -> None:
        self.name = name
        self.suffixes: tuple[str, ...] = next(
            one.suffixes for one in READERS if one.name == name.lower()
        )

    @cached_property
    def _reader(self) -> Reader:
        reader = reader_for("", self.name)
        if isinstance(reader, BytesReader):
            raise TypeError(self.name)
        return reader

    def parse(self, data: bytes, path: str, _watch: Watch, /) -> Parsed:
        """The blocks of prose under each heading; tables and lists of references are left out."""
        source = decoded(data, path, self._reader.declared_encoding(data))
        article = self._reader.read(source, path, "utf-8")
        shown = [block for block in article.blocks if block.kind.is_prose or block.kind in _ALSO]
        sections = groupby(shown, key=lambda block: block.section)
        return Parsed(
            tuple(
                Part("\n".join(block.text for block in blocks), section)
                for section, blocks in sections
            )
        )


MARKDOWN = Prose("Markdown")
HTML = Prose("HTML")
