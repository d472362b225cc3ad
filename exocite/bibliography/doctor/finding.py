"""What is amiss at one place of a .bib file, with the remedy that it carries."""

from __future__ import annotations

from dataclasses import dataclass

from exocite.bibliography.edits import Splice
from exocite.model import Severity


@dataclass(frozen=True, slots=True)
class Fix:
    """A remedy within one field: what to put in place of what, and both in words.

    Offsets are code points of the file's text. `before` and `after` are the stretch as it is
    written and as it would be.
    """

    splices: tuple[Splice, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is amiss at a place: code points of the file's text, end exclusive.

    `key` and `field` name the entry and the field in lower case, "" where there is none. Without a
    `fix` a person has to decide.
    """

    start: int
    end: int
    code: str
    severity: Severity
    message: str
    key: str = ""
    field: str = ""
    fix: Fix | None = None
