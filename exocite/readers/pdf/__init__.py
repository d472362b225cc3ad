"""PDF files with a text layer, read by pypdf, which is the optional extra `pdf`.

`opening` opens the file, `tokens` cuts a content stream into operators, `fonts` gives characters
and widths, `drawing` follows a page and tells which text stands where. `cleaning` and `direction`
make characters those of reading. From there it is geometry: `segments` of a line, `margins` (heads,
feet, numbers), `columns` and their rows, `groups` of rows, `kinds` (what a group is for), `entries`
of a list of references, the `outline` of the article. `writing` makes source and blocks of it, and
`reader` the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exocite.readers.pdf.reader import PdfArticleReader

__all__ = ["PdfArticleReader"]


def __getattr__(name: str) -> Any:
    """The reader, imported when it is first asked for: other modules here serve without it."""
    if name == "PdfArticleReader":
        from exocite.readers.pdf.reader import PdfArticleReader

        return PdfArticleReader
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
