"""What a work can be checked against, in the words that a person is told."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from exocite.model import SourceText


class Basis(StrEnum):
    """The most that there is to compare a claim with."""

    FULL_TEXT = "full text"
    ABSTRACT_ONLY = "abstract only"
    NOTES_ONLY = "notes only"
    NOT_READ = "not read"
    NO_TEXT = "no text"


def basis(texts: Iterable[SourceText], *, unread: bool = False) -> Basis:
    """What these texts of one work amount to; any attached file counts as full text.

    An abstract beside the user's own notes is still the abstract only. `unread`: the work has a
    file that cannot be read, which is another thing than no text.
    """
    held = [text for text in texts if text.text.strip()]
    if any(text.file or text.field == "file" for text in held):
        return Basis.FULL_TEXT
    if any(text.field == "abstract" for text in held):
        return Basis.ABSTRACT_ONLY
    if held:
        return Basis.NOTES_ONLY
    return Basis.NOT_READ if unread else Basis.NO_TEXT
