"""What every reader is: a name, the suffixes that it answers to, and text or bytes to Article."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from exocite.model import Article


class Reader(Protocol):
    """Reads one format. A reader keeps no state and never fails on strange text."""

    @property
    def name(self) -> str:
        """The name of the format, as `format=` takes it and `Article.format` gives it."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File suffixes in lower case, with their dot."""

    def declared_encoding(self, data: bytes, /) -> str:
        """The encoding that the file itself declares, "" where the format has no such thing."""

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article that the decoded text holds; every offset is one of `Article.source`.

        That is `source` itself, unless the format wraps its text in something else: then it is the
        text that was taken out, with its places. Raises ReadError for what is not of the format.
        """


@runtime_checkable
class BytesReader(Protocol):
    """Reads one format whose file is no text: it is handed the bytes as they are."""

    @property
    def name(self) -> str:
        """The name of the format, as `format=` takes it and `Article.format` gives it."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File suffixes in lower case, with their dot."""

    def read_bytes(self, data: bytes, path: str) -> Article:
        """The article in the file's bytes; its source is the text taken out, with its places.

        Raises ReadError for what is not of the format.
        """
