"""Records of one work: which they are, which may be, and which are other versions of it.

`prepare` reads the fields of a record, `find` compares a library, `compare` two records.
"""

from exocite.bibliography.duplicates.decision import Answer, Comparison, Pair, compare
from exocite.bibliography.duplicates.library import Found, find
from exocite.bibliography.duplicates.record import Record, prepare

__all__ = ["Answer", "Comparison", "Found", "Pair", "Record", "compare", "find", "prepare"]
