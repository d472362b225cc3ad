"""AsciiDoc as Asciidoctor reads it.

- `reader`: the reader, text to article
- `document`: the blocks, line by line
- `inline`: what is in a block: macros, marks, citations
"""

from exocite.readers.asciidoc.reader import AsciidocReader

__all__ = ["AsciidocReader"]
