"""JATS, the XML of scholarly articles.

- `reader`: the reader: cross-references to citations
- `page`: the tags to blocks; `elements`: what each element is for
"""

from exocite.readers.jats.reader import JatsReader

__all__ = ["JatsReader"]
