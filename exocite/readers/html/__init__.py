"""HTML: saved pages and what other formats hold of it.

- `reader`: the reader: the main text among navigation and adverts
- `tokens`: tags and texts with exact offsets; `page`: those to blocks; `elements`: what each is for
"""

from exocite.readers.html.reader import HtmlReader

__all__ = ["HtmlReader"]
