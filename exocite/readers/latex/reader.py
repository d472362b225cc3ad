"""LaTeX: articles, and the chapters that an article takes in.

Nothing is typeset: commands that print text by rules of their own show what stands in their braces.
"""

from __future__ import annotations

import re

from exocite.model import Article
from exocite.patterns import regex
from exocite.readers.latex.scan import scan
from exocite.readers.structure import article

_HEAD = 8192
_INPUTENC = regex(rb"(?<![^\r\n])[^%\r\n]*\\usepackage\s*\[([\w-]+)\]\s*\{inputenc\}")
_MAGIC = regex(
    rb"(?<![^\r\n])%[ \t]*![ \t]*TeX[ \t]+encoding[ \t]*=[ \t]*([\w.-]{1,30})", re.IGNORECASE
)
# Names of the LaTeX package inputenc (its manual, table 1) that are none of Python's.
_ENCODINGS = {
    "latin1": "latin-1", "latin2": "iso8859-2", "latin3": "iso8859-3", "latin4": "iso8859-4",
    "latin5": "iso8859-9", "latin9": "iso8859-15", "latin10": "iso8859-16", "ansinew": "cp1252",
    "applemac": "mac-roman", "utf8": "utf-8", "utf8x": "utf-8", "decmulti": "latin-1",
    "macce": "mac-latin2", "isolatin": "latin-1",
}  # fmt: skip


class LatexReader:
    """Reads LaTeX: `.tex`, `.ltx` and `.latex`."""

    name = "latex"
    suffixes = (".tex", ".ltx", ".latex")

    def declared_encoding(self, data: bytes, /) -> str:
        """What inputenc or an editor's first line says; "" for none."""
        head = data[:_HEAD]
        match = _INPUTENC.search(head) or _MAGIC.search(head)
        written = match[1].decode("ascii").strip().lower() if match else ""
        return _ENCODINGS.get(written, written)

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article; the preamble, comments and what follows the document are not read."""
        page = scan(source)
        return article(path, self.name, encoding, source, page.blocks, page.citations())
