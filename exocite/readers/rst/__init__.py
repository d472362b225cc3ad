"""reStructuredText as docutils and Sphinx read it.

- `reader`: the reader, text to article
- `document`: the blocks, by their indentation; `directives`: what a directive's body is
- `inline`: what is in a block: roles, references, citations
"""

from exocite.readers.rst.reader import RstReader

__all__ = ["RstReader"]
