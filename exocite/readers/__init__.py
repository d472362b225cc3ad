"""Files to articles, one reader a format, every offset that of the file's own text.

Where a file is not its own text, offsets are those of the text taken out of it, and `places` lead
back to the file.

A new format is one new file, or a package of them, and one line in `READERS`.
"""

from __future__ import annotations

from exocite.errors import UsageError
from exocite.model import Article
from exocite.readers.asciidoc import AsciidocReader
from exocite.readers.decode import MAX_BYTES, decode, refuse_size
from exocite.readers.docx import DocxReader
from exocite.readers.html import HtmlReader
from exocite.readers.jats import JatsReader
from exocite.readers.latex import LatexReader
from exocite.readers.markdown import MarkdownReader
from exocite.readers.mediawiki import MediaWikiReader
from exocite.readers.notebook import NotebookReader
from exocite.readers.org import OrgReader
from exocite.readers.pdf import PdfArticleReader
from exocite.readers.plain import PlainReader
from exocite.readers.reader import BytesReader, Reader
from exocite.readers.rst import RstReader
from exocite.readers.typst import TypstReader

__all__ = ["MAX_BYTES", "READERS", "BytesReader", "Reader", "read", "reader_for"]

_PLAIN = PlainReader()

READERS: tuple[Reader | BytesReader, ...] = (
    MarkdownReader(),
    HtmlReader(),
    LatexReader(),
    MediaWikiReader(),
    TypstReader(),
    JatsReader(),
    RstReader(),
    AsciidocReader(),
    OrgReader(),
    NotebookReader(),
    DocxReader(),
    PdfArticleReader(),
    _PLAIN,
)


def read(path: str, data: bytes, *, format: str = "", encoding: str = "") -> Article:  # noqa: A002
    """The article in a file's bytes.

    `format` is a reader's name, "" to choose by the suffix of `path` (plain text where no reader
    knows it). Raises ReadError for what is no readable text, UsageError for an unknown format.
    """
    reader = reader_for(path, format)
    if isinstance(reader, BytesReader):
        refuse_size(data, path)
        return reader.read_bytes(data, path)
    declared = reader.declared_encoding(data)
    source, name = decode(data, path, encoding, declared=declared)
    return reader.read(source, path, name)


def reader_for(path: str, name: str = "") -> Reader | BytesReader:
    """The reader of that name, or else of the path's suffix, or else that of plain text."""
    if name:
        for reader in READERS:
            if reader.name == name.lower():
                return reader
        known = ", ".join(reader.name for reader in READERS)
        raise UsageError(f"there is no reader for the format {name!r}", hint=f"known are: {known}")
    stem, dot, ending = path.replace("\\", "/").rpartition("/")[2].rpartition(".")
    suffix = f".{ending.lower()}" if stem and dot else ""
    return next((reader for reader in READERS if suffix in reader.suffixes), _PLAIN)
