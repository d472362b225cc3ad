"""Files to articles, one reader a format, every offset that of the file's own text.

Where a file is not its own text, offsets are those of the text taken out of it, and `places` lead
back to the file.

A new format is one new file, or a package of them, and one line in `READERS`: its name, its
suffixes and how it is opened. A reader is imported when a file of its format is first read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from exocite.errors import UsageError
from exocite.frozen import dataclass
from exocite.model import Article
from exocite.readers.decode import MAX_BYTES, decode, refuse_size
from exocite.readers.reader import BytesReader, Reader

__all__ = ["MAX_BYTES", "READERS", "BytesReader", "Format", "Reader", "read", "reader_for"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that articles are read in: its name, its suffixes and what opens its reader."""

    name: str
    suffixes: tuple[str, ...]
    open: Callable[[], Reader | BytesReader]


def _markdown() -> Reader:
    from exocite.readers.markdown import MarkdownReader

    return MarkdownReader()


def _html() -> Reader:
    from exocite.readers.html import HtmlReader

    return HtmlReader()


def _latex() -> Reader:
    from exocite.readers.latex import LatexReader

    return LatexReader()


def _mediawiki() -> Reader:
    from exocite.readers.mediawiki import MediaWikiReader

    return MediaWikiReader()


def _typst() -> Reader:
    from exocite.readers.typst import TypstReader

    return TypstReader()


def _jats() -> Reader:
    from exocite.readers.jats import JatsReader

    return JatsReader()


def _rst() -> Reader:
    from exocite.readers.rst import RstReader

    return RstReader()


def _asciidoc() -> Reader:
    from exocite.readers.asciidoc import AsciidocReader

    return AsciidocReader()


def _org() -> Reader:
    from exocite.readers.org import OrgReader

    return OrgReader()


def _notebook() -> Reader:
    from exocite.readers.notebook import NotebookReader

    return NotebookReader()


def _docx() -> BytesReader:
    from exocite.readers.docx import DocxReader

    return DocxReader()


def _pdf() -> BytesReader:
    from exocite.readers.pdf import PdfArticleReader

    return PdfArticleReader()


def _plain() -> Reader:
    from exocite.readers.plain import PlainReader

    return PlainReader()


_PLAIN = Format("text", (".txt", ".text"), _plain)

READERS: tuple[Format, ...] = (
    Format("markdown", (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".mdx"), _markdown),
    Format("html", (".html", ".htm", ".xhtml"), _html),
    Format("latex", (".tex", ".ltx", ".latex"), _latex),
    Format("mediawiki", (".wiki", ".mediawiki", ".wikitext"), _mediawiki),
    Format("typst", (".typ",), _typst),
    Format("jats", (".jats", ".nxml", ".xml"), _jats),
    Format("restructuredtext", (".rst", ".rest"), _rst),
    Format("asciidoc", (".adoc", ".asciidoc", ".asc"), _asciidoc),
    Format("org", (".org",), _org),
    Format("jupyter", (".ipynb",), _notebook),
    Format("docx", (".docx", ".docm"), _docx),
    Format("pdf", (".pdf",), _pdf),
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
        for format_ in READERS:
            if format_.name == name.lower():
                return _opened(format_)
        known = ", ".join(format_.name for format_ in READERS)
        raise UsageError(f"there is no reader for the format {name!r}", hint=f"known are: {known}")
    stem, dot, ending = path.replace("\\", "/").rpartition("/")[2].rpartition(".")
    suffix = f".{ending.lower()}" if stem and dot else ""
    return _opened(next((one for one in READERS if suffix in one.suffixes), _PLAIN))


@cache
def _opened(format_: Format) -> Reader | BytesReader:
    return format_.open()
