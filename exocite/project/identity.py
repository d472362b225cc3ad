"""Which work a reference says that it is: a record of works.jsonl speaks of these fields."""

from __future__ import annotations

from exocite.model import Reference
from exocite.text import digest

_IDENTITY = (
    *("doi", "title", "author", "year", "date", "journal", "journaltitle", "booktitle"),
    *("volume", "number", "pages", "eid"),
)


def identity(reference: Reference) -> str:
    """The hash of the fields that say which work a reference is; a record speaks of these."""
    return digest("\n".join(f"{name}={reference.get(name)}" for name in _IDENTITY))
