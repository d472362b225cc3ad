"""Which work a reference says that it is: a record of works.jsonl speaks of these fields."""

from __future__ import annotations

from exocite.model import Reference
from exocite.text import digest

_IDENTITY = (
    *("doi", "title", "author", "year", "date", "journal", "journaltitle", "booktitle"),
    *("volume", "number", "pages", "eid"),
)
_OWN = frozenset({"doi", "pages", "eid"})  # A parent's are those of another work.


def identity(reference: Reference) -> str:
    """The hash of the fields that say which work a reference is; a record speaks of these.

    What is inherited (`crossref`, `xdata`) counts as what stands in the entry itself.
    """
    values = ((n, reference.get(n) if n in _OWN else reference.known(n)) for n in _IDENTITY)
    return digest("\n".join(f"{name}={value}" for name, value in values))
