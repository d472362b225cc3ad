"""Which work a reference says that it is: a record of works.jsonl speaks of these fields."""

from __future__ import annotations

from exocite.model import Reference
from exocite.text import digest

_IDENTITY = (
    *("doi", "title", "author", "year", "date", "journal", "journaltitle", "booktitle"),
    *("volume", "number", "pages", "eid"),
)
_OWN = frozenset({"doi", "pages", "eid"})  # A parent's are those of another work.
_ASKED = tuple((name, Reference.get if name in _OWN else Reference.known) for name in _IDENTITY)


def identity(reference: Reference) -> str:
    """The hash of the fields that say which work a reference is; a record speaks of these.

    What is inherited (`crossref`, `xdata`) counts as what stands in the entry itself.
    """
    return digest("\n".join([f"{name}={value_of(reference, name)}" for name, value_of in _ASKED]))
