"""Org: headlines, blocks, citations of Org 9.5.

- `reader`: the reader and the blocks
- `inline`: what is in a block: marks, links, citations
"""

from exocite.readers.org.reader import OrgReader

__all__ = ["OrgReader"]
