"""Markdown: CommonMark with tables, notes, front matter, and what pandoc, Quarto and MyST add.

- `reader`: the reader, text to article
- `document`: the blocks; `rules`: what is asked of markdown-it, which gives their lines
- `inline`: what is in a block; `signs`: what in it is no bracket; `syntax`: the patterns
"""

from exocite.readers.markdown.reader import MarkdownReader

__all__ = ["MarkdownReader"]
