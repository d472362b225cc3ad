"""Typst: markup with its functions and labels.

- `reader`: the reader, text to article
- `scanner`: markup and code in one pass; `markup`: the signs of markup
- `roles`: what the content that a function is given is for
"""

from exocite.readers.typst.reader import TypstReader

__all__ = ["TypstReader"]
